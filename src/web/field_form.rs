//! A form on a page of its own, made of a list of fields: shown, sent once, shown again with what was
//! typed and what is wrong. Forms that are laid out by hand have templates of their own.

use std::sync::Arc;

use actix_web::HttpResponse;
use askama::Template;
use serde_json::{Map, Value, json};

use super::choices::{Choice, Group};
use super::forms::{Again, Fields, Form, Query, filled, is_about_content};
use super::once::{Sent, once};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::Moment;
use crate::domain::imports::names::code_of;
use crate::error::{AppResult, codes};
use crate::service::access::Right;
use crate::state::Connection;

words! {
    /// Words that all such forms share.
    SheetWords {
        optional = "không bắt buộc", "optional";
        none = "Không có", "None";
        choose = "Chọn", "Choose";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
        stale = "Mục này đã được người khác cập nhật. Nội dung bạn nhập vẫn còn; hãy xem lại rồi gửi nếu vẫn đúng.", "Somebody else has changed this. What you typed is still here; look at it again and send it if it still holds.";
        done = "Đã ghi.", "Recorded.";
        reason = "Lý do", "Reason";
        check = "Kiểm tra", "Check";
        told = "Nếu ghi thì", "If it is recorded";
        unsaid = "Chưa ghi gì. Xem lại rồi bấm nút cuối trang để ghi.", "Nothing was recorded yet. Look at it, then press the button at the end to record it.";
    }
}

/// Lines that are still empty, of a field that takes several.
const EMPTY_LINES: usize = 3;

/// A link that opens a form; it may have filled some of it.
pub type Opened = Query<Vec<(String, String)>>;
/// A form that was sent.
pub type Filled = Form<Vec<(String, String)>>;

/// What is typed, field by field; a field may stand more than once.
#[derive(Debug, Clone, Default)]
pub struct Typed(Vec<(String, String)>);

impl Typed {
    /// What stands in a form that is opened.
    pub fn of<const N: usize>(values: [(&str, String); N]) -> Self {
        Self(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// What stands in a field, trimmed; nothing if it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Everything that was chosen in a field, or typed into fields of this name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
        named.collect::<Vec<_>>().into_iter().filter_map(filled)
    }

    /// Every field of this name in order, empty ones as well.
    pub fn rows<'a>(&'a self, name: &str) -> Vec<&'a str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim()).collect()
    }

    /// Puts a value where there is none yet.
    #[must_use]
    pub fn or(mut self, name: &str, value: impl Into<String>) -> Self {
        if self.get(name).is_none() {
            self.0.push((name.to_owned(), value.into()));
        }
        self
    }

    /// Adds a value to those of a field.
    pub fn add(&mut self, name: &str, value: String) {
        self.0.push((name.to_owned(), value));
    }

    /// Takes a field away.
    #[must_use]
    fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// Whether it was sent, not only opened.
    pub fn was_sent(&self) -> bool {
        self.get("key").is_some()
    }

    /// The version that was seen when the form was opened, to be expected still; any, if none was.
    pub fn version(&self) -> i32 {
        self.get("version").and_then(|version| version.parse().ok()).unwrap_or(-1)
    }

    /// A body of the API: each of these fields that is filled, as text.
    pub fn texts(&self, names: &[&str]) -> Map<String, Value> {
        names.iter().filter_map(|name| Some(((*name).to_owned(), self.get(name)?.into()))).collect()
    }

    /// The codes of what was found by name, or typed: `Sở Y tế [hg-so-y-te]`.
    pub fn codes(&self, name: &str) -> Vec<String> {
        self.all(name).map(|said| code_of(said).to_owned()).collect()
    }

    /// The filled lines of a field.
    pub fn lines(&self, name: &str) -> Vec<String> {
        self.all(name).flat_map(str::lines).filter_map(filled).map(ToOwned::to_owned).collect()
    }

    /// A whole number as people write it; what is none is left for the rules to refuse.
    pub fn count(&self, name: &str) -> Option<Value> {
        let plain = self.get(name)?.replace(['.', ' '], "");
        Some(plain.parse::<i64>().map_or_else(|_| json!(plain), Value::from))
    }
}

