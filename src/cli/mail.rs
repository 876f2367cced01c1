//! `mail`: whether mail can be sent, what would be, and how the outbox stands.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::{Outcome, say, serve, write};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::mail::{Delivery, Letter, MailSettings};
use crate::domain::notifications::{OutboxState, PlannedDays};
use crate::domain::{Id, Moment, calendar, forms};
use crate::jobs::mail::deliver;
use crate::service::notifications::{planning, sending};

/// How mail is set up.
const SETUP: &str = "Set up mail in resolution-tracker.toml:

  public_url = \"https://tracker.tinh.example\"
  smtp_url = \"smtp://van-phong:PASSWORD@mail.tinh.example:587?tls=required\"
  mail_from = \"Văn phòng Tỉnh ủy <van-phong@tinh.example>\"

Then:

  resolution-tracker mail test --to you@tinh.example   whether the server takes it
  resolution-tracker mail plan                         who would be told what today
  resolution-tracker serve                             sends, from seven in the morning

docs/OPERATIONS.md says what to do when something is wrong.";

/// Options of `mail`.
#[derive(Debug, Args)]
#[command(after_help = SETUP)]
pub struct Mail {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Send one letter now, and say what became of it
    Test(Test),
    /// Show what would be sent to whom; sends and writes nothing
    Plan(Plan),
    /// Count mail by where it stands, and show what went wrong last
    Status,
}

#[derive(Debug, Args)]
struct Test {
    /// Where to send it
    #[arg(long, value_name = "ADDRESS")]
    to: String,
}

#[derive(Debug, Args)]
struct Plan {
    /// As if it were this day, with the work as it stands now; today if missing
    #[arg(long, value_name = "DATE")]
    day: Option<NaiveDate>,
    /// Show the letters too, not only to whom they go
    #[arg(long)]
    letters: bool,
}

impl Mail {
    /// Does what was asked.
    pub fn run(self, settings: &Settings) -> Outcome {
        match self.command {
            Command::Test(test) => test.run(settings),
            Command::Plan(plan) => plan.run(settings),
            Command::Status => status(settings),
        }
    }
}

impl Test {
    fn run(self, settings: &Settings) -> Outcome {
        let mail = settings.mail.as_ref().ok_or("no mail server is configured: see `mail --help` for what to set")?;
        forms::email(&self.to).map_err(|_| format!("{:?} is not an address such as van-thu@tinh.example", self.to))?;
        let now = Clock::system().now();
        let letter = Letter {
            id: Id::new(now).to_string(),
            to_name: self.to.clone(),
            to: self.to.clone(),
            subject: "Thư thử của hệ thống theo dõi thực hiện nghị quyết".into(),
            body: format!("Máy chủ thư đã được cài đặt đúng. Thư này gửi từ {}, không cần trả lời.\n", mail.site),
            unsubscribe: None,
        };
        match deliver(mail, &letter, now) {
            Delivery::Accepted => {
                say(format!("the server has taken the letter to {}; look whether it arrives, also among unwanted mail", self.to));
                Ok(())
            }
            failed => Err(advice(mail, &failed).into()),
        }
    }
}

/// What went wrong, and what to do.
fn advice(mail: &MailSettings, failed: &Delivery) -> String {
    match failed {
        Delivery::NotReached(why) => format!(
            "{why}. Check smtp_url (now {}:{}): host and port, whether a firewall lets this machine out, user name and password, and \
             whether the server lets {} send",
            mail.server.host, mail.server.port, mail.from
        ),
        Delivery::RefusedForNow(why) => format!("{why}. The server asks to try later: some do so with every new sender. Wait some minutes"),
        Delivery::RefusedForGood(why) => format!("{why}. Check the address, and whether the server may send to it"),
        Delivery::Unsure(why) => format!("{why}. The letter may have arrived all the same: look before trying again"),
        Delivery::Accepted => "taken".to_owned(),
    }
}

impl Plan {
    fn run(self, settings: &Settings) -> Outcome {
        serve::migrate(settings)?;
        let planned = write(settings, |conn, now| {
            let at = Moment { due_soon_days: settings.due_soon_days, strict_before: settings.strict_before, ..*now };
            let (days, at) = match self.day {
                Some(day) => (PlannedDays::since(None, day), Moment { instant: calendar::at(day, 9), ..at }),
                None => (planning::days(conn, &at)?, at),
            };
            Ok(planning::drafts(conn, days, &at)?)
        })?;
        for mail in &planned {
            let address = mail.user.email.as_deref().unwrap_or_default();
            say(format!("{:<20}  {:<32}  {:<15}  {}", mail.user.username, address, mail.kind.as_str(), mail.content.subject));
            if self.letters {
                say(format!("\n{}\n  {}\n", mail.content.body, mail.content.link));
            }
        }
        let off = if settings.mail.is_some() { "" } else { "; no mail server is configured, so none is sent" };
        say(format!("{} mails{off}", planned.len()));
        Ok(())
    }
}

fn status(settings: &Settings) -> Outcome {
    serve::migrate(settings)?;
    let status = write(settings, |conn, _| Ok(sending::status(conn)?))?;
    for state in OutboxState::ALL {
        let count = status.counts.iter().find(|(known, _)| known == state).map_or(0, |(_, count)| *count);
        say(format!("{:<8} {count}", state.as_str()));
    }
    if !status.errors.is_empty() {
        say("\nlast errors:");
    }
    for (mail, username) in status.errors {
        let (error, when) = (mail.error.unwrap_or_default(), mail.settled_at.map(|at| at.and_utc().to_rfc3339()).unwrap_or_default());
        say(format!("{when}  {:<8}  {:<15}  {username}  {error}", mail.state.as_str(), mail.kind.as_str()));
    }
    Ok(())
}
