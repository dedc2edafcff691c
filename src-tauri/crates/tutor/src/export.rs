//! A conversation as Markdown, with its proof as footnotes.

use kernel::Citation;
use library::conversations::{Conversation, Mode, Turn, TurnState};

use crate::prompt::one_line;

/// The turns of a conversation as a Markdown document: each question a heading, its answer with a footnote for each
/// marker, the footnote with title, page and the exact words.
///
/// What a model wrote stays Markdown; what people and documents wrote is escaped, so that it reads as it was.
pub fn markdown(conversation: &Conversation, turns: &[Turn]) -> String {
    let mut text = format!("# {}\n", escaped(&conversation.title));
    for turn in turns {
        text += &format!("\n## {}{}\n\n", escaped(&one_line(&turn.question)), mode(turn.mode));
        let answer = as_markdown(turn);
        if !answer.is_empty() {
            text += &with_footnotes(&answer, turn);
            text.push('\n');
        }
        match turn.state {
            TurnState::Complete => {}
            TurnState::Stopped | TurnState::Streaming => text += "\n*Stopped.*\n",
            TurnState::Failed => text += "\n*This answer could not be finished.*\n",
        }
        if !turn.citations.is_empty() {
            text.push('\n');
        }
        for (number, citation) in (1..).zip(&turn.citations) {
            text += &format!("[^{}-{number}]: {}\n", turn.ordinal, proof(citation));
        }
    }
    text
}

/// The answer's text as Markdown: what a model wrote as it is, what quotes documents escaped.
fn as_markdown(turn: &Turn) -> String {
    let written = turn.provenance.as_ref().map_or(0, |provenance| provenance.written as usize);
    let end = turn.answer.char_indices().nth(written).map_or(turn.answer.len(), |(at, _)| at);
    let (written, quoted) = turn.answer.split_at(end);
    written.to_owned() + &escaped_lines(quoted, turn.mode == Mode::Guide)
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Plain | Mode::Summary | Mode::Guide => "",
        Mode::Simply => " (explained simply)",
        Mode::Steps => " (step by step)",
        Mode::Example => " (with an example)",
        Mode::Compare => " (compared)",
        Mode::Quiz => " (questions)",
    }
}

fn proof(citation: &Citation) -> String {
    let place = kernel::place(citation.page, citation.label.as_deref(), citation.locator.as_ref());
    let changed = if citation.changed { " (an earlier edition)" } else { "" };
    let quote = escaped(&one_line(&citation.quote));
    format!("*{}*, {place}{changed}: \u{201c}{quote}\u{201d}", escaped(&one_line(&citation.title)))
}

/// The answer with its markers as footnotes, but for brackets in program text.
fn with_footnotes(answer: &str, turn: &Turn) -> String {
    let mut text = String::with_capacity(answer.len());
    let mut in_code = false;
    for line in answer.lines() {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        if in_code || is_fence {
            text += line;
        } else {
            footnotes(line, turn, &mut text);
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

fn footnotes(line: &str, turn: &Turn, text: &mut String) {
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        text.push_str(before);
        let number = from.find(']').and_then(|end| Some((end, from[1..end].parse::<usize>().ok()?)));
        match number.filter(|(_, number)| (1..=turn.citations.len()).contains(number)) {
            Some((end, number)) => {
                // A footnote stands at the word that it belongs to.
                text.truncate(text.trim_end_matches(' ').len());
                text.push_str(&format!("[^{}-{number}]", turn.ordinal));
                rest = &from[end + 1..];
            }
            None => {
                text.push('[');
                rest = &from[1..];
            }
        }
    }
    text.push_str(rest);
}

/// Lines of quotes, in which the only Markdown is that of the lists that the answer is put into.
fn escaped_lines(text: &str, headings: bool) -> String {
    let line = |line: &str| match (line.strip_prefix("- "), line.strip_prefix("## ").filter(|_| headings)) {
        (Some(item), _) => format!("- {}", escaped_but_markers(item)),
        // Below that of the question.
        (_, Some(heading)) => format!("### {}", escaped_but_markers(heading)),
        _ => escaped_but_markers(line),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Escaped, but for markers such as [3].
fn escaped_but_markers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        out += &escaped(before);
        let end = from.find(']').filter(|end| *end > 1 && from[1..*end].bytes().all(|byte| byte.is_ascii_digit()));
        let end = end.map_or(1, |end| end + 1);
        out += &if end == 1 { "\\[".to_owned() } else { from[..end].to_owned() };
        rest = &from[end..];
    }
    out + &escaped(rest)
}

/// Text in which nothing is Markdown (CommonMark, 2.4: any punctuation may be escaped).
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at_start = true;
    for (at, letter) in text.char_indices() {
        let opens_a_list = at_start && matches!(letter, '-' | '+' | '=' | '>');
        let ends_a_number = matches!(letter, '.' | ')') && text[..at].bytes().all(|b| b.is_ascii_digit()) && at > 0;
        if opens_a_list
            || ends_a_number
            || matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '|' | '$' | '~' | '&')
        {
            out.push('\\');
        }
        out.push(letter);
        at_start = at_start && letter.is_whitespace();
    }
    out
}

