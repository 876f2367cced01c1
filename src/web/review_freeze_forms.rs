//! The forms that freeze a review round, approve what was frozen, and put a correction beside it.

use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;

use super::field_form::{self, Asks, Filled, Opened};
use super::fields::{Field, Kind, Sheet, Typed};
use super::forms::{self, draft};
use super::review_forms::standing;
use super::review_page::ReviewPageWords;
use super::reviews::ReviewWords;
use super::session::{State, Visitor};
use crate::domain::review_reports::{ApprovalDraft, ErratumDraft, FreezeDraft, ReviewReport};
use crate::domain::{Id, Moment};
use crate::error::AppResult;
use crate::service::access::{ReadWork, Right, SignReviews, WriteWork};
use crate::service::review_reports;
use crate::state::Connection;

/// The routes of these forms.
pub fn configure(config: &mut ServiceConfig) {
    config.service(freeze_page).service(freeze).service(approval_page).service(approve).service(erratum_page).service(correct);
}

words! {
    /// Words of these forms.
    FreezeFormWords {
        about = "Báo cáo được giữ nguyên mãi như lúc chốt; sau đó chỉ ghi được đính chính.", "The report is kept as it is, for good; after that only corrections are put beside it.";
        complete = "Tất cả các đơn vị đã có báo cáo được xác nhận.", "The reports of all units are confirmed.";
        missing = "Số đơn vị chưa có báo cáo được xác nhận:", "Units without a confirmed report:";
        as_of_hint = "Một ngày đã qua. Để trống: hôm qua.", "A day that is over. Empty: yesterday.";
        early = "Lý do chốt sớm", "Why it is frozen early";
        early_hint = "Cần khi số liệu là của ngày trước hạn", "Needed for numbers of a day before it is due";
        without = "Lý do chốt khi còn thiếu báo cáo", "Why it is frozen without them";
        without_hint = "Cần khi còn đơn vị chưa có báo cáo được xác nhận", "Needed while any is missing";
        approving = "Bạn phê duyệt nội dung có mã SHA-256:", "You approve the content whose SHA-256 is:";
        post = "Chức danh khi phê duyệt", "The post in which you approve it";
        post_hint = "Ví dụ: Phó Bí thư Thường trực Tỉnh ủy", "For instance: Phó Bí thư Thường trực Tỉnh ủy";
        erratum = "Nội dung đính chính", "What is to be read otherwise";
        erratum_hint = "Ví dụ: Biểu 1, chỉ tiêu 5: đọc là 93,78 theo số chính thức.", "What is to be read otherwise, and why";
    }
}

