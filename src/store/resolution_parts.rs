//! What lists of breakthroughs, pillars, objectives and task groups ask for.

use crate::domain::Id;

/// Which parts of which resolutions a list asks for.
#[derive(Debug, Default, Clone)]
pub struct PartFilter {
    /// Only parts of these resolutions.
    pub resolution_ids: Vec<Id>,
    /// Resolution and ordinal of the last part of the page before.
    pub after: Option<(Id, i32)>,
    pub limit: i64,
}
