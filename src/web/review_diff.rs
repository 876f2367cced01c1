//! `/reviews/{review}/diff`: what was frozen of a review round, held against the record, value by value.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde_json::Value;

use super::forms::{self, Query};
use super::labels::Label;
use super::page::{self, Shell};
use super::review_lines::LineWords;
use super::reviews::ReviewWords;
use super::session::{State, Visitor};
use crate::domain::review_reports::{DiffAgainst, DiffQuery};
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::{review_reports, reviews};
use crate::state::Connection;
use crate::view::review_reports::ReviewDiffView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(diff_page);
}

words! {
    /// Words of this page.
    DiffWords {
        title = "Bản đã chốt và dữ liệu", "What was frozen, and the record";
        frozen_as_of = "Bản chốt theo số liệu hết ngày", "Frozen with the numbers of";
        held = "Đối chiếu với", "Held against";
        as_of = "số liệu hết ngày", "numbers of";
        whole = "Nội dung còn nguyên: đúng mã SHA-256 lúc chốt.", "The content is whole: it has the SHA-256 it was frozen with.";
        broken = "Nội dung đã bị thay đổi: không còn đúng mã SHA-256 lúc chốt.", "The content was altered: it no longer has the SHA-256 it was frozen with.";
        same = "Không có gì khác.", "Nothing differs.";
        differ = "giá trị khác", "values differ";
        first = "chỉ hiện 500 giá trị đầu tiên", "only the first 500 are shown";
        now_about = "Sau khi chốt, số liệu hôm nay khác là bình thường.", "After a while it is in good order that the numbers of today differ.";
        record_about = "Với dữ liệu gốc của chính ngày đó thì phải giống: khác nghĩa là có dữ liệu ghi sau cho ngày trước, hoặc bị sửa ngoài hệ thống.", "Of the very day it should be the same: what differs was recorded later for an earlier time, or altered by other ways than this program.";
        part = "Phần", "Part";
        place = "Vị trí", "Where it stands";
        frozen = "Đã chốt", "Frozen";
        found = "Hiện có", "Found";
        texts = "Nội dung", "What is said";
        other = "Khác", "Other";
    }
}

/// One value that differs.
struct Row {
    part: &'static str,
    place: String,
    frozen: String,
    found: String,
}

#[derive(Template)]
#[template(path = "review_diff.html")]
struct DiffPage {
    shell: Shell,
    t: &'static ReviewWords,
    d: &'static DiffWords,
    /// Address and title of the round.
    round: (String, String),
    view: ReviewDiffView,
    /// What else it may be held against: address, name, whether it is.
    choices: Vec<(String, &'static str, bool)>,
    about: &'static str,
    rows: Vec<Row>,
}

#[get("/reviews/{review}/diff")]
async fn diff_page(
    state: State,
    visitor: Visitor<ReadWork>,
    which: Path<String>,
    Query(asked): Query<DiffQuery>,
) -> AppResult<HttpResponse> {
    let (which, against) = (forms::id(&which)?, asked.against.unwrap_or(DiffAgainst::Now));
    page::show(&state.read(move |conn, at| fill(conn, &visitor, which, against, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, id: Id, against: DiffAgainst, at: &Moment) -> AppResult<DiffPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let d = DiffWords::of(language);
    let diff = review_reports::diff(conn, visitor, id, against, at)?;
    let view = ReviewDiffView::new(&diff.report, against, diff.as_of, diff.whole, diff.differences);
    let (t, l) = (ReviewWords::of(language), LineWords::of(language));
    let rows = view.differences.iter().map(|found| Row {
        part: part(&found.pointer, (t, d, l)),
        place: found.pointer.clone(),
        frozen: said(&found.frozen),
        found: said(&found.found),
    });
    let address = format!("/reviews/{id}");
    let choices = DiffAgainst::ALL.iter().map(|one| (format!("{address}/diff?against={one}"), one.label(language), *one == against));
    Ok(DiffPage {
        t,
        d,
        rows: rows.collect(),
        choices: choices.collect(),
        about: if against == DiffAgainst::Now { d.now_about } else { d.record_about },
        round: (address, reviews::get(conn, visitor, id)?.title),
        view,
        shell,
    })
}

/// The chapter of the report in which a value stands.
fn part(pointer: &str, (t, d, l): (&'static ReviewWords, &'static DiffWords, &'static LineWords)) -> &'static str {
    match pointer.split('/').nth(1) {
        Some("indicators") => l.score,
        Some("tasks") => l.tasks,
        Some("comparison") => l.compared,
        Some("submissions") => t.unit,
        Some("texts") => d.texts,
        Some("review" | "rules") => t.round,
        _ => d.other,
    }
}

/// A value as people read it; a dash where there is none.
fn said(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
