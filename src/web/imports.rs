//! `/import`: a file of areas, units, tasks or another noun is checked first, then taken in. The second step gets
//! the file again: carried along by the page if it is small, else chosen once more (ADR 10).

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::csrf;
use super::forms::{Faults, Query};
use super::import_about::ImportAbout;
use super::import_form::{ImportFormWords, Lists, Typed, next_kind};
use super::import_report::{ImportReportWords, Shown, promise};
use super::labels::Label;
use super::once::{Sent, once};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use super::upload::FileForm;
use crate::domain::Language;
use crate::domain::imports::{ImportKind, ImportOptions, ImportReport, Workbook};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::WriteWork;
use crate::service::imports;
use crate::service::paging::PageRequest;
use crate::state::Connection;
use crate::view::imports::ImportView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(import_page).service(import_file);
}

words! {
    /// Words of the page.
    ImportWords {
        title = "Nhập dữ liệu từ bảng tính", "Import from a spreadsheet";
        lead = "Bước một kiểm tra và không ghi gì; bước hai nhập đúng tệp đã kiểm tra. Nhập lại cùng một tệp không làm thay đổi gì.", "The first step checks and writes nothing; the second imports the file that was checked. The same file again changes nothing.";
        kinds = "Loại bảng", "What the file holds";
        template = "Tải tệp mẫu", "Download the template";
        done = "Đã nhập", "Imported";
        nothing = "Không có gì thay đổi: mọi dòng của tệp đều đã có trong hệ thống.", "Nothing has changed: every row of the file was there already.";
        created = "tạo mới", "created";
        updated = "thay đổi", "changed";
        unchanged = "giữ nguyên", "unchanged";
        skipped = "bỏ qua", "left out";
        busy = "Tệp này đang được nhập. Xem mục “Đã nhập gần đây” sau giây lát; tệp không bị nhập hai lần.", "This file is being imported. Look at “Imported lately” in a moment; it will not be imported twice.";
        recent = "Đã nhập gần đây", "Imported lately";
        when = "Lúc", "When";
        file = "Tệp", "File";
        who = "Người nhập", "By";
        outcome = "Kết quả", "Outcome";
    }
}

/// How many past imports are shown.
const RECENT: i64 = 5;

/// An import that was carried out.
struct Past {
    kind: &'static str,
    file: String,
    who: String,
    when: String,
    outcome: String,
}

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    shell: Shell,
    t: &'static ImportWords,
    f: &'static ImportFormWords,
    r: &'static ImportReportWords,
    kind: ImportKind,
    /// Names and labels of what the account may import.
    kinds: Vec<(ImportKind, &'static str)>,
    about: &'static str,
    /// Where to go from here: address and words.
    onwards: Option<(&'static str, &'static str)>,
    typed: Typed,
    lists: Lists,
    most_bytes: usize,
    faults: Faults,
    /// What is wrong, field by field: where it stands, what it is called, what is wrong with it.
    wrong: Vec<(&'static str, &'static str, String)>,
    /// What is wrong as a whole.
    message: Option<String>,
    /// The import that was carried out just now.
    done: Option<Past>,
    nothing: bool,
    report: Option<Shown>,
    recent: Vec<Past>,
}

#[derive(Debug, Deserialize)]
struct Asked {
    kind: Option<ImportKind>,
    /// Id of an import, or `nothing`: what was done just now.
    #[serde(default)]
    done: String,
}

#[get("/import")]
async fn import_page(state: State, visitor: Visitor<WriteWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    let filled = state.read(move |conn, _| {
        let kind = asked.kind.map_or_else(|| next_kind(conn, &visitor, &visitor.shell), Ok)?;
        let mut page = fill(conn, &visitor, kind, Typed::default())?;
        page.nothing = asked.done == "nothing";
        if let Ok(id) = asked.done.parse() {
            page.done = Some(past(imports::get(conn, &visitor, id)?.into(), page.t, visitor.shell.language));
        }
        Ok(page)
    });
    page::show(&filled.await?)
}

