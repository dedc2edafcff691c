//! Whether a passage supports a claim.
//!
//! A claim is held against every run of one to three sentences of the passage: the share of its words that stands
//! there, and what speaks against it. Words that agree prove nothing where a number, a unit, a name, a negation or a
//! direction differs, so each of these is an objection that no likeness outweighs.

use std::collections::HashSet;
use std::ops::Range;

use super::alignment::{Exchange, exchanges};
use super::clauses::{Clause, Contradiction, clauses, contradiction};
use super::numbers::{Agreement, Quantity, is_number, quantities};
use super::tokens::{Token, tokens};

/// A claim is held against so many sentences at once.
const LONGEST_RUN: usize = 3;
/// What each further sentence costs, as a share of the claim: the shortest proof is the best.
const FURTHER_SENTENCE: f32 = 0.04;
/// What a word that stands in the headings alone counts.
const IN_HEADINGS: f32 = 0.6;
/// Names and numbers say more than other words.
const WEIGHTY: f32 = 1.5;
/// A claim whose words stand in another order than the passage's for more than this share of the pairs turns something
/// round.
const TURNED_ROUND: f32 = 0.6;
/// A sentence with this share of what a longer run has of a claim is what the claim is about.
const MOST_OF_IT: f32 = 0.85;
/// Fewer common words have no order worth the name.
const ORDERED: usize = 4;

/// What speaks against a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Objection {
    /// It has a number that the passage does not have.
    Number,
    /// A number has another unit there.
    Unit,
    /// It names somebody or something that is not named there.
    Name,
    /// It denies what the passage says, or says what it denies.
    Negation,
    /// It says the opposite: rising for falling.
    Opposite,
    /// It says of all what the passage says of some.
    Overstated,
    /// It repeats a sentence with other words in the place of some.
    Exchanged,
    /// It turns round who does what to whom.
    Order,
}

/// A claim held against a run of sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The sentences.
    pub sentences: Range<usize>,
    /// The share of the claim, by weight, that stands in them or in the headings.
    pub coverage: f32,
    /// What speaks against it.
    pub objection: Option<Objection>,
}

impl Held {
    /// How good a proof it is: of two that say as much, the shorter one.
    pub(crate) fn worth(&self) -> f32 {
        self.coverage - FURTHER_SENTENCE * (self.sentences.len() - 1) as f32
    }
}

/// A text, taken apart.
#[derive(Clone, Debug)]
struct Facts {
    tokens: Vec<Token>,
    stems: HashSet<String>,
    quantities: Vec<Quantity>,
    clauses: Vec<Clause>,
}

impl Facts {
    fn of(text: &str) -> Self {
        let tokens = tokens(text);
        Self {
            stems: tokens.iter().filter(|token| token.tells).map(|token| token.stem.clone()).collect(),
            quantities: quantities(text),
            clauses: clauses(text, &tokens),
            tokens,
        }
    }

    fn has(&self, stem: &str) -> bool {
        self.stems.contains(stem)
    }

    fn has_word(&self, word: &str) -> bool {
        self.tokens.iter().any(|token| token.word == word)
    }
}

/// A passage, taken apart once for all claims.
#[derive(Clone, Debug)]
pub struct Source {
    sentences: Vec<String>,
    /// The same, taken apart.
    facts: Vec<Facts>,
    headings: HashSet<String>,
    /// Words that stand in it with a capital where no sentence begins, and never without.
    names: HashSet<String>,
    all: Facts,
}

