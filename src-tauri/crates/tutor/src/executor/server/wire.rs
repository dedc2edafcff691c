//! What is said to and by an OpenAI-compatible server: `POST /chat/completions` with `stream`, `GET /models`.

use llm_chain::prompt::{ChatRole, Prompt};
use serde::{Deserialize, Serialize};

/// A request for an answer.
#[derive(Debug, Serialize)]
pub(super) struct Completion<'a> {
    pub(super) model: &'a str,
    pub(super) messages: Vec<Message>,
    pub(super) stream: bool,
    pub(super) stream_options: StreamOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) temperature: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) response_format: Option<ResponseFormat>,
}

/// What the answer has to look like.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename = "json_schema")]
pub(super) struct ResponseFormat {
    json_schema: NamedSchema,
}

#[derive(Debug, Serialize)]
struct NamedSchema {
    name: &'static str,
    strict: bool,
    schema: serde_json::Value,
}

impl ResponseFormat {
    /// JSON that follows a schema; none where that is no JSON itself.
    pub(super) fn of(schema: &str) -> Option<Self> {
        let schema = serde_json::from_str(schema).ok()?;
        Some(Self { json_schema: NamedSchema { name: "answer", strict: true, schema } })
    }
}

/// Asks for the tokens used, which comes with the last chunk.
#[derive(Debug, Serialize)]
pub(super) struct StreamOptions {
    pub(super) include_usage: bool,
}

/// One message of the conversation.
#[derive(Debug, Serialize)]
pub(super) struct Message {
    role: &'static str,
    content: String,
}

/// The messages of a prompt.
pub(super) fn messages(prompt: &Prompt) -> Vec<Message> {
    let role = |role: &ChatRole| match role {
        ChatRole::System => "system",
        ChatRole::Assistant => "assistant",
        ChatRole::User | ChatRole::Other(_) => "user",
    };
    let chat = prompt.to_chat();
    chat.iter().map(|message| Message { role: role(message.role()), content: message.body().clone() }).collect()
}

/// A piece of a streamed answer, or the whole of one that was not streamed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chunk {
    #[serde(default)]
    pub(super) choices: Vec<Choice>,
    #[serde(default)]
    pub(super) usage: Option<Usage>,
    #[serde(default)]
    pub(super) error: Option<serde_json::Value>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Choice {
    #[serde(default)]
    delta: Option<Content>,
    #[serde(default)]
    message: Option<Content>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Content {
    #[serde(default)]
    content: Option<String>,
}

/// Tokens, as the server counts them.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct Usage {
    #[serde(default)]
    pub(super) prompt_tokens: u32,
    #[serde(default)]
    pub(super) completion_tokens: u32,
    #[serde(default)]
    pub(super) prompt_tokens_details: Option<PromptTokens>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(super) struct PromptTokens {
    #[serde(default)]
    pub(super) cached_tokens: u32,
}

impl Chunk {
    /// Its text, if any.
    pub(super) fn text(&mut self) -> Option<String> {
        let choice = self.choices.first_mut()?;
        let content = choice.delta.take().or_else(|| choice.message.take())?;
        content.content.filter(|text| !text.is_empty())
    }

    /// Whether the answer ends with it.
    pub(super) fn ends(&self) -> bool {
        self.choices.iter().any(|choice| choice.finish_reason.is_some())
    }

    /// What a server says instead of an answer, on one line.
    pub(super) fn error(&self) -> Option<String> {
        self.error.as_ref().map(error_text)
    }
}

/// The text of an error body: `{"error": {"message": …}}`, `{"error": …}`, or nothing that can be read.
pub(super) fn message_of(body: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(body).ok();
    value.as_ref().and_then(|value| value.get("error")).map(error_text).unwrap_or_default()
}

fn error_text(error: &serde_json::Value) -> String {
    let text = error.get("message").unwrap_or(error);
    let text = text.as_str().map_or_else(|| text.to_string(), str::to_owned);
    crate::prompt::one_line(&text).chars().take(LONGEST_MESSAGE).collect()
}

/// A message for people is no longer than this, in characters.
const LONGEST_MESSAGE: usize = 200;

/// The models of a server.
#[derive(Debug, Deserialize)]
pub(super) struct Models {
    pub(super) data: Vec<Named>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
}

/// Server-sent events, taken apart as they come (WHATWG HTML, "Server-sent events"): the data of each event.
#[derive(Debug, Default)]
pub(super) struct Events {
    pending: Vec<u8>,
}

/// A longer line is no piece of an answer.
const LONGEST_LINE: usize = 1 << 20;

/// A line that never ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Events {
    /// Takes the next bytes; gives the data of the events that are whole. Each of these servers sends an event's data on
    /// one line.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLong> {
        self.pending.extend_from_slice(bytes);
        let mut whole = Vec::new();
        while let Some(end) = self.pending.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.pending.drain(..=end).collect();
            let line = String::from_utf8_lossy(&line);
            if let Some(data) = line.trim_end().strip_prefix("data:") {
                whole.push(data.trim_start().to_owned());
            }
        }
        if self.pending.len() > LONGEST_LINE { Err(TooLong) } else { Ok(whole) }
    }

    /// What came and is no whole line.
    pub(super) fn rest(&self) -> &[u8] {
        &self.pending
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn events_are_the_same_however_the_bytes_are_cut() {
        let sent = "event: x\ndata: {\"a\":\"é\"}\r\n\r\n: a comment\ndata:[DONE]\n".as_bytes();
        for cut in 0..sent.len() {
            let mut events = Events::default();
            let mut got = events.push(&sent[..cut]).unwrap();
            got.extend(events.push(&sent[cut..]).unwrap());
            assert_eq!(got, ["{\"a\":\"é\"}", "[DONE]"], "cut at {cut}");
        }
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut events = Events::default();
        assert_eq!(events.push(&vec![b'x'; LONGEST_LINE + 1]), Err(TooLong));
    }

    #[test]
    fn what_a_server_complains_of_is_read_in_its_usual_forms() {
        assert_eq!(message_of(r#"{"error":{"message":"no such\nmodel"}}"#), "no such model");
        assert_eq!(message_of(r#"{"error":"model not found"}"#), "model not found");
        assert_eq!(message_of("<html>"), "");
    }
}
