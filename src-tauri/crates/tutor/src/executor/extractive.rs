//! The executor without a language model: it reads the numbered evidence out of the prompt, as a model would,
//! and says it sentence by sentence, each followed by its number.

use llm_chain::output::Output;
use llm_chain::output::StreamSegment;
use llm_chain::prompt::{ChatRole, Prompt};

use crate::prose::ends_whole;

/// It has no window of its own; more words than this are no question.
pub(super) const CONTEXT: u32 = 32_768;

/// Streams the evidence of `prompt`. A reader that has gone away ends it.
pub(super) fn execute(prompt: &Prompt) -> Output {
    let (sender, output) = Output::new_stream();
    let chat = prompt.to_chat();
    let user = chat.iter().rfind(|message| *message.role() == ChatRole::User);
    let said = user.map(|message| answer(message.body())).unwrap_or_default();
    // The channel has no bound, so that nothing waits here; whoever stops reading leaves the rest unread.
    for piece in said {
        if sender.send(StreamSegment::Content(piece)).is_err() {
            break;
        }
    }
    output
}

/// One piece of text for each line of evidence.
fn answer(user: &str) -> Vec<String> {
    let Some((_, evidence)) = user.split_once("\nEvidence:\n") else {
        return Vec::new();
    };
    evidence
        .lines()
        .filter_map(|line| line.strip_prefix('[')?.split_once("] "))
        .map(|(number, text)| format!("{} [{number}] ", sentence(text.trim())))
        .collect()
}

/// Headings and items of lists stand without a full stop on their page; in an answer they are sentences.
fn sentence(text: &str) -> String {
    match text.strip_suffix([':', '：']) {
        Some(leading) => leading.to_owned(),
        None if ends_whole(text) && !text.ends_with([';', '；']) => text.to_owned(),
        None => format!("{}.", text.trim_end_matches([',', ';', '、', '，', '；'])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_the_evidence_and_names_it() {
        let said = answer("Question: Why?\n\nEvidence:\n[1] Water boils.\n[2] the second state;\n[3] “Ice.”");
        assert_eq!(said, ["Water boils. [1] ", "the second state. [2] ", "“Ice.” [3] "]);
    }

    #[test]
    fn without_evidence_it_says_nothing() {
        assert!(answer("Question: Why?\n\nEvidence:\n").is_empty());
        assert!(answer("Question: [1] what?").is_empty());
    }
}
