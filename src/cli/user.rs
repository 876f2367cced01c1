//! `user`: accounts and grants, for whoever has the database in hand.

use std::error::Error;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{Outcome, say, write};
use crate::config::Settings;
use crate::db::Connection;
use crate::domain::areas::{AreaDraft, AreaLevel};
use crate::domain::permission::Role;
use crate::domain::users::{GrantDraft, NewPassword, NewUser, Password, UserDraft, UserQuery};
use crate::domain::{Language, Moment, Reference};
use crate::error::{AppError, body};
use crate::service::access::Permit;
use crate::service::users::Account;
use crate::service::{areas, grants, passwords, users};
use crate::store::grants::PlacedGrant;

/// Who the journal says it was.
const ACTOR: &str = "command line";

/// How the first administrator comes in.
const FIRST: &str = "The first administrator of an empty database, with the province to administer:

  resolution-tracker user add admin --display \"Quản trị\" --role admin --area hg \\
      --new-area \"Tỉnh Hậu Giang\" --new-area-from 2004-01-01

Everything else can then be done through the API.";

/// Options of `user`.
#[derive(Debug, Args)]
#[command(after_help = FIRST)]
pub struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add an account, and grant it a role at once if you like
    Add(Box<Add>),
    /// Set a new password; ends all sessions of the account
    Passwd(Passwd),
    /// List accounts and what is granted to them
    List,
    /// Grant a role on a unit with all below it, or on an area with every body in it
    Grant(Grant),
}

#[derive(Debug, Args)]
struct Add {
    /// User name: lower-case letters, digits, dot, hyphen, underscore
    name: String,
    /// Name as it is shown
    #[arg(long, value_name = "TEXT")]
    display: String,
    /// Where mail about its work goes
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Role to grant: admin, office, leader, reporter, inspector, integration
    #[arg(long, requires = "place")]
    role: Option<Role>,
    /// Unit it is granted on, by its code
    #[arg(long, group = "place", requires = "role", value_name = "CODE")]
    unit: Option<String>,
    /// Area it is granted on, by its code
    #[arg(long, group = "place", requires = "role", value_name = "CODE")]
    area: Option<String>,
    #[command(flatten)]
    new_area: NewArea,
    #[command(flatten)]
    source: Source,
}

/// A root area that is made along with its first administrator.
#[derive(Debug, Args)]
struct NewArea {
    /// Make the area of --area first, under this name: the root of a province that is not there yet
    #[arg(long = "new-area", requires_all = ["area", "new_area_from"], value_name = "NAME")]
    new_area: Option<String>,
    /// First day the new area exists
    #[arg(long, requires = "new_area", value_name = "YYYY-MM-DD")]
    new_area_from: Option<NaiveDate>,
    /// Level of the new area: province, district, commune
    #[arg(long, requires = "new_area", default_value = "province", value_name = "LEVEL")]
    new_area_level: AreaLevel,
}

#[derive(Debug, Args)]
struct Passwd {
    /// User name
    name: String,
    #[command(flatten)]
    source: Source,
}

#[derive(Debug, Args)]
struct Grant {
    /// User name
    name: String,
    /// Role: admin, office, leader, reporter, inspector, integration
    #[arg(long, requires = "place")]
    role: Role,
    /// Unit it is granted on, by its code
    #[arg(long, group = "place", value_name = "CODE")]
    unit: Option<String>,
    /// Area it is granted on, by its code
    #[arg(long, group = "place", value_name = "CODE")]
    area: Option<String>,
}

/// Where the password comes from.
#[derive(Debug, Args)]
struct Source {
    /// Read the password from the first line of standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

impl User {
    /// Does what it says; brings the database up to date first.
    pub fn run(self, settings: &Settings) -> Outcome {
        super::serve::start_log(settings.log_json);
        super::serve::migrate(settings)?;
        let outcome = match self.command {
            Command::Add(add) => add.run(settings, |add| add.source.password()),
            Command::Passwd(passwd) => passwd.run(settings),
            Command::List => list(settings),
            Command::Grant(grant) => grant.run(settings),
        };
        outcome.map_err(in_words)
    }
}

/// A refusal in words for the terminal: `area: there is no area "hx"`.
fn in_words(error: Box<dyn Error>) -> Box<dyn Error> {
    match error.downcast::<AppError>() {
        Ok(refusal) if refusal.fields.is_empty() => refusal.code.en.into(),
        Ok(refusal) => {
            let fields = refusal.fields.iter().map(|f| format!("{}: {}", f.pointer.trim_start_matches('/'), f.message(Language::En)));
            fields.collect::<Vec<_>>().join("; ").into()
        }
        Err(other) => other,
    }
}

impl Add {
    fn run(self, settings: &Settings, password: impl FnOnce(&Self) -> Result<Password, Box<dyn Error>>) -> Outcome {
        // Whatever is wrong without a password is said before one is asked for.
        write(settings, |conn, _| self.check(conn))?;
        let (username, display_name, email) = self.words();
        let new = NewUser { username, display_name, password: password(&self)?, email };
        let new = body::validated(new)?;
        let hash = passwords::hash(new.password.characters())?;
        let account = write(settings, |conn, at| self.add(conn, &new.draft(), hash, at))?;
        say(describe(&account));
        Ok(())
    }

    fn words(&self) -> (String, String, Option<String>) {
        (self.name.clone(), self.display.clone(), self.email.clone())
    }

