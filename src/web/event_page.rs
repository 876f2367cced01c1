//! `/dissemination-events/{event}`: one conference, and the form that counts its essays.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;

use super::choices::{Group, units_within};
use super::csrf;
use super::dissemination::{DisseminationWords, grouped, view};
use super::essays_form::{EssayWords, Typed};
use super::forms::{self, Again};
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork, WriteWork};
use crate::service::dissemination_events;
use crate::state::Connection;
use crate::view::dissemination_events::DisseminationEventView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(event_page);
}

words! {
    /// Words of this page.
    EventWords {
        facts = "Thông tin hội nghị", "The conference";
        about = "Về văn bản", "About";
        plan = "Theo kế hoạch", "Under the plan";
        duration = "Thời lượng", "Duration";
        until = "Đến ngày", "Until";
        formats = "Hình thức", "Formats";
        first = "lần đầu tiên", "for the first time";
        combined = "Lồng ghép với", "Combined with";
        reason = "Lý do", "Reason";
        source = "Nguồn", "Source";
        warnings = "Cần lưu ý", "Please note";
        voided = "Đã vô hiệu.", "Void.";
        main_site = "điểm cầu chính", "main one";
        listed = "Điểm cầu đã kê", "Connection points listed";
        presenters = "Báo cáo viên", "Presenters";
        audiences = "Đối tượng", "Audiences";
        essays = "Bài thu hoạch", "Study essays";
        handwritten = "Viết tay", "Handwritten";
        expected = "Phải nộp", "Expected";
        received = "Đã nộp", "Received";
        deadline = "Hạn nộp", "Due";
        by_units = "Đã nộp, theo đơn vị", "Received, by unit";
        unit = "Đơn vị", "Unit";
        yes = "Có", "Yes";
        no = "Không", "No";
        counted = "Đã ghi số bài thu hoạch.", "The essays were counted.";
        take_back = "Bỏ hội nghị ghi nhầm", "Take the conference back";
        taken_back = "Đã bỏ hội nghị này.", "The conference was taken back.";
        created = "Đã ghi nhận hội nghị.", "The conference was logged.";
    }
}

#[derive(Template)]
#[template(path = "event.html")]
pub struct EventPage {
    shell: Shell,
    t: &'static EventWords,
    d: &'static DisseminationWords,
    f: &'static EssayWords,
    event: DisseminationEventView,
    /// Where its document is, and what it is called.
    about: Option<(String, String)>,
    formats: String,
    sites: String,
    notice: Option<&'static str>,
    /// The form, for those who may count.
    form: Option<Typed>,
    said: Again,
    units: Vec<Group>,
}

impl EventPage {
    /// The name and class of its state.
    fn state(&self) -> (&'static str, &'static str) {
        (self.event.state.as_str(), self.event.state.label(self.shell.language))
    }

    fn kind(&self) -> &'static str {
        self.event.kind.label(self.shell.language)
    }

    fn level(&self) -> &'static str {
        self.event.level.label(self.shell.language)
    }

    /// Puts what was typed back, and what is said of it.
    pub fn put_back(&mut self, typed: Typed, said: Again) {
        if let Some(form) = &mut self.form {
            let (key, version) = (said.key(&typed.key), form.version.clone());
            *form = Typed { key, version, ..typed };
        }
        self.said = said;
    }
}

/// What the page is told when a form led here.
#[derive(Debug, Default, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    done: Option<String>,
}

#[get("/dissemination-events/{event}")]
async fn event_page(
    state: State,
    visitor: Visitor<ReadWork>,
    event: Path<String>,
    forms::Query(asked): forms::Query<Asked>,
) -> AppResult<HttpResponse> {
    let id = forms::id(&event)?;
    let mut page = state.read(move |conn, at| fill(conn, &visitor, &visitor.shell, id, at)).await?;
    page.notice = match asked.done.as_deref() {
        Some("created") => Some(page.t.created),
        Some("counted") => Some(page.t.counted),
        Some("voided") => Some(page.t.taken_back),
        _ => None,
    };
    page::show(&page)
}

/// The page as it is opened.
///
/// # Errors
/// 403, 404; the database's.
pub fn fill(conn: &mut Connection, permit: &Permit<ReadWork>, shell: &Shell, id: Id, at: &Moment) -> AppResult<EventPage> {
    let language = shell.language;
    let event = view(dissemination_events::get(conn, permit, id)?, language);
    let writer = permit.actor().permit::<WriteWork>().ok().filter(|_| !event.allowed_actions.is_empty());
    let units = writer.as_ref().map(|writer| units_within(conn, writer, language, at)).transpose()?.unwrap_or_default();
    let form = writer.map(|_| Typed { key: csrf::random(), version: event.version.to_string(), ..Typed::default() });
    let of_resolution = event.resolution.as_ref().map(|r| (format!("/resolutions/{}/dissemination", r.id), r.title.clone()));
    let of_programme = event.programme.as_ref().map(|p| (format!("/programmes/{}", p.id), p.title.clone()));
    let t = EventWords::of(language);
    Ok(EventPage {
        shell: shell.clone(),
        t,
        d: DisseminationWords::of(language),
        f: EssayWords::of(language),
        about: of_resolution.or(of_programme),
        formats: formats(&event, t, language),
        sites: event.site_count.map(|count| grouped(i64::from(count), language)).unwrap_or_default(),
        event,
        notice: None,
        form,
        said: Again::default(),
        units,
    })
}

fn formats(event: &DisseminationEventView, t: &EventWords, language: Language) -> String {
    let names: Vec<&str> = event.formats.iter().map(|format| format.label(language)).collect();
    let names = names.join(", ");
    if event.is_first && !names.is_empty() { format!("{names} ({})", t.first) } else { names }
}
