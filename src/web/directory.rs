//! `/directory`: the way to what the province's work stands on: units and how they changed, groups, the
//! calendar, what must be clear.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;

use super::page::{self, Shell};
use super::session::Visitor;
use crate::error::AppResult;
use crate::service::access::ReadDirectory;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(directory_page);
}

words! {
    /// Words of this page.
    DirectoryWords {
        events = "Sắp xếp tổ chức, địa bàn", "Reorganisations";
        events_about = "Đơn vị, địa bàn sáp nhập, chia tách, đổi tên, giải thể; việc được bàn giao cho ai.", "Units and areas that merged, split, were renamed or ended, and to whom work was handed over.";
        groups = "Nhóm đơn vị", "Groups of units";
        groups_about = "Các huyện, các sở… để giao việc một lần cho nhiều đơn vị.", "All districts, all departments: work is given to many units at once.";
        calendar = "Lịch ngày làm việc", "Working days";
        calendar_about = "Ngày nghỉ lễ, nghỉ hoán đổi, làm bù trong năm.", "Holidays, exchanges and make-up days of a year.";
        locks = "Khóa kỳ báo cáo", "Closed periods";
        locks_about = "Kỳ đã chốt số liệu: không nhận thêm báo cáo, trừ đơn vị được mở riêng.", "Periods whose figures were handed on: no more reports, but for units to which they were left open.";
        clears = "Sáu rõ", "Six clears";
        clears_about = "Nhiệm vụ còn chưa rõ người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền.", "Tasks of which who, what, when, responsibility, product or authority is not clear.";
    }
}

#[derive(Template)]
#[template(path = "directory.html")]
struct DirectoryPage {
    shell: Shell,
    /// Address, name, explanation.
    items: [(&'static str, &'static str, &'static str); 5],
}

#[get("/directory")]
async fn directory_page(visitor: Visitor<ReadDirectory>) -> AppResult<HttpResponse> {
    let t = DirectoryWords::of(visitor.shell.language);
    let items = [
        ("/unit-events", t.events, t.events_about),
        ("/unit-groups", t.groups, t.groups_about),
        ("/calendar-days", t.calendar, t.calendar_about),
        ("/period-locks", t.locks, t.locks_about),
        ("/six-clears", t.clears, t.clears_about),
    ];
    page::show(&DirectoryPage { shell: visitor.shell.clone(), items })
}
