//! `/accounts/new`: an account with its first password and, at once, its first role.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::accounts::{ListWords, ROLES};
use super::choices::{Group, places_within};
use super::forms::{Again, Form, draft, filled, is_about_content};
use super::labels::Label;
use super::once::{Sent, Taken, showing};
use super::page::{self, Shell};
use super::secret;
use super::session::{State, Visitor};
use crate::domain::users::{GrantDraft, NewUser};
use crate::error::{AppResult, codes};
use crate::service::access::WriteAccounts;
use crate::service::{grants, passwords, users};

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_account_page).service(create_account);
}

words! {
    /// Words of an account that is made, and of what may be granted.
    AccountWords {
        title = "Thêm tài khoản", "Add an account";
        username = "Tên đăng nhập", "User name";
        username_hint = "Chữ thường không dấu, chữ số, dấu chấm, gạch nối; không đổi được về sau. Ví dụ so-y-te.lan.", "Lower-case letters, digits, dots, hyphens; cannot be changed later. Such as so-y-te.lan.";
        taken = "Tên đăng nhập này đã có.", "This user name exists already.";
        name = "Tên hiển thị", "Name as shown";
        name_hint = "Ví dụ: Cán bộ tổng hợp, Sở Y tế.", "Such as: Reporting officer, Department of Health.";
        email = "Thư điện tử", "E-mail address";
        email_hint = "Nơi nhận thư nhắc việc.", "Where reminders go.";
        password = "Mật khẩu đầu tiên", "First password";
        password_hint = "Để trống để hệ thống đặt mật khẩu và hiện một lần. Tự đặt thì từ 10 đến 128 ký tự, không dễ đoán.", "Leave empty to have one made and shown once. Your own has 10 to 128 characters and is not easy to guess.";
        role = "Vai trò", "Role";
        later = "Cấp quyền sau", "Grant a role later";
        later_hint = "Chưa xem, chưa làm được gì.", "May see and do nothing yet.";
        place = "Phạm vi", "Where";
        place_hint = "Đơn vị gồm cả đơn vị trực thuộc; địa bàn gồm mọi cơ quan trên địa bàn.", "A unit with all units below it; an area with all bodies in it.";
        choose = "Chọn phạm vi", "Choose";
        submit = "Tạo tài khoản", "Create the account";
        optional = "không bắt buộc", "optional";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
        created = "Đã tạo tài khoản", "The account was created";
        first_password = "Mật khẩu", "Password";
        advice = "Chuyển tên đăng nhập và mật khẩu cho người dùng; nhắc đổi mật khẩu khi đăng nhập lần đầu (Đổi mật khẩu, ở đầu trang).", "Hand both to the person, and ask them to change the password when they first sign in (Change password, at the top).";
        to_account = "Đến trang tài khoản", "To the account";
        reporter = "Báo cáo tiến độ nhiệm vụ của đơn vị mình và đơn vị trực thuộc.", "Logs progress of their own unit and those below it.";
        office = "Giao nhiệm vụ, xác nhận hoặc trả lại báo cáo, gia hạn.", "Issues tasks, verifies or returns reports, extends deadlines.";
        leader = "Xem mọi số liệu và nhiệm vụ của tỉnh.", "Reads all figures and tasks of the province.";
        inspector = "Xem mọi thứ, cả tài khoản và nhật ký; không ghi.", "Reads everything, also accounts and the journal; writes nothing.";
        admin = "Quản lý tài khoản, địa bàn, đơn vị; nhập dữ liệu.", "Keeps accounts, areas, units; imports data.";
    }
}

/// Name, label and explanation of each role that may be granted.
pub fn role_choices(shell: &Shell) -> Vec<(&'static str, &'static str, &'static str)> {
    let t = AccountWords::of(shell.language);
    let about = [t.reporter, t.office, t.leader, t.inspector, t.admin];
    ROLES.iter().zip(about).map(|(role, about)| (role.as_str(), role.label(shell.language), about)).collect()
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    username: String,
    display_name: String,
    email: String,
    password: String,
    role: String,
    place: String,
    /// Hidden: makes sending it twice harmless.
    key: String,
}

