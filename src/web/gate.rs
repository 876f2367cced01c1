//! What stands before every page: who asks, whether they may come in at all, and whether a form
//! was ours.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage, HttpResponse};

use super::csrf::{self, Purpose};
use super::forms::{CSRF, Fields};
use super::session::{SignedIn, Visit, recognise, state_of};
use super::{errors, files_form, is_by_link, is_page, is_public, login, page, upload};
use crate::error::{AppError, AppResult, codes};

/// Middleware before all pages; what is no page passes.
///
/// Nothing is public unless [`is_public`] says so. Everything that changes something is a POST, and
/// a POST is taken only from a form of ours. Refusals of pages are shown as pages.
pub async fn guard<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    if !is_page(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let answer = match admit(&mut request).await {
        Ok(None) => {
            let response = next.call(request).await?;
            let refused = response.response().error().and_then(|error| error.as_error::<AppError>());
            return Ok(match refused.map(|error| errors::answer(response.request(), error)) {
                Some(answer) => response.into_response(answer).map_into_right_body(),
                None => response.map_into_left_body(),
            });
        }
        Ok(Some(answer)) => answer,
        Err(error) => errors::answer(request.request(), &error),
    };
    Ok(request.into_response(answer).map_into_right_body())
}

/// Finds out who asks; answers instead of the page if they may not come in.
async fn admit(request: &mut ServiceRequest) -> AppResult<Option<HttpResponse>> {
    let mut visit = Visit::of_nobody(request.request());
    request.extensions_mut().insert(visit.clone());
    if request.path().starts_with("/static/") {
        return Ok(None);
    }
    let state = state_of(request.request())?;
    visit.visitor = recognise(request.request(), &state).await?;
    request.extensions_mut().insert(visit.clone());
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return take_form(request, &visit).await;
    }
    if visit.visitor.is_none() && !is_public(request.path()) {
        return Ok(Some(page::go_to(&login::address(&visit.address))));
    }
    Ok(None)
}

/// A form is taken if it was ours. One whose session has ended meanwhile is kept while its author
/// signs in again.
async fn take_form(request: &mut ServiceRequest, visit: &Visit) -> AppResult<Option<HttpResponse>> {
    if is_by_link(request.path()) {
        return Ok(None);
    }
    refuse_foreign(request)?;
    let is_form = request.content_type() == "application/x-www-form-urlencoded";
    let fields = if is_form { read(request).await? } else { Fields::default() };
    let answer = match &visit.visitor {
        // Checked by the handler: nobody is signed in yet.
        _ if request.path() == "/login" => None,
        Some(visitor) => {
            require_token(request, visitor, &fields)?;
            None
        }
        None => {
            let fields = if is_file(request) { without_files(request).await } else { fields.clone() };
            Some(login::keeping(request.request(), visit, &fields)?)
        }
    };
    request.extensions_mut().insert(fields);
    Ok(answer)
}

/// What was typed beside files that are sent to nobody. Beside the file of an import it is worth nothing without that.
async fn without_files(request: &mut ServiceRequest) -> Fields {
    if request.path() == "/import" {
        upload::discard(request.take_payload()).await;
        return Fields::default();
    }
    files_form::typed(request).await
}

/// Reads the body, and leaves it for whoever wants it too.
async fn read(request: &mut ServiceRequest) -> AppResult<Fields> {
    let body = request.extract::<Bytes>().await.map_err(|_| AppError::new(codes::PAYLOAD_TOO_LARGE))?;
    let fields = Fields::read(&body);
    request.set_payload(Payload::from(body));
    fields
}

fn refuse_foreign(request: &ServiceRequest) -> AppResult<()> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let state = state_of(request.request())?;
    let configured = state.settings().public_url.as_deref().and_then(|url| url.split_once("://")).map(|(_, host)| host);
    let own: Vec<&str> = configured.into_iter().chain(header("host")).collect();
    let foreign = csrf::is_foreign(header("sec-fetch-site"), header("origin"), &own);
    if foreign { Err(AppError::new(codes::FOREIGN_FORM)) } else { Ok(()) }
}

/// A form with a file carries its token in the address it is sent to, so that the file need not be
/// read before it is known whose it is.
fn require_token(request: &ServiceRequest, visitor: &SignedIn, fields: &Fields) -> AppResult<()> {
    let state = state_of(request.request())?;
    let query = Fields::read(request.query_string().as_bytes())?;
    let sent = if is_file(request) { query.get(CSRF) } else { fields.get(CSRF) };
    let good = sent.is_some_and(|token| csrf::is_token(state.signing_key(), Purpose::Form, &visitor.session.to_string(), token));
    if good { Ok(()) } else { Err(AppError::new(codes::FOREIGN_FORM)) }
}

fn is_file(request: &ServiceRequest) -> bool {
    request.content_type() == "multipart/form-data"
}
