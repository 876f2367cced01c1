//! The load run of `scripts/bench`, and the rounds of `scripts/crash-test`: a generated province,
//! a server in a process of its own, clients on this side, and yardsticks in the same run.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurements: whatever fails ends the run"
)]

mod client;
mod crash;
mod measure;
mod province;
mod reorganise;
mod reviews;
mod rollup;
mod server;
mod workloads;
mod yardsticks;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Load runs on a generated province. Called by scripts/bench and scripts/crash-test.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fill an empty database with a generated province
    Generate {
        #[command(flatten)]
        database: Database,
        #[command(flatten)]
        size: Size,
    },
    /// Measure a server on such a database; prints a table
    Run {
        #[command(flatten)]
        database: Database,
        /// The program to measure
        #[arg(long)]
        program: PathBuf,
        /// Seconds of each round
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Rounds of each workload; the median counts
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// Only workloads whose name contains this
        #[arg(long, default_value = "")]
        only: String,
    },
    /// Reorganise 1,000 units with 50,000 tasks in one transaction: timed, and killed in the middle; fills an empty database first
    Reorganise {
        #[command(flatten)]
        database: Database,
        #[arg(long)]
        program: PathBuf,
        /// How often it is killed before it ends
        #[arg(long, default_value_t = 10)]
        rounds: u32,
    },
    /// Work every number out again on such a database, before and after one is altered by hand
    Rollup {
        #[command(flatten)]
        database: Database,
        #[arg(long)]
        program: PathBuf,
    },
    /// Log reports from several clients, kill -9 the server at a random moment, restart, compare
    Crash {
        #[command(flatten)]
        database: Database,
        #[arg(long)]
        program: PathBuf,
        #[arg(long, default_value_t = 20)]
        rounds: u32,
        /// Also, every second round: a command that kills the database server and starts it again
        #[arg(long)]
        kill_database: Option<String>,
        /// A command to run while reports are logged, such as a backup
        #[arg(long)]
        meanwhile: Option<String>,
    },
}

#[derive(Args, Clone)]
struct Database {
    /// As in the configuration
    #[arg(long = "database", value_name = "URL")]
    url: String,
}

#[derive(Args, Clone, Copy)]
struct Size {
    #[arg(long, default_value_t = 10_000)]
    tasks: u32,
    #[arg(long, default_value_t = 100_000)]
    reports: u32,
}

fn main() {
    match Arguments::parse().command {
        Command::Generate { database, size } => province::generate(&database.url, size.tasks, size.reports),
        Command::Run { database, program, seconds, rounds, only } => {
            let run = measure::Run { rounds, seconds, only };
            workloads::run(&database.url, &program, &run);
        }
        Command::Reorganise { database, program, rounds } => {
            reorganise::generate(&database.url);
            reorganise::run(&database.url, &program, rounds);
        }
        Command::Rollup { database, program } => rollup::run(&database.url, &program),
        Command::Crash { database, program, rounds, kill_database, meanwhile } => {
            crash::run(&database.url, &program, rounds, kill_database.as_deref(), meanwhile.as_deref());
        }
    }
}
