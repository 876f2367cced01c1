//! From the values that were told to a verdict.
//!
//! A value told for the very period decides. Else the years of the period come to one as the indicator says: the last year's stands, they
//! are added up, their mean stands, or each has to hold. Before the period is over, only what can no longer change is judged: a total
//! that is reached already, a ceiling that is passed, a year that failed.

use rust_decimal::Decimal;

use super::{Judgement, Question, Told, VerdictCause};
use crate::domain::indicators::Aggregation;
use crate::domain::targets::{Actual, KeptBound, TargetKind, Verdict, assess, assess_every, rounded, written};

/// Judges the values against the target; `told` holds one value a period.
pub fn judge(question: &Question<'_>, told: &[Told], bounds: KeptBound) -> Judgement {
    match question.target.kind {
        TargetKind::Qualitative => return Judgement::without(Verdict::NotAssessable, VerdictCause::TargetInWords),
        TargetKind::Unreadable => return Judgement::without(Verdict::NotAssessable, VerdictCause::TargetUnreadable),
        _ => {}
    }
    if let Some(value) = told.iter().find(|value| value.id == question.id) {
        return one(question, value, told, bounds);
    }
    let years = years(question);
    let every = question.target.every_year || question.target.kind == TargetKind::Improve || question.aggregation == Aggregation::EveryYear;
    // A year or a part of one has no years to take together.
    if years.is_empty() || question.period.years().count() < 2 {
        return missing(question);
    }
    match question.aggregation {
        _ if every => every_year(question, &years, told, bounds),
        Aggregation::End | Aggregation::EveryYear => match years.last().and_then(|year| of_year(told, *year)) {
            Some(value) => one(question, value, told, bounds),
            None => missing(question),
        },
        Aggregation::Total | Aggregation::Average => taken_together(question, &years, told, bounds),
    }
}

/// The verdict of several components under one indicator (chỉ tiêu gồm nhiều thành phần): all of them hold, some, or none.
pub fn together(components: &[Verdict]) -> Verdict {
    let holds = |verdict: &&Verdict| matches!(verdict, Verdict::Exceeded | Verdict::Met);
    let any = |verdict| components.contains(&verdict);
    if components.is_empty() || any(Verdict::NotYetDue) {
        return Verdict::NotYetDue;
    }
    if any(Verdict::NotAssessable) {
        return Verdict::NotAssessable;
    }
    match components.iter().filter(holds).count() {
        count if count == components.len() && components.iter().all(|verdict| *verdict == Verdict::Exceeded) => Verdict::Exceeded,
        count if count == components.len() => Verdict::Met,
        0 if !any(Verdict::BasicallyMet) => Verdict::NotMet,
        _ => Verdict::BasicallyMet,
    }
}

/// The years of the period that lie on the indicator's path.
fn years(question: &Question<'_>) -> Vec<i32> {
    let (from, to) = question.path;
    question.period.years().filter(|year| (from..=to).contains(year)).collect()
}

fn of_year(told: &[Told], year: i32) -> Option<&Told> {
    told.iter().find(|value| value.id == year.to_string())
}

fn missing(question: &Question<'_>) -> Judgement {
    if question.today <= question.period.last {
        Judgement::without(Verdict::NotYetDue, VerdictCause::NotOver)
    } else {
        Judgement::without(Verdict::NotAssessable, VerdictCause::ValueMissing)
    }
}

/// One value against the target, and against the year before where that is asked for.
fn one(question: &Question<'_>, value: &Told, told: &[Told], bounds: KeptBound) -> Judgement {
    let before = before(value, told);
    let improves = question.target.kind == TargetKind::Improve;
    let verdict = match before {
        _ if improves && value.breaks_series => Verdict::NotAssessable,
        _ => assess(question.target, question.direction, Some(&value.actual), before.map(|value| &value.actual), bounds),
    };
    let cause = (verdict == Verdict::NotAssessable).then_some(match before {
        _ if !value.actual.is_readable() => VerdictCause::ValueUnreadable,
        _ if improves && value.breaks_series => VerdictCause::NotComparable,
        None if improves => VerdictCause::NothingBefore,
        _ => VerdictCause::ValueUnreadable,
    });
    Judgement { actual: Some(value.actual.clone()), verdict, cause, periods: vec![value.id.clone()] }
}

