//! `migrate`: brings the database up to date.

use clap::Args;

use super::{Outcome, say};
use crate::config::Settings;
use crate::db::migrations;
use crate::db::pool::{Loan, Pools};
use crate::service::marker::{self, Content};

/// Options of `migrate`.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Only say whether something would be done
    #[arg(long)]
    check: bool,
}

impl Migrate {
    /// Runs what is pending, under a lock.
    pub fn run(self, settings: &Settings) -> Outcome {
        super::serve::prepare_data_dir(settings)?;
        let mut connection =
            Pools::new(&settings.database_url, 1).writer().map_err(|e| format!("cannot open {}: {e}", settings.database_url))?;
        if self.check {
            let pending = migrations::pending(&mut connection).map_err(|e| e.to_string())?;
            say(if pending { "migrations are pending: run `resolution-tracker migrate`" } else { "up to date" });
            return Ok(());
        }
        let done = migrations::run(&mut connection).map_err(|e| format!("migrating {}: {e}", settings.database_url))?;
        super::serve::index(&mut connection, &done)?;
        for name in &done {
            say(format!("ran {name}"));
        }
        say(format!("{} is up to date", settings.database_url));
        Ok(())
    }
}

/// A connection to a database that holds nothing, or a demo; refuses any other.
pub fn open_demo(settings: &Settings) -> Result<Loan, Box<dyn std::error::Error>> {
    let mut connection =
        Pools::new(&settings.database_url, 1).writer().map_err(|e| format!("cannot open {}: {e}", settings.database_url))?;
    let used = migrations::any_applied(&mut connection).map_err(|e| e.to_string())?;
    if used && marker::demo(&mut connection)? == Content::Other {
        return Err(format!("{} holds data that is not the demo's: it was left as it is", settings.database_url).into());
    }
    Ok(connection)
}

/// Empties a database that holds nothing, or a demo; refuses any other.
pub fn empty(settings: &Settings) -> Outcome {
    migrations::revert_all(&mut *open_demo(settings)?).map_err(|e| e.to_string())?;
    Ok(())
}