impl Source {
    /// A passage with these headings and sentences.
    pub fn new<'a>(headings: &[String], sentences: impl Iterator<Item = &'a str>) -> Self {
        let sentences: Vec<String> = sentences.map(str::to_owned).collect();
        let headings_text = headings.join(" ");
        let mut names = HashSet::new();
        let mut common = HashSet::new();
        for sentence in &sentences {
            for (at, token) in tokens(sentence).into_iter().enumerate() {
                match (token.is_capital, at) {
                    (true, 0) => {}
                    (true, _) => drop(names.insert(token.word)),
                    (false, _) => drop(common.insert(token.word)),
                }
            }
        }
        names.retain(|name| !common.contains(name));
        let all = Facts::of(&format!("{headings_text}. {}", sentences.join(" ")));
        let headings = tokens(&headings_text).into_iter().map(|token| token.stem).collect();
        let facts = sentences.iter().map(|sentence| Facts::of(sentence)).collect();
        Self { sentences, facts, headings, names, all }
    }

    /// Whether a word stands in it or above it.
    pub(super) fn has(&self, stem: &str) -> bool {
        self.all.has(stem)
    }

    /// These sentences as one text.
    pub(crate) fn text(&self, sentences: Range<usize>) -> String {
        self.sentences.get(sentences).unwrap_or_default().join(" ")
    }

    /// Whether a word stands in these sentences, whatever its ending.
    pub(super) fn says(&self, sentences: Range<usize>, word: &str) -> bool {
        let asked = tokens(word);
        let said: HashSet<String> = tokens(&self.text(sentences)).into_iter().map(|token| token.stem).collect();
        asked.iter().all(|token| said.contains(&token.stem))
    }

    /// `claim` held against each run of sentences, the best without an objection first.
    pub fn hold(&self, claim: &str) -> Vec<Held> {
        let claim = Facts::of(claim);
        let names = self.names_in(&claim);
        let mut held: Vec<Held> = (1..=LONGEST_RUN.min(self.sentences.len()))
            .flat_map(|length| (0..=self.sentences.len() - length).map(move |start| start..start + length))
            .map(|sentences| {
                let text = self.sentences[sentences.clone()].join(" ");
                let run = Facts::of(&text);
                let coverage = self.coverage(&claim, &names, &run);
                let objection = self.objection(&claim, &names, &run, &self.facts[sentences.clone()]);
                Held { sentences, coverage, objection }
            })
            .collect();
        spread(&mut held);
        held.sort_by(|a, b| a.objection.is_some().cmp(&b.objection.is_some()).then(b.worth().total_cmp(&a.worth())));
        held
    }

    /// The words of a claim that name somebody or something.
    fn names_in(&self, claim: &Facts) -> HashSet<String> {
        let named = claim.tokens.iter().enumerate().filter(|(at, token)| {
            let followed = claim.tokens.get(at + 1).is_some_and(|next| next.is_capital && next.tells);
            let acts = claim.tokens.get(at + 1).is_some_and(|next| is_done_by_one(&token.word, &next.word));
            let first = *at == 0 && !followed && !acts && !self.names.contains(&token.word);
            token.is_capital && token.tells && !first && !is_number(&token.word)
        });
        named.map(|(_, token)| token.stem.clone()).collect()
    }

    fn coverage(&self, claim: &Facts, names: &HashSet<String>, run: &Facts) -> f32 {
        let (mut all, mut met) = (0.0, 0.0);
        let mut seen = HashSet::new();
        for token in claim.tokens.iter().filter(|token| token.tells) {
            if !seen.insert(&token.stem) {
                continue;
            }
            let weighty = names.contains(&token.stem) || token.word.chars().all(char::is_numeric);
            let weight = if weighty { WEIGHTY } else { 1.0 };
            all += weight;
            if run.has(&token.stem) {
                met += weight;
            } else if self.headings.contains(&token.stem) {
                met += IN_HEADINGS * weight;
            }
        }
        if all == 0.0 { 0.0 } else { met / all }
    }

    /// What speaks against a claim in a run of sentences.
    fn objection(&self, claim: &Facts, names: &HashSet<String>, run: &Facts, sentences: &[Facts]) -> Option<Objection> {
        for quantity in &claim.quantities {
            match quantity.among(&run.quantities) {
                Agreement::Same => {}
                // Figures of speech, and what is counted by the reader of the passage.
                Agreement::Missing if quantity.is_one || quantity.in_letters && !quantity.is_measured() => {}
                Agreement::OtherUnit => return Some(Objection::Unit),
                Agreement::OtherNumber | Agreement::Missing => return Some(Objection::Number),
            }
        }
        let points_back = run.tokens.iter().any(|token| {
            matches!(
                token.word.as_str(),
                "he" | "she" | "it" | "they" | "his" | "her" | "their" | "its" | "this" | "these"
            )
        });
        let named = |name: &String| run.has(name) || points_back && self.all.has(name) || self.headings.contains(name);
        if !names.iter().all(named) {
            return Some(Objection::Name);
        }
        if let Some(contradiction) = contradiction(&claim.clauses, &run.clauses, &self.headings) {
            return Some(match contradiction {
                Contradiction::Denied => Objection::Negation,
                Contradiction::Opposite => Objection::Opposite,
                Contradiction::Overstated => Objection::Overstated,
            });
        }
        if sentences.iter().any(|it| exchanges(&claim.tokens, &it.tokens).iter().any(Exchange::changes)) {
            return Some(Objection::Exchanged);
        }
        sentences.iter().any(|sentence| is_turned_round(claim, sentence)).then_some(Objection::Order)
    }
}

