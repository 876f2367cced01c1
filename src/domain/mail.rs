//! Mail as this deployment sends it: by which server, in whose name, and when not.

use std::fmt;
use std::str::FromStr;

use super::notifications::QuietHours;

/// How mail is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// The server that takes it.
    pub server: SmtpServer,
    /// The sender's name, if it has one.
    pub from_name: Option<String>,
    /// The sender's address.
    pub from: String,
    /// Where links lead: the service's own address, without a slash at its end.
    pub site: String,
    /// Hours of the day in which nothing is sent.
    pub quiet: QuietHours,
}

/// How the line to the server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Not at all.
    Plain,
    /// From the `STARTTLS` command on; nothing is said before that.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A server that takes mail. Prints without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the line is encrypted.
    pub line: Line,
    /// User name and password.
    pub login: Option<(String, String)>,
}

impl SmtpServer {
    /// Whether what is sent there could be read on the way.
    pub fn is_readable_on_the_way(&self) -> bool {
        let here = ["localhost", "127.0.0.1", "::1"].contains(&self.host.as_str());
        self.line == Line::Plain && !here
    }
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = self.login.as_ref().map(|(user, _)| format!("{user}:…@")).unwrap_or_default();
        write!(f, "SmtpServer({login}{}:{}, {:?})", self.host, self.port, self.line)
    }
}

impl FromStr for SmtpServer {
    type Err = &'static str;

    /// `smtp://user:password@host:587?tls=required`, `smtps://host`, `smtp://localhost:25`. What is not plain in
    /// user name and password is percent-encoded.
    fn from_str(url: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "is not an address such as smtp://user:password@mail.example:587?tls=required or smtps://mail.example";
        let (scheme, rest) = url.split_once("://").ok_or(FORM)?;
        let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (line, usual) = match (scheme, query) {
            ("smtps", "") => (Line::Tls, 465),
            ("smtp", "tls=required") => (Line::StartTls, 587),
            ("smtp", "" | "tls=none") => (Line::Plain, 25),
            _ => return Err(FORM),
        };
        let (login, place) = match authority.trim_end_matches('/').rsplit_once('@') {
            Some((login, place)) => (Some(login.split_once(':').ok_or(FORM)?), place),
            None => (None, authority.trim_end_matches('/')),
        };
        let (host, port) = host_and_port(place).ok_or(FORM)?;
        let login = login.map(|(user, password)| Some((decoded(user)?, decoded(password)?)));
        let login = login.map(|login| login.ok_or(FORM)).transpose()?;
        Ok(Self { host, port: port.unwrap_or(usual), line, login })
    }
}

/// `host`, `host:25` or `[::1]:25`.
fn host_and_port(place: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, "")) => (host, None),
        Some((host, port)) => (host, Some(port.strip_prefix(':')?)),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let port = port.map(|port| port.parse().ok().filter(|port| *port > 0)).map_or(Some(None), |port: Option<u16>| port.map(Some))?;
    (!host.is_empty() && host.chars().all(plain)).then(|| (host.to_owned(), port))
}

/// Text with `%XX` read; none if it cannot be.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// An address as it is kept: what stands after the `@` in lower case.
pub fn normal(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_ascii_lowercase()),
        None => address.to_owned(),
    }
}

/// A sender as written: `van-phong@tinh.example`, or `Văn phòng Tỉnh ủy <van-phong@tinh.example>`.
///
/// # Errors
/// When the address has not the form of one.
pub fn sender(text: &str) -> Result<(Option<String>, String), &'static str> {
    let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((name, address)) => (Some(line(name.trim().trim_matches('"'), 100)).filter(|name| !name.is_empty()), address.trim()),
        None => (None, text.trim()),
    };
    super::forms::email(address)
        .map_err(|_| "is not an address such as van-phong@tinh.example or \"Văn phòng <van-phong@tinh.example>\"")?;
    Ok((name, normal(address)))
}

/// A text as one line of at most so many characters: what breaks lines, and all other control, becomes a space.
pub fn line(text: &str, most: usize) -> String {
    let breaks = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '\u{2028}' | '\u{2029}');
    let plain: Vec<&str> = text.split(breaks).filter(|word| !word.is_empty()).collect();
    let plain = super::text::nfc(&plain.join(" "));
    if plain.chars().count() <= most { plain } else { plain.chars().take(most.saturating_sub(1)).chain(['…']).collect() }
}

/// One letter, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What makes it this letter and no other: sent again, it would be known by it.
    pub id: String,
    /// The reader's name.
    pub to_name: String,
    /// Where it goes.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// Where the reader says that no more of this kind is wanted.
    pub unsubscribe: Option<String>,
}

/// What became of a letter that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The server has taken it.
    Accepted,
    /// The server was not reached, or did not let us in: it will not take others now either.
    NotReached(String),
    /// The server will not take it now.
    RefusedForNow(String),
    /// The server will never take it.
    RefusedForGood(String),
    /// The line broke after the letter was given: it may have been taken.
    Unsure(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn server(url: &str) -> SmtpServer {
        url.parse().unwrap()
    }

    #[test]
    fn a_server_is_read_from_its_address() {
        let office = server("smtp://van-phong:b%C3%AD%40m%E1%BA%ADt@mail.tinh.example:2587?tls=required");
        assert_eq!((office.host.as_str(), office.port, office.line), ("mail.tinh.example", 2587, Line::StartTls));
        assert_eq!(office.login, Some(("van-phong".into(), "bí@mật".into())));
        assert!(!office.is_readable_on_the_way() && !format!("{office:?}").contains("bí"));
        for (url, port, line) in
            [("smtps://m.example", 465, Line::Tls), ("smtp://localhost", 25, Line::Plain), ("smtp://[::1]:25/", 25, Line::Plain)]
        {
            assert_eq!((server(url).port, server(url).line), (port, line), "{url}");
        }
        assert!(server("smtp://m.example").is_readable_on_the_way() && server("smtp://m.example?tls=none").is_readable_on_the_way());
        assert!(!server("smtp://127.0.0.1:1025").is_readable_on_the_way() && !server("smtp://[::1]").is_readable_on_the_way());
        assert!(server("smtp://localhost.evil.example").is_readable_on_the_way());
    }

    #[test]
    fn what_is_no_server_is_refused() {
        for wrong in [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://a b",
            "smtp://h:0",
            "smtp://h:x",
            "smtp://user@h",
            "smtp://h?tls=maybe",
            "smtp://u:%4@h",
            "smtp://u:%C3@h",
        ] {
            assert!(wrong.parse::<SmtpServer>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_sender_has_an_address_and_perhaps_a_name() {
        assert_eq!(sender("vp@Tinh.Example"), Ok((None, "vp@tinh.example".into())));
        assert_eq!(sender("\"Văn phòng\" <vp@tinh.example>"), Ok((Some("Văn phòng".into()), "vp@tinh.example".into())));
        for wrong in ["", "vp", "Văn phòng", "<vp>", "a@x.vn, b@x.vn"] {
            assert!(sender(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_line_breaks_nowhere_and_is_short(text in "\\PC{0,40}[\\r\\n\\t\\x00-\\x1f\\u{85}\\u{2028}]{0,3}\\PC{0,40}", most in 1..60_usize) {
            let line = line(&text, most);
            prop_assert!(line.chars().count() <= most);
            let breaks = line.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
            prop_assert!(!breaks);
        }

        #[test]
        fn reading_an_address_never_fails_badly(url in "\\PC{0,40}") {
            let _ = url.parse::<SmtpServer>();
            let _ = sender(&url);
        }
    }
}
