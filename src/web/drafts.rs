//! `/drafts`: tasks that were written or imported and not given to anybody yet, issued one by one
//! or all at once.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::bulk::Outcome;
use super::forms::Form;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::decisions::DecisionDraft;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::{Decision, Lifecycle, TaskAction};
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::{decisions, tasks};
use crate::state::Connection;
use crate::view::tasks::TaskView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(drafts_page).service(issue);
}

words! {
    /// Words of the page.
    DraftWords {
        title = "Dự thảo chờ giao", "Drafts to issue";
        lead = "Nhiệm vụ được tính từ khi giao. Dự thảo không xuất hiện ở bảng nào.", "A task counts from when it is issued. Drafts are counted nowhere.";
        count = "dự thảo", "drafts";
        shown = "Hiện một phần; giao xong sẽ hiện tiếp.", "Some are shown; the next come once these are issued.";
        none = "Không có dự thảo nào.", "There are no drafts.";
        choose = "Chọn", "Choose";
        secret = "Nhiệm vụ mật", "Secret task";
        task = "Nhiệm vụ", "Task";
        unit = "Cơ quan chủ trì", "Lead unit";
        monitor = "Cơ quan theo dõi", "Monitoring unit";
        deadline = "Thời hạn", "Deadline";
        no_deadline = "Không có hạn", "No deadline";
        unread = "chưa đọc được thành ngày", "could not be read as a date";
        chosen = "Giao nhiệm vụ đã chọn", "Issue those chosen";
        all = "Giao tất cả trên trang này", "Issue all on this page";
        nothing = "Chưa chọn dự thảo nào.", "No draft was chosen.";
        issued = "Đã giao", "Issued";
        refused = "Chưa giao được", "Not issued";
        resumed = "Phiên làm việc đã hết trước khi gửi. Chưa có nhiệm vụ nào được giao; hãy chọn lại.", "Your session had ended. Nothing was issued; please choose again.";
    }
}

/// Most drafts on one page.
const MOST: i64 = 200;

struct Row {
    id: Id,
    title: String,
    unit: String,
    monitor: String,
    deadline: String,
    unread: bool,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "drafts.html")]
struct DraftsPage {
    shell: Shell,
    t: &'static DraftWords,
    notice: Option<&'static str>,
    done_heading: &'static str,
    done: Vec<Outcome>,
    refused: Vec<Outcome>,
    count: i64,
    rows: Vec<Row>,
}

#[get("/drafts")]
async fn drafts_page(state: State, visitor: Visitor<WriteWork>) -> AppResult<HttpResponse> {
    page::show(&read(&state, visitor, Vec::new()).await?)
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    /// Ids of the drafts that were chosen.
    item: Vec<String>,
    /// Ids of all that were shown.
    shown: Vec<String>,
    /// Anything, if all are meant.
    all: String,
}

#[post("/drafts")]
async fn issue(state: State, visitor: Visitor<WriteWork>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (t, language) = (DraftWords::of(visitor.shell.language), visitor.shell.language);
    let chosen = if form.content.all.is_empty() { form.content.item } else { form.content.shown };
    let mut tried = Vec::new();
    if !form.resumed {
        for id in chosen.iter().filter_map(|id| id.parse::<Id>().ok()) {
            tried.extend(
                one(&state, visitor.clone(), id, &chosen)
                    .await?
                    .map(|(title, done)| Outcome::of(title, format!("/tasks/{id}"), &done, language)),
            );
        }
    }
    let kept = if form.resumed { chosen.clone() } else { Vec::new() };
    let mut page = read(&state, visitor, kept).await?;
    page.notice = if form.resumed { Some(t.resumed) } else { Some(t.nothing).filter(|_| chosen.is_empty()) };
    (page.refused, page.done) = tried.into_iter().partition(|outcome| outcome.refused.is_some());
    let status = if page.refused.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    page::show_as(status, &page)
}

/// Issues one draft, in a transaction of its own. None for what is no task, and for the part that was
/// issued just now with its whole, which was chosen too.
///
/// # Errors
/// What is no answer to this draft: the database is away.
async fn one(state: &State, visitor: Visitor<WriteWork>, id: Id, chosen: &[String]) -> AppResult<Option<(String, AppResult<()>)>> {
    let secret = DraftWords::of(visitor.shell.language).secret;
    let reader = visitor.clone();
    let named = state.read(move |conn, at| tasks::get(conn, &reader.actor().permit::<ReadWork>()?, id, at)).await;
    let shown = match named {
        Err(error) if matches!(error.code.status, 403 | 404) => return Ok(None),
        other => other?,
    };
    let with_whole = shown.record.task.parent_id.is_some_and(|whole| chosen.contains(&whole.to_string()));
    if with_whole && shown.record.state.lifecycle != Lifecycle::Draft {
        return Ok(None);
    }
    let title = TaskView::new(shown.record, shown.judgements, shown.parts, shown.actions).title.unwrap_or_else(|| secret.to_owned());
    let work = state.write(move |conn, at| {
        let target = decisions::target(conn, &visitor, id, at)?;
        let draft = DecisionDraft { decision: Decision::Issue, reason: None, legal_basis: None };
        decisions::decide(conn, &visitor, target, &draft, at).map(drop)
    });
    match work.await {
        Err(error) if error.code.status >= 500 => Err(error),
        tried => Ok(Some((title, tried))),
    }
}

async fn read(state: &State, visitor: Visitor<WriteWork>, chosen: Vec<String>) -> AppResult<DraftsPage> {
    state.read(move |conn, at| fill(conn, &visitor, &chosen, at)).await
}

fn fill(conn: &mut Connection, visitor: &Visitor<WriteWork>, chosen: &[String], at: &Moment) -> AppResult<DraftsPage> {
    let (shell, t) = (visitor.shell.clone(), DraftWords::of(visitor.shell.language));
    let reader = visitor.actor().permit::<ReadWork>()?;
    let query = TaskQuery { lifecycle: vec![Lifecycle::Draft], limit: Some(MOST), ..TaskQuery::default() };
    let count = tasks::tally(conn, &reader, query.clone(), at)?.shown;
    let page = tasks::list(conn, &reader, query, at)?;
    let views = page.items.into_iter().map(|s| TaskView::new(s.record, s.judgements, s.parts, s.actions));
    let rows = views.filter(|task| task.allowed_actions.contains(&TaskAction::Issue)).map(|task| row(task, t, chosen)).collect();
    Ok(DraftsPage { shell, t, notice: None, done_heading: t.issued, done: Vec::new(), refused: Vec::new(), count, rows })
}

fn row(task: TaskView, t: &'static DraftWords, chosen: &[String]) -> Row {
    Row {
        chosen: chosen.contains(&task.id.to_string()),
        id: task.id,
        title: task.title.unwrap_or_else(|| t.secret.to_owned()),
        unit: task.lead_unit.name,
        monitor: task.monitoring_unit.map(|unit| unit.name).unwrap_or_default(),
        unread: task
            .deadline
            .as_ref()
            .is_some_and(|d| d.end.is_none() && d.start.is_none() && d.recurrence.is_none() && d.milestones.is_empty()),
        deadline: task.deadline.map_or_else(|| t.no_deadline.to_owned(), |deadline| deadline.text),
    }
}
