//! `/dissemination-events/new`: the office logs a conference.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::choices::{Choice, Group, choice, names, programmes, resolutions, units_within};
use super::dissemination::DisseminationWords;
use super::event_page::EventWords;
use super::forms::{Again, Form, Query, count, draft, filled, is_about_content};
use super::labels::Label;
use super::once::{Sent, once};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::dissemination_events::{DisseminationEventDraft, EventFormat, EventKind, EventLevel, EventState};
use crate::domain::{Language, Moment};
use crate::error::AppResult;
use crate::service::access::WriteWork;
use crate::service::dissemination_events;
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_event_page).service(create_event);
}

words! {
    /// Words of the form.
    FormWords {
        title = "Ghi nhận hội nghị", "Log a conference";
        name = "Tên hội nghị", "Title";
        about = "Về nghị quyết", "About the resolution";
        choose = "Chọn", "Choose";
        none = "Không có", "None";
        held_on = "Ngày tổ chức (như 25/12/2020, hoặc tháng 12/2020)", "Day (such as 25/12/2020, or tháng 12/2020)";
        duration = "Thời lượng (như 1 ngày, buổi chiều)", "Duration, in words";
        site_count = "Số điểm cầu", "Connection points";
        attendance = "Số người dự, như báo cáo ghi (hơn 16.000)", "Attendance, as reported (hơn 16.000)";
        audiences = "Đối tượng (mỗi dòng một nhóm)", "Audiences (one a line)";
        combined_hint = "Nếu kế hoạch quy định không lồng ghép với hội nghị Ban Chấp hành, hệ thống sẽ lưu ý, không từ chối.", "Where the plan forbids combining it with a meeting of an Executive Committee, this is told and not refused.";
        presenters = "Báo cáo viên: chức danh, không ghi tên (mỗi dòng một chức danh)", "Presenters: posts, no names (one a line)";
        is_first = "Lần đầu tổ chức theo hình thức này", "First time in this format";
        state = "Tình trạng", "State";
        essays_expected = "Số bài thu hoạch phải nộp", "Essays expected";
        essays_deadline = "Hạn nộp bài thu hoạch, nguyên văn", "Essays due, in its own words";
        handwritten = "Bài thu hoạch viết tay", "Essays by hand";
        optional = "không bắt buộc", "optional";
        submit = "Ghi nhận", "Log it";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Typed {
    title: String,
    resolution: String,
    plan: String,
    kind: String,
    level: String,
    host: String,
    state: String,
    held_on: String,
    duration: String,
    formats: Vec<String>,
    is_first: String,
    site_count: String,
    attendance: String,
    audiences: String,
    presenters: String,
    combined_with: String,
    essays_expected: String,
    essays_deadline: String,
    handwritten: String,
    reason: String,
    /// Hidden: makes sending it twice harmless.
    key: String,
}

#[derive(Template)]
#[template(path = "new_event.html")]
struct NewEventPage {
    shell: Shell,
    t: &'static FormWords,
    d: &'static DisseminationWords,
    e: &'static EventWords,
    typed: Typed,
    said: Again,
    offered: Offered,
}

/// What there is to choose from.
struct Offered {
    resolutions: Vec<Choice>,
    plans: Vec<Choice>,
    kinds: Vec<Choice>,
    levels: Vec<Choice>,
    states: Vec<Choice>,
    formats: Vec<Choice>,
    units: Vec<Group>,
}

impl Offered {
    fn of(conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, language: Language, at: &Moment) -> AppResult<Self> {
        let reader = visitor.actor().permit()?;
        let format = |format: &EventFormat| Choice {
            chosen: typed.formats.iter().any(|name| name == format.as_str()),
            ..choice(format.as_str(), format.label(language), None)
        };
        Ok(Self {
            resolutions: resolutions(conn, &reader, Some(&typed.resolution))?,
            plans: programmes(conn, &reader, Some(&typed.plan))?,
            kinds: names(EventKind::ALL, EventKind::as_str, Some(&typed.kind), language),
            levels: names(EventLevel::ALL, EventLevel::as_str, Some(&typed.level), language),
            states: names(EventState::ALL, EventState::as_str, Some(&typed.state), language),
            formats: EventFormat::ALL.iter().map(format).collect(),
            units: units_within(conn, visitor, language, at)?,
        })
    }
}

/// What a link to the form may say.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    resolution: Option<String>,
}

#[get("/dissemination-events/new")]
async fn new_event_page(state: State, visitor: Visitor<WriteWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let typed = Typed {
        resolution: asked.resolution.unwrap_or_default(),
        kind: EventKind::Study.to_string(),
        level: EventLevel::Province.to_string(),
        state: EventState::Held.to_string(),
        ..Typed::default()
    };
    show(&state, visitor, typed, Again::default()).await
}

#[post("/dissemination-events")]
async fn create_event(state: State, visitor: Visitor<WriteWork>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (typed, language) = (form.content, visitor.shell.language);
    if form.resumed {
        return show(&state, visitor, typed, Again::resumed(FormWords::of(language).resumed)).await;
    }
    let (sent, kept) = (Sent::of("POST /dissemination-events".to_owned(), typed.key.clone(), &typed)?, typed.clone());
    let taken = once(&state, visitor.clone(), sent, move |conn, visitor, at| {
        let said: DisseminationEventDraft = draft(body(&kept))?;
        let made = dissemination_events::create(conn, visitor, &said, at)?;
        Ok(format!("/dissemination-events/{}?done=created#content", made.event.id))
    });
    match taken.await {
        Err(error) if is_about_content(&error) => show(&state, visitor, typed, Again::refused(&error, language)).await,
        answer => answer,
    }
}

/// The form as the body of the same request to the API.
fn body(typed: &Typed) -> Value {
    let texts = [
        ("title", &typed.title),
        ("resolution", &typed.resolution),
        ("plan", &typed.plan),
        ("kind", &typed.kind),
        ("level", &typed.level),
        ("host", &typed.host),
        ("state", &typed.state),
        ("held_on", &typed.held_on),
        ("duration", &typed.duration),
        ("attendance", &typed.attendance),
        ("combined_with", &typed.combined_with),
        ("reason", &typed.reason),
    ];
    let mut body: Map<String, Value> = texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), filled(text)?.into()))).collect();
    let lines = |text: &str, key: &str| text.lines().filter_map(filled).map(|line| json!({ key: line })).collect::<Vec<_>>();
    body.insert("formats".to_owned(), typed.formats.clone().into());
    body.insert("is_first".to_owned(), (typed.is_first == "true").into());
    body.insert("audiences".to_owned(), lines(&typed.audiences, "words").into());
    body.insert("presenters".to_owned(), lines(&typed.presenters, "post_text").into());
    body.extend(count(&typed.site_count).map(|count| ("site_count".to_owned(), count)));
    let essays = essays(typed);
    if !essays.is_empty() {
        body.insert("essays".to_owned(), essays.into());
    }
    body.into()
}

