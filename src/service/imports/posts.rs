//! Files of posts: found again by their unit and title, holders by name and first day.

use super::lines::{Told, Work};
use super::scope::Scope;
use crate::db::Connection;
use crate::domain::imports::header::{Column, Header};
use crate::domain::imports::posts::{self as reading, PostLine};
use crate::domain::imports::{ImportKind, ImportReport, RowOutcome};
use crate::domain::posts::PostDraft;
use crate::domain::text::fold;
use crate::domain::{Id, Reference, merge_patch};
use crate::error::{AppResult, body};
use crate::service::access::{Actor, Permit, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::posts;
use crate::store;
use crate::store::posts::PostFilter;

/// Carries out a file of posts.
///
/// # Errors
/// `forbidden`; 400 where the province is not certain; the database's.
pub fn carry_out(conn: &mut Connection, actor: &Actor, work: &Work<'_>) -> AppResult<ImportReport> {
    let permit = actor.permit::<WriteDirectory>()?;
    let scope = Scope::load(conn, &permit, work.options)?;
    let root = scope.one_root()?;
    let (mut report, header, lines) = work.read(ImportKind::Posts, |sheet| reading::read(sheet, &scope.unit_index(work.at)))?;
    report.root_path = Some(root.path.clone());
    let Some(header) = header else { return Ok(report) };
    let code = |id: Id| scope.units.iter().find(|unit| unit.id == id).map(|unit| unit.code.clone()).unwrap_or_default();
    let told = |line: &PostLine| Told { rows: line.rows.clone(), key: code(line.unit), name: line.title.clone() };
    work.each(conn, &mut report, (&header, &lines), told, |conn, line| one(conn, &permit, (&header, line), &root.path, work))?;
    Ok(report)
}

fn one(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    (header, line): (&Header, &PostLine),
    root: &str,
    work: &Work<'_>,
) -> AppResult<(RowOutcome, Id)> {
    let filter = PostFilter { roots: vec![root.to_owned()], unit_id: Some(line.unit), limit: i64::MAX, ..PostFilter::default() };
    let standing = store::posts::list(conn, &filter)?.into_iter().find(|post| fold(&post.title) == fold(&line.title));
    let Some(post) = standing else {
        let draft = PostDraft { unit: Reference::Id(line.unit), title: line.title.clone(), holders: line.holders.clone() };
        return Ok((RowOutcome::Created, posts::create(conn, permit, &body::validated(draft)?, work.at)?.post.id));
    };
    let has = |column| header.position(column).is_some();
    let before = posts::standing(conn, post.id)?;
    let mut holders = reading::holders_over(&before.holders, &line.holders, (has(Column::ValidFrom), has(Column::ValidTo)));
    holders.sort_by(|a, b| a.order().cmp(&b.order()));
    let after = PostDraft { holders, ..before.clone() };
    let Some(patch) = merge_patch::between(&before, &after) else { return Ok((RowOutcome::Unchanged, post.id)) };
    posts::update(conn, permit, post.id, Expected::Any, &patch, work.at)?;
    Ok((RowOutcome::Updated, post.id))
}
