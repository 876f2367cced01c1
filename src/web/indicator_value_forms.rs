//! The forms that tell a value, confirm or return one, set a target, and decide a verdict.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::choices::{self, Choice, Group, choice};
use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::indicator_forms::IndicatorFormWords;
use super::indicator_page::IndicatorPageWords;
use super::indicators::IndicatorWords;
use super::labels::Label;
use super::obligations::period;
use super::session::{State, Visitor};
use crate::domain::indicator_assessments::AssessmentDraft;
use crate::domain::indicator_targets::TargetChange;
use crate::domain::indicator_values::{ValueDraft, ValueStage};
use crate::domain::periods::Period;
use crate::domain::targets::Verdict;
use crate::domain::verifications::{Outcome, VerificationDraft};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{LogProgress, ReadWork, Right, Verify, WriteWork};
use crate::service::lookup::Expected;
use crate::service::{indicator_assessments, indicator_targets, indicator_values, indicators};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(value_page).service(tell).service(verification_page).service(verify);
    config.service(target_page).service(set).service(assessment_page).service(decide);
}

words! {
    /// Words of these forms.
    ValueFormWords {
        value = "Số liệu", "What was reached";
        value_hint = "Ghi như báo cáo: 80,33 · 42.999 · trên 4 · Xuất siêu", "As it is reported: 80,33 · 42.999 · trên 4";
        numerator = "Tử số", "Numerator";
        denominator = "Mẫu số", "Denominator";
        decimal_hint = "Viết bằng dấu chấm thập phân, ví dụ 9736 hoặc 4.84", "With a decimal point, such as 9736 or 4.84";
        rank_of = "Trên tổng số (khi là thứ hạng)", "Of how many (for a rank)";
        breaks_series = "Đã đổi cách tính, không so được với các năm trước", "Measured in another way than the years before";
        note = "Ghi chú", "Note";
        again = "Lý do nhập lại (khi đã có số chính thức)", "Why it is told anew (once a value was official)";
        outcome = "Kết luận", "Outcome";
        confirm = "Xác nhận", "Confirm";
        give_back = "Trả lại", "Return";
        authority = "Nơi giao, nếu khác văn bản này", "Who sets it, where it is another than the document";
        reason_hint = "Cần khi thay mục tiêu đang có", "Needed where a target stands already";
        differs_hint = "Cần khi khác kết quả tính từ số liệu", "Needed where it differs from the numbers";
        document = "Văn bản kết luận", "Document it was decided in";
    }
}

fn one(choices: Vec<Choice>) -> Kind {
    Kind::One(vec![Group { label: "", choices }])
}

