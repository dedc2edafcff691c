//! What parent and child say to each other.

use kernel::Rect;
use kernel::child::WirePath;
use serde::{Deserialize, Serialize};

use crate::error::Failure;
use crate::{Opened, Page};

/// The first message to a child.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    /// PDFium's shared library.
    pub(super) pdfium: WirePath,
    /// Resident bytes above which the child ends itself.
    pub(super) memory_bytes: u64,
}

/// What a child is asked to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Send every page from `from_page` on.
    Read {
        path: WirePath,
        password: Option<String>,
        from_page: u32,
        /// Pages known to break or stall PDFium: never touched, sent as unreadable.
        avoid: Vec<u32>,
    },
    /// Draw a page, and send all of it or a part.
    Render { path: WirePath, password: Option<String>, page: u32, width_px: u32, part: Option<Rect> },
    /// Draw a page for recognition.
    Scan { path: WirePath, password: Option<String>, page: u32 },
    /// Say how large a page is.
    Size { path: WirePath, password: Option<String>, page: u32 },
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// The document is open.
    Opened(Opened),
    /// The child is about to look at this page to learn the document's style. If nothing comes after it, that page
    /// is to blame.
    Sampling(u32),
    /// The style is known; pages follow.
    Sampled,
    /// A page.
    Page(Page),
    /// The last page was sent.
    End,
    /// A PNG.
    Picture(#[serde(with = "bytes")] Vec<u8>),
    /// Width and height in points.
    Size(f32, f32),
    /// It can't be done.
    Failed(Failure),
}

/// Bytes as bytes: serde would take a megabyte of `u8` one by one.
mod bytes {
    use serde::de::{Deserializer, Visitor};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<u8>, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        from.deserialize_bytes(Bytes)
    }
}
