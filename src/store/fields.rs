//! Fields of work (lĩnh vực).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::fields;
use crate::domain::Id;

/// One field.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = fields, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Field {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub ordinal: i32,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
}

versioned!(fields, Field);

/// Which fields a list asks for.
#[derive(Debug, Default, Clone)]
pub struct FieldFilter {
    pub code: Option<String>,
    /// Ordinal and id of the last field of the page before.
    pub after: Option<(i32, Id)>,
    pub limit: i64,
}

/// A page of fields by ordinal.
pub fn list(conn: &mut Connection, filter: &FieldFilter) -> StoreResult<Vec<Field>> {
    let mut query = fields::table.select(Field::as_select()).order((fields::ordinal, fields::id)).limit(filter.limit).into_boxed();
    if let Some(code) = &filter.code {
        query = query.filter(fields::code.eq(code.clone()));
    }
    if let Some((ordinal, id)) = filter.after {
        query = query.filter(fields::ordinal.gt(ordinal).or(fields::ordinal.eq(ordinal).and(fields::id.gt(id))));
    }
    query.load(conn)
}
