//! Reading the journal.

use serde::Deserialize;
use utoipa::IntoParams;

use super::Id;

/// Most characters of the id of a request.
pub const LONGEST: usize = 200;

/// What the journal may be asked for.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only events of things of this kind.
    #[param(example = "task")]
    pub subject_kind: Option<String>,
    /// Only events of the thing with this id.
    pub subject: Option<Id>,
    /// Only events of one request, by its `request_id`: all that a batch did.
    #[param(max_length = 200)]
    pub request: Option<String>,
    /// Only events of this account's doing.
    pub actor: Option<Id>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    pub limit: Option<i64>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}
