//! A form on a page of its own, made of a list of fields: shown, sent once, shown again with what was
//! typed and what is wrong. Forms that are laid out by hand have templates of their own.

use actix_web::HttpResponse;
use askama::Template;

use super::fields::{Kind, Sheet, Typed};
use super::forms::{Again, Form, Query, is_about_content};
use super::once::{Sent, once};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::Moment;
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

/// A link that opens a form; it may have filled some of it.
pub type Opened = Query<Vec<(String, String)>>;
/// A form that was sent.
pub type Filled = Form<Vec<(String, String)>>;

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
