//! `/indicators/{indicator}`: one indicator with its targets, what was reached, what that comes to, and its trend.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;

use super::forms::{Query, id};
use super::indicator_chart::{Chart, chart};
use super::indicators::IndicatorWords;
use super::labels::Label;
use super::obligations::period;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use super::task_history::time;
use crate::domain::indicator_trends::TrendYear;
use crate::domain::indicator_values::{ValueQuery, ValueStage};
use crate::domain::progress_reports::Verification;
use crate::domain::targets::written;
use crate::domain::verifications::ReportAction;
use crate::domain::voiding::RecordAction;
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{LogProgress, Permit, ReadWork};
use crate::service::indicator_assessments::Assessed;
use crate::service::indicator_values::ShownValue;
use crate::service::indicators::ShownIndicator;
use crate::service::{indicator_assessments, indicator_trends, indicator_values, indicators};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(indicator_page);
}

words! {
    /// Words of this page.
    IndicatorPageWords {
        document = "Văn bản", "Document";
        lead_unit = "Đơn vị báo cáo", "Reported on by";
        direction = "Chiều đánh giá", "Which way is better";
        aggregation = "Cách gộp các năm", "How years come to one";
        path = "Lộ trình", "Path";
        baseline = "Xuất phát điểm", "Where it stood before";
        description = "Cách tính", "How it is measured";
        source = "Nguồn", "Source";
        voided = "Đã hủy", "Void";
        targets = "Mục tiêu và đánh giá", "Targets and verdicts";
        no_targets = "Không có mức phấn đấu: chỉ theo dõi số liệu.", "No target is set: values are only followed.";
        authority = "theo", "of";
        judged = "Số liệu so sánh", "Compared with";
        decided = "Đánh giá chính thức", "Official verdict";
        reason = "Lý do", "Why";
        trend = "Diễn biến", "Trend";
        chart = "Biểu đồ lộ trình và kết quả", "Chart of the path and what was reached";
        required = "Lộ trình yêu cầu", "Asked for";
        reached = "Thực hiện", "Reached";
        change = "So năm trước", "From the year before";
        year = "Năm", "Year";
        broken = "đổi cách tính, không so với năm trước", "measured anew, not comparable with before";
        on_path = "đúng lộ trình", "on the path";
        off_path = "chậm so với lộ trình", "behind the path";
        values = "Số liệu", "Values";
        no_values = "Chưa có số liệu.", "No value was told yet.";
        period = "Kỳ", "Period";
        stage = "Mức độ", "Stage";
        standing = "Xác nhận", "Verification";
        told_by = "Người nhập", "Told by";
        replaced = "đã thay bằng số liệu sau", "replaced by a later one";
        revision = "lần", "revision";
        on_behalf = "nhập thay", "on behalf";
        breakdown = "Theo địa bàn, đơn vị", "By area and unit";
        share = "Tỷ lệ tính từ tử số, mẫu số", "Share of the two numbers";
        tell = "Nhập số liệu", "Tell a value";
        set = "Đặt mục tiêu", "Set a target";
        decide = "Đánh giá chính thức", "Decide officially";
        change_it = "Sửa", "Change";
        void_it = "Hủy", "Void";
        confirm = "Xác nhận hoặc trả lại", "Confirm or return";
        done = "Đã ghi.", "Recorded.";
    }
}

struct TargetRow {
    period: String,
    words: String,
    authority: Option<String>,
    verdict: (&'static str, &'static str),
    computed: Option<&'static str>,
    why: Vec<String>,
    compared: Option<String>,
}

struct ValueRow {
    period: String,
    href: String,
    words: String,
    stage: &'static str,
    counts: bool,
    standing: &'static str,
    notes: Vec<String>,
    parts: Vec<(String, String)>,
    judge: bool,
}

struct YearRow {
    year: i32,
    required: Option<(String, &'static str)>,
    reached: Option<String>,
    change: Option<(String, bool)>,
    notes: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "indicator.html")]
