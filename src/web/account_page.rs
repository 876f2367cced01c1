//! `/accounts/{user}`: one account, what was granted to it, and what may be done with it; its forms are
//! taken in `account_forms`.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::accounts::{ListWords, grant_words};
use super::choices::{Group, places_within};
use super::csrf;
use super::forms::{Again, Query, id};
use super::new_account::{AccountWords, role_choices};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::users::GrantQuery;
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadAccounts, WriteAccounts};
use crate::service::{grants, users};
use crate::state::Connection;
use crate::view::grants::GrantView;
use crate::view::users::UserView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(account_page).service(back_to_account);
}

words! {
    /// Words of the page.
    PageWords {
        about = "Thông tin", "About the account";
        own = "Đây là tài khoản của bạn. Mật khẩu đổi ở", "This is your own account. Its password is changed at";
        created_on = "Ngày tạo", "Created";
        password_on = "Mật khẩu đặt lúc", "Password set";
        disabled_on = "Khóa lúc", "Disabled";
        grants = "Quyền", "Roles";
        no_grant = "Chưa được cấp quyền: đăng nhập được nhưng chưa xem, chưa làm được gì.", "No role yet: may sign in, but see and do nothing.";
        since = "từ", "since";
        ended = "Đã kết thúc", "Ended";
        revoke = "Thu hồi", "Revoke";
        reason = "Lý do", "Reason";
        reason_hint = "Ghi vào nhật ký, ví dụ “Chuyển công tác”.", "Goes into the journal, such as “Moved to another post”.";
        confirm_revoke = "Thu hồi quyền này", "Revoke this role";
        give = "Cấp quyền", "Grant a role";
        given_already = "Quyền này đã có.", "This role was granted already.";
        submit_give = "Cấp quyền", "Grant";
        edit = "Sửa, khóa", "Change or disable";
        locked = "Khóa tài khoản: không đăng nhập được, các phiên đang mở kết thúc ngay", "Disabled: cannot sign in; open sessions end at once";
        save = "Lưu thay đổi", "Save";
        reset = "Đặt lại mật khẩu", "Set a new password";
        reset_lead = "Mọi phiên đăng nhập của tài khoản này kết thúc ngay.", "All sessions of this account end at once.";
        new_password = "Mật khẩu mới", "New password";
        was_reset = "Đã đặt lại mật khẩu", "The password was set";
        stale = "Tài khoản đã được người khác thay đổi sau khi bạn mở trang. Hãy xem lại rồi lưu nếu vẫn đúng.", "Somebody else changed this account after you opened the page. Look again and save if it still holds.";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
        done_created = "Đã tạo tài khoản. Mật khẩu do hệ thống đặt chỉ hiện một lần; nếu chưa kịp ghi lại thì đặt lại.", "The account was created. A password made here is shown once; if nobody has it, set a new one.";
        done_changed = "Đã lưu thay đổi.", "Saved.";
        done_password = "Đã đặt lại mật khẩu. Mật khẩu do hệ thống đặt chỉ hiện một lần.", "The password was set. One made here is shown once.";
        done_granted = "Đã cấp quyền.", "The role was granted.";
        done_revoked = "Đã thu hồi quyền.", "The role was revoked.";
        outside = "Tài khoản này có quyền ngoài phạm vi quản trị của bạn nên bạn không đổi được tên, mật khẩu, trạng thái.", "This account holds a role outside your own reach, so you cannot change its name, password or state.";
    }
}

/// What is typed into one of the forms, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub display_name: String,
    pub email: String,
    /// `on`, or nothing.
    pub disabled: String,
    pub password: String,
    pub role: String,
    pub place: String,
    pub reason: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
    /// Hidden: the version of the account that was shown.
    pub version: String,
}

/// Which of the forms is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Change,
    Password,
    Grant,
    End(Id),
}

impl Which {
    /// What follows the account's address in the form's.
    pub fn below(self) -> String {
        match self {
            Self::Change => String::new(),
            Self::Password => "/password".to_owned(),
            Self::Grant => "/grants".to_owned(),
            Self::End(grant) => format!("/grants/{grant}"),
        }
    }
}

