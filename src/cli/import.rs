//! `import`: files of areas, units, tasks, documents and more, for whoever has the database in hand.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, ValueEnum};

use super::progress::Progress;
use super::{Outcome, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::pool::Pools;
use crate::db::transaction;
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport};
use crate::domain::{Id, Language, Moment, Reference};
use crate::error::AppError;
use crate::files;
use crate::service::access::Actor;
use crate::service::imports;
use crate::view::imports::{ImportProblemView, ImportReportView};

/// Who the journal says it was.
const ACTOR: &str = "command line";

/// The way from an empty database.
const FIRST: &str = "From an empty database, with tables of your own:

  resolution-tracker import areas areas.csv
  resolution-tracker import units units.csv
  resolution-tracker user add admin --display \"Quản trị\" --role admin --area hg
  resolution-tracker import tasks phu-luc.xlsx --root hg --source kh-17-2026 --dry-run

The other kinds need the areas and units first; clauses and conferences need their documents, mergers both sides.
Nothing is written while a row has an error; the same file again changes nothing. A template to fill in comes
from `export --template`, and what `export` wrote is taken in again.";

/// Options of `import`.
#[derive(Debug, Args)]
#[command(after_help = FIRST)]
pub struct Import {
    /// What the file holds: areas, units, tasks, documents, clauses, indicators, unit-events,
    /// unit-groups, conferences, posts, calendar-days
    #[arg(value_parser = kind)]
    kind: ImportKind,
    /// The file: .xlsx or .csv
    file: PathBuf,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// Sheet to read [default: the first one that holds such a table]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What the numbers of the rows belong to [default: the name of the file]
    #[arg(long, value_name = "CODE")]
    source: Option<String>,
    /// Province whose units are meant, by its code; needed where there are several
    #[arg(long, value_name = "CODE")]
    root: Option<String>,
    /// Period of targets whose column names no year (indicators), such as 2021
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Resolution the tasks carry out, or the clauses or indicators stand in, by its id
    #[arg(long, value_name = "ID")]
    resolution: Option<Id>,
    /// Programme the tasks come from, by its id
    #[arg(long, value_name = "ID")]
    programme: Option<Id>,
    /// Unit that verifies, by its code
    #[arg(long, value_name = "CODE")]
    monitoring_unit: Option<String>,
    /// Unit of the whole where several lead, by its code [default: their nearest common superior]
    #[arg(long, value_name = "CODE")]
    whole_lead: Option<String>,
    /// Date of the document, which words like "năm nay" refer to
    #[arg(long, value_name = "YYYY-MM-DD")]
    reference_date: Option<NaiveDate>,
    /// When the tasks were assigned
    #[arg(long, value_name = "YYYY-MM-DD")]
    assigned_on: Option<NaiveDate>,
    /// Document that assigned them
    #[arg(long, value_name = "TEXT")]
    assigning_document: Option<String>,
    /// Issue the tasks; without it they are drafts
    #[arg(long)]
    issue: bool,
    /// Instant in the past at which this was known (RFC 3339)
    #[arg(long, value_name = "TIME")]
    recorded_at: Option<DateTime<Utc>>,
    /// How the report is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Language of the report: vi, en
    #[arg(long, value_enum, default_value = "vi")]
    language: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Words {
    Vi,
    En,
}

impl Import {
    /// Brings the database up to date, carries the file out and tells what became of it.
    pub fn run(self, settings: &Settings) -> Outcome {
        super::serve::start_log(settings.log_json);
        let name = self.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let size = std::fs::metadata(&self.file).map_err(|e| format!("cannot read {}: {e}", self.file.display()))?.len();
        if size > u64::try_from(files::MOST_BYTES)? {
            return Err(in_words(&AppError::from(crate::domain::imports::FileProblem::TooLarge)).into());
        }
        let bytes = std::fs::read(&self.file).map_err(|e| format!("cannot read {}: {e}", self.file.display()))?;
        let workbook = files::open(&name, &bytes).map_err(|problem| in_words(&AppError::from(problem)))?;
        super::serve::migrate(settings)?;
        let mut connection =
            Pools::new(&settings.database_url, 1).writer().map_err(|e| format!("cannot open {}: {e}", settings.database_url))?;
        let now = Moment::new(Clock::system().now());
        let at = Moment { due_soon_days: settings.due_soon_days, strict_before: settings.strict_before, ..now };
        let (actor, options) = (Actor::system(ACTOR), self.options());
        let progress = Progress::new();
        let done = transaction::write(&mut connection, |conn| {
            imports::run_watched(conn, &actor, (self.kind, &workbook), &options, &at, &|done, all| progress.rows(done, all))
        });
        drop(progress);
        let report = done.map_err(|refusal| in_words(&refusal))?;
        self.print(&report)?;
        match report.errors() {
            0 => Ok(()),
            errors => Err(format!("{errors} errors: nothing was written").into()),
        }
    }

