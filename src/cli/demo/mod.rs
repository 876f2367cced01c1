//! `demo`: a database with Hậu Giang's XIV congress resolution, loaded and served in one command.

mod accounts;
mod commitments;
mod data;
mod dialogue;
mod directory;
mod dissemination;
mod documents;
mod files;
mod indicators;
mod progress;
mod reform;
mod reviews;
mod tasks;
mod timeline;
mod world;

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::serve::{announce, bind, kept_key, migrate, start_log};
use super::{Outcome, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::connection::DatabaseUrl;
use crate::domain::calendar;
use crate::error::AppResult;
use crate::files::folder::Folder;
use crate::server;
use crate::service::{marker, passwords};
use crate::state::AppState;

/// What marks a database as the demo's.
const MARK: &str = "hau-giang-xiv";
/// The hour at which the demo's clock starts.
const MORNING: u32 = 9;

/// Options of `demo`.
///
/// The demo's clock starts on the day you choose; accounts and progress are made up, documents,
/// units and tasks are real (demo/README.md). With DATABASE_URL=postgres://… it uses that
/// database, if it is empty or was made by the demo.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: std::net::SocketAddr,

    /// Folder for the demo's database and key
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    data_dir: PathBuf,

    /// The day on which the demo's clock starts (2023-10-02 is the time of the sơ kết)
    #[arg(long, value_name = "DATE", default_value = "2023-10-02")]
    today: NaiveDate,

    /// Throw the demo's data away and load it anew
    #[arg(long)]
    reset: bool,
}

impl Demo {
    /// Loads the data if it is not there, then serves it.
    pub fn run(self, settings: Settings) -> Outcome {
        let settings = self.settings(settings);
        start_log(settings.log_json);
        let listener = bind(&settings)?;
        if self.reset {
            self.reset(&settings)?;
        }
        std::fs::create_dir_all(&self.data_dir).map_err(|e| format!("cannot make the folder {}: {e}", self.data_dir.display()))?;
        let key = kept_key(&self.data_dir)?;
        migrate(&settings)?;
        let state = AppState::new(settings, key, Clock::starting_at(calendar::at(self.today, MORNING)));
        load(&state, self.today)?;
        announce(&listener)?;
        introduce(self.today);
        Ok(actix_web::rt::System::new().block_on(server::serve(state, listener))?)
    }

    /// The demo takes its database from its own folder, or from PostgreSQL where one is configured. It sends no mail.
    fn settings(&self, settings: Settings) -> Settings {
        let database_url = match settings.database_url {
            postgres @ DatabaseUrl::Postgres(_) => postgres,
            DatabaseUrl::Sqlite(_) => DatabaseUrl::Sqlite(self.data_dir.join("demo.db").display().to_string()),
        };
        let attachments_dir = Some(self.data_dir.join("attachments"));
        Settings { database_url, listen: self.listen, data_dir: self.data_dir.clone(), attachments_dir, mail: None, ..settings }
    }

    /// Removes what an earlier demo made, and nothing else.
    fn reset(&self, settings: &Settings) -> Outcome {
        match &settings.database_url {
            DatabaseUrl::Sqlite(path) if !std::path::Path::new(path).exists() => Ok(()),
            DatabaseUrl::Sqlite(path) => {
                drop(super::migrate::open_demo(settings)?);
                for suffix in ["", "-wal", "-shm"] {
                    match std::fs::remove_file(format!("{path}{suffix}")) {
                        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                            return Err(format!("cannot remove {path}{suffix}: {e}").into());
                        }
                        _ => {}
                    }
                }
                Ok(())
            }
            DatabaseUrl::Postgres(_) => super::migrate::empty(settings),
        }
    }
}

/// Loads the data into an empty database; leaves one that holds it as it is.
///
/// # Errors
/// A sentence for people: the database holds something else, or is away.
pub fn load(state: &AppState, today: NaiveDate) -> Outcome {
    let mark = format!("{MARK} {today}");
    match state.write_now(|conn, _| marker::demo(conn))? {
        marker::Content::Demo(made) if made == mark => return Ok(()),
        marker::Content::Demo(made) => {
            let day = made.rsplit(' ').next().unwrap_or_default();
            return Err(format!("the demo in this database was made for --today {day}: start it with that day, or add --reset").into());
        }
        marker::Content::Other => {
            return Err(
                "this database holds data that is not the demo's: give the demo an empty one (another DATABASE_URL or --data-dir)".into()
            );
        }
        marker::Content::Nothing => {}
    }
    let (first, second) = (data::Files::read()?, data::Files::second()?);
    let hashed = |account: &accounts::Account| Ok((account.username, passwords::hash(accounts::PASSWORD)?));
    let hashes = accounts::ACCOUNTS.iter().map(hashed).collect::<AppResult<HashMap<_, _>>>()?;
    let folder = state.attachments().ok();
    state.write_now(|conn, now| {
        let mut worlds = [&first, &second].map(|files| world::World::new(files, &hashes, *now));
        timeline::play(conn, &mut worlds)?;
        if let (Some((path, most)), Some(world)) = (&folder, worlds.first()) {
            files::attach(conn, world, &Folder::new(path, *most), now)?;
        }
        marker::mark_demo(conn, &mark)
    })?;
    Ok(())
}

fn introduce(today: NaiveDate) {
    say(format!("Demo: Nghị quyết Đại hội XIV Đảng bộ tỉnh Hậu Giang; hôm nay là / today is {}.", today.format("%d/%m/%Y")));
    say("Tiến độ là số liệu minh họa / progress is illustrative. API: /docs");
    say(format!("Tài khoản / accounts (mật khẩu / password: {}):", accounts::PASSWORD));
    for account in accounts::ACCOUNTS {
        say(format!("  {:<18} {}", account.username, account.display_name));
    }
}
