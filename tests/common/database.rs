//! A database for each test, copied from a template that each test process makes once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Once, OnceLock};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use resolution_tracker::db::connection::Manager;
use resolution_tracker::db::{Connection, DatabaseUrl, migrations, transaction};

use super::world;

/// One of the two databases of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// A database that is removed when this is dropped.
pub struct Database {
    pub url: DatabaseUrl,
    /// Where its attachments lie.
    files: tempfile::TempDir,
    keep: Keep,
}

enum Keep {
    Folder(tempfile::TempDir),
    Server { name: String },
}

impl Database {
    /// A database with the world of [`world`] in it.
    pub fn with_world(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let database = Self::empty_sqlite();
                std::fs::copy(sqlite_template(), database.path()).unwrap();
                database
            }
            Kind::Postgres => Self::create_postgres(Some(postgres_template())),
        }
    }

    /// A copy of a database that takes long to make, with its attachments. `make` fills it the first
    /// time that one of this name is asked for, and must let go of it.
    pub fn copy_of(kind: Kind, name: &str, make: impl FnOnce(&DatabaseUrl, &Path)) -> Self {
        type Made = HashMap<(Kind, String), Arc<OnceLock<Template>>>;
        static MADE: OnceLock<Mutex<Made>> = OnceLock::new();
        let made = MADE.get_or_init(Mutex::default).lock().unwrap().entry((kind, name.to_owned())).or_default().clone();
        let template = made.get_or_init(|| Template::make(kind, make));
        let copy = match kind {
            Kind::Sqlite => {
                let copy = Self::empty_sqlite();
                std::fs::copy(&template.place, copy.path()).unwrap();
                copy
            }
            Kind::Postgres => Self::create_postgres(Some(&template.place)),
        };
        copy_files(&template.files, copy.attachments());
        copy
    }

    /// A database without any table.
    pub fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::empty_sqlite(),
            Kind::Postgres => Self::create_postgres(None),
        }
    }

    /// The folder of its attachments.
    pub fn attachments(&self) -> &Path {
        self.files.path()
    }

    /// A connection of its own, beside the application's.
    pub fn connect(&self) -> Connection {
        connect(&self.url)
    }

    /// The file of an embedded database.
    pub fn path(&self) -> PathBuf {
        match &self.keep {
            Keep::Folder(folder) => folder.path().join("test.db"),
            Keep::Server { .. } => panic!("PostgreSQL has no file"),
        }
    }

    /// The name of a database on the server.
    pub fn name(&self) -> &str {
        match &self.keep {
            Keep::Folder(_) => panic!("SQLite has no name"),
            Keep::Server { name } => name,
        }
    }

    fn empty_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = sqlite_url(&folder.path().join("test.db"));
        Self { url, files: tempfile::tempdir().unwrap(), keep: Keep::Folder(folder) }
    }

    fn create_postgres(template: Option<&str>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("rt_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let template = template.map(|t| format!("TEMPLATE {t}")).unwrap_or_default();
        on_server(&format!("CREATE DATABASE {name} {template}"));
        Self { url: postgres_url(&name), files: tempfile::tempdir().unwrap(), keep: Keep::Server { name } }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Keep::Server { name } = &self.keep {
            on_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// What [`Database::copy_of`] copies.
struct Template {
    /// The path of the file, or the name on the server.
    place: String,
    files: PathBuf,
}

impl Template {
    fn make(kind: Kind, make: impl FnOnce(&DatabaseUrl, &Path)) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let (process, number) = (std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = template_folder();
        let files = folder.join(format!("rt_template_{process}.{number}.files"));
        let _ = std::fs::remove_dir_all(&files); // of a process of this number, long ago
        std::fs::create_dir(&files).unwrap();
        match kind {
            Kind::Sqlite => {
                let path = folder.join(format!("rt_template_{process}.{number}.db"));
                let _ = std::fs::remove_file(&path);
                make(&sqlite_url(&path), &files);
                // Everything into the file itself.
                connect(&sqlite_url(&path)).batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
                Self { place: path.to_str().unwrap().to_owned(), files }
            }
            Kind::Postgres => {
                LEFT_TEMPLATES.call_once(drop_left_templates);
                let name = format!("rt_template_{process}_{number}");
                on_server(&format!("DROP DATABASE IF EXISTS {name}"));
                on_server(&format!("CREATE DATABASE {name}"));
                make(&postgres_url(&name), &files);
                Self { place: name, files }
            }
        }
    }
}

fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy_files(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A connection as the house opens it.
pub fn connect(url: &DatabaseUrl) -> Connection {
    Manager(url.clone()).connect().unwrap()
}

/// Runs one statement on the server itself, outside the test's database.
pub fn on_server(sql: &str) {
    <PgConnection as diesel::Connection>::establish(&server_url()).unwrap().batch_execute(sql).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "scripts/test says through the environment where its server is")]
fn server_url() -> String {
    std::env::var("TEST_PG_URL").unwrap_or_else(|_| panic!("TEST_PG_URL is not set: run scripts/test, which starts PostgreSQL itself"))
}

/// The server's URL with another database.
fn postgres_url(name: &str) -> DatabaseUrl {
    let server = server_url();
    let (address, options) = server.split_once('?').map_or((server.as_str(), None), |(a, o)| (a, Some(o)));
    let (address, _) = address.rsplit_once('/').unwrap();
    let options = options.map(|o| format!("?{o}")).unwrap_or_default();
    format!("{address}/{name}{options}").parse().unwrap()
}

fn sqlite_url(path: &Path) -> DatabaseUrl {
    format!("sqlite://{}", path.display()).parse().unwrap()
}

/// Where the files lie that tests copy: a folder of cargo's for such things. What processes left that
/// have ended is removed.
fn template_folder() -> &'static Path {
    static FOLDER: OnceLock<&Path> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        for left in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let process = left.file_name().and_then(|name| name.to_str()?.strip_prefix("rt_template_")?.split('.').next());
            if process.is_some_and(|process| !is_running(process)) {
                let _ = std::fs::remove_file(&left).or_else(|_| std::fs::remove_dir_all(&left));
            }
        }
        folder
    })
}

