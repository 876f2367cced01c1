//! A small report to write papers of.

use serde_json::{Value, json};

use super::{Approval, Erratum, Paper};
use crate::domain::review_reports::ReviewReport;

/// SHA-256 of nothing in particular.
pub const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A report of three indicators, two units and one overdue task.
pub fn report() -> ReviewReport {
    serde_json::from_value(json!({
        "format": 1,
        "review": {
            "kind": "three_year", "title": "Sơ kết 3 năm thực hiện Nghị quyết Đại hội XIV", "anchor_on": "2020-10-14", "due_on": "2023-10-14",
            "document": "Nghị quyết Đại hội XIV", "number": "04-NQ/TU", "area": { "code": "hg", "name": "Tỉnh Hậu Giang" }
        },
        "as_of": "2023-02-01",
        "illustrative": true,
        "rules": { "kept_bound": "exceeded", "scale": "progress", "period": "2023", "formula_version": 2 },
        "indicators": indicators(),
        "tasks": tasks(),
        "comparison": {
            "title": "Sơ kết năm 2022", "as_of": "2022-12-31", "tasks_then": four(3, 1), "tasks_now": four(4, 1),
            "tasks_new": 2, "tasks_gone": 0, "indicators_then": score(1, 0), "indicators_now": score(1, 1),
            "changed": [{ "place": "2", "name": "Tỷ lệ lao động qua đào tạo", "then": "not_met", "now": "met" }]
        },
        "texts": {
            "results": "Kinh tế tăng trưởng khá.\n\n- Nông thôn mới có nhiều tiến bộ.", "obstacles": "Giải ngân còn chậm.",
            "causes": "Chưa quyết liệt.", "lessons": "Một là, nêu gương.", "proposals": "Bố trí vốn."
        },
        "submissions": [
            {
                "unit": { "code": "hg-so-y-te", "name": "Sở Y tế" }, "state": "verified", "handed_in_on": "2023-01-20",
                "texts": { "results": "=1+1", "obstacles": null, "causes": null, "lessons": null, "proposals": null }
            },
            {
                "unit": { "code": "hg-so-noi-vu", "name": "Sở Nội vụ" }, "state": "owed", "handed_in_on": null,
                "texts": { "results": null, "obstacles": null, "causes": null, "lessons": null, "proposals": null }
            }
        ],
        "early_reason": "tỉnh sắp xếp lại đơn vị hành chính.",
        "missing_reason": "đơn vị đang sáp nhập."
    }))
    .unwrap()
}

fn score(exceeded: u32, met: u32) -> Value {
    json!({
        "total": 2, "exceeded": exceeded, "met": met, "basically_met": 0, "not_met": 2 - exceeded - met, "not_assessable": 0, "not_yet_due": 0
    })
}

fn four(completed: u32, open_overdue: u32) -> Value {
    json!({
        "total": completed + open_overdue + 1_500, "completed": completed, "completed_on_time": completed, "completed_late": 0,
        "open_in_time": 1_500, "open_overdue": open_overdue, "suspended": 0, "cancelled": 1
    })
}

fn indicators() -> Value {
    let line = |place: &str, name: &str, role: &str, computed: &str, verdict: &str| {
        json!({
            "place": place, "name": name, "counted": role == "main", "measure": "triệu đồng/người", "role": role,
            "lead_unit": { "code": "hg-so-y-te", "name": "Sở Y tế" },
            "target": { "period": "2023", "text": "80,33", "number": "80.33" }, "actual": { "period": "2022", "text": "1.081,5", "number": "1081.5" },
            "newest": { "period": "2022", "text": "1.081,5", "number": "1081.5" }, "stage": "estimate", "computed": computed, "cause": null,
            "verdict": verdict, "reason": (computed != verdict).then_some("Ban Thường vụ thống nhất"), "on_path": true, "mid_term": "reached"
        })
    };
    json!({
        "score": score(1, 1), "computed": score(1, 0), "sentence": "2/2 chỉ tiêu đạt và vượt, trong đó 1 vượt",
        "mid_term": [{ "verdict": "reached", "count": 2 }],
        "claimed": { "text": "2/3 chỉ tiêu đạt và vượt", "mismatches": [{ "part": "total", "said": 3, "counted": 2 }] },
        "lines": [
            line("1", "GRDP bình quân đầu người", "main", "exceeded", "exceeded"),
            line("1.1", "Khu vực II", "sub", "not_met", "not_met"),
            line("2", "Tỷ lệ lao động qua đào tạo", "main", "not_met", "met")
        ]
    })
}

fn tasks() -> Value {
    let unit = |code: &str, name: &str, completed: u32, open_overdue: u32| {
        json!({
            "unit": { "code": code, "name": name }, "ended_on": "2023-01-31", "statistic": four(completed, open_overdue),
            "claimed": 72.5, "verified": null, "reported": 3
        })
    };
    json!({
        "total": { "statistic": four(4, 1), "claimed": 72.5, "verified": 60, "reported": 6 },
        "units": [unit("hg-so-noi-vu", "Sở Nội vụ", 1, 0), unit("hg-so-y-te", "Sở Y tế", 3, 1)],
        "overdue": [{
            "title": "Xây dựng bệnh viện", "unit": { "code": "hg-so-y-te", "name": "Sở Y tế" }, "deadline": "trong quý III-2021",
            "due_on": "2021-09-30", "days_late": 1_489
        }]
    })
}

/// A report with nothing in it but its title.
pub fn empty() -> ReviewReport {
    let mut report = report();
    report.indicators.lines.clear();
    (report.indicators.mid_term, report.indicators.claimed, report.comparison) = (None, None, None);
    (report.indicators.score, report.indicators.computed) = Default::default();
    (report.tasks.units, report.tasks.overdue, report.submissions) = Default::default();
    (report.tasks.total.statistic, report.tasks.total.claimed, report.tasks.total.verified) = Default::default();
    report.texts = Default::default();
    (report.early_reason, report.missing_reason, report.illustrative) = Default::default();
    report
}

/// The paper of a draft.
pub fn draft(report: &ReviewReport) -> Paper<'_> {
    Paper { report, sha256: None, frozen_on: None, approvals: Vec::new(), errata: Vec::new() }
}

/// The paper of what was frozen, approved and corrected.
pub fn frozen(report: &ReviewReport) -> Paper<'_> {
    let day = |text: &str| text.parse().unwrap();
    Paper {
        report,
        sha256: Some(SHA256),
        frozen_on: Some(day("2023-02-03")),
        approvals: vec![Approval {
            name: "Lãnh đạo Tỉnh ủy".to_owned(), post: Some("Phó Bí thư".to_owned()), on: day("2023-03-05")
        }],
        errata: vec![Erratum { on: day("2023-11-03"), text: "Chỉ tiêu 1 đọc là 93,78.".to_owned() }],
    }
}
