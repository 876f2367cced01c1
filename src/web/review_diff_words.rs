//! What the fields of a frozen report are called, and what their values say to people.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

use super::figures::percent;
use super::indicators::IndicatorWords;
use super::labels::Label;
use super::obligations::period;
use super::page::Shell;
use super::review_lines::LineWords;
use super::reviews::ReviewWords;
use crate::domain::indicator_assessments::VerdictCause;
use crate::domain::indicator_values::ValueStage;
use crate::domain::indicators::IndicatorRole;
use crate::domain::review_reports::ScorePart;
use crate::domain::review_submissions::SubmissionState;
use crate::domain::reviews::ReviewKind;
use crate::domain::targets::{KeptBound, MidTermScale, MidTermVerdict, Verdict};
use crate::domain::{Language, Percent};

words! {
    /// Words of fields, beside those of the report's page.
    FieldWords {
        yes = "có", "yes";
        no = "không", "no";
        format = "Phiên bản mẫu báo cáo", "Version of the report's shape";
        as_of = "Số liệu hết ngày", "Numbers of the end of";
        illustrative = "Có số liệu minh họa", "Holds made-up figures";
        rules = "Quy tắc đánh giá", "Rules";
        texts = "Nội dung", "What is said";
        submissions = "Báo cáo của đơn vị", "What units handed in";
        early = "Lý do chốt sớm", "Why it was frozen early";
        missing = "Lý do chốt khi còn thiếu báo cáo", "Why it was frozen without what units owe";
        title = "Tên", "Title";
        name = "Tên", "Name";
        code = "Mã", "Code";
        document = "Văn bản", "Document";
        number = "Số", "Number";
        area = "Địa bàn", "Area";
        period = "Kỳ", "Period";
        formula = "Phiên bản cách tính", "Version of the formula";
        handed_in_on = "Ngày gửi", "Handed in on";
        score = "Kết quả chung", "Score";
        sentence = "Câu tổng hợp", "The sentence";
        mismatches = "Chỗ không khớp", "What does not agree";
        part = "Số nào", "Which number";
        counted = "Được tính vào kết quả chung", "Counted by the score";
        role = "Vai trò", "Role";
        lead_unit = "Đơn vị báo cáo", "The unit that reports";
        stage = "Loại số liệu", "How sure the value is";
        cause = "Căn cứ đánh giá", "Why the verdict is so";
        reason = "Lý do đánh giá khác số liệu", "Why it was decided otherwise";
        on_path = "Lộ trình", "Its path";
        text = "Lời văn", "In words";
        count = "Số chỉ tiêu", "Indicators";
        ended_on = "Ngày kết thúc hoạt động", "Its last day";
        statistic = "Thống kê", "The statistic";
        completed = "Đã hoàn thành", "Completed";
        reported = "Số nhiệm vụ có báo cáo", "Tasks with a report";
        tasks_then = "Nhiệm vụ, kỳ trước", "Tasks then";
        tasks_now = "Nhiệm vụ, kỳ này", "Tasks now";
        indicators_then = "Chỉ tiêu, kỳ trước", "Indicators then";
        indicators_now = "Chỉ tiêu, kỳ này", "Indicators now";
    }
}

/// Says fields and values of a report as pages do.
#[derive(Debug)]
pub struct Wording<'a> {
    shell: &'a Shell,
    w: &'static FieldWords,
    l: &'static LineWords,
    t: &'static ReviewWords,
    i: &'static IndicatorWords,
}

impl<'a> Wording<'a> {
    /// In the language of a page.
    pub fn new(shell: &'a Shell) -> Self {
        let of = shell.language;
        Self { shell, w: FieldWords::of(of), l: LineWords::of(of), t: ReviewWords::of(of), i: IndicatorWords::of(of) }
    }

