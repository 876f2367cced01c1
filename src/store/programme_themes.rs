//! What programmes say beside the document itself: a theme, who chose it, rules for conferences, and
//! what they do for which breakthrough.

use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{breakthroughs, programme_contributions, programme_themes};
use crate::domain::Id;

/// The theme of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = programme_themes, treat_none_as_default_value = false)]
pub struct ProgrammeTheme {
    pub programme_id: Id,
    pub theme: Option<String>,
    pub decided_by_unit_id: Option<Id>,
    pub decided_by_text: Option<String>,
    /// JSON: a list of `DisseminationRule`.
    pub dissemination_rules: String,
}

/// What a programme does for a breakthrough.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = programme_contributions, treat_none_as_default_value = false)]
pub struct Contribution {
    pub programme_id: Id,
    pub breakthrough_id: Id,
    pub how: Option<String>,
}

/// A contribution with the breakthrough it is for.
#[derive(Debug, Clone, Queryable)]
pub struct ContributionTo {
    pub programme_id: Id,
    pub breakthrough_id: Id,
    pub resolution_id: Id,
    pub ordinal: i32,
    pub title: String,
    pub how: Option<String>,
}

/// The themes of these programmes, in no order; none for those that have nothing to say.
pub fn of_programmes(conn: &mut Connection, programmes: &[Id]) -> StoreResult<Vec<ProgrammeTheme>> {
    load_among!(conn, programme_themes::table.select(ProgrammeTheme::as_select()), programme_themes::programme_id, programmes)
}

/// What these programmes do for breakthroughs, by resolution and ordinal.
pub fn contributions(conn: &mut Connection, programmes: &[Id]) -> StoreResult<Vec<ContributionTo>> {
    use breakthroughs as b;
    use programme_contributions as c;
    c::table
        .inner_join(b::table)
        .filter(c::programme_id.eq_any(programmes.to_vec()))
        .order((c::programme_id, b::resolution_id, b::ordinal))
        .select((c::programme_id, c::breakthrough_id, b::resolution_id, b::ordinal, b::title, c::how))
        .load(conn)
}

/// Writes what a programme says in place of what it said before; the journal keeps that.
pub fn replace(conn: &mut Connection, programme: Id, theme: Option<&ProgrammeTheme>, contributions: &[Contribution]) -> StoreResult<()> {
    diesel::delete(programme_themes::table.find(programme)).execute(conn)?;
    diesel::delete(programme_contributions::table.filter(programme_contributions::programme_id.eq(programme))).execute(conn)?;
    if let Some(theme) = theme {
        diesel::insert_into(programme_themes::table).values(theme).execute(conn)?;
    }
    contributions.iter().try_for_each(|row| diesel::insert_into(programme_contributions::table).values(row).execute(conn).map(drop))
}
