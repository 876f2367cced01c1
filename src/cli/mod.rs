//! The command line: one file per subcommand.

mod backup;
mod client;
pub mod demo;
mod export;
mod import;
mod mail;
mod migrate;
mod openapi;
mod progress;
mod restore;
mod search;
mod serve;
mod user;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::clock::Clock;
use crate::config::Settings;
use crate::db::pool::Pools;
use crate::db::{Connection, transaction};
use crate::domain::Moment;

/// Theo dõi thực hiện nghị quyết / the system of record for carrying out a Party resolution.
///
/// Try it: `resolution-tracker demo`. Settings come from resolution-tracker.toml and the
/// environment; docs/CONFIGURATION.md lists them.
#[derive(Debug, Parser)]
#[command(name = "resolution-tracker", version, about, long_about, arg_required_else_help = true)]
struct Arguments {
    /// Configuration file (default: resolution-tracker.toml in this folder, if there is one)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Load a real resolution into a database of its own and serve it: the first thing to try
    Demo(demo::Demo),
    /// Serve the API; brings the database up to date first
    Serve(serve::Serve),
    /// Bring the database up to date, or show what would be done
    Migrate(migrate::Migrate),
    /// Take in a file of areas, units or tasks (.xlsx, .csv)
    Import(Box<import::Import>),
    /// Write areas, units or tasks to a file that `import` reads, or a template to fill in (.xlsx, .csv)
    Export(Box<export::Export>),
    /// Keep accounts: add, grant, list, set a password
    User(user::User),
    /// Try whether mail can be sent, show what would be, and how it stands
    Mail(mail::Mail),
    /// Keep API clients: add, list, make another key, revoke
    Client(client::Client),
    /// Keep everything in one file, while the service runs
    Backup(backup::Backup),
    /// Bring a backup back, into an empty place
    Restore(restore::Restore),
    /// Make what search looks through anew
    Search(search::Search),
    /// Check that the journal, a backup, or what search looks through is whole
    Verify(verify::Verify),
    /// Print the OpenAPI document
    Openapi,
}

/// What a subcommand answers on failure: a sentence that says what to do.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Parses the command line and does what it says.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Demo(demo) => with_settings(arguments.config, |settings| demo.run(settings)),
        Command::Serve(serve) => with_settings(arguments.config, |settings| serve.run(settings)),
        Command::Migrate(migrate) => with_settings(arguments.config, |settings| migrate.run(&settings)),
        Command::Import(import) => with_settings(arguments.config, |settings| import.run(&settings)),
        Command::Export(export) => with_settings(arguments.config, |settings| export.run(&settings)),
        Command::User(user) => with_settings(arguments.config, |settings| user.run(&settings)),
        Command::Mail(mail) => with_settings(arguments.config, |settings| mail.run(&settings)),
        Command::Client(client) => with_settings(arguments.config, |settings| client.run(&settings)),
        Command::Backup(backup) => with_settings(arguments.config, |settings| backup.run(&settings)),
        Command::Restore(restore) => with_settings(arguments.config, |settings| restore.run(&settings)),
        Command::Search(search) => with_settings(arguments.config, |settings| search.run(&settings)),
        Command::Verify(verify) => verify.run(|| Ok(Settings::load(arguments.config.as_deref())?)),
        Command::Openapi => openapi::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn with_settings(file: Option<PathBuf>, run: impl FnOnce(Settings) -> Outcome) -> Outcome {
    run(Settings::load(file.as_deref())?)
}

/// Works on the database in one transaction, at the time of the system's clock.
fn write<T>(
    settings: &Settings,
    work: impl FnOnce(&mut Connection, &Moment) -> Result<T, Box<dyn std::error::Error>>,
) -> Result<T, Box<dyn std::error::Error>> {
    let mut connection =
        Pools::new(&settings.database_url, 1).writer().map_err(|e| format!("cannot open {}: {e}", settings.database_url))?;
    let at = Moment::new(Clock::system().now());
    transaction::write(&mut connection, |conn| work(conn, &at))
}

/// Tells a person what is going on.
#[expect(clippy::print_stdout, reason = "the command line speaks on standard output")]
fn say(text: impl std::fmt::Display) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "the command line complains on standard error")]
fn fail(text: &str) -> ExitCode {
    eprintln!("resolution-tracker: {text}");
    ExitCode::FAILURE
}
