//! What the forms on a task's page have in common: each is taken once, refused when the task has
//! changed since it was opened, and shown again with all that was typed.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;

use super::forms::{Again, Form, id, is_about_content};
use super::once::{Sent, once};
use super::session::{State, Visitor};
use super::task_page::{self, TaskPage};
use crate::domain::{Id, Language, Moment};
use crate::error::{AppError, AppResult, codes};
use crate::service::access::{ReadWork, Right};
use crate::state::Connection;

words! {
    /// What is said above any of these forms.
    FormWords {
        stale = "Nhiệm vụ đã thay đổi sau khi bạn mở biểu mẫu: các mục đánh dấu “Mới” trong phần quá trình thực hiện. Nội dung bạn nhập vẫn còn; hãy xem lại rồi gửi nếu vẫn đúng.", "The task changed after you opened this form: see what is marked “New” in the history. What you typed is still here; look at it again and send it if it still holds.";
        closed = "Trạng thái hiện tại không còn cho phép việc này. Nội dung bạn nhập vẫn còn dưới đây để sao chép.", "The present state no longer allows this. What you typed is still here to be copied.";
        sending = "Biểu mẫu này đang được ghi. Hãy gửi lại sau giây lát; nội dung không bị ghi hai lần.", "This form is being recorded. Send it again in a moment; it will not be recorded twice.";
    }
}

/// A form on a task's page, as it is typed.
pub trait TaskForm: Serialize + Clone + Send + 'static {
    /// Who may send it.
    type Right: Right + Clone;
    /// What follows the task's address in its own.
    const BELOW: &'static str;
    /// What the page is told when it was taken: `?done=…`.
    const DONE: &'static str;

    /// Its two hidden fields: the key that makes sending it twice harmless, and how many entries the
    /// history had when it was opened.
    fn hidden(&mut self) -> (&mut String, &mut String);

    /// Does what it says, in one transaction: finds the task (403, 404, 409), sees that nothing has
    /// happened since (`require_unchanged`, 412), then reads what was typed (422).
    ///
    /// # Errors
    /// As the service.
    fn send(&self, conn: &mut Connection, visitor: &Visitor<Self::Right>, task: Id, at: &Moment) -> AppResult<()>;

    /// Whether the page offers the form: the task's state allows it.
    fn is_open(page: &TaskPage) -> bool;

    /// Says that it was typed before signing in again, and not sent.
    fn resumed(language: Language) -> &'static str;

    /// Puts it back into the page.
    fn show(self, page: &mut TaskPage, said: Again);
}

/// The answer to a form that was sent: on to the task, or the form again.
///
/// # Errors
/// What is no answer to this form: 403, 404, the database's.
pub async fn answer<T: TaskForm>(state: &State, visitor: Visitor<T::Right>, task: &str, form: Form<T>) -> AppResult<HttpResponse> {
    let (task, typed) = (id(task)?, form.content);
    if form.resumed {
        return again(state, visitor, task, typed, None).await;
    }
    match send(state, visitor.clone(), task, typed.clone()).await {
        Err(error) if is_about_content(&error) => again(state, visitor, task, typed, Some(error)).await,
        answer => answer,
    }
}

/// The answer to a form that is not taken, before anything of it is done: the form again.
///
/// # Errors
/// As [`answer`].
pub async fn refused<T: TaskForm>(
    state: &State,
    visitor: Visitor<T::Right>,
    task: &str,
    typed: T,
    error: AppError,
) -> AppResult<HttpResponse> {
    again(state, visitor, id(task)?, typed, Some(error)).await
}

async fn send<T: TaskForm>(state: &State, visitor: Visitor<T::Right>, task: Id, mut typed: T) -> AppResult<HttpResponse> {
    let key = typed.hidden().0.clone();
    let sent = Sent::of(format!("POST /tasks/{task}{}", T::BELOW), key, &typed)?;
    once(state, visitor, sent, move |conn, visitor, at| {
        typed.send(conn, visitor, task, at)?;
        // Otherwise a browser would go to the form again, which its address names.
        Ok(format!("/tasks/{task}?done={}#content", T::DONE))
    })
    .await
}

/// The page with what was typed, and what is wrong with it.
async fn again<T: TaskForm>(
    state: &State,
    visitor: Visitor<T::Right>,
    task: Id,
    mut typed: T,
    error: Option<AppError>,
) -> AppResult<HttpResponse> {
    let (language, shell) = (visitor.shell.language, visitor.shell.clone());
    let mut page = state
        .read(move |conn, at| {
            let reader = visitor.actor().permit::<ReadWork>()?;
            task_page::fill(conn, &reader, shell, task, at)
        })
        .await?;
    let mut said = error.map_or_else(|| Again::resumed(T::resumed(language)), |error| Again::refused(&error, language));
    let words = FormWords::of(language);
    said = said.saying(codes::STALE, words.stale).saying(codes::IDEMPOTENCY_IN_FLIGHT, words.sending);
    if said.status() != StatusCode::OK && !T::is_open(&page) {
        said.message = Some(words.closed.to_owned());
    }
    let (key, seen) = typed.hidden();
    *key = said.key(key);
    if said.is(codes::STALE) {
        page.mark_fresh(seen);
        *seen = page.entries().to_string();
    }
    let status = said.status();
    typed.show(&mut page, said);
    page.offer_files(state);
    page.answer(status)
}
