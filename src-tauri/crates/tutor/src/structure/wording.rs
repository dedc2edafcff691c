//! How people ask for structure, in English, German and Indonesian. Each wording is matched from its first to its
//! last word, so that a question that asks for more is none of these.

use std::sync::LazyLock;

use regex::Regex;

/// What a wording asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// The table of contents.
    Contents,
    /// Chapters, sections, slides … by name.
    Parts,
    /// How many there are.
    Count,
    /// How long something is.
    Length,
    /// What is on a page or in a chapter.
    On,
    /// Where a chapter begins.
    Start,
    /// Where a term is defined.
    Defined,
    /// The term for a description.
    Called,
    /// The key terms.
    Terms,
}

/// Kinds of places, as a group `kind` and their number `number`, or from one number to another, `until`; or counted from
/// the front or the back, `ordinal`.
const PLACE: &str = r"(?:(?P<kind>pages?|pp?\.?|pg\.?|slides?|sheets?|chapters?|ch\.?|sections?|sec\.?|parts?|units?|lectures?|appendix|halaman|hal\.?|bab|bagian|seiten?|kapitel|abschnitt|teil|folien?|blatt)\s*(?:number |no\.? |nr\.? |#|ke-)?\s*(?P<number>\d+(?:\.\d+)*|[ivxlcdm]+|[a-z]-?\d+(?:\.\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z])(?:(?:\s*[-–—]\s*|\s+(?:to|through|until|and|bis|und|sampai|hingga|dan)\s+)(?P<until>\d+|[ivxlcdm]+\b))?|(?:the |das |die |der )?(?P<ordinal>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|erste|letzte)[nrs]? (?P<ordered>page|slide|sheet|chapter|section|part|unit|lecture|seite|kapitel|abschnitt|folie|blatt)|(?P<ordered2>halaman|bab|bagian|slide) (?P<ordinal2>pertama|terakhir))";

/// What is asked about: the book, one by name, or a place in it.
const OF: &str = r"(?:\s+(?:are in|are there in|is there in|of|in|for|from|on|does|do|von|des|der|im|in|hat|aus|dari|dalam|pada|di)\s+(?P<of>.+?))?";

const LEVEL: &str = r"(?P<level>chapters?|sections?|subsections?|parts?|units?|lectures?|headings?|slides|sheets|kapitel|abschnitte?|folien|blätter|bab|bagian|slide)";

const BOOK: &str = r"(?:the|this|that|my|our|your) (?:text ?)?(?:book|document|file|pdf|text|author|authors|slides|notes|lecture|reader)";

