//! A line laid over what stands: columns that a file does not have stay as they are.

use crate::domain::areas::AreaDraft;
use crate::domain::imports::header::{Column, Header};
use crate::domain::units::UnitDraft;

/// The area as it should stand: columns the file does not have stay as they are.
pub fn area_over(header: &Header, wanted: &AreaDraft, standing: &AreaDraft) -> AreaDraft {
    let has = |column| header.position(column).is_some();
    AreaDraft {
        parent: if has(Column::Parent) { wanted.parent.clone() } else { standing.parent.clone() },
        valid_to: if has(Column::ValidTo) { wanted.valid_to } else { standing.valid_to },
        note: if has(Column::Note) { wanted.note.clone() } else { standing.note.clone() },
        external_refs: standing.external_refs.clone(),
        ..wanted.clone()
    }
}

/// The unit as it should stand: columns the file does not have stay as they are.
pub fn unit_over(header: &Header, wanted: &UnitDraft, standing: &UnitDraft) -> UnitDraft {
    let has = |column| header.position(column).is_some();
    UnitDraft {
        parent: if has(Column::Parent) { wanted.parent.clone() } else { standing.parent.clone() },
        agency_code: if has(Column::AgencyCode) { wanted.agency_code.clone() } else { standing.agency_code.clone() },
        system: if has(Column::System) { wanted.system } else { standing.system },
        valid_to: if has(Column::ValidTo) { wanted.valid_to } else { standing.valid_to },
        note: if has(Column::Note) { wanted.note.clone() } else { standing.note.clone() },
        external_refs: standing.external_refs.clone(),
        ..wanted.clone()
    }
}
