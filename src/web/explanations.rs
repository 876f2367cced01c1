//! `/explain`: a number of a dashboard, how it is worked out, and the tasks behind it.

mod words;

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::figures::{FigureWords, percent};
use super::forms::Query;
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::dashboards::{Basis, DashboardQuery};
use crate::domain::explanations::{ExplanationQuery, Number, PartIn, Sum, Whole};
use crate::domain::tasks::Lifecycle;
use crate::domain::{Id, Language, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::ReadDashboards;
use crate::service::dashboards::explanations::{self, Shown};
use crate::state::Connection;
use crate::view::explanations::{ExplanationView, LightView};
use words::ExplanationWords;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(explanation_page);
}

/// What the page may be asked for: the number, and what the list of tasks is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    of: Number,
    unit: Option<String>,
    #[serde(default)]
    subtree: bool,
    area: Option<String>,
    task: Option<Id>,
    resolution: Option<Id>,
    programme: Option<Id>,
    breakthrough: Option<Id>,
    pillar: Option<Id>,
    field: Option<Id>,
    as_of: Option<NaiveDate>,
    basis: Option<Basis>,
    cursor: Option<String>,
}

impl Asked {
    fn queries(self) -> (DashboardQuery, ExplanationQuery) {
        let Self { of, unit, subtree, area, task, resolution, programme, breakthrough, pillar, field, as_of, basis, cursor } = self;
        let asked = ExplanationQuery {
            of,
            unit: unit.map(Reference::from),
            subtree,
            area: area.map(Reference::from),
            kind: Vec::new(),
            level: None,
            objective: None,
            group: None,
            task,
            outside: None,
            limit: Some(100),
            cursor,
        };
        (DashboardQuery { as_of, basis, resolution, breakthrough, pillar, programme, field }, asked)
    }
}

struct Row {
    href: String,
    title: Option<String>,
    unit: String,
    weight: i32,
    state: &'static str,
    due_on: Option<NaiveDate>,
    share: String,
    part: &'static str,
    counted: bool,
}

/// One axis: its name, its light, what it is worked out from, by which rule.
struct Axis {
    name: &'static str,
    light: &'static str,
    light_words: &'static str,
    from: String,
    rule: &'static str,
}

#[derive(Template)]
#[template(path = "explanation.html")]
struct ExplanationPage {
    shell: Shell,
    t: &'static ExplanationWords,
    f: &'static FigureWords,
    of: Number,
    label: &'static str,
    value: String,
    /// Title and address of the whole whose number it is.
    whole: Option<(String, String)>,
    view: ExplanationView,
    sum: Sum,
    /// Weight × percent of all, as people write it.
    weighted: String,
    /// What is left out, in words.
    suspended: String,
    cancelled: String,
    rows: Vec<Row>,
    axes: Vec<Axis>,
    /// Names and addresses of the other numbers of the line.
    others: Vec<(&'static str, String)>,
    next: Option<String>,
}

impl ExplanationPage {
    /// A decimal as people write it.
    fn number(&self, digits: &str) -> String {
        decimal(digits, self.shell.language)
    }
}

/// A decimal as people write it: with a comma in Vietnamese.
fn decimal(digits: &str, language: Language) -> String {
    if language == Language::Vi { digits.replace('.', ",") } else { digits.to_owned() }
}

#[get("/explain")]
async fn explanation_page(state: State, visitor: Visitor<ReadDashboards>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, at| fill(conn, &visitor, asked, at)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadDashboards>, asked: Asked, at: &Moment) -> AppResult<ExplanationPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let (query, asked) = asked.queries();
    let t = ExplanationWords::of(language);
    let mut explained = explanations::explain(conn, visitor, (&query, &asked), at)?;
    let rows = explained.items.iter().map(|item| row(item, language)).collect();
    explained.items.clear();
    let named = |whole: Whole| (whole.title.unwrap_or_else(|| t.secret.to_owned()), format!("/tasks/{}", whole.id));
    let whole = explained.whole.clone().map(named);
    let (of, sum) = (explained.of, explained.sum);
    let view = ExplanationView::new(explained, (&query, &asked), language);
    let value = match (view.count, &view.light) {
        (Some(count), _) => count.to_string(),
        (None, Some(light)) => light.light.label(language).to_owned(),
        (None, None) => percent(view.percent, language),
    };
    Ok(ExplanationPage {
        t,
        f: FigureWords::of(language),
        of,
        label: of.label(language),
        value,
        whole,
        rows,
        sum,
        weighted: decimal(&format!("{}.{:02}", sum.weighted / 100, sum.weighted % 100), language),
        suspended: Lifecycle::Suspended.label(language).to_lowercase(),
        cancelled: Lifecycle::Cancelled.label(language).to_lowercase(),
        axes: view.light.as_ref().map(|light| axes(light, t, language)).unwrap_or_default(),
        others: Number::ALL.iter().filter(|number| **number != of).map(|n| (n.label(language), also(&shell.address, *n))).collect(),
        next: view.next.as_deref().map(|cursor| format!("{}&cursor={}", without_cursor(&shell.address), page::encoded(cursor))),
        view,
        shell,
    })
}

/// Where a number of a task with parts is explained.
pub fn of_whole(task: Id, number: Number) -> String {
    page::asking("/explain", &[&format!("of={number}"), &format!("task={task}")])
}

fn row(item: &Shown, language: Language) -> Row {
    let counted = item.counted;
    Row {
        href: format!("/tasks/{}", item.fact.task.id),
        title: item.title.clone(),
        unit: item.unit.name.clone(),
        weight: counted.weight,
        state: counted.timeliness.map_or_else(|| counted.lifecycle.label(language), |timeliness| timeliness.label(language)),
        due_on: item.fact.state.due_on,
        share: percent(item.share.percent, language),
        part: item.share.part.label(language),
        counted: item.share.part == PartIn::Counted,
    }
}

fn axes(light: &LightView, t: &'static ExplanationWords, language: Language) -> Vec<Axis> {
    let of = |name, light: crate::domain::light::Light, from, rule| Axis {
        name,
        light: light.as_str(),
        light_words: light.label(language),
        from,
        rule,
    };
    let (claimed, verified) = (percent(light.claimed, language), percent(light.verified, language));
    vec![
        of(t.schedule, light.axes.schedule, format!("{}/{}", light.overdue, light.expected), t.schedule_rule),
        of(t.claimed_axis, light.axes.claimed, format!("{}/{}", light.reported, light.expected), t.claimed_rule),
        of(t.verified_axis, light.axes.verified, format!("{claimed}; {verified}"), t.verified_rule),
        of(t.result, light.axes.result, String::new(), t.result_rule),
    ]
}

fn without_cursor(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("cursor=")).collect();
    page::asking(path, &kept)
}

/// The same line's other number.
fn also(address: &str, number: Number) -> String {
    let address = without_cursor(address);
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let rest: Vec<&str> = query.split('&').filter(|part| !part.starts_with("of=")).collect();
    page::asking("/explain", &[&[format!("of={number}").as_str()], rest.as_slice()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_numbers_of_the_line_are_asked_with_the_same_filters() {
        assert_eq!(also("/explain?of=claimed&unit=hg&cursor=x", Number::Total), "/explain?of=total&unit=hg");
        assert_eq!(without_cursor("/explain?cursor=x&of=total"), "/explain?of=total");
    }
}