static WORDINGS: LazyLock<Vec<(Wish, Regex)>> = LazyLock::new(|| {
    let definitions = format!(r"(?:\s+(?:in|by|from|according to)\s+(?P<book>{BOOK}|.+?))?");
    let all: &[(Wish, &[String])] = &[
        (
            Wish::Contents,
            &[
                format!(r"(?:what(?:'s| is| are)?|show|give|list|print)?\s*(?:the |a )?(?P<table>tables? of contents|toc|chapter list|list of chapters){OF}"),
                format!(r"(?:what(?:'s| is| are)?|show|give)?\s*(?:the |a )?(?P<loose>contents|outline|structure){OF}"),
                r"how (?:is|are) (?P<of>.+?) (?:structured|organi[sz]ed|divided|subdivided)(?: into chapters| into sections)?".to_owned(),
                format!(r"(?:zeige?|gib|was ist)?\s*(?:mir )?(?:das |die |ein )?(?P<table>inhaltsverzeichnis|gliederung){OF}"),
                format!(r"(?:apa |tampilkan |sebutkan |lihat )?(?P<table>daftar isi)(?:nya)?{OF}"),
            ],
        ),
        (
            Wish::Parts,
            &[
                format!(r"(?:what(?:'s| are)?|which|list|name|show|give)?\s*(?:all )?(?:of )?(?:the )?(?:(?:names|titles) of (?:all )?(?:the )?)?{LEVEL}(?: are there| exist| titles| names)?{OF}(?:\s+(?:have|has|contain|include|consist of|cover))?"),
                format!(r"(?:was sind|welche|nenne|zeige?|liste)\s*(?:mir )?(?:alle )?(?:die )?{LEVEL}(?: gibt es| sind| hat| enthält)?{OF}"),
                r"welche (?P<level>kapitel|abschnitte|folien) (?:hat|enthält) (?P<of>.+)".to_owned(),
                format!(r"(?:apa saja|sebutkan|tampilkan)\s*(?:semua |nama )?(?P<level>bab|bagian)(?:-bab)?(?: yang ada)?{OF}"),
                format!(r"(?P<level>bab|bagian) apa saja(?: yang ada)?{OF}"),
            ],
        ),
        (
            Wish::Count,
            &[
                r"how many (?P<level>pages|key terms|terms|chapters?|sections|subsections|parts|units|lectures|slides|sheets) (?:are in|are there in|is in|of|in|does|do|has|have) (?P<of>.+?)(?: have| has| contain| there| consist of)?".to_owned(),
                r"how many (?P<level>pages|chapters|sections|slides|sheets|key terms)(?: are there| in total| exist)?".to_owned(),
                r"(?:what(?:'s| is) )?(?:the )?(?:total )?(?:number of|count of) (?P<level>pages|chapters|sections|slides|sheets)(?: (?:of|in) (?P<of>.+))?".to_owned(),
                r"(?:what(?:'s| is) )?the page count(?: of (?P<of>.+))?".to_owned(),
                r"wie ?viele (?P<level>seiten|kapitel|abschnitte|folien|blätter)(?: (?:hat|gibt es in|sind in|enthält|umfasst) (?P<of>.+)| gibt es)?".to_owned(),
                r"(?:ada )?berapa (?:banyak |jumlah )?(?P<level>halaman|bab|bagian|slide)(?: yang ada)?(?: (?:dalam|di|pada|dari) (?P<of>.+)| (?P<of2>buku ini|dokumen ini))?".to_owned(),
            ],
        ),
        (Wish::Length, &[r"how long (?:is|are) (?P<of>.+)".to_owned()]),
        (
            Wish::On,
            &[
                format!(r"what(?:'s| is| are| was)? (?:there |written |said |discussed |covered |described |explained |the contents? |to be found )?(?:on|in|at|of) {PLACE}{OF}"),
                format!(r"what(?:'s| is) (?:the (?:title|name|heading|topic|subject) of )?{PLACE}{OF}(?: about| called| titled| named)?"),
                format!(r"what do(?:es)? {PLACE}{OF} (?:say|contain|cover|discuss|show|talk about|deal with|include)"),
                format!(r"what does it say (?:on|in) {PLACE}{OF}"),
                format!(r"(?:(?:show|open|read|summari[sz]e|describe) )?(?:me )?{PLACE}{OF}"),
                format!(r"was (?:steht|ist) (?:auf|in|im) (?:der |dem )?{PLACE}{OF}"),
                format!(r"worum geht es (?:auf|in|im) {PLACE}{OF}"),
                format!(r"(?:apa )?(?:isi|yang ada (?:di|pada)|yang dibahas (?:di|pada)|isi dari) {PLACE}{OF}"),
            ],
        ),
        (
            Wish::Start,
            &[
                format!(r"(?:where|on (?:what|which) page|what page|which page) (?:is|does|do) {PLACE}{OF}(?: (?:start|begin)s?)?(?: on)?"),
                format!(r"(?:auf welcher seite|wo) (?:beginnt|ist|steht) {PLACE}{OF}"),
                format!(r"(?:di )?halaman berapa(?:kah)? {PLACE}(?: dimulai)?"),
            ],
        ),
        (
            Wish::Defined,
            &[
                format!(r"(?:where|(?:on|in) (?:what|which) (?:pages?|chapter|section|slide)) (?:is|are|was|were) (?:the (?:terms?|words?|concepts?) )?(?P<term>.+?) (?:first )?defined{definitions}"),
                format!(r"where (?:does|do|did) (?P<book>{BOOK}|.+?) define (?:the (?:term|word|concept) )?(?P<term>.+)"),
                format!(r"(?:where (?:is|can i find) |find |what(?:'s| is) )?(?:the |a )?definitions? (?:of|for) (?:the (?:term|word|concept) )?(?P<term>.+?){definitions}"),
                format!(r"define (?:the (?:term|word|concept) )?(?P<term>.+?){definitions}"),
                format!(r"how (?:is|are) (?:the (?:term|word|concept) )?(?P<term>.+?) defined{definitions}"),
                format!(r"how (?:does|do) (?P<book>{BOOK}) define (?:the (?:term|word|concept) )?(?P<term>.+)"),
                format!(r"what (?:does|do) (?P<book>{BOOK}) mean by (?:the (?:term|word|concept) )?(?P<term>.+)"),
                r"(?:wo|auf welcher seite) (?:wird|ist|werden) (?:der begriff )?(?P<term>.+?) definiert".to_owned(),
                r"definiere (?:den begriff )?(?P<term>.+)".to_owned(),
                r"(?:was ist |wo steht )?die definition (?:von|des begriffs) (?P<term>.+)".to_owned(),
                r"(?:di ?mana|di halaman berapa) (?:istilah )?(?P<term>.+?) didefinisikan".to_owned(),
                r"(?:apa )?definisi (?:dari )?(?P<term>.+)".to_owned(),
                r"definisikan (?:istilah )?(?P<term>.+)".to_owned(),
            ],
        ),
        (
            Wish::Called,
            &[
                format!(r"what (?:does|do) {BOOK} call (?P<what>.+)"),
                r"wie nennt das buch (?P<what>.+)".to_owned(),
                r"apa sebutan buku ini untuk (?P<what>.+)".to_owned(),
            ],
        ),
        (
            Wish::Terms,
            &[
                format!(r"(?:what are|list|show|name|which are)?\s*(?:all )?(?:the )?(?:key|important|defined|bold) (?:terms|words|vocabulary){OF}(?: define| have)?"),
                format!(r"(?:show |what is )?(?:the )?(?:glossary|glossar|glosarium){OF}"),
                format!(r"(?:apa saja |sebutkan )?istilah penting{OF}"),
            ],
        ),
    ];
    all.iter()
        .flat_map(|(wish, wordings)| wordings.iter().map(|wording| (*wish, wording)))
        .filter_map(|(wish, wording)| match Regex::new(&format!("(?i)^(?:{wording})$")) {
            Ok(wording) => Some((wish, wording)),
            Err(error) => {
                tracing::error!(%error, "a wording of structure questions can't be read");
                None
            }
        })
        .collect()
});

