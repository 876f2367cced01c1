//! Who stands on the sides of the events of a reorganisation, and whether they can.

use std::collections::{HashMap, HashSet};

use chrono::{Days, NaiveDate};

use crate::db::Connection;
use crate::domain::unit_events::{
    EventSubject, HandoverRule, ReorganisationDraft, ShapeFault, Side, UnitEventDraft, UnitEventKind, faults,
};
use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{Permit, WriteDirectory};
use crate::store;
use crate::store::areas::Area;
use crate::store::units::Unit;

use super::moves::Rule;

/// A unit or an area.
#[derive(Debug, Clone)]
pub enum Body {
    /// A unit.
    Unit(Unit),
    /// An area.
    Area(Area),
}

impl Body {
    /// Its id.
    pub fn id(&self) -> Id {
        match self {
            Self::Unit(unit) => unit.id,
            Self::Area(area) => area.id,
        }
    }

    /// The path of the area it is, or stands in.
    pub fn area_path(&self) -> &str {
        match self {
            Self::Unit(unit) => &unit.area_path,
            Self::Area(area) => &area.path,
        }
    }

    /// The first and the last day it exists.
    pub fn valid(&self) -> (NaiveDate, Option<NaiveDate>) {
        match self {
            Self::Unit(unit) => (unit.valid_from, unit.valid_to),
            Self::Area(area) => (area.valid_from, area.valid_to),
        }
    }

    fn exists_on(&self, day: NaiveDate) -> bool {
        let (from, to) = self.valid();
        from <= day && to.is_none_or(|to| day <= to)
    }

    fn covered(&self, permit: &Permit<WriteDirectory>) -> bool {
        match self {
            Self::Unit(unit) => permit.covers_unit(&unit.path, &unit.area_path),
            Self::Area(area) => permit.covers_area(&area.path),
        }
    }
}

/// An event whose sides were found.
#[derive(Debug)]
pub struct Sided<'a> {
    /// What was said of it.
    pub draft: &'a UnitEventDraft,
    /// Who was there before.
    pub from: Vec<Body>,
    /// Who is there after.
    pub to: Vec<Body>,
    /// Who answers for which work since.
    pub rules: Vec<Rule>,
}

impl Sided<'_> {
    /// Those that end with it: whoever is not there after, unless it only gives something away.
    pub fn ending(&self) -> impl Iterator<Item = &Body> {
        let ends = self.draft.kind != UnitEventKind::Transfer;
        self.from.iter().filter(move |body| ends && !self.to.iter().any(|to| to.id() == body.id()))
    }
}

/// Finds the sides of every event and says all at once what is wrong with them.
///
/// # Errors
/// 422 naming each field; `forbidden` for what lies outside the writer's reach.
pub fn find<'a>(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &'a ReorganisationDraft) -> AppResult<Vec<Sided<'a>>> {
    let mut finder = Finder { permit, known: HashMap::new(), wrong: Vec::new() };
    let mut events = Vec::with_capacity(draft.events.len());
    for (at, event) in draft.events.iter().enumerate() {
        finder.wrong.extend(faults(event).into_iter().map(|fault| shape(at, fault)));
        let from = event.from.iter().enumerate();
        let from = from.map(|(n, r)| finder.body(conn, event.of, &format!("/events/{at}/from/{n}"), r)).collect::<AppResult<Vec<_>>>()?;
        let to = event.to.iter().enumerate();
        let to = to.map(|(n, r)| finder.body(conn, event.of, &format!("/events/{at}/to/{n}/ref"), &r.reference));
        let to = to.collect::<AppResult<Vec<_>>>()?;
        let rules = event.handovers.iter().enumerate();
        let rules =
            rules.map(|(n, rule)| finder.rule(conn, &format!("/events/{at}/handovers/{n}"), rule)).collect::<AppResult<Vec<_>>>()?;
        let (from, to) = (from.into_iter().flatten().collect(), to.into_iter().flatten().collect());
        events.push(Sided { draft: event, from, to, rules: rules.into_iter().flatten().collect() });
    }
    refuse(finder.wrong)?;
    if events.iter().flat_map(|event| event.from.iter().chain(&event.to)).any(|body| !body.covered(permit)) {
        return Err(AppError::new(codes::FORBIDDEN));
    }
    refuse(impossible(conn, draft.effective_on, &events)?)?;
    Ok(events)
}

fn refuse(wrong: Vec<FieldError>) -> AppResult<()> {
    if wrong.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(wrong)) }
}

fn shape(at: usize, fault: ShapeFault) -> FieldError {
    match fault {
        ShapeFault::Number(side, needed) => FieldError::new(format!("/events/{at}/{side}"), rules::EVENT_SIDES).with("needed", needed),
        ShapeFault::Share(n) => FieldError::new(format!("/events/{at}/to/{n}/share"), rules::SHARES),
        ShapeFault::Sum => FieldError::new(format!("/events/{at}/to"), rules::SHARES),
        ShapeFault::Handovers => FieldError::new(format!("/events/{at}/handovers"), rules::NOT_HERE),
    }
}

/// Finds what references point at, each once.
struct Finder<'p> {
    permit: &'p Permit<WriteDirectory>,
    known: HashMap<(EventSubject, Reference), Option<Body>>,
    wrong: Vec<FieldError>,
}

