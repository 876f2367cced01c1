//! What became of batches.

use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::Ref;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};

use crate::domain::Id;
use crate::domain::progress_reports::Verification;

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchView<P> {
    /// Whether it was only tried.
    pub dry_run: bool,
    /// Whether what could be done was kept.
    pub kept: bool,
    /// How many items were done, or would have been.
    pub done: usize,
    /// How many were refused.
    pub refused: usize,
    /// What became of each, in the order they were sent.
    pub items: Vec<BatchItemView<P>>,
}

/// What became of one item.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchItemView<P> {
    /// Its place among the items that were sent, from 0.
    pub index: usize,
    /// The report; `null` where nothing was kept of it.
    pub report: Option<BatchReportView>,
    /// Why it was refused; `null` where it was not.
    #[schema(schema_with = problem)]
    pub problem: Option<P>,
}

/// Of a generic field utoipa says neither that it may be `null` nor what it is called.
fn problem() -> Schema {
    let problem = Ref::builder().ref_location_from_schema_name("Problem").description(Some("Why it was refused; `null` where it was not."));
    OneOfBuilder::new().item(problem.build()).item(ObjectBuilder::new().schema_type(Type::Null)).build().into()
}

/// A report that was logged or judged.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchReportView {
    pub id: Id,
    /// Id of the task.
    pub task: Id,
    pub verification: Verification,
    pub version: i32,
}
