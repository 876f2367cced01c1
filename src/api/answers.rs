//! Answers that are worked out once and kept until something changes.
//!
//! Kept are answers to `GET` of the resources in [`KEPT`], each by what was asked (path and query),
//! what the reader sees, the language and the day. They are good as long as nobody has committed
//! anything (`AppState::age`), so a reader always sees what was acknowledged before the question
//! came. However many ask the same at once, one of them works it out.

use std::sync::OnceLock;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, VARY};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use super::BASE;
use super::extract::{Age, header, language_of, state_of};
use crate::error::AppError;
use crate::service::access::Actor;
use crate::state::AppState;

/// Resources whose answers depend on the database, the day, the language and the reader's grants,
/// and on nothing else. Not here: what bears the reader's own name (accounts, audit), what waits,
/// and what is not JSON.
const KEPT: &[&str] = &[
    "areas",
    "breakthroughs",
    "dashboards",
    "fields",
    "objectives",
    "pillars",
    "posts",
    "programmes",
    "progress-reports",
    "resolutions",
    "task-groups",
    "tasks",
    "terms",
    "units",
];
/// Longest address that is worth a place.
const LONGEST: usize = 1_000;
/// From here on an answer is sent compressed to whoever takes that.
const WORTH_COMPRESSING: usize = 1_000;

/// An answer as it can be sent again.
struct Answer {
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
    gzip: OnceLock<Bytes>,
}

/// What an answer is kept by.
struct Question {
    state: AppState,
    key: String,
    age: u64,
    known: Option<HeaderValue>,
    gzip: bool,
}

/// Middleware: answers from what is kept, or keeps the answer.
pub async fn keep<B: MessageBody + 'static>(mut request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(question) = Question::of(&mut request) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let place = question.state.memory().cell::<Answer>(&question.key, question.age);
    let mut asked = Some((request, next));
    let (mut passed, mut answered) = (None, None);
    let worked_out = place.get_or_try_init(|| async {
        let (request, next) = asked.take().ok_or(())?;
        let outcome = match next.call(request).await {
            Ok(response) => Answer::of(response).await.map_err(Ok),
            Err(error) => Err(Err(error)),
        };
        let (request, answer) = outcome.map_err(|outcome| passed = Some(outcome))?;
        answered = Some(request);
        question.state.memory().weigh(&question.key, question.age, answer.bytes());
        Ok(answer)
    });
    let answer = match worked_out.await {
        Ok(answer) => answer.respond(&question),
        Err(()) => return passed.unwrap_or_else(|| Err(AppError::internal("an answer was lost").into())),
    };
    match (asked, answered) {
        (Some((request, _)), _) => Ok(request.into_response(answer)),
        (None, Some(request)) => Ok(ServiceResponse::new(request, answer)),
        (None, None) => Err(AppError::internal("a request was lost").into()),
    }
}

impl Question {
    /// What is asked, if its answer may be kept; the tag that the caller knows is looked at here
    /// alone then.
    fn of(request: &mut ServiceRequest) -> Option<Self> {
        let http = request.request();
        let address = http.uri().path_and_query()?.as_str();
        let resource = http.path().strip_prefix(BASE)?.strip_prefix('/')?.split('/').next()?;
        if http.method() != Method::GET || address.len() > LONGEST || !KEPT.contains(&resource) {
            return None;
        }
        let state = state_of(http).ok().filter(|state| state.settings().answer_cache_mib > 0)?;
        let sight = http.extensions().get::<Actor>()?.sight();
        let asked = format!("{address} {} {} {sight}", language_of(http).tag(), state.moment().today());
        let key = hex::encode(Sha256::digest(asked));
        let (age, gzip) = (http.extensions().get::<Age>()?.0, takes_gzip(http));
        let known = request.headers_mut().remove(IF_NONE_MATCH).next();
        Some(Self { state, key, age, known, gzip })
    }

    /// Whether the caller has the answer with this tag already.
    fn knows(&self, tag: &HeaderValue) -> bool {
        let (Some(known), Ok(tag)) = (self.known.as_ref().and_then(|known| known.to_str().ok()), tag.to_str()) else { return false };
        known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
    }
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let accepted = header(request, ACCEPT_ENCODING.as_str()).unwrap_or_default();
    accepted
        .split(',')
        .any(|one| matches!(one.trim().split_once(';').unwrap_or((one.trim(), "")), ("gzip", weight) if !weight.trim().starts_with("q=0")))
}

impl Answer {
    /// The answer, if it may be kept: a whole one, and no refusal.
    async fn of<B: MessageBody + 'static>(response: ServiceResponse<B>) -> Result<(HttpRequest, Self), ServiceResponse<BoxBody>> {
        if response.status() != StatusCode::OK || response.headers().contains_key(CONTENT_ENCODING) {
            return Err(response.map_into_boxed_body());
        }
        let (request, response) = response.into_parts();
        let (head, body) = response.into_parts();
        let headers = head.headers().iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        match to_bytes(body).await {
            // Copied, as what it was written into may have twice the room.
            Ok(body) => Ok((request, Self { headers, body: Bytes::copy_from_slice(&body), gzip: OnceLock::new() })),
            Err(error) => Err(ServiceResponse::new(request, HttpResponse::from_error(error.into()))),
        }
    }

    /// About how much room it takes, without its compressed form.
    fn bytes(&self) -> usize {
        self.body.len() + self.headers.len() * 80
    }

    fn respond(&self, question: &Question) -> HttpResponse {
        let known = self.headers.iter().any(|(name, tag)| *name == ETAG && question.knows(tag));
        let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        for (name, value) in self.headers.iter().filter(|(name, _)| !known || *name != CONTENT_TYPE) {
            response.append_header((name.clone(), value.clone()));
        }
        if known {
            return response.finish();
        }
        if !question.gzip || self.body.len() < WORTH_COMPRESSING {
            return response.body(self.body.clone());
        }
        response.insert_header((CONTENT_ENCODING, "gzip")).append_header((VARY, "Accept-Encoding"));
        let gzip = self.gzip.get_or_init(|| {
            let gzip = compressed(&self.body);
            question.state.memory().weigh(&question.key, question.age, gzip.len());
            gzip
        });
        response.body(gzip.clone())
    }
}

fn compressed(body: &Bytes) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let written = std::io::Write::write_all(&mut encoder, body).and_then(|()| encoder.finish());
    written.unwrap_or_default().into()
}
