//! Documents for tests, as small as their formats allow.
#![allow(clippy::unwrap_used, missing_docs, reason = "a broken maker is a broken test")]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What a document says, the same in every format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Heading(u8, String),
    Paragraph(String),
    Item(String),
    Table(Vec<Vec<String>>),
}

impl Part {
    /// The words that a reader should find, in order.
    pub fn words(&self) -> Vec<String> {
        let texts: Vec<&String> = match self {
            Self::Heading(_, text) | Self::Paragraph(text) | Self::Item(text) => vec![text],
            Self::Table(rows) => rows.iter().flatten().collect(),
        };
        texts.iter().flat_map(|it| it.split_whitespace()).map(str::to_owned).collect()
    }
}

pub fn heading(level: u8, text: &str) -> Part {
    Part::Heading(level, text.into())
}

pub fn paragraph(text: &str) -> Part {
    Part::Paragraph(text.into())
}

pub fn item(text: &str) -> Part {
    Part::Item(text.into())
}

pub fn table(rows: &[&[&str]]) -> Part {
    Part::Table(rows.iter().map(|row| row.iter().map(|it| (*it).to_owned()).collect()).collect())
}

/// An archive of these parts; the first one is stored as it is when it is called "mimetype".
pub fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn relations(of: &[(&str, &str, &str)]) -> String {
    let all: String = of
        .iter()
        .map(|(id, kind, target)| {
            format!("<Relationship Id='{id}' Type='http://x/relationships/{kind}' Target='{target}'/>")
        })
        .collect();
    format!("<Relationships>{all}</Relationships>")
}

fn core(title: &str) -> String {
    format!("<cp:coreProperties><dc:title>{}</dc:title></cp:coreProperties>", escaped(title))
}

/// The tags of a web page's body.
pub fn html_body(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Heading(level, text) => format!("<h{level}>{}</h{level}>\n", escaped(text)),
            Part::Paragraph(text) => format!("<p>{}</p>\n", escaped(text)),
            Part::Item(text) => format!("<ul><li>{}</li></ul>\n", escaped(text)),
            Part::Table(rows) => {
                let row = |row: &Vec<String>| -> String {
                    let cells: String = row.iter().map(|it| format!("<td>{}</td>", escaped(it))).collect();
                    format!("<tr>{cells}</tr>")
                };
                format!("<table>{}</table>\n", rows.iter().map(row).collect::<String>())
            }
        })
        .collect()
}

pub fn html(title: &str, parts: &[Part]) -> Vec<u8> {
    format!(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>{}</title></head><body>{}</body></html>",
        escaped(title),
        html_body(parts)
    )
    .into_bytes()
}

/// A book of chapters, each with its name in the list of contents.
pub fn epub(title: &str, chapters: &[(&str, Vec<Part>)]) -> Vec<u8> {
    let mut parts = vec![
        ("mimetype".to_owned(), "application/epub+zip".to_owned()),
        (
            "META-INF/container.xml".into(),
            "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>".into(),
        ),
    ];
    let mut items = String::new();
    let mut spine = String::new();
    let mut nav = String::new();
    for (number, (name, body)) in (1..).zip(chapters) {
        items += &format!("<item id='c{number}' href='text/c%20{number}.xhtml' media-type='application/xhtml+xml'/>");
        spine += &format!("<itemref idref='c{number}'/>");
        nav += &format!("<li><a href='text/c%20{number}.xhtml#top'>{}</a></li>", escaped(name));
        let page = format!(
            "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head>\
             <body>{}</body></html>",
            html_body(body)
        );
        parts.push((format!("OEBPS/text/c {number}.xhtml"), page));
    }
    parts.push((
        "OEBPS/nav.xhtml".into(),
        format!("<html xmlns:epub='e'><nav epub:type='toc'><ol>{nav}</ol></nav></html>"),
    ));
    parts.push((
        "OEBPS/book.opf".into(),
        format!(
            "<package><metadata><dc:title>{}</dc:title></metadata><manifest><item id='nav' href='nav.xhtml' \
             properties='nav' media-type='application/xhtml+xml'/>{items}</manifest><spine>{spine}</spine></package>",
            escaped(title)
        ),
    ));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    archive(&parts)
}

/// A book of one chapter with this body, without a list of contents.
pub fn epub_of(body: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", "application/epub+zip".into()),
        ("META-INF/container.xml", "<container><rootfile full-path='book.opf'/></container>".into()),
        (
            "book.opf",
            "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine>\
             <itemref idref='a'/></spine></package>"
                .into(),
        ),
        ("a.xhtml", format!("<html xmlns:epub='e'><head><title/></head><body>{body}</body></html>")),
    ])
}