struct IndicatorPage {
    shell: Shell,
    t: &'static IndicatorWords,
    p: &'static IndicatorPageWords,
    id: Id,
    name: String,
    done: bool,
    facts: Vec<(&'static str, String)>,
    document: Option<(String, String)>,
    voided: Option<String>,
    may_change: bool,
    may_tell: bool,
    targets: Vec<TargetRow>,
    chart: Option<Chart>,
    years: Vec<YearRow>,
    values: Vec<ValueRow>,
}

#[derive(serde::Deserialize, Default)]
struct Asked {
    #[serde(default)]
    done: String,
}

#[get("/indicators/{indicator}")]
async fn indicator_page(
    state: State,
    visitor: Visitor<ReadWork>,
    which: Path<String>,
    Query(asked): Query<Asked>,
) -> AppResult<HttpResponse> {
    let which = id(&which)?;
    page::show(&state.read(move |conn, at| fill(conn, &visitor, which, !asked.done.is_empty(), at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, id: Id, done: bool, at: &Moment) -> AppResult<IndicatorPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let shown = indicators::get(conn, visitor, id, at)?;
    let p = IndicatorPageWords::of(language);
    let assessed = indicator_assessments::list(conn, visitor, id, None, at)?;
    let query = ValueQuery { revisions: true, limit: Some(200), ..ValueQuery::default() };
    let values = indicator_values::list(conn, visitor, id, query, at)?.items;
    let years: Vec<TrendYear> = indicator_trends::get(conn, visitor, id, None, at)?.years.into_iter().map(|(year, _)| year).collect();
    let may_tell = match visitor.actor().permit::<LogProgress>() {
        Ok(teller) => may_tell(conn, &teller, id)?,
        Err(_) => false,
    };
    Ok(IndicatorPage {
        t: IndicatorWords::of(language),
        p,
        id,
        name: shown.indicator.name.clone(),
        done,
        facts: facts(&shown, p, language),
        document: document(&shown),
        voided: shown.indicator.voided_at.map(|_| shown.indicator.void_reason.clone().unwrap_or_default()),
        may_change: shown.actions.contains(&RecordAction::Change),
        may_tell,
        targets: assessed.iter().map(|assessed| target_row(assessed, language)).collect(),
        chart: chart(&years, shown.indicator.direction),
        years: years.into_iter().rev().map(|year| year_row(year, p, language)).collect(),
        values: values.into_iter().map(|value| value_row(value, &shell, p)).collect(),
        shell,
    })
}

fn may_tell(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id) -> AppResult<bool> {
    match indicator_values::target(conn, permit, id) {
        Ok(_) => Ok(true),
        Err(error) if error.code.status < 500 => Ok(false),
        Err(error) => Err(error),
    }
}

fn document(shown: &ShownIndicator) -> Option<(String, String)> {
    let (noun, id) = match (shown.indicator.resolution_id, shown.indicator.programme_id) {
        (Some(id), _) => ("resolutions", id),
        (None, id) => ("programmes", id?),
    };
    let found = shown.names.documents.get(&id)?;
    Some((format!("/{noun}/{id}"), found.title.clone()))
}

fn facts(shown: &ShownIndicator, p: &'static IndicatorPageWords, language: Language) -> Vec<(&'static str, String)> {
    let (t, row) = (IndicatorWords::of(language), &shown.indicator);
    let unit = row.lead_unit_id.and_then(|id| shown.names.units.get(&id)).map(|unit| unit.name.clone());
    let baseline = row.baseline_text.as_ref().zip(row.baseline_period.as_ref());
    let facts = [
        (t.unit, row.unit_of_measure.clone()),
        (p.lead_unit, unit),
        (p.direction, Some(row.direction.label(language).to_owned())),
        (p.aggregation, Some(row.aggregation.label(language).to_owned())),
        (p.path, Some(format!("{}–{}", row.from_year, row.to_year))),
        (p.baseline, baseline.map(|(text, at)| format!("{text} ({})", period(at, language)))),
        (p.description, row.description.clone()),
        (p.source, row.source.clone()),
    ];
    facts.into_iter().filter_map(|(name, said)| Some((name, said?))).collect()
}

fn target_row(assessed: &Assessed, language: Language) -> TargetRow {
    let (verdict, judgement) = (assessed.verdict(), &assessed.judgement);
    let decided = assessed.official.first();
    let mut why: Vec<String> = decided.and_then(|official| official.row.reason.clone()).into_iter().collect();
    if decided.is_none() {
        why.extend(judgement.cause.map(|cause| cause.label(language).to_owned()));
    }
    TargetRow {
        period: period(&assessed.period, language),
        words: assessed.target.as_ref().map(|target| target.target_text.clone()).unwrap_or_default(),
        authority: assessed.target.as_ref().and_then(|target| target.authority.clone()),
        verdict: (verdict.as_str(), verdict.label(language)),
        computed: decided.map(|_| judgement.verdict.label(language)),
        why,
        compared: judgement.actual.as_ref().map(|actual| format!("{} ({})", actual.text, judgement.periods.join(", "))),
    }
}

fn year_row(year: TrendYear, p: &'static IndicatorPageWords, language: Language) -> YearRow {
    let mut notes = Vec::new();
    notes.extend(year.breaks_series.then_some(p.broken));
    notes.extend(year.on_path.map(|on_path| if on_path { p.on_path } else { p.off_path }));
    YearRow {
        year: year.year,
        required: year.required.map(|required| (written(required.number), required.from.label(language))),
        reached: year.actual.map(|actual| actual.text),
        change: year.change.map(|change| {
            let sign = if change.is_sign_positive() && !change.is_zero() { "+" } else { "" };
            (format!("{sign}{}", written(change)), year.better.unwrap_or(true))
        }),
        notes,
    }
}

fn value_row(shown: ShownValue, shell: &Shell, p: &'static IndicatorPageWords) -> ValueRow {
    let ShownValue { value, parts, places, counts, actions } = shown;
    let language = shell.language;
    let person = |id: Option<Id>| id.and_then(|id| places.people.get(&id)).cloned().unwrap_or_default();
    let mut notes = vec![format!("{} · {}", person(value.recorded_by), time(value.recorded_at.and_utc(), language))];
    notes.extend(value.on_behalf.then(|| p.on_behalf.to_owned()));
    notes.extend((!counts && value.verification != Verification::Returned).then(|| p.replaced.to_owned()));
    notes.extend(value.reason.iter().chain(&value.verification_reason).map(|reason| format!("{}: {reason}", p.reason)));
    notes.extend(value.note.clone());
    notes.extend(value.source.as_ref().map(|source| format!("{}: {source}", p.source)));
    notes.extend(value.numerator.as_ref().zip(value.denominator.as_ref()).map(|(n, d)| format!("{}: {n}/{d}", p.share)));
    let named = |area: Option<Id>, unit: Option<Id>| {
        let area = area.and_then(|id| places.areas.get(&id)).map(|area| area.name.clone());
        area.or_else(|| unit.and_then(|id| places.units.get(&id)).map(|unit| unit.name.clone())).unwrap_or_default()
    };
    let rank = value.rank_of.map(|of| format!("/{of}")).unwrap_or_default();
    let stage: ValueStage = value.stage;
    ValueRow {
        href: format!("/indicators/{}/values/{}/verification", value.indicator_id, value.period),
        period: period(&value.period, language),
        words: format!("{}{rank}", value.value_text),
        stage: stage.label(language),
        counts,
        standing: value.verification.label(language),
        notes,
        parts: parts.into_iter().map(|part| (named(part.area_id, part.unit_id), part.value_text)).collect(),
        judge: actions.contains(&ReportAction::Return),
    }
}