    fn options(&self) -> ImportOptions {
        let by_code = |code: &Option<String>| code.clone().map(Reference::Code);
        ImportOptions {
            dry_run: self.dry_run,
            sheet: self.sheet.clone(),
            source: self.source.clone(),
            root: by_code(&self.root),
            resolution: self.resolution,
            programme: self.programme,
            period: self.period.clone(),
            field: None,
            monitoring_unit: by_code(&self.monitoring_unit),
            whole_lead: by_code(&self.whole_lead),
            reference_date: self.reference_date,
            assigned_on: self.assigned_on,
            assigning_document: self.assigning_document.clone(),
            issue: self.issue,
            recorded_at: self.recorded_at,
        }
    }

    fn print(&self, report: &ImportReport) -> Outcome {
        let language = if self.language == Words::En { Language::En } else { Language::Vi };
        let view = ImportReportView::new(report, language);
        if self.format == Format::Json {
            say(serde_json::to_string_pretty(&view)?);
            return Ok(());
        }
        view.problems.iter().for_each(|problem| say(line(problem)));
        let counts = &view.counts;
        let (rows, created, updated, unchanged) = (counts.rows, counts.created, counts.updated, counts.unchanged);
        let (skipped, failed, warnings) = (counts.skipped, counts.failed, counts.warnings);
        say(match language {
            Language::Vi => format!(
                "{rows} dòng: tạo {created}, sửa {updated}, không đổi {unchanged}, bỏ qua {skipped}, lỗi {failed}; {warnings} cảnh báo{}",
                if report.applied { "" } else { " (chưa ghi)" }
            ),
            Language::En => format!(
                "{rows} rows: {created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped, {failed} failed; {warnings} warnings{}",
                if report.applied { "" } else { " (nothing written)" }
            ),
        });
        Ok(())
    }
}

/// What a file holds, as addresses or as the contract spell it: `unit-events`, `unit_events`.
pub(super) fn kind(text: &str) -> Result<ImportKind, String> {
    let known = || ImportKind::ALL.iter().map(|kind| kind.as_str().replace('_', "-")).collect::<Vec<_>>().join(", ");
    text.replace('-', "_").parse().map_err(|_| format!("known are: {}", known()))
}

/// One problem in one line: `C7  error  Cơ quan chủ trì "Sở X": there is no such unit (Sở Y?)`.
fn line(problem: &ImportProblemView) -> String {
    let place = format!("{}{}", problem.column.as_deref().unwrap_or_default(), problem.row.map(|row| row.to_string()).unwrap_or_default());
    let value = problem.value.as_ref().map(|value| format!(" \"{value}\"")).unwrap_or_default();
    let near = if problem.suggestions.is_empty() { String::new() } else { format!(" ({}?)", problem.suggestions.join("; ")) };
    format!("{place:<6} {:<8} {}{value}: {}{near}", problem.severity, problem.header.as_deref().unwrap_or_default(), problem.message)
}

/// A refusal in words for the terminal.
pub(super) fn in_words(refusal: &AppError) -> String {
    let fields = refusal.fields.iter().map(|f| format!("{}: {}", f.pointer.trim_start_matches('/'), f.message(Language::Vi)));
    let fields: Vec<String> = fields.collect();
    if fields.is_empty() { refusal.code.vi.to_owned() } else { fields.join("; ") }
}
