//! How far a long command has come: on a terminal a line that is written over and over, elsewhere a
//! plain line now and then.

use std::cell::Cell;
use std::io::{IsTerminal, Write};

/// Where no terminal is, a line is written after so many rows.
const ROWS_A_LINE: usize = 1_000;
/// How long the bar is, in characters.
const LENGTH: usize = 30;

/// One line on standard error.
pub struct Progress {
    on_terminal: bool,
    /// The percent that the bar shows.
    shown: Cell<Option<usize>>,
}

impl Progress {
    /// Shows something if a person is looking.
    pub fn new() -> Self {
        Self { on_terminal: std::io::stderr().is_terminal(), shown: Cell::new(None) }
    }

    /// Says how far it is. A terminal that went away is no reason to stop.
    pub fn tell(&self, text: impl std::fmt::Display) {
        if self.on_terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
        }
    }

    /// Shows a bar of the rows that are done, of all; without a terminal, a line after each thousand.
    pub fn rows(&self, done: usize, all: usize) {
        let percent = percent(done, all);
        if self.on_terminal && self.shown.replace(Some(percent)) != Some(percent) {
            self.tell(bar(done, all));
        } else if !self.on_terminal && done > 0 && done.is_multiple_of(ROWS_A_LINE) {
            let _ = writeln!(std::io::stderr(), "{done} of {all} rows");
        }
    }
}

fn percent(done: usize, all: usize) -> usize {
    (done * 100).checked_div(all).unwrap_or(100)
}

fn bar(done: usize, all: usize) -> String {
    let full = (done * LENGTH).checked_div(all).unwrap_or(LENGTH).min(LENGTH);
    format!("[{}{}] {:>3}%  {done} of {all} rows", "#".repeat(full), ".".repeat(LENGTH - full), percent(done, all))
}

impl Drop for Progress {
    /// Leaves the line empty for what comes next.
    fn drop(&mut self) {
        self.tell("");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_grows_to_its_full_length() {
        assert_eq!(bar(0, 200), "[..............................]   0%  0 of 200 rows");
        assert_eq!(bar(100, 200), "[###############...............]  50%  100 of 200 rows");
        assert_eq!(bar(200, 200), "[##############################] 100%  200 of 200 rows");
        assert_eq!(bar(0, 0), "[##############################] 100%  0 of 0 rows");
    }
}
