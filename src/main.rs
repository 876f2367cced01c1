//! The one binary: parse the command line, call [`resolution_tracker::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    resolution_tracker::cli::run()
}
