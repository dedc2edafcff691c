//! Documents other than PDF: each becomes the same pages of blocks, without boxes. Only ever called inside the child.

mod archive;
mod csv;
mod decode;
mod docx;
mod draft;
mod epub;
mod formula;
mod html;
mod image;
mod lines;
mod markdown;
mod notes;
mod odt;
mod opc;
mod piece;
mod plain;
mod plan;
mod pptx;
mod sheet;
mod stream;
mod styled;
mod text;
mod xlsx;
mod xml;

use std::io;
use std::path::Path;

pub(crate) use decode::utf16_without_mark;
pub(crate) use image::Pictures;

use crate::error::Failure;
use crate::{Format, Opened, Page};

/// Takes the pages as they are made; an error of its own means that nobody wants more.
pub(crate) type Emit<'a> = &'a mut dyn FnMut(Page) -> io::Result<()>;

/// A document of units that can be read again and again.
pub(crate) trait Document {
    /// What is known before its units are read.
    fn opened(&self) -> Opened;

    /// Hands over the units from number `from` on, in order and without a gap. Those in `avoid` are not looked at
    /// where the format allows it. A unit that can't be read comes as unreadable.
    fn units(&mut self, from: u32, avoid: &[u32], emit: Emit<'_>) -> io::Result<()>;
}

/// Opens a document of any format but PDF.
pub(crate) fn open(path: &Path, format: Format) -> Result<Box<dyn Document>, Failure> {
    match format {
        Format::Epub => Ok(Box::new(epub::Epub::open(path)?)),
        Format::Docx => Ok(Box::new(docx::Docx::open(path)?)),
        Format::Pptx => Ok(Box::new(pptx::Pptx::open(path)?)),
        Format::Markdown => Ok(Box::new(markdown::Markdown::open(path)?)),
        Format::Text => Ok(Box::new(plain::PlainText::open(path)?)),
        Format::Image => Ok(Box::new(image::Image::open(path)?)),
        Format::Html => Ok(Box::new(html::HtmlFile::open(path)?)),
        Format::Odt => Ok(Box::new(odt::Odt::open(path)?)),
        Format::Csv => Ok(Box::new(csv::Csv::open(path)?)),
        Format::Xlsx => Ok(Box::new(xlsx::Xlsx::open(path)?)),
        // Read by PDFium, page by page.
        Format::Pdf => Err(Failure::UnknownFormat),
    }
}

/// A unit of which nothing is known but that it is there.
pub(crate) fn unreadable(number: u32) -> Page {
    Page { width: 0.0, height: 0.0, ..Page::unreadable(number) }
}
