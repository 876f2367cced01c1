//! The forms that plan a review round, change its day, rules and texts, and decide about it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde_json::{Map, Value};

use super::choices::{self, Choice, Group, choice};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::labels::Label;
use super::review_page::ReviewPageWords;
use super::reviews::ReviewWords;
use super::session::{State, Visitor};
use crate::domain::merge_patch::MergePatch;
use crate::domain::reviews::{ReviewDecision, ReviewDecisionDraft, ReviewKind, ReviewPlan, ReviewTexts};
use crate::domain::targets::{KeptBound, MidTermScale};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::service::access::{ReadWork, Right, WriteWork};
use crate::service::lookup::Expected;
use crate::service::reviews;
use crate::state::Connection;
use crate::view::reviews::ReviewView;

/// The routes of these forms; before the page of one round, whose address they are like.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_page).service(plan).service(change_page).service(change).service(decision_page).service(decide);
}

words! {
    /// Words of these forms.
    ReviewFormWords {
        programme = "Chương trình, kế hoạch, khi không phải nghị quyết", "Programme or plan, where it is no resolution";
        year = "Năm (chỉ với kỳ hằng năm)", "Year (of yearly rounds only)";
        due_hint = "Để trống thì tính theo văn bản; chuyên đề không có thời gian thì phải ghi", "Follows from the document if left empty; needed for a theme without years";
        claimed_hint = "Ví dụ: 16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt. Được đối chiếu với số liệu.", "For instance: 16/18 chỉ tiêu đạt và vượt, trong đó 8 vượt. It is held against the numbers.";
        period_hint = "Ví dụ: 2023 hoặc 2021-2025. Để trống: kỳ cuối của từng chỉ tiêu.", "For instance 2023 or 2021-2025. Empty: the last period of each indicator.";
        decide = "Quyết định về kỳ này", "Decide about this round";
        decision = "Quyết định", "Decision";
        reason_hint = "Cần khi mở lại hoặc không tổ chức", "Needed to reopen or to cancel";
    }
}

type Permitted = Visitor<WriteWork>;

fn one(choices: Vec<Choice>) -> Kind {
    Kind::One(vec![Group { label: "", choices }])
}

/// The round as it stands, for the sheets of its forms.
pub fn standing<R: Right>(conn: &mut Connection, visitor: &Visitor<R>, id: Id) -> AppResult<ReviewView> {
    Ok(ReviewView::from(reviews::get(conn, &visitor.actor().permit::<ReadWork>()?, id)?))
}

/// The names of the texts: of the field, and where each stands in the body.
pub const TEXTS: [(&str, &str); 5] =
    [("results", "/results"), ("obstacles", "/obstacles"), ("causes", "/causes"), ("lessons", "/lessons"), ("proposals", "/proposals")];

const WITHIN: [&str; 5] = ["/texts/results", "/texts/obstacles", "/texts/causes", "/texts/lessons", "/texts/proposals"];

/// What the texts are called, in the order of [`TEXTS`].
pub fn headings(t: &'static ReviewWords) -> [&'static str; 5] {
    [t.results, t.obstacles, t.causes, t.lessons, t.proposals]
}

