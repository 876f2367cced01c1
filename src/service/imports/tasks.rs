//! Files of tasks: found again by what their source calls them.

use std::collections::{HashMap, HashSet};

use super::Progress;
use super::report::tell;
use super::scope::{self, Scope};
use crate::db::Connection;
use crate::domain::deadline::DeadlineKind;
use crate::domain::decisions::DecisionDraft;
use crate::domain::external_refs::{ExternalRef, RefKind};
use crate::domain::imports::annex::{self, Annex, WholeLead};
use crate::domain::imports::header::Column;
use crate::domain::imports::problems::{self, ImportRule, Problem};
use crate::domain::imports::task_lines::{TaskLine, Whole};
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, RowOutcome, RowReport, Workbook};
use crate::domain::merge_patch;
use crate::domain::task_drafts::TaskDraft;
use crate::domain::tasks::{Decision, Lifecycle};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, body, codes, rules};
use crate::service::access::{Actor, Permit, WriteWork};
use crate::service::lookup::{self, Expected};
use crate::service::shown_tasks::{ShownTask, show_one};
use crate::service::{decisions, external_refs, journal, task_drafts};
use crate::store;
use crate::store::areas::Area;

/// Carries out a file of tasks.
///
/// # Errors
/// `forbidden`; 400 for an option that names nothing; the database's.
pub fn carry_out(
    conn: &mut Connection,
    actor: &Actor,
    workbook: &Workbook,
    options: &ImportOptions,
    source: &str,
    (at, progress): (&Moment, Progress<'_>),
) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteWork>()?;
    let scope = Scope::load(conn, &permit, options)?;
    let root = scope.one_root()?.clone();
    let whole_lead = whole_lead(conn, &permit, options)?;
    let options = &ImportOptions { monitoring_unit: whole_lead.otherwise.map(Reference::Id), ..options.clone() };
    let (sheet, told) = scope::sheet(workbook, ImportKind::Tasks, options)?;
    let groups = scope.groups(conn, &root)?;
    let given_on = options.assigned_on.filter(|day| *day < at.today());
    let mut annex = annex::read(sheet, &scope.unit_index(at).with_groups(groups), whole_lead, given_on);
    name_strangers(conn, &root, &mut annex.lines)?;
    let mut report = ImportReport::new(ImportKind::Tasks, &sheet.name);
    report.source = Some(source.to_owned());
    report.root_path = Some(root.path.clone());
    report.row_count = annex.rows;
    report.problems = [told, annex.problems.clone()].concat();
    let mixed = annex.lines.iter().any(|line| line.id.is_some());
    let work = Work { permit: &permit, options, source, root: &root, annex: &annex, mixed, at };
    work.carry_out(conn, &mut report, progress)?;
    Ok(report)
}

/// The options name units, documents and a field that are there.
fn whole_lead(conn: &mut Connection, permit: &Permit<WriteWork>, options: &ImportOptions) -> AppResult<WholeLead> {
    let mut unit =
        |name: &str, reference: &Option<Reference>| reference.as_ref().map(|r| lookup::unit_parameter(conn, permit, name, r)).transpose();
    let chosen = unit("whole_lead", &options.whole_lead)?;
    let otherwise = unit("monitoring_unit", &options.monitoring_unit)?;
    let there = |found: Option<()>, name: &str, id: Option<Id>| match (found, id) {
        (None, Some(id)) => lookup::parameter(name, id, Err(AppError::new(codes::NOT_FOUND))),
        _ => Ok(()),
    };
    let resolution = options.resolution.map(|id| store::resolutions::find(conn, id)).transpose()?.flatten();
    there(resolution.map(drop), "resolution", options.resolution)?;
    let programme = options.programme.map(|id| store::programmes::find(conn, id)).transpose()?.flatten();
    there(programme.map(drop), "programme", options.programme)?;
    let field = options.field.map(|id| store::fields::find(conn, id)).transpose()?.flatten();
    there(field.map(drop), "field", options.field)?;
    Ok(WholeLead { chosen: chosen.map(|u| u.id), otherwise: otherwise.map(|u| u.id) })
}

