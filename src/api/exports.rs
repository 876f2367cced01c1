//! `/exports`: lists of areas, units and tasks as files, with the columns that imports read; and templates of every
//! kind to fill in.

use actix_web::{get, web};
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, PathName, State, Unpaged};
use super::reply::Download;
use crate::domain::areas::AreaQuery;
use crate::domain::imports::ImportKind;
use crate::domain::imports::layout::Table;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::units::UnitQuery;
use crate::error::{AppError, AppResult};
use crate::files::written::{self, Format, WriteError, Written};
use crate::service::access::{ReadDirectory, ReadWork};
use crate::service::exports;
use crate::view;
use crate::view::areas::AreaView;
use crate::view::tasks::TaskView;
use crate::view::units::UnitView;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(export_areas_xlsx)
        .service(export_areas_csv)
        .service(export_units_xlsx)
        .service(export_units_csv)
        .service(export_tasks_xlsx)
        .service(export_tasks_csv)
        .service(download_template);
}

/// The filters of the list of areas.
type AreaFilters = Unpaged<AreaQuery>;
/// The filters of the list of units.
type UnitFilters = Unpaged<UnitQuery>;
/// The filters of the list of tasks.
type TaskFilters = Unpaged<TaskQuery>;

/// Export areas as a workbook
///
/// The areas of the list that has the same filters, all of them, with the columns an import reads: taken in again, it changes nothing.
#[utoipa::path(
    tag = "files", params(AreaFilters),
    responses((status = 200, description = "The file.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
#[get("/exports/areas.xlsx")]
async fn export_areas_xlsx(state: State, caller: Caller<ReadDirectory>, Params(query): Params<AreaFilters>) -> AppResult<Download> {
    areas(state, caller, query.0, Format::Xlsx).await
}

/// Export areas as CSV
///
/// As `/exports/areas.xlsx`, as text in UTF-8 with its mark; dates are written 31/12/2025.
#[utoipa::path(
    tag = "files", params(AreaFilters),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv", example = "STT,Mã,Tên,Cấp,Thuộc,Từ ngày,Đến ngày,Ghi chú\r\n1,hg-huyen-vi-thuy,Huyện Vị Thủy,\"Huyện, thị xã\",Tỉnh Hậu Giang,01/01/2004,30/06/2025,\r\n"))
)]
#[get("/exports/areas.csv")]
async fn export_areas_csv(state: State, caller: Caller<ReadDirectory>, Params(query): Params<AreaFilters>) -> AppResult<Download> {
    areas(state, caller, query.0, Format::Csv).await
}

/// Export units as a workbook
///
/// The units of the list that has the same filters, all of them, with the columns an import reads: taken in again, it changes nothing.
#[utoipa::path(
    tag = "files", params(UnitFilters),
    responses((status = 200, description = "The file.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
#[get("/exports/units.xlsx")]
async fn export_units_xlsx(state: State, caller: Caller<ReadDirectory>, Params(query): Params<UnitFilters>) -> AppResult<Download> {
    units(state, caller, query.0, Format::Xlsx).await
}

/// Export units as CSV
///
/// As `/exports/units.xlsx`, as text in UTF-8 with its mark; dates are written 31/12/2025.
#[utoipa::path(
    tag = "files", params(UnitFilters),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv", example = "STT,Mã,Mã định danh,Tên,Loại,Khối,Cấp trên,Địa bàn,Từ ngày,Đến ngày,Ghi chú\r\n1,hg-so-y-te,H30.14,Sở Y tế,\"Sở, ban, ngành\",Nhà nước,UBND tỉnh Hậu Giang,Tỉnh Hậu Giang,01/01/2004,,\r\n"))
)]
#[get("/exports/units.csv")]
async fn export_units_csv(state: State, caller: Caller<ReadDirectory>, Params(query): Params<UnitFilters>) -> AppResult<Download> {
    units(state, caller, query.0, Format::Csv).await
}

/// Export tasks as a workbook
///
/// The tasks of the list that has the same filters, all of them, as the reader is shown them: secret ones are stubs, for those who
/// may write them alone. It has the columns an import reads, and beside them how the work stands; taken in again, it changes nothing.
#[utoipa::path(
    tag = "files", params(TaskFilters),
    responses((status = 200, description = "The file.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
#[get("/exports/tasks.xlsx")]
async fn export_tasks_xlsx(state: State, caller: Caller<ReadWork>, Params(query): Params<TaskFilters>) -> AppResult<Download> {
    tasks(state, caller, query.0, Format::Xlsx).await
}

/// Export tasks as CSV
///
/// As `/exports/tasks.xlsx`, as text in UTF-8 with its mark; dates are written 31/12/2025, decimals 6,7.
#[utoipa::path(
    tag = "files", params(TaskFilters),
    responses((status = 200, description = "The file.", body = String, content_type = "text/csv", example = "STT,Nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Sản phẩm,Thời gian hoàn thành\r\n1,Xây dựng kế hoạch,Sở Khoa học và Công nghệ,Sở Y tế; Sở Tài chính,Kế hoạch,trong quý III-2021\r\n"))
)]
#[get("/exports/tasks.csv")]
async fn export_tasks_csv(state: State, caller: Caller<ReadWork>, Params(query): Params<TaskFilters>) -> AppResult<Download> {
    tasks(state, caller, query.0, Format::Csv).await
}

/// Download a template
///
/// A workbook to fill in and import: the columns, how each is written, and lists to choose from.
#[utoipa::path(
    tag = "files",
    params(("kind" = ImportKind, Path, description = "What the file will hold.")),
    responses((status = 200, description = "The file.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
)]
#[get("/imports/templates/{kind}.xlsx")]
async fn download_template(state: State, caller: Caller<ReadDirectory>, PathName(kind): PathName<ImportKind>) -> AppResult<Download> {
    let template = state.read(move |conn, at| exports::template(conn, &caller, kind, at)).await?;
    off_the_worker(move || written::template(&template)).await
}

async fn areas(state: State, caller: Caller<ReadDirectory>, query: AreaQuery, format: Format) -> AppResult<Download> {
    let table = state.read(move |conn, at| {
        let export = exports::areas(conn, &caller, &query, at)?;
        Ok(view::exports::areas(export.rows.into_iter().map(AreaView::from), &export.spellings, at.today()))
    });
    write(table.await?, format).await
}

async fn units(state: State, caller: Caller<ReadDirectory>, query: UnitQuery, format: Format) -> AppResult<Download> {
    let table = state.read(move |conn, at| {
        let export = exports::units(conn, &caller, &query, at)?;
        Ok(view::exports::units(export.rows.into_iter().map(UnitView::from), &export.spellings, at.today()))
    });
    write(table.await?, format).await
}

async fn tasks(state: State, caller: Caller<ReadWork>, query: TaskQuery, format: Format) -> AppResult<Download> {
    let table = state.read(move |conn, at| {
        let export = exports::tasks(conn, &caller, &query, at)?;
        let rows = export.rows.into_iter().map(|task| TaskView::new(task.record, task.judgements, task.parts, task.actions));
        Ok(view::exports::tasks(rows, &export.spellings, query.as_of.unwrap_or(at.today())))
    });
    write(table.await?, format).await
}

async fn write(table: Table, format: Format) -> AppResult<Download> {
    off_the_worker(move || written::table(&table, format)).await
}

async fn off_the_worker(work: impl FnOnce() -> Result<Written, WriteError> + Send + 'static) -> AppResult<Download> {
    web::block(work).await.map_err(AppError::internal)?.map(Download).map_err(AppError::internal)
}
