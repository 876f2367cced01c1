//! A form that may bring files: taken in as it comes. What is wrong with a file is kept beside what was typed, so that the
//! page can be shown again with that.

use std::marker::PhantomData;

use actix_multipart::Multipart;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;

use super::forms::{self, CSRF, Fields, Form};
use super::session::State;
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::files::folder::{Folder, Staged};
use crate::files::received::{self, Received, Refused, Rules};

/// Most files that a form brings.
pub const MOST_FILES: usize = 10;
/// How a page reads a form: to its end, since a browser reads no answer before it has sent all.
const READING: Rules = Rules { files: MOST_FILES, thrown_away: 512 * 1024 * 1024 };

/// A form that may bring files, and has not been read yet unless it brings none.
pub struct FilesForm<T> {
    sent: Result<Multipart, AppResult<Form<T>>>,
    content: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + 'static> FromRequest for FilesForm<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, AppResult<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let content = PhantomData;
        if !request.content_type().eq_ignore_ascii_case("multipart/form-data") {
            let form = Form::from_request(request, payload).into_inner();
            return Box::pin(async move { Ok(Self { sent: Err(form), content }) });
        }
        let form = Multipart::from_request(request, payload);
        Box::pin(async move { Ok(Self { sent: Ok(form.await.map_err(|_| broken())?), content }) })
    }
}

fn broken() -> AppError {
    AppError::bad_parameter("form", rules::FORMAT)
}

impl<T: DeserializeOwned + 'static> FilesForm<T> {
    /// What was typed, and the files or why they are not taken.
    ///
    /// # Errors
    /// 400 for what is no form of ours.
    pub async fn receive(self, state: &State) -> AppResult<(Form<T>, AppResult<Vec<Staged>>)> {
        let form = match self.sent {
            Ok(form) => form,
            Err(form) => return Ok((form?, Ok(Vec::new()))),
        };
        let folder = state.attachments().ok().map(|(path, most)| Folder::new(&path, most));
        let Received { fields, files, refused } = received::receive(form, folder.as_ref(), READING).await;
        let content = forms::parse(&own(fields)?.0)?;
        Ok((Form { content, resumed: false }, refused.map_or(Ok(files), |refused| Err(refusal(refused)))))
    }
}

/// What was typed, as [`Fields::read`] would read it.
fn own(fields: Vec<(String, String)>) -> AppResult<Fields> {
    let fields = fields.into_iter().filter(|(name, _)| name != CSRF).collect::<Vec<_>>();
    Fields::read(serde_html_form::to_string(fields).map_err(|_| broken())?.as_bytes())
}

fn refusal(refused: Refused) -> AppError {
    match refused {
        Refused::File(name, problem) => AppError::attachment(&name, &problem),
        Refused::NoFolder => AppError::new(codes::ATTACHMENTS_NOT_CONFIGURED),
        Refused::TooMany => {
            let field = FieldError::new("/file", rules::TOO_MANY_FILES).with("max", MOST_FILES);
            AppError::invalid_fields(vec![field])
        }
        Refused::TooLong => AppError::new(codes::PAYLOAD_TOO_LARGE),
        Refused::Broken => broken(),
    }
}

/// What was typed into a form whose session has ended; its files are read and thrown away.
pub async fn typed(request: &mut ServiceRequest) -> Fields {
    let mut payload = request.take_payload();
    let Ok(form) = Multipart::from_request(request.request(), &mut payload).await else { return Fields::default() };
    let received = received::receive(form, None, READING).await;
    own(received.fields).unwrap_or_default()
}
