use std::path::Path;

use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use actix_web::web::Bytes;
use futures_util::stream::{self, Stream};
use futures_util::{FutureExt, StreamExt};

use super::*;

const PATIENT: Rules = Rules { files: 2, thrown_away: 1000 };
const AT_ONCE_OUT: Rules = Rules { files: 1, thrown_away: 0 };

fn part(about: &str, content: &str) -> String {
    format!("--x\r\nContent-Disposition: form-data; {about}\r\n\r\n{content}\r\n")
}

fn sent(text: &str) -> impl Stream<Item = Result<Bytes, PayloadError>> + use<> {
    // Piece by piece, as a network brings it.
    let pieces: Vec<_> = text.as_bytes().chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces)
}

fn form(stream: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> Multipart {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=x"));
    Multipart::new(&headers, stream)
}

fn files(folder: &Path) -> usize {
    let below = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path) } else { 1 }
    };
    std::fs::read_dir(folder).unwrap().map(below).sum()
}

const FILE: &str = "name=\"file\"; filename=\"a.pdf\"";

#[actix_web::test]
async fn files_and_words_come_in_together() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path(), 100);
    let text = [part("name=\"note\"", "đã ký"), part(FILE, "%PDF-1"), part("name=\"file\"; filename=\"\"", ""), part(FILE, "%PDF-2")];
    let received = receive(form(sent(&(text.concat() + "--x--\r\n"))), Some(&folder), PATIENT).await;
    assert!(received.refused.is_none(), "{received:?}");
    assert_eq!(received.fields, [("note".to_owned(), "đã ký".to_owned())]);
    assert_eq!(received.files.iter().map(|file| file.about.bytes).collect::<Vec<_>>(), [6, 6]);
    assert_eq!(files(place.path()), 2);
    drop(received);
    assert_eq!(files(place.path()), 0);
}

#[actix_web::test]
async fn one_file_that_is_refused_is_all_refused() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path(), 100);
    let text = part(FILE, "%PDF-1") + &part(FILE, "words") + &part("name=\"note\"", "x") + "--x--\r\n";
    let received = receive(form(sent(&text)), Some(&folder), PATIENT).await;
    let refused = received.refused.as_ref().unwrap();
    assert!(matches!(refused, Refused::File(name, AttachmentProblem::OtherKind { .. }) if name == "a.pdf"), "{refused:?}");
    assert_eq!((received.fields.len(), received.files.len()), (1, 0), "what was typed is kept");
    let two = receive(form(sent(&(part(FILE, "%PDF-1").repeat(2) + "--x--\r\n"))), Some(&folder), AT_ONCE_OUT).await;
    assert!(matches!(two.refused, Some(Refused::TooMany)), "{two:?}");
    let nowhere = receive(form(sent(&(part(FILE, "%PDF-1") + "--x--\r\n"))), None, PATIENT).await;
    assert!(matches!(nowhere.refused, Some(Refused::NoFolder)), "{nowhere:?}");
    let large = part(FILE, &("%PDF-".to_owned() + &"x".repeat(100))) + "--x--\r\n";
    let too_large = receive(form(sent(&large)), Some(&folder), AT_ONCE_OUT).await.refused;
    assert!(matches!(too_large, Some(Refused::File(_, AttachmentProblem::TooLarge { most: 100 }))), "{too_large:?}");
    assert_eq!(files(place.path()), 0);
}

#[actix_web::test]
async fn whoever_goes_away_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path(), 10_000_000);
    let begun = part(FILE, &("%PDF-".to_owned() + &"x".repeat(2 * AT_ONCE)));
    let begun = begun.trim_end().to_owned();
    let lost = sent(&begun).chain(stream::iter([Err(PayloadError::Incomplete(None))]));
    assert!(matches!(receive(form(lost), Some(&folder), AT_ONCE_OUT).await.refused, Some(Refused::Broken)));
    assert_eq!(files(place.path()), 0);
    // The server drops the whole request when the line is gone.
    let waiting = sent(&begun).chain(stream::pending());
    let mut receiving = Box::pin(receive(form(waiting), Some(&folder), AT_ONCE_OUT));
    while files(place.path()) == 0 {
        assert!((&mut receiving).now_or_never().is_none());
        actix_web::rt::task::yield_now().await;
    }
    drop(receiving);
    // What a thread still writes ends at once, as nobody waits for it any more.
    while files(place.path()) > 0 {
        actix_web::rt::task::yield_now().await;
    }
}
