//! Plays the indicators of the demo's resolutions, and what was told of them.

use crate::db::Connection;
use crate::domain::indicator_values::ValueDraft;
use crate::domain::indicators::IndicatorDraft;
use crate::domain::verifications::{Outcome, VerificationDraft};
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{LogProgress, Verify, WriteWork};
use crate::service::lookup::Expected;
use crate::service::{indicator_values, indicators};

use super::data::{Indicator, Value};
use super::world::{Kind, World};

/// First and last year of the term's path.
const PATH: (i32, i32) = (2021, 2025);

/// Records an indicator in the name of the focal office.
pub fn load(conn: &mut Connection, world: &mut World<'_>, indicator: &Indicator, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<WriteWork>()?;
    let draft = IndicatorDraft {
        resolution: Some(world.find(Kind::Resolution, &indicator.resolution)?),
        programme: None,
        ordinal: indicator.ordinal,
        label: None,
        name: indicator.name.clone(),
        unit: indicator.unit.clone(),
        direction: indicator.direction,
        aggregation: indicator.aggregation,
        from_year: PATH.0,
        to_year: PATH.1,
        history_from: indicator.history_from,
        baseline: indicator.baseline.clone(),
        parent: None,
        role: None,
        lead_unit: Some(Reference::from(indicator.lead_unit.clone())),
        objective: world.find_if(Kind::Objective, indicator.objective.as_ref())?,
        description: indicator.description.clone(),
        source: Some(indicator.source.clone()),
        targets: indicator.targets.clone(),
    };
    let made = indicators::create(conn, &permit, &draft, at)?;
    world.know(Kind::Indicator, &indicator.key, made.indicator.id);
    Ok(())
}

/// Tells a value in the name of the unit's reporter where the demo has one, of the office that enters elsewhere.
pub fn tell(conn: &mut Connection, world: &World<'_>, value: &Value, at: &Moment) -> AppResult<()> {
    let unit = world.files.indicators.indicator.iter().find(|indicator| indicator.key == value.indicator);
    let permit = world.speaker(unit.map(|indicator| indicator.lead_unit.as_str()))?.permit::<LogProgress>()?;
    let target = indicator_values::target(conn, &permit, world.find(Kind::Indicator, &value.indicator)?)?;
    let draft = ValueDraft {
        text: value.text.clone(),
        stage: value.stage,
        numerator: None,
        denominator: None,
        rank_of: value.rank_of,
        breaks_series: value.breaks_series,
        parts: Vec::new(),
        note: value.note.clone(),
        source: value.source.clone(),
        reason: value.reason.clone(),
    };
    indicator_values::tell(conn, &permit, target, &value.period, Expected::Missing, &draft, at).map(drop)
}

/// Confirms a value in the name of the focal office.
pub fn confirm(conn: &mut Connection, world: &World<'_>, value: &Value, at: &Moment) -> AppResult<()> {
    let permit = world.office()?.permit::<Verify>()?;
    let id = world.find(Kind::Indicator, &value.indicator)?;
    let target = indicator_values::to_judge(conn, &permit, id, &value.period, Expected::Any)?;
    let draft = VerificationDraft { outcome: Outcome::Verified, reason: None };
    indicator_values::judge(conn, &permit, target, &draft, at).map(drop)
}
