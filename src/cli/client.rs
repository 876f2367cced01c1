//! `client`: API clients, for whoever has the database in hand.

use std::error::Error;

use chrono::{NaiveDate, TimeDelta};
use clap::{Args, Subcommand};

use super::{Outcome, say, serve, write};
use crate::config::Settings;
use crate::db::Connection;
use crate::domain::api_clients::{ApiClientDraft, ApiClientQuery, ClientKey, Scope};
use crate::domain::{Reference, calendar};
use crate::error::body;
use crate::service::access::Permit;
use crate::service::api_clients;
use crate::store::api_clients::ClientRecord;

/// Who the journal says it was.
const ACTOR: &str = "command line";

/// How the first system is connected.
const EXAMPLE: &str = "Connect a document system to the whole province:

  resolution-tracker client add edoc --name \"Quản lý văn bản\" --area hg \\
      --scope work_write --scope directory_read --scope changes_read

The key is printed once. docs/INTEGRATION.md says what to do with it.";

/// Options of `client`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub struct Client {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an API client and print its key, which is shown nowhere else
    Add(Add),
    /// List API clients: what they may do, where, how long, and when they were last here
    List,
    /// Make another key and print it; the present one stops working at once
    Rotate(Named),
    /// Revoke an API client for good
    Revoke(Revoke),
}

#[derive(Debug, Args)]
struct Add {
    /// Code: lower-case letters, digits, hyphen
    code: String,
    /// Name of the system
    #[arg(long, value_name = "TEXT")]
    name: String,
    /// What it may do; repeat for several: directory_read, directory_write, work_read, work_write, progress_write,
    /// verification_write, commitments_write, dashboards_read, changes_read
    #[arg(long, required = true, value_name = "SCOPE")]
    scope: Vec<Scope>,
    /// Unit it reaches with all below it, by its code
    #[arg(long, group = "place", required_unless_present = "area", value_name = "CODE")]
    unit: Option<String>,
    /// Area it reaches with all bodies in it, by its code
    #[arg(long, group = "place", value_name = "CODE")]
    area: Option<String>,
    /// Last day its key works; a year from now if missing
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
}

#[derive(Debug, Args)]
struct Named {
    /// Code
    code: String,
}

#[derive(Debug, Args)]
struct Revoke {
    /// Code
    code: String,
    /// Why; goes into the journal
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Client {
    /// Does what was asked.
    pub fn run(self, settings: &Settings) -> Outcome {
        serve::migrate(settings)?;
        match self.command {
            Command::Add(add) => add.run(settings),
            Command::List => list(settings),
            Command::Rotate(named) => {
                let (record, key) = write(settings, |conn, at| {
                    let id = known(conn, &named.code)?.client.id;
                    Ok(api_clients::rotate(conn, &Permit::of_system(ACTOR), id, at)?)
                })?;
                tell(&record, &key);
                Ok(())
            }
            Command::Revoke(revoke) => revoke.run(settings),
        }
    }
}

impl Add {
    fn run(self, settings: &Settings) -> Outcome {
        let draft = ApiClientDraft {
            code: self.code,
            name: self.name,
            scopes: self.scope,
            unit: self.unit.map(Reference::Code),
            area: self.area.map(Reference::Code),
            expires_at: self.until.map(calendar::end_of),
        };
        let draft = body::validated(draft)?;
        let (record, key) = write(settings, |conn, at| Ok(api_clients::create(conn, &Permit::of_system(ACTOR), &draft, at)?))?;
        tell(&record, &key);
        Ok(())
    }
}

impl Revoke {
    fn run(self, settings: &Settings) -> Outcome {
        write(settings, |conn, at| {
            let permit = Permit::of_system(ACTOR);
            let id = known(conn, &self.code)?.client.id;
            let record = api_clients::revocable(conn, &permit, id)?;
            Ok(api_clients::revoke(conn, &permit, record, &self.reason, at)?)
        })?;
        say(format!("{} is revoked: its key is refused from now on", self.code));
        Ok(())
    }
}

fn list(settings: &Settings) -> Outcome {
    let mut cursor = None;
    loop {
        let query = ApiClientQuery { limit: Some(200), cursor, ..ApiClientQuery::default() };
        let page = write(settings, |conn, _| Ok(api_clients::list(conn, &Permit::of_system(ACTOR), query)?))?;
        page.items.iter().for_each(|record| say(describe(record)));
        if page.next.is_none() {
            return Ok(());
        }
        cursor = page.next;
    }
}

fn known(conn: &mut Connection, code: &str) -> Result<ClientRecord, Box<dyn Error>> {
    let query = ApiClientQuery { code: Some(code.to_owned()), ..ApiClientQuery::default() };
    let found = api_clients::list(conn, &Permit::of_system(ACTOR), query)?.items.pop();
    found.ok_or_else(|| format!("there is no API client {code:?}: see `client list`").into())
}

/// The key goes alone on the last line, so that a script can take it.
fn tell(record: &ClientRecord, key: &ClientKey) {
    say(describe(record));
    say("Its key, shown this once:");
    say(key.text());
}

/// One line: code, name, where, what, until when, last use.
fn describe(ClientRecord { client, user, grant: (_, unit, area) }: &ClientRecord) -> String {
    let unit = unit.as_ref().map(|(code, ..)| format!("unit {code}"));
    let area = area.as_ref().map(|(code, ..)| format!("area {code}"));
    let standing = match client.revoked_at {
        Some(at) => format!("revoked {}", at.date()),
        None => format!("until {}", calendar::day_of(client.expires_at.and_utc() - TimeDelta::microseconds(1))),
    };
    let used = client.last_used_at.map_or("never used".to_owned(), |at| format!("last used {}", calendar::day_of(at.and_utc())));
    let place = unit.or(area).unwrap_or_default();
    format!("{:<20}  {}  [{} on {place}]  {}…  {standing}, {used}", client.code, user.display_name, client.scopes, client.key_prefix)
}
