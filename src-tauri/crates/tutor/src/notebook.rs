//! What a person marked and wrote, as Markdown.

use kernel::Citation;
use library::annotations::Annotation;

use crate::export::escaped;
use crate::prompt::one_line;

/// Highlights and notes as a Markdown document: a heading for each document, below it the words as a quote with their
/// place and colour, then the note. `annotations` come by document and in reading order.
///
/// What people wrote stays Markdown; the words of documents are escaped, so that they read as they stand on the page.
pub fn notebook(room: &str, annotations: &[Annotation]) -> String {
    let mut text = format!("# Highlights and notes: {}\n", escaped(&one_line(room)));
    let mut of: Option<&Citation> = None;
    for annotation in annotations {
        let citation = &annotation.citation;
        if of.is_none_or(|of| (of.document, &of.title) != (citation.document, &citation.title)) {
            text += &format!("\n## {}\n", escaped(&one_line(&citation.title)));
            of = Some(citation);
        }
        text += &format!("\n{}", quoted(citation));
        text += &format!("{}\n", place(annotation));
        if !annotation.note.is_empty() {
            text += &format!("\n{}\n", annotation.note);
        }
    }
    text
}

/// The words, a block of the page a paragraph.
fn quoted(citation: &Citation) -> String {
    let blocks: Vec<String> = citation
        .quote
        .lines()
        .map(one_line)
        .filter(|line| !line.is_empty())
        .map(|line| format!("> {}\n", escaped(&line)))
        .collect();
    if blocks.is_empty() { String::new() } else { blocks.join(">\n") + "\n" }
}

fn place(annotation: &Annotation) -> String {
    let Citation { page, label, locator, changed, quote, .. } = &annotation.citation;
    let place = escaped(&one_line(&kernel::place(*page, label.as_deref(), locator.as_ref())));
    let colour = if quote.is_empty() { String::new() } else { format!(", {}", annotation.colour.name()) };
    let changed = if *changed { " (an earlier edition)" } else { "" };
    format!("*{place}{colour}{changed}*")
}

#[cfg(test)]
mod tests {
    use kernel::{AnnotationId, DocumentId, RoomId, Timestamp};
    use library::annotations::Colour;

    use super::*;

    fn annotation(document: i64, quote: &str, note: &str) -> Annotation {
        Annotation {
            annotation: AnnotationId(1),
            room: RoomId(1),
            document: Some(DocumentId(document)),
            citation: Citation {
                document: DocumentId(document),
                title: format!("Book_{document}"),
                page: Some(12),
                label: Some("iv".into()),
                locator: None,
                quote: quote.into(),
                boxes: Vec::new(),
                changed: document > 1,
            },
            page: 12,
            start: 0,
            colour: Colour::Pink,
            note: note.into(),
            created: Timestamp(1),
            updated: Timestamp(1),
        }
    }

    #[test]
    fn words_of_documents_stay_text_and_those_of_people_stay_markdown() {
        let all = [
            annotation(1, "# Water\n> moves *fast*.", "- **Why?**"),
            annotation(1, "", "All of it."),
            annotation(2, "1. Salt", ""),
        ];
        assert_eq!(
            notebook("A # B", &all),
            "# Highlights and notes: A \\# B\n\n\
             ## Book\\_1\n\n> \\# Water\n>\n> \\> moves \\*fast\\*.\n\n*p. iv (page 12 of the file), pink*\n\n- **Why?**\n\n\
             *p. iv (page 12 of the file)*\n\nAll of it.\n\n\
             ## Book\\_2\n\n> 1\\. Salt\n\n*p. iv (page 12 of the file), pink (an earlier edition)*\n"
        );
    }
}
