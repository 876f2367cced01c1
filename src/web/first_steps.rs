//! What the overview says before any task counts: what to do first, for those who can do it.

use super::import_form::next_kind;
use super::session::Visitor;
use crate::domain::Moment;
use crate::domain::imports::ImportKind;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::Lifecycle;
use crate::error::AppResult;
use crate::service::access::{ReadDashboards, ReadWork, WriteWork};
use crate::service::tasks;
use crate::state::Connection;

words! {
    /// Words of the first steps.
    FirstStepWords {
        title = "Bắt đầu", "First steps";
        none = "Chưa có nhiệm vụ nào được giao. Khi nhiệm vụ được giao, số liệu hiện ở đây.", "No task has been issued yet. Once one is, the figures stand here.";
        lead = "Chưa có nhiệm vụ nào được giao nên chưa có số liệu. Làm lần lượt:", "No task has been issued yet, so there are no figures. One after the other:";
        areas = "Nhập địa bàn: huyện, xã của tỉnh", "Import the areas: districts and communes of the province";
        units = "Nhập đơn vị: cơ quan Đảng, sở, ban, ngành, Ủy ban nhân dân", "Import the units: Party bodies, departments, People's Committees";
        tasks = "Nhập phụ lục nhiệm vụ", "Import an annex of tasks";
        issue = "Giao các dự thảo", "Issue the drafts";
        accounts = "Cấp tài khoản cho văn phòng, đơn vị báo cáo, lãnh đạo", "Give accounts to the office, reporters and leaders";
        done = "xong", "done";
        now = "bước này", "this one";
    }
}

/// One step.
#[derive(Debug)]
pub struct Step {
    /// What to do.
    pub label: &'static str,
    /// Where.
    pub href: &'static str,
    /// How it stands: whether it is done, and whether it is the next.
    pub done: bool,
    pub next: bool,
}

/// What is to be done first.
#[derive(Debug)]
pub struct FirstSteps {
    pub t: &'static FirstStepWords,
    /// None for those who can only wait.
    pub steps: Vec<Step>,
}

impl FirstSteps {
    /// The steps that this visitor can take, and how far they have come.
    ///
    /// # Errors
    /// The services'.
    pub fn of(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, at: &Moment) -> AppResult<Self> {
        let t = FirstStepWords::of(visitor.shell.language);
        let (Ok(writer), Ok(reader)) = (visitor.actor().permit::<WriteWork>(), visitor.actor().permit::<ReadWork>()) else {
            return Ok(Self { t, steps: Vec::new() });
        };
        let writes_directory = visitor.shell.may("write_directory");
        let drafts = TaskQuery { lifecycle: vec![Lifecycle::Draft], ..TaskQuery::default() };
        let drafts = tasks::tally(conn, &reader, drafts, at)?.shown;
        let at_hand = match (drafts, next_kind(conn, &writer, &visitor.shell)?) {
            (1.., _) => 3,
            (_, ImportKind::Areas) => 0,
            (_, ImportKind::Units) => 1,
            _ => 2,
        };
        let all = [
            (t.areas, "/import?kind=areas", writes_directory),
            (t.units, "/import?kind=units", writes_directory),
            (t.tasks, "/import?kind=tasks", true),
            (t.issue, "/drafts", true),
            (t.accounts, "/accounts", visitor.shell.may("write_accounts")),
        ];
        let step = |(place, (label, href, _))| Step { label, href, done: place < at_hand, next: place == at_hand };
        Ok(Self { t, steps: all.into_iter().enumerate().filter(|(_, (_, _, can))| *can).map(step).collect() })
    }
}
