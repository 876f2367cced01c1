//! `export`: lists of areas, units and tasks as files, and templates to fill in.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::import::in_words;
use super::{Outcome, backup, say};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::{Connection, transaction};
use crate::domain::areas::AreaQuery;
use crate::domain::imports::ImportKind;
use crate::domain::imports::layout::Table;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::Timeliness;
use crate::domain::units::UnitQuery;
use crate::domain::{Moment, Reference};
use crate::error::{AppError, AppResult, rules};
use crate::files::written::{self, Format, Written};
use crate::service::access::Permit;
use crate::service::exports;
use crate::view;
use crate::view::areas::AreaView;
use crate::view::tasks::TaskView;
use crate::view::units::UnitView;

/// Who asks.
const ACTOR: &str = "command line";

const HELP: &str = "What was written is what `import` reads: taken in again it changes nothing, and taken in elsewhere it makes the
same areas, units and tasks (as drafts, unless `import --issue`).

  resolution-tracker export tasks nhiem-vu.xlsx --timeliness overdue
  resolution-tracker export units --template mau-don-vi.xlsx";

/// Options of `export`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Export {
    /// What is written: areas, units, tasks; with --template every kind that `import` takes
    #[arg(value_parser = super::import::kind)]
    kind: ImportKind,
    /// The file: .xlsx or .csv
    file: PathBuf,
    /// Write a template to fill in, with lists to choose from (.xlsx)
    #[arg(long)]
    template: bool,
    /// Replace the file if there is one already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    tasks: Tasks,
}

/// Which tasks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options for tasks")]
struct Tasks {
    /// Led by this unit, by its code
    #[arg(long, value_name = "CODE")]
    lead_unit: Option<String>,
    /// Also by the units below it
    #[arg(long)]
    subtree: bool,
    /// Led by units of this area (a province, a district), by its code
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// Standing so against their deadline: no_deadline, in_time, due_soon, overdue, on_time, late
    #[arg(long, value_name = "WORD")]
    timeliness: Vec<Timeliness>,
    /// In this state: draft, not_started, in_progress, product_submitted, completed, suspended, cancelled
    #[arg(long, value_name = "WORD")]
    lifecycle: Vec<Lifecycle>,
    /// Only what dashboards count
    #[arg(long)]
    counted: bool,
    /// As it was known at the end of this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<NaiveDate>,
}

impl Export {
    /// Reads everything on one view of the data and writes the file.
    pub fn run(self, settings: &Settings) -> Outcome {
        super::serve::start_log(settings.log_json);
        if !self.template && !self.kind.is_exported() {
            return Err(format!("only areas, units and tasks are exported; --template writes a table of {} to fill in", self.kind).into());
        }
        let format = Format::of(&self.file.to_string_lossy()).ok_or("the name of the file must end in .xlsx or .csv")?;
        if self.template && format == Format::Csv {
            return Err("a template is a workbook: its name must end in .xlsx".into());
        }
        let mut connection = backup::open_existing(settings)?;
        let now = Moment::new(Clock::system().now());
        let at = Moment { due_soon_days: settings.due_soon_days, strict_before: settings.strict_before, ..now };
        let (written, rows) = if self.template {
            let template = transaction::read(&mut connection, |conn| exports::template(conn, &Permit::of_system(ACTOR), self.kind, &at));
            (written::template(&template.map_err(|refusal| in_words(&refusal))?).map_err(|e| e.to_string())?, None)
        } else {
            let table = transaction::read(&mut connection, |conn| self.table(conn, &at)).map_err(|refusal: AppError| in_words(&refusal))?;
            (written::table(&table, format).map_err(|e| e.to_string())?, Some(table.rows.len()))
        };
        self.keep(&written).map_err(|e| format!("cannot write {}: {e}", self.file.display()))?;
        say(match rows {
            Some(rows) => format!("{}: {rows} rows", self.file.display()),
            None => format!("{}: fill it in, then `resolution-tracker import {} FILE --dry-run`", self.file.display(), self.kind),
        });
        Ok(())
    }

    fn table(&self, conn: &mut Connection, at: &Moment) -> AppResult<Table> {
        match self.kind {
            ImportKind::Areas => {
                let export = exports::areas(conn, &Permit::of_system(ACTOR), &AreaQuery::default(), at)?;
                Ok(view::exports::areas(export.rows.into_iter().map(AreaView::from), &export.spellings, at.today()))
            }
            ImportKind::Units => {
                let export = exports::units(conn, &Permit::of_system(ACTOR), &UnitQuery::default(), at)?;
                Ok(view::exports::units(export.rows.into_iter().map(UnitView::from), &export.spellings, at.today()))
            }
            ImportKind::Tasks => {
                let query = self.tasks.query();
                let export = exports::tasks(conn, &Permit::of_system(ACTOR), &query, at)?;
                let rows = export.rows.into_iter().map(|task| TaskView::new(task.record, task.judgements, task.parts, task.actions));
                Ok(view::exports::tasks(rows, &export.spellings, query.as_of.unwrap_or(at.today())))
            }
            _ => Err(AppError::bad_parameter("kind", rules::FORMAT)),
        }
    }

    fn keep(&self, written: &Written) -> Result<(), Box<dyn Error>> {
        let mut options = OpenOptions::new();
        options.write(true);
        let options = if self.force { options.create(true).truncate(true) } else { options.create_new(true) };
        let mut file = options.open(&self.file).map_err(|e| match e.kind() {
            std::io::ErrorKind::AlreadyExists => "it exists already; --force replaces it".into(),
            _ => Box::<dyn Error>::from(e),
        })?;
        file.write_all(&written.bytes)?;
        file.sync_all()?;
        Ok(())
    }
}

impl Tasks {
    fn query(&self) -> TaskQuery {
        TaskQuery {
            lead_unit: self.lead_unit.clone().map(Reference::Code),
            subtree: self.subtree,
            area: self.area.clone().map(Reference::Code),
            timeliness: self.timeliness.clone(),
            lifecycle: self.lifecycle.clone(),
            counted: self.counted,
            as_of: self.as_of,
            ..TaskQuery::default()
        }
    }
}
