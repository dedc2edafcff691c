//! Text on its way to the screen: each statement behind its proof, with what stands before it once there is one.

use kernel::Citation;
use tokio::time::Instant;

use crate::Error;
use crate::pacing::Pacer;
use crate::prose;
use crate::recording::Recording;

/// An overview as far as it has been told.
pub(super) struct Telling<'a> {
    recording: &'a mut Recording,
    pacer: Pacer,
    /// What stands before the next statement; none where it goes on from the one before.
    opening: Option<String>,
}

impl<'a> Telling<'a> {
    /// Goes on with a turn.
    pub(super) fn new(recording: &'a mut Recording) -> Self {
        Self { recording, pacer: Pacer::default(), opening: Some(String::new()) }
    }

    /// Puts `opening` before the next statement. Where none follows, it is not shown.
    pub(super) fn begin(&mut self, opening: String) {
        self.opening = Some(opening);
    }

    /// Whether nothing was said since the last beginning.
    pub(super) fn is_open(&self) -> bool {
        self.opening.is_some()
    }

    /// What is to stand before the next statement, for somebody else to say it.
    pub(super) fn take_opening(&mut self) -> Option<String> {
        self.opening.take().or_else(|| Some(" ".to_owned()))
    }

    /// Gives back an opening that nothing followed.
    pub(super) fn put_opening(&mut self, opening: Option<String>) {
        self.opening = opening;
    }

    /// The turn itself; what waits should be [shown](Self::flush) before somebody else shows anything.
    pub(super) fn recording(&mut self) -> &mut Recording {
        self.recording
    }

    /// Whether nothing was said at all.
    pub(super) fn is_silent(&self) -> bool {
        self.recording.is_silent() && self.pacer.is_empty()
    }

    /// Says a statement in the paragraph that is under way.
    pub(super) async fn say(&mut self, text: &str, citation: &Citation) -> Result<(), Error> {
        let before = self.opening.take().unwrap_or_else(|| " ".to_owned());
        self.push(&before, text, citation).await
    }

    /// Says a statement as the next item of a list.
    pub(super) async fn item(&mut self, text: &str, citation: &Citation) -> Result<(), Error> {
        let before = self.opening.take().unwrap_or_else(|| "\n".to_owned());
        self.push(&format!("{before}- "), text, citation).await
    }

    async fn push(&mut self, before: &str, text: &str, citation: &Citation) -> Result<(), Error> {
        let number = self.recording.cite(citation);
        // Where a link to a figure stood, its brackets may be left.
        let text = prose::unmarked(&text.replace(" ()", ""));
        match self.pacer.push(&format!("{before}{text} [{number}]"), Instant::now()) {
            Some(text) => self.recording.say(text).await,
            None => Ok(()),
        }
    }

    /// Shows what waits.
    pub(super) async fn flush(&mut self) -> Result<(), Error> {
        match self.pacer.take(Instant::now()) {
            Some(text) => self.recording.say(text).await,
            None => Ok(()),
        }
    }
}
