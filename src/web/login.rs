//! `/login` and `/sign-out`.
//!
//! The form is tied to a cookie, so that no other site can sign a browser in as somebody else. A
//! form that was sent when its session had ended travels along in a hidden field, and is shown
//! again after signing in.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::csrf::{self, Purpose};
use super::errors;
use super::forms::{Fields, Form, Query};
use super::page::{self, Shell};
use super::session::{Anyone, LOGIN, SignedIn, State, Visit, cookie, sealed, session_cookie, set_cookie, state_of};
use crate::domain::Id;
use crate::error::{AppError, AppResult, codes};
use crate::service::{passwords, sessions};
use crate::state::AppState;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(login_page).service(sign_in).service(sign_out);
}

words! {
    /// Words of signing in.
    LoginWords {
        title = "Đăng nhập", "Sign in";
        lead = "Dành cho cán bộ được cấp tài khoản.", "For staff with an account.";
        username = "Tên đăng nhập", "User name";
        password = "Mật khẩu", "Password";
        submit = "Đăng nhập", "Sign in";
        ended = "Phiên làm việc đã hết.", "Your session has ended.";
        kept = "Nội dung bạn vừa nhập vẫn được giữ và sẽ hiện lại sau khi đăng nhập.", "What you typed is kept and is shown again after you sign in.";
        lost = "Phiên làm việc đã hết trước khi tệp được nhận. Đăng nhập rồi chọn lại tệp.", "Your session ended before the file was taken. Sign in and choose the file again.";
        again = "Trang đăng nhập đã mở quá lâu. Hãy thử lại.", "This page was open for too long. Please try again.";
        help = "Quên mật khẩu? Liên hệ quản trị hệ thống của cơ quan.", "Forgot your password? Ask the administrator of your office.";
        back_title = "Đã đăng nhập lại", "Signed in again";
        back_lead = "Nội dung sau chưa được gửi. Mở lại biểu mẫu để xem và gửi.", "The following has not been sent. Open the form again to look at it and send it.";
        back_open = "Mở lại biểu mẫu", "Open the form again";
    }
}

/// Seconds the form to sign in may stay open: a day.
const FORM_LIFE: i64 = 24 * 3600;

