//! Reads mutated deadline cells for some minutes and checks the laws of a reading. Called by
//! `scripts/fuzz-deadlines`; cells that broke a law are printed and end the run.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program of tests: whatever fails ends the run")]

use std::time::{Duration, Instant};

use chrono::{Datelike, NaiveDate};
use resolution_tracker::domain::deadline::{Context, Deadline, DeadlineKind, TermSpan, parse};
use resolution_tracker::domain::recurrence::{Rule, periods};
use resolution_tracker::domain::text::fold;
use unicode_normalization::UnicodeNormalization;

/// Cells to begin with: those the tests know.
const CELLS: &str = include_str!("../tests/fixtures/deadline-cells.txt");

/// Pieces that cells are broken up with.
const PIECES: [&str; 34] = [
    ";",
    ",",
    "\n",
    " và ",
    "(phấn đấu)",
    "phấn đấu",
    " hoặc ",
    " không ",
    "%",
    "/",
    "-",
    ".",
    "…",
    "(",
    ")",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "0",
    "9",
    "31",
    "2/2",
    "29/2",
    "99999999999",
    "1900",
    "2199",
    "năm ",
    "hằng ",
    "trước ",
    "từ ",
    "đến ",
    "cuối ",
    "thứ ",
    "\u{301}",
];

/// A small generator of numbers (xorshift64*), so that a run can be repeated by its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(value).unwrap() % sides.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.roll(from.len())).copied().unwrap_or_default()
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().unwrap());
    let minutes = arguments.next().unwrap_or(1);
    let seed = arguments.next().unwrap_or(20_211_003);
    let cells: Vec<&str> = CELLS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let mut dice = Dice(seed.max(1));
    let began = Instant::now();
    let (mut runs, mut read, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    while began.elapsed() < Duration::from_secs(minutes * 60) {
        let text = mutated(&cells, &mut dice);
        let context = context(&mut dice);
        let before = Instant::now();
        let reading = parse(&text, &context);
        slowest = slowest.max(before.elapsed());
        if let Err(broken) = laws(&text, &context, &reading) {
            println!("{broken}\n  cell: {text:?}\n  context: {context:?}\n  reading: {reading:?}\n  seed {seed}, run {runs}");
            std::process::exit(1);
        }
        runs += 1;
        read += u64::from(reading.kind != DeadlineKind::Unresolved);
    }
    println!("{runs} cells, {read} of them read, no law broken; slowest {slowest:?}; seed {seed}");
}

fn mutated(cells: &[&str], dice: &mut Dice) -> String {
    let mut text: Vec<String> = words(dice.pick(cells));
    for _ in 0..dice.roll(6) {
        let at = dice.roll(text.len() + 1).min(text.len());
        match dice.roll(9) {
            0 => text.insert(at, dice.pick(&PIECES).to_owned()),
            1 => {
                let other = words(dice.pick(cells));
                let from = dice.roll(other.len());
                text.splice(at..at, other.into_iter().skip(from).take(1 + dice.roll(6)));
            }
            2 if at < text.len() => drop(text.remove(at)),
            3 if at < text.len() => text.insert(at, text.get(at).unwrap().clone()),
            4 if at < text.len() => text.truncate(at),
            5 => text.extend([dice.pick(&["; ", ", ", " "]).to_owned()].into_iter().chain(words(dice.pick(cells)))),
            6 if at < text.len() => text.get_mut(at).into_iter().for_each(|word| *word = number(dice)),
            7 if dice.roll(200) == 0 => {
                let once = text.clone();
                while text.iter().map(String::len).sum::<usize>() < 10_000 && !once.is_empty() {
                    text.extend(once.iter().cloned());
                }
            }
            _ => {}
        }
    }
    let text = text.join("");
    match dice.roll(12) {
        0 => fold(&text),
        1 => text.to_uppercase(),
        2 => text.nfd().collect(),
        _ => text,
    }
}

/// Words with the space behind them.
fn words(cell: &str) -> Vec<String> {
    cell.split_inclusive(' ').map(str::to_owned).collect()
}

fn number(dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => format!("{}/{}/{} ", dice.roll(33), dice.roll(14), 1890 + dice.roll(320)),
        1 => format!("{} ", 1890 + dice.roll(320)),
        2 => format!("{}/{} ", dice.roll(33), dice.roll(14)),
        _ => format!("{} ", dice.roll(40)),
    }
}

fn context(dice: &mut Dice) -> Context {
    let mut day = |year: i32, spread| {
        NaiveDate::from_yo_opt(year + i32::try_from(dice.roll(spread)).unwrap(), 1 + u32::try_from(dice.roll(365)).unwrap())
    };
    let (reference_date, start, end) = (day(2018, 12), day(2015, 6), day(2021, 9));
    let term = start.zip(end).map(|(start, end)| TermSpan { start, end });
    let keep = dice.roll(8);
    Context {
        reference_date: reference_date.filter(|_| keep & 1 == 0),
        term: term.filter(|_| keep & 2 == 0),
        strict_before: keep & 4 == 0,
        ..Context::default()
    }
}

/// What holds for every reading.
fn laws(text: &str, context: &Context, read: &Deadline) -> Result<(), String> {
    let law = |holds: bool, law: &str| if holds { Ok(()) } else { Err(law.to_owned()) };
    law(read.text == text.nfc().collect::<String>(), "the words are kept")?;
    let ordered = |start: Option<NaiveDate>, end: Option<NaiveDate>| start.zip(end).is_none_or(|(start, end)| start <= end);
    law(ordered(read.start, read.end), "the end is not before the start")?;
    law(read.milestones.iter().all(|step| ordered(step.start, step.end)), "nor that of a step")?;
    let dates = read.milestones.iter().flat_map(|step| [step.start, step.end]).chain([read.start, read.end]).flatten();
    law(dates.clone().all(|date| (1900..=2199).contains(&date.year())), "years are such as documents speak of")?;
    let unread = read.kind != DeadlineKind::Unresolved
        || (read.start.is_none() && read.end.is_none() && read.precision.is_none() && read.milestones.is_empty());
    law(unread, "what is unresolved has no dates")?;
    law(&parse(&text.nfd().collect::<String>(), context) == read, "the normal form does not matter")?;
    let canonical = read.canonical();
    let again = parse(&canonical, context);
    let same = |read: &Deadline| (read.kind, read.start, read.end, read.binding, read.recurrence.clone());
    law(same(&again) == same(read), &format!("{canonical:?} reads back"))?;
    law(again.canonical() == canonical, "the canonical form is its own")?;
    for rule in Rule::of(read) {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let all = periods(&rule, day(2020), day(2024));
        law(all.iter().all(|period| period.start <= period.due && period.start <= period.end), "periods are due after they begin")?;
    }
    Ok(())
}
