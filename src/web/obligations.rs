//! What a task owes, on its page: its periods or steps, and those that a report may name.

use super::labels::Label;
use super::page::Shell;
use crate::domain::obligations::{ObligationCounts, ObligationState};
use crate::domain::progress_reports::Verification;
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork};
use crate::service::obligations::{self, ShownObligation};
use crate::state::Connection;
use crate::view::obligations::ObligationView;

words! {
    /// Words of the table.
    OwedWords {
        title = "Kỳ thực hiện", "Periods and steps";
        done = "Đã thực hiện", "Done";
        of_due = "đã đến hạn", "are due";
        late = "chậm", "late";
        period = "Kỳ, mốc", "Period or step";
        due = "Thời hạn", "Due";
        state = "Trạng thái", "State";
        done_on = "Ngày hoàn thành", "Done on";
        none = "Không có hạn", "No deadline";
        more = "kỳ khác không hiện ở đây.", "more are not shown here.";
        days = "ngày", "days";
        whole = "Cả nhiệm vụ", "The whole task";
        choose = "Kỳ, mốc được báo cáo", "The period or step it is about";
        hint = "Khi hoàn thành phải chọn kỳ.", "Needed for what is completed.";
        step = "Mốc", "Step";
        week = "Tuần", "Week";
        month = "Tháng", "Month";
        quarter = "Quý", "Quarter";
        half = "6 tháng", "Half-year";
        year = "Năm", "Year";
    }
}

/// So many rows are shown.
const ROWS: usize = 24;
/// So many that are done stand before the first that is open.
const BEFORE: usize = 4;

/// One period or step.
pub struct OwedRow {
    pub name: String,
    pub text: Option<String>,
    pub due: Option<String>,
    pub badges: Vec<(&'static str, &'static str)>,
    pub days_late: Option<i64>,
    pub done_on: Option<String>,
}

/// All of it.
pub struct Owed {
    pub t: &'static OwedWords,
    /// "3/5".
    pub done: String,
    pub counts: Option<ObligationCounts>,
    pub rows: Vec<OwedRow>,
    /// How many are not shown.
    pub more: usize,
    /// Value and name of what a report may name.
    pub open: Vec<(String, String)>,
    /// What the form starts with: the period that is waited for. Of work in steps it is the whole, as people report on it.
    pub next: String,
}

/// What a task owes today.
///
/// # Errors
/// As `tasks::get`.
pub fn of(conn: &mut Connection, reader: &Permit<ReadWork>, shell: &Shell, task: Id, at: &Moment) -> AppResult<Owed> {
    let t = OwedWords::of(shell.language);
    let owed = obligations::list(conn, reader, task, None, at)?;
    let view = |item: ShownObligation| ObligationView::new(item.stood, item.state, item.days_late, item.report);
    let items: Vec<ObligationView> = owed.items.into_iter().map(view).collect();
    let first = items.iter().position(|item| item.done_on.is_none()).unwrap_or(items.len());
    let from = first.saturating_sub(BEFORE).min(items.len().saturating_sub(ROWS));
    let open = items.iter().filter(|item| !item.confirmed);
    Ok(Owed {
        t,
        done: owed.counts.as_ref().map(done_of).unwrap_or_default(),
        counts: owed.counts,
        rows: items.iter().skip(from).take(ROWS).map(|item| row(item, t, shell)).collect(),
        more: items.len().saturating_sub(ROWS),
        open: open.map(|item| (item.period.clone(), name(item, t, shell.language))).collect(),
        next: items.get(first).filter(|item| item.text.is_none()).map(|item| item.period.clone()).unwrap_or_default(),
    })
}

/// "3/5"; of work without an end "3".
pub fn done_of(counts: &ObligationCounts) -> String {
    let done = counts.done;
    counts.total.map_or_else(|| done.to_string(), |total| format!("{done}/{total}"))
}

