//! `/reviews`: the rounds in which documents are looked back on, by the day they are due.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::choices::{self, Choice};
use super::figures::part;
use super::forms::{self, Query};
use super::labels::Label;
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::Id;
use crate::domain::reviews::{ReviewQuery, ReviewState};
use crate::error::{AppError, AppResult, rules};
use crate::service::access::ReadWork;
use crate::service::{programmes, reviews};
use crate::state::Connection;

/// The routes of this page.
pub fn configure(config: &mut ServiceConfig) {
    config.service(reviews_page);
}

words! {
    /// Words of review rounds, on all their pages.
    ReviewWords {
        title = "Sơ kết, tổng kết", "Reviews";
        lead = "Mỗi nghị quyết sơ kết sau 3 năm, tổng kết sau 5 năm; chuyên đề tổng kết khi hết thời gian. Các kỳ khác do văn phòng thêm.", "Every resolution is looked back on after 3 years and after 5, a theme when its years are over. The office plans others.";
        none = "Chưa có kỳ nào.", "There are no rounds.";
        plan = "Thêm một kỳ", "Plan a round";
        resolution = "Nghị quyết", "Resolution";
        programme = "Chương trình, kế hoạch", "Programme or plan";
        state = "Trạng thái", "State";
        every = "Tất cả", "All";
        show = "Xem", "Show";
        round = "Kỳ", "Round";
        due_on = "Đến hạn", "Due";
        anchor_on = "Tính từ ngày", "Its years are counted from";
        kind = "Loại", "Kind";
        kept_bound = "Mục tiêu dạng \"trên\", \"dưới\"", "Targets that are a floor or a ceiling";
        scale = "Thang giữa kỳ", "Mid-term scale";
        period = "Đánh giá mục tiêu của kỳ", "Targets judged are those of";
        last_period = "kỳ cuối của từng chỉ tiêu", "the last period of each indicator";
        claimed = "Câu kết quả ghi trong báo cáo", "The score as the paper has it";
        results = "Kết quả", "Results";
        obstacles = "Tồn tại, hạn chế", "Obstacles";
        causes = "Nguyên nhân", "Causes";
        lessons = "Bài học kinh nghiệm", "Lessons";
        proposals = "Kiến nghị, đề xuất", "Proposals";
        unit = "Đơn vị", "Unit";
    }
}

/// One round.
struct Row {
    id: Id,
    title: String,
    due_on: NaiveDate,
    state: (&'static str, &'static str),
}

#[derive(Template)]
#[template(path = "reviews.html")]
struct ReviewsPage {
    shell: Shell,
    t: &'static ReviewWords,
    resolutions: Vec<Choice>,
    states: Vec<Choice>,
    /// The programme whose rounds are asked for: id and title.
    programme: Option<(Id, String)>,
    new: String,
    rows: Vec<Row>,
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(default)]
    resolution: String,
    programme: Option<Id>,
    #[serde(default)]
    state: String,
    cursor: Option<String>,
}

#[get("/reviews")]
async fn reviews_page(state: State, visitor: Visitor<ReadWork>, Query(asked): Query<Asked>) -> AppResult<HttpResponse> {
    page::show(&state.read(move |conn, _| fill(conn, &visitor, asked)).await?)
}

fn fill(conn: &mut Connection, visitor: &Visitor<ReadWork>, asked: Asked) -> AppResult<ReviewsPage> {
    let (shell, language) = (visitor.shell.clone(), visitor.shell.language);
    let resolution = forms::filled(&asked.resolution).map(forms::id).transpose()?;
    let state: Option<ReviewState> = match forms::filled(&asked.state) {
        None => None,
        Some(said) => Some(said.parse().map_err(|_| AppError::bad_parameter("state", rules::FORMAT))?),
    };
    let query = ReviewQuery { resolution, programme: asked.programme, state, limit: Some(100), cursor: asked.cursor };
    let found = reviews::list(conn, visitor, query)?;
    let programme = asked.programme.map(|id| programmes::get(conn, visitor, id)).transpose()?;
    let id = asked.programme.map(|id| id.to_string());
    let of = [part("resolution", forms::filled(&asked.resolution)), part("programme", id.as_deref())];
    let [resolution, of_programme] = of.each_ref().map(String::as_str);
    let of_state = part("state", forms::filled(&asked.state));
    let rows = found.items.into_iter().map(|round| Row {
        id: round.id,
        due_on: round.due_on,
        state: (round.state.as_str(), round.state.label(language)),
        title: round.title,
    });
    Ok(ReviewsPage {
        t: ReviewWords::of(language),
        resolutions: choices::resolutions(conn, visitor, Some(&asked.resolution))?,
        states: choices::names(ReviewState::ALL, ReviewState::as_str, Some(&asked.state), language),
        programme: programme.map(|programme| (programme.id, programme.title)),
        new: page::asking("/reviews/new", &[resolution, of_programme]),
        rows: rows.collect(),
        next: found.next.map(|cursor| page::asking("/reviews", &[resolution, of_programme, &of_state, &part("cursor", Some(&cursor))])),
        shell,
    })
}
