//! A small HTTP client: one connection, one request at a time. It does little, so that it measures
//! the server and not itself.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A connection that stays open.
pub struct Client {
    stream: TcpStream,
    token: Option<String>,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr, token: Option<&str>) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self { stream, token: token.map(ToOwned::to_owned), buffer: Vec::with_capacity(64 * 1024) })
    }

    /// How long an answer may take.
    pub fn wait(&self, longest: Duration) {
        self.stream.set_read_timeout(Some(longest)).unwrap();
    }

    /// Signs in; the connection keeps the token.
    pub fn sign_in(&mut self, username: &str, password: &str) -> String {
        let body = serde_json::json!({"username": username, "password": password}).to_string();
        let answer = self.post("/api/v1/auth/login", None, &body).unwrap();
        let token = json(&answer)["access_token"].as_str().expect("signed in").to_owned();
        self.token = Some(token.clone());
        token
    }

    pub fn get(&mut self, path: &str) -> std::io::Result<Answer> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", self.authorization());
        self.send(request.as_bytes())
    }

    pub fn post(&mut self, path: &str, key: Option<&str>, body: &str) -> std::io::Result<Answer> {
        let key = key.map(|key| format!("Idempotency-Key: {key}\r\n")).unwrap_or_default();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{key}Content-Length: {}\r\n{}\r\n{body}",
            body.len(),
            self.authorization()
        );
        self.send(request.as_bytes())
    }

    fn authorization(&self) -> String {
        self.token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default()
    }

    fn send(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.write_all(request)?;
        self.buffer.clear();
        let mut chunk = [0_u8; 32 * 1024];
        loop {
            let read = self.stream.read(&mut chunk)?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            self.buffer.extend_from_slice(&chunk[..read]);
            if let Some(answer) = complete(&self.buffer) {
                return Ok(answer);
            }
        }
    }
}

/// The answer, once all of it has arrived.
fn complete(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let status = head.get(9..12)?.parse().ok()?;
    let length = head
        .lines()
        .find_map(|line| line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("content-length")))
        .map_or(0, |(_, length)| length.parse::<usize>().unwrap());
    let body = bytes.get(end + 4..end + 4 + length)?;
    Some(Answer { status, body: body.to_vec() })
}

/// The body as JSON.
pub fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, String::from_utf8_lossy(&answer.body)))
}
