//! How refusals look to people: a page that says what happened and where to go on.

use actix_web::http::StatusCode;
use actix_web::http::header::RETRY_AFTER;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::page::{self, Shell};
use super::session::Visit;
use super::{forms::Faults, login};
use crate::domain::Language;
use crate::error::{AppError, codes};

words! {
    /// Words of the page of refusals.
    ErrorWords {
        home = "Về trang tổng quan", "To the overview";
        forbidden = "Không có quyền", "Not allowed";
        missing = "Không tìm thấy trang", "Page not found";
        missing_lead = "Địa chỉ này không đúng, hoặc nội dung không thuộc phạm vi bạn được xem.", "This address is not right, or what stands there is not yours to see.";
        conflict = "Chưa thực hiện được", "This could not be done";
        wrong = "Yêu cầu chưa hợp lệ", "The request is not valid";
        broken = "Hệ thống gặp lỗi", "Something went wrong";
        away = "Hệ thống tạm thời gián đoạn", "The system is away for the moment";
        trace = "Mã sự việc", "Reference";
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    t: &'static ErrorWords,
    heading: &'static str,
    message: String,
    details: Vec<String>,
    trace: String,
}

/// The answer to a page that was refused: whoever is not signed in is asked to sign in.
pub fn answer(request: &HttpRequest, error: &AppError) -> HttpResponse {
    let visit = Visit::of(request);
    if error.code.status == 401 && visit.visitor.is_none() {
        return page::go_to(&login::address(&visit.address));
    }
    let status = StatusCode::from_u16(error.code.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let shown = page::show_as(status, &error_page(request, &visit, error));
    let mut response = shown.unwrap_or_else(|_| HttpResponse::InternalServerError().finish());
    if let Some(seconds) = error.retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

fn error_page(request: &HttpRequest, visit: &Visit, error: &AppError) -> ErrorPage {
    let t = ErrorWords::of(visit.language);
    let heading = match error.code.status {
        403 => t.forbidden,
        404 => t.missing,
        409 | 412 => t.conflict,
        503 => t.away,
        500.. => t.broken,
        _ => t.wrong,
    };
    let details = error.fields.iter().map(|field| format!("{}: {}", field.pointer.trim_start_matches('/'), field.message(visit.language)));
    ErrorPage {
        shell: visit.shell(),
        t,
        heading,
        message: if error.code.status == 404 { t.missing_lead.to_owned() } else { title(error, visit.language) },
        details: details.collect(),
        // What can be looked up in the log.
        trace: crate::trace::id_of(request).filter(|_| error.code.status >= 500).unwrap_or_default(),
    }
}

/// Answers an address that no page has.
pub fn unmatched() -> AppError {
    AppError::new(codes::NOT_FOUND)
}

/// The title of a refusal, as people are told it.
pub fn title(error: &AppError, language: Language) -> String {
    Faults::of(error, language).general.unwrap_or_default()
}
