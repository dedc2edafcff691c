mod snippet;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use kernel::{Code, DocumentId, Locator, PageBox, PassageId, RoomId};
use library::locators::Locators;
use library::passages::StoredPassage;
use library::{Connection, pages};
use reader::{Page, Span};
use retrieval::{Explanation, Hit, Hits, Kind, Question, Scope};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;
use tauri::ipc::Channel;

use super::formulas::{self, Formula};
use crate::app::App;
use crate::fault::Fault;
use crate::searches::Search;
use crate::state::{Shell, blocking};
pub(crate) use snippet::SnippetPart;

/// More hits than anybody looks through.
const MOST: u32 = 100;

/// A place in a document that fits a query.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct SearchHit {
    /// The passage.
    pub passage: PassageId,
    /// Its document.
    pub document: DocumentId,
    /// The document's title.
    pub title: String,
    /// First physical page, from 1.
    pub page_start: u32,
    /// Last physical page.
    pub page_end: u32,
    /// Printed label of the first page.
    pub label: Option<String>,
    /// Where the snippet begins within the document.
    pub locator: Option<Locator>,
    /// Whether the format has pages; else they are its chapters, slides, sections or sheets.
    pub has_pages: bool,
    /// Where in the document: chapter, section, …
    pub headings: Vec<String>,
    /// The sentences that fit best, with the query's words marked.
    pub snippet: Vec<SnippetPart>,
    /// Where the snippet stands on the page, one box a line.
    pub quote_boxes: Vec<PageBox>,
    /// The formulas in the snippet, to be shown as they are printed.
    pub formulas: Vec<Formula>,
    /// How well it fits.
    pub score: f32,
    /// Why it is here.
    pub explanation: Explanation,
}

/// What is looked for, and where.
#[derive(Clone, Debug, Deserialize, Type)]
pub(crate) struct SearchRequest {
    /// The room.
    pub room: RoomId,
    /// Only these documents of it; all of them when there are none.
    pub documents: Vec<DocumentId>,
    /// Only this section, as a place in the table of contents, counted from 0; needs one document.
    pub section: Option<u32>,
    /// Only what holds one of these; everything when there are none.
    pub kinds: Vec<Kind>,
    /// Words, names or a whole question.
    pub query: String,
    /// Somebody is still at the last word, which may go on.
    pub typing: bool,
    /// How many places.
    pub limit: u32,
}

/// What a search found.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct SearchHits {
    /// Best first.
    pub hits: Vec<SearchHit>,
    /// Whether there are more than were asked for.
    pub more: bool,
    /// Why the search could not use all it has, if so; for people.
    pub degraded: Option<String>,
    /// How long it took.
    pub elapsed_ms: u32,
}

/// Finds places in a room's documents, or in a part of them. What somebody is still typing is found twice: what the
/// words alone find goes through the channel, the whole comes back. Another search ends this one, with the code
/// `cancelled`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(
    shell: State<'_, Shell>,
    request: SearchRequest,
    channel: Channel<SearchHits>,
) -> Result<SearchHits, Fault> {
    let search = shell.searches.begin();
    let app = shell.app().await?;
    blocking(move || found(&app, search, &request, channel)).await
}

fn found(
    app: &Arc<App>,
    search: Search,
    request: &SearchRequest,
    channel: Channel<SearchHits>,
) -> Result<SearchHits, Fault> {
    let began = Instant::now();
    let scope = request.scope()?;
    let limit = request.limit.clamp(1, MOST) as usize;
    // One more tells whether there are more.
    let asked = limit + 1;
    let parts = Arc::clone(app);
    let by_words = move |hits| {
        tauri::async_runtime::spawn_blocking(move || {
            // The whole answer comes in any case; nobody may be there any more to hear this one.
            if let Ok(hits) = shown(&parts, hits, limit, began) {
                let _ = channel.send(hits);
            }
        });
    };
    let hits = app.runtime().block_on(search.unless_superseded(async {
        Ok(match request.typing {
            true => app.retrieval.search_as_typed(&scope, &request.query, asked, by_words).await?,
            false => app.retrieval.search(&scope, &request.query, asked).await?,
        })
    }))?;
    shown(app, hits, limit, began)
}

impl SearchRequest {
    fn scope(&self) -> Result<Scope, Fault> {
        let scope = Scope::room(self.room).documents(self.documents.clone()).kinds(self.kinds.clone());
        match (self.section, &self.documents[..]) {
            (None, _) => Ok(scope),
            (Some(entry), [document]) => Ok(scope.section(*document, entry)),
            (Some(_), _) => {
                Err(Fault::new(Code::Invalid, "A section is one of a single document. Choose the document first."))
            }
        }
    }
}

/// The first `limit` of what was found, as the window shows it.
fn shown(app: &App, found: Hits, limit: usize, began: Instant) -> Result<SearchHits, Fault> {
    let more = found.hits.len() > limit;
    let hits = app.library.read(|connection| {
        let mut pages = Pages::new(connection);
        let hits = found.hits.into_iter().take(limit);
        hits.map(|hit| shown_hit(hit, &found.question, &mut pages)).collect::<Result<_, _>>()
    })?;
    let elapsed_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
    Ok(SearchHits { hits, more, degraded: found.degraded, elapsed_ms })
}