/// A form about an indicator.
fn sheet<R: Right>(
    conn: &mut Connection,
    visitor: &Visitor<R>,
    id: Id,
    (title, below): (&'static str, &str),
    fields: Vec<Field>,
    at: &Moment,
) -> AppResult<Sheet> {
    let shown = indicators::get(conn, &visitor.actor().permit::<ReadWork>()?, id, at)?;
    let lead = shown.targets.iter().map(|target| format!("{}: {}", period(&target.period, visitor.shell.language), target.target_text));
    let lead: Vec<String> = lead.collect();
    Ok(Sheet {
        title: title.to_owned(),
        above: (format!("/indicators/{id}"), shown.indicator.name),
        lead: Some(format!("{}: {}", IndicatorWords::of(visitor.shell.language).target, lead.join("; "))).filter(|_| !lead.is_empty()),
        action: format!("/indicators/{id}/{below}"),
        fields,
        hidden: Vec::new(),
        submit: title,
    })
}

/// The period that was typed.
fn typed_period(typed: &Typed) -> AppResult<&str> {
    let said = typed.get("period").unwrap_or_default().trim();
    if Period::of_any(said).is_some() { Ok(said) } else { Err(AppError::invalid("/period", rules::PERIOD_OR_SPAN)) }
}

#[derive(Clone, Copy)]
struct Telling(Id);

impl Asks for Telling {
    type Right = LogProgress;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (p, v) = (IndicatorPageWords::of(language), ValueFormWords::of(language));
        indicator_values::target(conn, visitor, self.0)?;
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        let stages = choices::names(ValueStage::ALL, ValueStage::as_str, None, language);
        let fields = vec![
            field(("period", "/period"), p.period, Kind::Line).hint(IndicatorFormWords::of(language).period_hint),
            field(("text", "/text"), v.value, Kind::Line).hint(v.value_hint),
            field(("stage", "/stage"), p.stage, one(stages)),
            field(("rank_of", "/rank_of"), v.rank_of, Kind::Number).optional(),
            field(("numerator", "/numerator"), v.numerator, Kind::Line).hint(v.decimal_hint).optional(),
            field(("denominator", "/denominator"), v.denominator, Kind::Line).hint(v.decimal_hint).optional(),
            field(("breaks_series", "/breaks_series"), p.broken, Kind::Any(vec![choice("yes", v.breaks_series, None)])).optional(),
            field(("source", "/source"), p.source, Kind::Line).optional(),
            field(("note", "/note"), v.note, Kind::Lines).optional(),
            field(("reason", "/reason"), v.again, Kind::Lines).optional(),
        ];
        sheet(conn, visitor, self.0, (p.tell, "values"), fields, at)
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<LogProgress>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = indicator_values::target(conn, visitor, self.0)?;
        let period = typed_period(typed)?;
        let mut said = typed.texts(&["text", "stage", "numerator", "denominator", "source", "note", "reason"]);
        said.extend(typed.count("rank_of").map(|of| ("rank_of".to_owned(), of)));
        said.insert("breaks_series".to_owned(), (typed.get("breaks_series") == Some("yes")).into());
        indicator_values::tell(conn, visitor, target, period, Expected::Any, &draft::<ValueDraft>(said.into())?, at)?;
        Ok(format!("/indicators/{}?done=told", self.0))
    }
}

#[derive(Clone)]
struct Judging(Id, String);

impl Asks for Judging {
    type Right = Verify;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (p, v) = (IndicatorPageWords::of(language), ValueFormWords::of(language));
        let shown = indicator_values::get(conn, &visitor.actor().permit()?, self.0, &self.1, at)?;
        let outcomes = [(Outcome::Verified, v.confirm), (Outcome::Returned, v.give_back)];
        let outcomes = outcomes.map(|(outcome, label)| choice(outcome.as_str(), label, None));
        let fields = vec![
            Field::new(typed, ("outcome", "/outcome"), v.outcome, one(outcomes.to_vec())),
            Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines).optional(),
        ];
        let below = format!("values/{}/verification", self.1);
        let form = sheet(conn, visitor, self.0, (p.confirm, &below), fields, at)?;
        let version = typed.get("version").map_or_else(|| shown.value.version.to_string(), ToOwned::to_owned);
        let lead = format!("{}: {} ({})", period(&self.1, language), shown.value.value_text, shown.value.stage.label(language));
        Ok(Sheet { hidden: vec![("version", version)], lead: Some(lead), ..form })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Verify>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let target = indicator_values::to_judge(conn, visitor, self.0, &self.1, Expected::Version(typed.version()))?;
        let said: VerificationDraft = draft(typed.texts(&["outcome", "reason"]).into())?;
        indicator_values::judge(conn, visitor, target, &said, at)?;
        Ok(format!("/indicators/{}?done=judged", self.0))
    }
}

#[derive(Clone, Copy)]
struct Setting(Id);

