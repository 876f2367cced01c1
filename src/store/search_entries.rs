//! What search looks through. [`Searched`] says for each table what is found of its rows: another
//! noun is added by a line of `searched!`, its kind in `domain::search`, and `searched` in its
//! `versioned!`.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};

use super::StoreResult;
use crate::db::Connection;
use crate::db::dialect::search as forks;
use crate::db::schema::{areas, resolutions, search_entries, units};
use crate::db::types::Uuid;
use crate::domain::search::{Indexed, SearchKind};
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, areas as area_rule};

/// Rows read at once when the index is made anew.
const AT_ONCE: i64 = 1_000;

/// Where a record stands.
#[derive(Debug)]
pub enum Place<'a> {
    /// It is kept for this root.
    Root(Id),
    /// It is part of this resolution.
    Resolution(Id),
    /// It stands in the area with this path.
    Path(&'a str),
    /// It belongs to this unit.
    Unit(Id),
}

/// What is found of a record.
#[derive(Debug)]
pub struct Entry<'a> {
    pub place: Place<'a>,
    /// Number of a document.
    pub number: Option<&'a str>,
    pub title: &'a str,
    /// Everything else, one after another.
    pub body: Vec<&'a str>,
    /// The lead unit of a task.
    pub unit: Option<Id>,
    /// Whether it is seen by those who read only; a draft of a task is not.
    pub published: bool,
}

impl<'a> Entry<'a> {
    fn new(place: Place<'a>, title: &'a str, body: &[Option<&'a str>]) -> Self {
        Self { place, number: None, title, body: body.iter().flatten().copied().collect(), unit: None, published: true }
    }
}

/// A row that may be found.
pub trait Searched: Sized {
    /// What it is.
    const KIND: SearchKind;
    /// Its id.
    fn id(&self) -> Id;
    /// What is found of it; none for what is not to be found.
    fn entry(&self) -> Option<Entry<'_>>;
    /// The rows after this id, in the order of their ids.
    ///
    /// # Errors
    /// The database's.
    fn after(conn: &mut Connection, id: Id, limit: i64) -> StoreResult<Vec<Self>>;
}

/// For each table: its row, its kind, and what is found of a row.
macro_rules! searched {
    ($($table:ident::$row:ident as $kind:ident => |$r:ident| $entry:expr;)+) => {
        $(impl Searched for super::$table::$row {
            const KIND: SearchKind = SearchKind::$kind;

            fn id(&self) -> Id {
                self.id
            }

            fn entry(&self) -> Option<Entry<'_>> {
                let $r = self;
                $entry
            }

            fn after(conn: &mut Connection, id: Id, limit: i64) -> StoreResult<Vec<Self>> {
                use crate::db::schema::$table;
                $table::table.filter($table::id.gt(id)).order($table::id).limit(limit).select(Self::as_select()).load(conn)
            }
        })+

        /// Hands every row that may be found to `work`.
        fn each_table(conn: &mut Connection, work: &mut impl Work) -> StoreResult<()> {
            $(each_row::<super::$table::$row>(conn, work)?;)+
            Ok(())
        }
    };
}

