//! The OpenAPI document: made from the code, finished with what every operation shares.

mod answers;
mod finish;
mod shared;

use std::sync::OnceLock;

use actix_web::App;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_actix_web::AppExt;

use super::BASE;
use super::problem::Problem;
use crate::domain::explanations::Outside;
use crate::domain::targets::MidTermScale;
use crate::domain::timeliness::Against;
use crate::routes;

/// Title, introduction and tags; everything else comes from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "resolution-tracker",
        description = "Hệ thống theo dõi thực hiện nghị quyết: đơn vị báo cáo tiến độ, cơ quan theo dõi xác nhận, lãnh đạo xem tình hình \
                       theo sở, ban, ngành và huyện. / The system of record for carrying out a Party resolution.\n\n\
                       * Dates without time are days in Asia/Ho_Chi_Minh; instants are RFC 3339.\n\
                       * Percentages are numbers from 0 to 100 with at most two decimals; `null` means nothing was reported, which is not 0.\n\
                       * Lists answer `{items, next}`; pass `next` as `cursor` for the next page.\n\
                       * Changes need `If-Match` with the `ETag` of what was read; `POST` takes an `Idempotency-Key`.\n\
                       * Refusals are problem details (RFC 9457) in Vietnamese, or in English with `Accept-Language: en`."
    ),
    // What only parameters name is named here.
    components(schemas(Problem, Against, Outside, MidTermScale)),
    tags(
        (name = "auth", description = "Đăng nhập, đăng xuất / signing in and out"),
        (name = "users", description = "Tài khoản, phân quyền / accounts and grants"),
        (name = "directory", description = "Địa bàn, đơn vị, chức danh, nhiệm kỳ, lĩnh vực / areas, units, posts, terms, fields"),
        (name = "documents", description = "Nghị quyết, chương trình, mục tiêu, đột phá / resolutions and what they consist of"),
        (name = "indicators", description = "Chỉ tiêu, số liệu, đánh giá / indicators, values, verdicts"),
        (name = "dissemination", description = "Học tập, quán triệt; mô hình, khen thưởng / conferences, good practices, commendations"),
        (name = "tasks", description = "Nhiệm vụ và báo cáo tiến độ / tasks and progress reports"),
        (name = "files", description = "Nhập, xuất tệp bảng tính / files in and out"),
        (name = "reviews", description = "Sơ kết, tổng kết / interim and final reviews"),
        (name = "dashboards", description = "Bảng theo dõi cho lãnh đạo / status for leaders"),
        (name = "search", description = "Tìm kiếm / search over everything"),
        (name = "journal", description = "Nhật ký, thay đổi / who did what, and what changes")
    )
)]
struct Introduction;

/// How another system says who it is.
const KEY: &str = "The key of an API client (`POST /api-clients`), sent like an access token: `Authorization: Bearer rt_…`. It may do what \
                   its scopes say, within its unit or area; `me/…` and `auth/…` are for people.";

/// The whole document.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let api = utoipa_actix_web::scope(BASE).configure(routes::api);
        let (_, mut document) = App::new().into_utoipa_app().openapi(Introduction::openapi()).service(api).split_for_parts();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        document.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("rt_…").description(Some(KEY)).build();
        document.components.get_or_insert_default().add_security_scheme("client_key", SecurityScheme::Http(key));
        let mut document = serde_json::to_value(document).unwrap_or_default();
        finish::finish(&mut document);
        shared::refer(&mut document);
        answers::require_all(&mut document);
        document
    })
}

/// The methods an address takes, upper case; none if there is no such address.
pub fn methods_of(path: &str) -> Vec<String> {
    let paths = document().get("paths").and_then(Value::as_object);
    let known = paths.into_iter().flatten().find(|(template, _)| fits(template, path));
    known.and_then(|(_, item)| item.as_object()).into_iter().flat_map(|item| item.keys()).map(|m| m.to_uppercase()).collect()
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(w), Some(g)) if w == g || (w.starts_with('{') && !g.is_empty()) => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_matched_part_by_part() {
        assert!(fits("/api/v1/areas/{area}", "/api/v1/areas/hg"));
        assert!(!fits("/api/v1/areas/{area}", "/api/v1/areas"));
        assert!(!fits("/api/v1/areas/{area}", "/api/v1/areas/"));
        assert!(!fits("/api/v1/areas/{area}", "/api/v1/areas/hg/x"));
    }
}
