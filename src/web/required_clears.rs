//! `/areas/{area}/required-clears`: administrators say which of the six clears a draft must have before it
//! is issued.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use serde_json::json;

use super::choices::{Choice, choice};
use super::field_form::{self, Asks, Filled, Opened};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::draft;
use super::labels::Label;
use super::session::{State, Visitor};
use crate::domain::six_clears::{Clear, RequiredClearsDraft};
use crate::domain::{Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{ReadDirectory, WriteDirectory};
use crate::service::lookup::Expected;
use crate::service::six_clears;
use crate::state::Connection;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(required_clears_page).service(require_clears);
}

words! {
    /// Words of the form.
    RequiredWords {
        title = "Sáu rõ bắt buộc trước khi giao", "What must be clear before issuing";
        above = "Sáu rõ", "Six clears";
        lead = "Dự thảo còn thiếu một mục đã chọn thì không giao được. Nhiệm vụ đã giao không thay đổi.", "A draft that lacks one of those chosen is not issued. What was issued before stays.";
        required = "Bắt buộc", "Required";
        save = "Ghi", "Save";
    }
}

/// The form of one province.
#[derive(Clone)]
struct Required(Reference);

impl Asks for Required {
    type Right = WriteDirectory;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let (language, t) = (visitor.shell.language, RequiredWords::of(visitor.shell.language));
        let found = six_clears::required(conn, &visitor.actor().permit::<ReadDirectory>()?, &self.0)?;
        let sent = typed.was_sent();
        let chosen =
            |clear: Clear| if sent { typed.all("required").any(|name| name == clear.as_str()) } else { found.required.contains(&clear) };
        let offered =
            Clear::ALL.iter().map(|clear| Choice { chosen: chosen(*clear), ..choice(clear.as_str(), clear.label(language), None) });
        Ok(Sheet {
            title: format!("{}: {}", t.title, found.root.name),
            above: ("/six-clears".to_owned(), t.above.to_owned()),
            lead: Some(t.lead.to_owned()),
            action: format!("/areas/{}/required-clears", found.root.code),
            fields: vec![Field::new(typed, ("required", "/required"), t.required, Kind::Any(offered.collect())).optional()],
            hidden: vec![("version", typed.get("version").map_or_else(|| found.version.to_string(), ToOwned::to_owned))],
            submit: t.save,
        })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteDirectory>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let said: RequiredClearsDraft = draft(json!({ "required": typed.all("required").collect::<Vec<_>>() }))?;
        let province = six_clears::target(conn, visitor, &self.0)?;
        six_clears::require(conn, visitor, province, Expected::Version(typed.version()), &said, at)?;
        Ok("/six-clears?done=required#content".to_owned())
    }
}

#[get("/areas/{area}/required-clears")]
async fn required_clears_page(
    state: State,
    visitor: Visitor<WriteDirectory>,
    area: Path<String>,
    asked: Opened,
) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Required(Reference::from(area.into_inner())), asked).await
}

#[post("/areas/{area}/required-clears")]
async fn require_clears(state: State, visitor: Visitor<WriteDirectory>, area: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Required(Reference::from(area.into_inner())), form).await
}
