//! Posts of units, and who held them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::units::UnitRef;
use crate::domain::Id;
use crate::domain::posts::PostHolding;
use crate::store::posts::Post;
use crate::store::units::Unit;

/// A post (chức danh).
#[derive(Debug, Serialize, ToSchema)]
pub struct PostView {
    pub id: Id,
    /// The unit it belongs to.
    pub unit: UnitRef,
    #[schema(example = "Giám đốc")]
    pub title: String,
    /// Who held it, by the first day.
    pub holders: Vec<HolderView>,
    pub version: i32,
    pub recorded_at: DateTime<Utc>,
}

/// A person in a post.
#[derive(Debug, Serialize, ToSchema)]
pub struct HolderView {
    #[schema(example = "Nguyễn Văn A")]
    pub name: String,
    /// First day; `null` if unknown.
    pub held_from: Option<NaiveDate>,
    /// Last day; `null` if still held, or unknown.
    pub held_to: Option<NaiveDate>,
}

impl PostView {
    /// The post with its unit and its holders.
    pub fn new(post: Post, unit: &Unit, holders: Vec<PostHolding>) -> Self {
        let Post { id, unit_id: _, title, version, recorded_at } = post;
        let holders = holders.into_iter().map(HolderView::from).collect();
        Self { id, unit: UnitRef::from(unit), title, holders, version, recorded_at: recorded_at.and_utc() }
    }
}

impl From<PostHolding> for HolderView {
    fn from(PostHolding { name, held_from, held_to }: PostHolding) -> Self {
        Self { name, held_from, held_to }
    }
}

/// A post where it is mentioned.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PostRef {
    pub id: Id,
    #[schema(example = "Giám đốc Sở Khoa học và Công nghệ")]
    pub title: String,
}

impl From<&Post> for PostRef {
    fn from(post: &Post) -> Self {
        Self { id: post.id, title: post.title.clone() }
    }
}
