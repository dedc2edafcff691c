use std::future::pending;
use std::io::{Error, Result};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// With the first sentence of each piece of evidence in the request, as a good model would.
    Quotes,
    /// With these pieces, one after the other, and a proper end.
    Says(Vec<String>),
    /// With the whole at once, although a stream was asked for.
    SaysAtOnce(String),
    /// With a status, headers and a body.
    Refuses(u16, String),
    /// Not at all; the connection stays open.
    Nothing,
    /// With these pieces, and then nothing more.
    FallsSilent(Vec<String>),
    /// With these pieces, and then the connection ends.
    BreaksOff(Vec<String>),
    /// With something that is no JSON behind these pieces.
    Garbles(Vec<String>),
    /// With this piece, for as long as somebody listens.
    NeverEnds(String),
    /// With every sentence of the evidence, again and again, a word in each of these times, for as long as somebody
    /// listens.
    Writes(Duration),
    /// With a page for people.
    Page,
    /// With an error in place of the next piece.
    Complains(String),
}

impl Reply {
    /// Pieces, from anything that is text.
    pub fn says<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Says(pieces.into_iter().map(str::to_owned).collect())
    }

    /// An error when the other side leaves before the end.
    pub(crate) async fn send(&self, stream: &mut TcpStream, request: &str) -> Result<()> {
        match self {
            Self::Quotes => {
                begin(stream).await?;
                pieces(stream, &quotes(request)).await?;
                end(stream).await
            }
            Self::Says(said) => {
                begin(stream).await?;
                pieces(stream, said).await?;
                end(stream).await
            }
            Self::SaysAtOnce(said) => {
                let body = json!({"choices": [{"message": {"content": said}, "finish_reason": "stop"}]}).to_string();
                write(stream, &response(200, "application/json", &body)).await
            }
            Self::Refuses(status, body) => {
                let kind = if body.starts_with('<') { "text/html" } else { "application/json" };
                write(stream, &response(*status, kind, body)).await
            }
            Self::Nothing => until_left(stream).await,
            Self::FallsSilent(said) => {
                begin(stream).await?;
                pieces(stream, said).await?;
                until_left(stream).await
            }
            Self::BreaksOff(said) => {
                begin(stream).await?;
                pieces(stream, said).await
            }
            Self::Garbles(said) => {
                begin(stream).await?;
                pieces(stream, said).await?;
                write(stream, "data: {\"choices\": [{]\n\n").await
            }
            Self::NeverEnds(said) => {
                begin(stream).await?;
                loop {
                    piece(stream, said).await?;
                    tokio::task::yield_now().await;
                }
            }
            Self::Writes(pace) => {
                begin(stream).await?;
                let said = sentences(request).concat();
                let mut clock = tokio::time::interval(*pace);
                for word in said.split_inclusive(' ').cycle() {
                    clock.tick().await;
                    piece(stream, word).await?;
                }
                end(stream).await
            }
            Self::Page => write(stream, &response(200, "text/html; charset=utf-8", "<html>Hello</html>")).await,
            Self::Complains(message) => {
                begin(stream).await?;
                write(stream, &format!("data: {}\n\n", json!({"error": {"message": message}}))).await
            }
        }
    }
}

/// A whole response.
pub(crate) fn response(status: u16, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} -\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

async fn begin(stream: &mut TcpStream) -> Result<()> {
    write(stream, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n").await
}

async fn pieces(stream: &mut TcpStream, said: &[String]) -> Result<()> {
    for said in said {
        piece(stream, said).await?;
    }
    Ok(())
}

async fn piece(stream: &mut TcpStream, said: &str) -> Result<()> {
    write(stream, &format!("data: {}\n\n", json!({"choices": [{"delta": {"content": said}}]}))).await
}

async fn end(stream: &mut TcpStream) -> Result<()> {
    let last = json!({"choices": [{"delta": {}, "finish_reason": "stop"}]});
    let usage = json!({"choices": [], "usage": {"prompt_tokens": 100, "completion_tokens": 20}});
    write(stream, &format!("data: {last}\n\ndata: {usage}\n\ndata: [DONE]\n\n")).await
}

async fn write(stream: &mut TcpStream, text: &str) -> Result<()> {
    stream.write_all(text.as_bytes()).await
}

/// Ends with an error as soon as the other side closes the connection.
async fn until_left(stream: &mut TcpStream) -> Result<()> {
    let mut byte = [0; 1];
    match stream.read(&mut byte).await {
        Ok(0) | Err(_) => Err(Error::other("left")),
        Ok(_) => pending().await,
    }
}

/// The first sentence of each numbered line of the evidence, or of the statements, with its number.
fn quotes(request: &str) -> Vec<String> {
    let first = |(number, text): (String, String)| {
        let end = text.find(". ").map_or(text.len(), |end| end + 1);
        Some(format!("{} [{number}] ", text.get(..end)?))
    };
    evidence(request).into_iter().filter_map(first).collect()
}

/// All of its sentences, each with its number.
fn sentences(request: &str) -> Vec<String> {
    let all = |(number, text): (String, String)| {
        text.split_inclusive(". ").map(|sentence| format!("{} [{number}] ", sentence.trim_end())).collect::<Vec<_>>()
    };
    evidence(request).into_iter().flat_map(all).collect()
}

/// The numbered lines of the evidence, or of the statements: the number, and the text without its place.
fn evidence(request: &str) -> Vec<(String, String)> {
    let request: Value = serde_json::from_str(request).unwrap_or_default();
    let messages = request["messages"].as_array().cloned().unwrap_or_default();
    let asked = messages.last().and_then(|message| message["content"].as_str()).unwrap_or_default();
    let evidence = ["Evidence:\n", "Statements:\n"].iter().find_map(|head| asked.split_once(head));
    let evidence = evidence.map_or("", |(_, evidence)| evidence);
    evidence
        .lines()
        .filter_map(|line| line.strip_prefix('[')?.split_once("] "))
        .map(|(number, text)| {
            let text = text.split_once(") ").map_or(text, |(_, text)| text);
            (number.to_owned(), text.to_owned())
        })
        .collect()
}
