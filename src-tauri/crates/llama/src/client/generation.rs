use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::{Stream, StreamExt};
use tokio::sync::mpsc::UnboundedReceiver;

use super::handle::Shared;
use crate::Error;
use crate::protocol::{Answer, Finished};

/// What happens while a text is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// So many tokens of the prompt are read, those in the cache included, of so many.
    Read {
        /// Read so far.
        done: u32,
        /// All of the prompt.
        total: u32,
    },
    /// The next piece of the text, whole characters.
    Piece(String),
    /// The text is finished; nothing follows.
    Finished(Finished),
}

/// A text on its way: a stream that ends behind [`Event::Finished`] or an error. Dropping it cancels the work.
#[must_use = "the text is cancelled when this is dropped"]
pub struct Generation {
    id: u64,
    answers: UnboundedReceiver<Result<Answer, Error>>,
    shared: Arc<Shared>,
    over: bool,
}

impl Generation {
    pub(super) fn new(id: u64, answers: UnboundedReceiver<Result<Answer, Error>>, shared: Arc<Shared>) -> Self {
        Self { id, answers, shared, over: false }
    }

    /// Asks for the work to stop; the stream then ends with [`crate::Reason::Cancelled`], if it isn't ending anyway.
    pub fn cancel(&self) {
        self.shared.cancel(self.id);
    }

    /// Waits for the whole text.
    ///
    /// # Errors
    /// Whatever ends the stream.
    pub async fn finish(mut self) -> Result<(String, Finished), Error> {
        let mut text = String::new();
        while let Some(event) = self.next().await {
            match event? {
                Event::Read { .. } => {}
                Event::Piece(piece) => text.push_str(&piece),
                Event::Finished(finished) => return Ok((text, finished)),
            }
        }
        Err(Error::Stopped)
    }
}

impl Stream for Generation {
    type Item = Result<Event, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.over {
            return Poll::Ready(None);
        }
        let Poll::Ready(answer) = self.answers.poll_recv(context) else {
            return Poll::Pending;
        };
        let file = &self.shared.file;
        let event = match answer.unwrap_or(Err(Error::Stopped)) {
            Ok(Answer::Read(done, total)) => Ok(Event::Read { done, total }),
            Ok(Answer::Piece(piece)) => Ok(Event::Piece(piece)),
            Ok(Answer::Finished(finished)) => Ok(Event::Finished(finished)),
            Ok(Answer::Failed(failure)) => Err(failure.about(file, "")),
            Ok(_) => Err(Error::Failed { file: file.clone(), detail: "it gave an answer to something else".into() }),
            Err(error) => Err(error),
        };
        self.over = matches!(event, Ok(Event::Finished(_)) | Err(_));
        Poll::Ready(Some(event))
    }
}

impl Drop for Generation {
    fn drop(&mut self) {
        if !self.over {
            self.cancel();
        }
    }
}
