//! Handing a letter to the mail server, step by step, so that it is known how far it came.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, response::Severity};

use crate::domain::mail::{Delivery, Letter, Line, MailSettings, SmtpServer, line};

/// How long the server may take for each step.
const PATIENCE: Duration = Duration::from_secs(30);

/// Most characters of a subject.
const MOST_SUBJECT: usize = 200;

/// Hands a letter over. Takes up to some minutes if the server is slow: call it on a thread that may wait.
pub fn deliver(mail: &MailSettings, letter: &Letter, now: DateTime<Utc>) -> Delivery {
    let message = match composed(mail, letter, now) {
        Ok(message) => message,
        // What is wrong with a letter or an address will not mend itself.
        Err(error) => return Delivery::RefusedForGood(error),
    };
    match connected(mail) {
        Ok(mut line) => hand_over(&mut line, &message),
        Err(error) => Delivery::NotReached(error),
    }
}

/// The letter as a message: plain text, marked as made by a program, with the way to have no more.
fn composed(mail: &MailSettings, letter: &Letter, now: DateTime<Utc>) -> Result<Message, String> {
    let host = mail.from.rsplit_once('@').map_or("localhost", |(_, host)| host);
    let address = |text: &str| text.parse().map_err(|e| format!("the address is refused: {e}"));
    let to = Mailbox::new(Some(line(&letter.to_name, MOST_SUBJECT)), address(&letter.to)?);
    let mut message = Message::builder()
        .from(Mailbox::new(mail.from_name.clone(), address(&mail.from)?))
        .to(to)
        .subject(line(&letter.subject, MOST_SUBJECT))
        .date(SystemTime::from(now))
        .message_id(Some(format!("<{}@{host}>", letter.id)))
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Some(address) = &letter.unsubscribe {
        message = message
            .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    message.singlepart(SinglePart::plain(letter.body.clone())).map_err(|e| format!("the letter cannot be written: {e}"))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// A line to the server on which letters may be sent, or why there is none. Refusals here are about us, not about
/// the letter: it is tried again.
fn connected(mail: &MailSettings) -> Result<SmtpConnection, String> {
    let SmtpServer { host, port, line, login } = &mail.server;
    let told = |step: &str| {
        let place = format!("{step} {host}:{port}");
        move |error: Error| format!("{place}: {}", in_words(&error))
    };
    let site = mail.site.rsplit('/').next().unwrap_or_default();
    let name = site.split(':').next().filter(|name| name.contains('.') && !name.starts_with('['));
    let name = name.map_or_else(ClientId::default, |name| ClientId::Domain(name.to_owned()));
    let tls = || TlsParameters::new_rustls(host.clone()).map_err(told("encrypting the line to"));
    let wrapped = if *line == Line::Tls { Some(tls()?) } else { None };
    let mut connection =
        SmtpConnection::connect((host.as_str(), *port), Some(PATIENCE), &name, wrapped.as_ref(), None).map_err(told("connecting to"))?;
    if *line == Line::StartTls {
        if !connection.can_starttls() {
            return Err(format!("{host}:{port} does not offer STARTTLS, and tls=required"));
        }
        connection.starttls(&tls()?, &name).map_err(told("encrypting the line to"))?;
    }
    if let Some((user, password)) = login {
        let credentials = Credentials::new(user.clone(), password.clone());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).map_err(told("signing in to"))?;
    }
    Ok(connection)
}

fn hand_over(line: &mut SmtpConnection, message: &Message) -> Delivery {
    let outcome = attempt(line, message);
    if matches!(outcome, Delivery::Accepted) {
        let _ = line.quit();
    } else {
        line.abort();
    }
    outcome
}

fn attempt(line: &mut SmtpConnection, message: &Message) -> Delivery {
    let envelope = message.envelope();
    // Whoever does not take us as a sender says nothing about this letter.
    if let Err(error) = line.command(Mail::new(envelope.from().cloned(), Vec::new())) {
        return Delivery::NotReached(format!("the sender was refused: {}", in_words(&error)));
    }
    for to in envelope.to() {
        if let Err(error) = line.command(Rcpt::new(to.clone(), Vec::new())) {
            return refused("the address was refused", &error, Delivery::RefusedForNow);
        }
    }
    if let Err(error) = line.command(Data) {
        return refused("the letter was refused", &error, Delivery::RefusedForNow);
    }
    // From here on it may have been taken, whatever we hear.
    match line.message(&message.formatted()) {
        Ok(response) if response.code().severity == Severity::PositiveCompletion => Delivery::Accepted,
        Ok(response) => Delivery::Unsure(format!("an answer that is none: {}", response.code())),
        Err(error) => refused("after the letter was given", &error, Delivery::Unsure),
    }
}

/// What an error says: refused for good, refused for now, or `otherwise` where the server said nothing of it.
fn refused(step: &str, error: &Error, otherwise: fn(String) -> Delivery) -> Delivery {
    let words = format!("{step}: {}", in_words(error));
    match () {
        () if error.is_permanent() => Delivery::RefusedForGood(words),
        () if error.is_transient() => Delivery::RefusedForNow(words),
        () => otherwise(words),
    }
}

/// An error with its causes.
fn in_words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        let text = next.to_string();
        if !words.contains(&text) {
            words = format!("{words}: {text}");
        }
        cause = next.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notifications::QuietHours;

    fn letter() -> Letter {
        Letter {
            id: "7".into(),
            to_name: "Nguyễn, \"Văn thư\"\r\nBcc: ai@do.vn".into(),
            to: "van-thu@tinh.example".into(),
            subject: "Đề án\r\nBcc: ai@do.vn\nvề đường thủy".into(),
            body: "Kính gửi: đồng chí\n.\nHết\n".into(),
            unsubscribe: Some("https://tracker.example/unsubscribe?token=x".into()),
        }
    }

    fn text(letter: &Letter) -> Result<String, String> {
        let mail = MailSettings {
            server: "smtp://localhost".parse().unwrap(),
            from_name: Some("Văn phòng".into()),
            from: "vp@tinh.example".into(),
            site: "https://tracker.example".into(),
            quiet: QuietHours { from: 20, until: 7 },
        };
        let now = DateTime::from_timestamp(1_696_215_600, 0).unwrap();
        composed(&mail, letter, now).map(|message| String::from_utf8(message.formatted()).unwrap())
    }

    #[test]
    fn nothing_in_a_letter_becomes_a_header() {
        let text = text(&letter()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(text.is_ascii());
        assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
        for part in [
            "Message-ID: <7@tinh.example>",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Date: Mon, 02 Oct 2023 03:00:00 +0000",
        ] {
            assert!(head.contains(part), "{part}: {head}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_for_good() {
        for wrong in ["", "x", "a@x.vn, b@x.vn", "a@x.vn\r\nRCPT TO:<b@x.vn>"] {
            assert!(text(&Letter { to: wrong.into(), ..letter() }).is_err(), "{wrong}");
        }
    }
}