/// An id that no task of the province has is a name like any other: the file was exported from another
/// database.
fn name_strangers(conn: &mut Connection, root: &Area, lines: &mut [TaskLine]) -> AppResult<()> {
    let whole = |line: &TaskLine| if let Some(Whole::Task(id)) = line.whole { Some(id) } else { None };
    let said: Vec<Id> = lines.iter().flat_map(|line| [line.id, whole(line)]).flatten().collect();
    let known: HashSet<Id> = store::tasks::roots_of(conn, &said)?.into_iter().filter(|(_, of)| *of == root.id).map(|(id, _)| id).collect();
    for line in lines {
        line.id = line.id.filter(|id| known.contains(id));
        if let Some(id) = whole(line).filter(|id| !known.contains(id)) {
            line.whole = Some(Whole::Line(id.to_string()));
        }
    }
    Ok(())
}

struct Work<'a> {
    permit: &'a Permit<WriteWork>,
    options: &'a ImportOptions,
    source: &'a str,
    root: &'a Area,
    annex: &'a Annex,
    /// Some rows name tasks by our ids.
    mixed: bool,
    at: &'a Moment,
}

impl Work<'_> {
    fn carry_out(&self, conn: &mut Connection, report: &mut ImportReport, progress: Progress<'_>) -> AppResult<()> {
        let Some(header) = &self.annex.header else { return Ok(()) };
        self.lock_known(conn)?;
        report.first_position = journal::reserve(conn)?.position();
        let mut made: HashMap<&str, Option<Id>> = HashMap::new();
        for (before, line) in wholes_first(&self.annex.lines).into_iter().enumerate() {
            progress(before, self.annex.lines.len());
            let name = line.title.clone().unwrap_or_default();
            let row = RowReport { row: line.row, key: line.key.clone(), name, outcome: RowOutcome::Failed, id: None };
            if line.lead.is_none() {
                // Its problem has been told.
                report.rows.push(row);
                made.insert(&line.key, None);
                continue;
            }
            let done = match self.whole(conn, line, &made)? {
                Ok(whole) => self.line(conn, line, whole, report),
                Err(rule) => {
                    report.problems.push(self.problem(rule, line, Column::Parent));
                    report.rows.push(row);
                    made.insert(&line.key, None);
                    continue;
                }
            };
            let id = tell(report, row, done, header)?;
            made.insert(&line.key, id);
        }
        Ok(())
    }

    /// Takes the tasks that will change before the place in the journal, as everybody else does.
    fn lock_known(&self, conn: &mut Connection) -> AppResult<()> {
        let mut known = Vec::new();
        for line in &self.annex.lines {
            known.extend(match line.id {
                Some(id) => Some(id),
                None => self.named(conn, &line.key)?,
            });
        }
        known.sort_unstable();
        known.into_iter().try_for_each(|id| Ok(store::tasks::lock(conn, id)?))
    }

    /// The whole a line is a part of, or by which rule there is none.
    fn whole(
        &self,
        conn: &mut Connection,
        line: &TaskLine,
        made: &HashMap<&str, Option<Id>>,
    ) -> AppResult<Result<Option<Id>, &'static ImportRule>> {
        let Some(whole) = &line.whole else { return Ok(Ok(None)) };
        Ok(match whole {
            Whole::Task(id) => Ok(Some(*id)),
            Whole::Line(key) => match made.get(key.as_str()) {
                Some(Some(id)) => Ok(Some(*id)),
                Some(None) => Err(problems::PARENT_FAILED),
                None => self.named(conn, key)?.map(Some).ok_or(problems::UNKNOWN_TASK),
            },
        })
    }

    fn named(&self, conn: &mut Connection, key: &str) -> AppResult<Option<Id>> {
        external_refs::find(conn, self.root.id, RefKind::Task, &ExternalRef::new(self.source, key))
    }

    fn line(&self, conn: &mut Connection, line: &TaskLine, whole: Option<Id>, report: &mut ImportReport) -> AppResult<(RowOutcome, Id)> {
        let known = match line.id {
            Some(id) => Some(id),
            None => self.named(conn, &line.key)?,
        };
        let (outcome, shown) = match known {
            Some(id) => self.changed(conn, line, id, whole)?,
            None => {
                if self.mixed && line.key.parse::<Id>().is_ok() {
                    report.problems.push(self.problem(problems::NEW_ID, line, Column::Id));
                }
                let draft = TaskDraft { parent: whole, ..line.over(None, self.options, &self.name(line)) };
                (RowOutcome::Created, task_drafts::create(conn, self.permit, &body::validated(draft)?, self.at)?)
            }
        };
        if outcome == RowOutcome::Skipped {
            report.problems.push(self.problem(problems::VOIDED, line, Column::Number));
        }
        // Parts have the words of their whole: they are told once.
        let unread = shown.record.deadline.as_ref().is_some_and(|deadline| deadline.kind == DeadlineKind::Unresolved);
        if unread && whole.is_none() {
            let words = line.deadline.clone().flatten().unwrap_or_default();
            report.problems.push(self.problem(problems::DEADLINE_UNREAD, line, Column::Deadline).valued(&words));
        }
        let issued = self.options.issue && outcome != RowOutcome::Skipped && shown.record.state.lifecycle == Lifecycle::Draft;
        if issued {
            self.issue(conn, shown.record.task.id)?;
        }
        let outcome = if issued && outcome == RowOutcome::Unchanged { RowOutcome::Updated } else { outcome };
        Ok((outcome, shown.record.task.id))
    }

    fn changed(&self, conn: &mut Connection, line: &TaskLine, id: Id, whole: Option<Id>) -> AppResult<(RowOutcome, ShownTask)> {
        let shown = self.visible(conn, id)?;
        if shown.record.task.voided_at.is_some() {
            return Ok((RowOutcome::Skipped, shown));
        }
        let before = task_drafts::draft_of(&shown);
        let after = line.over(Some(&before), self.options, &self.name(line));
        if whole.is_some() && whole != before.parent {
            return Err(AppError::invalid("/parent", rules::FIXED));
        }
        let Some(patch) = merge_patch::between(&before, &after) else { return Ok((RowOutcome::Unchanged, shown)) };
        Ok((RowOutcome::Updated, task_drafts::update(conn, self.permit, id, Expected::Any, &patch, self.at)?))
    }

    /// A task the file names by our id; of another province there is none.
    fn visible(&self, conn: &mut Connection, id: Id) -> AppResult<ShownTask> {
        let unknown =
            || AppError::invalid_fields(vec![crate::error::FieldError::new("/external_refs", rules::UNKNOWN_RECORD).with("found", id)]);
        let shown = show_one(conn, self.permit.actor(), id, self.at).map_err(|e| if e.code.status == 404 { unknown() } else { e })?;
        if shown.record.task.root_id != self.root.id { Err(unknown()) } else { Ok(shown) }
    }

    fn issue(&self, conn: &mut Connection, id: Id) -> AppResult<()> {
        let target = decisions::target(conn, self.permit, id, self.at)?;
        let draft = DecisionDraft { decision: Decision::Issue, reason: None, legal_basis: self.options.assigning_document.clone() };
        decisions::decide(conn, self.permit, target, &draft, self.at).map(drop)
    }

    fn name(&self, line: &TaskLine) -> ExternalRef {
        ExternalRef::new(self.source, &line.key)
    }

    fn problem(&self, rule: &'static ImportRule, line: &TaskLine, column: Column) -> Problem {
        let problem = Problem::new(rule).in_row(line.row).with("found", &line.key);
        let header = self.annex.header.as_ref();
        let at = header.and_then(|header| header.position(column));
        match (header, at) {
            (Some(header), Some(at)) => problem.at(at, header.names.get(at).map(String::as_str).unwrap_or_default(), ""),
            _ => problem,
        }
    }
}

/// The lines, each after the whole it is a part of, if that stands in the file.
fn wholes_first(lines: &[TaskLine]) -> Vec<&TaskLine> {
    let mut waiting: Vec<&TaskLine> = lines.iter().collect();
    let mut ordered = Vec::with_capacity(lines.len());
    loop {
        let open: HashSet<&str> = waiting.iter().map(|line| line.key.as_str()).collect();
        let stands = |line: &&TaskLine| match &line.whole {
            Some(Whole::Line(key)) => !open.contains(key.as_str()),
            Some(Whole::Task(id)) => !open.contains(id.to_string().as_str()),
            None => true,
        };
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(stands);
        let done = ready.is_empty();
        ordered.extend(ready);
        waiting = rest;
        if done {
            // A circle: each says that its whole is unknown.
            ordered.extend(waiting);
            return ordered;
        }
    }
}
