//! What the forms on the page of an account or of another system have in common: each is taken once,
//! and shown again with all that was typed when it is refused.

use actix_web::HttpResponse;
use askama::Template;
use serde::Serialize;

use super::forms::{Again, Form, is_about_content};
use super::once::{Sent, once};
use super::page::{self, Shell};
use super::session::{State, Visitor};
use crate::domain::{Id, Language, Moment};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadAccounts, WriteAccounts};
use crate::state::Connection;

/// The page of one record, with forms that change it.
pub trait RecordPage: Template + Send + Sized + 'static {
    /// What is typed into one of its forms, as it is typed.
    type Typed: Serialize + Clone + Send + 'static;
    /// Which of its forms.
    type Which: Copy + Send + 'static;
    /// The address that those of the records begin with.
    const UNDER: &'static str;

    /// What follows the record's address in that of a form.
    fn below(which: Self::Which) -> String;

    /// The hidden key that makes sending a form twice harmless.
    fn key(typed: &Self::Typed) -> &str;

    /// Says that it was typed before signing in again, and not sent.
    fn resumed(language: Language) -> &'static str;

    /// The page as it is opened.
    ///
    /// # Errors
    /// 404; the database's.
    fn fill(conn: &mut Connection, permit: &Permit<ReadAccounts>, shell: &Shell, id: Id, at: &Moment) -> AppResult<Self>;

    /// Puts what was typed into a form back, and what is said of it.
    fn put_back(&mut self, which: Self::Which, typed: Self::Typed, said: Again);
}

/// Who sends which form of which record.
#[derive(Clone)]
pub struct Sender<P: RecordPage> {
    /// Who.
    pub visitor: Visitor<WriteAccounts>,
    /// The record.
    pub id: Id,
    /// Its form.
    pub which: P::Which,
}

impl<P: RecordPage> Sender<P> {
    /// The address of the record's page.
    pub fn address(&self) -> String {
        format!("{}/{}", P::UNDER, self.id)
    }

    /// The form as it is known by when it comes again.
    ///
    /// # Errors
    /// `internal` when what was typed is no JSON, which it always is.
    pub fn sent(&self, typed: &P::Typed) -> AppResult<Sent> {
        Sent::of(format!("POST {}{}", self.address(), P::below(self.which)), P::key(typed).to_owned(), typed)
    }

    /// The answer to a form: on to the record, where `done` is said, or the form again.
    ///
    /// # Errors
    /// What is no answer to this form: 403, 404, the database's.
    pub async fn answer<F>(self, state: &State, form: Form<P::Typed>, work: F) -> AppResult<HttpResponse>
    where
        F: FnOnce(&mut Connection, &Visitor<WriteAccounts>, Id, &P::Typed, &Moment) -> AppResult<&'static str> + Send + 'static,
    {
        let typed = form.content;
        if form.resumed {
            return self.resumed(state, typed).await;
        }
        let (id, address, kept) = (self.id, self.address(), typed.clone());
        let tried = once(state, self.visitor.clone(), self.sent(&typed)?, move |conn, visitor, at| {
            Ok(format!("{address}?done={}#content", work(conn, visitor, id, &kept, at)?))
        });
        let answer = tried.await;
        self.or_again(state, typed, answer).await
    }

    /// The form again if what was typed is why it was refused.
    ///
    /// # Errors
    /// What is no answer to this form.
    pub async fn or_again(self, state: &State, typed: P::Typed, answer: AppResult<HttpResponse>) -> AppResult<HttpResponse> {
        match answer {
            Err(error) if is_about_content(&error) => {
                let said = Again::refused(&error, self.visitor.shell.language);
                self.again(state, typed, said).await
            }
            answer => answer,
        }
    }

    /// The page with what was typed before signing in again.
    ///
    /// # Errors
    /// As [`RecordPage::fill`].
    pub async fn resumed(self, state: &State, typed: P::Typed) -> AppResult<HttpResponse> {
        let said = Again::resumed(P::resumed(self.visitor.shell.language));
        self.again(state, typed, said).await
    }

    async fn again(self, state: &State, typed: P::Typed, said: Again) -> AppResult<HttpResponse> {
        let Self { visitor, id, which } = self;
        let status = said.status();
        let mut page = state
            .read(move |conn, at| {
                let reader = visitor.actor().permit::<ReadAccounts>()?;
                P::fill(conn, &reader, &visitor.shell, id, at)
            })
            .await?;
        page.put_back(which, typed, said);
        page::show_as(status, &page)
    }
}
