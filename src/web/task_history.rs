//! What happened to a task, newest first: reports, their verification, decisions, changes of what
//! it is committed to and requests for them.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::attachments::FileLink;
use super::figures::percent;
use super::labels::Label;
use super::obligations::period;
use super::page::Shell;
use super::proposals;
use crate::domain::commitment_changes::Changed;
use crate::domain::commitment_requests::{CommitmentRequestQuery, RequestState};
use crate::domain::progress_reports::{Product, ReportQuery, Verification};
use crate::domain::{Id, Language, Moment, Origin, Reference, calendar};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadWork};
use crate::service::{commitment_changes, commitment_requests, decisions, progress_reports, units};
use crate::state::Connection;
use crate::view::commitment_changes::CommitmentChangeView;
use crate::view::commitment_requests::{CommitmentRequestView, RequestDecisionView};
use crate::view::decisions::DecisionView;
use crate::view::progress_reports::ProgressReportView;

words! {
    /// Words of the history.
    HistoryWords {
        reported = "Báo cáo tiến độ", "Progress report";
        verified = "Xác nhận báo cáo", "Report verified";
        self_verified = "Tự xác nhận khi gửi", "Verified itself when logged";
        returned = "Trả lại báo cáo", "Report returned";
        changed = "Điều chỉnh cam kết", "Commitment changed";
        requested = "Đề nghị điều chỉnh", "Change requested";
        declined = "Không chấp thuận điều chỉnh", "Change refused";
        withdrawn = "Rút đề nghị điều chỉnh", "Request withdrawn";
        asked_by = "Người đề nghị", "Asked by";
        measured = "Số liệu đến ngày", "As of";
        period = "Kỳ, mốc", "Period or step";
        percent = "Tỷ lệ", "Percentage";
        product = "Sản phẩm", "Product";
        obstacles = "Khó khăn, vướng mắc", "Difficulties";
        proposals = "Kiến nghị", "Proposals";
        reason = "Lý do", "Reason";
        basis = "Căn cứ", "Basis";
        approver = "Người phê duyệt", "Approved by";
        behalf = "nhập thay đơn vị", "on behalf of the unit";
        deadline = "Thời hạn", "Deadline";
        weight = "Trọng số", "Weight";
        scope = "Phạm vi", "Scope";
        lead_unit = "Cơ quan chủ trì", "Lead unit";
    }
}

