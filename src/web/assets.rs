//! Static files: in the binary, each at an address that changes with what is in it, so that
//! browsers keep them for good.

use std::sync::LazyLock;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Path, ServiceConfig};
use actix_web::{HttpResponse, get};
use sha2::{Digest, Sha256};

use crate::error::{AppError, AppResult, codes};

/// The routes of static files.
pub fn configure(config: &mut ServiceConfig) {
    config.service(static_file);
}

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
    /// Name with hash: `app-0123456789ab.css`.
    file: String,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset("app.css", "text/css; charset=utf-8", include_bytes!("../../static/app.css")),
        asset("app.js", "text/javascript; charset=utf-8", include_bytes!("../../static/app.js")),
        asset("icon.svg", "image/svg+xml", include_bytes!("../../static/icon.svg")),
    ]
});

fn asset(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Asset {
    let hash = hex::encode(Sha256::digest(bytes));
    let (stem, ending) = name.split_once('.').unwrap_or((name, ""));
    Asset { name, kind, bytes, file: format!("{stem}-{}.{ending}", hash.get(..12).unwrap_or_default()) }
}

/// Where a static file is to be found.
pub fn address(name: &str) -> String {
    let file = ASSETS.iter().find(|asset| asset.name == name).map_or(name, |asset| asset.file.as_str());
    format!("/static/{file}")
}

#[get("/static/{file}")]
async fn static_file(file: Path<String>) -> AppResult<HttpResponse> {
    let asset = ASSETS.iter().find(|asset| asset.file == *file).ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"));
    Ok(response.content_type(asset.kind).body(asset.bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_a_hash() {
        let address = address("app.css");
        assert!(address.starts_with("/static/app-") && address.ends_with(".css") && address.len() == "/static/app-.css".len() + 12);
    }
}
