//! `serve`: the service itself.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;

use clap::Args;

use super::{Outcome, say};
use crate::clock::Clock;
use crate::config::{Settings, SigningKey};
use crate::db::connection::DatabaseUrl;
use crate::db::{Connection, migrations, pool::Pools, transaction};
use crate::files::folder::Folder;
use crate::jobs::reminders;
use crate::server;
use crate::state::AppState;

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<std::net::SocketAddr>,
}

impl Serve {
    /// Migrates, then serves until told to stop.
    pub fn run(self, mut settings: Settings) -> Outcome {
        settings.listen = self.listen.unwrap_or(settings.listen);
        start_log(settings.log_json);
        let key = signing_key(&settings)?;
        migrate(&settings)?;
        sweep(&settings);
        let listener = bind(&settings)?;
        let state = AppState::new(settings, key, Clock::system());
        announce(&listener)?;
        Ok(actix_web::rt::System::new().block_on(async {
            let reminders = reminders::start(state.clone());
            let served = server::serve(state, listener).await;
            reminders.stop().await;
            served
        })?)
    }
}

/// Opens the port, or says which one is taken.
pub fn bind(settings: &Settings) -> Result<TcpListener, String> {
    TcpListener::bind(settings.listen)
        .map_err(|e| format!("cannot listen on {}: {e}. Choose another address with --listen", settings.listen))
}

/// Says where the service is to be found.
pub fn announce(listener: &TcpListener) -> Outcome {
    say(format!("listening on http://{}", listener.local_addr()?));
    std::io::stdout().flush()?;
    Ok(())
}

/// Removes what a crash left of files that were coming in. That it cannot be done keeps nobody from working.
fn sweep(settings: &Settings) {
    let Some(path) = settings.attachments_dir() else { return };
    match Folder::new(&path, 0).sweep(Clock::system().now().into()) {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "removed files that an earlier run had not taken in whole"),
        Err(error) => tracing::warn!(%error, folder = %path.display(), "the folder of attachments cannot be read"),
    }
}

/// Brings the database up to date, or says why it cannot.
pub fn migrate(settings: &Settings) -> Outcome {
    prepare_data_dir(settings)?;
    let mut connection =
        Pools::new(&settings.database_url, 1).writer().map_err(|e| format!("cannot open {}: {e}", settings.database_url))?;
    let done = migrations::run(&mut connection).map_err(|e| format!("migrating {}: {e}", settings.database_url))?;
    index(&mut connection, &done)?;
    Ok(())
}

/// Makes anew what migrations cannot, if any ran, as the program computes it: what search looks through, and how
/// repeated work stands that an earlier release wrote.
pub fn index(connection: &mut Connection, ran: &[String]) -> Outcome {
    if !ran.is_empty() {
        transaction::write(connection, crate::service::search::rebuild)?;
        transaction::write(connection, crate::service::obligations::rebuild)?;
    }
    Ok(())
}

/// Makes the folder of the embedded database.
pub fn prepare_data_dir(settings: &Settings) -> Outcome {
    let DatabaseUrl::Sqlite(path) = &settings.database_url else { return Ok(()) };
    if let Some(folder) = Path::new(path).parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("cannot make the folder {}: {e}", folder.display()))?;
    }
    Ok(())
}

/// The key that signs access tokens: as configured, or for the embedded database one that is made
/// on the first start and kept in the data folder, readable by its owner only.
pub fn signing_key(settings: &Settings) -> Result<SigningKey, String> {
    match (&settings.signing_key, &settings.database_url) {
        (Some(key), _) => Ok(key.clone()),
        (None, DatabaseUrl::Sqlite(_)) => kept_key(&settings.data_dir),
        (None, DatabaseUrl::Postgres(_)) => {
            Err("signing_key is needed with PostgreSQL, the same for every instance: set RT_SIGNING_KEY to `openssl rand -hex 32`".into())
        }
    }
}

/// The key kept in a folder; made if it is not there.
pub fn kept_key(folder: &Path) -> Result<SigningKey, String> {
    let path = folder.join("signing.key");
    if let Ok(text) = std::fs::read_to_string(&path) {
        return SigningKey::new(text.trim().as_bytes().to_vec()).map_err(|e| format!("{}: {e}", path.display()));
    }
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| format!("this machine has no random numbers: {e}"))?;
    let text = hex::encode(bytes);
    let written = std::fs::create_dir_all(folder).and_then(|()| write_private(&path, &text));
    written.map_err(|e| format!("cannot write {}: {e}", path.display()))?;
    SigningKey::new(text.into_bytes())
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// Log lines go to standard error; `RUST_LOG` chooses how many.
pub fn start_log(json: bool) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,actix_server=warn".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second subscriber in one process is refused; the first one stays.
    let _ = if json { log.json().try_init() } else { log.try_init() };
}