#[post("/import")]
async fn import_file(state: State, visitor: Visitor<WriteWork>, form: FileForm) -> AppResult<HttpResponse> {
    let mut typed = Typed::read(&form.fields)?;
    let kind = typed.kind.parse().unwrap_or(ImportKind::Tasks);
    match take(&state, &visitor, &mut typed, form).await {
        Ok(Taken::Imported(answer)) => Ok(answer),
        Ok(Taken::Checked(shown)) => {
            let status = if shown.changed { StatusCode::CONFLICT } else { StatusCode::OK };
            let page = state.read(move |conn, _| fill(conn, &visitor, kind, typed)).await?;
            page::show_as(status, &ImportPage { report: Some(shown), ..page })
        }
        Err(error) if matches!(error.code.status, 400 | 409 | 413 | 422) => {
            let status = StatusCode::from_u16(error.code.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            let page = state.read(move |conn, _| fill(conn, &visitor, kind, typed)).await?;
            page::show_as(status, &page.refused(&error))
        }
        Err(error) => Err(error),
    }
}

impl ImportPage {
    /// The page with what was wrong with the form.
    fn refused(self, error: &AppError) -> Self {
        let faults = Faults::of(error, self.shell.language);
        let wrong = self.f.wrong(&faults);
        let message = match error.code {
            code if code == codes::IDEMPOTENCY_IN_FLIGHT => Some(self.t.busy.to_owned()),
            _ if error.fields.is_empty() => faults.general.clone(),
            _ => None,
        };
        Self { faults, wrong, message, ..self }
    }
}

/// What became of a form.
enum Taken {
    Imported(HttpResponse),
    Checked(Shown),
}

/// Imports if the form says so and everything is as it was checked; else checks.
async fn take(state: &State, visitor: &Visitor<WriteWork>, typed: &mut Typed, form: FileForm) -> AppResult<Taken> {
    let file = form.file?.map_or_else(|| typed.file(), Ok)?;
    let (kind, options) = (typed.kind()?, typed.options()?);
    (typed.carried, typed.carried_name) = (file.carry().unwrap_or_default(), file.name().to_owned());
    let work = Arc::new(Work { kind, options, typed: typed.clone(), workbook: file.open().await? });
    let wanted = typed.step == "import";
    if wanted {
        match import(state, visitor.clone(), work.clone()).await {
            Err(error) if error.code == codes::STALE => {}
            answer => return Ok(Taken::Imported(answer?)),
        }
    }
    let (checked, writer) = (work.clone(), visitor.clone());
    let report = state.write(move |conn, at| imports::run(conn, writer.actor(), kind, &checked.workbook, &checked.dry(), at)).await?;
    typed.promise = work.promise(&report)?;
    typed.key = csrf::random();
    Ok(Taken::Checked(Shown::new(&report, wanted, visitor.shell.language)))
}

/// A file with what is said of it.
struct Work {
    kind: ImportKind,
    options: ImportOptions,
    typed: Typed,
    workbook: Workbook,
}

impl Work {
    fn dry(&self) -> ImportOptions {
        ImportOptions { dry_run: true, ..self.options.clone() }
    }

    fn promise(&self, report: &ImportReport) -> AppResult<String> {
        promise(&self.typed, &self.workbook.sha256, report)
    }
}

/// Carries the file out, if that does what the check told.
///
/// # Errors
/// `stale` if it does not: then nothing is written.
async fn import(state: &State, visitor: Visitor<WriteWork>, work: Arc<Work>) -> AppResult<HttpResponse> {
    let sent = Sent { route: "POST /import".to_owned(), key: work.typed.key.clone(), typed: work.typed.promise.clone() };
    once(state, visitor, sent, move |conn, visitor, at| {
        let report = imports::run(conn, visitor.actor(), work.kind, &work.workbook, &work.options, at)?;
        if !report.applied || work.promise(&report)? != work.typed.promise {
            return Err(AppError::new(codes::STALE));
        }
        let done = report.import.map_or_else(|| "nothing".to_owned(), |id| id.to_string());
        Ok(format!("/import?kind={}&done={done}", work.kind))
    })
    .await
}

/// The page, with the form as it was typed.
fn fill(conn: &mut Connection, visitor: &Visitor<WriteWork>, kind: ImportKind, typed: Typed) -> AppResult<ImportPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let t = ImportWords::of(language);
    let may = |kind: &&ImportKind| !kind.is_directory() || shell.may("write_directory");
    let recent = imports::list(conn, visitor, &PageRequest { limit: Some(RECENT), cursor: None })?.items;
    Ok(ImportPage {
        kinds: ImportKind::ALL.iter().filter(may).map(|kind| (*kind, kind.label(language))).collect(),
        about: ImportAbout::of(language).of_kind(kind),
        onwards: ImportAbout::of(language).onwards(kind),
        lists: Lists::load(conn, visitor, kind, &typed)?,
        f: ImportFormWords::of(language),
        r: ImportReportWords::of(language),
        most_bytes: crate::files::MOST_BYTES,
        faults: Faults::default(),
        wrong: Vec::new(),
        message: None,
        done: None,
        nothing: false,
        report: None,
        recent: recent.into_iter().map(|import| past(import.into(), t, language)).collect(),
        shell,
        t,
        kind,
        typed,
    })
}

fn past(import: ImportView, t: &'static ImportWords, language: Language) -> Past {
    let counts = [(import.created, t.created), (import.updated, t.updated), (import.unchanged, t.unchanged), (import.skipped, t.skipped)];
    let told = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    Past {
        kind: import.kind.label(language),
        outcome: told.collect::<Vec<_>>().join(", "),
        file: import.file_name,
        who: import.actor,
        when: time(import.recorded_at, language),
    }
}
