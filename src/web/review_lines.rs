//! Lines of a review's report as pages show them: units, indicators, overdue tasks, and what has changed since the round before.

use chrono::NaiveDate;

use super::figures::percent;
use super::indicators::{self, IndicatorWords};
use super::labels::Label;
use super::obligations::period;
use super::review_freeze_forms::FreezeFormWords;
use super::reviews::ReviewWords;
use crate::domain::Language;
use crate::domain::indicators::IndicatorRole;
use crate::domain::review_reports::{
    ClaimedScore, Comparison, ReportedCounts, ReportedIndicator, ReportedIndicators, ReportedNumber, ReportedTask, ReportedUnit,
    ReviewReport, UnitScore,
};
use crate::domain::reviews::ReviewTexts;
use crate::domain::statistics::FourWay;
use crate::domain::targets::{Score, Verdict};

words! {
    /// Words of these lines.
    LineWords {
        score = "Kết quả thực hiện chỉ tiêu", "Indicators";
        claimed = "Báo cáo ghi", "The paper says";
        agrees = "Khớp với số liệu.", "It agrees with the numbers.";
        mismatch = "Không khớp với số liệu:", "It does not agree with the numbers:";
        said = "báo cáo ghi", "the paper says";
        counted = "số liệu là", "the numbers say";
        tasks = "Kết quả thực hiện nhiệm vụ", "Tasks";
        tasks_about = "Việc không có hạn tính vào trong hạn; tạm dừng, hủy bỏ đứng ngoài bốn loại.", "Work without a deadline counts as within it; suspended and cancelled work stands outside the four.";
        no_tasks = "Không có nhiệm vụ nào của văn bản này.", "The document has no tasks.";
        by_unit = "Theo đơn vị", "By unit";
        total = "Tổng số", "In all";
        on_time = "Hoàn thành đúng hạn", "Completed on time";
        late = "Hoàn thành quá hạn", "Completed late";
        in_time = "Đang thực hiện trong hạn", "Open in time";
        overdue = "Đang thực hiện quá hạn", "Overdue";
        suspended = "tạm dừng", "suspended";
        cancelled = "hủy bỏ", "cancelled";
        progress_claimed = "Đơn vị báo cáo", "Claimed";
        progress_verified = "Đã xác nhận", "Verified";
        indicators = "Các chỉ tiêu", "The indicators";
        no_indicators = "Không có chỉ tiêu nào.", "There are no indicators.";
        of_units = "Chỉ tiêu theo đơn vị báo cáo", "The indicators by the unit that reports";
        unlisted = "nhiệm vụ quá hạn thuộc phạm vi bí mật nhà nước không nêu trong danh mục", "overdue tasks are secret and not listed";
        no_target = "không có mục tiêu của kỳ, không tính", "no target for the period, not counted";
        no_unit = "Chưa giao đơn vị", "No unit named";
        actual = "Thực hiện", "Reached";
        newest = "số liệu gần nhất", "newest value";
        on_path = "đúng lộ trình", "on its path";
        off_path = "chậm so với lộ trình", "behind its path";
        overdue_tasks = "Nhiệm vụ quá hạn", "Overdue tasks";
        task = "Nhiệm vụ", "Task";
        deadline = "Thời hạn", "Deadline";
        days_late = "Số ngày quá hạn", "Days late";
        compared = "So với kỳ trước", "Compared with the round before";
        compared_about = "Trên cùng các nhiệm vụ và chỉ tiêu của cả hai kỳ", "On the same tasks and indicators";
        then = "Kỳ trước", "Then";
        now = "Kỳ này", "Now";
        new_tasks = "nhiệm vụ chỉ có ở kỳ này", "tasks are counted only now";
        gone_tasks = "nhiệm vụ chỉ có ở kỳ trước", "tasks were counted only then";
        changed = "Chỉ tiêu đổi đánh giá", "Verdicts that have changed";
    }
}

/// A class of the style sheet, and what it is called.
pub type Badge = (&'static str, &'static str);