/// Where one signs in, and is then led on to `next`.
pub fn address(next: &str) -> String {
    if next == "/" { "/login".to_owned() } else { format!("/login?next={}", page::encoded(next)) }
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    shell: Shell,
    t: &'static LoginWords,
    csrf: String,
    next: String,
    kept: String,
    username: String,
    notice: Option<&'static str>,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "resume.html")]
struct ResumePage {
    shell: Shell,
    t: &'static LoginWords,
    action: String,
    fields: Vec<(String, String)>,
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    next: String,
}

#[get("/login")]
async fn login_page(request: HttpRequest, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let visit = Visit::of(&request);
    if visit.visitor.is_some() {
        return Ok(page::go_to(page::local(&asked.next)));
    }
    Typed { next: asked.next, ..Typed::default() }.show(&request, &visit, None, StatusCode::OK)
}

#[derive(Deserialize, Default)]
struct Typed {
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
    /// The form whose session had ended, as JSON.
    #[serde(default)]
    kept: String,
}

impl Typed {
    fn show(self, request: &HttpRequest, visit: &Visit, fault: Option<String>, status: StatusCode) -> AppResult<HttpResponse> {
        let t = LoginWords::of(visit.language);
        let notice = (!self.kept.is_empty()).then_some(t.kept);
        self.show_with(request, visit, notice, fault, status)
    }

    /// The form; its cookie is set anew, so that an old one does no harm.
    fn show_with(
        self,
        request: &HttpRequest,
        visit: &Visit,
        notice: Option<&'static str>,
        fault: Option<String>,
        status: StatusCode,
    ) -> AppResult<HttpResponse> {
        let state = state_of(request)?;
        let nonce = cookie(request, LOGIN).filter(|nonce| nonce.len() == 16).map_or_else(csrf::random, ToOwned::to_owned);
        let csrf = csrf::token(state.signing_key(), Purpose::LoginForm, &nonce);
        let t = LoginWords::of(visit.language);
        let next = page::local(&self.next).to_owned();
        let filled = LoginPage { shell: visit.shell(), t, csrf, next, kept: self.kept, username: self.username, notice, fault };
        let mut answer = page::show_as(status, &filled)?;
        page::add_header(&mut answer, set_cookie(&state, LOGIN, &nonce, FORM_LIFE))?;
        Ok(answer)
    }
}

/// The form to sign in, with a form that was sent too late inside.
///
/// # Errors
/// `internal`.
pub fn keeping(request: &HttpRequest, visit: &Visit, fields: &Fields) -> AppResult<HttpResponse> {
    let t = LoginWords::of(visit.language);
    let typed = fields.typed();
    let kept = if typed.is_empty() { String::new() } else { serde_json::to_string(&typed).map_err(AppError::internal)? };
    let is_file = request.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    let notice = match (kept.is_empty(), is_file) {
        (true, true) => t.lost,
        (true, false) => t.ended,
        (false, _) => t.kept,
    };
    // What was only an address to send to is no page to go back to.
    let next = if request.path() == "/sign-out" { "/".to_owned() } else { request.path().to_owned() };
    Typed { next, kept, ..Typed::default() }.show_with(request, visit, Some(notice), None, StatusCode::UNAUTHORIZED)
}

#[post("/login")]
async fn sign_in(request: HttpRequest, state: State, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (visit, typed) = (Visit::of(&request), form.content);
    if !is_ours(&request, &state) {
        let fault = LoginWords::of(visit.language).again.to_owned();
        return typed.show(&request, &visit, Some(fault), StatusCode::FORBIDDEN);
    }
    match session_for(&state, typed.username.trim().to_owned(), typed.password.clone()).await {
        Ok((session, visitor)) => {
            let mut answer = welcome(&visit, &typed, visitor)?;
            let value = sealed(state.signing_key(), session);
            page::add_header(&mut answer, set_cookie(&state, session_cookie(&state), &value, sessions::BROWSER_SECONDS))?;
            page::add_header(&mut answer, set_cookie(&state, LOGIN, "", 0))?;
            Ok(answer)
        }
        Err(error) if matches!(error.code.status, 401 | 429) => {
            let status = StatusCode::from_u16(error.code.status).unwrap_or(StatusCode::UNAUTHORIZED);
            typed.show(&request, &visit, Some(errors::title(&error, visit.language)), status)
        }
        Err(error) => Err(error),
    }
}

fn is_ours(request: &HttpRequest, state: &AppState) -> bool {
    use actix_web::HttpMessage;
    let fields = request.extensions().get::<Fields>().cloned().unwrap_or_default();
    let (token, nonce) = (fields.get(super::forms::CSRF), cookie(request, LOGIN));
    token.zip(nonce).is_some_and(|(token, nonce)| csrf::is_token(state.signing_key(), Purpose::LoginForm, nonce, token))
}

/// Checks name and password, and opens a session.
async fn session_for(state: &AppState, username: String, password: String) -> AppResult<(Id, SignedIn)> {
    let user = state.write(move |conn, at| sessions::attempt(conn, &username, at)).await?;
    let hash = user.as_ref().filter(|u| u.disabled_at.is_none()).map(|u| u.password_hash.clone());
    let right = state.hash(move || Ok(passwords::matches(&password, hash.as_deref()))).await?;
    let user = user.filter(|_| right).ok_or_else(|| AppError::new(codes::WRONG_CREDENTIALS))?;
    let opened = state.write(move |conn, at| {
        let session = sessions::open_for_browser(conn, &user, at)?;
        Ok((session, crate::service::access::Actor::of_session(conn, session, at.recorded_at())?, user.display_name))
    });
    let (session, actor, display_name) = opened.await?;
    let csrf = csrf::token(state.signing_key(), Purpose::Form, &session.to_string());
    Ok((session, SignedIn { actor, display_name, session, csrf }))
}

/// On to where they wanted to go; a form that was kept is shown first.
fn welcome(visit: &Visit, typed: &Typed, visitor: SignedIn) -> AppResult<HttpResponse> {
    let next = page::local(&typed.next).to_owned();
    let fields: Vec<(String, String)> = serde_json::from_str(&typed.kept).unwrap_or_default();
    if fields.is_empty() {
        return Ok(page::go_to(&next));
    }
    let signed_in = Visit { visitor: Some(visitor), ..visit.clone() };
    page::show(&ResumePage { shell: signed_in.shell(), t: LoginWords::of(visit.language), action: next, fields })
}

#[post("/sign-out")]
async fn sign_out(state: State, anyone: Anyone) -> AppResult<HttpResponse> {
    let actor = anyone.visitor.actor;
    state.write(move |conn, at| sessions::close(conn, &actor, at)).await?;
    let mut answer = page::go_to("/login");
    page::add_header(&mut answer, set_cookie(&state, session_cookie(&state), "", 0))?;
    // Whoever sits down here next does not find the pages by going back.
    page::add_header(&mut answer, ("Clear-Site-Data", "\"cache\"".to_owned()))?;
    Ok(answer)
}