/// The file every SQLite test copies.
fn sqlite_template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let path = template_folder().join(format!("rt_template_{}.db", std::process::id()));
        furnish(&sqlite_url(&path));
        path
    })
}

/// The database every PostgreSQL test copies.
fn postgres_template() -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        LEFT_TEMPLATES.call_once(drop_left_templates);
        let name = format!("rt_template_{}", std::process::id());
        on_server(&format!("DROP DATABASE IF EXISTS {name}"));
        on_server(&format!("CREATE DATABASE {name}"));
        furnish(&postgres_url(&name));
        name
    })
}

/// Two threads that drop the same would be in each other's way.
static LEFT_TEMPLATES: Once = Once::new();

/// A test process cannot drop its own template when it ends: the next one does.
fn drop_left_templates() {
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = diesel::sql_types::Text)]
        datname: String,
    }
    let mut server = <PgConnection as diesel::Connection>::establish(&server_url()).unwrap();
    let names: Vec<Name> =
        diesel::sql_query("SELECT datname::text FROM pg_database WHERE datname LIKE 'rt_template_%'").load(&mut server).unwrap();
    for Name { datname } in names {
        let process = datname.trim_start_matches("rt_template_").split('_').next();
        if process.is_some_and(|process| !is_running(process)) {
            server.batch_execute(&format!("DROP DATABASE IF EXISTS {datname}")).unwrap();
        }
    }
}

fn is_running(process: &str) -> bool {
    Path::new("/proc").join(process).exists()
}

/// Migrates a new database and builds the world in it.
fn furnish(url: &DatabaseUrl) {
    let mut connection = connect(url);
    migrations::run(&mut connection).unwrap();
    transaction::write(&mut connection, world::build).unwrap();
}