fn row(item: &ObligationView, t: &'static OwedWords, shell: &Shell) -> OwedRow {
    let language = shell.language;
    let waits = item.done_on.is_some() && !item.confirmed;
    let told = item.report.as_ref().filter(|_| item.done_on.is_none()).map(|report| report.state.lifecycle());
    let badges = [
        Some((class(item.state), item.state.label(language))),
        told.map(|lifecycle| (lifecycle.as_str(), lifecycle.label(language))),
        waits.then(|| (Verification::Submitted.as_str(), Verification::Submitted.label(language))),
    ];
    OwedRow {
        name: named(&item.period, t, language),
        text: item.text.clone(),
        due: item.due_on.map(|day| shell.day(&day)),
        badges: badges.into_iter().flatten().collect(),
        days_late: item.days_late.filter(|days| *days > 0),
        done_on: item.done_on.map(|day| shell.day(&day)),
    }
}

/// The class of a state: the colours are those of tasks.
fn class(state: ObligationState) -> &'static str {
    match state {
        ObligationState::NotYetDue => "in_time",
        ObligationState::ReportedOnTime => "on_time",
        ObligationState::ReportedLate => "late",
        ObligationState::NoDeadline | ObligationState::DueSoon | ObligationState::Overdue => state.as_str(),
    }
}

fn name(item: &ObligationView, t: &'static OwedWords, language: Language) -> String {
    let name = named(&item.period, t, language);
    item.text.as_ref().map_or_else(|| name.clone(), |text| format!("{name}: {text}"))
}

/// A period as people write it: "Quý III/2021", "Tháng 8/2021", "Mốc 2".
pub fn period(key: &str, language: Language) -> String {
    named(key, OwedWords::of(language), language)
}

fn named(key: &str, t: &'static OwedWords, language: Language) -> String {
    if let Some(step) = key.strip_prefix('m') {
        return match step.split_once('-') {
            Some((step, of)) => format!("{} {step}, {}", t.step, named(of, t, language)),
            None => format!("{} {step}", t.step),
        };
    }
    let parts = |at: char| key.split_once(at).filter(|(year, _)| year.len() == 4);
    match (parts('Q'), parts('H'), parts('W'), parts('-')) {
        (Some((year, quarter)), ..) => match language {
            Language::Vi => format!("{} {}/{year}", t.quarter, roman(quarter)),
            Language::En => format!("{} {quarter}, {year}", t.quarter),
        },
        (_, Some((year, half)), ..) => match (language, half) {
            (Language::Vi, "1") => format!("{} đầu năm {year}", t.half),
            (Language::Vi, _) => format!("{} cuối năm {year}", t.half),
            (Language::En, _) => format!("{} {half}, {year}", t.half),
        },
        (_, _, Some((year, week)), _) => format!("{} {week}/{year}", t.week),
        (.., Some((year, month))) if month.len() == 2 => format!("{} {month}/{year}", t.month),
        (.., Some(_)) => key.to_owned(),
        _ => format!("{} {key}", t.year),
    }
}

fn roman(quarter: &str) -> String {
    quarter.parse().ok().and_then(crate::domain::roman::print).unwrap_or_else(|| quarter.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_written_as_people_do() {
        for (key, vi, en) in [
            ("2021Q3", "Quý III/2021", "Quarter 3, 2021"),
            ("2021-08", "Tháng 08/2021", "Month 08/2021"),
            ("2021H1", "6 tháng đầu năm 2021", "Half-year 1, 2021"),
            ("2021H2", "6 tháng cuối năm 2021", "Half-year 2, 2021"),
            ("2021", "Năm 2021", "Year 2021"),
            ("2021W05", "Tuần 05/2021", "Week 05/2021"),
            ("2021-2025", "2021-2025", "2021-2025"),
            ("m2", "Mốc 2", "Step 2"),
            ("m2-2029", "Mốc 2, Năm 2029", "Step 2, Year 2029"),
            ("m3-2023Q4", "Mốc 3, Quý IV/2023", "Step 3, Quarter 4, 2023"),
        ] {
            assert_eq!((period(key, Language::Vi).as_str(), period(key, Language::En).as_str()), (vi, en));
        }
    }
}