    /// What a field is called; none where it is not known. `above` is the pointer to what it belongs to.
    pub fn field(&self, above: &str, name: &str) -> Option<&'static str> {
        let known = self.of_tasks(above, name).or_else(|| self.of_indicators(above, name)).or_else(|| self.of_round(name));
        known.or_else(|| called::<Verdict>(name, self.shell.language))
    }

    fn of_round(&self, name: &str) -> Option<&'static str> {
        let Self { w, l, t, .. } = self;
        Some(match name {
            "format" => w.format,
            "review" => t.round,
            "as_of" => w.as_of,
            "illustrative" => w.illustrative,
            "rules" => w.rules,
            "indicators" => l.score,
            "tasks" => l.tasks,
            "comparison" => l.compared,
            "texts" => w.texts,
            "submissions" => w.submissions,
            "early_reason" => w.early,
            "missing_reason" => w.missing,
            "kind" => t.kind,
            "title" => w.title,
            "anchor_on" => t.anchor_on,
            "due_on" => t.due_on,
            "document" => w.document,
            "number" => w.number,
            "area" => w.area,
            "code" => w.code,
            "name" => w.name,
            "unit" => t.unit,
            "kept_bound" => t.kept_bound,
            "scale" => t.scale,
            "period" => w.period,
            "formula_version" => w.formula,
            "results" => t.results,
            "obstacles" => t.obstacles,
            "causes" => t.causes,
            "lessons" => t.lessons,
            "proposals" => t.proposals,
            "state" => t.state,
            "handed_in_on" => w.handed_in_on,
            _ => return None,
        })
    }

    fn of_indicators(&self, above: &str, name: &str) -> Option<&'static str> {
        let Self { w, l, i, .. } = self;
        Some(match name {
            "score" => w.score,
            "computed" => i.computed,
            "sentence" => w.sentence,
            "mid_term" => i.mid_term,
            "claimed" => l.claimed,
            "mismatches" => w.mismatches,
            "part" => w.part,
            "said" => l.said,
            "counted" if above.contains("/mismatches/") => l.counted,
            "counted" => w.counted,
            "lines" => l.indicators,
            "place" => i.number,
            "measure" => i.unit,
            "role" => w.role,
            "lead_unit" => w.lead_unit,
            "target" => i.target,
            "actual" => l.actual,
            "newest" => i.newest,
            "stage" => w.stage,
            "cause" => w.cause,
            "verdict" => i.verdict,
            "reason" => w.reason,
            "on_path" => w.on_path,
            "text" => w.text,
            "count" => w.count,
            _ => return None,
        })
    }

    fn of_tasks(&self, above: &str, name: &str) -> Option<&'static str> {
        let Self { w, l, t, .. } = self;
        Some(match name {
            "total" => l.total,
            "units" => t.unit,
            "overdue" => l.overdue_tasks,
            "ended_on" => w.ended_on,
            "statistic" => w.statistic,
            "claimed" if above.starts_with("/tasks") => l.progress_claimed,
            "verified" => l.progress_verified,
            "reported" => w.reported,
            "completed" => w.completed,
            "completed_on_time" => l.on_time,
            "completed_late" => l.late,
            "open_in_time" => l.in_time,
            "open_overdue" => l.overdue,
            "suspended" => l.suspended,
            "cancelled" => l.cancelled,
            "deadline" => l.deadline,
            "days_late" => l.days_late,
            "tasks_then" => w.tasks_then,
            "tasks_now" => w.tasks_now,
            "tasks_new" => l.new_tasks,
            "tasks_gone" => l.gone_tasks,
            "indicators_then" => w.indicators_then,
            "indicators_now" => w.indicators_now,
            "changed" => l.changed,
            "then" => l.then,
            "now" => l.now,
            _ => return None,
        })
    }

    /// What a value says; a dash where there is none.
    pub fn said(&self, field: &str, value: &Value) -> String {
        match value {
            Value::Null => "–".to_owned(),
            Value::Bool(holds) => self.holds(field, *holds).to_owned(),
            Value::Number(number) => self.number(field, number),
            Value::String(text) => self.text(field, text),
            Value::Array(list) => list.iter().map(|entry| self.said(field, entry)).collect::<Vec<_>>().join("\n"),
            Value::Object(fields) => self.fields(fields),
        }
    }

    fn holds(&self, field: &str, holds: bool) -> &'static str {
        match (field, holds) {
            ("on_path", true) => self.l.on_path,
            ("on_path", false) => self.l.off_path,
            (_, true) => self.w.yes,
            (_, false) => self.w.no,
        }
    }

    fn number(&self, field: &str, number: &Number) -> String {
        let share = if matches!(field, "claimed" | "verified") { Percent::from_decimal(&number.to_string()).ok() } else { None };
        share.map_or_else(|| number.to_string(), |share| percent(Some(share), self.shell.language))
    }

    /// What a text says: a day, a period, a number, a word of ours, or itself.
    pub fn text(&self, field: &str, text: &str) -> String {
        let language = self.shell.language;
        match field {
            "as_of" | "anchor_on" | "due_on" | "ended_on" | "handed_in_on" => {
                text.parse::<NaiveDate>().map_or_else(|_| text.to_owned(), |day| self.shell.day(&day))
            }
            "period" => period(text, language),
            "number" if language == Language::Vi && text.parse::<Decimal>().is_ok() => text.replace('.', ","),
            _ => label(field, text, language).unwrap_or(text).to_owned(),
        }
    }

    /// A number with its period, a name; of anything else all that it holds.
    fn fields(&self, fields: &Map<String, Value>) -> String {
        let of = |name: &str| fields.get(name).and_then(Value::as_str);
        match (of("text"), of("period"), of("code").and(of("name"))) {
            (Some(text), Some(of), _) => format!("{text} ({})", period(of, self.shell.language)),
            (Some(text), ..) | (_, _, Some(text)) => text.to_owned(),
            _ => {
                let named = |name: &String| self.field("", name).map_or_else(|| name.clone(), ToOwned::to_owned);
                let said = fields.iter().map(|(name, value)| format!("{}: {}", named(name), self.said(name, value)));
                said.collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// What a word of ours is called.
fn label(field: &str, text: &str, language: Language) -> Option<&'static str> {
    match field {
        "verdict" | "computed" | "then" | "now" | "mid_term" => {
            called::<Verdict>(text, language).or_else(|| called::<MidTermVerdict>(text, language))
        }
        "state" => called::<SubmissionState>(text, language),
        "stage" => called::<ValueStage>(text, language),
        "role" => called::<IndicatorRole>(text, language),
        "kind" => called::<ReviewKind>(text, language),
        "cause" => called::<VerdictCause>(text, language),
        "kept_bound" => called::<KeptBound>(text, language),
        "scale" => called::<MidTermScale>(text, language),
        "part" => called::<ScorePart>(text, language),
        _ => None,
    }
}

fn called<T: Label + FromStr>(name: &str, language: Language) -> Option<&'static str> {
    name.parse::<T>().ok().map(|named| named.label(language))
}
