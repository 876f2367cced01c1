//! One task as a file says it, laid over what is known of it.

use chrono::NaiveDate;

use super::options::ImportOptions;
use super::sheet::Cell;
use crate::domain::external_refs::ExternalRef;
use crate::domain::partial_date::PartialDate;
use crate::domain::task_drafts::{DeadlineDraft, TaskDraft};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Reference};

/// The whole a task is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whole {
    /// The task of this file with this key.
    Line(String),
    /// A task that is kept already.
    Task(Id),
}

/// One task of a file. Where a field is `None` the file does not speak of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskLine {
    /// Its row.
    pub row: u32,
    /// What its source calls it.
    pub key: String,
    /// Our own id, where the file has it.
    pub id: Option<Id>,
    /// The whole it is a part of.
    pub whole: Option<Whole>,
    pub title: Option<String>,
    pub lead: Option<Id>,
    /// The group of units whose whole it is; its parts are lines of their own.
    pub group: Option<Id>,
    pub coordinating: Option<Vec<Id>>,
    pub description: Option<Option<String>>,
    pub deliverable: Option<Option<String>>,
    pub deadline: Option<Option<String>>,
    pub reference_date: Option<Option<NaiveDate>>,
    pub monitoring: Option<Option<Id>>,
    pub weight: Option<i32>,
    pub scope: Option<Option<String>>,
    pub assigned_by: Option<Option<String>>,
    pub assigned_on: Option<Option<String>>,
    pub assigning_document: Option<Option<String>>,
    pub source: Option<Option<String>>,
    pub secrecy: Option<Secrecy>,
}

impl TaskLine {
    /// The task as the file wants it: what it says laid over what stands, else over nothing.
    pub fn over(&self, standing: Option<&TaskDraft>, options: &ImportOptions, name: &ExternalRef) -> TaskDraft {
        let mut draft = standing.cloned().unwrap_or_else(|| TaskDraft { lead_group: self.group.map(Reference::Id), ..empty(self.lead) });
        if let Some(lead) = self.lead {
            draft.lead_unit = Some(Reference::Id(lead));
        }
        replace(&mut draft.title, Some(self.title.clone()));
        replace(&mut draft.description, self.description.clone());
        replace(&mut draft.deliverable, self.deliverable.clone());
        replace(&mut draft.scope, self.scope.clone());
        replace(&mut draft.assigned_by, self.assigned_by.clone());
        replace(&mut draft.assigning_document, self.assigning_document.clone().or(options.assigning_document.clone().map(Some)));
        replace(&mut draft.source, self.source.clone());
        self.lay_units(&mut draft, options, standing.is_none());
        draft.resolution = options.resolution.or(draft.resolution);
        draft.programme = options.programme.or(draft.programme);
        draft.field = options.field.or(draft.field);
        draft.weight = self.weight.unwrap_or(draft.weight);
        draft.secrecy = self.secrecy.unwrap_or(draft.secrecy);
        let assigned = self.assigned_on.clone().or(options.assigned_on.map(|day| Some(day.format("%d/%m/%Y").to_string())));
        if let Some(assigned) = assigned {
            lay_day(&mut draft.assigned_on, assigned);
        }
        self.lay_deadline(&mut draft, options);
        if self.id.is_none() && draft.secrecy == Secrecy::None && !draft.external_refs.contains(name) {
            draft.external_refs.push(name.clone());
            draft.external_refs.sort_unstable();
        }
        draft
    }

    fn lay_units(&self, draft: &mut TaskDraft, options: &ImportOptions, fresh: bool) {
        if let Some(units) = &self.coordinating {
            let wanted: Vec<Reference> = units.iter().copied().filter(|unit| self.lead != Some(*unit)).map(Reference::Id).collect();
            let same = wanted.len() == draft.coordinating_units.len() && wanted.iter().all(|unit| draft.coordinating_units.contains(unit));
            if !same {
                draft.coordinating_units = wanted;
            }
        }
        match (self.monitoring, fresh) {
            (Some(Some(unit)), _) => draft.monitoring_unit = Some(Reference::Id(unit)),
            (Some(None), false) if options.monitoring_unit.is_none() => draft.monitoring_unit = None,
            (None, false) if options.monitoring_unit.is_none() => {}
            _ => draft.monitoring_unit = options.monitoring_unit.clone(),
        }
    }

