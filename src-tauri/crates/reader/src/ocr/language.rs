//! In which language a document is, and whether its model is installed.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use specta::Type;
use whatlang::Lang;

use super::Recogniser;

/// A language as Tesseract names its model: an ISO 639-2/T code, some with a script ("eng", "deu", "chi_sim").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

/// Models are joined with "+", so no name may hold one; a folder ("script/Latin") is a script and no language.
const LONGEST_NAME: usize = 24;

impl Language {
    /// The language of this name, if it can be one.
    pub fn new(name: &str) -> Option<Self> {
        let fits = (3..=LONGEST_NAME).contains(&name.len());
        let plain = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
        (fits && plain && name.starts_with(|it: char| it.is_ascii_lowercase())).then(|| Self(name.to_owned()))
    }

    /// Tesseract's name for it.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(&name).ok_or_else(|| format!("{name:?} names no language"))
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What a text says about the languages of its document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpokenLanguages {
    /// To recognise with, the commonest first; empty where the text tells nothing or nothing that is installed.
    pub installed: Vec<Language>,
    /// Spoken in the document, but their models are not installed.
    pub missing: Vec<Language>,
}

/// A language is one of a document's from this share of its text on.
const SHARE: f32 = 0.15;
/// Each further model makes recognition slower and less sure.
const MOST_JOINED: usize = 3;
/// Letters that are looked at as one piece; fewer tell too little, many more hide a second language.
const PIECE: usize = 240;
/// Fewer letters than this tell nothing.
const FEWEST: usize = 40;
/// A whole book says no more than this.
const MOST_PIECES: usize = 200;

impl Recogniser {
    /// The languages of a document from some of its text, as far as their models are installed.
    pub fn languages_for(&self, sample: &str) -> SpokenLanguages {
        let mut spoken = SpokenLanguages::default();
        for lang in spoken_in(sample) {
            let models = models_of(lang);
            match models.iter().find_map(|it| self.installed(it)) {
                Some(model) if !spoken.installed.contains(&model) => spoken.installed.push(model),
                Some(_) => {}
                None => spoken.missing.extend(models.first().and_then(|it| Language::new(it))),
            }
        }
        spoken
    }

    /// What to begin with where nothing is known of a document: the language of the system, whose locale is given
    /// ("de_DE.UTF-8"), else English, else whatever there is.
    pub fn first_languages(&self, locale: Option<&str>) -> Vec<Language> {
        let system = locale.and_then(|it| it.split(['_', '-', '.', '@']).next()).and_then(of_locale);
        let wanted = system.into_iter().chain(["eng"]).find_map(|it| self.installed(it));
        wanted.or_else(|| self.languages().first().cloned()).into_iter().collect()
    }

    fn installed(&self, code: &str) -> Option<Language> {
        self.languages().iter().find(|it| it.code() == code).cloned()
    }

    /// The installed languages of a script as Tesseract names it ("Cyrillic").
    pub(super) fn languages_of_script(&self, script: &str) -> Vec<Language> {
        let codes: &[&str] = match script {
            "Cyrillic" => &["rus", "ukr", "bul", "srp", "mkd", "bel"],
            "Greek" => &["ell"],
            "Hebrew" => &["heb", "yid"],
            "Arabic" => &["ara", "fas", "urd"],
            "Devanagari" => &["hin", "mar", "nep"],
            "Bengali" => &["ben"],
            "Tamil" => &["tam"],
            "Telugu" => &["tel"],
            "Thai" => &["tha"],
            "Han" | "HanS" => &["chi_sim", "chi_tra"],
            "HanT" => &["chi_tra", "chi_sim"],
            "Japanese" | "Hiragana" | "Katakana" => &["jpn"],
            "Korean" | "Hangul" => &["kor"],
            "Georgian" => &["kat"],
            "Armenian" => &["hye"],
            _ => &[],
        };
        codes.iter().filter_map(|it| self.installed(it)).take(MOST_JOINED).collect()
    }
}

/// The languages of a text that have a share of it worth a model, the commonest first.
fn spoken_in(text: &str) -> Vec<Lang> {
    let mut letters: HashMap<&'static str, (Lang, usize)> = HashMap::new();
    let mut all = 0;
    for piece in pieces(text).take(MOST_PIECES) {
        let length = piece.chars().count();
        if let Some(told) = whatlang::detect(&piece).filter(|it| length >= FEWEST && it.is_reliable()) {
            letters.entry(told.lang().code()).or_insert((told.lang(), 0)).1 += length;
            all += length;
        }
    }
    let mut spoken: Vec<(Lang, usize)> =
        letters.into_values().filter(|(_, it)| *it as f32 >= SHARE * all as f32).collect();
    spoken.sort_by_key(|(lang, count)| (std::cmp::Reverse(*count), lang.code()));
    spoken.into_iter().map(|it| it.0).take(MOST_JOINED).collect()
}

/// Blocks of a text, short ones together.
fn pieces(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut lines = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut piece = String::new();
        while piece.len() < PIECE
            && let Some(line) = lines.next()
        {
            piece.push_str(line);
            piece.push('\n');
        }
        (!piece.is_empty()).then_some(piece)
    })
}