/// Whether a word at the beginning of a sentence, with this one behind it, is who or what does something: a name, or
/// something of which there is but one kind ("Platinum is …"), rather than "Wages were …" or "Slowly it …".
fn is_done_by_one(first: &str, next: &str) -> bool {
    const DOES: [&str; 36] = [
        "is", "was", "has", "had", "did", "does", "can", "could", "will", "would", "may", "might", "must", "s", "got",
        "gave", "made", "wrote", "found", "said", "saw", "took", "built", "became", "began", "won", "lost", "led",
        "held", "thought", "taught", "went", "came", "put", "set", "and",
    ];
    let many = first.ends_with('s') || first.ends_with("ing") || first.ends_with("ly");
    !many && (DOES.contains(&next) || next.len() > 4 && next.ends_with("ed"))
}

/// What a sentence contradicts that has most of what a longer run has of the claim, the longer run doesn't support
/// either, nor do sentences that have less of it. A number or a name may well stand in the sentence before.
fn spread(held: &mut [Held]) {
    let contradicts = |it: &&Held| {
        use Objection::{Exchanged, Negation, Opposite, Overstated};
        it.sentences.len() == 1 && matches!(it.objection, Some(Negation | Opposite | Overstated | Exchanged))
    };
    let against: Vec<Held> = held.iter().filter(contradicts).cloned().collect();
    for run in held.iter_mut().filter(|run| run.objection.is_none()) {
        let prevails = |it: &&Held| {
            let within = run.sentences.contains(&it.sentences.start);
            if within { it.coverage >= MOST_OF_IT * run.coverage } else { MOST_OF_IT * it.coverage >= run.coverage }
        };
        run.objection = against.iter().find(prevails).and_then(|it| it.objection);
    }
}

