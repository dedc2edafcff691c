//! `page://localhost/{document}/{page}/{width}`: pages of documents, or parts of them, as pictures.
//!
//! Drawn by the reading process, never by the web view: what a file holds reaches the window as pixels only.

mod address;
mod answer;
mod cache;

use std::sync::Arc;

use kernel::Coded;
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

/// Answers a request without holding up the thread it came on.
pub(crate) fn serve(app: AppHandle, request: &Request<Vec<u8>>, responder: UriSchemeResponder) {
    let address = PageAddress::parse(request.uri().path());
    let origin = Origin::of(request);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let answer = match address {
            None => Answer::NoSuchAddress,
            Some(address) => picture(&shell, address).await.map_or_else(Answer::Fault, |(tag, png)| {
                if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
                    Answer::Unchanged { tag }
                } else {
                    Answer::Picture { tag, png }
                }
            }),
        };
        responder.respond(answer.into_response(&origin));
    });
}

/// The picture, and the tag that stays the same as long as the picture does.
async fn picture(shell: &Shell, address: PageAddress) -> Result<(String, Arc<[u8]>), Fault> {
    let app = shell.app().await?;
    let document = shell.read(move |c| documents::get(c, address.document)).await?;
    let part = address.part.map_or_else(String::new, |it| format!("-{it}"));
    let tag = format!("\"{}-{}-{}{part}\"", document.hash, address.page, address.width);
    if let Some(png) = shell.pages.get(&address, &document.hash) {
        return Ok((tag, png));
    }
    // One child draws, one page after the other. Whoever waited for the same page finds it drawn.
    let _turn = shell.drawing.lock().await;
    if let Some(png) = shell.pages.get(&address, &document.hash) {
        return Ok((tag, png));
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
    Ok((tag, png))
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
