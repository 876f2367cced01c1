//! `/api-clients/{client}`: one other system, and what may be done with its key.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

use super::api_clients::{ListWords, expiry, last_day, place, standing};
use super::csrf;
use super::forms::{Again, Form, Query, draft, id};
use super::labels::Label;
use super::new_api_client::{ClientWords, end_of, show_key};
use super::once::{Taken, showing};
use super::page::{self, Shell};
use super::record_forms::{RecordPage, Sender};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::merge_patch::MergePatch;
use crate::domain::users::RevocationDraft;
use crate::domain::{Id, Language, Moment};
use crate::error::{AppResult, codes};
use crate::service::access::{Permit, ReadAccounts, WriteAccounts};
use crate::service::api_clients;
use crate::service::lookup::Expected;
use crate::state::Connection;
use crate::view::api_clients::ApiClientView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(client_page).service(change_client).service(rotate_key).service(revoke_client).service(back_to_client);
}

words! {
    /// Words of the page.
    PageWords {
        about = "Thông tin", "About the system";
        created_on = "Ngày tạo", "Created";
        revoked_on = "Thu hồi lúc", "Revoked";
        scopes = "Được làm", "May";
        edit = "Sửa tên, gia hạn khóa", "Change the name, extend the key";
        save = "Lưu thay đổi", "Save";
        rotate = "Đổi khóa", "Make another key";
        rotate_lead = "Khóa hiện tại ngừng hoạt động ngay; khóa mới hiện một lần.", "The present key stops working at once; the new one is shown once.";
        rotate_submit = "Tạo khóa mới", "Make a new key";
        rotated = "Đã đổi khóa", "A new key was made";
        revoke = "Thu hồi", "Revoke";
        revoke_lead = "Khóa bị từ chối ngay và không khôi phục được. Những gì hệ thống đã làm vẫn còn trong nhật ký.", "The key is refused at once, for good. What the system did stays on record.";
        reason = "Lý do", "Reason";
        revoke_submit = "Thu hồi hệ thống này", "Revoke this system";
        stale = "Có người vừa thay đổi hệ thống này. Hãy xem lại rồi lưu nếu vẫn đúng.", "Somebody else has just changed this system. Look again and save if it still holds.";
        done_created = "Đã kết nối hệ thống. Khóa chỉ hiện một lần; nếu chưa kịp ghi lại thì đổi khóa.", "The system was added. Its key is shown once; if nobody has it, make another.";
        done_changed = "Đã lưu thay đổi.", "Saved.";
        done_rotated = "Đã đổi khóa. Khóa chỉ hiện một lần; nếu chưa kịp ghi lại thì đổi lần nữa.", "A new key was made. It is shown once; if nobody has it, make another.";
        done_revoked = "Đã thu hồi. Khóa không dùng được nữa.", "Revoked. The key no longer works.";
    }
}

/// What is typed into one of the forms, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    expires_on: String,
    reason: String,
    /// Hidden: makes sending it twice harmless.
    key: String,
    /// Hidden: the version that was shown.
    version: String,
}

/// Which of the forms is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Change,
    Rotate,
    Revoke,
}

impl Which {
    /// What follows the client's address in the form's.
    fn below(self) -> &'static str {
        match self {
            Self::Change => "",
            Self::Rotate => "/key",
            Self::Revoke => "/revocation",
        }
    }
}

