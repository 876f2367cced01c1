//! `/programmes/{programme}`: a programme with its theme, what it contributes to and what it has led to.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use askama::Template;
use serde::Deserialize;

use super::dissemination::{DisseminationWords, EventRow, row, view};
use super::field_form::SheetWords;
use super::forms;
use super::labels::Label;
use super::page::{self, Shell};
use super::praise_forms::PraiseWords;
use super::session::{State, Visitor};
use crate::domain::Id;
use crate::domain::commendations::{CommendationQuery, Honours};
use crate::domain::dissemination_events::DisseminationEventQuery;
use crate::domain::good_practices::GoodPracticeQuery;
use crate::domain::resolutions::Relation;
use crate::domain::voiding::RecordAction;
use crate::error::AppResult;
use crate::service::access::ReadWork;
use crate::service::{commendations, dissemination_events, good_practices, programme_themes, programmes};
use crate::state::Connection;
use crate::view::commendations::CommendationView;
use crate::view::documents::RelationView;
use crate::view::good_practices::GoodPracticeView;
use crate::view::programmes::ProgrammeView;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(programme_page);
}

words! {
    /// Words of this page.
    ProgrammeWords {
        theme = "Chủ đề", "Theme";
        facts = "Thông tin", "The document";
        number = "Số, ký hiệu", "Number";
        issuer = "Cơ quan ban hành", "Issued by";
        drafting = "Cơ quan dự thảo", "Drafted by";
        issued = "Ngày ban hành", "Issued on";
        period = "Giai đoạn", "Period";
        orientation = "Định hướng", "Looking ahead to";
        decided = "Cơ quan chọn chủ đề", "Theme chosen by";
        review = "Tổng kết khi hết thời gian, đến hạn ngày", "Closing review due on";
        follows = "Tiếp nối", "Follows";
        followed = "Tiếp theo là", "Followed by";
        implements = "Thực hiện", "Carries out";
        rules = "Quy định về hội nghị học tập", "Rules for its conferences";
        contributes = "Góp phần vào đột phá chiến lược", "Contributes to breakthroughs";
        breakthrough = "Đột phá", "Breakthrough";
        practices = "Mô hình mới, cách làm hay", "Good practices";
        often = "Tổ chức", "How often";
        praise = "Khen thưởng", "Commendations";
        body = "Cơ quan khen thưởng", "Awarded by";
        level = "Cấp", "Level";
        form = "Hình thức", "Form";
        collectives = "Tập thể", "Collectives";
        individuals = "Cá nhân", "Individuals";
        total = "Tổng số", "In all";
        source = "Nguồn", "Source";
        draft = "Dự thảo", "Draft";
        adopted = "Đã ban hành", "Adopted";
        take_back = "Bỏ", "Take back";
        more = "Chỉ hiển thị 200 mục đầu tiên.", "Only the first 200 are shown.";
        own = "Chỉ hiển thị mục của đơn vị bạn; tổng số là của cả tỉnh.", "Only what is your units' is shown; totals are the province's.";
    }
}

/// One commendation.
struct Praise {
    id: Id,
    body: String,
    level: &'static str,
    form: &'static str,
    collectives: i32,
    individuals: i32,
    /// Whether the reader may take it back.
    may: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "programme.html")]
struct ProgrammePage {
    shell: Shell,
    t: &'static ProgrammeWords,
    d: &'static DisseminationWords,
    s: &'static SheetWords,
    f: &'static PraiseWords,
    programme: ProgrammeView,
    /// Where related documents are, and what they are called.
    follows: Vec<(String, String)>,
    followed: Vec<(String, String)>,
    implements: Vec<(String, String)>,
    rules: Vec<&'static str>,
    practices: Vec<GoodPracticeView>,
    praise: Vec<Praise>,
    honours: Honours,
    events: Vec<EventRow>,
    whole: bool,
    more: bool,
    done: bool,
}

#[get("/programmes/{programme}")]
async fn programme_page(
    state: State,
    visitor: Visitor<ReadWork>,
    programme: Path<String>,
    forms::Query(asked): forms::Query<Asked>,
) -> AppResult<HttpResponse> {
    let id = forms::id(&programme)?;
    let page = state.read(move |conn, _| fill(conn, &visitor, id)).await?;
    page::show(&ProgrammePage { done: asked.done.is_some(), ..page })
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, id: Id) -> AppResult<ProgrammePage> {
    let (language, limit) = (visitor.shell.language, Some(200));
    let found = programmes::get(conn, visitor, id)?;
    let mentions = programmes::mentions(conn, visitor, std::slice::from_ref(&found))?;
    let programme = ProgrammeView::new(found, &mentions);
    let practices = GoodPracticeQuery { programme: Some(id), limit, ..GoodPracticeQuery::default() };
    let practices = good_practices::list(conn, visitor, practices)?;
    let praise = CommendationQuery { programme: Some(id), limit, ..CommendationQuery::default() };
    let praise = commendations::list(conn, visitor, praise)?;
    let events = DisseminationEventQuery { programme: Some(id), limit, ..DisseminationEventQuery::default() };
    let events = dissemination_events::list(conn, visitor, events)?;
    let honours = programme_themes::results(conn, visitor, id)?.honours;
    let praised = praise.items.into_iter().map(|s| CommendationView::new(s.commendation, s.recipients, &s.names, s.actions));
    let line = |c: CommendationView| {
        // Its name says it where both are given: "Ban Thường vụ Tỉnh ủy" awards for the committee.
        let body = c.awarding_text.or(c.awarding_unit.map(|unit| unit.name)).unwrap_or_default();
        let (level, form, may) = (c.level.label(language), c.form.label(language), c.allowed_actions.contains(&RecordAction::Void));
        Praise { id: c.id, body, level, form, collectives: c.collectives, individuals: c.individuals, may }
    };
    Ok(ProgrammePage {
        shell: visitor.shell.clone(),
        t: ProgrammeWords::of(language),
        d: DisseminationWords::of(language),
        follows: related(&programme.relations, Relation::Follows),
        followed: related(&programme.related_from, Relation::Follows),
        implements: related(&programme.relations, Relation::Implements),
        rules: programme.dissemination_rules.iter().map(|rule| rule.label(language)).collect(),
        programme,
        more: practices.next.is_some() || praise.next.is_some() || events.next.is_some(),
        practices: practices.items.into_iter().map(|s| GoodPracticeView::new(s.practice, &s.names, s.actions)).collect(),
        praise: praised.map(line).collect(),
        honours,
        events: events.items.into_iter().map(|shown| row(&view(shown, language), language)).collect(),
        whole: visitor.covers_a_root(),
        done: false,
        s: SheetWords::of(language),
        f: PraiseWords::of(language),
    })
}

fn related(relations: &[RelationView], relation: Relation) -> Vec<(String, String)> {
    let of = |view: &RelationView| {
        let href = view.resolution.map(|id| format!("/resolutions/{id}"));
        let href = href.or(view.programme.map(|id| format!("/programmes/{id}")))?;
        Some((href, view.number.iter().chain([&view.title]).cloned().collect::<Vec<_>>().join(", ")))
    };
    relations.iter().filter(|view| view.relation == relation).filter_map(of).collect()
}
