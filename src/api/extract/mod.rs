//! What handlers take as arguments.

mod attachment;
mod body;
mod caller;
mod params;
mod path;
mod upload;

pub use attachment::SentForm;
pub use body::{Body, LargeBody, Patch, SecretBody, content};
pub use caller::{Age, Caller, authenticate};
pub use params::{Both, ParamSet, Params, Unpaged};
pub use path::{PathDay, PathDayRef, PathExternal, PathId, PathIdPeriod, PathIdRef, PathIds, PathName, PathRef};
pub use upload::Upload;

use actix_web::{HttpRequest, web};

use crate::domain::Language;
use crate::error::{AppError, AppResult};
use crate::state::AppState;

/// The shared state, as handlers take it.
pub type State = web::Data<AppState>;

/// The shared state, from a request.
pub fn state_of(request: &HttpRequest) -> AppResult<AppState> {
    request.app_data::<State>().map(|s| s.get_ref().clone()).ok_or_else(|| AppError::internal("no state"))
}

/// The language the caller wants to be answered in.
pub fn language_of(request: &HttpRequest) -> Language {
    Language::accepted(header(request, "accept-language").unwrap_or_default())
}

/// A header as text; `None` if it is missing or no text.
pub fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}
