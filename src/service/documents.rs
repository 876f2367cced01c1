//! What resolutions and programmes share: who may write them, their numbers, their relations.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::documents::{self as rule, DocumentId, NumberedAs, RelationDraft};
use crate::domain::resolutions::Relation;
use crate::domain::{Id, Moment, Reference, areas};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::document_relations::DocumentRelation;
use crate::store::documents::{Mentioned, Mentions};
use crate::store::terms::Term;
use crate::store::units::Unit;

use super::access::{Permit, Right, WriteWork};
use super::lookup;

/// What a draft says of the document's home.
#[derive(Debug)]
pub struct Said<'a> {
    /// The issuing unit.
    pub issuer: Option<&'a Reference>,
    /// The issuer in words.
    pub issuer_text: Option<&'a str>,
    /// The root area.
    pub area: Option<&'a Reference>,
}

/// Where a document belongs, and that the writer may write there.
#[derive(Debug)]
pub struct Home {
    /// The root area it is kept for.
    pub root: Area,
    /// The unit that issues it, if it is one of ours.
    pub issuer: Option<Unit>,
}

/// Finds the home a draft names and refuses writers who do not reach it: the issuing unit, or the
/// whole root if the issuer is words only.
///
/// # Errors
/// 422 naming the field, `forbidden`.
pub fn home(conn: &mut Connection, permit: &Permit<WriteWork>, said: &Said<'_>) -> AppResult<Home> {
    if said.issuer.is_none() && said.issuer_text.is_none() {
        return Err(AppError::invalid("/issuer", rules::REQUIRED));
    }
    let issuer = lookup::unit_if(conn, permit, "/issuer", said.issuer)?;
    let named = said.area.map(|area| lookup::area(conn, permit, "/area", area)).transpose()?;
    if named.as_ref().is_some_and(|area| area.parent_id.is_some()) {
        return Err(AppError::invalid("/area", rules::ROOT_AREA));
    }
    let root = match (&issuer, named) {
        (None, None) => return Err(AppError::invalid("/area", rules::REQUIRED)),
        (None, Some(area)) => area,
        (Some(unit), None) => root_of(conn, unit)?,
        (Some(unit), Some(area)) if areas::root_of(&unit.area_path) == area.code => area,
        (Some(_), Some(_)) => return Err(AppError::invalid("/issuer", rules::OTHER_ROOT)),
    };
    match &issuer {
        Some(unit) => permit.require_unit(unit)?,
        None => permit.require_area(&root.path)?,
    }
    Ok(Home { root, issuer })
}

fn root_of(conn: &mut Connection, unit: &Unit) -> AppResult<Area> {
    let code = areas::root_of(&unit.area_path).to_owned();
    lookup::found(store::areas::find_by(conn, &Reference::Code(code)))
}

/// Refuses readers of another root.
///
/// # Errors
/// `not_found`.
pub fn require_read<R: Right>(conn: &mut Connection, permit: &Permit<R>, root: Id) -> AppResult<()> {
    permit.require_root(&lookup::found(store::areas::find(conn, root))?.path)
}

/// Refuses writers who do not reach a document as it stands.
///
/// # Errors
/// `forbidden`; `not_found` for another root.
pub fn require_write<R: Right>(conn: &mut Connection, permit: &Permit<R>, root: Id, issuer: Option<Id>) -> AppResult<()> {
    match issuer {
        Some(unit) => permit.require_unit(&lookup::found(store::units::find(conn, unit))?),
        None => permit.require_area(&lookup::found(store::areas::find(conn, root))?.path),
    }
}

/// The term a draft names: one of the document's root.
///
/// # Errors
/// 422 `unknown_record` naming `/term`.
pub fn term(conn: &mut Connection, root: Id, id: Option<Id>) -> AppResult<Option<Term>> {
    let own = |conn: &mut Connection, id| Ok(store::terms::find(conn, id)?.filter(|term| term.root_id == root));
    lookup::record(conn, "/term", id, own)
}

/// The unit a filter names.
///
/// # Errors
/// `invalid_parameter` for a unit that is not there, or of another root.
pub fn issuer_filter<R: Right>(conn: &mut Connection, permit: &Permit<R>, reference: Option<&Reference>) -> AppResult<Option<Id>> {
    let issuer = reference.map(|r| lookup::unit_parameter(conn, permit, "issuer", r)).transpose()?;
    Ok(issuer.map(|unit| unit.id))
}

/// The key that a number in a question is looked for by; empty, which no number has, for none.
pub fn number_filter(number: &str) -> String {
    rule::number_key(number).unwrap_or_default()
}

/// Refuses a number that another document of the kind has in the same series; the others come with
/// id and title.
///
/// # Errors
/// 409 `duplicate` naming `/number` and the other document.
pub fn refuse_taken<'a>(
    number: &str,
    own: &NumberedAs<'_>,
    others: impl IntoIterator<Item = (Id, &'a str, NumberedAs<'a>)>,
) -> AppResult<()> {
    match others.into_iter().find(|(_, _, other)| own.clashes(other, number)) {
        None => Ok(()),
        Some((id, title, _)) => Err(taken_error("/number", format!("{number}: {title} ({id})"))),
    }
}

