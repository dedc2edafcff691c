//! Follow-ups made to stand alone by a language model, where the rules of `conversation` may not see what is meant.

use std::collections::HashSet;

use llm_chain::Parameters;

use crate::executor::{Executor, ExecutorFault};
use crate::prompt::{Exchange, PromptFile, Words, one_line};
use crate::{conversation, listening, words};

/// How many turns a follow-up can lean on.
const TURNS: usize = 4;
/// A question of so many tokens is none.
const MOST: u32 = 120;
/// No rewritten question is longer, in characters.
const LONGEST: usize = 400;

/// Whether a question may lean on the conversation.
pub(crate) fn leans(question: &str) -> bool {
    conversation::has_pronoun(question) || words::stems(question).len() < 3
}

/// `question` as it would be asked alone; `None` when the model gives none that can be trusted.
///
/// # Errors
/// The executor's.
pub(crate) async fn standalone(
    executor: &Executor,
    prompt: &PromptFile,
    question: &str,
    earlier: &[Exchange],
) -> Result<Option<String>, ExecutorFault> {
    let earlier = &earlier[earlier.len().saturating_sub(TURNS)..];
    let lines: Vec<String> = earlier
        .iter()
        .map(|turn| format!("Student: {}\nTutor: {}", one_line(&turn.user), one_line(&turn.assistant)))
        .collect();
    let parameters = Parameters::new().with("conversation", lines.join("\n")).with("question", one_line(question));
    let said = listening::whole(executor, &prompt.step(&[], MOST, Words::Likeliest), &parameters).await?;
    Ok(accepted(&said, question, earlier))
}

/// The line that was said, if it keeps what was asked and has no word that nobody has used.
fn accepted(said: &str, question: &str, earlier: &[Exchange]) -> Option<String> {
    let said = said.rsplit("</think>").next()?.trim().trim_matches(['"', '“', '”']);
    if said.lines().count() != 1 || said.chars().count() > LONGEST {
        return None;
    }
    let mut known: HashSet<String> = words::stems(question);
    let asked = known.clone();
    for turn in earlier {
        known.extend(words::stems(&turn.user));
        known.extend(words::stems(&turn.assistant));
    }
    let new = words::stems(said);
    let kept = asked.iter().filter(|stem| new.contains(*stem)).count();
    let keeps = 2 * kept >= asked.len();
    (keeps && !new.is_empty() && new.is_subset(&known)).then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier() -> Vec<Exchange> {
        vec![Exchange {
            user: "Who studied the conditioning of dogs?".into(),
            assistant: "Pavlov studied how dogs salivate.".into(),
        }]
    }

    #[test]
    fn what_the_conversation_names_may_take_the_place_of_a_pronoun() {
        let said = "When did Pavlov study the conditioning of dogs?";
        assert_eq!(accepted(said, "When did he do that?", &earlier()).as_deref(), Some(said));
        assert_eq!(
            accepted("\"Why did dogs salivate?\"\n", "Why?", &earlier()).as_deref(),
            Some("Why did dogs salivate?")
        );
    }

    #[test]
    fn inventions_answers_and_chatter_are_not_trusted() {
        for said in [
            "When did Skinner study pigeons?",
            "Pavlov.\nHe did it in 1897.",
            "",
            "When did dogs?\n\nI hope that helps!",
        ] {
            assert_eq!(accepted(said, "When did he publish it?", &earlier()), None, "{said}");
        }
    }

    #[test]
    fn questions_that_say_enough_do_not_lean() {
        assert!(leans("Why did he?") && leans("And the causes?"));
        assert!(!leans("What is the function of the liver in digestion?"));
    }
}
