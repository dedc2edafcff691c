//! What a language model is given for an answer, within the tokens that its context holds: instructions, what was said
//! before, passages by their rank, and room for the answer.

use library::passages::StoredPassage;

use crate::evidence::{Near, sentence_text};
use crate::executor::{Executor, ExecutorFault};
use crate::history::Told;
use crate::prompt::{Asked, Exchange, PromptFile, answer_parameters, numbered};

/// Tokens kept free for the answer, or a quarter of a small context.
const ANSWER: u32 = 800;
/// What a chat template adds to a message, at most.
const MESSAGE: u32 = 16;
/// Passages come before what was said earlier up to this share of the room, in parts of a hundred.
const PASSAGES: u32 = 60;

/// The context of one answer.
#[derive(Debug)]
pub(crate) struct Context {
    /// What was said before, the oldest first.
    pub(crate) before: Vec<Exchange>,
    /// The numbered passages: their places among those found.
    pub(crate) passages: Vec<usize>,
    /// The lines of the evidence, in the same order.
    pub(crate) evidence: Vec<String>,
    /// How many of the passages found had no room.
    pub(crate) left_out: u32,
    /// Most tokens of the answer.
    pub(crate) most: u32,
}

/// Puts together what fits. Never more than the executor's context holds, by its own count of tokens.
///
/// # Errors
/// [`ExecutorFault::ContextTooSmall`] when not even the question and one passage fit; the fault of an executor that
/// can't count.
pub(crate) async fn assemble(
    executor: &Executor,
    prompt: &PromptFile,
    asked: Asked<'_>,
    told: &[Told],
    near: &[Near],
) -> Result<Context, ExecutorFault> {
    let allowed = executor.context().await?;
    let most = ANSWER.min(allowed / 4);
    let bare = prompt.fill(&answer_parameters(asked, std::iter::empty())).unwrap_or_default();
    let fixed = executor.count(prompt.system()).await? + executor.count(&bare).await? + 2 * MESSAGE;
    let mut room = Room { left: allowed.saturating_sub(most + fixed) };

    let mut evidence = Vec::new();
    let mut costs = Vec::new();
    for near in near {
        let line = line(&near.passage);
        // Its number and the end of the line.
        costs.push(executor.count(&numbered(std::iter::once(line.as_str()))).await? + 4);
        evidence.push(line);
    }
    let first = costs.first().copied().unwrap_or_default();
    if !room.take(first) {
        return Err(ExecutorFault::ContextTooSmall { allowed, needed: fixed + first + most });
    }
    let mut passages: Vec<usize> = (0..near.len().min(1)).collect();
    let for_passages = (allowed - most - fixed) / 100 * PASSAGES;
    let mut spent = first;
    for (at, cost) in costs.iter().enumerate().skip(1) {
        if spent + cost <= for_passages && room.take(*cost) {
            spent += cost;
            passages.push(at);
        }
    }
    let before = before(executor, told, &mut room).await?;
    for (at, cost) in costs.iter().enumerate().skip(1) {
        if !passages.contains(&at) && room.take(*cost) {
            passages.push(at);
        }
    }
    passages.sort_unstable();
    let left_out = u32::try_from(near.len() - passages.len()).unwrap_or(u32::MAX);
    let evidence = passages.iter().filter_map(|at| evidence.get(*at).cloned()).collect();
    Ok(Context { before, passages, evidence, left_out, most })
}

/// What was said before, the latest first as long as there is room, each turn whole or else in short.
async fn before(executor: &Executor, told: &[Told], room: &mut Room) -> Result<Vec<Exchange>, ExecutorFault> {
    let mut before = Vec::new();
    for turn in told.iter().rev() {
        let mut fits = None;
        for exchange in [&turn.whole, &turn.short] {
            let cost = executor.count(&exchange.user).await? + executor.count(&exchange.assistant).await? + 2 * MESSAGE;
            if room.take(cost) {
                fits = Some(exchange.clone());
                break;
            }
        }
        let Some(exchange) = fits else { break };
        before.push(exchange);
    }
    before.reverse();
    Ok(before)
}

