//! A model server with OpenAI's chat interface: Ollama, LM Studio, llama-server, or one far away.

mod address;
mod key;
mod look;
mod wire;

use std::time::Duration;

use library::conversations::Tokens;
use llm_chain::options::Options;
use llm_chain::output::{Output, StreamSegment};
use llm_chain::prompt::Prompt;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, header};
use tokio::sync::mpsc::UnboundedSender;

pub use address::Address;
pub use key::Key;
pub use look::{FoundServer, look, models_of};
use wire::{Chunk, Completion, Events, ResponseFormat, StreamOptions, Usage};

use super::breaker::Breaker;
use super::fault::ExecutorFault;
use super::limits::{Limits, Stopwatch};
use super::meter::Meter;
use super::retry::with_retries;
use super::settings::{most_tokens, temperature};

/// To reach a server at all.
const CONNECT: Duration = Duration::from_secs(5);
/// An answer of more bytes than this is no answer.
const LONGEST_ANSWER: usize = 1 << 20;
/// Nobody reads more of a complaint, in bytes.
const LONGEST_COMPLAINT: usize = 8 << 10;

/// One model of one server.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    address: Address,
    /// The model's name, as the server has it.
    pub(crate) model: String,
    key: Key,
    /// Tokens that its context holds.
    pub(crate) context: u32,
    limits: Limits,
    client: Client,
    pub(crate) breaker: Breaker,
}

impl Server {
    /// A model at `address`. Nothing is connected to before something is asked.
    pub(crate) fn new(address: Address, model: String, key: Key, context: u32, limits: Limits) -> Self {
        Self { client: client(&address), address, model, key, context, limits, breaker: Breaker::default() }
    }

    /// Whether what is asked leaves this machine.
    pub(crate) fn is_remote(&self) -> bool {
        !self.address.is_local()
    }

    /// Streams the model's answer to `prompt`. Whoever drops the stream ends the request at once, and with it, on the
    /// servers that notice, the work.
    pub(crate) fn execute(
        &self,
        options: &Options,
        prompt: &Prompt,
        schema: Option<&'static str>,
        meter: Meter,
    ) -> Output {
        let (sender, output) = Output::new_stream();
        let (server, completion) = (self.clone(), self.completion(options, prompt, schema));
        tokio::spawn(async move {
            let leave = match server.breaker.leave() {
                Ok(leave) => leave,
                Err(fault) => return drop(sender.send(StreamSegment::Err(fault.into()))),
            };
            let answered = tokio::select! {
                () = sender.closed() => return,
                answered = server.answer(&completion, &sender, &meter) => answered,
            };
            if let Err(fault) = leave.record(answered) {
                let _ = sender.send(StreamSegment::Err(fault.into()));
            }
        });
        output
    }

    fn completion(&self, options: &Options, prompt: &Prompt, schema: Option<&'static str>) -> String {
        let completion = Completion {
            model: &self.model,
            messages: wire::messages(prompt),
            stream: true,
            stream_options: StreamOptions { include_usage: true },
            max_tokens: most_tokens(options),
            temperature: temperature(options),
            response_format: schema.and_then(ResponseFormat::of),
        };
        serde_json::to_string(&completion).unwrap_or_default()
    }

    async fn answer(
        &self,
        completion: &str,
        sender: &UnboundedSender<StreamSegment>,
        meter: &Meter,
    ) -> Result<(), ExecutorFault> {
        let mut watch = Stopwatch::start(self.limits);
        let response = watch.wait(with_retries(|| self.request(completion))).await??;
        let mut reading = Reading::default();
        let read = self.read(response, &mut watch, &mut reading, sender).await;
        meter.add(reading.used());
        read
    }

    async fn request(&self, completion: &str) -> Result<Response, ExecutorFault> {
        let mut request = self.client.post(self.address.call("chat/completions"));
        if let Some(key) = self.key.get().await {
            request = request.bearer_auth(key);
        }
        let request = request.header(header::CONTENT_TYPE, "application/json").body(completion.to_owned());
        let response = request.send().await.map_err(|error| self.broken(&error))?;
        match response.status() {
            StatusCode::OK => Ok(response),
            _ => Err(self.refused(response).await),
        }
    }