/// A form about a round.
fn sheet<R: Right>(
    conn: &mut Connection,
    visitor: &Visitor<R>,
    id: Id,
    (title, below, lead): (&'static str, &str, Option<String>),
    fields: Vec<Field>,
) -> AppResult<Sheet> {
    let round = standing(conn, visitor, id)?;
    Ok(Sheet {
        title: title.to_owned(),
        above: (format!("/reviews/{id}"), round.title),
        lead,
        action: format!("/reviews/{id}/{below}"),
        fields,
        hidden: Vec::new(),
        submit: title,
    })
}

#[derive(Clone, Copy)]
struct Freezing(Id);

impl Freezing {
    /// What would be frozen, of the day that was typed where it can be, or else of yesterday.
    fn preview(self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<ReviewReport> {
        let reader = visitor.actor().permit::<ReadWork>()?;
        let typed = typed.get("as_of").and_then(|day| day.parse::<NaiveDate>().ok()).filter(|day| *day < at.today());
        let shown = review_reports::get(conn, &reader, self.0, typed.or(at.today().pred_opt()), at);
        Ok(match shown {
            Err(error) if error.code.status < 500 => review_reports::get(conn, &reader, self.0, None, at)?,
            shown => shown?,
        }
        .report)
    }
}

impl Asks for Freezing {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<Sheet> {
        let shell = &visitor.shell;
        let (t, p, f) = (ReviewWords::of(shell.language), ReviewPageWords::of(shell.language), FreezeFormWords::of(shell.language));
        review_reports::to_freeze(conn, visitor, self.0)?;
        let round = standing(conn, visitor, self.0)?;
        let report = self.preview(conn, visitor, typed, at)?;
        let owed = match review_reports::missing(&report) {
            0 => f.complete.to_owned(),
            missing => format!("{} {missing}.", f.missing),
        };
        let numbers = format!("{} {}: {}.", p.as_of, shell.day(&report.as_of), report.indicators.sentence);
        let lead = format!("{} {}: {}. {owed} {numbers}", f.about, t.due_on, shell.day(&round.due_on));
        let version = typed.get("version").map_or_else(|| round.version.to_string(), ToOwned::to_owned);
        let fields = vec![
            Field::new(typed, ("as_of", "/as_of"), p.as_of, Kind::Day).hint(f.as_of_hint).optional(),
            Field::new(typed, ("early_reason", "/early_reason"), f.early, Kind::Lines).hint(f.early_hint).optional(),
            Field::new(typed, ("missing_reason", "/missing_reason"), f.without, Kind::Lines).hint(f.without_hint).optional(),
        ];
        let form = sheet(conn, visitor, self.0, (p.freeze, "freeze", Some(lead)), fields)?;
        Ok(Sheet { hidden: vec![("version", version)], ..form })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let reviewed = review_reports::to_freeze(conn, visitor, self.0)?;
        let said: FreezeDraft = draft(typed.texts(&["as_of", "early_reason", "missing_reason"]).into())?;
        let said = FreezeDraft { version: Some(typed.version()), ..said };
        review_reports::freeze(conn, visitor, reviewed, &said, at)?;
        Ok(format!("/reviews/{}?done=frozen", self.0))
    }
}

#[derive(Clone, Copy)]
struct Approving(Id);

impl Asks for Approving {
    type Right = SignReviews;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<SignReviews>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let f = FreezeFormWords::of(language);
        review_reports::to_approve(conn, visitor, self.0)?;
        let sha256 = review_reports::get_frozen(conn, &visitor.actor().permit::<ReadWork>()?, self.0)?.report.sha256;
        let lead = format!("{} {sha256}", f.approving);
        let fields = vec![Field::new(typed, ("post", "/post"), f.post, Kind::Line).hint(f.post_hint).optional()];
        let form = sheet(conn, visitor, self.0, (ReviewPageWords::of(language).approve, "approval", Some(lead)), fields)?;
        Ok(Sheet { hidden: vec![("sha256", sha256)], ..form })
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<SignReviews>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let reviewed = review_reports::to_approve(conn, visitor, self.0)?;
        let said: ApprovalDraft = draft(typed.texts(&["sha256", "post"]).into())?;
        review_reports::approve(conn, visitor, &reviewed, &said, at)?;
        Ok(format!("/reviews/{}?done=approved", self.0))
    }
}

#[derive(Clone, Copy)]
struct Correcting(Id);

impl Asks for Correcting {
    type Right = WriteWork;

    fn sheet(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, _: &Moment) -> AppResult<Sheet> {
        let language = visitor.shell.language;
        let f = FreezeFormWords::of(language);
        review_reports::to_correct(conn, visitor, self.0)?;
        let fields = vec![Field::new(typed, ("text", "/text"), f.erratum, Kind::Lines).hint(f.erratum_hint)];
        sheet(conn, visitor, self.0, (ReviewPageWords::of(language).correct, "errata", None), fields)
    }

    fn carry_out(&self, conn: &mut Connection, visitor: &Visitor<WriteWork>, typed: &Typed, at: &Moment) -> AppResult<String> {
        let reviewed = review_reports::to_correct(conn, visitor, self.0)?;
        let said: ErratumDraft = draft(typed.texts(&["text"]).into())?;
        review_reports::correct(conn, visitor, &reviewed, &said, at)?;
        Ok(format!("/reviews/{}?done=corrected", self.0))
    }
}

#[get("/reviews/{review}/freeze")]
async fn freeze_page(state: State, visitor: Visitor<WriteWork>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Freezing(forms::id(&which)?), asked).await
}

#[post("/reviews/{review}/freeze")]
async fn freeze(state: State, visitor: Visitor<WriteWork>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Freezing(forms::id(&which)?), form).await
}

#[get("/reviews/{review}/approval")]
async fn approval_page(state: State, visitor: Visitor<SignReviews>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Approving(forms::id(&which)?), asked).await
}

#[post("/reviews/{review}/approval")]
async fn approve(state: State, visitor: Visitor<SignReviews>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Approving(forms::id(&which)?), form).await
}

#[get("/reviews/{review}/errata/new")]
async fn erratum_page(state: State, visitor: Visitor<WriteWork>, which: Path<String>, asked: Opened) -> AppResult<HttpResponse> {
    field_form::open(&state, visitor, Correcting(forms::id(&which)?), asked).await
}

#[post("/reviews/{review}/errata")]
async fn correct(state: State, visitor: Visitor<WriteWork>, which: Path<String>, form: Filled) -> AppResult<HttpResponse> {
    field_form::send(&state, visitor, Correcting(forms::id(&which)?), form).await
}