/// What stands now, typed into a form that was only opened.
pub fn typed_from(typed: &Typed, values: impl IntoIterator<Item = (&'static str, Option<String>)>) -> Typed {
    let typed = typed.clone();
    if typed.was_sent() {
        return typed;
    }
    values.into_iter().fold(typed, |typed, (name, value)| value.into_iter().fold(typed, |typed, value| typed.or(name, value)))
}

/// The texts with the names of their fields.
pub fn named(texts: ReviewTexts) -> [(&'static str, Option<String>); 5] {
    let ReviewTexts { results, obstacles, causes, lessons, proposals } = texts;
    [("results", results), ("obstacles", obstacles), ("causes", causes), ("lessons", lessons), ("proposals", proposals)]
}

#[derive(Clone, Copy)]
struct Planning;

impl Asks for Planning {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (t, f) = (ReviewWords::of(language), ReviewFormWords::of(language));
        let reader = visitor.actor().permit::<ReadWork>()?;
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        Ok(Sheet {
            title: t.plan.to_owned(),
            above: ("/reviews".to_owned(), t.title.to_owned()),
            lead: None,
            action: "/reviews".to_owned(),
            fields: vec![
                field(("resolution", "/resolution"), t.resolution, one(choices::resolutions(conn, &reader, None)?)).optional(),
                field(("programme", "/programme"), f.programme, one(choices::programmes(conn, &reader, None)?)).optional(),
                field(("kind", "/kind"), t.kind, one(choices::names(ReviewKind::ALL, ReviewKind::as_str, None, language))),
                field(("year", "/year"), f.year, Kind::Number).optional(),
                field(("due_on", "/due_on"), t.due_on, Kind::Day).hint(f.due_hint).optional(),
            ],
            hidden: Vec::new(),
            submit: visitor.shell.t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = typed.texts(&["resolution", "programme", "kind", "due_on"]);
        said.extend(typed.count("year").map(|year| ("year".to_owned(), year)));
        let round = reviews::plan(conn, visitor, &draft::<ReviewPlan>(said.into())?, at)?;
        Ok(format!("/reviews/{}?done=planned", round.id))
    }
}

#[derive(Clone, Copy)]
struct Changing(Id);

const RULES: [&str; 5] = ["due_on", "kept_bound", "scale", "period", "claimed_score"];

/// What was typed, as a patch: what was emptied is taken away.
fn patch(typed: &Typed) -> Map<String, Value> {
    let said = |name: &str| typed.get(name).map_or(Value::Null, Into::into);
    let texts: Map<String, Value> = TEXTS.iter().map(|(name, _)| ((*name).to_owned(), said(name))).collect();
    let mut patch: Map<String, Value> = RULES.iter().map(|name| ((*name).to_owned(), said(name))).collect();
    patch.insert("texts".to_owned(), texts.into());
    patch
}

impl Asks for Changing {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (t, f) = (ReviewWords::of(language), ReviewFormWords::of(language));
        let round = ReviewView::from(reviews::to_change(conn, visitor, self.0)?);
        let rules = [
            ("due_on", Some(round.due_on.to_string())),
            ("kept_bound", Some(round.kept_bound.to_string())),
            ("scale", round.scale.map(|scale| scale.to_string())),
            ("period", round.period),
            ("claimed_score", round.claimed_score),
        ];
        let version = typed.get("version").map_or_else(|| round.version.to_string(), ToOwned::to_owned);
        let typed = typed_from(typed, rules.into_iter().chain(named(round.texts)));
        let field = |name: (&'static str, &'static str), label, kind| Field::new(&typed, name, label, kind);
        let mut fields = vec![
            field(("due_on", "/due_on"), t.due_on, Kind::Day),
            field(("kept_bound", "/kept_bound"), t.kept_bound, one(choices::names(KeptBound::ALL, KeptBound::as_str, None, language))),
            field(("scale", "/scale"), t.scale, one(choices::names(MidTermScale::ALL, MidTermScale::as_str, None, language))).optional(),
            field(("period", "/period"), t.period, Kind::Line).hint(f.period_hint).optional(),
            field(("claimed_score", "/claimed_score"), t.claimed, Kind::Line).hint(f.claimed_hint).optional(),
        ];
        let texts = TEXTS.iter().zip(WITHIN).zip(headings(t));
        fields.extend(texts.map(|(((name, _), pointer), label)| field((name, pointer), label, Kind::Lines).optional()));
        Ok(Sheet {
            title: ReviewPageWords::of(language).change.to_owned(),
            above: (format!("/reviews/{}", self.0), round.title),
            lead: None,
            action: format!("/reviews/{}/change", self.0),
            fields,
            hidden: vec![("version", version)],
            submit: visitor.shell.t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let patch = MergePatch(patch(typed).into());
        reviews::update(conn, visitor, self.0, Expected::Version(typed.version()), &patch, at)?;
        Ok(format!("/reviews/{}?done=changed", self.0))
    }
}

#[derive(Clone, Copy)]
struct Deciding(Id);

impl Asks for Deciding {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let f = ReviewFormWords::of(language);
        let round = standing(conn, visitor, self.0)?;
        let open = ReviewDecision::ALL.iter().filter(|decision| round.state.after(**decision).is_some());
        let open: Vec<_> = open.map(|decision| choice(decision.as_str(), decision.label(language), None)).collect();
        if open.is_empty() {
            return Err(AppError::illegal_state(round.state.allowed_actions()));
        }
        Ok(Sheet {
            title: f.decide.to_owned(),
            above: (format!("/reviews/{}", self.0), round.title),
            lead: Some(format!("{}: {}", ReviewWords::of(language).state, round.state.label(language))),
            action: format!("/reviews/{}/decision", self.0),
            fields: vec![
                Field::new(typed, ("decision", "/decision"), f.decision, one(open)),
                Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines).hint(f.reason_hint).optional(),
            ],
            hidden: Vec::new(),
            submit: visitor.shell.t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let reviewed = reviews::to_decide(conn, visitor, self.0)?;
        let said: ReviewDecisionDraft = draft(typed.texts(&["decision", "reason"]).into())?;
        reviews::decide(conn, visitor, reviewed, &said, at)?;
        Ok(format!("/reviews/{}?done=decided", self.0))
    }
}

#[get("/reviews/new")]
async fn new_page(state: State, visitor: Permitted, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Planning, asked).await
}

#[post("/reviews")]
async fn plan(state: State, visitor: Permitted, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Planning, form).await
}

#[get("/reviews/{review}/change")]
async fn change_page(state: State, visitor: Permitted, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Changing(forms::id(&which)?), asked).await
}

#[post("/reviews/{review}/change")]
async fn change(state: State, visitor: Permitted, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Changing(forms::id(&which)?), form).await
}

#[get("/reviews/{review}/decision")]
async fn decision_page(state: State, visitor: Permitted, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Deciding(forms::id(&which)?), asked).await
}

#[post("/reviews/{review}/decision")]
async fn decide(state: State, visitor: Permitted, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Deciding(forms::id(&which)?), form).await
}