#[derive(Template)]
#[template(path = "api_client.html")]
struct ClientPage {
    shell: Shell,
    t: &'static PageWords,
    c: &'static ClientWords,
    l: &'static ListWords,
    client: ApiClientView,
    standing: (&'static str, &'static str),
    facts: Vec<(&'static str, String)>,
    scopes: Vec<&'static str>,
    /// Whether the visitor may change it, and it is not revoked.
    may_change: bool,
    typed: Typed,
    /// What is said of the form spoken of; nothing is said of the others.
    said: Again,
    which: Which,
    nothing: Again,
    notice: Option<&'static str>,
}

impl ClientPage {
    /// What is said of the form below this address.
    fn said_of(&self, below: &str) -> &Again {
        if self.which.below() == below { &self.said } else { &self.nothing }
    }
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/api-clients/{client}")]
async fn client_page(
    state: State,
    visitor: Visitor<ReadAccounts>,
    client: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let client = id(&client)?;
    let mut page = state.read(move |conn, at| fill(conn, &visitor, &visitor.shell, client, at)).await?;
    page.notice = match asked.done.as_str() {
        "created" => Some(page.t.done_created),
        "changed" => Some(page.t.done_changed),
        "rotated" => Some(page.t.done_rotated),
        "revoked" => Some(page.t.done_revoked),
        _ => None,
    };
    page::show(&page)
}

/// Addresses of the forms are no pages of their own.
#[get("/api-clients/{client}/{form:.*}")]
async fn back_to_client(_: Visitor<ReadAccounts>, path: Path<(String, String)>) -> AppResult<HttpResponse> {
    Ok(page::go_to(&format!("/api-clients/{}", id(&path.0)?)))
}

#[post("/api-clients/{client}")]
async fn change_client(state: State, visitor: Visitor<WriteAccounts>, client: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    sender(visitor, &client, Which::Change)?
        .answer(&state, form, |conn, visitor, client, typed, at| {
            let present = ApiClientView::new(api_clients::get(conn, &visitor.actor().permit()?, client)?);
            let mut patch = Map::from_iter([("name".to_owned(), typed.name.trim().into())]);
            // The day stays the day: a key that ends at another hour keeps it.
            let end = end_of(&typed.expires_on).filter(|_| typed.expires_on.trim() != last_day(present.expires_at).to_string());
            patch.extend(end.map(|end| ("expires_at".to_owned(), end)));
            let expected = typed.version.parse().map_or(Expected::Missing, Expected::Version);
            api_clients::update(conn, visitor, client, expected, &MergePatch(patch.into()), at)?;
            Ok("changed")
        })
        .await
}

#[post("/api-clients/{client}/revocation")]
async fn revoke_client(state: State, visitor: Visitor<WriteAccounts>, client: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    sender(visitor, &client, Which::Revoke)?
        .answer(&state, form, |conn, visitor, client, typed, at| {
            let record = api_clients::revocable(conn, visitor, client)?;
            let said: RevocationDraft = draft(json!({"reason": typed.reason.trim()}))?;
            api_clients::revoke(conn, visitor, record, &said.reason, at)?;
            Ok("revoked")
        })
        .await
}

#[post("/api-clients/{client}/key")]
async fn rotate_key(state: State, visitor: Visitor<WriteAccounts>, client: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let sender = sender(visitor, &client, Which::Rotate)?;
    if form.resumed {
        return sender.resumed(&state, form.content).await;
    }
    let answer = rotate(&state, &sender, &form.content).await;
    sender.or_again(&state, form.content, answer).await
}

/// Makes another key, which is shown once.
async fn rotate(state: &State, sender: &Sender<ClientPage>, typed: &Typed) -> AppResult<HttpResponse> {
    let (client, visitor, done) = (sender.id, sender.visitor.clone(), format!("{}?done=rotated#content", sender.address()));
    let shell = visitor.shell.clone();
    let taken = showing(state, visitor, sender.sent(typed)?, move |conn, visitor, at| {
        let (record, key) = api_clients::rotate(conn, visitor, client, at)?;
        Ok((done, (ApiClientView::new(record), key.text().to_owned())))
    });
    match taken.await? {
        Taken::Now((client, key)) => {
            let rotated = PageWords::of(shell.language).rotated;
            show_key(shell, rotated, client, key)
        }
        Taken::Before(address) => Ok(page::go_to(&address)),
    }
}

fn sender(visitor: Visitor<WriteAccounts>, client: &str, which: Which) -> AppResult<Sender<ClientPage>> {
    Ok(Sender { visitor, id: id(client)?, which })
}

impl RecordPage for ClientPage {
    type Typed = Typed;
    type Which = Which;
    const UNDER: &'static str = "/api-clients";

    fn below(which: Which) -> String {
        which.below().to_owned()
    }

    fn key(typed: &Typed) -> &str {
        &typed.key
    }

    fn resumed(language: Language) -> &'static str {
        ClientWords::of(language).resumed
    }

    fn fill(conn: &mut Connection, permit: &Permit<ReadAccounts>, shell: &Shell, id: Id, at: &Moment) -> AppResult<Self> {
        fill(conn, permit, shell, id, at)
    }

    fn put_back(&mut self, which: Which, typed: Typed, said: Again) {
        let said = said.saying(codes::STALE, self.t.stale);
        let (key, shown) = (said.key(&typed.key), std::mem::take(&mut self.typed));
        self.typed = match which {
            Which::Change => Typed { key, version: shown.version, ..typed },
            _ => Typed { key, reason: typed.reason, ..shown },
        };
        (self.said, self.which) = (said, which);
    }
}

fn fill(conn: &mut Connection, permit: &Permit<ReadAccounts>, shell: &Shell, id: Id, at: &Moment) -> AppResult<ClientPage> {
    let (shell, language) = (shell.clone(), shell.language);
    let t = PageWords::of(language);
    let client = ApiClientView::new(api_clients::get(conn, permit, id)?);
    let writer = permit.actor().permit::<WriteAccounts>().ok();
    Ok(ClientPage {
        standing: standing(&client, at.instant, language),
        facts: facts(&client, t, &shell),
        scopes: client.scopes.iter().map(|scope| scope.label(language)).collect(),
        may_change: writer.is_some_and(|writer| api_clients::revocable(conn, &writer, id).is_ok()),
        typed: Typed {
            name: client.name.clone(),
            expires_on: last_day(client.expires_at).to_string(),
            key: csrf::random(),
            version: client.version.to_string(),
            ..Typed::default()
        },
        said: Again::default(),
        which: Which::Change,
        nothing: Again::default(),
        notice: None,
        c: ClientWords::of(language),
        l: ListWords::of(language),
        shell,
        t,
        client,
    })
}

fn facts(client: &ApiClientView, t: &'static PageWords, shell: &Shell) -> Vec<(&'static str, String)> {
    let language = shell.language;
    let l = ListWords::of(language);
    let used = client.last_used_at.map_or_else(|| l.never.to_owned(), |used| time(used, language));
    let mut facts = vec![(l.code, client.code.clone()), (l.place, place(client)), (l.key, client.key_prefix.clone())];
    facts.extend([(l.used, used), (l.expires, expiry(client, shell)), (t.created_on, time(client.recorded_at, language))]);
    facts.extend(client.revoked_at.map(|at| (t.revoked_on, time(at, language))));
    facts
}
