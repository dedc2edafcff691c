//! What surrounds the text of a book and isn't part of what it says: lists of references, indexes, exercises, captions,
//! objectives, words about the book itself.

use std::sync::LazyLock;

use regex::Regex;
use retrieval::{fold, words};

/// Titles of parts that are passed over.
const TITLES: &[&str] = &[
    "references",
    "reference list",
    "bibliography",
    "works cited",
    "further reading",
    "suggested reading",
    "recommended reading",
    "notes",
    "endnotes",
    "footnotes",
    "index",
    "contents",
    "table of contents",
    "brief contents",
    "list of figures",
    "list of tables",
    "answer key",
    "answers",
    "solutions",
    "glossary",
    "key terms",
    "exercises",
    "problems",
    "homework",
    "preface",
    "foreword",
    "copyright",
    "imprint",
    "dedication",
    "acknowledgments",
    "acknowledgements",
    "about the author",
    "about the authors",
    "credits",
    "chapter outline",
    "learning goals",
    "learning outcomes",
    "literatur",
    "literaturverzeichnis",
    "inhalt",
    "inhaltsverzeichnis",
    "abbildungsverzeichnis",
    "stichwortverzeichnis",
    "sachregister",
    "register",
    "vorwort",
    "impressum",
    "aufgaben",
    "losungen",
    "ubungen",
    "glossar",
    "daftar isi",
    "daftar pustaka",
    "daftar gambar",
    "daftar tabel",
    "glosarium",
    "indeks",
    "kata pengantar",
    "latihan",
    "kunci jawaban",
];
/// Last words of such titles: "Review Questions", "Learning Objectives".
const LAST: &[&str] = &["questions", "exercises", "objectives", "references", "answers", "bibliography", "index"];
/// Titles of what the author says in short.
const SUMMARIES: &[&str] = &[
    "summary",
    "chapter summary",
    "section summary",
    "in summary",
    "key takeaways",
    "key points",
    "key concepts",
    "conclusion",
    "conclusions",
    "zusammenfassung",
    "fazit",
    "ringkasan",
    "rangkuman",
    "kesimpulan",
    "abstract",
];

/// Whether a part of this title says nothing of the subject.
pub fn is_apparatus(title: &str) -> bool {
    let bare = bare(title);
    let last = bare.rsplit(' ').next().unwrap_or_default();
    TITLES.contains(&bare.as_str()) || LAST.contains(&last)
}

/// Whether a part of this title is what the author says in short.
pub(super) fn is_summary(title: &str) -> bool {
    SUMMARIES.contains(&bare(title).as_str())
}

/// A title's words without the number in front, folded.
fn bare(title: &str) -> String {
    let folded = words(title).map(|(_, word)| fold(word));
    let counts = |word: &str| word.chars().all(char::is_numeric);
    folded.skip_while(|word| counts(word)).collect::<Vec<_>>().join(" ")
}

/// What sentences say that point somewhere else or speak to the reader: captions, sources of pictures, links, words
/// about the section itself, tasks.
static POINTING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)
        ^[\W\d]*(?:figure|fig\.|table|box|photo|image|exhibit|abb(?:ildung|\.)|tab(?:elle|\.)|gambar|tabel|source|credit|
            link\ to\ learning|everyday\ connection|dig\ deeper|note:)(?:\W|\d)
        | \((?:photo\ )?credit | https?:// | \bwww\. | © | \bcopyright\b | \bISBN\b | \b(?:CC\ )?BY-(?:NC|SA)\b
        | \b(?:in|of|throughout|by\ the\ end\ of)\ (?:this|the\ (?:next|following|previous|last)|our)\ (?:section|chapter|unit|lesson|module|lecture|book|textbook|text|part)\b
        | \b(?:this|the\ (?:next|following|previous))\ (?:section|chapter|unit|lesson|module|lecture|book|textbook)\b
        | \b(?:you|we|students)\ (?:will|shall|should\ be\ able\ to|are\ going\ to|can\ now)\ (?:now\ |also\ |first\ |then\ )?(?:be\ able|learn|read|explore|discuss|examine|look|see|consider|describe|study|turn|cover|find|explain)
        | \b(?:as\ (?:we|you)(?:\W(?:ve|have))?\ (?:saw|seen|discussed|learned|read|mentioned)|let(?:\W?s|\ us)\ (?:look|consider|take|begin|start|explore|examine|review|return|turn))\b
        | \b(?:see|shown\ in|seen\ in|listed\ in|illustrated\ in|described\ in)\ (?:the\ )?(?:figure|fig\b|table|chapter|section|box|appendix)\b
        | \b(?:visit|watch|view|take|read|click|check\ out|go\ to)\ (?:on\ )?(?:this|the)\ (?:\w+\ ){0,3}(?:video|website|site|link|page|clip|article|quiz|survey|test|animation|podcast|blog)\b
        | ____ | \.\s?\.\s?\. | \t
        ",
    )
    .ok()
});

/// What tasks begin with, and invitations to imagine.
const TASKS: &[&str] = &[
    "apply",
    "get",
    "imagine",
    "keep",
    "make",
    "rehearse",
    "suppose",
    "think",
    "consider",
    "remember",
    "recall",
    "notice",
    "look",
    "watch",
    "visit",
    "read",
    "try",
    "see",
    "note",
    "describe",
    "explain",
    "discuss",
    "list",
    "define",
    "identify",
    "compare",
    "contrast",
    "name",
    "give",
    "ask",
    "take",
    "picture",
    "pretend",
    "let",
    "click",
    "go",
    "say",
    "explore",
    "calculate",
    "find",
    "show",
    "use",
];

/// Whether a sentence points to a figure, a link or another section, or gives the reader a task.
pub fn points_elsewhere(sentence: &str) -> bool {
    let first = words(sentence).next().map(|(_, word)| fold(word).into_owned()).unwrap_or_default();
    TASKS.contains(&first.as_str()) || POINTING.as_ref().is_some_and(|pointing| pointing.is_match(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_surrounds_the_text_is_told_by_its_title() {
        for title in
            ["References", "12. Review Questions", "Index", "Answer Key", "Table of Contents", "Daftar Pustaka"]
        {
            assert!(is_apparatus(title), "{title}");
        }
        for title in ["Memory", "Questions of Method", "Index Fossils", "The Problem of Induction", "3"] {
            assert!(!is_apparatus(title), "{title}");
        }
        assert!(is_summary("8.5 Summary") && !is_summary("Summary of Decision Biases"));
    }

    #[test]
    fn what_points_elsewhere_is_told_from_what_says_something() {
        for sentence in [
            "Figure 3.2 The neuron has three parts.",
            "The neuron has three parts, as shown in Figure 3.2.",
            "In this section, the parts of the neuron are named.",
            "By the end of this section, you will be able to explain it.",
            "Describe the parts of a neuron.",
            "Watch this video about the parts of the neuron.",
            "A neuron under the microscope (credit: J. Smith).",
            "Imagine that you are a neuron.",
            "We will now discuss the parts of the neuron.",
        ] {
            assert!(points_elsewhere(sentence), "{sentence}");
        }
        for sentence in [
            "The neuron has three parts.",
            "Figures of authority are obeyed by most people.",
            "Sections of the brain were compared by Broca.",
            "Patients will learn to cope with their fears.",
            "Memory is seen in tables of old men.",
        ] {
            assert!(!points_elsewhere(sentence), "{sentence}");
        }
    }
}