    /// The same words mean the same deadline, whatever date they were read from before.
    fn lay_deadline(&self, draft: &mut TaskDraft, options: &ImportOptions) {
        let Some(text) = &self.deadline else { return };
        let from = self.reference_date.flatten().or(options.reference_date);
        draft.deadline = match (text, &draft.deadline) {
            (None, _) => None,
            (Some(text), Some(before)) if same(text, &before.text) && from.is_none_or(|from| before.reference_date == Some(from)) => {
                Some(before.clone())
            }
            (Some(text), before) => {
                let kept = before.as_ref().and_then(|before| before.reference_date);
                Some(DeadlineDraft { text: text.clone(), reference_date: from.or(kept) })
            }
        };
    }
}

/// What the file says replaces what stands, unless only white space differs.
fn replace(standing: &mut Option<String>, said: Option<Option<String>>) {
    let Some(said) = said else { return };
    // Words that only look different, and a field that says nothing, are no change.
    let unchanged = same(standing.as_deref().unwrap_or_default(), said.as_deref().unwrap_or_default());
    if !unchanged {
        *standing = said;
    }
}

fn lay_day(standing: &mut Option<PartialDate>, said: Option<String>) {
    let said = said.as_deref().map(PartialDate::parse);
    let unchanged = standing
        .as_ref()
        .zip(said.as_ref())
        .is_some_and(|(a, b)| same(&a.text, &b.text) || (a.date.is_some() && (a.date, a.precision) == (b.date, b.precision)));
    if !unchanged {
        *standing = said;
    }
}

/// Whether two texts say the same: white space, and marks that are not seen, count for nothing.
pub fn same(a: &str, b: &str) -> bool {
    Cell::words(a).line() == Cell::words(b).line()
}

fn empty(lead: Option<Id>) -> TaskDraft {
    TaskDraft {
        title: None,
        description: None,
        deliverable: None,
        parent: None,
        resolution: None,
        programme: None,
        group: None,
        field: None,
        breakthrough: None,
        pillar: None,
        objective: None,
        clauses: Vec::new(),
        lead_unit: lead.map(Reference::Id),
        lead_group: None,
        coordinating_units: Vec::new(),
        monitoring_unit: None,
        accountable_post: None,
        assigned_by: None,
        assigned_on: None,
        assigning_document: None,
        weight: 1,
        scope: None,
        deadline: None,
        secrecy: Secrecy::None,
        source: None,
        external_refs: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_different_changes_nothing() {
        let name = ExternalRef::new("kh-17", "1");
        let options = ImportOptions::default();
        let line = TaskLine {
            title: Some("Xây dựng kế hoạch".into()), deadline: Some(Some("quý III/2026".into())), ..TaskLine::default()
        };
        let mut standing = line.over(None, &options, &name);
        standing.title = Some("Xây dựng\n kế  hoạch".into());
        standing.deadline = Some(DeadlineDraft { text: "quý III/2026".into(), reference_date: NaiveDate::from_ymd_opt(2026, 1, 5) });
        standing.description = Some("ghi tay".into());
        assert_eq!(line.over(Some(&standing), &options, &name), standing);
        let other = TaskLine { deadline: Some(Some("quý IV/2026".into())), description: Some(None), ..line };
        let changed = other.over(Some(&standing), &options, &name);
        assert_eq!(changed.deadline.map(|d| (d.text, d.reference_date)), Some(("quý IV/2026".into(), NaiveDate::from_ymd_opt(2026, 1, 5))));
        assert_eq!(changed.description, None);
    }
}