    async fn read(
        &self,
        mut response: Response,
        watch: &mut Stopwatch,
        reading: &mut Reading,
        sender: &UnboundedSender<StreamSegment>,
    ) -> Result<(), ExecutorFault> {
        let address = || self.address.to_string();
        if is_a_page(&response) {
            return Err(ExecutorFault::NotAServer { address: address() });
        }
        let mut events = Events::default();
        let mut bytes = 0;
        loop {
            let came = watch.wait(response.chunk()).await?.map_err(|error| self.broken(&error))?;
            let Some(came) = came else { break };
            bytes += came.len();
            if bytes > LONGEST_ANSWER * 8 || reading.length > LONGEST_ANSWER {
                return Err(ExecutorFault::Garbled { address: address() });
            }
            let whole = events.push(&came).map_err(|_| ExecutorFault::Garbled { address: address() })?;
            for data in whole {
                if data == "[DONE]" {
                    return Ok(());
                }
                let chunk = serde_json::from_str(&data).map_err(|_| ExecutorFault::Garbled { address: address() })?;
                self.take(chunk, watch, reading, sender)?;
            }
        }
        // A server that does not stream sends the whole answer as one object.
        if let (0, Ok(chunk)) = (reading.length, serde_json::from_slice::<Chunk>(events.rest())) {
            self.take(chunk, watch, reading, sender)?;
        }
        if reading.ended { Ok(()) } else { Err(ExecutorFault::BrokenOff { address: address() }) }
    }

    fn take(
        &self,
        mut chunk: Chunk,
        watch: &mut Stopwatch,
        reading: &mut Reading,
        sender: &UnboundedSender<StreamSegment>,
    ) -> Result<(), ExecutorFault> {
        if let Some(message) = chunk.error() {
            return Err(ExecutorFault::Refused { address: self.address.to_string(), status: 200, message });
        }
        reading.ended |= chunk.ends();
        reading.usage = chunk.usage.or(reading.usage);
        if let Some(text) = chunk.text() {
            watch.lap();
            reading.length += text.len();
            reading.pieces += 1;
            // Nobody reads any more: the task is about to end.
            let _ = sender.send(StreamSegment::Content(text));
        }
        Ok(())
    }

    async fn refused(&self, response: Response) -> ExecutorFault {
        let address = self.address.to_string();
        let status = response.status();
        if is_a_page(&response) {
            return ExecutorFault::NotAServer { address };
        }
        let wait = response.headers().get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.parse().ok());
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ExecutorFault::KeyRefused { address },
            StatusCode::TOO_MANY_REQUESTS => ExecutorFault::Overloaded { address, wait: wait.map(Duration::from_secs) },
            _ => {
                let body = body(response, LONGEST_COMPLAINT).await;
                ExecutorFault::Refused { address, status: status.as_u16(), message: wire::message_of(&body) }
            }
        }
    }

    fn broken(&self, error: &reqwest::Error) -> ExecutorFault {
        tracing::info!(%error, "a model server could not be used");
        let address = self.address.to_string();
        if error.is_connect() || error.is_timeout() {
            ExecutorFault::Unreachable { address }
        } else {
            ExecutorFault::BrokenOff { address }
        }
    }
}

/// What has been read of an answer.
#[derive(Debug, Default)]
struct Reading {
    length: usize,
    pieces: u32,
    usage: Option<Usage>,
    ended: bool,
}

impl Reading {
    /// As the server counts, or, of what it wrote, as the pieces were sent: nearly all servers send a token at a time.
    fn used(&self) -> Tokens {
        match self.usage {
            Some(usage) => Tokens {
                prompt: usage.prompt_tokens,
                reused: usage.prompt_tokens_details.unwrap_or_default().cached_tokens,
                generated: usage.completion_tokens,
            },
            None => Tokens { generated: self.pieces, ..Tokens::default() },
        }
    }
}

/// A client that goes nowhere else than it is told, and to this machine without anybody in between.
fn client(address: &Address) -> Client {
    let mut client = Client::builder().redirect(Policy::none()).connect_timeout(CONNECT);
    if address.is_local() {
        client = client.no_proxy();
    }
    client.build().unwrap_or_default()
}

fn is_a_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html"))
}

/// The text of a response, or at least this many bytes of it.
async fn body(mut response: Response, most: usize) -> String {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > most {
            break;
        }
    }
    String::from_utf8_lossy(&body).into_owned()
}
