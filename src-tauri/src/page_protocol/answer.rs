use std::sync::Arc;

use kernel::Code;
use tauri::http::{HeaderValue, Request, Response, StatusCode, header};

use crate::fault::Fault;

/// What comes of a request for a picture.
#[derive(Debug)]
pub(super) enum Answer {
    Picture {
        tag: String,
        kind: &'static str,
        bytes: Arc<[u8]>,
    },
    /// The window has the picture already.
    Unchanged {
        tag: String,
    },
    NoSuchAddress,
    Fault(Fault),
}

impl Answer {
    pub(super) fn into_response(self, origin: &Origin) -> Response<Vec<u8>> {
        match self {
            Self::Picture { tag, kind, bytes } => {
                let mut headers = kept(&tag);
                headers.push((header::CONTENT_TYPE, HeaderValue::from_static(kind)));
                respond(StatusCode::OK, origin, &headers, bytes.to_vec())
            }
            Self::Unchanged { tag } => respond(StatusCode::NOT_MODIFIED, origin, &kept(&tag), Vec::new()),
            Self::NoSuchAddress => fault(&Fault::new(Code::Invalid, "There is no such picture."), origin),
            Self::Fault(reason) => fault(&reason, origin),
        }
    }
}

/// A picture never changes: a document's number is never given out twice, and its file never written again; what a
/// note has is named by its hash.
fn kept(tag: &str) -> Vec<(header::HeaderName, HeaderValue)> {
    let mut headers = vec![(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"))];
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.push((header::ETAG, tag));
    }
    headers
}

fn fault(reason: &Fault, origin: &Origin) -> Response<Vec<u8>> {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    let body = serde_json::to_vec(reason).unwrap_or_default();
    respond(status(reason.code), origin, &headers, body)
}

/// The status that fits a code: 403 asks for a password, 404 is final.
fn status(code: Code) -> StatusCode {
    match code {
        Code::Encrypted => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Invalid => StatusCode::BAD_REQUEST,
        Code::NativePartMissing | Code::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Code::TimeLimit => StatusCode::GATEWAY_TIMEOUT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn respond(
    status: StatusCode,
    origin: &Origin,
    headers: &[(header::HeaderName, HeaderValue)],
    body: Vec<u8>,
) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let own = response.headers_mut();
    own.extend(headers.iter().cloned());
    own.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    own.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = &origin.0 {
        own.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    response
}

/// Who asks, if it is the app's own interface: nobody else may read the answer.
pub(super) struct Origin(Option<HeaderValue>);

impl Origin {
    pub(super) fn of(request: &Request<Vec<u8>>) -> Self {
        const OWN: [&str; 4] =
            ["tauri://localhost", "http://tauri.localhost", "https://tauri.localhost", "http://localhost:5173"];
        let ours = if cfg!(dev) { &OWN[..] } else { &OWN[..3] };
        let given = request.headers().get(header::ORIGIN);
        Self(given.filter(|origin| ours.iter().any(|own| origin.as_bytes() == own.as_bytes())).cloned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::of(&Request::builder().header("Origin", text).body(Vec::new()).unwrap())
    }

    #[test]
    fn a_picture_may_be_kept_for_good_and_is_known_by_its_tag() {
        let answer = Answer::Picture { tag: "\"ab-3-800\"".into(), kind: "image/png", bytes: Arc::from([1, 2, 3]) };
        let response = answer.into_response(&origin("tauri://localhost"));
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "image/png");
        assert_eq!(response.headers()["etag"], "\"ab-3-800\"");
        assert!(response.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        assert_eq!(response.headers()["access-control-allow-origin"], "tauri://localhost");
        assert_eq!(response.body(), &[1, 2, 3]);

        let same = Answer::Unchanged { tag: "\"ab-3-800\"".into() }.into_response(&origin("tauri://localhost"));
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED);
        assert!(same.body().is_empty());
    }

    #[test]
    fn a_fault_keeps_its_code_and_is_not_kept() {
        for (code, status) in [(Code::Encrypted, 403), (Code::NotFound, 404), (Code::Damaged, 500)] {
            let response = Answer::Fault(Fault::new(code, "why")).into_response(&origin("tauri://localhost"));
            assert_eq!(response.status(), status);
            assert_eq!(response.headers()["cache-control"], "no-store");
            let said: Fault = serde_json::from_slice(response.body()).unwrap();
            assert_eq!(said, Fault::new(code, "why"));
        }
        assert_eq!(Answer::NoSuchAddress.into_response(&origin("")).status(), 400);
    }

    #[test]
    fn only_the_own_interface_may_read_the_answer() {
        let response = Answer::NoSuchAddress.into_response(&origin("https://example.org"));
        assert!(!response.headers().contains_key("access-control-allow-origin"));
    }
}
