//! `/good-practices/{id}/voiding`, `/commendations/{id}/voiding`, `/dissemination-events/{id}/voiding`: what
//! was recorded wrongly is taken back with a reason.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};

use super::field_form::{self, Asks, Filled, Opened, SheetWords};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::session::{State, Visitor};
use crate::domain::voiding::VoidDraft;
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, WriteWork};
use crate::service::lookup::Expected;
use crate::service::{commendations, dissemination_events, good_practices};
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(practice_page).service(void_practice).service(commendation_page).service(void_commendation);
    config.service(conference_page).service(void_conference);
}

words! {
    /// Words of these forms.
    VoidingWords {
        title = "Bỏ mục ghi nhầm", "Take back what was recorded wrongly";
        lead = "Mục này không được tính nữa, nhưng vẫn xem được cùng lý do.", "It counts no more, and stays readable with the reason.";
        above = "Chương trình", "Programmes";
        submit = "Bỏ mục này", "Take it back";
    }
}

/// What is taken back.
#[derive(Clone, Copy)]
enum Voiding {
    Practice(Id),
    Commendation(Id),
    Conference(Id),
}

/// Where it is sent, and the page of the document that it belongs to.
struct Place {
    action: String,
    above: String,
    name: String,
}

impl Voiding {
    fn place(self, conn: &mut Connection, visitor: &Visitor<WriteWork>) -> AppResult<Place> {
        let reader = visitor.actor().permit::<ReadWork>()?;
        let of_document = |programme: Option<Id>, resolution: Option<Id>| match (programme, resolution) {
            (Some(id), _) => format!("/programmes/{id}"),
            (None, Some(id)) => format!("/resolutions/{id}"),
            (None, None) => "/programmes".to_owned(),
        };
        Ok(match self {
            Self::Practice(id) => {
                let practice = good_practices::get(conn, &reader, id)?.practice;
                Place { action: format!("/good-practices/{id}"), above: of_document(practice.programme_id, None), name: practice.title }
            }
            Self::Commendation(id) => {
                let found = commendations::get(conn, &reader, id)?.commendation;
                let name = VoidingWords::of(visitor.shell.language).above.to_owned();
                Place { action: format!("/commendations/{id}"), above: of_document(found.programme_id, found.resolution_id), name }
            }
            Self::Conference(id) => {
                let event = dissemination_events::get(conn, &reader, id)?.event;
                let action = format!("/dissemination-events/{id}");
                Place { above: action.clone(), action, name: event.title }
            }
        })
    }
}

impl Asks for Voiding {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (t, s) = (VoidingWords::of(visitor.shell.language), SheetWords::of(visitor.shell.language));
        let Place { action, above, name } = self.place(conn, visitor)?;
        Ok(Sheet {
            title: t.title.to_owned(),
            above: (above, name),
            lead: Some(t.lead.to_owned()),
            action: format!("{action}/voiding"),
            fields: vec![Field::new(typed, ("reason", "/reason"), s.reason, Kind::Lines)],
            hidden: Vec::new(),
            submit: t.submit,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let said: VoidDraft = draft(typed.texts(&["reason"]).into())?;
        let above = self.place(conn, visitor)?.above;
        match *self {
            Self::Practice(id) => {
                let standing = good_practices::to_change(conn, visitor, id, Expected::Any)?;
                good_practices::void(conn, visitor, standing, &said, at).map(drop)?;
            }
            Self::Commendation(id) => {
                let standing = commendations::to_change(conn, visitor, id, Expected::Any)?;
                commendations::void(conn, visitor, standing, &said, at).map(drop)?;
            }
            Self::Conference(id) => {
                let standing = dissemination_events::to_change(conn, visitor, id, Expected::Any)?;
                dissemination_events::void(conn, visitor, standing, &said, at).map(drop)?;
            }
        }
        Ok(format!("{above}?done=voided#content"))
    }
}

#[get("/good-practices/{practice}/voiding")]
async fn practice_page(state: State, visitor: Visitor<WriteWork>, practice: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding::Practice(forms::id(&practice)?), asked).await
}

#[post("/good-practices/{practice}/voiding")]
async fn void_practice(state: State, visitor: Visitor<WriteWork>, practice: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding::Practice(forms::id(&practice)?), form).await
}

#[get("/commendations/{commendation}/voiding")]
async fn commendation_page(
    state: State,
    visitor: Visitor<WriteWork>,
    commendation: Path<String>,
    asked: Opened,
) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding::Commendation(forms::id(&commendation)?), asked).await
}

#[post("/commendations/{commendation}/voiding")]
async fn void_commendation(state: State, visitor: Visitor<WriteWork>, commendation: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding::Commendation(forms::id(&commendation)?), form).await
}

#[get("/dissemination-events/{event}/voiding")]
async fn conference_page(state: State, visitor: Visitor<WriteWork>, event: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Voiding::Conference(forms::id(&event)?), asked).await
}

#[post("/dissemination-events/{event}/voiding")]
async fn void_conference(state: State, visitor: Visitor<WriteWork>, event: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Voiding::Conference(forms::id(&event)?), form).await
}
