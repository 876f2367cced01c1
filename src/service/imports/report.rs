//! What the services say of a row, as the report tells it.

use crate::domain::Id;
use crate::domain::imports::header::{Column, Header};
use crate::domain::imports::report::{ImportReport, RowReport};
use crate::domain::imports::{Problem, RowOutcome};
use crate::error::{AppError, AppResult, FieldError};

/// Tells what became of a row: its record, or why there is none.
///
/// # Errors
/// What is no fault of the row: the database's.
pub fn tell(report: &mut ImportReport, row: RowReport, done: AppResult<(RowOutcome, Id)>, header: &Header) -> AppResult<Option<Id>> {
    let (outcome, id) = match done {
        Ok((outcome, id)) => (outcome, Some(id)),
        Err(refusal) if refusal.code.status >= 500 => return Err(refusal),
        Err(refusal) => {
            report.problems.extend(problems_at(&refusal, header, row.row, |field| (None, column_of(&field.pointer))));
            (RowOutcome::Failed, None)
        }
    };
    report.rows.push(RowReport { outcome, id, ..row });
    Ok(id)
}

/// A refusal of the house as problems of a row, or of the row and column where `place` says a field stands.
pub fn problems_at(
    refusal: &AppError,
    header: &Header,
    row: u32,
    place: impl Fn(&FieldError) -> (Option<u32>, Option<Column>),
) -> Vec<Problem> {
    use crate::domain::Language::{En, Vi};
    let whole = || vec![Problem::refusal(refusal.code.name, refusal.code.vi.to_owned(), refusal.code.en.to_owned()).in_row(row)];
    let of_field = |field: &FieldError| {
        let (own, column) = place(field);
        let problem = Problem::refusal(field.rule.name, field.message(Vi), field.message(En)).in_row(own.unwrap_or(row));
        let at = column.and_then(|column| header.position(column));
        match at {
            Some(at) => problem.at(at, header.names.get(at).map(String::as_str).unwrap_or_default(), ""),
            None => problem,
        }
    };
    if refusal.fields.is_empty() { whole() } else { refusal.fields.iter().map(of_field).collect() }
}

/// The column that a field of a draft comes from.
fn column_of(pointer: &str) -> Option<Column> {
    let field = pointer.trim_start_matches('/').split('/').next()?;
    FIELDS.iter().find(|(name, _)| *name == field).map(|(_, column)| *column)
}

/// Fields of drafts with the columns they come from.
const FIELDS: &[(&str, Column)] = &[
    ("code", Column::Code),
    ("name", Column::Name),
    ("level", Column::Level),
    ("kind", Column::Kind),
    ("system", Column::System),
    ("agency_code", Column::AgencyCode),
    ("parent", Column::Parent),
    ("area", Column::Area),
    ("valid_from", Column::ValidFrom),
    ("valid_to", Column::ValidTo),
    ("note", Column::Note),
    ("title", Column::Title),
    ("description", Column::Description),
    ("deliverable", Column::Deliverable),
    ("lead_unit", Column::Lead),
    ("coordinating_units", Column::Coordinating),
    ("monitoring_unit", Column::Monitoring),
    ("weight", Column::Weight),
    ("scope", Column::Scope),
    ("deadline", Column::Deadline),
    ("external_refs", Column::Id),
    ("number", Column::Symbol),
    ("issuer", Column::Issuer),
    ("issuer_text", Column::Issuer),
    ("issued_on", Column::IssuedOn),
    ("term", Column::Term),
    ("scope_year", Column::ScopeYear),
    ("period", Column::Period),
    ("state", Column::State),
    ("relations", Column::Implements),
    ("source", Column::Source),
    ("resolution", Column::Document),
    ("programme", Column::Document),
    ("path", Column::Path),
    ("heading", Column::Heading),
    ("text", Column::Text),
    ("aliases", Column::Aliases),
    ("rule", Column::Kind),
    ("members", Column::Members),
    ("excluded", Column::Excluded),
    ("host", Column::Host),
    ("host_text", Column::Host),
    ("held_on", Column::HeldOn),
    ("held_to", Column::HeldTo),
    ("reason", Column::Reason),
    ("formats", Column::Formats),
    ("site_count", Column::SiteCount),
    ("attendance", Column::Attendance),
    ("audiences", Column::Audience),
    ("presenters", Column::Presenters),
    ("combined_with", Column::CombinedWith),
    ("unit", Column::Unit),
    ("holders", Column::Holder),
];
