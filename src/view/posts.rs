//! Posts.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Id;
use crate::store::posts::Post;

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