#[derive(Template)]
#[template(path = "new_account.html")]
struct NewAccountPage {
    shell: Shell,
    l: &'static ListWords,
    a: &'static AccountWords,
    typed: Typed,
    said: Again,
    /// Whether a role may be granted later.
    may_wait: bool,
    roles: Vec<(&'static str, &'static str, &'static str)>,
    places: Vec<Group>,
}

#[get("/accounts/new")]
async fn new_account_page(state: State, visitor: Visitor<WriteAccounts>) -> AppResult<HttpResponse> {
    show(&state, visitor, Typed::default(), Again::default()).await
}

#[post("/accounts")]
async fn create_account(state: State, visitor: Visitor<WriteAccounts>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (typed, language) = (form.content, visitor.shell.language);
    if form.resumed {
        return show(&state, visitor, typed, Again::resumed(AccountWords::of(language).resumed)).await;
    }
    match create(&state, visitor.clone(), typed.clone()).await {
        Err(error) if is_about_content(&error) => show(&state, visitor, typed, Again::refused(&error, language)).await,
        answer => answer,
    }
}

async fn create(state: &State, visitor: Visitor<WriteAccounts>, typed: Typed) -> AppResult<HttpResponse> {
    let (shell, t) = (visitor.shell.clone(), AccountWords::of(visitor.shell.language));
    let made = if typed.password.is_empty() { Some(passwords::random()?) } else { None };
    let password = made.clone().unwrap_or_else(|| typed.password.clone());
    let new = draft::<NewUser>(json!({
        "username": typed.username.trim(), "display_name": typed.display_name.trim(), "password": password,
        "email": filled(&typed.email),
    }))?;
    let granted = granted(&typed.role, &typed.place)?;
    let user = new.draft();
    let hash = state.hash(move || passwords::hash(new.password.characters())).await?;
    let sent = Sent::of("POST /accounts".to_owned(), typed.key.clone(), &typed)?;
    let taken = showing(state, visitor, sent, move |conn, visitor, at| {
        let account = users::create(conn, visitor, &user, hash, at)?;
        if let Some(grant) = granted {
            grants::create(conn, visitor, &account.user, &grant, at)?;
        }
        Ok((format!("/accounts/{}?done=created", account.user.id), account.user))
    });
    match (taken.await?, made) {
        (Taken::Before(address), _) => Ok(page::go_to(&address)),
        (Taken::Now(user), None) => Ok(page::go_to(&format!("/accounts/{}?done=created", user.id))),
        (Taken::Now(user), Some(password)) => {
            let rows = vec![(t.name, user.display_name), (t.username, user.username), (t.first_password, password)];
            secret::show(shell, t.created.to_owned(), t.advice, rows, (format!("/accounts/{}", user.id), t.to_account))
        }
    }
}

/// What is to be granted, if a role or a place was chosen.
///
/// # Errors
/// 422 naming the fields.
fn granted(role: &str, place: &str) -> AppResult<Option<GrantDraft>> {
    if role.is_empty() && place.is_empty() { Ok(None) } else { grant_draft(role, place).map(Some) }
}

/// A role on a place (`unit:code`, `area:code`), as a body of the API.
///
/// # Errors
/// 422 naming the fields.
pub fn grant_draft(role: &str, place: &str) -> AppResult<GrantDraft> {
    let mut body = Map::new();
    body.extend(filled(role).map(|role| ("role".to_owned(), Value::from(role))));
    body.extend(placed(place).map(|(kind, code)| (kind.to_owned(), Value::from(code))));
    draft(body.into())
}

/// The kind and the code of a chosen place; none if none was chosen.
pub fn placed(place: &str) -> Option<(&str, &str)> {
    place.split_once(':').filter(|(kind, _)| matches!(*kind, "unit" | "area"))
}

async fn show(state: &State, visitor: Visitor<WriteAccounts>, mut typed: Typed, said: Again) -> AppResult<HttpResponse> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let (l, a) = (ListWords::of(language), AccountWords::of(language));
    let places = state.read(move |conn, at| places_within(conn, &visitor, language, at)).await?;
    let said = said.saying(codes::DUPLICATE, a.taken);
    typed.key = said.key(&typed.key);
    let roles = role_choices(&shell);
    page::show_as(said.status(), &NewAccountPage { shell, l, a, typed, said, may_wait: true, roles, places })
}
