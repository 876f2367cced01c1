//! `/api-clients`: other systems that work here with a key.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;

use super::figures::part;
use super::forms::Query;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::api_clients::ApiClientQuery;
use crate::domain::{Id, Language, Moment, calendar};
use crate::error::AppResult;
use crate::service::access::ReadAccounts;
use crate::service::api_clients;
use crate::state::Connection;
use crate::view::api_clients::ApiClientView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(api_clients_page);
}

words! {
    /// Words of the list.
    ListWords {
        title = "Hệ thống kết nối", "Connected systems";
        lead = "Mỗi phần mềm khác làm việc qua API bằng một khóa riêng, trong phạm vi và với các quyền ghi ở đây.", "Other software works through the API, each with its own key, as far as is said here.";
        new = "Thêm hệ thống", "Add a system";
        name = "Tên hệ thống", "Name";
        code = "Mã", "Code";
        place = "Phạm vi", "Where";
        key = "Khóa bắt đầu bằng", "Key begins with";
        used = "Dùng lần cuối", "Last used";
        never = "chưa dùng", "never";
        expires = "Hết hạn", "Expires";
        end_of_day = "hết ngày", "end of";
        state = "Trạng thái", "State";
        active = "Đang dùng", "Active";
        ending = "Sắp hết hạn", "Expires soon";
        expired = "Đã hết hạn", "Expired";
        revoked = "Đã thu hồi", "Revoked";
        none = "Chưa có hệ thống nào kết nối.", "No system is connected yet.";
    }
}

/// Days before its end that a key is said to end soon.
const SOON_DAYS: i64 = 30;

/// Class and name of how a key stands.
pub fn standing(client: &ApiClientView, now: DateTime<Utc>, language: Language) -> (&'static str, &'static str) {
    let t = ListWords::of(language);
    match client.revoked_at {
        Some(_) => ("cancelled", t.revoked),
        None if client.expires_at <= now => ("overdue", t.expired),
        None if client.expires_at <= now + TimeDelta::days(SOON_DAYS) => ("due_soon", t.ending),
        None => ("verified", t.active),
    }
}

/// Until when its key works: a day, where it works until the end of one.
pub fn expiry(client: &ApiClientView, shell: &Shell) -> String {
    let day = last_day(client.expires_at);
    if calendar::end_of(day) == client.expires_at {
        return format!("{} {}", ListWords::of(shell.language).end_of_day, shell.day(&day));
    }
    time(client.expires_at, shell.language)
}

/// The last day a key works that ends at this instant.
pub fn last_day(expires_at: DateTime<Utc>) -> NaiveDate {
    calendar::day_of(expires_at - TimeDelta::seconds(1))
}

/// The unit or area it reaches.
pub fn place(client: &ApiClientView) -> String {
    client.unit.as_ref().or(client.area.as_ref()).map(|place| place.name.clone()).unwrap_or_default()
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    cursor: Option<String>,
}

struct Row {
    id: Id,
    name: String,
    code: String,
    place: String,
    prefix: String,
    used: Option<String>,
    expires: String,
    standing: (&'static str, &'static str),
}

#[derive(Template)]
#[template(path = "api_clients.html")]
struct ClientsPage {
    shell: Shell,
    t: &'static ListWords,
    rows: Vec<Row>,
    next: Option<String>,
    first: bool,
}

#[get("/api-clients")]
async fn api_clients_page(state: State, visitor: Visitor<ReadAccounts>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadAccounts>, asked: Asked, at: &Moment) -> AppResult<ClientsPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let first = asked.cursor.is_none();
    let found = api_clients::list(conn, visitor, ApiClientQuery { cursor: asked.cursor, ..ApiClientQuery::default() })?;
    Ok(ClientsPage {
        next: found.next.map(|cursor| page::asking("/api-clients", &[&part("cursor", Some(&cursor))])),
        rows: found.items.into_iter().map(|record| row(ApiClientView::new(record), at, &shell)).collect(),
        t: ListWords::of(language),
        first,
        shell,
    })
}

fn row(client: ApiClientView, at: &Moment, shell: &Shell) -> Row {
    let language = shell.language;
    Row {
        standing: standing(&client, at.instant, language),
        place: place(&client),
        expires: expiry(&client, shell),
        id: client.id,
        name: client.name,
        code: client.code,
        prefix: client.key_prefix,
        used: client.last_used_at.map(|used| time(used, language)),
    }
}