/// One thing that happened.
#[derive(Debug)]
pub struct Entry {
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The same, as people write it.
    pub when: String,
    /// What it was.
    pub heading: &'static str,
    /// Who did it.
    pub who: String,
    /// Class and name of how it stands.
    pub badges: Vec<(&'static str, &'static str)>,
    /// What was said.
    pub narrative: String,
    /// Details: name and value.
    pub facts: Vec<(&'static str, String)>,
    /// Files that prove it.
    pub files: Vec<FileLink>,
    /// Part of the demo's illustration.
    pub illustrative: bool,
    /// It happened after a form was opened that is shown now.
    pub fresh: bool,
}

/// All that happened to a task, newest first.
///
/// # Errors
/// As `tasks::get`.
pub fn of(conn: &mut Connection, reader: &Permit<ReadWork>, shell: &Shell, task: Id, at: &Moment) -> AppResult<Vec<Entry>> {
    let maker = Maker { shell, t: HistoryWords::of(shell.language) };
    let mut entries = Vec::new();
    let mut cursor = None;
    loop {
        let query = ReportQuery { task: Some(task), limit: Some(200), cursor, ..ReportQuery::default() };
        let page = progress_reports::list(conn, reader, query, at)?;
        for report in page.items {
            let view = ProgressReportView::new(report.record, report.actions);
            entries.extend(maker.judged(&view));
            entries.push(maker.reported(view));
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    entries.extend(decisions::list(conn, reader, task, at)?.into_iter().map(|(row, by)| maker.decided(DecisionView::new(row, by))));
    for shown in commitment_changes::list(conn, reader, task, at)? {
        let mut change = CommitmentChangeView::new(shown.change, shown.author, shown.request);
        name_units(conn, reader, &mut change.changes)?;
        entries.push(maker.changed(change));
    }
    entries.extend(requested(conn, reader, &maker, task, at)?);
    entries.sort_by_key(|entry| Reverse(entry.at));
    Ok(entries)
}

/// What was asked for, and how it ended where no change of commitments says so.
fn requested(conn: &mut Connection, reader: &Permit<ReadWork>, maker: &Maker<'_>, task: Id, at: &Moment) -> AppResult<Vec<Entry>> {
    let query = CommitmentRequestQuery { task: Some(task), limit: Some(200), ..CommitmentRequestQuery::default() };
    let mut entries = Vec::new();
    for shown in commitment_requests::list(conn, reader, query, at)?.items {
        let mut view = CommitmentRequestView::new(shown.request, shown.task, &shown.unit, (shown.author, shown.decider), shown.actions);
        name_units(conn, reader, &mut view.changes)?;
        entries.extend(view.decision.take().and_then(|decision| maker.ended(view.state, decision)));
        entries.push(maker.asked(view));
    }
    Ok(entries)
}

/// Puts names where a change of the lead unit has codes. A unit that is not to be read keeps its code.
pub fn name_units(conn: &mut Connection, reader: &Permit<ReadWork>, changes: &mut [Changed]) -> AppResult<()> {
    let directory = reader.actor().permit()?;
    for changed in changes.iter_mut().filter(|changed| changed.field == "lead_unit") {
        for code in [&mut changed.from, &mut changed.to].into_iter().flatten() {
            if let Ok(unit) = units::get(conn, &directory, &Reference::from(code.clone())) {
                code.clone_from(&unit.name);
            }
        }
    }
    Ok(())
}

struct Maker<'a> {
    shell: &'a Shell,
    t: &'static HistoryWords,
}

impl Maker<'_> {
    fn entry(&self, at: DateTime<Utc>, heading: &'static str) -> Entry {
        Entry {
            at,
            when: time(at, self.shell.language),
            heading,
            who: String::new(),
            badges: Vec::new(),
            narrative: String::new(),
            facts: Vec::new(),
            files: Vec::new(),
            illustrative: false,
            fresh: false,
        }
    }

    fn reported(&self, report: ProgressReportView) -> Entry {
        let (t, language) = (self.t, self.shell.language);
        let mut facts = vec![(t.measured, self.shell.day(&report.measured_on))];
        facts.extend(report.period.map(|key| (t.period, period(&key, language))));
        facts.extend(report.percent.map(|p| (t.percent, percent(Some(p), language))));
        facts.extend(report.product.map(|product| (t.product, self.product(product))));
        facts.extend(report.obstacles.map(|text| (t.obstacles, text)));
        facts.extend(Some(proposals::lines(&report.proposals, language)).filter(|text| !text.is_empty()).map(|text| (t.proposals, text)));
        facts.extend(report.reason.map(|text| (t.reason, text)));
        let author = report.recorded_by.unwrap_or_default();
        let behalf = if report.on_behalf { format!(" ({})", t.behalf) } else { String::new() };
        let lifecycle = report.state.lifecycle();
        Entry {
            who: [report.unit.name, author].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ") + &behalf,
            badges: vec![
                (lifecycle.as_str(), lifecycle.label(language)),
                (report.verification.state.as_str(), report.verification.state.label(language)),
            ],
            narrative: report.result,
            facts,
            files: report.attachments.into_iter().map(|file| FileLink::of(file, language)).collect(),
            illustrative: report.origin == Origin::Demo,
            ..self.entry(report.recorded_at, t.reported)
        }
    }

    fn product(&self, product: Product) -> String {
        let day = self.shell.day(&product.issued_on);
        [product.number, Some(day), product.note].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The verification of a report, or its return.
    fn judged(&self, report: &ProgressReportView) -> Option<Entry> {
        let verification = &report.verification;
        let heading = match verification.state {
            Verification::Submitted => return None,
            Verification::Verified if verification.self_verified => self.t.self_verified,
            Verification::Verified => self.t.verified,
            Verification::Returned => self.t.returned,
        };
        let language = self.shell.language;
        Some(Entry {
            who: verification.by.clone().unwrap_or_default(),
            badges: vec![(verification.state.as_str(), verification.state.label(language))],
            narrative: verification.reason.clone().unwrap_or_default(),
            facts: report.percent.map(|p| (self.t.percent, percent(Some(p), language))).into_iter().collect(),
            illustrative: report.origin == Origin::Demo,
            ..self.entry(verification.at?, heading)
        })
    }

    fn decided(&self, decision: DecisionView) -> Entry {
        Entry {
            who: decision.recorded_by.unwrap_or_default(),
            narrative: decision.reason.unwrap_or_default(),
            facts: decision.legal_basis.map(|text| (self.t.basis, text)).into_iter().collect(),
            ..self.entry(decision.recorded_at, decision.decision.label(self.shell.language))
        }
    }

    fn changed(&self, change: CommitmentChangeView) -> Entry {
        let mut facts: Vec<(&'static str, String)> = change.changes.iter().map(|c| (name(self.t, c), moved(c))).collect();
        facts.extend(change.requested_by.map(|text| (self.t.asked_by, text)));
        facts.extend(change.legal_basis.map(|text| (self.t.basis, text)));
        facts.extend(change.approver.map(|text| (self.t.approver, text)));
        let who = change.recorded_by.unwrap_or_default();
        Entry { who, narrative: change.reason, facts, ..self.entry(change.recorded_at, self.t.changed) }
    }

    fn asked(&self, view: CommitmentRequestView) -> Entry {
        let mut facts: Vec<(&'static str, String)> = view.changes.iter().map(|c| (name(self.t, c), moved(c))).collect();
        facts.extend(view.legal_basis.map(|text| (self.t.basis, text)));
        Entry {
            who: view.requested_by.unwrap_or_default(),
            badges: vec![(class(view.state), view.state.label(self.shell.language))],
            narrative: view.reason,
            facts,
            illustrative: view.origin == Origin::Demo,
            ..self.entry(view.requested_at, self.t.requested)
        }
    }

    /// An approval is told by the change it led to.
    fn ended(&self, state: RequestState, decision: RequestDecisionView) -> Option<Entry> {
        let heading = match state {
            RequestState::Open | RequestState::Approved => return None,
            RequestState::Refused => self.t.declined,
            RequestState::Withdrawn => self.t.withdrawn,
        };
        let (who, narrative) = (decision.by.unwrap_or_default(), decision.reason.unwrap_or_default());
        Some(Entry { who, narrative, ..self.entry(decision.at, heading) })
    }
}

/// Requests look like the reports they resemble.
fn class(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "submitted",
        RequestState::Approved => "verified",
        RequestState::Refused | RequestState::Withdrawn => "returned",
    }
}

/// What the field that changes is called.
pub fn name(t: &'static HistoryWords, changed: &Changed) -> &'static str {
    match changed.field.as_str() {
        "deadline" => t.deadline,
        "weight" => t.weight,
        "scope" => t.scope,
        _ => t.lead_unit,
    }
}

fn moved(changed: &Changed) -> String {
    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    format!("{} → {}", shown(&changed.from), shown(&changed.to))
}

/// A moment as people write it, in Vietnam: 09:05 03/10/2023.
pub fn time(at: DateTime<Utc>, language: Language) -> String {
    let there = at.with_timezone(&calendar::zone());
    match language {
        Language::Vi => there.format("%H:%M %d/%m/%Y").to_string(),
        Language::En => there.format("%-d %b %Y, %H:%M").to_string(),
    }
}
