//! How a content of the folder is sent: to be kept, never to be shown or run, whole or in part.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, IF_NONE_MATCH, RANGE};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream::{self, Stream};

use super::folder::Folder;
use crate::domain::attachments::AttachedFile;

/// How much is read at once.
const AT_ONCE: u64 = 128 * 1024;

/// What an answer with a file consists of.
#[derive(Debug, PartialEq, Eq)]
pub struct Served {
    /// 200, 206 for a part, 304 for whoever has it, 416 for a part that is not there.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// Where the part begins, and how many bytes it has; none where nothing is sent.
    pub part: Option<(u64, u64)>,
}

impl Served {
    /// What is answered to somebody who knows these tags and wants this part.
    pub fn new(about: &AttachedFile, if_none_match: Option<&str>, range: Option<&str>) -> Self {
        let etag = format!("\"{}\"", about.sha256);
        let known = if_none_match.is_some_and(|list| list.split(',').any(|tag| matches!(tag.trim(), "*") || plain(tag) == etag));
        let mut headers = safe(etag);
        if known {
            return Self { status: 304, headers, part: None };
        }
        let (status, part) = match range.and_then(|range| wanted(range, about.bytes)) {
            Some(None) => (416, None),
            Some(Some(part)) => (206, Some(part)),
            None => (200, Some((0, about.bytes))),
        };
        match part {
            Some((from, length)) if status == 206 => {
                headers.push(("content-range", format!("bytes {from}-{}/{}", from + length - 1, about.bytes)));
            }
            None => headers.push(("content-range", format!("bytes */{}", about.bytes))),
            Some(_) => {}
        }
        if part.is_some() {
            headers.push(("content-type", about.kind.media_type().to_owned()));
            headers.push(("content-disposition", disposition(&about.file_name)));
            // It is compressed in itself, and a part of it must be that part.
            headers.push(("content-encoding", "identity".to_owned()));
        }
        Self { status, headers, part }
    }
}

/// What keeps a browser from showing or running it, and anybody between from keeping it.
fn safe(etag: String) -> Vec<(&'static str, String)> {
    vec![
        ("etag", etag),
        ("accept-ranges", "bytes".to_owned()),
        ("cache-control", "private, no-store".to_owned()),
        ("vary", "Authorization, Cookie".to_owned()),
        ("content-security-policy", "sandbox; default-src 'none'".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
    ]
}

fn plain(tag: &str) -> &str {
    tag.trim().trim_start_matches("W/")
}

/// The one part that is asked for: where it begins and how long it is. None for what is no such question, which is answered
/// whole; `Some(None)` for a part that is not there.
fn wanted(range: &str, bytes: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = range.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| text.parse::<u64>().ok();
    match (number(first), number(last)) {
        (Some(first), _) if first >= bytes && (last.is_empty() || number(last).is_some()) => Some(None),
        (Some(first), None) if last.is_empty() => Some(Some((first, bytes - first))),
        (Some(first), Some(last)) if first <= last => Some(Some((first, last.min(bytes - 1) - first + 1))),
        (None, Some(0)) if first.is_empty() => Some(None),
        (None, Some(length)) if first.is_empty() => Some(Some((bytes.saturating_sub(length), length.min(bytes)))),
        _ => None,
    }
}

/// `Content-Disposition` of a file to be kept, by its name: in UTF-8 (RFC 5987), and in ASCII for what does not read that.
fn disposition(name: &str) -> String {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    let attr = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte);
    let utf8: String = name.bytes().map(|byte| if attr(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{utf8}")
}

/// The answer to whoever asks for a content: the file itself, a part of it, or that they have it.
///
/// # Errors
/// When the content is not there or cannot be read.
pub async fn answer(request: &HttpRequest, folder: Folder, about: AttachedFile) -> io::Result<HttpResponse> {
    let header = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Served { status, headers, part } = Served::new(&about, header(IF_NONE_MATCH), header(RANGE));
    let mut response = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
    for header in headers {
        response.insert_header(header);
    }
    let Some(part) = part else { return Ok(response.finish()) };
    let file = web::block(move || folder.open(&about.sha256)).await.map_err(io::Error::other)??;
    Ok(response.body(SizedStream::new(part.1, pieces(file, part))))
}

/// A part of a file, piece by piece.
fn pieces(file: File, (from, length): (u64, u64)) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold((Some(file), from, length), |(file, from, left)| async move {
        let Some(mut file) = file.filter(|_| left > 0) else { return Ok(None) };
        let read = web::block(move || {
            let mut piece = Vec::new();
            file.seek(SeekFrom::Start(from))?;
            file.by_ref().take(left.min(AT_ONCE)).read_to_end(&mut piece)?;
            io::Result::Ok((file, piece))
        });
        let (file, piece) = read.await.map_err(io::Error::other)??;
        let length = u64::try_from(piece.len()).unwrap_or_default();
        if length == 0 {
            // Shorter than it was when it came in: the reader must notice.
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Some((Bytes::from(piece), (Some(file), from + length, left - length))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attachments::AttachmentKind;

    fn served(if_none_match: Option<&str>, range: Option<&str>) -> Served {
        let about = AttachedFile { file_name: "Kế \"hoạch\".pdf".into(), kind: AttachmentKind::Pdf, bytes: 10, sha256: "ab".into() };
        Served::new(&about, if_none_match, range)
    }

    fn header(served: &Served, name: &str) -> String {
        served.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    #[test]
    fn a_part_is_what_was_asked_for() {
        for (range, status, part, told) in [
            ("bytes=0-3", 206, Some((0, 4)), "bytes 0-3/10"),
            ("bytes=4-", 206, Some((4, 6)), "bytes 4-9/10"),
            ("bytes=-3", 206, Some((7, 3)), "bytes 7-9/10"),
            ("bytes=-30", 206, Some((0, 10)), "bytes 0-9/10"),
            ("bytes=8-30", 206, Some((8, 2)), "bytes 8-9/10"),
            ("bytes=10-", 416, None, "bytes */10"),
            ("bytes=-0", 416, None, "bytes */10"),
            ("bytes=3-1", 200, Some((0, 10)), ""),
            ("bytes=0-1,3-4", 200, Some((0, 10)), ""),
            ("lines=0-1", 200, Some((0, 10)), ""),
            ("bytes=-", 200, Some((0, 10)), ""),
        ] {
            let served = served(None, Some(range));
            assert_eq!((served.status, served.part, header(&served, "content-range").as_str()), (status, part, told), "{range}");
        }
    }

    #[test]
    fn whoever_has_it_is_told_so() {
        for known in ["\"ab\"", "\"x\", W/\"ab\"", "*"] {
            assert_eq!((served(Some(known), Some("bytes=0-1")).status, served(Some(known), None).part), (304, None));
        }
        assert_eq!(served(Some("\"b\""), None).status, 200);
    }

    #[test]
    fn a_name_is_told_twice() {
        let told = header(&served(None, None), "content-disposition");
        assert_eq!(told, "attachment; filename=\"K_ _ho_ch_.pdf\"; filename*=UTF-8''K%E1%BA%BF%20%22ho%E1%BA%A1ch%22.pdf");
        assert!(header(&served(None, None), "content-security-policy").starts_with("sandbox"));
    }
}
