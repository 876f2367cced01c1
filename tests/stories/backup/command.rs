//! The program itself, run on a database of a test.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use resolution_tracker::db::DatabaseUrl;

use crate::common::Database;

/// A database, and a folder beside it, as an operator has them.
pub struct Place {
    url: String,
    attachments: String,
    folder: tempfile::TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    succeeded: bool,
    output: String,
    complaint: String,
}

/// A command that may still be running.
pub struct Running(Child);

impl Place {
    pub fn of(database: &Database) -> Self {
        let url = match &database.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{path}"),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let attachments = database.attachments().to_str().unwrap().to_owned();
        Self { url, attachments, folder: tempfile::tempdir().unwrap() }
    }

    /// The path of a file in the folder.
    pub fn file(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    pub fn start(&self, arguments: &[&str]) -> Running {
        start(&[("DATABASE_URL", &self.url), ("RT_ATTACHMENTS_DIR", &self.attachments)], arguments)
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.start(arguments).end()
    }
}

/// Runs the program with these variables and no others of its own.
pub fn run(variables: &[(&str, &str)], arguments: &[&str]) -> Ended {
    start(variables, arguments).end()
}

fn start(variables: &[(&str, &str)], arguments: &[&str]) -> Running {
    let mut command = Command::new(env!("CARGO_BIN_EXE_resolution-tracker"));
    command.args(arguments).envs(variables.iter().copied()).current_dir(env!("CARGO_TARGET_TMPDIR"));
    Running(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
}

impl Running {
    pub fn is_running(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }

    pub fn end(mut self) -> Ended {
        let (mut output, mut complaint) = (String::new(), String::new());
        self.0.stdout.take().unwrap().read_to_string(&mut output).unwrap();
        self.0.stderr.take().unwrap().read_to_string(&mut complaint).unwrap();
        Ended { succeeded: self.0.wait().unwrap().success(), output, complaint }
    }
}

impl Ended {
    /// What it said, if it did what it was told.
    #[track_caller]
    pub fn done(self) -> String {
        assert!(self.succeeded, "{self:?}");
        self.output
    }

    /// Asserts that it failed, with these words in its complaint.
    #[track_caller]
    pub fn refused(self, words: &str) {
        assert!(!self.succeeded && self.complaint.contains(words), "wanted {words:?}: {self:?}");
    }
}
