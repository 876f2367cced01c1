//! A mail server on a port of this machine: small, but real. It keeps what it received, and can be in a bad mood.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything.
    Takes,
    /// Is not there: closes each connection at once.
    Away,
    /// Refuses each reader for now.
    RefusesForNow,
    /// Refuses each reader for good.
    RefusesForGood,
    /// Takes the letter, and breaks the line before it says so.
    BreaksOff,
}

/// One letter that arrived.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Whom the server was told to give it to.
    pub to: Vec<String>,
    /// The lines of its head, unfolded.
    pub head: Vec<String>,
    /// The text, decoded.
    pub text: String,
}

/// The server.
pub struct Smtp {
    pub port: u16,
    state: Arc<Mutex<(Mood, Vec<Mail>)>>,
}

impl Smtp {
    /// Starts, in a good mood.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new((Mood::Takes, Vec::new())));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || talk(stream, &shared));
            }
        });
        Self { port, state }
    }

    /// From now on it behaves like this.
    pub fn set(&self, mood: Mood) {
        self.state.lock().unwrap().0 = mood;
    }

    /// What has arrived since this was asked last, by reader and subject.
    pub fn received(&self) -> Vec<Mail> {
        let mut all = std::mem::take(&mut self.state.lock().unwrap().1);
        all.sort_by_key(|mail| (mail.to.clone(), mail.subject()));
        all
    }
}

impl Mail {
    /// A header; empty if it is missing.
    pub fn header(&self, name: &str) -> String {
        let start = format!("{}:", name.to_lowercase());
        let line = self.head.iter().find(|line| line.to_lowercase().starts_with(&start));
        line.map(|line| line[start.len()..].trim().to_owned()).unwrap_or_default()
    }

    /// The subject, decoded.
    pub fn subject(&self) -> String {
        decoded_words(&self.header("subject"))
    }

    /// The path of the way to have no more of this kind.
    pub fn unsubscribe(&self) -> String {
        let header = self.header("list-unsubscribe");
        header.trim_matches(['<', '>']).trim_start_matches("http://tracker.example").to_owned()
    }
}

/// One connection; nobody is listened to who breaks off.
fn talk(mut stream: TcpStream, shared: &Mutex<(Mood, Vec<Mail>)>) {
    let mood = shared.lock().unwrap().0;
    if mood == Mood::Away {
        return;
    }
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    let mut say = move |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).is_ok();
    let mut to = Vec::new();
    if !say("220 small but real") {
        return;
    }
    let mut line = String::new();
    while lines.read_line(&mut line).unwrap_or(0) > 0 {
        let command = line.trim_end().to_uppercase();
        let goes_on = match command.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say("250-small\r\n250 8BITMIME"),
            "MAIL" => say("250 go on"),
            "RCPT" if mood == Mood::RefusesForNow => say("451 later"),
            "RCPT" if mood == Mood::RefusesForGood => say("550 nobody of that name"),
            "RCPT" => {
                to.push(line.split(['<', '>']).nth(1).unwrap_or_default().to_owned());
                say("250 known")
            }
            "DATA" => {
                let _ = say("354 tell");
                let mail = read(&mut lines, std::mem::take(&mut to));
                shared.lock().unwrap().1.push(mail);
                mood != Mood::BreaksOff && say("250 taken")
            }
            "QUIT" => {
                let _ = say("221 bye");
                false
            }
            _ => say("500 what?"),
        };
        if !goes_on {
            return;
        }
        line.clear();
    }
}

fn read(lines: &mut impl BufRead, to: Vec<String>) -> Mail {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).unwrap_or(0) == 0 || line == ".\r\n" {
            break;
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let head: Vec<String> = head.replace("\r\n ", " ").replace("\r\n\t", " ").split("\r\n").map(ToOwned::to_owned).collect();
    let mut mail = Mail { to, head, text: String::new() };
    mail.text = match mail.header("content-transfer-encoding").as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => String::from_utf8(STANDARD.decode(body.replace("\r\n", "")).unwrap()).unwrap(),
        _ => body.to_owned(),
    }
    .replace("\r\n", "\n");
    mail
}

fn quoted_printable(body: &str) -> String {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        if *first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&more[..2]).unwrap(), 16).unwrap());
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// `=?utf-8?b?…?=` (RFC 2047), as one text; white space between two of them is none.
fn decoded_words(text: &str) -> String {
    let mut bytes = Vec::new();
    for (at, part) in text.split("=?utf-8?b?").enumerate() {
        match part.split_once("?=") {
            Some((word, after)) if at > 0 => {
                bytes.extend(STANDARD.decode(word).unwrap());
                if !after.trim().is_empty() {
                    bytes.extend(after.as_bytes());
                }
            }
            _ => bytes.extend(part.as_bytes()),
        }
    }
    String::from_utf8(bytes).unwrap()
}