pub struct GrantRow {
    pub id: Id,
    words: String,
    when: String,
    /// Whether the visitor may end it.
    may_end: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    shell: Shell,
    pub t: &'static PageWords,
    a: &'static AccountWords,
    l: &'static ListWords,
    account: UserView,
    facts: Vec<(&'static str, String)>,
    grants: Vec<GrantRow>,
    ended: Vec<GrantRow>,
    own: bool,
    /// Whether the visitor may change the account itself.
    may_change: bool,
    /// Whether the visitor may grant and revoke.
    may_grant: bool,
    roles: Vec<(&'static str, &'static str, &'static str)>,
    places: Vec<Group>,
    /// What is in the forms.
    pub typed: Typed,
    /// What is said of the form spoken of; nothing is said of the others.
    pub said: Again,
    pub which: Which,
    nothing: Again,
    /// Whether a role may be granted later: not here, where it is granted.
    may_wait: bool,
    notice: Option<&'static str>,
}

impl AccountPage {
    /// What is said of the form below this address: `said_of("/grants")`.
    fn said_of(&self, below: &str) -> &Again {
        if self.which.below() == below { &self.said } else { &self.nothing }
    }

    /// What is said of the form that ends a grant.
    fn said_of_end(&self, grant: &Id) -> &Again {
        self.said_of(&Which::End(*grant).below())
    }
}

#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/accounts/{user}")]
async fn account_page(
    state: State,
    visitor: Visitor<ReadAccounts>,
    user: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let user = id(&user)?;
    let mut page = state.read(move |conn, at| fill(conn, &visitor, &visitor.shell, user, at)).await?;
    page.notice = match asked.done.as_str() {
        "created" => Some(page.t.done_created),
        "changed" => Some(page.t.done_changed),
        "password" => Some(page.t.done_password),
        "granted" => Some(page.t.done_granted),
        "revoked" => Some(page.t.done_revoked),
        _ => None,
    };
    page::show(&page)
}

/// Addresses of the forms are no pages of their own.
#[get("/accounts/{user}/{form:.*}")]
async fn back_to_account(_: Visitor<ReadAccounts>, path: Path<(String, String)>) -> AppResult<HttpResponse> {
    Ok(page::go_to(&format!("/accounts/{}", id(&path.0)?)))
}

/// The page of an account.
///
/// # Errors
/// As `users::get`.
pub fn fill(conn: &mut Connection, permit: &Permit<ReadAccounts>, shell: &Shell, user: Id, at: &Moment) -> AppResult<AccountPage> {
    let (shell, language) = (shell.clone(), shell.language);
    let t = PageWords::of(language);
    let found = users::get(conn, permit, user)?;
    let account = UserView::new(found.user, found.grants);
    let writer = permit.actor().permit::<WriteAccounts>().ok();
    let own = permit.actor().user_id == user;
    let (grants, ended) = grant_rows(conn, permit, writer.as_ref().filter(|_| !own), user, language)?;
    let may_grant = writer.as_ref().is_some_and(|writer| grants::grantee(conn, writer, user).is_ok());
    let places = match writer.as_ref().filter(|_| may_grant) {
        Some(writer) => places_within(conn, writer, language, at)?,
        None => Vec::new(),
    };
    Ok(AccountPage {
        facts: facts(&account, t, language),
        may_change: writer.as_ref().is_some_and(|writer| users::changeable(conn, writer, user).is_ok()),
        roles: role_choices(&shell),
        typed: Typed {
            display_name: account.display_name.clone(),
            email: account.email.clone().unwrap_or_default(),
            disabled: if account.disabled { "on".to_owned() } else { String::new() },
            key: csrf::random(),
            version: account.version.to_string(),
            ..Typed::default()
        },
        said: Again::default(),
        which: Which::Change,
        nothing: Again::default(),
        may_wait: false,
        notice: None,
        a: AccountWords::of(language),
        l: ListWords::of(language),
        shell,
        t,
        account,
        grants,
        ended,
        own,
        may_grant,
        places,
    })
}

fn facts(account: &UserView, t: &'static PageWords, language: Language) -> Vec<(&'static str, String)> {
    let l = ListWords::of(language);
    let mut facts = vec![(l.username, account.username.clone()), (t.created_on, time(account.recorded_at, language))];
    facts.extend(account.email.clone().map(|email| (AccountWords::of(language).email, email)));
    facts.push((t.password_on, time(account.password_changed_at, language)));
    facts.extend(account.disabled_at.map(|at| (t.disabled_on, time(at, language))));
    facts
}

/// The grants in force, and those that have ended.
fn grant_rows(
    conn: &mut Connection,
    permit: &Permit<ReadAccounts>,
    writer: Option<&Permit<WriteAccounts>>,
    user: Id,
    language: Language,
) -> AppResult<(Vec<GrantRow>, Vec<GrantRow>)> {
    let all = grants::list(conn, permit, user, &GrantQuery { revoked: Some(true) })?;
    let (mut present, mut ended) = (Vec::new(), Vec::new());
    for grant in all.into_iter().map(GrantView::from) {
        let may_end = writer.is_some_and(|writer| grants::revocable(conn, writer, user, grant.id).is_ok());
        let words = grant_words(&grant, language);
        let begun = time(grant.recorded_at, language);
        match grant.revoked_at {
            None => present.push(GrantRow { id: grant.id, words, when: begun, may_end }),
            Some(at) => ended.push(GrantRow { id: grant.id, words, when: format!("{begun} – {}", time(at, language)), may_end }),
        }
    }
    Ok((present, ended))
}
