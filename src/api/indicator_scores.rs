//! `/dashboards/indicators`.

use actix_web::get;
use utoipa_actix_web::service_config::ServiceConfig;

use super::extract::{Caller, Params, State};
use super::indicator_assessments::one;
use super::reply::Reply;
use crate::domain::indicator_scores::ScoreQuery;
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::indicator_scores::{self as service, ScoreLine, Scoreboard};
use crate::view::indicator_scores::{NewestValueView, PaceView, ScoreLineView, ScoreboardView};
use crate::view::indicators::IndicatorRef;

/// The routes of this resource.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_indicators_dashboard);
}

/// Get the scoreboard of a document's indicators
///
/// What came of each, and the score: of so many indicators so many were met or exceeded. Sub-indicators, components, and indicators of which
/// the document sets no target are shown, and not counted. `pace` tells how each keeps to its path before its period is over.
#[utoipa::path(tag = "dashboards", params(ScoreQuery), responses((status = 200, description = "A line for each indicator, and the score.", body = ScoreboardView)))]
#[get("/dashboards/indicators")]
async fn get_indicators_dashboard(state: State, caller: Caller<ReadDashboards>, Params(query): Params<ScoreQuery>) -> AppResult<Reply> {
    state
        .read(move |conn, at| {
            let board = service::get(conn, &caller, &query, at)?;
            caller.tagged(board.position, at, &view(board, query.scale.is_some()))
        })
        .await
}

fn view(board: Scoreboard, scaled: bool) -> ScoreboardView {
    let (score, mid_term) = (board.score(), board.mid_term());
    ScoreboardView {
        as_of: board.as_of,
        position: board.position,
        illustrative: board.illustrative,
        computed: board.computed(),
        mid_term: scaled.then_some(mid_term),
        sentence: score.sentence(),
        score,
        items: board.lines.into_iter().map(line).collect(),
    }
}

fn line(line: ScoreLine) -> ScoreLineView {
    let verdict = line.verdict();
    ScoreLineView {
        indicator: IndicatorRef::from(&line.indicator),
        assessment: line.counted.map(one),
        beside: line.beside.into_iter().map(one).collect(),
        verdict,
        newest: line.newest.map(NewestValueView::from),
        mid_term: line.mid_term,
        pace: line.pace.map(|(year, on_path)| PaceView { year, on_path }),
    }
}