/// Tesseract's models of a language, the usual one first. Most are called by its ISO 639-3 code.
fn models_of(lang: Lang) -> Vec<&'static str> {
    match lang {
        Lang::Cmn => vec!["chi_sim", "chi_tra"],
        Lang::Nob => vec!["nor"],
        Lang::Pes => vec!["fas"],
        Lang::Srp => vec!["srp", "srp_latn"],
        Lang::Hrv => vec!["hrv", "bos", "srp_latn"],
        Lang::Uzb => vec!["uzb", "uzb_cyrl"],
        Lang::Aze => vec!["aze", "aze_cyrl"],
        Lang::Ind => vec!["ind", "msa"],
        other => vec![other.code()],
    }
}

/// Tesseract's model for the language of a locale (ISO 639-1), where the two are not called alike.
fn of_locale(language: &str) -> Option<&'static str> {
    const CODES: [(&str, &str); 44] = [
        ("af", "afr"),
        ("ar", "ara"),
        ("bg", "bul"),
        ("bn", "ben"),
        ("ca", "cat"),
        ("cs", "ces"),
        ("cy", "cym"),
        ("da", "dan"),
        ("de", "deu"),
        ("el", "ell"),
        ("en", "eng"),
        ("es", "spa"),
        ("et", "est"),
        ("fa", "fas"),
        ("fi", "fin"),
        ("fr", "fra"),
        ("he", "heb"),
        ("hi", "hin"),
        ("hr", "hrv"),
        ("hu", "hun"),
        ("id", "ind"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("ka", "kat"),
        ("ko", "kor"),
        ("lt", "lit"),
        ("lv", "lav"),
        ("ms", "msa"),
        ("nb", "nor"),
        ("nl", "nld"),
        ("no", "nor"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ro", "ron"),
        ("ru", "rus"),
        ("sk", "slk"),
        ("sl", "slv"),
        ("sr", "srp"),
        ("sv", "swe"),
        ("th", "tha"),
        ("tr", "tur"),
        ("uk", "ukr"),
        ("vi", "vie"),
        ("zh", "chi_sim"),
    ];
    CODES.iter().find(|(it, _)| *it == language).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ENGLISH: &str = "Memory is the faculty by which the mind stores information and brings it back when it is \
        needed. What is remembered depends on attention, on repetition, and on what was known before.\n";
    const GERMAN: &str = "Das Gedächtnis ist die Fähigkeit, Wahrgenommenes zu behalten und sich später wieder daran zu \
        erinnern. Was behalten wird, hängt davon ab, wie aufmerksam man war und was man schon wusste.\n";
    const FRENCH: &str = "La mémoire est la faculté par laquelle l'esprit conserve ce qu'il a appris et le retrouve \
        quand il en a besoin. Elle dépend de l'attention, de la répétition et de ce que l'on savait déjà.\n";

    fn recogniser(codes: &[&str]) -> Recogniser {
        Recogniser::with_languages(codes.iter().map(|it| Language::new(it).unwrap()).collect())
    }

    fn codes(languages: &[Language]) -> Vec<&str> {
        languages.iter().map(Language::code).collect()
    }

    #[test]
    fn a_document_is_recognised_in_its_own_language() {
        let all = recogniser(&["deu", "eng", "ind"]);
        assert_eq!(codes(&all.languages_for(&ENGLISH.repeat(4)).installed), ["eng"]);
        assert_eq!(codes(&all.languages_for(&GERMAN.repeat(4)).installed), ["deu"]);
        let mixed = GERMAN.repeat(8) + &ENGLISH.repeat(4);
        assert_eq!(codes(&all.languages_for(&mixed).installed), ["deu", "eng"]);
    }

    #[test]
    fn a_quotation_makes_no_second_language_and_a_missing_one_is_named() {
        let some = recogniser(&["deu", "eng"]);
        assert_eq!(codes(&some.languages_for(&(ENGLISH.repeat(30) + GERMAN)).installed), ["eng"]);
        let french = some.languages_for(&FRENCH.repeat(4));
        assert_eq!((french.installed, codes(&french.missing)), (vec![], vec!["fra"]));
        assert_eq!(some.languages_for("3.14 2.72"), SpokenLanguages::default());
        assert_eq!(some.languages_for(""), SpokenLanguages::default());
    }

    #[test]
    fn a_document_of_which_nothing_is_known_begins_with_the_systems_language() {
        let some = recogniser(&["deu", "eng"]);
        assert_eq!(codes(&some.first_languages(Some("de_AT.UTF-8"))), ["deu"]);
        assert_eq!(codes(&some.first_languages(Some("fr-FR"))), ["eng"]);
        assert_eq!(codes(&some.first_languages(Some("C"))), ["eng"]);
        assert_eq!(codes(&recogniser(&["ind"]).first_languages(None)), ["ind"]);
    }

    #[test]
    fn only_names_of_models_are_languages() {
        for name in ["en", "", "eng+deu", "script/Latin", "../eng", "-l", "Latin", "a very long name for a language"] {
            assert_eq!(Language::new(name), None, "{name}");
        }
        assert_eq!(Language::new("chi_sim").unwrap().code(), "chi_sim");
        assert!(serde_json::from_str::<Language>("\"eng deu\"").is_err());
    }
}
