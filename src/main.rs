//! The one binary: parse the command line, call [`resolution_tracker::cli`].

use std::process::ExitCode;

/// Gives memory back that is no longer used; the system's allocator keeps it for each thread.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    resolution_tracker::cli::run()
}