searched! {
    resolutions::Resolution as Resolution => |r| Some(Entry {
        number: r.number.as_deref(),
        ..Entry::new(Place::Root(r.root_id), &r.title, &[r.issuer_text.as_deref()])
    });
    programmes::Programme as Programme => |r| Some(Entry {
        number: r.number.as_deref(),
        ..Entry::new(Place::Root(r.root_id), &r.title, &[r.issuer_text.as_deref()])
    });
    clauses::Clause as Clause => |r| r.voided_at.is_none().then(|| {
        Entry::new(Place::Resolution(r.resolution_id), &r.heading, &[r.text.as_deref()])
    });
    breakthroughs::Breakthrough as Breakthrough => |r| Some(Entry::new(Place::Resolution(r.resolution_id), &r.title, &[r.description.as_deref()]));
    pillars::Pillar as Pillar => |r| Some(Entry::new(Place::Resolution(r.resolution_id), &r.title, &[r.description.as_deref()]));
    objectives::Objective as Objective => |r| Some(Entry::new(Place::Resolution(r.resolution_id), &r.title, &[r.description.as_deref()]));
    task_groups::TaskGroup as TaskGroup => |r| Some(Entry::new(Place::Resolution(r.resolution_id), &r.title, &[]));
    // These are read by the unit they belong to, and by whoever reads all of the root.
    dissemination_events::DisseminationEvent as DisseminationEvent => |r| r.voided_at.is_none().then(|| Entry {
        unit: r.host_unit_id,
        ..Entry::new(Place::Root(r.root_id), &r.title, &[r.host_text.as_deref(), r.attendance.as_deref(), r.combined_with.as_deref()])
    });
    good_practices::GoodPractice as GoodPractice => |r| r.voided_at.is_none().then(|| Entry {
        unit: Some(r.owner_unit_id),
        ..Entry::new(Place::Root(r.root_id), &r.title, &[r.description.as_deref(), r.recurring.as_deref()])
    });
    commendations::Commendation as Commendation => |r| {
        let title = r.reason.as_deref().or(r.awarding_text.as_deref()).filter(|_| r.voided_at.is_none());
        title.map(|title| Entry { unit: r.awarding_unit_id, ..Entry::new(Place::Root(r.root_id), title, &[r.awarding_text.as_deref()]) })
    };
    areas::Area as Area => |r| Some(Entry::new(Place::Path(&r.path), &r.name, &[Some(&r.code)]));
    units::Unit as Unit => |r| Some(Entry::new(Place::Path(&r.area_path), &r.name, &[Some(&r.code), r.agency_code.as_deref()]));
    posts::Post as Post => |r| Some(Entry::new(Place::Unit(r.unit_id), &r.title, &[]));
    // The stub of a secret task has no words; a voided task is on no list.
    tasks::Task as Task => |r| (r.secrecy == Secrecy::None && r.voided_at.is_none()).then(|| Entry {
        unit: Some(r.lead_unit_id),
        published: r.issued_at.is_some(),
        ..Entry::new(Place::Root(r.root_id), &r.title, &[
            r.description.as_deref(), r.deliverable.as_deref(), r.scope.as_deref(), r.assigning_document.as_deref(), r.assigned_by.as_deref(),
        ])
    });
}

/// Makes what is found of a row what the row says, in the transaction that changed it.
///
/// # Errors
/// The database's.
pub fn keep<R: Searched>(conn: &mut Connection, row: &R) -> StoreResult<()> {
    let Some(entry) = row.entry() else {
        return diesel::delete(search_entries::table.find(row.id())).execute(conn).map(drop);
    };
    let Some(root) = root_of(conn, &entry.place)? else { return Ok(()) };
    let indexed = indexed(&entry);
    let sql = "INSERT INTO search_entries (id, key, kind, root_id, unit_id, published, weight, length, title, body, title_words, words, exact) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
               ON CONFLICT (id) DO UPDATE SET root_id = excluded.root_id, unit_id = excluded.unit_id, published = excluded.published, \
               length = excluded.length, title = excluded.title, body = excluded.body, title_words = excluded.title_words, \
               words = excluded.words, exact = excluded.exact \
               WHERE search_entries.title <> excluded.title OR search_entries.body <> excluded.body \
               OR search_entries.title_words <> excluded.title_words OR search_entries.published <> excluded.published \
               OR search_entries.unit_id <> excluded.unit_id";
    let query = diesel::sql_query(sql).bind::<Uuid, _>(row.id()).bind::<BigInt, _>(key(row.id())).bind::<Text, _>(R::KIND.as_str());
    let query = query.bind::<Uuid, _>(root).bind::<Nullable<Uuid>, _>(entry.unit).bind::<Bool, _>(entry.published);
    let length = i32::try_from(entry.title.chars().count()).unwrap_or(i32::MAX);
    let query = query.bind::<Integer, _>(R::KIND.weight()).bind::<Integer, _>(length);
    let query = query.bind::<Text, _>(title_of(&entry)).bind::<Text, _>(entry.body.join(" · "));
    let query = query.bind::<Text, _>(indexed.title_words).bind::<Text, _>(indexed.words).bind::<Text, _>(indexed.exact);
    query.execute(conn).map(drop)
}

