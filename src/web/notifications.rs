//! `/notifications`: where one's mail goes, and what one wants.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;
use serde_json::{Value, json};

use super::forms::{Faults, Form, draft, filled, is_about_content};
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{Anyone, State};
use crate::domain::notifications::letters;
use crate::domain::notifications::{NotificationDraft, NotificationKind};
use crate::error::AppResult;
use crate::service::notifications;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(notifications_page).service(change_notifications);
}

words! {
    /// Words of what one wants by mail.
    NotificationWords {
        title = "Thư nhắc việc", "E-mail";
        lead = "Hệ thống gửi thư về công việc của bạn đến địa chỉ này. Để trống thì không gửi.", "Mail about your work goes to this address. Leave it empty to have none.";
        off = "Hệ thống này chưa được cài đặt máy chủ thư nên chưa gửi thư nào. Lựa chọn của bạn vẫn được lưu.", "No mail server is configured here, so nothing is sent yet. Your choices are kept.";
        email = "Địa chỉ thư điện tử", "E-mail address";
        kinds = "Loại thư muốn nhận", "What to send";
        submit = "Lưu", "Save";
        done = "Đã lưu.", "Saved.";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
    }
}

impl Label for NotificationKind {
    fn both(self) -> (&'static str, &'static str) {
        let en = match self {
            Self::DueSoon => "Work that is due in a week, and tomorrow",
            Self::DueToday => "Work that is due today",
            Self::Overdue => "Overdue work, week by week",
            Self::UnitDigest => "How my units stand, every Monday",
            Self::LeaderDigest => "How the province stands, every month (for leaders)",
            Self::ReportReturned => "A report of mine was returned",
            Self::Instruction => "An instruction to my unit",
        };
        (letters::name(self), en)
    }
}

/// A kind, and whether it is wanted.
struct Choice {
    name: &'static str,
    label: &'static str,
    wanted: bool,
}

#[derive(Template)]
#[template(path = "notifications.html")]
struct NotificationsPage {
    shell: Shell,
    t: &'static NotificationWords,
    email: String,
    choices: Vec<Choice>,
    faults: Faults,
    notice: Option<&'static str>,
    off: bool,
}

#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
struct Typed {
    email: String,
    kind: Vec<NotificationKind>,
}

#[get("/notifications")]
async fn notifications_page(state: State, anyone: Anyone) -> AppResult<HttpResponse> {
    let actor = anyone.visitor.actor;
    let said = state.read(move |conn, _| notifications::choices(conn, &actor)).await?;
    page::show(&filled_page(&state, anyone.shell, typed(&said)))
}

#[post("/notifications")]
async fn change_notifications(state: State, anyone: Anyone, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (shell, actor) = (anyone.shell, anyone.visitor.actor);
    let t = NotificationWords::of(shell.language);
    if form.resumed {
        return page::show(&NotificationsPage { notice: Some(t.resumed), ..filled_page(&state, shell, form.content) });
    }
    let said = read(&form.content);
    let kept = match said {
        Ok(said) => state.write(move |conn, at| notifications::choose(conn, &actor, &said, at)).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(said) => page::show(&NotificationsPage { notice: Some(t.done), ..filled_page(&state, shell, typed(&said)) }),
        Err(error) if is_about_content(&error) => {
            let faults = Faults::of(&error, shell.language);
            page::show_as(StatusCode::UNPROCESSABLE_ENTITY, &NotificationsPage { faults, ..filled_page(&state, shell, form.content) })
        }
        Err(error) => Err(error),
    }
}

/// What was typed, as the API would be told it.
fn read(typed: &Typed) -> AppResult<NotificationDraft> {
    let choice = |kind: &NotificationKind| json!({"kind": kind, "wanted": typed.kind.contains(kind)});
    let kinds: Vec<Value> = NotificationKind::ALL.iter().map(choice).collect();
    draft(json!({"email": filled(&typed.email), "kinds": kinds}))
}

/// What is said, as it would be typed.
fn typed(said: &NotificationDraft) -> Typed {
    let kind = NotificationKind::ALL.iter().copied().filter(|kind| said.wants(*kind)).collect();
    Typed { email: said.email.clone().unwrap_or_default(), kind }
}

fn filled_page(state: &State, shell: Shell, typed: Typed) -> NotificationsPage {
    let choice =
        |kind: &NotificationKind| Choice { name: kind.as_str(), label: kind.label(shell.language), wanted: typed.kind.contains(kind) };
    let choices = NotificationKind::ALL.iter().map(choice).collect();
    let (t, off) = (NotificationWords::of(shell.language), state.settings().mail.is_none());
    NotificationsPage { shell, t, email: typed.email, choices, faults: Faults::default(), notice: None, off }
}
