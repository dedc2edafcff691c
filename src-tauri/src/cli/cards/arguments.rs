//! What can be typed behind `cards`, and behind `export`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use kernel::{CardId, Date, DocumentId};
use library::cards::{CardState, NoteKind, Order, Rating};

/// How far ahead of UTC the person's clock is, when it isn't what the system says.
#[derive(Args, Clone, Copy, Debug)]
pub(in super::super) struct Clock {
    /// Minutes that your clock is ahead of UTC: the day of study is told by it [default: as the system says]
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true,
        value_parser = clap::value_parser!(i32).range(-1_440..=1_440))]
    pub(in super::super) utc_offset: Option<i32>,
}

#[derive(Debug, Subcommand)]
pub(in super::super) enum Cards {
    /// List cards with what they ask and how well they are known
    List(List),
    /// What is to be done today, in order
    Due {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
        /// How many cards to print; all are counted
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: u32,
        #[command(flatten)]
        clock: Clock,
    },
    /// Show a card with both sides, and when each answer would bring it back
    Show {
        /// Its number
        card: CardId,
        #[command(flatten)]
        clock: Clock,
    },
    /// Answer a card, or many; an answer that was printed is never lost
    Review(Review),
    /// Take back what was done last: an answer, a day that was set, or that a card was forgotten
    Undo {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
    },
    /// Write a new note
    Add {
        /// The room, made if there is none of that name
        #[arg(long, value_name = "NAME")]
        room: String,
        #[command(flatten)]
        text: Text,
    },
    /// Write the note of a card anew; what isn't given stays
    Edit {
        /// The card
        card: CardId,
        #[command(flatten)]
        text: Text,
    },
    /// Remove the note of a card with all its cards and answers
    Remove {
        /// The card
        card: CardId,
    },
    /// Leave cards out until they are taken back in
    Suspend {
        /// The cards
        #[arg(required = true, value_name = "CARD")]
        cards: Vec<CardId>,
    },
    /// Take cards back in
    Unsuspend {
        /// The cards
        #[arg(required = true, value_name = "CARD")]
        cards: Vec<CardId>,
    },
    /// Leave cards out until tomorrow
    Bury {
        /// The cards
        #[arg(required = true, value_name = "CARD")]
        cards: Vec<CardId>,
        #[command(flatten)]
        clock: Clock,
    },
    /// Have a card come on a day, or be new again
    #[group(id = "when", required = true, multiple = false)]
    Reschedule {
        /// The card
        card: CardId,
        /// The day, such as 2026-11-22
        #[arg(long, value_name = "DAY", group = "when")]
        due: Option<Date>,
        /// As if it had never been asked; its history stays
        #[arg(long, group = "when")]
        forget: bool,
        #[command(flatten)]
        clock: Clock,
    },
    /// Make notes of the terms that a document defines, each with its proof
    FromTerms {
        /// The document, by its number as `documents` prints it
        document: DocumentId,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        count: u16,
        /// Print them and store nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// How it goes: how much is remembered, what was done, what is coming
    Stats {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
        /// Days to look back, and ahead
        #[arg(long, value_name = "N", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: u16,
        #[command(flatten)]
        clock: Clock,
    },
    /// Show how a room is studied, or change it
    Settings(Settings),
    /// Fit the model of memory to your own answers, and keep it if it foretells them better
    Fit {
        /// The room
        #[arg(long, value_name = "NAME")]
        room: String,
        /// Go back to the parameters that fit most people
        #[arg(long)]
        reset: bool,
    },
    /// Bring notes from a file into a room: .csv, .md or .apkg (Anki)
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The room, made if there is none of that name
        #[arg(long, value_name = "NAME")]
        room: String,
        #[command(flatten)]
        clock: Clock,
    },
    /// Write the notes of a room into a file: .csv, .md or .apkg (Anki)
    Export(Export),
}

#[derive(Args, Debug)]
pub(in super::super) struct List {
    /// The room
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    /// Only those with these words
    #[arg(long, value_name = "WORDS")]
    pub(super) text: Option<String>,
    /// Only those with this tag
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Option<String>,
    /// Only those in this state
    #[arg(long, value_name = "STATE", value_parser = states())]
    pub(super) state: Option<CardState>,
    /// Only those that are suspended
    #[arg(long)]
    pub(super) suspended: bool,
    /// Only those of this document
    #[arg(long, value_name = "D")]
    pub(super) document: Option<DocumentId>,
    /// Only those whose source has other words in a new edition
    #[arg(long)]
    pub(super) source_changed: bool,
}

