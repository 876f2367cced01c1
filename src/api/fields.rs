//! Fields of work.

use utoipa_actix_web::service_config::ServiceConfig;

/// The routes of this resource.
pub fn configure(_: &mut ServiceConfig<'_>) {}