impl From<Fields> for Typed {
    fn from(Fields(fields): Fields) -> Self {
        Self(fields)
    }
}

/// How a field is filled.
#[derive(Debug)]
pub enum Kind {
    /// A line of text.
    Line,
    /// A whole number.
    Number,
    /// A day.
    Day,
    /// Several lines.
    Lines,
    /// One of these, below headings; a heading may be empty.
    One(Vec<Group>),
    /// Any of these.
    Any(Vec<Choice>),
    /// Several of many, each on a line of its own that helps to find it.
    Several {
        /// What was typed, and lines that are still empty.
        values: Vec<String>,
        /// What there is to find.
        known: Arc<Vec<String>>,
    },
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// Where its value stands in the body, for what is wrong with it.
    pub pointer: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What helps to fill it.
    pub hint: &'static str,
    /// What stands in it.
    pub value: String,
    /// Whether it may be left empty.
    pub optional: bool,
    /// How it is filled.
    pub kind: Kind,
}

impl Field {
    /// A field that must be filled, with what was typed into it.
    pub fn new(typed: &Typed, (name, pointer): (&'static str, &'static str), label: &'static str, kind: Kind) -> Self {
        let value = typed.rows(name).first().map(|value| (*value).to_owned()).unwrap_or_default();
        Self { name, pointer, label, hint: "", value, optional: false, kind }
    }

    /// A field that takes several of many.
    pub fn several(typed: &Typed, name: (&'static str, &'static str), label: &'static str, known: &Arc<Vec<String>>) -> Self {
        Self::found(typed, name, label, (known, EMPTY_LINES))
    }

    /// A field that takes one of many.
    pub fn single(typed: &Typed, name: (&'static str, &'static str), label: &'static str, known: &Arc<Vec<String>>) -> Self {
        Self::found(typed, name, label, (known, usize::from(typed.get(name.0).is_none())))
    }

    fn found(typed: &Typed, name: (&'static str, &'static str), label: &'static str, (known, empty): (&Arc<Vec<String>>, usize)) -> Self {
        let values = typed.all(name.0).map(ToOwned::to_owned).chain(std::iter::repeat_n(String::new(), empty)).collect();
        Self::new(typed, name, label, Kind::Several { values, known: known.clone() })
    }

    /// Says what helps to fill it.
    #[must_use]
    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// It may be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// A form, ready to be shown.
#[derive(Debug)]
pub struct Sheet {
    /// What the page is called.
    pub title: String,
    /// Where it belongs: address and name of the page above it.
    pub above: (String, String),
    /// What is said before the fields.
    pub lead: Option<String>,
    /// Where it is sent.
    pub action: String,
    /// The fields.
    pub fields: Vec<Field>,
    /// What else is sent: names and values.
    pub hidden: Vec<(&'static str, String)>,
    /// What the button says.
    pub submit: &'static str,
}

/// A form: what it asks for, and what comes of it.
pub trait Asks: Clone + Send + 'static {
    /// Who may send it.
    type Right: Right + Clone;

    /// Whether it is checked before it may be sent.
    const CHECKED: bool = false;

    /// The form with what was typed.
    ///
    /// # Errors
    /// 404 for what is not there; the database's.
    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<Self::Right>, typed: &Typed, at: &Moment) -> AppResult<Sheet>;

    /// Carries it out; answers the address it leads to.
    ///
    /// # Errors
    /// 422 naming the fields, 409; what the services refuse.
    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<Self::Right>, typed: &Typed, at: &Moment) -> AppResult<String>;

    /// What carrying it out would do, line by line; nothing is kept.
    ///
    /// # Errors
    /// As [`Asks::carry_out`].
    fn check(&self, _: &mut Connection, _: &Visitor<Self::Right>, _: &Typed, _: &Moment) -> AppResult<Vec<String>> {
        Ok(Vec::new())
    }
}