fn essays(typed: &Typed) -> Map<String, Value> {
    let handwritten = (typed.handwritten == "true").then_some(Value::Bool(true));
    let deadline = filled(&typed.essays_deadline).map(|text| json!({ "text": text }));
    let said = [("handwritten", handwritten), ("expected", count(&typed.essays_expected)), ("deadline", deadline)];
    said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

async fn show(state: &State, visitor: Visitor<WriteWork>, mut typed: Typed, said: Again) -> AppResult<HttpResponse> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    typed.key = said.key(&typed.key);
    let kept = typed.clone();
    let offered = state.read(move |conn, at| Offered::of(conn, &visitor, &kept, language, at)).await?;
    let (t, d, e) = (FormWords::of(language), DisseminationWords::of(language), EventWords::of(language));
    page::show_as(said.status(), &NewEventPage { shell, t, d, e, typed, said, offered })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_is_not_said() {
        let empty = body(&Typed::default());
        assert_eq!(empty, json!({"formats": [], "is_first": false, "audiences": [], "presenters": []}));
        let typed = Typed { site_count: "1.336".into(), audiences: "một\n\nhai".into(), handwritten: "true".into(), ..Typed::default() };
        let said = body(&typed);
        assert_eq!((&said["site_count"], &said["audiences"][1]["words"]), (&json!(1336), &json!("hai")));
        assert_eq!(said["essays"], json!({"handwritten": true}));
    }
}