/// What numbers are called, each with two that are held against each other.
pub type Pairs = Vec<(&'static str, u32, u32)>;

fn badge(verdict: Verdict, language: Language) -> Badge {
    (verdict.as_str(), verdict.label(language))
}

/// What a unit led, or all of them.
#[derive(Debug)]
pub struct UnitLine {
    /// Its name.
    pub name: String,
    /// Its last day, if it has ended.
    pub ended: Option<NaiveDate>,
    /// The official statistic.
    pub counts: FourWay,
    /// What units say.
    pub claimed: String,
    /// What has been confirmed.
    pub verified: String,
}

fn unit_line(name: String, ended: Option<NaiveDate>, counts: &ReportedCounts, language: Language) -> UnitLine {
    let (claimed, verified) = (percent(counts.claimed, language), percent(counts.verified, language));
    UnitLine { name, ended, counts: counts.statistic, claimed, verified }
}

/// One indicator.
#[derive(Debug)]
pub struct IndicatorLine {
    /// Its place in the document.
    pub place: String,
    /// Its name.
    pub name: String,
    /// What it is of the one above it.
    pub role: Option<&'static str>,
    /// The unit of measure.
    pub measure: String,
    /// The target that is judged: words, period.
    pub target: Option<(String, String)>,
    /// What it is judged by.
    pub actual: Option<(String, String)>,
    /// The verdict that counts; none where there is nothing to judge it by.
    pub verdict: Option<Badge>,
    /// What the scale of mid-term says.
    pub mid_term: Option<Badge>,
    /// Why, and what the numbers come to where it was decided otherwise.
    pub notes: Vec<String>,
}

/// An indicator of a report.
pub fn indicator_line(line: &ReportedIndicator, language: Language) -> IndicatorLine {
    let (t, l) = (IndicatorWords::of(language), LineWords::of(language));
    let said = |number: &ReportedNumber| (number.text.clone(), period(&number.period, language));
    let mut notes: Vec<String> = Vec::new();
    if line.computed != line.verdict {
        notes.push(format!("{}: {}", t.computed, line.computed.label(language).to_lowercase()));
    }
    notes.extend(line.reason.clone());
    notes.extend((!line.is_judged() && line.role == IndicatorRole::Main).then(|| l.no_target.to_owned()));
    let pace = line.on_path.filter(|_| line.verdict == Verdict::NotYetDue);
    notes.extend(pace.map(|on_path| if on_path { l.on_path } else { l.off_path }.to_owned()));
    let cause = line.cause.filter(|_| pace.is_none() && line.computed == line.verdict);
    notes.extend(cause.map(|cause| cause.label(language).to_owned()));
    if let Some(newest) = line.newest.as_ref().filter(|_| line.actual.is_none()) {
        notes.push(format!("{}: {} ({})", l.newest, newest.text, period(&newest.period, language)));
    }
    IndicatorLine {
        place: line.place.clone(),
        name: line.name.clone(),
        role: (line.role != IndicatorRole::Main).then(|| line.role.label(language)),
        measure: line.measure.clone().unwrap_or_default(),
        target: line.target.as_ref().map(said),
        actual: line.actual.as_ref().map(said),
        verdict: line.is_judged().then(|| badge(line.verdict, language)),
        mid_term: line.mid_term.map(|verdict| (indicators::mid_term_class(verdict), verdict.label(language))),
        notes,
    }
}

/// What has changed since the round before.
#[derive(Debug)]
pub struct Compared {
    /// Title of the round before.
    pub title: String,
    /// The day its numbers spoke of.
    pub as_of: NaiveDate,
    /// Of tasks and of indicators: what each number is called, what it was, what it is.
    pub numbers: [(&'static str, Pairs); 2],
    /// Tasks that are counted only now, and only then.
    pub moved: (u32, u32),
    /// Place, name, verdict then, verdict now.
    pub changed: Vec<(String, String, Badge, Badge)>,
}

fn compared(comparison: &Comparison, language: Language) -> Compared {
    let l = LineWords::of(language);
    let of = |way: FourWay| [way.total, way.completed_on_time, way.completed_late, way.open_in_time, way.open_overdue];
    let names = [l.total, l.on_time, l.late, l.in_time, l.overdue];
    let counts = of(comparison.tasks_then).into_iter().zip(of(comparison.tasks_now));
    let tasks = names.into_iter().zip(counts).map(|(name, (then, now))| (name, then, now));
    let counts = comparison.indicators_then.counts().into_iter().zip(comparison.indicators_now.counts());
    let scores = score_names(language).zip(counts).map(|(name, (then, now))| (name, then, now));
    let changed = comparison.changed.iter();
    Compared {
        title: comparison.title.clone(),
        as_of: comparison.as_of,
        numbers: [(l.tasks, tasks.collect()), (l.score, scores.collect())],
        moved: (comparison.tasks_new, comparison.tasks_gone),
        changed: changed.map(|c| (c.place.clone(), c.name.clone(), badge(c.then, language), badge(c.now, language))).collect(),
    }
}

/// What the numbers of a score are called.
fn score_names(language: Language) -> impl Iterator<Item = &'static str> {
    std::iter::once(LineWords::of(language).total).chain(Verdict::ALL.iter().map(move |verdict| verdict.label(language)))
}

/// A report, ready to be shown.
#[derive(Debug)]
pub struct ReportPart {
    /// The day at whose end its numbers were taken.
    pub as_of: NaiveDate,
    /// Whether anything of it was made up.
    pub illustrative: bool,
    /// By the verdicts that count.
    pub score: Score,
    /// By the numbers alone.
    pub computed: Score,
    /// The parts of the score.
    pub parts: Vec<(&'static str, &'static str, u32)>,
    /// What the scale of mid-term says of how many.
    pub mid_term: Vec<(&'static str, &'static str, u32)>,
    /// The sentence of the paper; and what of it does not agree: which part, what it says, what is counted.
    pub claimed: Option<(String, Pairs)>,
    /// All tasks.
    pub total: UnitLine,
    /// The units that lead any.
    pub units: Vec<UnitLine>,
    /// Those whose deadline has passed.
    pub overdue: Vec<ReportedTask>,
    /// How many of them are secret, and so not listed.
    pub unlisted: u32,
    /// The indicators.
    pub lines: Vec<IndicatorLine>,
    /// What came of those of each unit: its name and numbers; none where no unit was named.
    pub unit_scores: Vec<(String, [u32; 7])>,
    /// The same of all of them.
    pub counts: [u32; 7],
    /// What those numbers are called: how many in all, and with each verdict.
    pub columns: Vec<&'static str>,
    /// What has changed since the round before.
    pub compared: Option<Compared>,
    /// Why it was frozen early, and without what units owe.
    pub why: Vec<(&'static str, String)>,
}

/// A report as its page shows it.
pub fn report_part(report: ReviewReport, language: Language) -> ReportPart {
    let l = LineWords::of(language);
    let indicators = &report.indicators;
    let mid_term = indicators.mid_term.iter().flatten();
    let f = FreezeFormWords::of(language);
    let why = [(f.early, report.early_reason), (f.without, report.missing_reason)];
    let unit = |line: &ReportedUnit| unit_line(line.unit.name.clone(), line.ended_on, &line.counts, language);
    ReportPart {
        as_of: report.as_of,
        illustrative: report.illustrative,
        score: indicators.score,
        computed: indicators.computed,
        parts: indicators::parts(&indicators.score, language),
        mid_term: mid_term.map(|c| (indicators::mid_term_class(c.verdict), c.verdict.label(language), c.count)).collect(),
        claimed: indicators.claimed.as_ref().map(|claimed| claim(claimed, language)),
        unit_scores: unit_scores(indicators, language),
        counts: indicators.score.counts(),
        columns: score_names(language).collect(),
        lines: indicators.lines.iter().map(|line| indicator_line(line, language)).collect(),
        total: unit_line(l.total.to_owned(), None, &report.tasks.total, language),
        units: report.tasks.units.iter().map(unit).collect(),
        compared: report.comparison.as_ref().map(|comparison| compared(comparison, language)),
        unlisted: report.tasks.unlisted(),
        overdue: report.tasks.overdue,
        why: why.into_iter().filter_map(|(name, reason)| Some((name, reason?))).collect(),
    }
}

fn unit_scores(indicators: &ReportedIndicators, language: Language) -> Vec<(String, [u32; 7])> {
    let scores = indicators.unit_scores();
    if scores.iter().all(|of| of.unit.is_none()) {
        return Vec::new();
    }
    let name = |of: &UnitScore<'_>| of.unit.map_or(LineWords::of(language).no_unit, |unit| unit.name.as_str()).to_owned();
    scores.iter().map(|of| (name(of), of.score.counts())).collect()
}

fn claim(claimed: &ClaimedScore, language: Language) -> (String, Pairs) {
    let wrong = claimed.mismatches.iter().map(|wrong| (wrong.part.label(language), wrong.said, wrong.counted));
    (claimed.text.clone(), wrong.collect())
}

/// What is said in paragraphs, each under its heading.
pub fn paragraphs(texts: &ReviewTexts, language: Language) -> Vec<(&'static str, String)> {
    let t = ReviewWords::of(language);
    let ReviewTexts { results, obstacles, causes, lessons, proposals } = texts.clone();
    let all = [(t.results, results), (t.obstacles, obstacles), (t.causes, causes), (t.lessons, lessons), (t.proposals, proposals)];
    all.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
}
