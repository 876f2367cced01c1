//! `/resolutions/new` and `/programmes/new`: an office records a document. Whole lists of documents are
//! imported.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get, post};
use serde_json::{Map, Value, json};

use super::choices::{self, Choice, Group, choice};
use super::field_form::{self, Asks, Filled, Opened};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::draft;
use super::programme_page::ProgrammeWords;
use super::session::{State, Visitor};
use crate::domain::Moment;
use crate::domain::programmes::{ProgrammeDraft, ProgrammeKind, ProgrammeScope, ProgrammeState};
use crate::domain::resolutions::{ResolutionDraft, ResolutionKind, ResolutionLevel};
use crate::domain::terms::TermQuery;
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, ReadWork, WriteWork};
use crate::service::{programmes, resolutions, terms};
use crate::state::Connection;

/// The routes of these forms; before the pages of documents, whose addresses they are like.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_resolution_page).service(create_resolution).service(new_programme_page).service(create_programme);
}

words! {
    /// Words of these forms.
    DocumentWords {
        new_resolution = "Thêm nghị quyết", "Add a resolution";
        new_programme = "Thêm chương trình, kế hoạch", "Add a programme or plan";
        name = "Tên, trích yếu", "Title";
        kind = "Loại văn bản", "Kind";
        level = "Cấp ban hành", "Level";
        issuer_text = "Cơ quan ban hành bằng chữ, khi không có trong danh mục", "Issued by, in words, where it is none of the units";
        issued_hint = "Ghi như văn bản: 14/10/2020, tháng 10/2020 hoặc 2020.", "As the document writes it: 14/10/2020, tháng 10/2020 or 2020.";
        number_hint = "Như in trên văn bản, ví dụ 04-NQ/TU; chưa rõ thì để trống.", "As it is printed, such as 04-NQ/TU; empty if it is not known.";
        term = "Nhiệm kỳ", "Term";
        area = "Tỉnh lưu văn bản", "Province it is kept for";
        area_hint = "Cần khi cơ quan ban hành không có trong danh mục.", "Needed where the issuer is none of the units.";
        implements = "Thực hiện văn bản", "Carries out";
        scope = "Thời gian", "Made for";
        year = "Năm, nếu là chương trình một năm", "The year, of a programme of one year";
        period_from = "Giai đoạn từ năm", "Period from year";
        period_to = "đến năm", "to year";
        theme = "Chủ đề, nếu là chuyên đề", "Theme, of a thematic programme";
        state = "Tình trạng", "State";
        whole_term = "Cả nhiệm kỳ", "The whole term";
        one_year = "Một năm", "One year";
        source = "Nguồn", "Source";
        save = "Ghi", "Record it";
    }
}

type Permitted = Visitor<WriteWork>;

fn one(choices: Vec<Choice>) -> Kind {
    Kind::One(vec![Group { label: "", choices }])
}

/// The fields that both kinds of documents begin with.
fn common(conn: &mut Connection, visitor: &Permitted, typed: &Typed, kinds: Vec<Choice>, at: &Moment) -> AppResult<Vec<Field>> {
    let language = visitor.shell.language;
    let (t, p) = (DocumentWords::of(language), ProgrammeWords::of(language));
    let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
    let directory = visitor.actor().permit::<ReadDirectory>()?;
    let terms = terms::list(conn, &directory, TermQuery { limit: Some(200), ..TermQuery::default() })?;
    let terms = terms.items.into_iter().map(|term| choice(&term.term.id.to_string(), &term.term.title, None)).collect();
    Ok(vec![
        field(("title", "/title"), t.name, Kind::Lines),
        field(("kind", "/kind"), t.kind, one(kinds)),
        field(("number", "/number"), p.number, Kind::Line).hint(t.number_hint).optional(),
        field(("issued_on", "/issued_on"), p.issued, Kind::Line).hint(t.issued_hint).optional(),
        field(("issuer", "/issuer"), p.issuer, Kind::One(choices::units_within(conn, visitor, language, at)?)).optional(),
        field(("issuer_text", "/issuer_text"), t.issuer_text, Kind::Line).optional(),
        field(("area", "/area"), t.area, Kind::One(choices::areas_within(conn, visitor, language, true)?)).hint(t.area_hint).optional(),
        field(("term", "/term"), t.term, one(terms)).optional(),
    ])
}

/// What the document carries out: resolutions by id.
fn implements(conn: &mut Connection, visitor: &Permitted, typed: &Typed) -> AppResult<Field> {
    let t = DocumentWords::of(visitor.shell.language);
    let known = choices::resolutions(conn, &visitor.actor().permit::<ReadWork>()?, None)?;
    Ok(Field::new(typed, ("implements", "/relations"), t.implements, one(known)).optional())
}

