//! The posts of a unit on its page, and `/units/{unit}/posts/new`, `/posts/{post}`: administrators keep
//! them with those who hold them.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::field_form::{self, Asks, Filled, Opened};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft, filled};
use super::page::Shell;
use super::session::{State, Visitor};
use crate::domain::merge_patch::MergePatch;
use crate::domain::partial_date::{DatePrecision, PartialDate};
use crate::domain::posts::{PostDraft, PostHolding, PostQuery};
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDirectory, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::{posts, units};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(new_post_page).service(create_post).service(post_page).service(change_post);
}

words! {
    /// Words of posts.
    PostWords {
        posts = "Chức danh", "Posts";
        holder = "Người giữ", "Held by";
        vacant = "chưa ghi người giữ", "nobody is recorded";
        since = "từ", "since";
        new = "Thêm chức danh", "Add a post";
        change = "Sửa", "Change";
        title = "Chức danh", "Post";
        title_hint = "Ví dụ: Giám đốc, Phó Chủ tịch.", "Such as: Director, Vice-chair.";
        holders = "Người giữ chức danh", "Holders";
        holders_hint = "Mỗi dòng một người: họ tên; từ ngày; đến ngày. Ngày chưa rõ thì để trống. Ví dụ: Nguyễn Văn A; 14/10/2020; 30/6/2025", "One a line: name; first day; last day. Leave a day empty if it is unknown. Such as: Nguyễn Văn A; 14/10/2020; 30/6/2025";
        save = "Lưu", "Save";
    }
}

/// A post on the page of its unit.
pub struct PostRow {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Who holds it on the day, and since when.
    pub holders: Vec<(String, Option<NaiveDate>)>,
}

/// The posts of a unit, with those who hold them on a day.
///
/// # Errors
/// The database's.
pub fn of_unit(conn: &mut Connection, directory: &Permit<ReadDirectory>, unit: &str, day: NaiveDate) -> AppResult<Vec<PostRow>> {
    let query = PostQuery { unit: Some(Reference::from(unit.to_owned())), limit: Some(200), cursor: None };
    let holds = |holding: &PostHolding| holding.held_from.is_none_or(|from| from <= day) && holding.held_to.is_none_or(|to| day <= to);
    let row = |held: posts::HeldPost| PostRow {
        id: held.post.id,
        title: held.post.title,
        holders: held.holders.into_iter().filter(|h| holds(h)).map(|h| (h.name, h.held_from)).collect(),
    };
    Ok(posts::list(conn, directory, query)?.items.into_iter().map(row).collect())
}

/// A new post of a unit, or a change of one.
#[derive(Clone)]
enum PostForm {
    New(Reference),
    Change(Id),
}

impl Asks for PostForm {
    type Right = WriteDirectory;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (shell, t) = (&visitor.shell, PostWords::of(visitor.shell.language));
        let directory = visitor.actor().permit::<ReadDirectory>()?;
        let (title, action, unit, hidden, typed) = match self {
            Self::New(unit) => {
                let unit = units::get(conn, &directory, unit)?.row;
                (t.new.to_owned(), format!("/units/{}/posts", unit.code), unit, Vec::new(), typed.clone())
            }
            Self::Change(id) => {
                let held = posts::get(conn, &directory, *id)?;
                let version = typed.get("version").map_or_else(|| held.post.version.to_string(), ToOwned::to_owned);
                let typed = if typed.was_sent() { typed.clone() } else { standing(&held, shell) };
                (held.post.title, format!("/posts/{id}"), held.unit, vec![("version", version)], typed)
            }
        };
        let fields = vec![
            Field::new(&typed, ("title", "/title"), t.title, Kind::Line).hint(t.title_hint),
            Field::new(&typed, ("holders", "/holders"), t.holders, Kind::Lines).hint(t.holders_hint).optional(),
        ];
        Ok(Sheet { title, above: (format!("/units/{}", unit.code), unit.name), lead: None, action, fields, hidden, submit: t.save })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let mut said = typed.texts(&["title"]);
        said.insert("holders".to_owned(), typed.lines("holders").iter().map(|line| holder(line)).collect());
        let held = match self {
            Self::New(unit) => {
                said.insert("unit".to_owned(), json!(unit));
                posts::create(conn, visitor, &draft::<PostDraft>(said.into())?, at)?
            }
            Self::Change(id) => {
                said.entry("title").or_insert_with(|| json!(""));
                posts::update(conn, visitor, *id, Expected::Version(typed.version()), &MergePatch(said.into()), at)?
            }
        };
        Ok(format!("/units/{}#posts", held.unit.code))
    }
}

/// The form of a post as it stands.
fn standing(held: &posts::HeldPost, shell: &Shell) -> Typed {
    let day = |day: Option<NaiveDate>| day.map(|day| shell.day(&day)).unwrap_or_default();
    let line = |h: &PostHolding| format!("{}; {}; {}", h.name, day(h.held_from), day(h.held_to)).trim_end_matches([';', ' ']).to_owned();
    let lines: Vec<String> = held.holders.iter().map(line).collect();
    Typed::of([("title", held.post.title.clone()), ("holders", lines.join("\n"))])
}

/// A line that names a holder: `Nguyễn Văn A; 14/10/2020; 30/6/2025`. What is no day is left for the rules
/// to refuse.
fn holder(line: &str) -> Value {
    let mut parts = line.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let mut day = || {
        let words = parts.next().and_then(filled)?;
        let read = PartialDate::parse(words);
        let day = read.date.filter(|_| read.precision == DatePrecision::Day);
        Some(day.map_or_else(|| words.to_owned(), |day| day.to_string()))
    };
    json!({ "name": name, "held_from": day(), "held_to": day() })
}

#[get("/units/{unit}/posts/new")]
async fn new_post_page(state: State, visitor: Visitor<WriteDirectory>, unit: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, PostForm::New(Reference::from(unit.into_inner())), asked).await
}

#[post("/units/{unit}/posts")]
async fn create_post(state: State, visitor: Visitor<WriteDirectory>, unit: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, PostForm::New(Reference::from(unit.into_inner())), form).await
}

#[get("/posts/{post}")]
async fn post_page(state: State, visitor: Visitor<WriteDirectory>, post: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, PostForm::Change(forms::id(&post)?), asked).await
}

#[post("/posts/{post}")]
async fn change_post(state: State, visitor: Visitor<WriteDirectory>, post: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, PostForm::Change(forms::id(&post)?), form).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_holder_and_when() {
        assert_eq!(holder("Nguyễn Văn A; 14/10/2020"), json!({"name": "Nguyễn Văn A", "held_from": "2020-10-14", "held_to": null}));
        assert_eq!(holder("B;;30/6/2025"), json!({"name": "B", "held_from": null, "held_to": "2025-06-30"}));
        assert_eq!(holder("C; năm 2020")["held_from"], "năm 2020");
    }
}
