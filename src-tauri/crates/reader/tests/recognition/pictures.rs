//! Picture files as documents.

use document_maker::{Book, photo, picture, picture_bomb, prose, tiff};
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use kernel::{Cancel, Code, Coded};
use reader::{Error, Format, PageStatus, Source};

use crate::shelf::{Shelf, recogniser, word_errors, words};

/// Wider than high, and black at its upper left.
fn landscape() -> GrayImage {
    GrayImage::from_fn(600, 400, |x, y| Luma([if x < 100 && y < 100 { 0 } else { 255 }]))
}

/// The shade of a point of the page's picture; both as shares of it.
fn shade(shelf: &Shelf, source: &Source, page: u32, (x, y): (f32, f32)) -> (u8, (u32, u32)) {
    let png = shelf.renderer.render(source, page, 300).unwrap();
    let drawn = image::load_from_memory(&png).unwrap().into_luma8();
    let (width, height) = drawn.dimensions();
    (drawn.get_pixel((x * width as f32) as u32, (y * height as f32) as u32).0[0], (width, height))
}

#[test]
fn a_picture_of_any_kind_is_a_scanned_page_that_can_be_drawn() {
    let shelf = Shelf::new();
    for kind in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Tiff, ImageFormat::WebP, ImageFormat::Bmp] {
        let source = shelf.file("named.bin", &picture(&landscape(), kind).unwrap());
        assert_eq!(reader::detect(&source.path).unwrap(), Format::Image, "{kind:?}");
        let pages = shelf.read(&source).unwrap();
        // 200 pixels an inch, as none of them says how many there are.
        assert_eq!((pages.len(), pages[0].width, pages[0].height), (1, 216.0, 144.0), "{kind:?}");
        assert_eq!((pages[0].status, pages[0].confidence), (PageStatus::Scanned, None));
        assert_eq!(shelf.renderer.page_size(&source, 1).unwrap(), (216.0, 144.0));
        let (dark, size) = shade(&shelf, &source, 1, (0.08, 0.1));
        assert!(dark < 20 && size == (300, 200), "{kind:?}: {dark} {size:?}");
        assert!(shade(&shelf, &source, 1, (0.9, 0.9)).0 > 240, "{kind:?}");
        assert!(matches!(shelf.renderer.render(&source, 2, 300), Err(Error::NoSuchPage { page: 2, .. })));
    }
}

#[test]
fn a_photo_is_turned_as_it_says_and_as_large_as_it_says() {
    let shelf = Shelf::new();
    // Turned a quarter clockwise, what was at the upper left is at the upper right.
    let source = shelf.file("photo.jpg", &photo(&landscape(), 300, Orientation::Rotate90.to_exif()).unwrap());
    let page = shelf.read(&source).unwrap().remove(0);
    assert_eq!((page.width, page.height), (96.0, 144.0));
    let (dark, size) = shade(&shelf, &source, 1, (0.9, 0.08));
    assert!(dark < 20 && size == (300, 450), "{dark} {size:?}");
    assert!(shade(&shelf, &source, 1, (0.1, 0.08)).0 > 240);
}

#[test]
fn what_is_see_through_lies_on_white_paper() {
    let shelf = Shelf::new();
    let ink = image::RgbaImage::from_fn(400, 400, |x, _| image::Rgba([0, 0, 0, if x < 200 { 255 } else { 0 }]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(ink).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let source = shelf.file("ink.png", &bytes.into_inner());
    assert!(shade(&shelf, &source, 1, (0.2, 0.5)).0 < 20);
    assert!(shade(&shelf, &source, 1, (0.8, 0.5)).0 > 240);
}

#[test]
fn every_page_of_a_tiff_is_drawn_and_recognised() {
    let shelf = Shelf::new();
    let texts = [prose(21, 60), prose(22, 60), prose(23, 60)];
    let book = texts.iter().fold(Book::new("Fax", 1), |book, text| book.heading(1, "Page").paragraph(text));
    let printed = shelf.file("printed.pdf", &book.bytes());
    let truth = shelf.read(&printed).unwrap();
    let pictures: Vec<GrayImage> = truth.iter().map(|page| shelf.picture(&printed, page)).collect();
    let source = shelf.file("fax.tif", &tiff(&pictures, 300).unwrap());
    let pages = shelf.read(&source).unwrap();
    assert_eq!(pages.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((pages[1].width, pages[1].height), (612.0, 792.0));
    let Some(recogniser) = recogniser() else { return };
    let read = shelf.recognise(&recogniser, &source, &pages[1], "eng").unwrap();
    let wrong = word_errors(&words(&truth[1].text), &words(&read.text));
    assert!(wrong <= 2, "{wrong} wrong: {}", read.text);
}

#[test]
fn a_picture_that_unpacks_to_gigabytes_is_refused_before_it_does() {
    let shelf = Shelf::new();
    let source = shelf.file("bomb.png", &picture_bomb(60_000, 60_000));
    assert!(std::fs::metadata(&source.path).unwrap().len() < 20_000);
    for refused in [
        shelf.read(&source).map(drop),
        shelf.renderer.render(&source, 1, 800).map(drop),
        shelf.renderer.scan(&source, 1, &Cancel::new()).map(drop),
    ] {
        let error = refused.unwrap_err();
        assert!(error.code() == Code::MemoryLimit && error.to_string().contains("bomb.png"), "{error}");
    }
}

#[test]
fn a_broken_picture_says_so_and_the_renderer_goes_on() {
    let shelf = Shelf::new();
    let whole = picture(&landscape(), ImageFormat::Png).unwrap();
    let cut = shelf.file("cut.png", &whole[..whole.len() / 2]);
    assert_eq!(shelf.renderer.render(&cut, 1, 300).unwrap_err().code(), Code::Damaged);
    let whole = shelf.file("whole.png", &whole);
    assert!(shelf.renderer.render(&whole, 1, 300).is_ok());
}