impl Finder<'_> {
    fn body(&mut self, conn: &mut Connection, of: EventSubject, pointer: &str, reference: &Reference) -> AppResult<Option<Body>> {
        let key = (of, reference.clone());
        let found = match self.known.get(&key) {
            Some(found) => found.clone(),
            None => {
                let found = match of {
                    EventSubject::Unit => store::units::find_by(conn, reference)?.map(Body::Unit),
                    EventSubject::Area => store::areas::find_by(conn, reference)?.map(Body::Area),
                };
                let found = found.filter(|body| self.permit.in_own_root(body.area_path()));
                self.known.insert(key, found.clone());
                found
            }
        };
        if found.is_none() {
            let rule = if of == EventSubject::Unit { rules::UNKNOWN_UNIT } else { rules::UNKNOWN_AREA };
            self.wrong.push(FieldError::new(pointer, rule).with("found", reference));
        }
        Ok(found)
    }

    fn rule(&mut self, conn: &mut Connection, pointer: &str, rule: &HandoverRule) -> AppResult<Option<Rule>> {
        let unit = |finder: &mut Self, conn: &mut Connection, name: &str, reference: &Reference| {
            finder.body(conn, EventSubject::Unit, &format!("{pointer}/{name}"), reference)
        };
        let from = rule.from.as_ref().map(|from| unit(self, conn, "from", from)).transpose()?;
        let to = unit(self, conn, "to", &rule.to)?;
        for (name, id, there) in [
            ("task", rule.task, rule.task.map(|id| store::tasks::find(conn, id)).transpose()?.flatten().is_some()),
            ("field", rule.field, rule.field.map(|id| store::fields::find(conn, id)).transpose()?.flatten().is_some()),
            ("programme", rule.programme, rule.programme.map(|id| store::programmes::find(conn, id)).transpose()?.flatten().is_some()),
        ] {
            if let (Some(id), false) = (id, there) {
                self.wrong.push(FieldError::new(format!("{pointer}/{name}"), rules::UNKNOWN_RECORD).with("found", id));
            }
        }
        let from = from.flatten().map(|body| body.id());
        Ok(to.map(|to| Rule { from, task: rule.task, field: rule.field, programme: rule.programme, to: to.id() }))
    }
}

/// What cannot be, given when everybody existed and what is known to have happened.
fn impossible(conn: &mut Connection, day: NaiveDate, events: &[Sided<'_>]) -> AppResult<Vec<FieldError>> {
    let eve = day.checked_sub_days(Days::new(1)).unwrap_or(day);
    let ending: HashSet<Id> = events.iter().flat_map(|event| event.ending().map(Body::id)).collect();
    let (mut wrong, mut passed) = (Vec::new(), HashSet::new());
    for (at, event) in events.iter().enumerate() {
        let pointer = |side: Side, n: usize| format!("/events/{at}/{side}/{n}");
        for (n, body) in event.from.iter().enumerate() {
            let pointer = pointer(Side::From, n);
            if !passed.insert(body.id()) {
                wrong.push(FieldError::new(pointer, rules::REPEATED));
            } else if !body.exists_on(eve) {
                wrong.push(FieldError::new(pointer, rules::NOT_THERE_THEN).with("day", eve));
            } else if let Some(later) = later_event(conn, event.draft.of, body.id(), day)? {
                wrong.push(FieldError::new(pointer, rules::OVERLAPS).with("day", later));
            }
        }
        let receivers: HashSet<Id> = event.to.iter().map(Body::id).collect();
        if receivers.len() < event.to.len() {
            wrong.push(FieldError::new(format!("/events/{at}/to"), rules::REPEATED));
        }
        for (n, body) in event.to.iter().enumerate() {
            wrong.extend(receiver(&format!("{}/ref", pointer(Side::To, n)), body, day, &ending));
        }
        wrong.extend(rule_faults(conn, at, event, day, &ending)?);
    }
    Ok(wrong)
}

fn receiver(pointer: &str, body: &Body, day: NaiveDate, ending: &HashSet<Id>) -> Option<FieldError> {
    if ending.contains(&body.id()) {
        Some(FieldError::new(pointer, rules::CIRCLE))
    } else if !body.exists_on(day) {
        Some(FieldError::new(pointer, rules::NOT_THERE_THEN).with("day", day))
    } else {
        None
    }
}

/// Rules name a unit that ends here, and give its work to one that is there after.
fn rule_faults(conn: &mut Connection, at: usize, event: &Sided<'_>, day: NaiveDate, ending: &HashSet<Id>) -> AppResult<Vec<FieldError>> {
    let mut wrong = Vec::new();
    for (n, rule) in event.rules.iter().enumerate() {
        let pointer = |name: &str| format!("/events/{at}/handovers/{n}/{name}");
        if rule.from.is_some_and(|from| !event.from.iter().any(|body| body.id() == from)) {
            wrong.push(FieldError::new(pointer("from"), rules::NOT_A_SIDE));
        }
        if event.draft.kind != UnitEventKind::Dissolve && !event.to.iter().any(|body| body.id() == rule.to) {
            wrong.push(FieldError::new(pointer("to"), rules::NOT_A_SIDE));
        } else if let Some(unit) = store::units::find(conn, rule.to)? {
            wrong.extend(receiver(&pointer("to"), &Body::Unit(unit), day, ending));
        }
    }
    Ok(wrong)
}

/// The day of an event that has happened to this one on that day or later: what comes before it
/// would change what it was about.
fn later_event(conn: &mut Connection, of: EventSubject, id: Id, day: NaiveDate) -> AppResult<Option<NaiveDate>> {
    let events = store::unit_events::of_subject(conn, of, id)?;
    Ok(events.into_iter().map(|(event, _)| event.effective_on).find(|on| *on >= day))
}
