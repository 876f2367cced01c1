//! `/reviews/{review}/diff`: what was frozen of a review round, held against the record, value by value.

use std::collections::HashMap;

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde_json::Value;

use super::forms::{self, Query};
use super::labels::Label;
use super::page::{self, Shell};
use super::review_diff_words::Wording;
use super::review_lines::LineWords;
use super::reviews::ReviewWords;
use super::session::{State, Visitor};
use crate::domain::review_diffs::{ReviewDifference, entries};
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
        there = "có", "there";
        not_there = "không có", "not there";
        added = "có thêm", "added";
        gone = "không còn", "gone";
        texts = "Nội dung", "What is said";
        other = "Khác", "Other";
    }
}

/// One value that differs.
struct Row {
    part: &'static str,
    place: String,
    /// The same as the API has it.
    pointer: String,
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
    let address = format!("/reviews/{id}");
    let choices = DiffAgainst::ALL.iter().map(|one| (format!("{address}/diff?against={one}"), one.label(language), *one == against));
    Ok(DiffPage {
        t: ReviewWords::of(language),
        d,
        rows: rows(&view.differences, &diff.report.content, &shell),
        choices: choices.collect(),
        about: if against == DiffAgainst::Now { d.now_about } else { d.record_about },
        round: (address, reviews::get(conn, visitor, id)?.title),
        view,
        shell,
    })
}

fn rows(differences: &[ReviewDifference], content: &str, shell: &Shell) -> Vec<Row> {
    let kept: Value = serde_json::from_str(content).unwrap_or_default();
    let words = (ReviewWords::of(shell.language), DiffWords::of(shell.language), LineWords::of(shell.language));
    let telling = Telling { entries: entries(&kept), wording: Wording::new(shell), d: words.1 };
    differences.iter().map(|difference| telling.row(part(&difference.pointer, words), difference)).collect()
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

/// Tells of the differences of one report.
struct Telling<'a> {
    /// The entries of the lists that were frozen, by their pointers.
    entries: HashMap<String, &'a Value>,
    wording: Wording<'a>,
    d: &'static DiffWords,
}

