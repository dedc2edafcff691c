//! A model server with OpenAI's chat interface on a port of this machine, for tests: each request is answered as was
//! said beforehand, well or badly.

mod reply;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use reply::Reply;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct ModelServer {
    address: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    requests: Mutex<Vec<Value>>,
    heads: Mutex<Vec<String>>,
    /// How many requests were broken off by who made them.
    left: watch::Sender<u32>,
}

impl ModelServer {
    /// Starts one on a free port.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            replies: Mutex::default(),
            requests: Mutex::default(),
            heads: Mutex::default(),
            left: watch::channel(0).0,
        });
        let serving = tokio::spawn(serve(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, serving })
    }

    /// Its address, as a person would type it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers the next request like this; those for which nothing was said get [`Reply::Quotes`].
    pub fn then(&self, reply: Reply) {
        lock(&self.shared.replies).push_back(reply);
    }

    /// The bodies of the requests for an answer so far.
    pub fn requests(&self) -> Vec<Value> {
        lock(&self.shared.requests).clone()
    }

    /// The heads of the same, in lower case.
    pub fn heads(&self) -> Vec<String> {
        lock(&self.shared.heads).clone()
    }

    /// Waits until somebody has broken off a request that was being answered.
    pub async fn left(&self) {
        let mut left = self.shared.left.subscribe();
        let _ = left.wait_for(|left| *left > 0).await;
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, Arc::clone(&shared)));
    }
}

async fn answer(mut stream: TcpStream, shared: Arc<Shared>) {
    let Some((head, body)) = request(&mut stream).await else { return };
    if head.split(' ').nth(1).is_some_and(|path| path.ends_with("/models")) {
        let models = r#"{"object":"list","data":[{"id":"test-model","object":"model"}]}"#;
        let _ = stream.write_all(reply::response(200, "application/json", models).as_bytes()).await;
        return;
    }
    let reply = lock(&shared.replies).pop_front().unwrap_or(Reply::Quotes);
    let asked = serde_json::from_str(&body).unwrap_or_default();
    lock(&shared.requests).push(asked);
    lock(&shared.heads).push(head);
    if reply.send(&mut stream, &body).await.is_err() {
        shared.left.send_modify(|left| *left += 1);
    }
    let _ = stream.shutdown().await;
}

/// The head, in lower case, and the body of a request.
async fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut read = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        let length = stream.read(&mut buffer).await.ok().filter(|length| *length > 0)?;
        read.extend_from_slice(&buffer[..length]);
        let Some(head_end) = read.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&read[..head_end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
        let body = &read[head_end + 4..];
        if body.len() >= length {
            return Some((head, String::from_utf8_lossy(body).into_owned()));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