#[derive(Template)]
#[template(path = "field_form.html")]
struct SheetPage {
    shell: Shell,
    t: &'static SheetWords,
    sheet: Sheet,
    said: Again,
    key: String,
    /// Whether it is checked before it may be sent.
    first: bool,
    /// What the check told.
    told: Option<Vec<String>>,
}

impl SheetPage {
    /// What is wrong with none of the fields.
    fn others(&self) -> Vec<&str> {
        let shown: Vec<&str> = self.sheet.fields.iter().map(|field| field.pointer).collect();
        self.said.faults.others(&shown)
    }
}

/// The form as it is opened; a link may have filled some of it.
///
/// # Errors
/// As [`Asks::sheet`].
pub async fn open<A: Asks>(state: &State, visitor: Visitor<A::Right>, asks: A, Query(typed): Opened) -> AppResult<HttpResponse> {
    show(state, visitor, asks, Typed(typed), (Again::default(), None)).await
}

/// What comes of a form that was sent: the page it leads to, or the form again.
///
/// # Errors
/// What is no answer to a form: 403, 404, the database's.
pub async fn send<A: Asks>(state: &State, visitor: Visitor<A::Right>, asks: A, form: Filled) -> AppResult<HttpResponse> {
    let (typed, language) = (Typed(form.content), visitor.shell.language);
    let t = SheetWords::of(language);
    if form.resumed {
        return show(state, visitor, asks, typed, (Again::resumed(t.resumed), None)).await;
    }
    if A::CHECKED && typed.get("step") != Some("send") {
        let (checking, checker, kept) = (asks.clone(), visitor.clone(), typed.clone());
        return match state.write(move |conn, at| checking.check(conn, &checker, &kept, at)).await {
            Ok(told) => show(state, visitor, asks, typed, (Again::default(), Some(told))).await,
            Err(error) if is_about_content(&error) => show(state, visitor, asks, typed, (Again::refused(&error, language), None)).await,
            Err(error) => Err(error),
        };
    }
    let key = typed.get("key").unwrap_or_default().to_owned();
    let sent = Sent::of(format!("POST {}", visitor.shell.address), key, &typed.0)?;
    let (doing, kept) = (asks.clone(), typed.clone());
    let taken = once(state, visitor.clone(), sent, move |conn, visitor, at| doing.carry_out(conn, visitor, &kept, at));
    match taken.await {
        Err(error) if is_about_content(&error) => {
            let said = Again::refused(&error, language).saying(codes::STALE, t.stale);
            // Told of the other change, one sends it again over that.
            let typed = if said.is(codes::STALE) { typed.without("version") } else { typed };
            show(state, visitor, asks, typed, (said, None)).await
        }
        answer => answer,
    }
}

async fn show<A: Asks>(
    state: &State,
    visitor: Visitor<A::Right>,
    asks: A,
    typed: Typed,
    (said, told): (Again, Option<Vec<String>>),
) -> AppResult<HttpResponse> {
    let (shell, key) = (visitor.shell.clone(), said.key(typed.get("key").unwrap_or_default()));
    let sheet = state.read(move |conn, at| asks.sheet(conn, &visitor, &typed, at)).await?;
    let page = SheetPage { t: SheetWords::of(shell.language), shell, sheet, said, key, first: A::CHECKED, told };
    page::show_as(page.said.status(), &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_people_write_it() {
        let typed = Typed::from(Fields(vec![
            ("count".into(), "1.336".into()),
            ("names".into(), "một\n\n hai ".into()),
            ("to".into(), "a".into()),
            ("to".into(), " ".into()),
            ("to".into(), "b".into()),
        ]));
        assert_eq!((typed.count("count"), typed.count("none")), (Some(json!(1336)), None));
        assert_eq!(typed.lines("names"), ["một", "hai"]);
        assert_eq!((typed.all("to").collect::<Vec<_>>(), typed.rows("to")), (vec!["a", "b"], vec!["a", "", "b"]));
        assert_eq!(typed.texts(&["count", "none"]), json!({"count": "1.336"}).as_object().cloned().unwrap());
        assert_eq!(typed.or("to", "c").or("new", "d").get("new"), Some("d"));
    }
}
