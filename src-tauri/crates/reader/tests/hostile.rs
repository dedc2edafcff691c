//! Files that are broken by chance or on purpose: nothing breaks the reading process, and honest text comes out whole.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod child;

use std::time::Duration;

use document_maker::office::{self as maker, Part};
use kernel::Cancel;
use proptest::prelude::*;
use reader::{Error, Limits, Page, PageStatus, Worker};
use tempfile::TempDir;

fn worker() -> Worker {
    let limits = Limits { open: Duration::from_secs(20), page: Duration::from_secs(20), memory_bytes: 256 << 20 };
    Worker { limits, ..child::without_pdfium() }
}

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Page>, Error> {
    let folder = TempDir::new().unwrap();
    let pages = child::read(&worker(), &child::file(&folder, name, bytes))?;
    for page in &pages {
        let parts: Vec<&str> = page.blocks.iter().map(|it| &page.text[it.start as usize..it.end as usize]).collect();
        assert_eq!(parts.join("\n"), page.text);
    }
    Ok(pages)
}

/// What a broken file may end with: a reason that names it, never a crash, a stall or a swollen process.
fn orderly(name: &str, bytes: &[u8]) {
    match read(name, bytes) {
        Ok(_) => {}
        Err(error @ (Error::Crashed(_) | Error::TimeLimit { .. } | Error::MemoryLimit(_))) => panic!("{name}: {error}"),
        Err(error) => assert!(error.to_string().contains(name), "{error}"),
    }
}

const ENDINGS: [&str; 11] = ["epub", "docx", "pptx", "odt", "xlsx", "html", "md", "txt", "csv", "png", "bin"];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,9}",
        1 => "[äöüßéñçøłžđ€–“”’]{1,5}",
        1 => "[א-ת]{1,6}",
        1 => "[一-龥]{1,6}",
        1 => "[<>&;'a-z]{2,6}x",
        1 => "\\PC{1,3}".prop_map(|it| it.chars().filter(|it| is_plain(*it)).chain(['x']).collect()),
    ]
}

/// Letters that a reader keeps wherever they stand, and that no format takes for a mark of its own.
fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '<' | '>' | '&' | ';' | '“' | '”' | '€')
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..30).prop_map(|it| format!("w{}.", it.join(" ")))
}

fn part() -> impl Strategy<Value = Part> {
    let cell = || prop::collection::vec(word(), 1..4).prop_map(|it| format!("c{}", it.join(" ")));
    prop_oneof![
        2 => (1_u8..=6, sentence()).prop_map(|(level, text)| Part::Heading(level, text)),
        5 => sentence().prop_map(Part::Paragraph),
        2 => sentence().prop_map(Part::Item),
        1 => prop::collection::vec(prop::collection::vec(cell(), 2..4), 1..5).prop_map(Part::Table),
    ]
}

/// The words that came out, without the marks of lists and the bars between cells.
fn words(pages: &[Page]) -> Vec<String> {
    let marks =
        |it: &&str| *it != "|" && *it != "•" && it.strip_suffix(')').is_none_or(|it| it.parse::<u32>().is_err());
    pages.iter().flat_map(|it| it.text.split_whitespace()).filter(marks).map(str::to_owned).collect()
}

