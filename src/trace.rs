//! W3C trace context: every request belongs to a trace, taken from the caller or begun here.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The trace a request belongs to, in 32 hexadecimal digits.
#[derive(Debug, Clone)]
struct TraceId(String);

/// The trace of a request, for logs, journal and problem answers.
pub fn id_of(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<TraceId>().map(|trace| trace.0.clone())
}

/// Middleware: joins or begins a trace, answers it, and logs one line per request.
pub async fn follow(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let given = request.headers().get(&TRACEPARENT).and_then(|v| v.to_str().ok()).and_then(trace_of);
    let trace = given.unwrap_or_else(random_hex::<16>);
    request.extensions_mut().insert(TraceId(trace.clone()));
    let (method, path) = (request.method().clone(), request.path().to_owned());
    let mut response = next.call(request).await?;
    tracing::debug!(%method, path, status = response.status().as_u16(), trace, "answered");
    let traceparent = format!("00-{trace}-{}-01", random_hex::<8>());
    if let Ok(value) = HeaderValue::from_str(&traceparent) {
        response.headers_mut().insert(TRACEPARENT, value);
    }
    Ok(response)
}

/// The trace id of a `traceparent`, if it is well formed.
fn trace_of(header: &str) -> Option<String> {
    let mut parts = header.split('-');
    let (version, trace, parent) = (parts.next()?, parts.next()?, parts.next()?);
    let hex = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let well_formed = hex(version, 2) && version != "ff" && hex(trace, 32) && hex(parent, 16);
    (well_formed && trace.bytes().any(|b| b != b'0')).then(|| trace.to_owned())
}

fn random_hex<const N: usize>() -> String {
    let mut bytes = [0_u8; N];
    // Without random numbers the trace is all zeros: useless, but no reason to refuse the request.
    let _ = getrandom::fill(&mut bytes);
    hex::encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_well_formed_parent_is_joined() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(trace_of(good).as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
        for wrong in ["", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4BF9-1-01", "x"] {
            assert_eq!(trace_of(wrong), None, "{wrong}");
        }
    }
}
