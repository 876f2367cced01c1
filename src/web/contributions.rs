//! What coordinating units did for a task, on its page, and `/tasks/{task}/contributions`: the form that files it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::choices::{Group, choice};
use super::field_form::{self, Asks, Filled, Opened};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::page::Shell;
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::contributions::{TaskContributionDraft, TaskContributionQuery};
use crate::domain::{Id, Moment, Origin};
use crate::error::AppResult;
use crate::service::access::{Contribute, Permit, ReadWork};
use crate::service::contributions::{self, ShownContribution};
use crate::service::shown_tasks::ShownTask;
use crate::service::tasks;
use crate::state::Connection;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(contribution_page).service(file);
}

words! {
    /// Words of contributions.
    ContributionWords {
        title = "Kết quả phối hợp", "Contributions";
        file = "Ghi kết quả phối hợp", "File a contribution";
        lead = "Không làm thay đổi tiến độ của nhiệm vụ và không sửa được; ghi mục mới để đính chính.", "It moves nothing of the task and is not changed later; file another to correct it.";
        unit = "Cơ quan phối hợp", "Coordinating unit";
        result = "Kết quả đã thực hiện", "What was done";
        measured = "Ngày số liệu", "As of";
        on_behalf = "ghi thay đơn vị", "written for the unit";
        save = "Ghi", "File";
        illustrative = "Số liệu minh họa", "Illustrative";
    }
}

/// Most contributions on the page of a task.
const MOST: i64 = 50;

/// A contribution on the page of its task.
pub struct ContributionRow {
    /// The unit.
    pub unit: String,
    /// The day it speaks of, by whom and when it was filed.
    pub about: String,
    /// What was done.
    pub result: String,
    /// Whether it is illustrative.
    pub illustrative: bool,
}

/// The contributions to a task.
///
/// # Errors
/// As `tasks::get`.
pub fn of(conn: &mut Connection, reader: &Permit<ReadWork>, shell: &Shell, task: Id, at: &Moment) -> AppResult<Vec<ContributionRow>> {
    let query = TaskContributionQuery { limit: Some(MOST), ..TaskContributionQuery::default() };
    Ok(contributions::list(conn, reader, task, query, at)?.items.into_iter().map(|shown| row(shown, shell)).collect())
}

fn row(ShownContribution { contribution, unit, author }: ShownContribution, shell: &Shell) -> ContributionRow {
    let t = ContributionWords::of(shell.language);
    let about = [
        Some(format!("{} {}", t.measured, shell.day(&contribution.measured_on))),
        contribution.on_behalf.then(|| t.on_behalf.to_owned()),
        author,
        Some(time(contribution.recorded_at.and_utc(), shell.language)),
    ];
    ContributionRow {
        unit: unit.name,
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        result: contribution.result,
        illustrative: contribution.origin == Origin::Demo,
    }
}

/// Whether the reader may file for a unit that helps with the task.
pub fn may(reader: &Permit<ReadWork>, shown: &ShownTask) -> bool {
    let permit = reader.actor().permit::<Contribute>();
    contributions::is_open(shown) && permit.is_ok_and(|permit| !contributions::speakable(&permit, shown).is_empty())
}

/// A unit files what it did for this task.
#[derive(Clone, Copy)]
struct Filing(Id);

impl Asks for Filing {
    type Right = Contribute;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Contribute>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let t = ContributionWords::of(visitor.shell.language);
        let shown = tasks::get(conn, &visitor.actor().permit::<ReadWork>()?, self.0, at)?;
        let units = contributions::speakable(visitor, &shown);
        let only = units.first().filter(|_| units.len() == 1).map(|unit| unit.code.clone());
        let typed = typed.clone().or("measured_on", at.today().to_string()).or("unit", only.unwrap_or_default());
        let choices: Vec<_> = units.iter().map(|unit| choice(&unit.code, &unit.name, None)).collect();
        let groups = Vec::from_iter((!choices.is_empty()).then_some(Group { label: "", choices }));
        let fields = vec![
            Field::new(&typed, ("unit", "/unit"), t.unit, Kind::One(groups)),
            Field::new(&typed, ("result", "/result"), t.result, Kind::Lines),
            Field::new(&typed, ("measured_on", "/measured_on"), t.measured, Kind::Day),
        ];
        Ok(Sheet {
            title: t.file.to_owned(),
            above: (format!("/tasks/{}", self.0), shown.record.task.title.clone()),
            lead: Some(t.lead.to_owned()),
            action: format!("/tasks/{}/contributions", self.0),
            fields,
            hidden: Vec::new(),
            submit: t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Contribute>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = contributions::target(conn, visitor, self.0, at)?;
        let said: TaskContributionDraft = draft(typed.texts(&["unit", "result", "measured_on"]).into())?;
        contributions::file(conn, visitor, target, &said, at)?;
        Ok(format!("/tasks/{}?done=contribution#contributions", self.0))
    }
}

#[get("/tasks/{task}/contributions")]
async fn contribution_page(state: State, visitor: Visitor<Contribute>, task: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Filing(forms::id(&task)?), asked).await
}

#[post("/tasks/{task}/contributions")]
async fn file(state: State, visitor: Visitor<Contribute>, task: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Filing(forms::id(&task)?), form).await
}
