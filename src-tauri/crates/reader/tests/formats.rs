//! Files of every format but PDF through the real child process.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use child::{file, without_pdfium};
use document_maker::office::{self as maker, Part, heading, item, paragraph, table};
use kernel::{Cancel, Code, Coded};
use reader::{BlockKind, Error, Format, Opened, Page, PageStatus, PassageBuilder, Unit, detect};
use tempfile::TempDir;

fn try_read(name: &str, bytes: &[u8]) -> Result<(Opened, Vec<Page>), Error> {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, name, bytes);
    let reading = without_pdfium().read(&source, 1, &Cancel::new())?;
    let opened = reading.opened().clone();
    let pages: Vec<Page> = reading.collect::<Result<_, _>>()?;
    for page in &pages {
        check(page);
    }
    assert_eq!(opened.pages as usize, pages.len());
    if pages.len() > 1 {
        let rest: Vec<Page> = without_pdfium().read(&source, 2, &Cancel::new())?.collect::<Result<_, _>>()?;
        assert_eq!(rest, pages[1..], "read from the second page on");
    }
    Ok((opened, pages))
}

fn read(name: &str, bytes: &[u8]) -> (Opened, Vec<Page>) {
    try_read(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Blocks cover the text in order, and there is nothing to draw.
fn check(page: &Page) {
    let parts: Vec<&str> = page.blocks.iter().map(|it| &page.text[it.start as usize..it.end as usize]).collect();
    assert_eq!(parts.join("\n"), page.text);
    assert!(parts.iter().all(|it| !it.trim().is_empty()), "{parts:?}");
    assert!(page.words.is_empty() && page.width == 0.0 && page.height == 0.0);
    assert_eq!(page.status == PageStatus::Text, !page.text.is_empty());
}

fn blocks(page: &Page) -> Vec<(BlockKind, Option<u8>, &str)> {
    page.blocks.iter().map(|it| (it.kind, it.level, &page.text[it.start as usize..it.end as usize])).collect()
}

const LONG: &str = "Memory is the faculty by which the mind stores information & brings it back when it is needed. \
    It has been studied for more than a century <and a half>, from Ebbinghaus to Größe.";

fn text() -> Vec<Part> {
    let mut parts = vec![heading(1, "On Memory")];
    for chapter in ["Remembering", "Forgetting", "Relearning"] {
        parts.push(heading(2, chapter));
        parts.extend([paragraph(LONG), paragraph(LONG), item("First of all"), item("Then more")]);
        parts.push(table(&[&["Name", "Year"], &["Ebbinghaus", "1885"]]));
    }
    parts
}

#[test]
fn texts_of_all_formats_have_the_same_sections() {
    for (name, format, bytes) in [
        ("a.docx", Format::Docx, maker::docx("The Title", &text())),
        ("a.odt", Format::Odt, maker::odt("The Title", &text())),
        ("a.html", Format::Html, maker::html("The Title", &text())),
    ] {
        let (opened, pages) = read(name, &bytes);
        assert_eq!((opened.format, opened.unit, opened.title.as_deref()), (format, Unit::Section, Some("The Title")));
        let labels: Vec<_> = pages.iter().map(|it| it.label.as_deref().unwrap_or_default()).collect();
        assert_eq!(labels, ["Remembering", "Forgetting", "Relearning"], "{name}");
        let outline: Vec<_> = opened.outline.iter().map(|it| (it.level, it.title.as_str(), it.page)).collect();
        let wanted = [(1, "On Memory", 1), (2, "Remembering", 1), (2, "Forgetting", 2), (2, "Relearning", 3)];
        assert_eq!(outline, wanted, "{name}");
        let numbered = name == "a.docx";
        let wanted = [
            (BlockKind::Heading, Some(2), "Forgetting"),
            (BlockKind::Paragraph, None, LONG),
            (BlockKind::Paragraph, None, LONG),
            (BlockKind::List, None, if numbered { "3) First of all" } else { "• First of all" }),
            (BlockKind::List, None, if numbered { "4) Then more" } else { "• Then more" }),
            (BlockKind::Table, None, "Name\tYear\nEbbinghaus\t1885"),
        ];
        assert_eq!(blocks(&pages[1]), wanted, "{name}");
    }
}

#[test]
fn a_book_has_its_chapters() {
    let chapters = [
        ("Cover", Vec::new()),
        ("One & All", vec![heading(2, "One & All"), paragraph(LONG)]),
        ("Two", vec![paragraph(LONG), table(&[&["a", "b"], &["c", "d"]])]),
        ("Three", vec![paragraph("Three"), paragraph(LONG)]),
    ];
    let (opened, pages) = read("book.epub", &maker::epub("A Book", &chapters));
    assert_eq!((opened.format, opened.unit, opened.pages), (Format::Epub, Unit::Chapter, 4));
    assert_eq!(opened.title.as_deref(), Some("A Book"));
    let outline: Vec<_> = opened.outline.iter().map(|it| (it.level, it.title.as_str(), it.page)).collect();
    assert_eq!(outline, [(1, "Cover", 1), (1, "One & All", 2), (1, "Two", 3), (1, "Three", 4)]);
    assert_eq!((pages[0].status, pages[1].label.as_deref()), (PageStatus::Empty, Some("One & All")));
    assert_eq!(blocks(&pages[1])[0], (BlockKind::Heading, Some(2), "One & All"));
    // A chapter that has no heading of its own stands under its name in the contents.
    let wanted = [
        (BlockKind::Heading, Some(1), "Two"),
        (BlockKind::Paragraph, None, LONG),
        (BlockKind::Table, None, "a\tb\nc\td"),
    ];
    assert_eq!(blocks(&pages[2]), wanted);
    // Nor is one that only looks like a heading said twice.
    assert_eq!(blocks(&pages[3])[0], (BlockKind::Heading, Some(1), "Three"));
    assert_eq!(pages[3].blocks.len(), 2);
}

#[test]
fn slides_have_their_titles_and_notes() {
    let slides = [
        ("Welcome", vec![paragraph("Hello there."), table(&[&["a", "b"]])], "Smile & wait."),
        ("", vec![paragraph("No title here.")], ""),
    ];
    let (opened, pages) = read("talk.pptx", &maker::pptx("The Talk", &slides));
    assert_eq!((opened.format, opened.unit, opened.title.as_deref()), (Format::Pptx, Unit::Slide, Some("The Talk")));
    assert_eq!(opened.outline.len(), 1);
    assert_eq!(pages[0].text, "Welcome\nHello there.\na\tb\nSpeaker notes\nSmile & wait.");
    assert_eq!(blocks(&pages[0])[3], (BlockKind::Heading, Some(2), "Speaker notes"));
    assert_eq!((pages[1].text.as_str(), pages[1].label.as_deref()), ("No title here.", None));
}

#[test]
fn sheets_keep_their_names_and_headers() {
    let rows: Vec<Vec<String>> = (0..2000)
        .map(|it| if it == 0 { vec!["Year".into(), "Who".into()] } else { vec![it.to_string(), format!("name {it}")] })
        .collect();
    let book = maker::xlsx("Data", &[("People", rows.clone()), ("Empty", Vec::new()), ("Last", rows[..2].to_vec())]);
    let (opened, pages) = read("data.xlsx", &book);
    assert_eq!((opened.format, opened.unit, opened.title.as_deref()), (Format::Xlsx, Unit::Sheet, Some("Data")));
    assert!(pages.len() > 4, "{}", pages.len());
    assert!(pages[0].text.starts_with("People\nYear\tWho\n1\tname 1\n"));
    assert!(pages[1].text.starts_with("Year\tWho\n"), "{}", pages[1].text);
    let last = pages.last().unwrap();
    assert_eq!((last.label.as_deref(), last.text.as_str()), (Some("Last"), "Last\nYear\tWho\n1\tname 1"));
    assert_eq!(opened.outline.last().unwrap().page, opened.pages);
    let csv: String = rows.iter().map(|row| row.join(";") + "\n").collect();
    let (opened, pages) = read("data.csv", csv.as_bytes());
    assert_eq!((opened.format, opened.unit), (Format::Csv, Unit::Sheet));
    assert!(pages[0].text.starts_with("Year\tWho\n1\tname 1\n"));
}

#[test]
fn markdown_and_plain_text_have_sections() {
    let chapter = |it: u32| format!("# Chapter {it}\n\n{LONG}\n\n{LONG}\n\n");
    let (opened, pages) = read("notes.md", (1..4).map(chapter).collect::<String>().as_bytes());
    assert_eq!((opened.format, opened.pages, opened.title.as_deref()), (Format::Markdown, 3, Some("Chapter 1")));
    assert_eq!(pages[2].label.as_deref(), Some("Chapter 3"));
    let text = format!("CHAPTER I\n\n{}", format!("{LONG}\n\n").repeat(200));
    let (opened, pages) = read("novel.txt", text.as_bytes());
    assert_eq!((opened.format, opened.unit), (Format::Text, Unit::Section));
    assert!(pages.len() > 4 && pages.iter().all(|it| it.text.len() < 10_000), "{}", pages.len());
    assert!(pages.iter().all(|it| it.label.as_deref() == Some("CHAPTER I")));
}

#[test]
fn footnotes_formulas_and_text_boxes_of_word_are_read() {
    let note =
        "<w:p><w:r><w:t>Known</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:t>.</w:t></w:r></w:p>";
    let formula = "<w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r>\
        </m:den></m:f></m:oMath></m:oMathPara></w:p>";
    let boxed = format!(
        "<w:p><w:r><w:t>Around</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>",
        maker::docx_paragraph("", "In the box"),
        maker::docx_paragraph("", "In the box")
    );
    let removed = "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del>\
        <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>";
    let body = format!("{note}{formula}{boxed}{removed}");
    let (_, pages) = read("x.docx", &maker::docx_of("", &body));
    let texts: Vec<_> = blocks(&pages[0]).iter().map(|it| it.2).collect();
    assert_eq!(texts, ["Known[1].", "[1] The first note.", "(a+b)/2", "In the box", "Around", "New"]);
    assert_eq!([blocks(&pages[0])[1].0, blocks(&pages[0])[2].0], [BlockKind::Footnote, BlockKind::Formula]);
}

#[test]
fn notes_lists_and_code_of_open_document_are_read() {
    let body = "<text:p>Known<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>\
        </text:note-body></text:note>.</text:p><text:p text:style-name='P1'>if x:</text:p>\
        <text:p text:style-name='P1'><text:s text:c='2'/>y()</text:p>\
        <text:list text:style-name='L1'><text:list-item><text:p>One</text:p><text:p>more</text:p></text:list-item></text:list>\
        <text:p>a<text:tab/>b<text:line-break/>c<draw:frame><svg:title>A cat</svg:title></draw:frame></text:p>";
    let (_, pages) = read("x.odt", &maker::odt_of("", body));
    let found = blocks(&pages[0]);
    let texts: Vec<_> = found.iter().map(|it| it.2).collect();
    assert_eq!(texts, ["Known[1].", "[1] A note.", "if x:\n  y()", "• One", "more", "a b c"]);
    assert_eq!([found[1].0, found[2].0], [BlockKind::Footnote, BlockKind::Code]);
}

#[test]
fn formats_are_told_by_content_and_not_by_name() {
    let folder = TempDir::new().unwrap();
    let none: Vec<Vec<String>> = Vec::new();
    for (format, bytes) in [
        (Format::Epub, maker::epub("", &[("a", Vec::new())])),
        (Format::Docx, maker::docx("", &[])),
        (Format::Pptx, maker::pptx("", &[("a", Vec::new(), "")])),
        (Format::Odt, maker::odt("", &[])),
        (Format::Xlsx, maker::xlsx("", &[("a", none)])),
        (Format::Html, maker::html("", &[])),
        (Format::Pdf, b"%PDF-1.7\n".to_vec()),
        (Format::Image, b"\xFF\xD8\xFF\xE0 a picture".to_vec()),
    ] {
        for name in ["named", "named.bin", &format!("kept.{}", format.name())] {
            let source = file(&folder, name, &bytes);
            assert_eq!(detect(&source.path).unwrap(), format, "{name}");
        }
    }
}

#[test]
fn files_that_can_not_be_read_say_why() {
    let zeros = "0".repeat(40 << 20);
    let bomb = maker::archive(&[
        ("_rels/.rels", String::new()),
        ("word/document.xml", format!("<w:document><w:body><w:p><w:r><w:t>{zeros}")),
    ]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let mut locked = maker::docx("", &[paragraph("x")]);
    // The flag of encryption, in the part's own header and in the list at the end.
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        for at in 0..locked.len() - 4 {
            if &locked[at..at + 4] == mark {
                locked[at + flags] |= 1;
            }
        }
    }
    let whole = maker::docx("", &text());
    let missing = maker::archive(&[("word/other.xml", "<x/>".into()), ("word/_rels/document.xml.rels", "<x/>".into())]);
    let rights = maker::epub("", &[("a", Vec::new())]);
    let table: [(&str, &[u8], Code); 9] = [
        ("cut.png", b"\x89PNG\r\n\x1a\n and so on", Code::Damaged),
        ("bomb.docx", &bomb, Code::MemoryLimit),
        ("locked.docx", &locked, Code::Unsupported),
        ("cut.docx", &whole[..whole.len() / 2], Code::Damaged),
        ("missing.docx", &missing, Code::Damaged),
        ("cut.epub", &rights[..rights.len() - 60], Code::Damaged),
        ("empty.epub", b"", Code::EmptyFile),
        ("other.zip", &maker::archive(&[("a.txt", "hello".into())]), Code::Unsupported),
        ("notes.docx", b"These are my notes.", Code::Unsupported),
    ];
    for (name, bytes, code) in table {
        let error = try_read(name, bytes).expect_err(name);
        assert_eq!(error.code(), code, "{name}: {error}");
        let message = error.to_string();
        assert!(message.contains(name) && message.matches(". ").count() > 0, "{message}");
    }
}

#[test]
fn a_text_that_breaks_off_is_read_as_far_as_it_goes() {
    let broken = maker::docx_of("", &(maker::docx_body(&text()) + "<w:p><w:r><w:t>lost</w:r></w:p>"));
    let (opened, pages) = read("broken.docx", &broken);
    assert_eq!(opened.pages, 4);
    assert_eq!(pages[3].status, PageStatus::Unreadable);
    assert!(pages[2].text.contains("Ebbinghaus\t1885"));
}

#[test]
fn only_the_pages_of_a_pdf_are_drawn() {
    let folder = TempDir::new().unwrap();
    let source = file(&folder, "a.docx", &maker::docx("", &text()));
    let renderer = without_pdfium().renderer();
    for error in [renderer.render(&source, 1, 300).unwrap_err(), renderer.page_size(&source, 1).unwrap_err()] {
        assert_eq!(error.code(), Code::Unsupported, "{error}");
        assert!(error.to_string().contains("a.docx"), "{error}");
    }
}

#[test]
fn passages_of_a_book_know_their_chapter_and_point_into_it() {
    let chapters: Vec<(&str, Vec<Part>)> =
        ["One", "Two"].iter().map(|it| (*it, vec![heading(1, it), paragraph(LONG)])).collect();
    let (_, pages) = read("book.epub", &maker::epub("A Book", &chapters));
    let mut builder = PassageBuilder::new("A Book", 256);
    let mut count = |text: &str| text.split_whitespace().count() as u32;
    let mut passages = Vec::new();
    for page in &pages {
        passages.extend(builder.push(page, &mut count));
    }
    passages.extend(builder.finish(&mut count));
    assert_eq!(passages.len(), 2);
    assert_eq!((passages[1].headings.as_slice(), passages[1].page_start), (&["Two".to_owned()][..], 2));
    for sentence in passages.iter().flat_map(|it| it.sentences.iter().map(move |sentence| (it, sentence))) {
        let (passage, sentence) = sentence;
        let span = sentence.spans[0];
        let page = &pages[span.page as usize - 1];
        let quote = &passage.text[sentence.start as usize..sentence.end as usize];
        assert_eq!(&page.text[span.start as usize..span.end as usize], quote);
    }
}
