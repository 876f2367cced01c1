//! Finding the table in a sheet: which row is its header, and what each column means.

mod columns;

use super::options::ImportKind;
use super::problems::{self, Problem};
use super::sheet::{Sheet, SheetRow, one_line};
use crate::domain::periods::Period;
use crate::domain::text::fold;
use columns::{Names, Needed};

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    Number,
    Id,
    Title,
    Description,
    Lead,
    Coordinating,
    Deliverable,
    Deadline,
    ReferenceDate,
    Monitoring,
    Weight,
    Scope,
    AssignedBy,
    AssignedOn,
    AssigningDocument,
    Parent,
    Secrecy,
    Source,
    Code,
    Name,
    Level,
    Kind,
    System,
    AgencyCode,
    Area,
    ValidFrom,
    ValidTo,
    Note,
    Symbol,
    Issuer,
    IssuedOn,
    Term,
    ScopeYear,
    Period,
    State,
    Implements,
    Document,
    Path,
    Heading,
    Text,
    EffectiveOn,
    Subject,
    From,
    To,
    Handover,
    LegalBasis,
    Aliases,
    Members,
    Excluded,
    Host,
    HeldOn,
    HeldTo,
    Reason,
    Formats,
    SiteCount,
    Attendance,
    Audience,
    Presenters,
    CombinedWith,
    Unit,
    Holder,
    Day,
    Measure,
    Direction,
    Aggregation,
    /// What is wanted in a period; there may be several.
    Target,
    /// Kept in the description, with its header.
    Words,
    /// Shown by an export, not read back.
    Shown,
}

/// A header may stand below a title of this many rows.
const DEEPEST_HEADER: usize = 30;

/// The header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// What each column means; `None` for one that is not known.
    pub columns: Vec<Option<Column>>,
    /// What each column is called.
    pub names: Vec<String>,
    /// The last row of the header.
    pub last_row: u32,
}

impl Header {
    /// Where a column stands, counted from 0.
    pub fn position(&self, wanted: Column) -> Option<usize> {
        self.columns.iter().position(|column| *column == Some(wanted))
    }

    /// Whether the row is the header said again, on a new page.
    pub fn is_repeated_by(&self, row: &SheetRow, kind: ImportKind) -> bool {
        let said: Vec<usize> = row.filled().collect();
        let same = |column: &usize| meaning(kind, &row.cell(*column).line()).is_some_and(|c| self.columns.get(*column) == Some(&Some(c)));
        said.len() > 1 && said.iter().all(same)
    }
}

