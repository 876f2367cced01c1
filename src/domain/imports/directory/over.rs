//! A line laid over what stands: columns that a file does not have stay as they are, and so do words
//! that only look different.

use crate::domain::areas::AreaDraft;
use crate::domain::imports::header::{Column, Header};
use crate::domain::imports::task_lines::same;
use crate::domain::units::UnitDraft;

/// The area as it should stand.
pub fn area_over(header: &Header, wanted: &AreaDraft, standing: &AreaDraft) -> AreaDraft {
    let has = |column| header.position(column).is_some();
    AreaDraft {
        name: words(&wanted.name, &standing.name),
        parent: if has(Column::Parent) { wanted.parent.clone() } else { standing.parent.clone() },
        valid_to: if has(Column::ValidTo) { wanted.valid_to } else { standing.valid_to },
        note: if has(Column::Note) { optional(wanted.note.as_ref(), standing.note.as_ref()) } else { standing.note.clone() },
        external_refs: standing.external_refs.clone(),
        ..wanted.clone()
    }
}

/// The unit as it should stand.
pub fn unit_over(header: &Header, wanted: &UnitDraft, standing: &UnitDraft) -> UnitDraft {
    let has = |column| header.position(column).is_some();
    let agency_code = optional(wanted.agency_code.as_ref(), standing.agency_code.as_ref());
    UnitDraft {
        name: words(&wanted.name, &standing.name),
        parent: if has(Column::Parent) { wanted.parent.clone() } else { standing.parent.clone() },
        agency_code: if has(Column::AgencyCode) { agency_code } else { standing.agency_code.clone() },
        system: if has(Column::System) { wanted.system } else { standing.system },
        valid_to: if has(Column::ValidTo) { wanted.valid_to } else { standing.valid_to },
        note: if has(Column::Note) { optional(wanted.note.as_ref(), standing.note.as_ref()) } else { standing.note.clone() },
        external_refs: standing.external_refs.clone(),
        ..wanted.clone()
    }
}

fn words(wanted: &str, standing: &str) -> String {
    if same(wanted, standing) { standing.to_owned() } else { wanted.to_owned() }
}

fn optional(wanted: Option<&String>, standing: Option<&String>) -> Option<String> {
    match (wanted, standing) {
        (Some(wanted), Some(standing)) => Some(words(wanted, standing)),
        // A field that says nothing says the same as none.
        (None, Some(standing)) if same(standing, "") => Some(standing.clone()),
        (wanted, _) => wanted.cloned(),
    }
}
