//! Settings: environment and TOML, read and checked once; secrets are never printed.

mod mail;

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::db::DatabaseUrl;
pub use crate::domain::SigningKey;
use crate::domain::attachments::MOST_BYTES;
use crate::domain::mail::MailSettings;

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the data lives.
    pub database_url: DatabaseUrl,
    /// Folder for the embedded database and its key.
    pub data_dir: PathBuf,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Where browsers find the service, such as `https://tracker.example`; decides whether cookies
    /// are for encrypted lines only.
    pub public_url: Option<String>,
    /// Threads that answer requests.
    pub workers: usize,
    /// Connections for reading.
    pub pool_size: u32,
    /// Room for answers that are kept until something changes, in MiB; 0 keeps none.
    pub answer_cache_mib: usize,
    /// Key that signs access tokens; on the embedded database it may come from the data folder.
    pub signing_key: Option<SigningKey>,
    /// Days before a deadline from which work is "due soon".
    pub due_soon_days: i64,
    /// "Trước ngày D" ends the day before D.
    pub strict_before: bool,
    /// PostgreSQL over an unencrypted line that leaves this machine.
    pub allow_unencrypted_database: bool,
    /// Folder of attachments as configured; [`Settings::attachments_dir`] says where they lie.
    pub attachments_dir: Option<PathBuf>,
    /// Most bytes of an attachment.
    pub attachments_max_bytes: u64,
    /// Log lines as JSON.
    pub log_json: bool,
    /// Serve counters for Prometheus at `/metrics`, to everybody who reaches the port.
    pub metrics: bool,
    /// How mail is sent; nothing is, without a server.
    pub mail: Option<MailSettings>,
}

/// The settings as written, in the file or the environment; anything may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    listen: Option<String>,
    public_url: Option<String>,
    workers: Option<usize>,
    pool_size: Option<u32>,
    answer_cache_mib: Option<usize>,
    signing_key: Option<String>,
    due_soon_days: Option<i64>,
    strict_before: Option<bool>,
    allow_unencrypted_database: Option<bool>,
    attachments_dir: Option<PathBuf>,
    attachments_max_bytes: Option<u64>,
    log_json: Option<bool>,
    metrics: Option<bool>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    mail_quiet_from: Option<i64>,
    mail_quiet_until: Option<i64>,
    allow_unencrypted_mail: Option<bool>,
}

/// Settings and the environment variable of each; `docs/CONFIGURATION.md` lists them for people.
pub const VARIABLES: &[(&str, &str)] = &[
    ("database_url", "DATABASE_URL"),
    ("data_dir", "RT_DATA_DIR"),
    ("listen", "RT_LISTEN"),
    ("public_url", "RT_PUBLIC_URL"),
    ("workers", "RT_WORKERS"),
    ("pool_size", "RT_POOL_SIZE"),
    ("answer_cache_mib", "RT_ANSWER_CACHE_MIB"),
    ("signing_key", "RT_SIGNING_KEY"),
    ("due_soon_days", "RT_DUE_SOON_DAYS"),
    ("strict_before", "RT_STRICT_BEFORE"),
    ("allow_unencrypted_database", "RT_ALLOW_UNENCRYPTED_DATABASE"),
    ("attachments_dir", "RT_ATTACHMENTS_DIR"),
    ("attachments_max_bytes", "RT_ATTACHMENTS_MAX_BYTES"),
    ("log_json", "RT_LOG_JSON"),
    ("metrics", "RT_METRICS"),
    ("smtp_url", "RT_SMTP_URL"),
    ("mail_from", "RT_MAIL_FROM"),
    ("mail_quiet_from", "RT_MAIL_QUIET_FROM"),
    ("mail_quiet_until", "RT_MAIL_QUIET_UNTIL"),
    ("allow_unencrypted_mail", "RT_ALLOW_UNENCRYPTED_MAIL"),
];

/// A sentence for the operator: what is wrong and what to do.
pub type SettingsError = String;

impl Settings {
    /// Reads `file` if given (or `resolution-tracker.toml` if it stands in the working directory),
    /// then the environment, which wins.
    ///
    /// # Errors
    /// A sentence that names the setting and says what to do.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        Self::from_parts(&read_file(file)?, environment)
    }

    /// Settings from the text of a TOML file and a function that answers for environment variables.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn from_parts(toml_text: &str, variable: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut table: toml::Table = toml_text.parse().map_err(|e| format!("the configuration file is not valid TOML: {e}"))?;
        for (key, name) in VARIABLES {
            if let Some(text) = variable(name).filter(|t| !t.is_empty()) {
                table.insert((*key).to_owned(), value_of(key, &text).map_err(|e| format!("{name}: {e}"))?);
            }
        }
        let written: Written = table.try_into().map_err(|e| format!("configuration: {e}"))?;
        written.check()
    }
}

/// Largest attachment that may be configured: 1 GiB.
const LARGEST: u64 = 1024 * 1024 * 1024;

impl Settings {
    /// Folder of attachments: as configured, or beside the file of the embedded database. PostgreSQL has none unless it is
    /// configured, since every instance must see the same.
    pub fn attachments_dir(&self) -> Option<PathBuf> {
        let beside = |path: &str| Path::new(path).parent().map(|folder| folder.join("attachments"));
        match (&self.attachments_dir, &self.database_url) {
            (Some(folder), _) => Some(folder.clone()),
            (None, DatabaseUrl::Sqlite(path)) => beside(path),
            (None, DatabaseUrl::Postgres(_)) => None,
        }
    }

