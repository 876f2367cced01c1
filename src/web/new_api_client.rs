//! `/api-clients/new`: another system, and the key it is told once.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::api_clients::ListWords;
use super::choices::{Group, places_within};
use super::forms::{Again, Form, draft, filled, is_about_content};
use super::labels::Label;
use super::new_account::placed;
use super::once::{Sent, Taken, showing};
use super::page::{self, Shell};
use super::secret;
use super::session::{State, Visitor};
use crate::domain::api_clients::{ApiClientDraft, KEY_DAYS, Scope};
use crate::domain::calendar;
use crate::error::{AppResult, codes};
use crate::service::access::WriteAccounts;
use crate::service::api_clients;
use crate::view::api_clients::ApiClientView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_client_page).service(create_client);
}

words! {
    /// Words of a client that is made, and of its key.
    ClientWords {
        title = "Thêm hệ thống kết nối", "Add a system";
        name_hint = "Ví dụ: Hệ thống quản lý văn bản.", "Such as: Document management system.";
        code_hint = "Chữ thường không dấu, chữ số, gạch nối; ghi trong nhật ký; không đổi được về sau. Ví dụ edoc.", "Lower-case letters, digits, hyphens; stands in the journal; cannot be changed later. Such as edoc.";
        taken = "Mã này đã có.", "This code exists already.";
        scopes = "Được làm gì", "What it may do";
        scopes_hint = "Chỉ chọn những gì hệ thống cần. Quyền ghi gồm cả quyền đọc. Không đổi được về sau.", "Choose only what it needs. Writing includes reading. Cannot be changed later.";
        place_hint = "Đơn vị gồm cả đơn vị trực thuộc; địa bàn gồm mọi cơ quan trên địa bàn. Không đổi được về sau.", "A unit with all units below it; an area with all bodies in it. Cannot be changed later.";
        choose = "Chọn phạm vi", "Choose";
        expires_on = "Khóa dùng được đến hết ngày", "The key works until the end of";
        submit = "Tạo và hiện khóa", "Create, and show the key";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
        created = "Đã kết nối hệ thống", "The system was added";
        key = "Khóa", "Key";
        advice = "Đưa khóa cho người vận hành hệ thống kia, qua kênh riêng. Hệ thống gửi khóa theo mỗi yêu cầu: Authorization: Bearer rt_…", "Give the key to whoever runs the other system, by a channel of its own. It is sent with every request: Authorization: Bearer rt_…";
        to_client = "Đến trang của hệ thống", "To the system's page";
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    code: String,
    name: String,
    scopes: Vec<String>,
    place: String,
    expires_on: String,
    /// Hidden: makes sending it twice harmless.
    key: String,
}

#[derive(Template)]
#[template(path = "new_api_client.html")]
struct NewClientPage {
    shell: Shell,
    l: &'static ListWords,
    t: &'static ClientWords,
    typed: Typed,
    said: Again,
    today: NaiveDate,
    /// Names and labels; whether each is chosen.
    scopes: Vec<(&'static str, &'static str, bool)>,
    places: Vec<Group>,
}

#[get("/api-clients/new")]
async fn new_client_page(state: State, visitor: Visitor<WriteAccounts>) -> AppResult<HttpResponse> {
    let expires_on = (state.moment().today() + TimeDelta::days(KEY_DAYS)).to_string();
    show(&state, visitor, Typed { expires_on, ..Typed::default() }, Again::default()).await
}

#[post("/api-clients")]
async fn create_client(state: State, visitor: Visitor<WriteAccounts>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (typed, language) = (form.content, visitor.shell.language);
    if form.resumed {
        return show(&state, visitor, typed, Again::resumed(ClientWords::of(language).resumed)).await;
    }
    match create(&state, visitor.clone(), typed.clone()).await {
        Err(error) if is_about_content(&error) => show(&state, visitor, typed, Again::refused(&error, language)).await,
        answer => answer,
    }
}

async fn create(state: &State, visitor: Visitor<WriteAccounts>, typed: Typed) -> AppResult<HttpResponse> {
    let shell = visitor.shell.clone();
    let sent = Sent::of("POST /api-clients".to_owned(), typed.key.clone(), &typed)?;
    let taken = showing(state, visitor, sent, move |conn, visitor, at| {
        let said: ApiClientDraft = draft(json(&typed))?;
        let (record, key) = api_clients::create(conn, visitor, &said, at)?;
        let client = ApiClientView::new(record);
        Ok((format!("/api-clients/{}?done=created", client.id), (client, key.text().to_owned())))
    });
    match taken.await? {
        Taken::Before(address) => Ok(page::go_to(&address)),
        Taken::Now((client, key)) => {
            let title = ClientWords::of(shell.language).created;
            show_key(shell, title, client, key)
        }
    }
}

/// The key of a client, once.
///
/// # Errors
/// `internal` when the template cannot be filled.
pub fn show_key(shell: Shell, title: &'static str, client: ApiClientView, key: String) -> AppResult<HttpResponse> {
    let (l, t) = (ListWords::of(shell.language), ClientWords::of(shell.language));
    let rows = vec![(l.name, client.name), (l.code, client.code), (t.key, key)];
    secret::show(shell, title.to_owned(), t.advice, rows, (format!("/api-clients/{}", client.id), t.to_client))
}

/// The form as the body of the same request to the API.
fn json(typed: &Typed) -> Value {
    let texts = [("code", typed.code.as_str()), ("name", typed.name.as_str())];
    let mut body: Map<String, Value> = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), filled(text)?.into()))).collect();
    body.insert("scopes".to_owned(), typed.scopes.clone().into());
    body.extend(end_of(&typed.expires_on).map(|end| ("expires_at".to_owned(), end)));
    if let Some((kind, code)) = placed(&typed.place) {
        body.insert(kind.to_owned(), code.into());
    }
    body.into()
}

/// The first instant after a day that was typed; what is no day is left for the rules to refuse.
pub fn end_of(day: &str) -> Option<Value> {
    let day = filled(day)?;
    let end = day.parse::<NaiveDate>().map(|day| calendar::end_of(day).to_rfc3339());
    Some(end.unwrap_or_else(|_| day.to_owned()).into())
}

async fn show(state: &State, visitor: Visitor<WriteAccounts>, mut typed: Typed, said: Again) -> AppResult<HttpResponse> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let (l, t) = (ListWords::of(language), ClientWords::of(language));
    let (places, today) = state.read(move |conn, at| Ok((places_within(conn, &visitor, language, at)?, at.today()))).await?;
    let said = said.saying(codes::DUPLICATE, t.taken);
    typed.key = said.key(&typed.key);
    let chosen = |scope: &Scope| typed.scopes.iter().any(|name| name == scope.as_str());
    let scopes = Scope::ALL.iter().map(|scope| (scope.as_str(), scope.label(language), chosen(scope))).collect();
    page::show_as(said.status(), &NewClientPage { shell, l, t, typed, said, today, scopes, places })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::api_clients::last_day;

    #[test]
    fn a_key_works_until_the_end_of_its_day() {
        let end = end_of("2024-10-01").unwrap();
        assert_eq!(end, "2024-10-01T17:00:00+00:00");
        let day = |text: &str| last_day(text.parse().unwrap()).to_string();
        assert_eq!((day(end.as_str().unwrap()), day("2024-10-01T03:00:00Z")), ("2024-10-01".to_owned(), "2024-10-01".to_owned()));
        assert_eq!((end_of(" "), end_of("mai")), (None, Some("mai".into())));
    }
}