/// Tokens that are left.
struct Room {
    left: u32,
}

impl Room {
    fn take(&mut self, tokens: u32) -> bool {
        let fits = tokens <= self.left;
        if fits {
            self.left -= tokens;
        }
        fits
    }
}

/// A passage with where it stands, as a line of the evidence.
fn line(passage: &StoredPassage) -> String {
    let place = std::iter::once(passage.title.as_str()).chain(passage.headings.iter().map(String::as_str));
    let place: Vec<&str> = place.filter(|part| !part.is_empty()).collect();
    let sentences: Vec<&str> = (0..passage.sentences.len()).map(|at| sentence_text(passage, at)).collect();
    let text = if sentences.is_empty() { passage.text.clone() } else { sentences.join(" ") };
    format!("({}) {text}", place.join(" › "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evidence::tests::near;
    use crate::executor::{Address, Backend, Key, Limits, Server};
    use crate::prompt::{Prompts, Words};

    fn executor(context: u32) -> Executor {
        let address = Address::parse("localhost:1").unwrap();
        Executor::new(Backend::Server(Server::new(address, "m".into(), Key::none(), context, Limits::default())))
    }

    fn passages(count: i64) -> Vec<Near> {
        (0..count)
            .map(|number| near(number, &["Water"], &["Water boils at a hundred degrees. ".repeat(8).trim()]))
            .collect()
    }

    fn turns(count: usize) -> Vec<Told> {
        let turn = |number: usize| Told {
            whole: Exchange { user: format!("{number} {}", "evidence ".repeat(100)), assistant: "Heat. [1]".into() },
            short: Exchange { user: format!("{number} Why?"), assistant: "Heat.".into() },
        };
        (0..count).map(turn).collect()
    }

    async fn context(tokens: u32, told: &[Told], near: &[Near]) -> Result<Context, ExecutorFault> {
        let prompts = Prompts::read().unwrap();
        assemble(&executor(tokens), &prompts.answer, ("Why does water boil?", "").into(), told, near).await
    }

    /// What is really sent.
    async fn size(executor: &Executor, context: &Context) -> u32 {
        let prompts = Prompts::read().unwrap();
        let parameters =
            answer_parameters(("Why does water boil?", "").into(), context.evidence.iter().map(String::as_str));
        let prompt = prompts.answer.step(&context.before, 1, Words::Likeliest).format(&parameters).unwrap().to_chat();
        let mut sum = 0;
        for message in prompt.iter() {
            sum += executor.count(message.body()).await.unwrap();
        }
        sum
    }

    #[tokio::test]
    async fn whatever_there_is_it_fits_with_room_for_the_answer() {
        let (told, near) = (turns(20), passages(20));
        for tokens in [1024, 2048, 4096, 8192, 100_000] {
            let context = context(tokens, &told, &near).await.unwrap();
            let sent = size(&executor(tokens), &context).await;
            assert!(sent + context.most <= tokens, "{sent} and {} in {tokens}", context.most);
            assert!(!context.passages.is_empty());
            assert_eq!(context.passages.len() + context.left_out as usize, near.len());
        }
    }

    #[tokio::test]
    async fn the_latest_turns_stay_and_the_first_passages() {
        let context = context(2048, &turns(20), &passages(20)).await.unwrap();
        assert_eq!(context.passages[0], 0);
        assert!(context.before.last().unwrap().user.starts_with("19 "));
        assert!(context.before.len() < 20 && context.left_out > 0);
    }

    #[tokio::test]
    async fn what_can_not_fit_is_said_with_its_numbers() {
        let long = [near(1, &[], &["word ".repeat(4000).trim()])];
        let fault = context(1024, &[], &long).await.unwrap_err();
        assert!(matches!(fault, ExecutorFault::ContextTooSmall { allowed: 1024, needed } if needed > 1024), "{fault}");
    }
}
