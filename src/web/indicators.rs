//! `/indicators`: the scoreboard of a document's indicators, with the sentence a review is remembered by.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::{self, Choice};
use super::forms::Query;
use super::labels::Label;
use super::obligations::period;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::indicator_scores::ScoreQuery;
use crate::domain::indicators::IndicatorRole;
use crate::domain::targets::{MidTermScale, MidTermVerdict, Score, Verdict};
use crate::domain::{Id, Language, Moment};
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{ReadDashboards, WriteWork};
use crate::service::indicator_assessments::Assessed;
use crate::service::indicator_scores::{self, ScoreLine};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(indicators_page);
}

words! {
    /// Words of indicators, on all their pages.
    IndicatorWords {
        title = "Chỉ tiêu", "Indicators";
        lead = "Mục tiêu ghi nguyên lời văn bản; đánh giá tính từ số liệu đứng cạnh đánh giá chính thức.", "Targets keep the words of the document; what the numbers come to stands beside what was decided.";
        none = "Chưa có chỉ tiêu nào.", "There are no indicators yet.";
        add = "Thêm chỉ tiêu", "Add an indicator";
        resolution = "Nghị quyết", "Resolution";
        every = "Tất cả", "All";
        as_of = "Đến hết ngày", "Until the end of";
        show = "Xem", "Show";
        number = "TT", "No.";
        name = "Chỉ tiêu", "Indicator";
        unit = "Đơn vị tính", "Unit";
        target = "Mục tiêu", "Target";
        newest = "Số liệu gần nhất", "Newest value";
        verdict = "Đánh giá", "Verdict";
        official = "chính thức", "official";
        computed = "Theo số liệu", "By the numbers";
        reached = "chỉ tiêu đạt và vượt, trong đó", "indicators met or exceeded, of which";
        exceeded = "vượt", "exceeded";
        scale = "Thang giữa kỳ", "Mid-term scale";
        no_scale = "Không", "None";
        mid_term = "Giữa kỳ", "At mid-term";
        on_path = "đúng lộ trình năm", "on its path in";
        off_path = "chậm so với lộ trình năm", "behind its path in";
        differs = "Đánh giá chính thức khác với kết quả tính từ số liệu ở chỉ tiêu có ghi chú.", "Official verdicts differ from the numbers where it is noted.";
    }
}

/// A document one may choose.
type Chosen = Vec<Choice>;

/// A line of the scoreboard.
struct Row {
    id: Id,
    number: String,
    name: String,
    role: Option<&'static str>,
    unit: String,
    target: Option<(String, String)>,
    beside: Vec<(String, String, &'static str)>,
    newest: Option<(String, String, &'static str)>,
    verdict: Option<(&'static str, &'static str)>,
    mid_term: Option<(&'static str, &'static str)>,
    /// What the numbers come to, where it was decided otherwise; and why a verdict is what it is.
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "indicators.html")]
struct IndicatorsPage {
    shell: Shell,
    t: &'static IndicatorWords,
    resolutions: Chosen,
    scales: Chosen,
    mid_term: Vec<(&'static str, &'static str, u32)>,
    as_of: NaiveDate,
    illustrative: bool,
    may: bool,
    new: String,
    parts: Vec<(&'static str, &'static str, u32)>,
    score: Score,
    computed: Score,
    rows: Vec<Row>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    resolution: String,
    programme: Option<Id>,
    as_of: Option<NaiveDate>,
    #[serde(default)]
    scale: String,
}

#[get("/indicators")]
async fn indicators_page(state: State, visitor: Visitor<ReadDashboards>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, &asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, asked: &Asked, at: &Moment) -> AppResult<IndicatorsPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let resolution = if asked.resolution.is_empty() { None } else { Some(super::forms::id(&asked.resolution)?) };
    let scale: Option<MidTermScale> = match asked.scale.as_str() {
        "" => None,
        said => Some(said.parse().map_err(|_| AppError::bad_parameter("scale", rules::FORMAT))?),
    };
    let query = ScoreQuery { resolution, programme: asked.programme, as_of: asked.as_of, scale, ..ScoreQuery::default() };
    let board = indicator_scores::get(conn, visitor, &query, at)?;
    let (score, computed) = (board.score(), board.computed());
    let resolutions = choices::resolutions(conn, &visitor.actor().permit()?, Some(&asked.resolution))?;
    let new = resolution.map_or_else(|| "/indicators/new".to_owned(), |id| format!("/indicators/new?resolution={id}"));
    Ok(IndicatorsPage {
        t: IndicatorWords::of(language),
        resolutions,
        scales: choices::names(MidTermScale::ALL, MidTermScale::as_str, Some(&asked.scale), language),
        mid_term: board.mid_term().iter().map(|c| (mid_term_class(c.verdict), c.verdict.label(language), c.count)).collect(),
        as_of: board.as_of,
        illustrative: board.illustrative,
        may: visitor.actor().permit::<WriteWork>().is_ok(),
        new,
        parts: parts(&score, language),
        score,
        computed,
        rows: board.lines.iter().map(|line| row(line, language)).collect(),
        shell,
    })
}