static PLACE_ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(?:the )?{PLACE}(?: (?:of|in|from|von|dari|dalam) (?P<book>.+))?$")).ok()
});

/// What is put in front of a question out of courtesy or to go on.
static OPENING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:please|hey|hi|hello|ok|okay|so|and|but|then|now|also|well|bitte|und|tolong|coba|dan)[, ]+|(?:can|could|would|will) you (?:please )?|tell me |show me |give me |let me know |i(?:'d| would) like to (?:know|see) |i want to (?:know|see) |do you know )*").ok()
});

/// All that a wording of a question says.
pub(super) struct Said<'a> {
    pub(super) wish: Wish,
    pub(super) captures: regex::Captures<'a>,
}

impl<'a> Said<'a> {
    /// The words of the first of these groups that took part.
    pub(super) fn words(&self, groups: &[&str]) -> Option<&'a str> {
        words(&self.captures, groups)
    }
}

/// The words of the first of these groups that took part.
pub(super) fn words<'a>(captures: &regex::Captures<'a>, groups: &[&str]) -> Option<&'a str> {
    groups.iter().find_map(|group| captures.name(group)).map(|found| found.as_str().trim())
}

/// Each wording that the question, tidied by [`tidy`], is said in; the first is the likeliest.
pub(super) fn said(question: &str) -> impl Iterator<Item = Said<'_>> {
    WORDINGS.iter().filter_map(|(wish, wording)| Some(Said { wish: *wish, captures: wording.captures(question)? }))
}

/// "chapter 3", "the last page", "page iv of Biology".
pub(super) fn place(text: &str) -> Option<regex::Captures<'_>> {
    PLACE_ALONE.as_ref()?.captures(text)
}

static PLACE_WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"(?i)\b(?:{PLACE})\b")).ok());

/// The first place that stands anywhere in a text: "the gist of chapter 3 for tomorrow".
pub(super) fn place_within(text: &str) -> Option<regex::Captures<'_>> {
    PLACE_WITHIN.as_ref()?.captures(text)
}

/// What a request for an overview opens with, and what it may end with: "give me a short summary of … in five points".
static REQUEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?xi)^
        (?:(?:make|write|create|give|generate|prepare|build|show|ask|erstelle|schreibe|gib|buat|buatkan)\s+(?:me\s+|us\s+|mir\s+)?)?
        (?:(?:an?|the|some|a\sfew|five|three|ten|\d+|eine?n?)\s+)?
        (?:(?:short|brief|quick|detailed|good|whole|complete|kurze|study|review|practice|quiz)\s+)*
        (?:summar(?:y|ies)|summari[sz]e|sum\s+up|overview|outline|recap|gist|guides?|notes|(?:test|quiz|ask)\s+(?:me|us)|
           quiz(?:zes)?|questions|zusammenfassung|fasse|überblick|fragen|lernhilfe|frage|ringkasan|ringkaskan|ringkas|rangkuman|rangkum|kuis|panduan)
        (?:\s+(?:mich|saya))?
        (?:\s+(?:of|on|about|for|from|to|over|in|von|über|zu|zum|zur|tentang|dari|untuk))?
        (?:\s+|$)").ok()
});
static MANNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)[ ,]+(?:please|briefly|in short|for me|zusammen|kurz|in (?:a few|\w+) (?:sentences|points|words))$",
    )
    .ok()
});

/// What a request for an overview is about: the words that are left without those of the request. May be empty.
pub(super) fn about(request: &str) -> String {
    let tidy = tidy(request);
    let opening = REQUEST.as_ref().and_then(|request| request.find(&tidy)).map_or(0, |found| found.end());
    let rest = &tidy[opening..];
    let end = MANNER.as_ref().and_then(|manner| manner.find(rest)).map_or(rest.len(), |found| found.start());
    rest[..end].trim().to_owned()
}

/// One line, with plain apostrophes, without courtesy in front and marks at the end.
pub(super) fn tidy(question: &str) -> String {
    let line = question.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'");
    let bare = line.trim_end_matches(['?', '.', '!', ' ', ':']);
    let opening = OPENING.as_ref().and_then(|opening| opening.find(bare)).map_or(0, |found| found.end());
    bare[opening..].trim().to_owned()
}