const TEXTS: [&str; 9] = ["title", "kind", "number", "issued_on", "issuer", "issuer_text", "area", "term", "source"];

/// What both kinds of documents say, as a body of the API.
fn body(typed: &Typed) -> Map<String, Value> {
    let mut said = typed.texts(&TEXTS);
    if let Some(resolution) = typed.get("implements") {
        said.insert("relations".to_owned(), json!([{ "relation": "implements", "resolution": resolution }]));
    }
    said
}

#[derive(Clone)]
struct Resolution;

impl Asks for Resolution {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let t = DocumentWords::of(language);
        let kinds = choices::names(ResolutionKind::ALL, ResolutionKind::as_str, None, language);
        let levels = choices::names(ResolutionLevel::ALL, ResolutionLevel::as_str, None, language);
        let mut fields = common(conn, visitor, typed, kinds, at)?;
        fields.insert(2, Field::new(typed, ("level", "/level"), t.level, one(levels)));
        fields.push(implements(conn, visitor, typed)?);
        fields.push(Field::new(typed, ("source", "/source"), t.source, Kind::Line).optional());
        let above = ("/resolutions".to_owned(), visitor.shell.t.resolutions.to_owned());
        Ok(sheet((t.new_resolution, "/resolutions"), above, fields, t))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = body(typed);
        said.extend(typed.texts(&["level"]));
        let made = resolutions::create(conn, visitor, &draft::<ResolutionDraft>(said.into())?, at)?;
        Ok(format!("/resolutions/{}", made.id))
    }
}

#[derive(Clone)]
struct Programme;

impl Asks for Programme {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let (t, p) = (DocumentWords::of(language), ProgrammeWords::of(language));
        let kinds = choices::names(ProgrammeKind::ALL, ProgrammeKind::as_str, None, language);
        let scopes = [(ProgrammeScope::Term, t.whole_term), (ProgrammeScope::Year, t.one_year)]
            .map(|(scope, label)| choice(scope.as_str(), label, None));
        let states = [(ProgrammeState::Adopted, p.adopted), (ProgrammeState::Draft, p.draft)]
            .map(|(state, label)| choice(state.as_str(), label, None));
        let mut fields = common(conn, visitor, typed, kinds, at)?;
        let field = |name: (&'static str, &'static str), label, kind| Field::new(typed, name, label, kind);
        fields.push(implements(conn, visitor, typed)?);
        fields.extend([
            field(("state", "/state"), t.state, one(states.to_vec())),
            field(("scope", "/scope"), t.scope, one(scopes.to_vec())),
            field(("scope_year", "/scope_year"), t.year, Kind::Number).optional(),
            field(("period_from", "/period/from"), t.period_from, Kind::Number).optional(),
            field(("period_to", "/period/to"), t.period_to, Kind::Number).optional(),
            field(("theme", "/theme"), t.theme, Kind::Line).optional(),
            field(("source", "/source"), t.source, Kind::Line).optional(),
        ]);
        let above = ("/programmes".to_owned(), visitor.shell.t.programmes.to_owned());
        Ok(sheet((t.new_programme, "/programmes"), above, fields, t))
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Permitted, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = body(typed);
        said.extend(typed.texts(&["state", "scope", "theme"]));
        said.extend(typed.count("scope_year").map(|year| ("scope_year".to_owned(), year)));
        if let (Some(from), to) = (typed.count("period_from"), typed.count("period_to")) {
            said.insert("period".to_owned(), json!({ "from": from, "to": to.unwrap_or_else(|| from.clone()) }));
        }
        let made = programmes::create(conn, visitor, &draft::<ProgrammeDraft>(said.into())?, at)?;
        Ok(format!("/programmes/{}", made.id))
    }
}

fn sheet((title, action): (&str, &str), above: (String, String), fields: Vec<Field>, t: &'static DocumentWords) -> Sheet {
    Sheet { title: title.to_owned(), above, lead: None, action: action.to_owned(), fields, hidden: Vec::new(), submit: t.save }
}

#[get("/resolutions/new")]
async fn new_resolution_page(state: State, visitor: Permitted, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Resolution, asked).await
}

#[post("/resolutions")]
async fn create_resolution(state: State, visitor: Permitted, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Resolution, form).await
}

#[get("/programmes/new")]
async fn new_programme_page(state: State, visitor: Permitted, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Programme, asked).await
}

#[post("/programmes")]
async fn create_programme(state: State, visitor: Permitted, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Programme, form).await
}