/// 409 naming the field whose value another record has.
pub fn taken_error(pointer: &str, found: impl ToString) -> AppError {
    AppError::new(codes::DUPLICATE).with_field(FieldError::new(pointer, rules::TAKEN).with("found", found))
}

/// What documents are to each other, for each relation that may not come back to its beginning.
struct Graphs(HashMap<Relation, HashMap<Id, Vec<Id>>>);

impl Graphs {
    fn load(conn: &mut Connection, relations: &[RelationDraft]) -> AppResult<Self> {
        let kinds: HashSet<Relation> = relations.iter().map(|r| r.relation).filter(|relation| relation.is_one_way()).collect();
        let graph = |relation| Ok((relation, store::document_relations::said(conn, relation)?));
        Ok(Self(kinds.into_iter().map(graph).collect::<AppResult<_>>()?))
    }

    fn circle(&self, document: Id, relation: Relation, target: Id) -> bool {
        self.0.get(&relation).is_some_and(|graph| rule::makes_circle(document, target, graph))
    }
}

/// Refuses relations that point at nothing, at two documents, twice at the same, or that would
/// make a document implement, amend or replace itself through others. What was said before is not looked up again: the writer may
/// not see the other root.
///
/// # Errors
/// 422 naming the relation.
pub fn check_relations<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    document: Id,
    relations: &[RelationDraft],
    before: &[RelationDraft],
) -> AppResult<()> {
    let graphs = Graphs::load(conn, relations)?;
    let mut seen = HashSet::new();
    for (place, relation) in relations.iter().enumerate() {
        let pointer = format!("/relations/{place}");
        let Some(target) = relation.target() else {
            let one_of = FieldError::new(pointer, rules::ONE_OF).with("fields", "resolution, programme");
            return Err(AppError::invalid_fields(vec![one_of]));
        };
        if !seen.insert(*relation) {
            return Err(AppError::invalid(pointer, rules::REPEATED));
        }
        if graphs.circle(document, relation.relation, target.id()) || target.id() == document {
            return Err(AppError::invalid(pointer, rules::CIRCLE));
        }
        if !before.contains(relation) {
            require_target(conn, permit, &pointer, target)?;
        }
    }
    Ok(())
}

fn require_target<R: Right>(conn: &mut Connection, permit: &Permit<R>, pointer: &str, target: DocumentId) -> AppResult<()> {
    let roots = own_roots(conn, permit)?;
    let pointer = match target {
        DocumentId::Resolution(_) => format!("{pointer}/resolution"),
        DocumentId::Programme(_) => format!("{pointer}/programme"),
    };
    let visible = |conn: &mut Connection, _| Ok(store::documents::find(conn, target)?.filter(|m: &Mentioned| roots.contains(&m.root_id)));
    lookup::record(conn, &pointer, Some(target.id()), visible).map(drop)
}

/// Writes what a document says of others, in the order of the draft.
///
/// # Errors
/// The database's.
pub fn relate(conn: &mut Connection, document: DocumentId, relations: &[RelationDraft], at: &Moment) -> AppResult<()> {
    store::document_relations::delete_from(conn, document.id())?;
    // Ids of one instant have no order of their own; sorted, they keep that of the draft.
    let mut ids: Vec<Id> = relations.iter().map(|_| at.new_id()).collect();
    ids.sort_unstable();
    for (id, relation) in ids.into_iter().zip(relations) {
        let (from_resolution_id, from_programme_id) = match document {
            DocumentId::Resolution(id) => (Some(id), None),
            DocumentId::Programme(id) => (None, Some(id)),
        };
        let row = DocumentRelation {
            id,
            from_resolution_id,
            from_programme_id,
            relation: relation.relation,
            to_resolution_id: relation.resolution,
            to_programme_id: relation.programme,
        };
        store::document_relations::insert(conn, &row)?;
    }
    Ok(())
}

/// What a document says of others, as its draft says it.
///
/// # Errors
/// The database's.
pub fn relations_of(conn: &mut Connection, document: Id) -> AppResult<Vec<RelationDraft>> {
    let rows = store::document_relations::said_by(conn, document)?;
    let draft =
        |row: DocumentRelation| RelationDraft { relation: row.relation, resolution: row.to_resolution_id, programme: row.to_programme_id };
    Ok(rows.into_iter().map(draft).collect())
}

/// What documents mention, as far as the reader may see it.
///
/// # Errors
/// The database's.
pub fn mentions<R: Right>(conn: &mut Connection, permit: &Permit<R>, documents: &[Id], units: &[Id]) -> AppResult<Mentions> {
    let roots = own_roots(conn, permit)?;
    Ok(store::documents::mentions(conn, documents, units, &roots)?)
}

/// The root areas of an account.
///
/// # Errors
/// The database's.
pub fn own_roots<R: Right>(conn: &mut Connection, permit: &Permit<R>) -> AppResult<Vec<Id>> {
    Ok(store::documents::root_ids(conn, &permit.actor().roots())?)
}

/// The document itself and every one that implements it, directly or through others: a task of any
/// of them carries it out.
///
/// # Errors
/// The database's.
pub fn carrying_out(conn: &mut Connection, document: Id) -> AppResult<Vec<Id>> {
    let others = rule::implementing(document, &store::document_relations::implements(conn)?);
    Ok(others.into_iter().chain([document]).collect())
}