/// Mid-term verdicts look like those they come nearest to.
pub fn mid_term_class(verdict: MidTermVerdict) -> &'static str {
    match verdict {
        MidTermVerdict::Reached | MidTermVerdict::OnTrack | MidTermVerdict::Likely | MidTermVerdict::FromSixty => "met",
        MidTermVerdict::FromFifty => "basically_met",
        MidTermVerdict::Behind | MidTermVerdict::Unlikely | MidTermVerdict::BelowFifty => "not_met",
        MidTermVerdict::AtTermEnd => "not_yet_due",
    }
}

/// The parts of a score that are not empty.
pub fn parts(score: &Score, language: Language) -> Vec<(&'static str, &'static str, u32)> {
    let [_, counts @ ..] = score.counts();
    let parts = Verdict::ALL.iter().zip(counts).filter(|(_, count)| *count > 0);
    parts.map(|(verdict, count)| (verdict.as_str(), verdict.label(language), count)).collect()
}

fn row(line: &ScoreLine, language: Language) -> Row {
    let (t, indicator) = (IndicatorWords::of(language), &line.indicator);
    let counted = line.counted.as_ref();
    let mut notes: Vec<String> = Vec::new();
    if let Some(counted) = counted.filter(|counted| counted.verdict() != counted.judgement.verdict) {
        notes.push(format!("{}: {}", t.computed, counted.judgement.verdict.label(language).to_lowercase()));
    }
    let pace = line.pace.filter(|_| counted.is_some_and(|counted| counted.verdict() == Verdict::NotYetDue));
    notes.extend(pace.map(|(year, on_path)| format!("{} {year}", if on_path { t.on_path } else { t.off_path })));
    notes.extend(
        counted
            .filter(|c| pace.is_none() && c.official.is_empty())
            .and_then(|c| c.judgement.cause)
            .map(|cause| cause.label(language).to_owned()),
    );
    let beside = |assessed: &Assessed| {
        let target = assessed.target.as_ref()?;
        Some((target.authority.clone().unwrap_or_default(), target.target_text.clone(), assessed.judgement.verdict.label(language)))
    };
    Row {
        id: indicator.id,
        number: indicator.label.clone().unwrap_or_else(|| indicator.ordinal.to_string()),
        name: indicator.name.clone(),
        role: (indicator.role != IndicatorRole::Main).then(|| indicator.role.label(language)),
        unit: indicator.unit().to_owned(),
        target: counted
            .and_then(|counted| counted.target.as_ref())
            .map(|target| (target.target_text.clone(), period(&target.period, language))),
        beside: line.beside.iter().filter_map(beside).collect(),
        newest: line.newest.as_ref().map(|value| {
            let rank = value.rank_of.map(|of| format!("/{of}")).unwrap_or_default();
            (format!("{}{rank}", value.value_text), period(&value.period, language), value.stage.label(language))
        }),
        mid_term: line.mid_term.map(|verdict| (mid_term_class(verdict), verdict.label(language))),
        verdict: counted.map(|counted| (counted.verdict().as_str(), counted.verdict().label(language))),
        notes,
    }
}
