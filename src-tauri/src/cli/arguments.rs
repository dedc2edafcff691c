//! What can be typed.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use kernel::{ConversationId, DocumentId, JobId};
use library::conversations::Mode;
use retrieval::Kind;
use tutor::ExecutorName;

use super::cards::arguments::{Cards, Export};
use super::drafts::Drafts;
use super::grade::Grade;
use super::notes::Notes;
use super::progress::Progress;
use super::quiz::Quiz;

/// Study your own documents offline: search, cited answers, proof on the page.
///
/// Without arguments, or with files alone, the window opens. With a verb the same work is done here, over the
/// same library.
#[derive(Debug, Parser)]
#[command(name = "smart-study-room", version, propagate_version = true, arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Args, Debug)]
pub(super) struct Common {
    /// The library's folder [default: the platform's folder for the data of apps]
    #[arg(long, global = true, value_name = "DIR", env = "SMART_STUDY_ROOM_DATA", hide_env_values = true)]
    pub(super) data: Option<PathBuf>,
    /// Print one JSON object a line, and nothing else, on standard output
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Bring documents, or folders of them, into a room
    Import(Import),
    /// Find passages by their words and their meaning
    Search(Search),
    /// Ask a question; the answer cites the pages it stands on
    Ask(Ask),
    /// List the conversations, search through them, export or remove one
    #[command(subcommand)]
    Conversations(Conversations),
    /// Make questions about documents, each with its answer and the place that proves it
    Quiz(Quiz),
    /// Hold an answer against a reference: what of it is right, what is wrong, what is missing
    Grade(Grade),
    /// Look at the questions that were made and wait for a decision
    #[command(subcommand)]
    Drafts(Drafts),
    /// Study with cards that come back when they are due
    #[command(subcommand)]
    Cards(Cards),
    /// List the highlights and notes on pages, search through them, add, export or remove some
    #[command(subcommand)]
    Notes(Notes),
    /// Write the cards of a room into a file: .csv, .md or .apkg (Anki)
    Export(Export),
    /// Show what was read, asked, answered and kept of each section, and what to do next
    Progress(Progress),
    /// Print a document as it was read, block by block
    Text(Text),
    /// List the rooms
    Rooms,
    /// List the documents of a room
    Documents(Documents),
    /// Remove a document from the library
    Remove(Remove),
    /// Look at the queue of imports, retry or cancel one
    #[command(subcommand)]
    Jobs(Jobs),
    /// Show what the library holds, what is at work, and whether the native parts are there
    Status,
    /// Show the embedding model that finds by meaning, or choose another one
    Model(Model),
    /// Show who can answer, look for model servers on this computer, or set one up
    #[command(subcommand)]
    Executors(Executors),
    /// Check that nothing in the library is damaged or contradicts itself
    Check(Check),
    /// Write the whole library into one file, and verify it
    Backup(Backup),
    /// Put the library of a backup in the place of this one
    Restore(Restore),
}

/// Every file is tried; the exit code is 1 if any of them failed. A file that the room already holds is no failure.
#[derive(Args, Debug)]
pub(super) struct Import {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The room, made if there is none of that name
    #[arg(long, value_name = "NAME", default_value = DEFAULT_ROOM)]
    pub(super) room: String,
    /// How far to go before the command ends; the rest is done at the app's next start
    #[arg(long, value_enum, default_value_t = Until::Complete)]
    pub(super) until: Until,
    /// For files that ask for one; kept in memory only
    #[arg(long, value_name = "P")]
    pub(super) password: Option<String>,
    /// Take the one file as the new edition of this document, wherever that is; what says the same stays as it is
    #[arg(long, value_name = "DOCUMENT", conflicts_with = "room")]
    pub(super) replaces: Option<DocumentId>,
}

/// The room of files that are imported without naming one.
pub(super) const DEFAULT_ROOM: &str = "My first room";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Until {
    /// Every page is read and can be found by its words
    Searchable,
    /// And by its meaning
    Complete,
}