impl Telling<'_> {
    fn row(&self, part: &'static str, difference: &ReviewDifference) -> Row {
        let (frozen, found) = self.sides(difference);
        Row { part, place: self.place(difference), pointer: difference.pointer.clone(), frozen, found }
    }

    /// Where a value stands within its chapter: what leads to it, by its names.
    fn place(&self, difference: &ReviewDifference) -> String {
        let (mut above, mut words) = (String::new(), Vec::new());
        for segment in difference.pointer.split('/').skip(1) {
            let field = self.wording.field(&above, segment);
            above = format!("{above}/{segment}");
            let added = if field.is_none() && above == difference.pointer { Some(&difference.found) } else { None };
            let entry = self.entries.get(&above).copied().or(added);
            let known = entry.and_then(|entry| self.name(entry)).or_else(|| field.map(ToOwned::to_owned));
            words.push(known.unwrap_or_else(|| segment.replace("~1", "/").replace("~0", "~")));
        }
        let chapter = usize::from(words.len() > 1);
        words.get(chapter..).unwrap_or_default().join(" › ")
    }

    /// What was frozen, and what is found; of a whole entry only on which side it stands.
    fn sides(&self, difference: &ReviewDifference) -> (String, String) {
        let (d, ReviewDifference { pointer, frozen, found }) = (self.d, difference);
        let (above, field) = pointer.rsplit_once('/').unwrap_or_default();
        let entry = above.is_empty() || self.entries.contains_key(pointer) || self.wording.field(above, field).is_none();
        match (frozen, found) {
            (Value::Object(_), Value::Null) if entry => (d.there.to_owned(), d.gone.to_owned()),
            (Value::Null, Value::Object(_)) if entry => (d.not_there.to_owned(), d.added.to_owned()),
            _ => (self.wording.said(field, frozen), self.wording.said(field, found)),
        }
    }

    /// What an entry of a list is called.
    fn name(&self, entry: &Value) -> Option<String> {
        let of = |at: &str| entry.pointer(at).and_then(Value::as_str);
        let said = |field: &str| Some(self.wording.text(field, entry.get(field)?.as_str()?));
        let unit = of("/unit/name").map(ToOwned::to_owned);
        match (of("/title"), of("/place"), of("/name")) {
            (Some(title), ..) => {
                let beside: Vec<String> = unit.into_iter().chain(said("due_on")).collect();
                Some(if beside.is_empty() { title.to_owned() } else { format!("{title} ({})", beside.join(", ")) })
            }
            (None, Some(place), Some(name)) => Some(format!("{place}. {name}")),
            _ => unit.or_else(|| said("verdict")).or_else(|| said("part")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;
    use crate::domain::review_diffs::differences;
    use crate::web::session::Visit;
    use serde_json::json;

    /// Where they stand, what was frozen and what is found.
    fn told(language: Language, frozen: &Value, found: &Value) -> Vec<[String; 3]> {
        let shell = Visit { language, address: "/".into(), visitor: None }.shell();
        let telling = Telling { entries: entries(frozen), wording: Wording::new(&shell), d: DiffWords::of(language) };
        let row = |one: &ReviewDifference| telling.row("", one);
        differences(frozen, found).iter().map(row).map(|row| [row.place, row.frozen, row.found]).collect()
    }

    fn task(unit: &str) -> Value {
        json!({"title": "Rà soát/1", "unit": {"code": format!("hg-{unit}"), "name": unit}, "due_on": "2023-09-30"})
    }

    #[test]
    fn values_are_told_in_words() {
        let report = |verdict: &str, target: Value, counts: [Value; 2]| {
            let line = json!({"place": "3", "name": "GRDP", "verdict": verdict, "target": target});
            let [overdue, verified] = counts;
            let unit = json!({"unit": {"code": "hg-y", "name": "Sở Y tế"}, "statistic": {"open_overdue": overdue}, "verified": verified});
            let round = json!({"due_on": "2023-10-14", "later": 1});
            json!({"indicators": {"lines": [line]}, "review": round, "tasks": {"units": [unit]}})
        };
        let frozen = report("exceeded", Value::Null, [json!(1), Value::Null]);
        let target = json!({"period": "2025Q3", "text": "77-80", "number": null});
        let mut found = report("not_met", target, [json!(2), json!(60.5)]);
        found["review"] = json!({"due_on": "2023-10-15", "later": 2});
        let expected = [
            ["Các chỉ tiêu › 3. GRDP › Mục tiêu", "–", "77-80 (Quý III/2025)"],
            ["Các chỉ tiêu › 3. GRDP › Đánh giá", "Vượt", "Không đạt"],
            ["Đến hạn", "14/10/2023", "15/10/2023"],
            ["later", "1", "2"],
            ["Đơn vị › Sở Y tế › Thống kê › Đang thực hiện quá hạn", "1", "2"],
            ["Đơn vị › Sở Y tế › Đã xác nhận", "–", "60,5%"],
        ];
        assert_eq!(told(Language::Vi, &frozen, &found), expected);
        assert_eq!(told(Language::En, &frozen, &found)[1], ["The indicators › 3. GRDP › Verdict", "Exceeded", "Not met"]);
    }

    #[test]
    fn what_is_added_or_gone_is_named() {
        let overdue = |unit: &str| json!({"tasks": {"overdue": [task(unit)]}, "comparison": null});
        let found = told(Language::Vi, &overdue("Sở Y tế"), &overdue("Sở Nội vụ"));
        let expected = [
            ["Nhiệm vụ quá hạn › Rà soát/1 (Sở Y tế, 30/09/2023)", "có", "không còn"],
            ["Nhiệm vụ quá hạn › Rà soát/1 (Sở Nội vụ, 30/09/2023)", "không có", "có thêm"],
        ];
        assert_eq!(found, expected);
        let found = told(Language::En, &json!({}), &overdue("Sở Y tế"));
        assert_eq!(found, [["Tasks", "not there", "added"]]);
    }
}