/// The value of the same part of the year before.
fn before<'a>(value: &Told, told: &'a [Told]) -> Option<&'a Told> {
    let year = chrono::Datelike::year(&value.period.first);
    let rest = value.id.strip_prefix(&year.to_string())?;
    let id = format!("{}{rest}", year - 1);
    told.iter().find(|other| other.id == id)
}

fn every_year(question: &Question<'_>, years: &[i32], told: &[Told], bounds: KeptBound) -> Judgement {
    let judged: Vec<Judgement> =
        years.iter().filter_map(|year| of_year(told, *year)).map(|value| one(question, value, told, bounds)).collect();
    let verdicts: Vec<Verdict> = judged.iter().map(|judgement| judgement.verdict).collect();
    let verdict = assess_every(years.len(), &verdicts);
    if verdict == Verdict::NotYetDue && question.today > question.period.last {
        return Judgement { periods: judged.into_iter().flat_map(|j| j.periods).collect(), ..missing(question) };
    }
    // The year that decides is the one to look at.
    let deciding = judged.iter().find(|judgement| judgement.verdict == verdict).or(judged.last());
    Judgement {
        actual: deciding.and_then(|judgement| judgement.actual.clone()),
        verdict,
        cause: match verdict {
            Verdict::NotYetDue => Some(VerdictCause::NotOver),
            Verdict::NotAssessable => deciding.and_then(|judgement| judgement.cause),
            _ => None,
        },
        periods: judged.iter().flat_map(|judgement| judgement.periods.clone()).collect(),
    }
}

/// The years added up, or their mean.
fn taken_together(question: &Question<'_>, years: &[i32], told: &[Told], bounds: KeptBound) -> Judgement {
    let known: Vec<&Told> = years.iter().filter_map(|year| of_year(told, *year)).collect();
    let periods: Vec<String> = known.iter().map(|value| value.id.clone()).collect();
    if known.is_empty() {
        return missing(question);
    }
    if known.iter().skip(1).any(|value| value.breaks_series) {
        return Judgement { periods, ..Judgement::without(Verdict::NotAssessable, VerdictCause::NotComparable) };
    }
    let Some(sum) = known.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value.actual.single()?)) else {
        return open(question, periods);
    };
    let complete = known.len() == years.len();
    let number = match question.aggregation {
        Aggregation::Average => sum.checked_div(Decimal::from(known.len())),
        _ => Some(sum),
    };
    let Some(number) = number else {
        return open(question, periods);
    };
    let actual = Actual::number(written(rounded(number)), number);
    let verdict = assess(question.target, question.direction, Some(&actual), None, bounds);
    if complete || (question.aggregation == Aggregation::Total && settled(question, &actual, bounds)) {
        return Judgement { actual: Some(actual), verdict, cause: None, periods };
    }
    Judgement { actual: Some(actual), periods, ..missing(question) }
}

/// Years that cannot be taken together: too early to say so while others are to come.
fn open(question: &Question<'_>, periods: Vec<String>) -> Judgement {
    let cause = if question.today <= question.period.last {
        missing(question)
    } else {
        Judgement::without(Verdict::NotAssessable, VerdictCause::ValueUnreadable)
    };
    Judgement { periods, ..cause }
}

/// Whether a total that only grows can change its verdict no more: it is beyond every end of the target.
fn settled(question: &Question<'_>, sum: &Actual, bounds: KeptBound) -> bool {
    let grows = sum.low.is_some_and(|sum| sum >= Decimal::ZERO);
    let verdict = assess(question.target, question.direction, Some(sum), None, bounds);
    grows
        && match question.target.kind {
            TargetKind::Floor => matches!(verdict, Verdict::Exceeded | Verdict::Met),
            TargetKind::Ceiling => verdict == Verdict::NotMet,
            _ => question.target.high.zip(sum.low).is_some_and(|(high, sum)| sum > high),
        }
}

#[cfg(test)]
mod tests;
