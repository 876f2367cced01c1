//! Lines about resolutions, programmes and their parts, and about fields of work.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::domain::dashboards::{Line, Totals};
use crate::domain::programmes::ProgrammeKind;
use crate::domain::resolutions::ResolutionKind;
use crate::store::dashboards::{LineField, LinePart, LineProgramme, LineResolution};

/// A breakthrough or objective where a line is about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartRef {
    pub id: Id,
    /// Id of the resolution it is a part of.
    pub resolution: Id,
    #[schema(example = 1)]
    pub ordinal: i32,
    #[schema(example = "Phát triển kết cấu hạ tầng đồng bộ")]
    pub title: String,
}

impl From<LinePart> for PartRef {
    fn from(LinePart { id, resolution_id, ordinal, title }: LinePart) -> Self {
        Self { id, resolution: resolution_id, ordinal, title }
    }
}

/// The tasks of a breakthrough.
#[derive(Debug, Serialize, ToSchema)]
pub struct BreakthroughLineView {
    /// `null` on the last line: the tasks outside every breakthrough.
    pub breakthrough: Option<PartRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LinePart>>> for BreakthroughLineView {
    fn from(Line { of, totals }: Line<Option<LinePart>>) -> Self {
        Self { breakthrough: of.map(PartRef::from), totals }
    }
}

/// The tasks of a pillar.
#[derive(Debug, Serialize, ToSchema)]
pub struct PillarLineView {
    /// `null` on the last line: the tasks outside every pillar.
    pub pillar: Option<PartRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LinePart>>> for PillarLineView {
    fn from(Line { of, totals }: Line<Option<LinePart>>) -> Self {
        Self { pillar: of.map(PartRef::from), totals }
    }
}

/// The tasks of an objective.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectiveLineView {
    /// `null` on the last line: the tasks outside every objective.
    pub objective: Option<PartRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LinePart>>> for ObjectiveLineView {
    fn from(Line { of, totals }: Line<Option<LinePart>>) -> Self {
        Self { objective: of.map(PartRef::from), totals }
    }
}

/// The tasks of a task group.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskGroupLineView {
    /// `null` on the last line: the tasks outside every group.
    pub group: Option<PartRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LinePart>>> for TaskGroupLineView {
    fn from(Line { of, totals }: Line<Option<LinePart>>) -> Self {
        Self { group: of.map(PartRef::from), totals }
    }
}

/// A programme where a line is about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineProgrammeRef {
    pub id: Id,
    /// Number as printed, if it has one.
    #[schema(example = "50-CTr/TU")]
    pub number: Option<String>,
    pub title: String,
    pub kind: ProgrammeKind,
}

impl From<LineProgramme> for LineProgrammeRef {
    fn from(LineProgramme { id, number, title, kind }: LineProgramme) -> Self {
        Self { id, number, title, kind }
    }
}

/// The tasks that come from a programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgrammeLineView {
    /// `null` on the last line: the tasks of no programme.
    pub programme: Option<LineProgrammeRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LineProgramme>>> for ProgrammeLineView {
    fn from(Line { of, totals }: Line<Option<LineProgramme>>) -> Self {
        Self { programme: of.map(LineProgrammeRef::from), totals }
    }
}

/// A field of work where a line is about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineFieldRef {
    pub id: Id,
    #[schema(example = "xay-dung-dang")]
    pub code: String,
    pub name: String,
}

/// The tasks of a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldLineView {
    /// `null` on the last line: the tasks of no field.
    pub field: Option<LineFieldRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LineField>>> for FieldLineView {
    fn from(Line { of, totals }: Line<Option<LineField>>) -> Self {
        Self { field: of.map(|LineField { id, code, name }| LineFieldRef { id, code, name }), totals }
    }
}

/// A resolution where a line is about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineResolutionRef {
    pub id: Id,
    /// Number as printed, if it has one.
    #[schema(example = "04-NQ/TU")]
    pub number: Option<String>,
    #[schema(example = "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Hậu Giang lần thứ XIV")]
    pub title: String,
    pub kind: ResolutionKind,
}

/// The tasks that carry out a resolution.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResolutionLineView {
    /// `null` on the last line: the tasks that carry out no resolution.
    pub resolution: Option<LineResolutionRef>,
    #[serde(flatten)]
    pub totals: Totals,
}

impl From<Line<Option<LineResolution>>> for ResolutionLineView {
    fn from(Line { of, totals }: Line<Option<LineResolution>>) -> Self {
        Self { resolution: of.map(LineResolutionRef::from), totals }
    }
}

impl From<LineResolution> for LineResolutionRef {
    fn from(LineResolution { id, number, title, kind }: LineResolution) -> Self {
        Self { id, number, title, kind }
    }
}