/// Whether a claim says nothing but a sentence's own words, in another order that no passive accounts for.
fn is_turned_round(claim: &Facts, run: &Facts) -> bool {
    if claim.stems != run.stems
        || ["by", "is", "are", "was", "were"].iter().any(|it| claim.has_word(it) != run.has_word(it))
    {
        return false;
    }
    let place = |token: &Token| {
        let mut places = run.tokens.iter().enumerate().filter(|(_, other)| other.stem == token.stem);
        let first = places.next().map(|(at, _)| at);
        // A word that stands there twice has no place.
        first.filter(|_| places.next().is_none())
    };
    let common: Vec<usize> = claim.tokens.iter().filter(|token| token.tells).filter_map(place).collect();
    if common.len() < ORDERED {
        return false;
    }
    let pairs = common.len() * (common.len() - 1) / 2;
    let turned: usize = common
        .iter()
        .enumerate()
        .map(|(at, place)| common[at + 1..].iter().filter(|later| *later < place).count())
        .sum();
    turned as f32 > TURNED_ROUND * pairs as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(claim: &str, sentences: &[&str]) -> Held {
        let source = Source::new(&["Water".to_owned()], sentences.iter().copied());
        source.hold(claim).remove(0)
    }

    fn objection(claim: &str, sentence: &str) -> Option<Objection> {
        held(claim, &[sentence]).objection
    }

    #[test]
    fn the_shortest_run_of_sentences_that_says_it_is_the_proof() {
        let passage = ["Ice is cold.", "Water boils at 100 °C.", "Steam rises fast.", "It drives engines."];
        let best = held("Boiling water has 100 °C.", &passage);
        assert_eq!((best.sentences, best.objection), (1..2, None));
        assert!(best.coverage > 0.9);
        assert_eq!(held("Rising steam drives engines.", &passage).sentences, 2..4);
    }

    #[test]
    fn other_words_are_less_covered() {
        let best = held("Vinegar dissolves limestone.", &["Water boils at 100 °C."]);
        assert!(best.coverage < 0.1);
    }

    #[test]
    fn what_differs_is_an_objection_however_alike_the_rest_is() {
        let passage = "In 1905 Einstein showed that the energy of 5 kg of matter increases with its mass.";
        for (claim, expected) in [
            ("In 1905 Einstein showed that energy increases with mass.", None),
            ("In 1915 Einstein showed that energy increases with mass.", Some(Objection::Number)),
            ("Einstein showed that the energy of 5 g of matter increases.", Some(Objection::Unit)),
            ("In 1905 Newton showed that energy increases with mass.", Some(Objection::Name)),
            ("Niels Bohr showed that energy increases with mass.", Some(Objection::Name)),
            ("In 1905 Einstein showed that energy does not increase with mass.", Some(Objection::Negation)),
            ("In 1905 Einstein showed that energy decreases with mass.", Some(Objection::Opposite)),
        ] {
            assert_eq!(objection(claim, passage), expected, "{claim}");
        }
        let passage = "Hungry wolves hunt young deer.";
        assert_eq!(objection("Young deer hunt hungry wolves.", passage), Some(Objection::Order));
        assert_eq!(objection("Young deer are hunted by hungry wolves.", passage), None);
    }

    #[test]
    fn what_is_said_in_other_words_meets_no_objection() {
        for (claim, sentence) in [
            (
                "One European in three died within five years.",
                "In five years it killed about a third of the people of Europe.",
            ),
            ("The ice does not melt when it is cold.", "In the cold the ice never melts."),
            ("The valley has fewer trees than the hills.", "The hills have more trees than the valley."),
            ("No hill is higher than the Brocken.", "The Brocken is the highest hill."),
        ] {
            assert_eq!(objection(claim, sentence), None, "{claim}");
        }
    }

    #[test]
    fn what_is_overstated_turned_or_denied_in_other_words_is_an_objection() {
        for (claim, sentence, expected) in [
            ("All birds of the coast fly south.", "Most birds of the coast fly south.", Objection::Overstated),
            (
                "The valley has more trees than the hills.",
                "The hills have more trees than the valley.",
                Objection::Opposite,
            ),
            (
                "It is thought that the ice melts quickly there.",
                "Nobody thinks that the ice melts slowly there.",
                Objection::Opposite,
            ),
            ("Nitrogen is the catalyst.", "The catalyst is iron.", Objection::Name),
        ] {
            assert_eq!(objection(claim, sentence), Some(expected), "{claim}");
        }
    }

    #[test]
    fn what_a_sentence_contradicts_its_neighbours_do_not_mend() {
        let passage = ["The gate opens at noon.", "It closes at night.", "Nobody sees it."];
        let held = held("The gate closes at noon.", &passage);
        assert!(held.objection.is_some(), "{held:?}");
    }

    #[test]
    fn a_pronoun_stands_for_whom_the_passage_names() {
        let passage = ["Einstein worked in Bern.", "He wrote four papers there."];
        assert_eq!(held("Einstein wrote four papers.", &passage).objection, None);
    }
}
