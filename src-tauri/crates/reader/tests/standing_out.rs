//! Words that stand out and notes in files of every format but PDF, through the real child process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use child::{file, read, without_pdfium};
use document_maker::office as maker;
use reader::{BlockKind, Page};
use tempfile::TempDir;

/// The first page of a file.
fn first_page(name: &str, bytes: &[u8]) -> Page {
    let folder = TempDir::new().unwrap();
    read(&without_pdfium(), &file(&folder, name, bytes)).unwrap().remove(0)
}

/// The words that stand out on a page, and how.
fn emphasis(page: &Page) -> Vec<(&str, &str)> {
    let look = |bold, italic| match (bold, italic) {
        (true, true) => "both",
        (true, false) => "bold",
        _ => "italic",
    };
    page.emphasis.iter().map(|it| (&page.text[it.start as usize..it.end as usize], look(it.bold, it.italic))).collect()
}

/// The same text of every format: a heading, a paragraph, an item, a paragraph that is bold all through.
const STANDING_OUT: &[(&str, &str)] =
    &[("long-term store", "bold"), ("Principles", "italic"), ("both", "both"), ("Größe", "bold"), ("Terms", "italic")];

#[test]
fn bold_and_slanted_words_of_word_stand_out() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
    };
    let body = [
        "<w:p><w:pPr><w:pStyle w:val='berschrift1'/><w:rPr><w:i/></w:rPr></w:pPr>",
        &run("<w:b/>", "A Heading"),
        "</w:p><w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr>",
        &run("", "The "),
        &run("<w:b/>", "long-term"),
        &run("", " "),
        &run("<w:b w:val='1'/>", "store"),
        &run("<w:b w:val='0'/><w:i w:val='false'/>", " of the "),
        &run("<w:i/>", "Principles"),
        &run("", ", or "),
        &run("<w:b/><w:i/>", "both"),
        &run("", ".<w:footnoteReference w:id='1'/>"),
        "</w:p><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>",
        &run("", "Item of "),
        &run("<w:b/>", "Größe"),
        "</w:p><w:p>",
        &run("<w:b/>", "Wholly bold, "),
        &run("<w:b/><w:i/>", "Terms"),
        &run("<w:b/>", " and all the other words."),
        "</w:p>",
    ]
    .concat();
    let page = first_page("x.docx", &maker::docx_of("", &body));
    assert_eq!(emphasis(&page), STANDING_OUT, "{}", page.text);
}

#[test]
fn bold_and_slanted_words_of_open_document_stand_out() {
    let styles = "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>\
        <style:style style:name='I' style:family='text'><style:text-properties fo:font-style='italic'/></style:style>\
        <style:style style:name='B2' style:family='text' style:parent-style-name='B'/>\
        <style:style style:name='N' style:family='text'><style:text-properties fo:font-weight='normal'/></style:style>\
        <style:style style:name='B' style:family='paragraph'/>";
    let body = "<text:h text:outline-level='1'><text:span text:style-name='B'>A Heading</text:span></text:h>\
        <text:p>The <text:span text:style-name='B2'>long-term<text:s/>store<text:span text:style-name='N'> of the </text:span>\
        </text:span><text:span text:style-name='I'>Principles</text:span>, or <text:span text:style-name='I'>\
        <text:span text:style-name='B'>both</text:span></text:span>.</text:p>\
        <text:list><text:list-item><text:p>Item of <text:span text:style-name='B'>Größe</text:span></text:p></text:list-item></text:list>\
        <text:p text:style-name='B'><text:span text:style-name='B'>Wholly bold, <text:span text:style-name='I'>Terms</text:span> and all \
        the other words.</text:span></text:p>";
    let page = first_page("x.odt", &maker::odt_styled("", styles, body));
    assert_eq!(emphasis(&page), STANDING_OUT, "{}", page.text);
}

#[test]
fn bold_and_slanted_words_of_pages_and_books_stand_out() {
    let body = "<h1><b>A Heading</b></h1><p>The <strong>long-term</strong> <span style='Font-Weight: 700'>store</span> of the \
        <em>Prin<i>ciples</i></em>, or <b>\n<dfn>both</dfn></b>.</p><ul><li>Item of <b>Größe</ul>\
        <p style='font-weight:bold'>Wholly bold, <i>Terms</i> and all the other words.</p>\
        <table><tr><td><b>Name</b><td>x<tr><td>y<td>z</table>";
    let page = first_page("x.html", format!("<!DOCTYPE html><html><body>{body}</body></html>").as_bytes());
    assert_eq!(emphasis(&page), STANDING_OUT, "{}", page.text);
    let text = "# A **Heading**\n\nThe **long-term** **store** of the *Principles*, or ***both***.\n\n* Item of <b>Größe</b>\n\n\
        **Wholly bold, *Terms* and all the other words.**\n";
    let page = first_page("x.md", text.as_bytes());
    assert_eq!(emphasis(&page), STANDING_OUT, "{}", page.text);
}

#[test]
fn bold_and_slanted_words_of_slides_stand_out() {
    let run = |properties: &str, text: &str| format!("<a:r><a:rPr {properties}/><a:t>{text}</a:t></a:r>");
    let paragraphs = [
        "<a:p>",
        &[run("", "The "), run("b='1'", "long-term"), run("b='1'", " store"), run("b='0'", " of the ")].concat(),
        &[run("i='1'", "Principles"), run("", ", or "), run("b='1' i='true'", "both"), run("", ".")].concat(),
        "</a:p><a:p><a:pPr><a:buChar char='•'/></a:pPr><a:r><a:t>Item of </a:t></a:r>",
        &run("b='1'", "Größe"),
        "</a:p><a:p>",
        &[run("b='1'", "Wholly bold, "), run("b='1' i='1'", "Terms"), run("b='1'", " and all the other words.")]
            .concat(),
        "</a:p>",
    ]
    .concat();
    let page = first_page("x.pptx", &maker::pptx_of(&paragraphs));
    assert_eq!(emphasis(&page), STANDING_OUT, "{}", page.text);
}

#[test]
fn notes_of_books_stand_behind_the_text_with_their_mark() {
    let body = "<p>Known<sup><a href='#n1'>1</a></sup> of old.</p><p>And<a epub:type='noteref' href='#n2'>2</a> more.</p>\
        <aside epub:type='footnote' id='n1'><p>1. The <b>first</b> note.</p><p>It goes on.</p></aside>\
        <section class='footnotes'><ol start='2'><li><p>The second.<a href='#r2'>↩\u{fe0e}</a></p></li></ol></section>";
    let page = first_page("x.epub", &maker::epub_of(body));
    let found: Vec<_> =
        page.blocks.iter().map(|it| (it.kind, &page.text[it.start as usize..it.end as usize])).collect();
    let wanted = [
        (BlockKind::Paragraph, "Known[1] of old."),
        (BlockKind::Footnote, "1. The first note."),
        (BlockKind::Footnote, "It goes on."),
        (BlockKind::Paragraph, "And[2] more."),
        (BlockKind::Footnote, "[2] The second."),
    ];
    assert_eq!(found, wanted);
    assert_eq!(emphasis(&page), [("first", "bold")]);
}
