//! `/tasks/{task}/self-verification`: whether reports on a task verify themselves, and what its page says of that.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::choices::{Group, choice};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::session::{State, Visitor};
use crate::domain::self_verifications::SelfVerificationDraft;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork, Verify};
use crate::service::lookup::Expected;
use crate::service::shown_tasks::ShownTask;
use crate::service::{self_verifications, tasks};
use crate::state::Connection;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(form_page).service(decide);
}

words! {
    /// Words of the light path.
    LightWords {
        title = "Cách xác nhận báo cáo", "How reports are verified";
        lead = "Việc ít rủi ro có thể để báo cáo tự được tính là đã xác nhận ngay khi gửi; cơ quan theo dõi vẫn trả lại được.", "Where little is at risk, reports may count as verified when they are logged; the monitoring office can still return them.";
        which = "Báo cáo của nhiệm vụ này", "Reports on this task";
        yes = "tự xác nhận khi gửi", "verify themselves when logged";
        no = "chờ cơ quan theo dõi xác nhận", "wait for the monitoring office";
        submit = "Ghi", "Record";
        change = "Đổi", "Change";
    }
}

/// What the page of a task says of it.
pub struct LightPath {
    /// Words.
    pub t: &'static LightWords,
    /// Whether its reports verify themselves.
    pub allowed: bool,
    /// Why.
    pub reason: Option<String>,
    /// Whether the reader may decide it.
    pub decides: bool,
}

impl LightPath {
    /// How reports on a task are verified, for this reader.
    ///
    /// # Errors
    /// The database's.
    pub fn of(conn: &mut Connection, reader: &Permit<ReadWork>, language: Language, shown: &ShownTask, at: &Moment) -> AppResult<Self> {
        let record = &shown.record;
        let decided = self_verifications::get(conn, reader, record.task.id, at)?.decided;
        let monitor = record.monitoring.as_ref().unwrap_or(record.answering());
        let open = record.task.voided_at.is_none() && record.state.lifecycle != Lifecycle::Cancelled;
        let takes_reports = open && !record.is_parent && record.task.secrecy == Secrecy::None;
        let allowed = decided.as_ref().is_some_and(|decided| decided.allowed);
        Ok(Self {
            t: LightWords::of(language),
            allowed,
            reason: decided.map(|decided| decided.reason).filter(|_| allowed),
            decides: takes_reports
                && reader.actor().permit::<Verify>().is_ok_and(|permit| permit.covers_unit(&monitor.path, &monitor.area_path)),
        })
    }
}

/// Decides it.
#[derive(Clone, Copy)]
struct Deciding(Id);

impl Asks for Deciding {
    type Right = Verify;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let (t, s) = (LightWords::of(visitor.shell.language), SheetWords::of(visitor.shell.language));
        let reader = visitor.actor().permit::<ReadWork>()?;
        let task = tasks::get(conn, &reader, self.0, at)?.record.task;
        let decided = self_verifications::get(conn, &reader, self.0, at)?;
        let allowed = decided.decided.as_ref().is_some_and(|decided| decided.allowed);
        let typed = typed.clone().or("allowed", if allowed { "true" } else { "false" }).or("version", decided.version().to_string());
        let ways = [("false", t.no), ("true", t.yes)].map(|(value, label)| choice(value, label, None));
        Ok(Sheet {
            title: t.title.to_owned(),
            above: (format!("/tasks/{}", self.0), Some(task.title).filter(|_| task.secrecy == Secrecy::None).unwrap_or_default()),
            lead: Some(t.lead.to_owned()),
            action: format!("/tasks/{}/self-verification", self.0),
            fields: vec![
                Field::new(&typed, ("allowed", "/allowed"), t.which, Kind::One(vec![Group { label: "", choices: ways.into() }])),
                Field::new(&typed, ("reason", "/reason"), s.reason, Kind::Lines),
            ],
            hidden: vec![("version", typed.get("version").unwrap_or_default().to_owned())],
            submit: t.submit,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = self_verifications::target(conn, visitor, self.0, Expected::Version(typed.version()), at)?;
        let mut said = typed.texts(&["reason"]);
        said.insert("allowed".to_owned(), (typed.get("allowed") == Some("true")).into());
        let said: SelfVerificationDraft = draft(said.into())?;
        self_verifications::decide(conn, visitor, target, &said, at)?;
        Ok(format!("/tasks/{}?done=light", self.0))
    }
}

#[get("/tasks/{task}/self-verification")]
async fn form_page(state: State, visitor: Visitor<Verify>, task: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Deciding(forms::id(&task)?), asked).await
}

#[post("/tasks/{task}/self-verification")]
async fn decide(state: State, visitor: Visitor<Verify>, task: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Deciding(forms::id(&task)?), form).await
}