    /// Whether browsers reach the service over an encrypted line.
    pub fn is_https(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Scheme, host and perhaps port of an address, in lower case.
fn site(url: &str) -> Result<String, SettingsError> {
    let site = url.trim_end_matches('/').to_ascii_lowercase();
    let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    match host {
        Some(host) if !host.is_empty() && host.chars().all(plain) => Ok(site),
        _ => Err(format!("public_url: {url:?} is not an address such as https://tracker.example, without a path")),
    }
}

impl Written {
    fn check(self) -> Result<Settings, SettingsError> {
        let public_url = self.public_url.as_deref().map(site).transpose()?;
        let mail = mail::read(&self, public_url.as_deref())?;
        let data_dir = self.data_dir.unwrap_or_else(|| PathBuf::from("data"));
        let url = self.database_url.unwrap_or_else(|| format!("sqlite://{}", data_dir.join("resolution-tracker.db").display()));
        let listen = self.listen.unwrap_or_else(|| "127.0.0.1:8080".into());
        let database_url: DatabaseUrl = url.parse().map_err(|e| format!("database_url: {e}"))?;
        // The embedded database keeps pages in this process, and working an answer out again costs less there.
        let answer_cache_mib = self.answer_cache_mib.unwrap_or(if database_url.is_embedded() { 32 } else { 48 });
        let settings = Settings {
            database_url,
            data_dir,
            listen: listen.parse().map_err(|_| format!("listen: {listen:?} is not an address such as 127.0.0.1:8080"))?,
            public_url,
            workers: within("workers", self.workers.unwrap_or(2), 1, 256)?,
            pool_size: within("pool_size", self.pool_size.unwrap_or(4), 1, 256)?,
            answer_cache_mib: within("answer_cache_mib", answer_cache_mib, 0, 4096)?,
            signing_key: self.signing_key.map(|k| SigningKey::new(k.into_bytes())).transpose()?,
            due_soon_days: within("due_soon_days", self.due_soon_days.unwrap_or(crate::domain::timeliness::DUE_SOON_DAYS), 0, 365)?,
            strict_before: self.strict_before.unwrap_or(true),
            allow_unencrypted_database: self.allow_unencrypted_database.unwrap_or(false),
            attachments_dir: self.attachments_dir,
            attachments_max_bytes: within("attachments_max_bytes", self.attachments_max_bytes.unwrap_or(MOST_BYTES), 1, LARGEST)?,
            log_json: self.log_json.unwrap_or(false),
            metrics: self.metrics.unwrap_or(false),
            mail,
        };
        refuse_unencrypted(&settings)?;
        Ok(settings)
    }
}

fn within<T: PartialOrd + fmt::Display>(name: &str, value: T, low: T, high: T) -> Result<T, SettingsError> {
    if value < low || value > high { Err(format!("{name}: {value} is not between {low} and {high}")) } else { Ok(value) }
}

/// Without TLS built in, libpq would silently go unencrypted.
fn refuse_unencrypted(settings: &Settings) -> Result<(), SettingsError> {
    let DatabaseUrl::Postgres(url) = &settings.database_url else { return Ok(()) };
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let encrypted = ["require", "verify-ca", "verify-full"].iter().any(|mode| query.split('&').any(|p| p == format!("sslmode={mode}")));
    if !leaves_this_machine(url) || settings.allow_unencrypted_database || (cfg!(feature = "pg-tls") && encrypted) {
        return Ok(());
    }
    Err("database_url: the line to PostgreSQL would be unencrypted. Build with the feature pg-tls and add ?sslmode=require \
         (or verify-full) to the URL, or set allow_unencrypted_database = true if the network is yours alone"
        .into())
}

/// Whether any host that libpq may connect to is not this machine. The query can name other hosts
/// than the address does; names in it that are written in code are taken for the worst.
fn leaves_this_machine(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = address.split('/').next().unwrap_or_default();
    let hosts = authority.rsplit_once('@').map_or(authority, |(_, hosts)| hosts);
    let is_local = |host: &str| host.is_empty() || host.starts_with('/') || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&host);
    let without_port = |host: &str| match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name.to_owned(),
        _ => host.to_owned(),
    };
    let asked_elsewhere = query.split('&').any(|parameter| match parameter.split_once('=') {
        Some(("host" | "hostaddr", hosts)) => !hosts.split(',').all(is_local),
        Some((name, _)) => name == "service" || name.contains('%'),
        None => false,
    });
    asked_elsewhere || !hosts.split(',').all(|host| is_local(&without_port(host)))
}

fn read_file(file: Option<&Path>) -> Result<String, SettingsError> {
    let path = file.unwrap_or_else(|| Path::new("resolution-tracker.toml"));
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(_) if file.is_none() && !path.exists() => Ok(String::new()),
        Err(error) => Err(format!("cannot read the configuration file {}: {error}", path.display())),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// An environment variable's text as the type its setting has.
fn value_of(key: &str, text: &str) -> Result<toml::Value, String> {
    match key {
        "workers"
        | "pool_size"
        | "answer_cache_mib"
        | "due_soon_days"
        | "attachments_max_bytes"
        | "mail_quiet_from"
        | "mail_quiet_until" => text.parse().map(toml::Value::Integer).map_err(|_| format!("{text:?} is not a whole number")),
        "strict_before" | "allow_unencrypted_database" | "log_json" | "metrics" | "allow_unencrypted_mail" => {
            text.parse().map(toml::Value::Boolean).map_err(|_| format!("{text:?} is neither true nor false"))
        }
        _ => Ok(toml::Value::String(text.to_owned())),
    }
}

#[cfg(test)]
mod tests;
