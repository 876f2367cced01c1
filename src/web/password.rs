//! `/password`: one's own password.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::forms::{Faults, Form, is_about_content};
use super::page::{self, Shell};
use super::session::{Anyone, State};
use crate::domain::forms::password as acceptable;
use crate::error::{AppError, AppResult, rules};
use crate::service::access::Actor;
use crate::service::{passwords, sessions};
use crate::state::AppState;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(password_page).service(change_password);
}

words! {
    /// Words of changing one's password.
    PasswordWords {
        title = "Đổi mật khẩu", "Change password";
        lead = "Các phiên đăng nhập khác của bạn sẽ kết thúc.", "Your other sessions will end.";
        current = "Mật khẩu hiện tại", "Present password";
        new = "Mật khẩu mới", "New password";
        rule = "Từ 10 đến 128 ký tự, không dễ đoán.", "10 to 128 characters, not easy to guess.";
        repeat = "Nhập lại mật khẩu mới", "New password again";
        differs = "Hai lần nhập mật khẩu mới không giống nhau.", "The new password was typed in two different ways.";
        submit = "Đổi mật khẩu", "Change password";
        done = "Đã đổi mật khẩu.", "The password was changed.";
    }
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    shell: Shell,
    t: &'static PasswordWords,
    faults: Faults,
    differs: bool,
    done: bool,
}

#[get("/password")]
async fn password_page(anyone: Anyone) -> AppResult<HttpResponse> {
    show(anyone.shell, StatusCode::OK, Faults::default(), false)
}

#[derive(Deserialize, Default)]
struct Typed {
    #[serde(default)]
    current_password: String,
    #[serde(default)]
    new_password: String,
    #[serde(default)]
    repeated_password: String,
}

#[post("/password")]
async fn change_password(state: State, anyone: Anyone, form: Form<Typed>) -> AppResult<HttpResponse> {
    if form.resumed {
        return show(anyone.shell, StatusCode::OK, Faults::default(), false);
    }
    if form.content.new_password != form.content.repeated_password {
        return show(anyone.shell, StatusCode::UNPROCESSABLE_ENTITY, Faults::default(), true);
    }
    match change(&state, anyone.visitor.actor, form.content).await {
        Ok(()) => page::show(&PasswordPage { done: true, ..filled(anyone.shell, Faults::default()) }),
        Err(error) if is_about_content(&error) => {
            let faults = Faults::of(&error, anyone.shell.language);
            show(anyone.shell, StatusCode::UNPROCESSABLE_ENTITY, faults, false)
        }
        Err(error) => Err(error),
    }
}

async fn change(state: &AppState, actor: Actor, typed: Typed) -> AppResult<()> {
    acceptable(&typed.new_password).map_err(|_| AppError::invalid("/new_password", rules::PASSWORD))?;
    let asker = actor.clone();
    let (user, _) = state.read(move |conn, _| sessions::account(conn, &asker)).await?;
    let work = move || Ok((passwords::matches(&typed.current_password, Some(&user.password_hash)), passwords::hash(&typed.new_password)?));
    let (right, hash) = state.hash(work).await?;
    state.write(move |conn, at| sessions::change_password(conn, &actor, right, hash, at)).await
}

fn filled(shell: Shell, faults: Faults) -> PasswordPage {
    let t = PasswordWords::of(shell.language);
    PasswordPage { shell, t, faults, differs: false, done: false }
}

fn show(shell: Shell, status: StatusCode, faults: Faults, differs: bool) -> AppResult<HttpResponse> {
    page::show_as(status, &PasswordPage { differs, ..filled(shell, faults) })
}
