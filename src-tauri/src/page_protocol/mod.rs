//! `page://localhost/{document}/{page}/{width}`: pages of documents, or parts of them, as pictures.
//!
//! Drawn by the reading process, never by the web view: what a file holds reaches the window as pixels only.
//!
//! `page://localhost/media/{hash}`: a picture of a note, as it came. Only pictures of pixels are given out.

mod address;
mod answer;
mod cache;
mod medium;

use std::sync::Arc;

use kernel::{Code, Coded};
use library::cards;
use library::documents::{self, Document};
use reader::Source;
use tauri::http::{Request, header};
use tauri::{AppHandle, Manager, UriSchemeResponder};

pub(crate) use address::PageAddress;
pub(crate) use cache::PageCache;

use crate::app::App;
use crate::fault::Fault;
use crate::state::{Shell, blocking};
use answer::{Answer, Origin};

/// The name of the scheme.
pub(crate) const SCHEME: &str = "page";

/// What a request asks for.
enum Wanted {
    Page(PageAddress),
    /// A picture of a note, by its hash.
    Medium(String),
}

impl Wanted {
    fn parse(path: &str) -> Option<Self> {
        let medium = || medium::parse(path).map(Self::Medium);
        PageAddress::parse(path).map(Self::Page).or_else(medium)
    }
}

/// Answers a request without holding up the thread it came on.
pub(crate) fn serve(app: AppHandle, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let wanted = Wanted::parse(request.uri().path());
    let origin = Origin::of(request);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let found = match wanted {
            None => None,
            Some(Wanted::Page(address)) => Some(picture(&shell, address).await),
            Some(Wanted::Medium(hash)) => Some(medium(&shell, hash).await),
        };
        let answer = match found {
            None => Answer::NoSuchAddress,
            Some(Err(fault)) => Answer::Fault(fault),
            Some(Ok(it)) if known.is_some_and(|known| known.as_bytes() == it.tag.as_bytes()) => {
                Answer::Unchanged { tag: it.tag }
            }
            Some(Ok(Picture { tag, kind, bytes })) => Answer::Picture { tag, kind, bytes },
        };
        responder.respond(answer.into_response(&origin));
    });
}

/// A picture, and the tag that stays the same as long as the picture does.
struct Picture {
    tag: String,
    kind: &'static str,
    bytes: Arc<[u8]>,
}

impl Picture {
    fn png(tag: String, bytes: Arc<[u8]>) -> Self {
        Self { tag, kind: "image/png", bytes }
    }
}

/// A picture that came with a note.
async fn medium(shell: &Shell, hash: String) -> Result<Picture, Fault> {
    let tag = format!("\"{hash}\"");
    let gone = || Fault::new(Code::NotFound, "No note has this picture any more.");
    let bytes = shell.read(move |c| cards::medium(c, &hash)).await?.ok_or_else(gone)?;
    let no_picture = || Fault::new(Code::Unsupported, "This is no picture that can be shown.");
    Ok(Picture { tag, kind: medium::kind(&bytes).ok_or_else(no_picture)?, bytes: bytes.into() })
}

/// The picture of a page, drawn if it isn't kept.
async fn picture(shell: &Shell, address: PageAddress) -> Result<Picture, Fault> {
    let app = shell.app().await?;
    let document = shell.read(move |c| documents::get(c, address.document)).await?;
    let part = address.part.map_or_else(String::new, |it| format!("-{it}"));
    let tag = format!("\"{}-{}-{}{part}\"", document.hash, address.page, address.width);
    if let Some(png) = shell.pages.get(&address, &document.hash) {
        return Ok(Picture::png(tag, png));
    }
    // One child draws, one page after the other. Whoever waited for the same page finds it drawn.
    let _turn = shell.drawing.lock().await;
    if let Some(png) = shell.pages.get(&address, &document.hash) {
        return Ok(Picture::png(tag, png));
    }
    let hash = document.hash.clone();
    let png = blocking(move || {
        let source = source(&app, &document);
        let PageAddress { page, width, part, .. } = address;
        let drawn = match part {
            Some(part) => app.renderer.render_part(&source, page, width, part.rect()),
            None => app.renderer.render(&source, page, width),
        };
        drawn.map_err(|error| about(&document, &source, &error))
    })
    .await?;
    let png: Arc<[u8]> = png.into();
    shell.pages.put(address, &hash, Arc::clone(&png));
    Ok(Picture::png(tag, png))
}

/// The library's copy of the file, with the password if one was given in this run.
pub(crate) fn source(app: &App, document: &Document) -> Source {
    Source {
        path: app.library.original(&document.hash, &document.format),
        password: app.intake.password(document.document),
    }
}

/// Why a page could not be drawn, with the name that the person gave the file in place of the copy's.
pub(crate) fn about(document: &Document, source: &Source, error: &reader::Error) -> Fault {
    let copy = source.path.display().to_string();
    Fault::new(error.code(), error.to_string().replace(&copy, &document.file_name))
}
