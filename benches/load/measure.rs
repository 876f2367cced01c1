//! Rounds, rates and percentiles.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long and how often.
pub struct Run {
    pub rounds: usize,
    pub seconds: u64,
    pub only: String,
}

/// What one workload gave: the median of its rounds by rate.
#[derive(Clone, Copy, Default)]
pub struct Figures {
    pub per_second: f64,
    pub p50: f64,
    pub p99: f64,
}

impl Run {
    /// The median of the rounds of `round`; `None` if this workload was not asked for.
    pub fn median(&self, name: &str, mut round: impl FnMut(Duration) -> Figures) -> Option<Figures> {
        if !name.contains(&self.only) {
            return None;
        }
        let mut all: Vec<Figures> = (0..self.rounds).map(|_| round(Duration::from_secs(self.seconds))).collect();
        all.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        let Figures { per_second, p50, p99 } = all[all.len() / 2];
        eprintln!("{name}: {per_second:.0}/s, p50 {p50:.2} ms, p99 {p99:.2} ms");
        Some(all[all.len() / 2])
    }
}

/// Each worker repeats its step until the time is over; each of these counts.
pub fn together<W, S>(duration: Duration, workers: Vec<W>) -> Figures
where
    W: FnOnce() -> S + Send,
    S: FnMut(),
{
    let stop = AtomicBool::new(false);
    let began = Instant::now();
    let times: Vec<Vec<u32>> = std::thread::scope(|scope| {
        let running: Vec<_> = workers
            .into_iter()
            .map(|worker| {
                let stop = &stop;
                scope.spawn(move || {
                    let (mut step, mut times) = (worker(), Vec::with_capacity(100_000));
                    while !stop.load(Ordering::Relaxed) {
                        let began = Instant::now();
                        step();
                        times.push(began.elapsed().as_micros() as u32);
                    }
                    times
                })
            })
            .collect();
        std::thread::sleep(duration);
        stop.store(true, Ordering::Relaxed);
        running.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let elapsed = began.elapsed().as_secs_f64();
    let mut times = times.concat();
    times.sort_unstable();
    let at = |share: f64| f64::from(times[((times.len() - 1) as f64 * share) as usize]) / 1000.0;
    Figures { per_second: times.len() as f64 / elapsed, p50: at(0.50), p99: at(0.99) }
}