    fn check(&self, conn: &mut Connection) -> Outcome {
        let (username, display_name, email) = self.words();
        body::validated(UserDraft { username, display_name, disabled: false, email })?;
        if find(conn, &self.name)?.is_some() {
            return Err(format!("there is an account {} already: see `user list`, `user grant`, `user passwd`", self.name).into());
        }
        let Some(code) = &self.area else { return Ok(()) };
        let known = areas::get(conn, &Permit::of_system(ACTOR), &Reference::Code(code.clone())).is_ok();
        match (&self.new_area.new_area, known) {
            (Some(_), true) => Err(format!("the area {code} is there already: leave --new-area out").into()),
            (None, false) => Err(format!(
                "there is no area {code}. For the first administrator of a new province add --new-area NAME and \
                 --new-area-from YYYY-MM-DD, which makes it; otherwise check the code"
            )
            .into()),
            _ => Ok(()),
        }
    }

    fn add(&self, conn: &mut Connection, draft: &UserDraft, hash: String, at: &Moment) -> Result<Account, Box<dyn Error>> {
        if let (Some(code), NewArea { new_area: Some(name), new_area_from: Some(from), new_area_level }) = (&self.area, &self.new_area) {
            let draft = AreaDraft {
                code: code.clone(),
                name: name.clone(),
                level: *new_area_level,
                parent: None,
                valid_from: *from,
                valid_to: None,
                note: None,
                external_refs: Vec::new(),
            };
            areas::create(conn, &Permit::of_system(ACTOR), &body::validated(draft)?, at)?;
        }
        let mut account = users::create(conn, &Permit::of_system(ACTOR), draft, hash, at)?;
        if let Some(role) = self.role {
            account.grants.push(grant(conn, &account, role, self.unit.as_deref(), self.area.as_deref(), at)?);
        }
        Ok(account)
    }
}

impl Passwd {
    fn run(self, settings: &Settings) -> Outcome {
        let account = write(settings, |conn, _| known(conn, &self.name))?;
        let new = body::validated(NewPassword { password: self.source.password()? })?;
        let hash = passwords::hash(new.password.characters())?;
        write(settings, |conn, at| Ok(users::set_password(conn, &Permit::of_system(ACTOR), account.user.id, hash, at)?))?;
        say(format!("{} has a new password; all its sessions have ended", account.user.username));
        Ok(())
    }
}

impl Grant {
    fn run(self, settings: &Settings) -> Outcome {
        let account = write(settings, |conn, at| {
            let mut account = known(conn, &self.name)?;
            account.grants.push(grant(conn, &account, self.role, self.unit.as_deref(), self.area.as_deref(), at)?);
            Ok(account)
        })?;
        say(describe(&account));
        Ok(())
    }
}

impl Source {
    fn password(&self) -> Result<Password, Box<dyn Error>> {
        if self.password_stdin {
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).map_err(|e| format!("cannot read the password from standard input: {e}"))?;
            return Ok(Password::new(line.trim_end_matches(['\r', '\n']).to_owned()));
        }
        let ask = |prompt: &str| {
            rpassword::prompt_password(prompt).map_err(|e| format!("cannot ask for the password here ({e}): use --password-stdin"))
        };
        let first = ask("Password (10 to 128 characters): ")?;
        if ask("Again: ")? == first { Ok(Password::new(first)) } else { Err("the two passwords differ".into()) }
    }
}

fn list(settings: &Settings) -> Outcome {
    let mut cursor = None;
    loop {
        let query = UserQuery { limit: Some(200), cursor, ..UserQuery::default() };
        let page = write(settings, |conn, _| Ok(users::list(conn, &Permit::of_system(ACTOR), query)?))?;
        page.items.iter().for_each(|account| say(describe(account)));
        if page.next.is_none() {
            return Ok(());
        }
        cursor = page.next;
    }
}

fn grant(
    conn: &mut Connection,
    account: &Account,
    role: Role,
    unit: Option<&str>,
    area: Option<&str>,
    at: &Moment,
) -> Result<PlacedGrant, AppError> {
    let by_code = |code: &str| Reference::Code(code.to_owned());
    let draft = GrantDraft { role, unit: unit.map(by_code), area: area.map(by_code) };
    grants::create(conn, &Permit::of_system(ACTOR), &account.user, &draft, at)
}

fn find(conn: &mut Connection, name: &str) -> Result<Option<Account>, AppError> {
    let query = UserQuery { username: Some(name.to_owned()), ..UserQuery::default() };
    Ok(users::list(conn, &Permit::of_system(ACTOR), query)?.items.pop())
}

fn known(conn: &mut Connection, name: &str) -> Result<Account, Box<dyn Error>> {
    find(conn, name)?.ok_or_else(|| format!("there is no account {name:?}: see `user list`").into())
}

/// One line: name, shown name, what is granted.
fn describe(Account { user, grants }: &Account) -> String {
    let mut words: Vec<String> = grants.iter().map(place).collect();
    if words.is_empty() {
        words.push("nothing granted".into());
    }
    if user.disabled_at.is_some() {
        words.push("disabled".into());
    }
    format!("{:<20}  {}  [{}]", user.username, user.display_name, words.join("; "))
}

fn place((grant, unit, area): &PlacedGrant) -> String {
    let unit = unit.as_ref().map(|(code, name, ..)| format!("unit {code}, {name}"));
    let area = area.as_ref().map(|(code, name, _)| format!("area {code}, {name}"));
    format!("{} on {}", grant.role, unit.or(area).unwrap_or_default())
}

#[cfg(test)]
mod tests;
