//! How refusals look: problem details (RFC 9457) in the language of the caller.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{ALLOW, CONTENT_LANGUAGE, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::extract::language_of;
use super::openapi;
use crate::domain::Language;
use crate::error::{AppError, codes};
use crate::trace;

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "urn:resolution-tracker:problem:validation_failed",
    "title": "Nội dung chưa hợp lệ. Xem chi tiết từng trường.",
    "status": 422,
    "code": "validation_failed",
    "errors": [{"pointer": "/percent", "code": "percent", "message": "phải là số từ 0 đến 100 với tối đa hai chữ số thập phân"}],
    "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
}))]
pub struct Problem {
    /// Identifies the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it means, in the language asked for.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable code, for programs.
    pub code: String,
    /// Which fields or parameters are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// What could be done instead, when the state forbids it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowed_actions: Option<Vec<String>>,
    /// The trace of this request, for support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

/// One wrong field or parameter.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// JSON pointer into the body, or the name of the parameter.
    pub pointer: String,
    /// Stable name of the rule, for programs.
    pub code: String,
    /// The rule, in the language asked for.
    pub message: String,
}

impl Problem {
    /// A refusal in words.
    pub(super) fn new(error: &AppError, language: Language, trace_id: Option<String>) -> Self {
        let title = match language {
            Language::Vi => error.code.vi,
            Language::En => error.code.en,
        };
        let field = |f: &crate::error::FieldError| ProblemField {
            pointer: f.pointer.clone(),
            code: f.rule.name.into(),
            message: f.message(language),
        };
        Self {
            kind: format!("urn:resolution-tracker:problem:{}", error.code.name),
            title: title.to_owned(),
            status: error.code.status,
            code: error.code.name.to_owned(),
            errors: error.fields.iter().map(field).collect(),
            allowed_actions: error.allowed_actions.clone(),
            trace_id,
        }
    }
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Without the request there is no language: [`render`] writes the body.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// What an answer needs of its request. Taken before routing, which allows no second handle on the
/// request itself.
struct Asked {
    language: Language,
    trace_id: Option<String>,
    path: String,
}

/// Middleware: writes the body of every refusal.
pub async fn render<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, Error> {
    let http = request.request();
    let asked = Asked { language: language_of(http), trace_id: trace::id_of(http), path: http.path().to_owned() };
    match next.call(request).await {
        Ok(response) => match response.response().error().and_then(|e| e.as_error::<AppError>()) {
            Some(error) => {
                let answer = answer(error, asked);
                Ok(response.into_response(answer).map_into_right_body())
            }
            None => Ok(response.map_into_left_body()),
        },
        Err(error) => {
            let own = error.as_error::<AppError>().cloned();
            let own = own.unwrap_or_else(|| match error.as_response_error().status_code().as_u16() {
                413 => AppError::new(codes::PAYLOAD_TOO_LARGE),
                400..=499 => AppError::new(codes::INVALID_PARAMETER),
                _ => AppError::internal(&error),
            });
            let answer = answer(&own, asked);
            Err(InternalError::from_response(own, answer).into())
        }
    }
}

/// The answer to a request that was refused.
fn answer(error: &AppError, asked: Asked) -> HttpResponse {
    let mut response = HttpResponseBuilder::new(error.status_code());
    response.insert_header((CONTENT_LANGUAGE, asked.language.tag())).content_type("application/problem+json");
    if let Some(seconds) = error.retry_after {
        response.insert_header((RETRY_AFTER, seconds));
    }
    match error.code.status {
        401 => drop(response.insert_header((WWW_AUTHENTICATE, "Bearer"))),
        405 => drop(response.insert_header((ALLOW, openapi::methods_of(&asked.path).join(", ")))),
        _ => {}
    }
    let problem = Problem::new(error, asked.language, asked.trace_id);
    response.body(serde_json::to_string(&problem).unwrap_or_default())
}

/// Answers what no route takes: an unknown address, or a known one with the wrong method. Where a word stands in the place of an
/// id, as in `progress-reports/batch`, the route of the id asks too.
pub fn unmatched(request: &HttpRequest) -> AppError {
    let methods = openapi::methods_of(request.path());
    let asked = if request.method() == Method::HEAD { Method::GET.as_str() } else { request.method().as_str() };
    let wrong_method = !methods.is_empty() && methods.iter().all(|method| method != asked);
    AppError::new(if wrong_method { codes::METHOD_NOT_ALLOWED } else { codes::NOT_FOUND })
}