pub fn docx_paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

pub fn docx_body(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Heading(level, text) => docx_paragraph(&format!("<w:pStyle w:val='berschrift{level}'/>"), text),
            Part::Paragraph(text) => docx_paragraph("", text),
            Part::Item(text) => docx_paragraph("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", text),
            Part::Table(rows) => {
                let row = |row: &Vec<String>| -> String {
                    let cells: String =
                        row.iter().map(|it| format!("<w:tc>{}</w:tc>", docx_paragraph("", it))).collect();
                    format!("<w:tr>{cells}</w:tr>")
                };
                format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
            }
        })
        .collect()
}

pub fn docx(title: &str, parts: &[Part]) -> Vec<u8> {
    docx_of(title, &docx_body(parts))
}

/// A text with this body, with styles of a German program, numbered lists and two footnotes.
pub fn docx_of(title: &str, body: &str) -> Vec<u8> {
    let styles: String = (1..=6)
        .map(|it| format!("<w:style w:styleId='berschrift{it}'><w:name w:val='heading {it}'/></w:style>"))
        .collect();
    archive(&[
        ("[Content_Types].xml", "<Types/>".into()),
        ("_rels/.rels", relations(&[("rId1", "officeDocument", "word/document.xml")])),
        ("docProps/core.xml", core(title)),
        (
            "word/_rels/document.xml.rels",
            relations(&[("r1", "styles", "styles.xml"), ("r2", "numbering", "numbering.xml"), ("r3", "footnotes", "footnotes.xml")]),
        ),
        ("word/styles.xml", format!("<w:styles>{styles}</w:styles>")),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText \
             w:val='%1)'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
                .into(),
        ),
        (
            "word/footnotes.xml",
            "<w:footnotes><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='1'><w:p><w:r><w:t>\
             The first note.</w:t></w:r></w:p></w:footnote></w:footnotes>"
                .into(),
        ),
        ("word/document.xml", format!("<?xml version='1.0'?><w:document><w:body>{body}</w:body></w:document>")),
    ])
}

/// Slides of a title, text and notes.
pub fn pptx(title: &str, slides: &[(&str, Vec<Part>, &str)]) -> Vec<u8> {
    let text = |text: &str| format!("<a:p><a:r><a:t>{}</a:t></a:r></a:p>", escaped(text));
    let shape = |kind: &str, body: &str| {
        format!("<p:sp><p:nvSpPr><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:txBody>{body}</p:txBody></p:sp>")
    };
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relations(&[("rId1", "officeDocument", "ppt/presentation.xml")])),
        ("docProps/core.xml".into(), core(title)),
    ];
    let mut ids = String::new();
    let mut targets = Vec::new();
    for (number, (title, body, notes)) in (1..).zip(slides) {
        ids += &format!("<p:sldId id='{}' r:id='s{number}'/>", 255 + number);
        targets.push((format!("s{number}"), format!("slides/slide{number}.xml")));
        let shapes: String = body
            .iter()
            .map(|part| match part {
                Part::Heading(_, it) | Part::Paragraph(it) | Part::Item(it) => shape("", &text(it)),
                Part::Table(rows) => {
                    let row = |row: &Vec<String>| -> String {
                        let cells: String =
                            row.iter().map(|it| format!("<a:tc><a:txBody>{}</a:txBody></a:tc>", text(it))).collect();
                        format!("<a:tr>{cells}</a:tr>")
                    };
                    format!(
                        "<p:graphicFrame><a:tbl>{}</a:tbl></p:graphicFrame>",
                        rows.iter().map(row).collect::<String>()
                    )
                }
            })
            .collect();
        let title = if title.is_empty() { String::new() } else { shape("<p:ph type='title'/>", &text(title)) };
        parts.push((
            format!("ppt/slides/slide{number}.xml"),
            format!("<p:sld><p:cSld><p:spTree>{shapes}{title}</p:spTree></p:cSld></p:sld>"),
        ));
        if !notes.is_empty() {
            let own = [("n1", "notesSlide", format!("../notesSlides/notes{number}.xml"))];
            let own: Vec<(&str, &str, &str)> = own.iter().map(|(id, kind, to)| (*id, *kind, to.as_str())).collect();
            parts.push((format!("ppt/slides/_rels/slide{number}.xml.rels"), relations(&own)));
            let body =
                shape("<p:ph type='sldNum'/>", &text("12")) + &shape("<p:ph type='body' idx='1'/>", &text(notes));
            parts.push((
                format!("ppt/notesSlides/notes{number}.xml"),
                format!("<p:notes><p:spTree>{body}</p:spTree></p:notes>"),
            ));
        }
    }
    let targets: Vec<(&str, &str, &str)> = targets.iter().map(|(id, to)| (id.as_str(), "slide", to.as_str())).collect();
    parts.push(("ppt/_rels/presentation.xml.rels".into(), relations(&targets)));
    parts.push((
        "ppt/presentation.xml".into(),
        format!("<p:presentation><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"),
    ));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    archive(&parts)
}