#[derive(Args, Debug)]
pub(super) struct Search {
    /// The room to search
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    /// How many passages
    #[arg(short = 'k', value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(super) count: u16,
    #[command(flatten)]
    pub(super) within: Within,
    /// Say for each passage why it was found
    #[arg(long)]
    pub(super) explain: bool,
    #[command(flatten)]
    pub(super) what: Questions,
}

/// A part of a room.
#[derive(Args, Debug)]
pub(super) struct Within {
    /// Only this document, by its number as `documents` prints it; may be given several times
    #[arg(long = "document", value_name = "D")]
    pub(super) documents: Vec<DocumentId>,
    /// Only this section of the document, by its title in the table of contents or the number in front of it
    #[arg(long, value_name = "S", requires = "documents")]
    pub(super) section: Option<String>,
    /// Only passages that hold this; may be given several times, for any of them
    #[arg(long = "kind", value_name = "K", value_parser = kinds())]
    pub(super) kinds: Vec<Kind>,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .try_map(|name| Kind::named(&name).ok_or("There is no such kind"))
}

pub(super) fn executors() -> impl TypedValueParser<Value = ExecutorName> {
    PossibleValuesParser::new(ExecutorName::ALL.map(ExecutorName::name))
        .try_map(|name| ExecutorName::named(&name).ok_or("There is no such executor"))
}

fn modes() -> impl TypedValueParser<Value = Mode> {
    PossibleValuesParser::new(Mode::ALL.map(Mode::name))
        .try_map(|name| Mode::ALL.into_iter().find(|mode| mode.name() == name).ok_or("There is no such way"))
}

#[derive(Args, Debug)]
pub(super) struct Ask {
    /// The room to ask
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
    /// Go on with this conversation, whose earlier turns give "it" its meaning
    #[arg(long, value_name = "ID")]
    pub(super) conversation: Option<ConversationId>,
    /// How to answer; a summary, a guide and a quiz are made from the documents that the question is about
    #[arg(long, value_name = "MODE", default_value = "plain", value_parser = modes())]
    pub(super) mode: Mode,
    /// What a summary, a guide or a quiz is to be of: a document, by its number
    #[arg(long, value_name = "D")]
    pub(super) document: Option<DocumentId>,
    /// Only this section of the document, by its title in the table of contents or the number in front of it
    #[arg(long, value_name = "S", requires = "document")]
    pub(super) section: Option<String>,
    /// Who composes the answer: extractive needs no language model [default: as set up]
    #[arg(long, value_name = "NAME", value_parser = executors())]
    pub(super) executor: Option<ExecutorName>,
    #[command(flatten)]
    pub(super) what: Questions,
}

/// One question, or a file of them.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct Questions {
    /// The words
    #[arg(value_name = "QUERY")]
    pub(super) query: Option<String>,
    /// A file with one {"id", "question"} a line; - is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) batch: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Conversations {
    /// List them, the last used first
    List {
        /// Of this room alone
        #[arg(long, value_name = "NAME")]
        room: Option<String>,
    },
    /// Find questions and answers by their words
    Search {
        /// In this room alone
        #[arg(long, value_name = "NAME")]
        room: Option<String>,
        /// The words; the last one may be the beginning of one
        query: String,
    },
    /// Write one as Markdown, its citations as footnotes
    Export {
        /// What names it, as `conversations list` prints it
        conversation: ConversationId,
        /// The file [default: standard output]
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Remove one with its questions and answers
    Remove {
        /// What names it, as `conversations list` prints it
        conversation: ConversationId,
    },
}

#[derive(Args, Debug)]
pub(super) struct Text {
    /// Its number, as `documents` prints it
    pub(super) document: DocumentId,
}

#[derive(Args, Debug)]
pub(super) struct Documents {
    /// The room
    #[arg(long, value_name = "NAME")]
    pub(super) room: String,
}

