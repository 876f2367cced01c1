//! `/accounts`: who may sign in, and what each may do.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::choices::{Choice, choice, names};
use super::figures::part;
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::permission::Role;
use crate::domain::users::UserQuery;
use crate::domain::{Id, Language};
use crate::error::AppResult;
use crate::service::access::ReadAccounts;
use crate::service::users;
use crate::state::Connection;
use crate::view::grants::GrantView;
use crate::view::users::UserView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(accounts_page);
}

words! {
    /// Words of the list.
    ListWords {
        title = "Tài khoản", "Accounts";
        lead = "Ai được đăng nhập, với vai trò gì, ở đâu. Phần mềm khác có khóa riêng:", "Who may sign in, in what role, and where. Other software has keys of its own:";
        clients = "Hệ thống kết nối", "Connected systems";
        new = "Thêm tài khoản", "Add an account";
        name = "Tên hiển thị", "Name";
        username = "Tên đăng nhập", "User name";
        grants = "Quyền", "Roles";
        state = "Trạng thái", "State";
        active = "Đang dùng", "Active";
        disabled = "Đã khóa", "Disabled";
        no_grant = "Chưa được cấp quyền", "No role yet";
        q = "Tìm theo tên", "Words in the name";
        role = "Vai trò", "Role";
        any = "Tất cả", "All";
        apply = "Lọc", "Filter";
        clear = "Bỏ lọc", "Clear";
        none = "Không có tài khoản nào như vậy.", "There is no such account.";
    }
}

/// Roles that people hold; other systems have theirs by their key.
pub const ROLES: [Role; 5] = [Role::Reporter, Role::Office, Role::Leader, Role::Inspector, Role::Admin];

/// What the list may be asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    q: Option<String>,
    role: Option<Role>,
    disabled: Option<bool>,
    cursor: Option<String>,
}

impl Asked {
    fn query(&self) -> UserQuery {
        let Self { q, role, disabled, cursor } = self.clone();
        UserQuery { q, role, disabled, cursor, ..UserQuery::default() }
    }

    /// The address of the page that begins at a cursor.
    fn at(&self, cursor: Option<&str>) -> String {
        let disabled = self.disabled.map(|disabled| disabled.to_string());
        let parts = [
            part("q", self.q.as_deref()),
            part("role", self.role.map(Role::as_str)),
            part("disabled", disabled.as_deref()),
            part("cursor", cursor),
        ];
        page::asking("/accounts", &parts.each_ref().map(String::as_str))
    }
}

struct Row {
    id: Id,
    username: String,
    name: String,
    disabled: bool,
    grants: Vec<String>,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    shell: Shell,
    t: &'static ListWords,
    asked: Asked,
    rows: Vec<Row>,
    roles: Vec<Choice>,
    states: Vec<Choice>,
    next: Option<String>,
    first: Option<String>,
}

#[get("/accounts")]
async fn accounts_page(state: State, visitor: Visitor<ReadAccounts>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, _| fill(conn, &visitor, asked)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadAccounts>, asked: Asked) -> AppResult<AccountsPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let t = ListWords::of(language);
    let found = users::list(conn, visitor, asked.query())?;
    let chosen = asked.disabled.map(|disabled| disabled.to_string());
    Ok(AccountsPage {
        next: found.next.as_deref().map(|cursor| asked.at(Some(cursor))),
        first: asked.cursor.is_some().then(|| asked.at(None)),
        rows: found.items.into_iter().map(|account| row(UserView::new(account.user, account.grants), language)).collect(),
        roles: names(&ROLES, Role::as_str, asked.role.map(Role::as_str), language),
        states: [("false", t.active), ("true", t.disabled)].map(|(value, label)| choice(value, label, chosen.as_deref())).into(),
        shell,
        t,
        asked,
    })
}

fn row(account: UserView, language: Language) -> Row {
    let grants = account.grants.iter().map(|grant| grant_words(grant, language)).collect();
    Row { id: account.id, username: account.username, name: account.display_name, disabled: account.disabled, grants }
}

/// A role and where it is granted: "Cán bộ báo cáo: Sở Y tế".
pub fn grant_words(grant: &GrantView, language: Language) -> String {
    let place = grant.unit.as_ref().or(grant.area.as_ref()).map_or("", |place| place.name.as_str());
    format!("{}: {place}", grant.role.label(language))
}
