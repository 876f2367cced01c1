//! The server under load, in a process of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub struct Server {
    pub address: SocketAddr,
    child: Child,
}

impl Server {
    /// Starts the program on a free port and waits until it says where it listens.
    pub fn start(program: &Path, url: &str) -> Self {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("DATABASE_URL", url)
            .env("RT_SIGNING_KEY", "a key that only the load run may know")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().unwrap();
        let line = BufReader::new(out).lines().next().expect("the program says where it listens").unwrap();
        let address = line.rsplit_once('/').unwrap().1.parse().unwrap();
        Self { address, child }
    }

    /// Memory of the process now and at most, in MiB.
    pub fn memory(&self) -> (f64, f64) {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let of = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).and_then(|kib| kib.parse::<f64>().ok()).unwrap_or_default() / 1024.0
        };
        (of("VmRSS"), of("VmHWM"))
    }

    /// kill -9.
    pub fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