#[derive(Args, Debug)]
pub(super) struct Remove {
    /// Its number, as `documents` prints it
    pub(super) document: DocumentId,
}

#[derive(Debug, Subcommand)]
pub(super) enum Jobs {
    /// List the imports that wait, run, are paused or failed
    List,
    /// Try again, going on from where it stopped, and wait for the end
    Retry {
        /// Its number, as `jobs list` prints it
        job: JobId,
        /// For a file that asks for one; kept in memory only
        #[arg(long, value_name = "P")]
        password: Option<String>,
    },
    /// Stop for good; what has been read stays searchable
    Cancel {
        /// Its number, as `jobs list` prints it
        job: JobId,
    },
}

/// A model is a folder with model.onnx, tokenizer.json, config.json, special_tokens_map.json and tokenizer_config.json;
/// the library keeps a copy. Passages get vectors of it beside those they have, and are found by the old ones until all
/// have new ones. What is done when the command is stopped stays done; the app goes on with it while it is open.
#[derive(Args, Debug)]
pub(super) struct Model {
    /// The folder of the model to change to
    #[arg(value_name = "FOLDER")]
    pub(super) folder: Option<PathBuf>,
    /// Change to the model that comes with the app
    #[arg(long, conflicts_with = "folder")]
    pub(super) built_in: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Executors {
    /// List those that are set up
    List,
    /// Look for Ollama, LM Studio and llama-server on this computer
    Look,
    /// Have a model in a GGUF file of this computer answer
    Local {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Have a model server answer: any with OpenAI's chat interface
    Server {
        /// Its address, such as http://localhost:11434
        address: String,
        /// The name of the model, as the server has it
        #[arg(long, value_name = "NAME")]
        model: String,
        /// Tokens that its context holds: what it was started with, not what the model could do
        #[arg(long, value_name = "TOKENS", default_value_t = 4096)]
        context: u32,
        /// Agree that questions and passages of your documents leave this computer; needed for any other
        #[arg(long)]
        allow_remote: bool,
        /// Read its key from standard input and keep it in the system's keyring; an empty line forgets it
        #[arg(long)]
        key_from_stdin: bool,
    },
    /// Answer without a language model from now on
    Forget,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// Put right what can be, from what is stored
    #[arg(long)]
    pub(super) repair: bool,
}

/// Everything goes into it: documents, their files, conversations, settings, vectors. It can be made while the window
/// is open and imports run. An earlier backup of that name is replaced once the new one is verified. It is not
/// encrypted; passwords of documents are never stored, so they are not in it.
#[derive(Args, Debug)]
pub(super) struct Backup {
    /// The file to write, outside of the library's folder; its folder needs space for the database twice
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

/// All that the library holds now is replaced, once the backup is unpacked beside it and verified; if anything fails
/// before, it stays as it is. The window and all other commands on this library have to be closed.
#[derive(Args, Debug)]
pub(super) struct Restore {
    /// A file that `backup` has made
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_question_and_a_batch_exclude_each_other_and_one_is_needed() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' '));
        assert!(parse("app search --room r q").is_ok());
        assert!(parse("app search --room r --batch - --json").is_ok());
        assert!(parse("app search --room r --batch f q").is_err());
        assert!(parse("app search --room r").is_err());
        assert!(parse("app search --room r -k 0 q").is_err());
    }

    #[test]
    fn a_search_can_be_narrowed_and_a_section_is_one_of_a_document() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' '));
        assert!(parse("app search --room r --document 1 --document 2 --kind table --kind definition q").is_ok());
        assert!(parse("app search --room r --document 1 --section 3.2 q").is_ok());
        assert!(parse("app search --room r --section 3.2 q").is_err());
        assert!(parse("app search --room r --kind picture q").is_err());
        assert!(parse("app search --room r --document x q").is_err());
    }
}
