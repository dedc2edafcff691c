//! Whether an item asks again what another one asks.

use std::collections::HashSet;

use library::quizzes::{Item, ItemKind, Key};
use retrieval::{fold, is_stop_word, stem, words};

/// Stems that share this much of the words of the smaller are the same question.
const SAME: f32 = 0.7;

/// What was asked so far.
#[derive(Debug, Default)]
pub(in crate::quiz) struct Asked {
    items: Vec<Fingerprint>,
}

#[derive(Debug)]
struct Fingerprint {
    kind: ItemKind,
    stems: HashSet<String>,
    key: String,
}

impl Fingerprint {
    fn of(item: &Item) -> Self {
        let key = match &item.answer {
            Key::One(key) if !matches!(item.kind, ItemKind::TrueFalse | ItemKind::Short) => folded(key),
            Key::One(_) | Key::Each(_) => String::new(),
        };
        let asked = match item.kind {
            ItemKind::Matching => item.terms.join(" "),
            _ => item.stem.clone(),
        };
        let stems = words(&asked)
            .map(|(_, word)| fold(word))
            .filter(|word| !is_stop_word(word) && !matches!(&**word, "term" | "following" | "completes" | "sentence"))
            .map(|word| stem(&word).into_owned())
            .collect();
        Self { kind: item.kind, stems, key }
    }

    /// Whether one of the two would not be asked beside the other.
    fn repeats(&self, other: &Self) -> bool {
        if self.kind == other.kind && !self.key.is_empty() && self.key == other.key {
            return true;
        }
        let smaller = self.stems.len().min(other.stems.len());
        let shared = self.stems.intersection(&other.stems).count();
        smaller > 0 && shared as f32 >= SAME * smaller as f32
    }
}

impl Asked {
    /// Whether an item asks what is asked already.
    pub(in crate::quiz) fn has(&self, item: &Item) -> bool {
        let new = Fingerprint::of(item);
        self.items.iter().any(|known| known.repeats(&new))
    }

    /// From now on this is asked.
    pub(in crate::quiz) fn add(&mut self, item: &Item) {
        self.items.push(Fingerprint::of(item));
    }
}

impl<'a> FromIterator<&'a Item> for Asked {
    fn from_iter<T: IntoIterator<Item = &'a Item>>(items: T) -> Self {
        Self { items: items.into_iter().map(Fingerprint::of).collect() }
    }
}

fn folded(text: &str) -> String {
    let mut stems: Vec<String> = words(text).map(|(_, word)| stem(&fold(word)).into_owned()).collect();
    stems.sort_unstable();
    stems.join(" ")
}