#[cfg(test)]
mod tests {
    use kernel::{ConversationId, DocumentId, RoomId, Timestamp, TurnId};
    use library::conversations::Provenance;

    use super::*;

    fn turn(answer: &str, written: usize) -> Turn {
        let citation = Citation {
            document: DocumentId(1),
            title: "Cells_2e".into(),
            page: Some(12),
            label: Some("4".into()),
            locator: None,
            quote: "Water\nmoves *fast*.".into(),
            boxes: Vec::new(),
            changed: false,
        };
        Turn {
            turn: TurnId(1),
            conversation: ConversationId::from_bits(1),
            parent: None,
            ordinal: 3,
            versions: vec![TurnId(1)],
            question: "Is 2 * 3 = 6?".into(),
            standalone_question: None,
            mode: Mode::Simply,
            subject: None,
            about: None,
            answer: answer.into(),
            state: TurnState::Complete,
            answered: true,
            executor: "extractive".into(),
            citations: vec![citation],
            further: Vec::new(),
            degraded: None,
            created: Timestamp(1),
            elapsed_ms: None,
            provenance: Some(Provenance { written: u32::try_from(written).unwrap_or(0), ..Provenance::default() }),
        }
    }

    fn exported(turn: Turn) -> String {
        let conversation = Conversation {
            conversation: turn.conversation,
            room: RoomId(1),
            title: "Water".into(),
            created: Timestamp(1),
            updated: Timestamp(1),
            turns: 1,
        };
        markdown(&conversation, &[turn])
    }

    #[test]
    fn a_quote_reads_as_it_stands_on_its_page_and_has_its_proof() {
        assert_eq!(
            exported(turn("Water moves *fast*. [1]\n- # 1 of [x] [1]", 0)),
            "# Water\n\n## Is 2 \\* 3 = 6? (explained simply)\n\nWater moves \\*fast\\*.[^3-1]\n- \\# 1 of \\[x\\][^3-1]\n\n\
             [^3-1]: *Cells\\_2e*, p. 4 (page 12 of the file): \u{201c}Water moves \\*fast\\*.\u{201d}\n"
        );
    }

    #[test]
    fn what_a_model_wrote_stays_markdown_and_code_keeps_its_brackets() {
        let answer = "**Water** moves [1].\n\n```\na[1]\n```\nSee [7].";
        let text = exported(turn(answer, answer.len()));
        assert!(text.contains("**Water** moves[^3-1].\n\n```\na[1]\n```\nSee [7].\n"), "{text}");
    }

    #[test]
    fn what_was_quoted_behind_a_model_that_failed_is_no_markdown_and_guides_have_headings() {
        let text = exported(turn("**Wé** move. [1] 2 * 3. [1]", 12));
        assert!(text.contains("**Wé** move.[^3-1] 2 \\* 3.[^3-1]"), "{text}");
        let guide = Turn { mode: Mode::Guide, ..turn("## Cells\n\nThey divide. [1]", 0) };
        assert!(exported(guide).contains("\n### Cells\n\n"), "a heading below that of the question");
    }

    #[test]
    fn nothing_that_was_quoted_becomes_a_list_or_a_link() {
        for (text, expected) in [
            ("1. One", "1\\. One"),
            ("- x", "\\- x"),
            ("<b>&amp;", "\\<b>\\&amp;"),
            ("> x", "\\> x"),
            ("a-b 1.5", "a-b 1.5"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