fn indexed(entry: &Entry<'_>) -> Indexed {
    Indexed::of(entry.number, entry.title, &entry.body.join(" · "))
}

/// A document is shown with its number.
fn title_of(entry: &Entry<'_>) -> String {
    entry.number.map_or_else(|| entry.title.to_owned(), |number| format!("{number} · {}", entry.title))
}

/// A whole number by which both indexes know a row: the random part of its id.
fn key(id: Id) -> i64 {
    let bytes = id.as_bytes().iter().skip(8);
    bytes.fold(0_i64, |key, byte| (key << 8) | i64::from(*byte)) & i64::MAX >> 1
}

fn root_of(conn: &mut Connection, place: &Place<'_>) -> StoreResult<Option<Id>> {
    let by_path = |conn: &mut Connection, path: &str| {
        areas::table.filter(areas::code.eq(area_rule::root_of(path))).select(areas::id).first(conn).optional()
    };
    match place {
        Place::Root(id) => Ok(Some(*id)),
        Place::Resolution(id) => resolutions::table.find(*id).select(resolutions::root_id).first(conn).optional(),
        Place::Path(path) => by_path(conn, path),
        Place::Unit(id) => {
            let path: Option<String> = units::table.find(*id).select(units::area_path).first(conn).optional()?;
            path.map_or(Ok(None), |path| by_path(conn, &path))
        }
    }
}

/// Something to be done with every row that may be found.
trait Work {
    fn take<R: Searched>(&mut self, conn: &mut Connection, row: &R) -> StoreResult<()>;
}

fn each_row<R: Searched>(conn: &mut Connection, work: &mut impl Work) -> StoreResult<()> {
    let mut last = Id::NIL;
    loop {
        let rows = R::after(conn, last, AT_ONCE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last = end.id();
        rows.iter().try_for_each(|row| work.take(conn, row))?;
    }
}

struct Rebuild(u64);

impl Work for Rebuild {
    fn take<R: Searched>(&mut self, conn: &mut Connection, row: &R) -> StoreResult<()> {
        self.0 += u64::from(row.entry().is_some());
        keep(conn, row)
    }
}

/// Makes everything anew from the records; answers how many may be found.
///
/// # Errors
/// The database's.
pub fn rebuild(conn: &mut Connection) -> StoreResult<u64> {
    diesel::delete(search_entries::table).execute(conn)?;
    let mut work = Rebuild(0);
    each_table(conn, &mut work)?;
    Ok(work.0)
}

/// Where the index and the records differ.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Differences {
    /// Records that may be found, and are as they should be.
    pub right: u64,
    /// Records whose entry is missing, or says something else.
    pub wrong: u64,
    /// Entries of what is not to be found.
    pub left_over: i64,
}

impl Work for Differences {
    fn take<R: Searched>(&mut self, conn: &mut Connection, row: &R) -> StoreResult<()> {
        let Some(entry) = row.entry() else { return Ok(()) };
        let expected = indexed(&entry);
        let kept: Option<(String, String, String, bool, Option<Id>)> = search_entries::table
            .find(row.id())
            .select((
                search_entries::title_words,
                search_entries::words,
                search_entries::exact,
                search_entries::published,
                search_entries::unit_id,
            ))
            .first(conn)
            .optional()?;
        let same = kept == Some((expected.title_words, expected.words, expected.exact, entry.published, entry.unit));
        *if same { &mut self.right } else { &mut self.wrong } += 1;
        Ok(())
    }
}

/// Compares the index with the records. It is asked of a connection that may write: SQLite checks
/// its index by a command to it.
///
/// # Errors
/// The database's; also where its own index does not hold.
pub fn compare(conn: &mut Connection) -> StoreResult<Differences> {
    let mut found = Differences::default();
    each_table(conn, &mut found)?;
    let entries: i64 = search_entries::table.count().get_result(conn)?;
    let wrong_or_right = i64::try_from(found.right + found.wrong).unwrap_or(i64::MAX);
    found.left_over = (entries - wrong_or_right).max(0);
    forks::check_search(conn)?;
    Ok(found)
}
