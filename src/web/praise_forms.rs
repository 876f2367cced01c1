//! `/good-practices/new` and `/commendations/new`: what a programme led to is recorded from its page.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use serde_json::json;

use super::choices::{self, Group};
use super::field_form::{self, Asks, Filled, Opened};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::programme_page::ProgrammeWords;
use super::session::{State, Visitor};
use crate::domain::Moment;
use crate::domain::commendations::{CommendationDraft, CommendationForm, CommendationLevel};
use crate::domain::good_practices::GoodPracticeDraft;
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{ReadWork, WriteWork};
use crate::service::{commendations, good_practices, programmes};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_practice_page).service(create_practice).service(new_commendation_page).service(create_commendation);
}

words! {
    /// Words of these forms.
    PraiseWords {
        new_practice = "Ghi mô hình, cách làm hay", "Record a good practice";
        new_commendation = "Ghi khen thưởng", "Record a commendation";
        practice = "Tên mô hình, cách làm", "Name";
        description = "Nội dung", "What is done";
        owner = "Đơn vị thực hiện", "Whose practice it is";
        recurring = "Tổ chức thường kỳ, nguyên văn (như thứ bảy hằng tuần)", "How often, in its own words";
        since = "Từ khi nào (như 25/12/2020, tháng 3/2021)", "Since when (25/12/2020, tháng 3/2021)";
        awarded_on = "Ngày khen thưởng", "Awarded on";
        collectives = "Số tập thể", "Collectives";
        individuals = "Số cá nhân", "Individuals";
        reason = "Thành tích", "What for";
        body_text = "Tên khác của cơ quan khen thưởng", "The body in other words";
        source = "Nguồn", "Source";
        save = "Ghi", "Record it";
    }
}

/// The page of the programme that the form was opened from.
fn above(conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed) -> AppResult<(String, String)> {
    let id = forms::id(typed.get("programme").unwrap_or_default())?;
    let programme = programmes::get(conn, &visitor.actor().permit::<ReadWork>()?, id)?;
    Ok((format!("/programmes/{id}"), programme.title))
}

fn sheet(above: (String, String), (title, action): (&str, &str), fields: Vec<Field>, typed: &Typed, submit: &'static str) -> Sheet {
    let programme = typed.get("programme").unwrap_or_default().to_owned();
    let (title, action) = (title.to_owned(), action.to_owned());
    Sheet { title, above, lead: None, action, fields, hidden: vec![("programme", programme)], submit }
}

/// Where the form leads back to.
fn back(typed: &Typed, part: &str) -> AppResult<String> {
    let programme = typed.get("programme").ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
    Ok(format!("/programmes/{}?done=recorded#{part}", forms::id(programme)?))
}

#[derive(Clone)]
struct Practice;

impl Asks for Practice {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, PraiseWords::of(visitor.shell.language));
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        let fields = vec![
            field(("title", "/title"), t.practice, Kind::Line),
            field(("description", "/description"), t.description, Kind::Lines).optional(),
            field(("owner_unit", "/owner_unit"), t.owner, Kind::One(choices::units_within(conn, visitor, language, at)?)),
            field(("recurring", "/recurring"), t.recurring, Kind::Line).optional(),
            field(("since", "/since"), t.since, Kind::Line).optional(),
            field(("source", "/source"), t.source, Kind::Line).optional(),
        ];
        Ok(sheet(above(conn, visitor, typed)?, (t.new_practice, "/good-practices"), fields, typed, t.save))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let said = typed.texts(&["title", "description", "owner_unit", "programme", "recurring", "since", "source"]);
        good_practices::create(conn, visitor, &draft::<GoodPracticeDraft>(said.into())?, at)?;
        back(typed, "practices")
    }
}

#[derive(Clone)]
struct Commendation;

impl Asks for Commendation {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (t, p) = (PraiseWords::of(language), ProgrammeWords::of(language));
        let levels = choices::names(CommendationLevel::ALL, CommendationLevel::as_str, None, language);
        let forms = choices::names(CommendationForm::ALL, CommendationForm::as_str, None, language);
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        let one = |choices| Kind::One(vec![Group { label: "", choices }]);
        let fields = vec![
            field(("level", "/level"), p.level, one(levels)),
            field(("form", "/form"), p.form, one(forms)),
            field(("awarding_unit", "/awarding_unit"), p.body, Kind::One(choices::units_within(conn, visitor, language, at)?)).optional(),
            field(("awarding_text", "/awarding_text"), t.body_text, Kind::Line).optional(),
            field(("collectives", "/collectives"), t.collectives, Kind::Number),
            field(("individuals", "/individuals"), t.individuals, Kind::Number),
            field(("awarded_on", "/awarded_on"), t.awarded_on, Kind::Line).optional(),
            field(("reason", "/reason"), t.reason, Kind::Lines).optional(),
            field(("source", "/source"), t.source, Kind::Line).optional(),
        ];
        Ok(sheet(above(conn, visitor, typed)?, (t.new_commendation, "/commendations"), fields, typed, t.save))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = typed.texts(&["programme", "level", "form", "awarding_unit", "awarding_text", "awarded_on", "reason", "source"]);
        for name in ["collectives", "individuals"] {
            said.insert(name.to_owned(), typed.count(name).unwrap_or_else(|| json!(0)));
        }
        commendations::create(conn, visitor, &draft::<CommendationDraft>(said.into())?, at)?;
        back(typed, "praise")
    }
}

#[get("/good-practices/new")]
async fn new_practice_page(state: State, visitor: Visitor<WriteWork>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Practice, asked).await
}

#[post("/good-practices")]
async fn create_practice(state: State, visitor: Visitor<WriteWork>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Practice, form).await
}

#[get("/commendations/new")]
async fn new_commendation_page(state: State, visitor: Visitor<WriteWork>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Commendation, asked).await
}

#[post("/commendations")]
async fn create_commendation(state: State, visitor: Visitor<WriteWork>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Commendation, form).await
}