/// The header of the table in a sheet.
///
/// # Errors
/// `no_header`, `indicator_annex`, `column_missing`, `column_twice`.
pub fn find(sheet: &Sheet, kind: ImportKind) -> Result<Header, Vec<Problem>> {
    let needed = needed(kind);
    let candidates = sheet.rows.iter().take(DEEPEST_HEADER).enumerate().map(|(i, row)| of_rows(sheet, row, sheet.rows.get(i + 1), kind));
    let known = |header: &Header| needed.iter().filter(|(column, _)| header.position(*column).is_some()).count();
    let score = |header: &Header| (known(header), header.columns.iter().flatten().count());
    // The first of the best: a repeated header comes later.
    let best = candidates.reduce(|best, next| if score(&next) > score(&best) { next } else { best });
    let indicators = kind == ImportKind::Tasks && sheet.rows.iter().take(DEEPEST_HEADER).any(names_indicators);
    let wanted = || needed.iter().map(|(_, name)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    match best {
        Some(header) if known(&header) == needed.len() => unambiguous(header),
        _ if indicators => Err(vec![Problem::new(problems::INDICATOR_ANNEX)]),
        Some(header) if known(&header) > 1 || (kind == ImportKind::Tasks && header.position(Column::Title).is_some()) => {
            Err(missing(&header, kind))
        }
        _ => Err(vec![Problem::new(problems::NO_HEADER).with("wanted", wanted())]),
    }
}

fn needed(kind: ImportKind) -> Needed {
    columns::of(kind).needed
}

/// Whether a table of this kind is none without the column.
pub fn is_needed(kind: ImportKind, column: Column) -> bool {
    needed(kind).iter().any(|(needed, _)| *needed == column)
}

fn missing(header: &Header, kind: ImportKind) -> Vec<Problem> {
    let missing = needed(kind).iter().filter(|(column, _)| header.position(*column).is_none());
    missing.map(|(_, name)| Problem::new(problems::COLUMN_MISSING).in_row(header.last_row).with("wanted", name)).collect()
}

/// Two columns must not mean the same; several may be kept as words.
fn unambiguous(header: Header) -> Result<Header, Vec<Problem>> {
    let mut twice = Vec::new();
    for (at, column) in header.columns.iter().enumerate() {
        let Some(column) = column.filter(|c| !matches!(c, Column::Words | Column::Shown | Column::Target)) else { continue };
        if let Some(first) = header.position(column).filter(|first| *first < at) {
            let name = header.names.get(at).map(String::as_str).unwrap_or_default();
            let other = super::sheet::column_letter(first);
            twice.push(Problem::new(problems::COLUMN_TWICE).in_row(header.last_row).at(at, name, name).with("other", other));
        }
    }
    if twice.is_empty() { Ok(header) } else { Err(twice) }
}

/// The header that a row makes, together with the next one where that only divides its columns.
fn of_rows(sheet: &Sheet, row: &SheetRow, next: Option<&SheetRow>, kind: ImportKind) -> Header {
    let upper = |column: usize| {
        let span = sheet.spans(row.number).find(|m| (m.columns.0..=m.columns.1).contains(&column));
        row.cell(span.map_or(column, |m| m.columns.0)).line()
    };
    let both = |lower: &str, column: usize| {
        let above = upper(column);
        // To the letter: "Nhiệm vụ" and what is to be done below it begin like a header, too.
        let together = exact(kind, format!("{} {}", plain(&above), plain(lower)).trim());
        (meaning(kind, lower).or(together), if above.is_empty() { lower.to_owned() } else { format!("{above} – {lower}") })
    };
    let divides = next.filter(|next| {
        if row.filled().count() < 2 {
            return false;
        }
        let mut filled = next.filled().peekable();
        filled.peek().is_some() && filled.all(|column| both(&next.cell(column).line(), column).0.is_some())
    });
    let width = row.cells.len().max(divides.map_or(0, |next| next.cells.len()));
    let (mut columns, mut names) = (Vec::new(), Vec::new());
    for column in 0..width {
        let lower = divides.map(|next| next.cell(column).line()).unwrap_or_default();
        let own = row.cell(column).line();
        let (meant, name) = if lower.is_empty() { (meaning(kind, &own), own) } else { both(&lower, column) };
        columns.push(meant);
        names.push(name);
    }
    Header { columns, names, last_row: divides.map_or(row.number, |next| next.number) }
}

fn names_of(kind: ImportKind) -> Names {
    columns::of(kind).names
}

/// The columns that are known of such a table.
pub fn known(kind: ImportKind) -> impl Iterator<Item = Column> {
    names_of(kind).iter().map(|(column, _)| *column)
}

/// What a column of this name means.
pub fn meaning(kind: ImportKind, name: &str) -> Option<Column> {
    let plain = plain(name);
    if plain.is_empty() {
        return None;
    }
    let longer = || {
        let begun = names_of(kind).iter().flat_map(|(column, names)| names.iter().map(move |name| (*column, *name)));
        let begun =
            begun.filter(|(_, name)| name.contains(' ') && plain.len() <= name.len() + 30 && plain.starts_with(&format!("{name} ")));
        begun.max_by_key(|(_, name)| name.len()).map(|(column, _)| column)
    };
    exact(kind, &plain).or_else(longer).or_else(|| (kind == ImportKind::Indicators && is_target(&plain)).then_some(Column::Target))
}

/// Whether a column of an annex of indicators holds targets: it names a year, or says so.
fn is_target(plain: &str) -> bool {
    years(plain).is_some() || ["muc tieu", "ke hoach", "chi tieu giao", "giai doan"].iter().any(|word| plain.starts_with(word))
}

/// The period that the name of a column speaks of: a year, or from one to another.
pub fn years(name: &str) -> Option<String> {
    let words: String = fold(name).chars().map(|c| if c.is_ascii_digit() { c } else { ' ' }).collect();
    let years: Vec<&str> = words.split_whitespace().filter(|word| word.len() == 4).collect();
    let id = match years.as_slice() {
        [year] => (*year).to_owned(),
        [from, to] => format!("{from}-{to}"),
        _ => return None,
    };
    Period::of_any(&id).map(|_| id)
}

fn exact(kind: ImportKind, plain: &str) -> Option<Column> {
    names_of(kind).iter().find(|(_, names)| names.contains(&plain)).map(|(column, _)| *column)
}

/// Words only: no diacritics, brackets, marks or underscores.
fn plain(name: &str) -> String {
    let outside = name.split('(').next().filter(|before| !before.trim().is_empty()).unwrap_or(name);
    let words: String = fold(outside).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    one_line(&words)
}

/// An annex of indicators names them, and their unit of measure or target.
fn names_indicators(row: &SheetRow) -> bool {
    let names: Vec<String> = row.cells.iter().map(|cell| plain(&cell.line())).collect();
    let indicator = names.iter().any(|n| n == "chi tieu" || n == "ten chi tieu" || n == "noi dung chi tieu" || n == "indicator");
    let measured = |n: &String| {
        ["dvt", "don vi", "don vi tinh", "unit"].contains(&n.as_str()) || n.starts_with("muc tieu") || n.starts_with("ke hoach")
    };
    indicator && names.iter().any(measured)
}