/// One slide with one shape of these paragraphs.
pub fn pptx_of(paragraphs: &str) -> Vec<u8> {
    archive(&[
        ("_rels/.rels", relations(&[("rId1", "officeDocument", "ppt/presentation.xml")])),
        (
            "ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId r:id='s1'/></p:sldIdLst></p:presentation>".into(),
        ),
        ("ppt/_rels/presentation.xml.rels", relations(&[("s1", "slide", "slides/slide1.xml")])),
        (
            "ppt/slides/slide1.xml",
            format!("<p:sld><p:spTree><p:sp><p:txBody>{paragraphs}</p:txBody></p:sp></p:spTree></p:sld>"),
        ),
    ])
}

pub fn odt(title: &str, parts: &[Part]) -> Vec<u8> {
    let body: String = parts
        .iter()
        .map(|part| match part {
            Part::Heading(level, it) => format!("<text:h text:outline-level='{level}'>{}</text:h>", escaped(it)),
            Part::Paragraph(it) => format!("<text:p>{}</text:p>", escaped(it)),
            Part::Item(it) => format!(
                "<text:list text:style-name='L1'><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
                escaped(it)
            ),
            Part::Table(rows) => {
                let row = |row: &Vec<String>| -> String {
                    let cells: String = row
                        .iter()
                        .map(|it| format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", escaped(it)))
                        .collect();
                    format!("<table:table-row>{cells}</table:table-row>")
                };
                format!("<table:table>{}</table:table>", rows.iter().map(row).collect::<String>())
            }
        })
        .collect();
    odt_of(title, &body)
}

pub fn odt_of(title: &str, body: &str) -> Vec<u8> {
    odt_styled(title, "", body)
}

/// A text with this body and these styles beside its own.
pub fn odt_styled(title: &str, styles: &str, body: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text".into()),
        (
            "meta.xml",
            format!(
                "<office:document-meta><office:meta><dc:title>{}</dc:title></office:meta></office:document-meta>",
                escaped(title)
            ),
        ),
        (
            "content.xml",
            format!(
                "<office:document-content><office:automatic-styles><text:list-style style:name='L1'>\
                 <text:list-level-style-bullet text:level='1' text:bullet-char='•'/></text:list-style>\
                 <style:style style:name='P1' style:family='paragraph' style:parent-style-name='Preformatted_20_Text'/>\
                 {styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
        ),
    ])
}

/// A workbook of sheets; cells that are numbers are stored as numbers.
pub fn xlsx(title: &str, sheets: &[(&str, Vec<Vec<String>>)]) -> Vec<u8> {
    let mut strings = String::new();
    let mut known = 0;
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relations(&[("rId1", "officeDocument", "xl/workbook.xml")])),
        ("docProps/core.xml".into(), core(title)),
    ];
    let mut list = String::new();
    let mut targets = vec![("st".to_owned(), "sharedStrings", "sharedStrings.xml".to_owned())];
    for (number, (name, rows)) in (1..).zip(sheets) {
        list += &format!("<sheet name=\"{}\" sheetId='{number}' r:id='r{number}'/>", escaped(name));
        targets.push((format!("r{number}"), "worksheet", format!("worksheets/sheet{number}.xml")));
        let mut body = String::new();
        for row in rows {
            body += "<row>";
            for cell in row {
                if cell.parse::<f64>().is_ok() {
                    body += &format!("<c><v>{cell}</v></c>");
                } else {
                    body += &format!("<c t='s'><v>{known}</v></c>");
                    strings += &format!("<si><t>{}</t></si>", escaped(cell));
                    known += 1;
                }
            }
            body += "</row>";
        }
        parts.push((
            format!("xl/worksheets/sheet{number}.xml"),
            format!("<worksheet><sheetData>{body}</sheetData></worksheet>"),
        ));
    }
    let targets: Vec<(&str, &str, &str)> =
        targets.iter().map(|(id, kind, to)| (id.as_str(), *kind, to.as_str())).collect();
    parts.push(("xl/_rels/workbook.xml.rels".into(), relations(&targets)));
    parts.push(("xl/sharedStrings.xml".into(), format!("<sst>{strings}</sst>")));
    parts.push(("xl/workbook.xml".into(), format!("<workbook><sheets>{list}</sheets></workbook>")));
    let parts: Vec<(&str, String)> = parts.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    archive(&parts)
}