impl Asks for Setting {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (p, v, f) = (IndicatorPageWords::of(language), ValueFormWords::of(language), IndicatorFormWords::of(language));
        let fields = vec![
            Field::new(typed, ("period", "/period"), f.target_period, Kind::Line).hint(f.period_hint),
            Field::new(typed, ("text", "/text"), f.target_text, Kind::Line).hint(f.target_hint),
            Field::new(typed, ("authority", "/authority"), v.authority, Kind::Line).optional(),
            Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines).hint(v.reason_hint).optional(),
        ];
        sheet(conn, visitor, self.0, (p.set, "targets"), fields, at)
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let standing = indicators::to_change(conn, visitor, self.0, Expected::Any)?;
        let said: TargetChange = draft(typed.texts(&["text", "authority", "reason"]).into())?;
        indicator_targets::set(conn, visitor, standing, typed_period(typed)?, &said, at)?;
        Ok(format!("/indicators/{}?done=set", self.0))
    }
}

#[derive(Clone, Copy)]
struct Deciding(Id);

impl Asks for Deciding {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (p, v, t) = (IndicatorPageWords::of(language), ValueFormWords::of(language), IndicatorWords::of(language));
        let assessed = indicator_assessments::list(conn, &visitor.actor().permit()?, self.0, None, at)?;
        let own = assessed.iter().filter(|assessed| assessed.is_own());
        let named = |id: &str, verdict: Verdict| format!("{} · {}: {}", period(id, language), t.computed, verdict.label(language));
        let periods = own.map(|a| choice(&a.period, &named(&a.period, a.judgement.verdict), None)).collect();
        let fields = vec![
            Field::new(typed, ("period", "/period"), p.period, one(periods)),
            Field::new(typed, ("verdict", "/verdict"), p.decided, one(choices::names(Verdict::ALL, Verdict::as_str, None, language))),
            Field::new(typed, ("reason", "/reason"), SheetWords::of(language).reason, Kind::Lines).hint(v.differs_hint).optional(),
            Field::new(typed, ("document", "/document"), v.document, Kind::Line).optional(),
        ];
        sheet(conn, visitor, self.0, (p.decide, "assessments"), fields, at)
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let standing = indicators::to_change(conn, visitor, self.0, Expected::Any)?;
        let said: AssessmentDraft = draft(typed.texts(&["period", "verdict", "reason", "document"]).into())?;
        indicator_assessments::decide(conn, visitor, standing, &said, at)?;
        Ok(format!("/indicators/{}?done=decided", self.0))
    }
}

/// The indicator and the period of an address.
fn judging(which: &(String, String)) -> AppResult<Judging> {
    let (id, period) = which;
    if Period::of_any(period).is_none() {
        return Err(AppError::new(codes::NOT_FOUND));
    }
    Ok(Judging(forms::id(id)?, period.clone()))
}

#[get("/indicators/{indicator}/values/new")]
async fn value_page(state: State, visitor: Visitor<LogProgress>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Telling(forms::id(&which)?), asked).await
}

#[post("/indicators/{indicator}/values")]
async fn tell(state: State, visitor: Visitor<LogProgress>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Telling(forms::id(&which)?), form).await
}

#[get("/indicators/{indicator}/values/{period}/verification")]
async fn verification_page(
    state: State,
    visitor: Visitor<Verify>,
    which: Path<(String, String)>,
    asked: Opened,
) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, judging(&which)?, asked).await
}

#[post("/indicators/{indicator}/values/{period}/verification")]
async fn verify(state: State, visitor: Visitor<Verify>, which: Path<(String, String)>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, judging(&which)?, form).await
}

#[get("/indicators/{indicator}/targets/new")]
async fn target_page(state: State, visitor: Visitor<WriteWork>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Setting(forms::id(&which)?), asked).await
}

#[post("/indicators/{indicator}/targets")]
async fn set(state: State, visitor: Visitor<WriteWork>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Setting(forms::id(&which)?), form).await
}

#[get("/indicators/{indicator}/assessments/new")]
async fn assessment_page(state: State, visitor: Visitor<WriteWork>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Deciding(forms::id(&which)?), asked).await
}

#[post("/indicators/{indicator}/assessments")]
async fn decide(state: State, visitor: Visitor<WriteWork>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Deciding(forms::id(&which)?), form).await
}
