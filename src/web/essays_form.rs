//! The form on a conference's page that counts the essays of a unit.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, post};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::event_page;
use super::forms::{self, Again, Form, count, draft, filled, is_about_content};
use super::once::{Sent, once};
use super::page;
use super::session::{State, Visitor};
use crate::domain::essays::UnitEssaysDraft;
use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{ReadWork, WriteWork};
use crate::service::dissemination_events;
use crate::service::lookup::Expected;

/// The routes of this form.
pub fn configure(config: &mut ServiceConfig) {
    config.service(count_essays);
}

words! {
    /// Words of the form.
    EssayWords {
        title = "Ghi số bài thu hoạch của một đơn vị", "Count the essays of a unit";
        choose = "Chọn đơn vị", "Choose a unit";
        optional = "không bắt buộc", "optional";
        submit = "Ghi số bài", "Record the count";
        stale = "Hội nghị đã được người khác cập nhật. Nội dung bạn nhập vẫn còn; hãy xem lại rồi gửi nếu vẫn đúng.", "Somebody else has changed the conference. What you typed is still here; look at it again and send it if it still holds.";
        resumed = "Nội dung bạn đã nhập trước khi đăng nhập lại. Chưa ghi gì.", "What you typed before you signed in again. Nothing was recorded.";
    }
}

/// What is typed, as it is typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub unit: String,
    pub expected: String,
    pub received: String,
    /// Hidden: the version of the conference that was seen.
    pub version: String,
    /// Hidden: makes sending it twice harmless.
    pub key: String,
}

#[post("/dissemination-events/{event}/essays")]
async fn count_essays(state: State, visitor: Visitor<WriteWork>, event: Path<String>, form: Form<Typed>) -> AppResult<HttpResponse> {
    let (id, typed, language) = (forms::id(&event)?, form.content, visitor.shell.language);
    if form.resumed {
        return again(&state, visitor, id, typed, Again::resumed(EssayWords::of(language).resumed)).await;
    }
    let sent = Sent::of(format!("POST /dissemination-events/{id}/essays"), typed.key.clone(), &typed)?;
    let kept = typed.clone();
    let taken = once(&state, visitor.clone(), sent, move |conn, visitor, at| {
        let seen = Expected::Version(kept.version.parse().unwrap_or(-1));
        let standing = dissemination_events::to_change(conn, visitor, id, seen)?;
        let unit = filled(&kept.unit).ok_or_else(|| AppError::invalid("/unit", rules::REQUIRED))?;
        let said: UnitEssaysDraft = draft(json(&kept))?;
        dissemination_events::put_essays(conn, visitor, standing, &Reference::from(unit.to_owned()), &said, at)?;
        Ok(format!("/dissemination-events/{id}?done=counted#content"))
    });
    match taken.await {
        Err(error) if is_about_content(&error) => {
            let said = Again::refused(&error, language).saying(codes::STALE, EssayWords::of(language).stale);
            again(&state, visitor, id, typed, said).await
        }
        answer => answer,
    }
}

/// The form as the body of the same request to the API.
fn json(typed: &Typed) -> Value {
    let counts = [("expected", count(&typed.expected)), ("received", count(&typed.received))];
    counts.into_iter().filter_map(|(name, count)| Some((name.to_owned(), count?))).collect::<Map<String, Value>>().into()
}

async fn again(state: &State, visitor: Visitor<WriteWork>, id: Id, typed: Typed, said: Again) -> AppResult<HttpResponse> {
    let status = said.status();
    let mut page = state
        .read(move |conn, at| {
            let reader = visitor.actor().permit::<ReadWork>()?;
            event_page::fill(conn, &reader, &visitor.shell, id, at)
        })
        .await?;
    page.put_back(typed, said);
    page::show_as(status, &page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_typed_as_people_write_them() {
        let typed = |received: &str| json(&Typed { received: received.into(), ..Typed::default() })["received"].clone();
        assert_eq!((typed("1.200"), typed(" 45 "), typed("nhiều"), typed("")), (1200.into(), 45.into(), "nhiều".into(), Value::Null));
    }
}
