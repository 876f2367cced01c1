//! `/unsubscribe`: the link in each mail, with which its reader has no more of that kind. Looking at the page
//! changes nothing, since mail services follow links before their readers do.

use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visit};
use crate::domain::Id;
use crate::domain::notifications::NotificationKind;
use crate::error::{AppError, AppResult, codes};
use crate::service::notifications::{self, tokens};

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(unsubscribe_page).service(unsubscribe);
}

words! {
    /// Words of the page.
    UnsubscribeWords {
        title = "Không nhận loại thư này nữa", "No more of this mail";
        lead = "Hệ thống sẽ không gửi cho bạn loại thư sau:", "You will be sent no more of:";
        submit = "Không nhận nữa", "No more";
        done = "Đã ghi nhận. Bạn sẽ không nhận loại thư này nữa.", "Done. You will be sent no more of this.";
        again = "Muốn nhận lại, hãy đăng nhập rồi chọn ở trang", "To have it again, sign in and choose it on the page";
    }
}

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct UnsubscribePage {
    shell: Shell,
    t: &'static UnsubscribeWords,
    kind: &'static str,
    token: String,
    done: bool,
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    token: String,
}

#[get("/unsubscribe")]
async fn unsubscribe_page(request: HttpRequest, state: State, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let (_, kind) = read(&state, &asked.token)?;
    show(&request, kind, asked.token, false)
}

#[post("/unsubscribe")]
async fn unsubscribe(request: HttpRequest, state: State, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let (user, kind) = read(&state, &asked.token)?;
    state.write(move |conn, at| notifications::unsubscribe(conn, user, kind, at)).await?;
    show(&request, kind, asked.token, true)
}

fn read(state: &State, token: &str) -> AppResult<(Id, NotificationKind)> {
    tokens::read(state.signing_key(), token).ok_or_else(|| AppError::new(codes::NOT_FOUND))
}

fn show(request: &HttpRequest, kind: NotificationKind, token: String, done: bool) -> AppResult<HttpResponse> {
    let shell = Visit::of(request).shell();
    page::show_once(&UnsubscribePage { t: UnsubscribeWords::of(shell.language), kind: kind.label(shell.language), shell, token, done })
}