fn shown_hit(hit: Hit, question: &Question, pages: &mut Pages<'_>) -> Result<SearchHit, library::Error> {
    let explanation = hit.explain(question);
    let Hit { passage, score, .. } = hit;
    let StoredPassage { text, sentences, .. } = &passage;
    let chosen = &sentences[snippet::best(text, sentences, question)];
    let quote = match chosen {
        [first, .., last] => text.get(first.start as usize..last.end as usize),
        [only] => text.get(only.start as usize..only.end as usize),
        [] => None,
    };
    let snippet = snippet::parts(quote.unwrap_or(text), question);
    let mut quote_boxes = Vec::new();
    for span in chosen.iter().flat_map(|sentence| &sentence.spans) {
        quote_boxes.extend(pages.boxes(passage.document, span)?);
    }
    let formulas = pages.formulas(passage.document, &quote_boxes)?;
    let first = chosen.first().and_then(|sentence| sentence.spans.first());
    let place = first.map(|span| pages.locators.on(passage.document, span.page, span.start)).transpose()?.flatten();
    Ok(SearchHit {
        locator: place.map(|place| place.locator),
        has_pages: pages.locators.has_pages(passage.document)?,
        passage: passage.passage,
        document: passage.document,
        title: passage.title,
        page_start: passage.page_start,
        page_end: passage.page_end,
        label: passage.label_start,
        headings: passage.headings,
        snippet,
        quote_boxes,
        formulas,
        score,
        explanation,
    })
}

/// The pages that the hits of one search stand on, each read once.
struct Pages<'a> {
    connection: &'a Connection,
    read: HashMap<(DocumentId, u32), Page>,
    locators: Locators<'a>,
}

impl<'a> Pages<'a> {
    fn new(connection: &'a Connection) -> Self {
        Self { connection, read: HashMap::new(), locators: Locators::new(connection) }
    }

    fn boxes(&mut self, document: DocumentId, span: &Span) -> Result<Vec<PageBox>, library::Error> {
        let key = (document, span.page);
        if !self.read.contains_key(&key) {
            self.read.insert(key, pages::get(self.connection, document, span.page)?);
        }
        Ok(self.read.get(&key).map(|page| page.boxes(span.start, span.end)).unwrap_or_default())
    }

    /// The formulas that boxes lie on which [`Self::boxes`] gave.
    fn formulas(&self, document: DocumentId, boxes: &[PageBox]) -> Result<Vec<Formula>, library::Error> {
        let mut found = Vec::new();
        for own in boxes.chunk_by(|a, b| a.page == b.page) {
            if let Some(page) = own.first().and_then(|it| self.read.get(&(document, it.page))) {
                found.extend(formulas::on(self.connection, document, page, own)?);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use kernel::{LibraryFolder, Rect, SystemClock};
    use library::documents::{self, NewDocument};
    use library::{Library, passages, rooms};
    use reader::{BlockKind, PageStatus, Passage, Sentence, Word};
    use retrieval::Evidence;

    use super::*;

    const TEXT: &str = "Sleep is rest. Dreams come in sleep.";

    /// A page with a word a line, each a tenth of the page high.
    fn page() -> Page {
        let words = retrieval::words(TEXT).zip(0_u8..).map(|((place, _), line)| Word {
            start: place.start as u32,
            end: place.end as u32,
            rect: Rect { x0: 0.1, x1: 0.5, y0: f32::from(line) / 10.0, y1: f32::from(line) / 10.0 + 0.08 },
        });
        Page {
            label: Some("iv".into()),
            status: PageStatus::Text,
            text: TEXT.into(),
            words: words.collect(),
            ..Page::unreadable(1)
        }
    }

    fn passage() -> Passage {
        let sentence = |start, end| Sentence { start, end, spans: vec![Span { page: 1, start, end }] };
        Passage {
            ordinal: 0,
            headings: vec!["Sleep".into()],
            kind: BlockKind::Paragraph,
            kinds: vec![BlockKind::Paragraph],
            text: TEXT.into(),
            sentences: vec![sentence(0, 14), sentence(15, 36)],
            page_start: 1,
            page_end: 1,
            tokens: 9,
        }
    }

    #[test]
    fn a_hit_shows_the_sentence_that_fits_and_where_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::open(LibraryFolder::new(folder.path()), Arc::new(SystemClock)).unwrap();
        let now = library.now();
        let ids = library.write(|tx| {
            let room = rooms::create(tx, "Sleep", now)?.room;
            let new = NewDocument {
                room,
                title: "On sleep".into(),
                file_name: "sleep.pdf".into(),
                source: None,
                hash: "ab".into(),
                format: "pdf".into(),
                bytes: 1,
                replaces: None,
            };
            let document = documents::add(tx, &new, now)?.document;
            pages::insert(tx, document, &page())?;
            passages::insert(tx, document, &[passage()])
        });
        let ids = ids.unwrap();
        let hit = library.read(|connection| {
            let stored = passages::get(connection, &ids)?.remove(0);
            let mut pages = Pages::new(connection);
            let hit = Hit {
                passage: stored,
                score: 1.0,
                keyword_rank: Some(0),
                similarity: None,
                evidence: Evidence::default(),
                repeats: 0.0,
                joined: ids.clone(),
                copies: Vec::new(),
            };
            shown_hit(hit, &Question::new("what are dreams?"), &mut pages)
        });
        let hit = hit.unwrap();
        assert_eq!(hit.label.as_deref(), Some("iv"));
        assert_eq!((hit.has_pages, hit.locator.map(|it| (it.number, it.part))), (true, Some((1, 1))));
        let text: String = hit.snippet.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(text, "Dreams come in sleep.");
        assert!(hit.snippet[0].marked && hit.snippet[0].text == "Dreams");
        assert_eq!((hit.explanation.keyword_rank, &hit.explanation.has[..]), (Some(1), &["dreams".to_owned()][..]));
        // The second sentence's four words, from the fourth line on.
        assert_eq!(hit.quote_boxes.len(), 4);
        assert!((hit.quote_boxes[0].rect.y0 - 0.3).abs() < 1e-3);
    }
}