#[derive(Args, Debug)]
#[group(id = "reviewed", required = true, multiple = false)]
pub(in super::super) struct Review {
    /// The card
    #[arg(value_name = "CARD", requires = "rating", group = "reviewed")]
    pub(super) card: Option<CardId>,
    /// How the answer was
    #[arg(long, value_name = "RATING", value_parser = ratings(), conflicts_with = "batch")]
    pub(super) rating: Option<Rating>,
    /// How long it took, in milliseconds
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "batch")]
    pub(super) ms: u32,
    /// A file with one {"id", "card", "rating", "ms"} a line; - is standard input
    #[arg(long, value_name = "FILE", group = "reviewed")]
    pub(super) batch: Option<PathBuf>,
    #[command(flatten)]
    pub(super) clock: Clock,
}

/// What a note says: Markdown, with formulas between `$`.
#[derive(Args, Debug)]
pub(in super::super) struct Text {
    /// basic, reversed (asked in both directions) or cloze (a text with gaps) [default: cloze where there are gaps]
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub(super) kind: Option<NoteKind>,
    /// What is asked; of a cloze the text, with its gaps as {{c1::words}} or {{c1::words::hint}}
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) front: Option<String>,
    /// What answers it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) back: Option<String>,
    /// Shown below every answer
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(super) extra: Option<String>,
    /// A tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
}

#[derive(Args, Debug)]
pub(in super::super) struct Settings {
    /// The room
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    /// New cards a day
    #[arg(long, value_name = "N")]
    pub(super) new_per_day: Option<u32>,
    /// Known cards a day
    #[arg(long, value_name = "N")]
    pub(super) reviews_per_day: Option<u32>,
    /// How likely a card is to be recalled when it comes back: 0.7 to 0.99
    #[arg(long, value_name = "SHARE")]
    pub(super) retention: Option<f32>,
    /// The day of the exam, such as 2026-12-24, or none
    #[arg(long, value_name = "DAY")]
    pub(super) exam: Option<String>,
    /// Pauses while a card is learnt, in seconds; none for days at once
    #[arg(long, value_name = "SECONDS", value_delimiter = ',', num_args = 0..)]
    pub(super) learning_steps: Option<Vec<u32>>,
    /// Pauses after a known card was forgotten, in seconds
    #[arg(long, value_name = "SECONDS", value_delimiter = ',', num_args = 0..)]
    pub(super) relearning_steps: Option<Vec<u32>>,
    /// A card that was forgotten so often is suspended; 0 for never
    #[arg(long, value_name = "N")]
    pub(super) leech_threshold: Option<u32>,
    /// When a day of study begins, in minutes after midnight
    #[arg(long, value_name = "MINUTES")]
    pub(super) day_starts_at: Option<u32>,
    /// In which order new cards come: added or random
    #[arg(long, value_name = "ORDER", value_parser = orders())]
    pub(super) order: Option<Order>,
}

/// The ending of the file says what it becomes: .csv, .md, or .apkg for Anki.
#[derive(Args, Debug)]
pub(in super::super) struct Export {
    /// The room
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    /// The file
    #[arg(long, value_name = "FILE")]
    pub(super) to: PathBuf,
    #[command(flatten)]
    pub(super) clock: Clock,
}

fn states() -> impl TypedValueParser<Value = CardState> {
    PossibleValuesParser::new(CardState::ALL.map(CardState::name))
        .try_map(|name| CardState::ALL.into_iter().find(|it| it.name() == name).ok_or("There is no such state"))
}

fn ratings() -> impl TypedValueParser<Value = Rating> {
    PossibleValuesParser::new(Rating::ALL.map(Rating::name))
        .try_map(|name| Rating::ALL.into_iter().find(|it| it.name() == name).ok_or("There is no such answer"))
}

fn kinds() -> impl TypedValueParser<Value = NoteKind> {
    PossibleValuesParser::new(NoteKind::ALL.map(NoteKind::name))
        .try_map(|name| NoteKind::ALL.into_iter().find(|it| it.name() == name).ok_or("There is no such kind"))
}

fn orders() -> impl TypedValueParser<Value = Order> {
    PossibleValuesParser::new(["added", "random"])
        .map(|name| if name == "random" { Order::Random } else { Order::Added })
}
