//! How far a long command has come, on a terminal only.

use std::io::{IsTerminal, Write};

/// One line on standard error that is written over and over.
pub struct Progress {
    on_terminal: bool,
}

impl Progress {
    /// Shows something if a person is looking.
    pub fn new() -> Self {
        Self { on_terminal: std::io::stderr().is_terminal() }
    }

    /// Says how far it is. A terminal that went away is no reason to stop.
    pub fn tell(&self, text: impl std::fmt::Display) {
        if self.on_terminal {
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
        }
    }
}

impl Drop for Progress {
    /// Leaves the line empty for what comes next.
    fn drop(&mut self) {
        self.tell("");
    }
}