/// A document of one kind, made of the same parts as the others.
fn made(kind: usize, parts: &[Part]) -> (&'static str, Vec<u8>) {
    match kind {
        0 => ("a.docx", maker::docx("T", parts)),
        1 => ("a.odt", maker::odt("T", parts)),
        2 => ("a.html", maker::html("T", parts)),
        _ => ("a.epub", maker::epub("T", &[("", parts.to_vec())])),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_that_goes_in_comes_out(parts in prop::collection::vec(part(), 0..60)) {
        let wanted: Vec<String> = parts.iter().flat_map(Part::words).collect();
        for kind in 0..4 {
            let (name, bytes) = made(kind, &parts);
            let pages = read(name, &bytes).unwrap();
            prop_assert_eq!(words(&pages), wanted.clone(), "{}", name);
        }
    }

    #[test]
    fn plain_text_that_goes_in_comes_out(
        paragraphs in prop::collection::vec(sentence(), 1..200),
        crlf in any::<bool>(),
        encoding in 0..3_usize,
    ) {
        let wanted: Vec<String> = paragraphs.iter().flat_map(|it| it.split_whitespace()).map(str::to_owned).collect();
        let text = paragraphs.join(if crlf { "\r\n\r\n" } else { "\n\n" });
        let bytes: Vec<u8> = match encoding {
            0 => text.into_bytes(),
            1 => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            _ => format!("\u{feff}{text}").into_bytes(),
        };
        prop_assert_eq!(words(&read("a.txt", &bytes).unwrap()), wanted);
    }

    #[test]
    fn random_bytes_end_in_order(
        start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"PK\x03\x04word/document.xml", b"<html>", b"<?xml", b"\xFF\xFE", b"# "]),
        bytes in prop::collection::vec(any::<u8>(), 0..4000),
        ending in prop::sample::select(ENDINGS.to_vec()),
    ) {
        orderly(&format!("a.{ending}"), &[start, &bytes].concat());
    }

    #[test]
    fn random_markup_ends_in_order(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "<ul>", "<li>", "</ul>", "<ol start=-9>", "<math>", "</math>",
            "<mfrac>", "<a href=x>", "</a>", "<sup>", "</sup>", "<pre>", "</pre>", "<form>", "</form>", "<nav>", "</nav>",
            "<div hidden>", "</div>", "<svg/>", "<br>", "<br>", "<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#xD800;", "&",
            "<h1>", "</h1>", "text", "\u{0}", "ä", "<script>", "</script>", "<title>", "</title>", "<main>", "</main>", "\n",
        ]), 0..300),
        ending in prop::sample::select(vec!["html", "md", "txt"]),
    ) {
        orderly(&format!("a.{ending}"), pieces.concat().as_bytes());
        let book = maker::archive(&[
            ("mimetype", "application/epub+zip".into()),
            ("a.opf", "<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>".into()),
            ("a.xhtml", pieces.concat()),
        ]);
        orderly("a.epub", &book);
    }

    #[test]
    fn mutated_archives_end_in_order(
        parts in prop::collection::vec(part(), 1..10),
        kind in 0..6_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (name, mut bytes) = match kind {
            4 => ("a.pptx", maker::pptx("T", &[("One", parts, "Notes"), ("Two", Vec::new(), "")])),
            5 => ("a.xlsx", maker::xlsx("T", &[("S", vec![vec!["a".into(), "1".into()]; 20])])),
            _ => made(kind, &parts),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        orderly(name, &bytes);
    }

    #[test]
    fn mutated_xml_ends_in_order(
        parts in prop::collection::vec(part(), 1..10),
        office in any::<bool>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[<>/&;=\"'a-z:\\[\\]!?-]"), 1..12),
    ) {
        let body = if office { maker::docx_body(&parts) } else { maker::html_body(&parts) };
        let mut letters: Vec<char> = body.chars().collect();
        for (at, letter) in changes {
            let at = at.index(letters.len());
            letters[at] = letter.chars().next().unwrap_or('<');
        }
        let body: String = letters.into_iter().collect();
        let (name, bytes) =
            if office { ("a.docx", maker::docx_of("T", &body)) } else { ("a.odt", maker::odt_of("T", &body)) };
        orderly(name, &bytes);
    }
}

#[test]
fn a_large_text_needs_little_memory() {
    let folder = TempDir::new().unwrap();
    let mut worker = worker();
    worker.limits.memory_bytes = 96 << 20;
    let line = "Words that stand in a line of some length, over and over again, as in a log.\n";
    for (name, text) in [
        ("lines.txt", line.repeat(400_000)),
        ("paragraphs.md", format!("# Title\n\n{line}\n").repeat(200_000)),
        ("one.html", format!("<p>{}", line.repeat(400_000))),
        ("rows.csv", "a,b,c,d,e,f,g\n".repeat(1_000_000)),
    ] {
        let source = child::file(&folder, name, text.as_bytes());
        let reading = worker.read(&source, 1, &Cancel::new()).unwrap();
        let mut bytes = 0;
        for page in reading {
            let page = page.unwrap();
            assert!(page.status == PageStatus::Text && page.text.len() < 20_000, "{name}: {}", page.text.len());
            bytes += page.text.len();
        }
        assert!(bytes * 10 > text.len() * 8, "{name}: {bytes} of {}", text.len());
    }
}
