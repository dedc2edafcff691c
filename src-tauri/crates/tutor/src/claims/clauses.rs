//! Clauses: the parts of a sentence that each affirm or deny one thing.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::opposites::{self, Side};
use super::tokens::Token;

/// Words that begin a clause of their own.
const JOINTS: [&str; 19] = [
    "but", "although", "though", "whereas", "while", "because", "since", "so", "yet", "and", "unless", "despite",
    "that", "when", "where", "if", "which", "who", "whom",
];

/// What denies. A clause with two of them affirms.
static NEGATORS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \b(?: not | never | no | none | nobody | nothing | nowhere | neither | nor | without | cannot | hardly
            | rarely | seldom | barely | scarcely | fail(?:s|ed)?\ to | lack(?:s|ed|ing)? | unable | incapable | unaware
            | unknown | avoid(?:s|ed|ing)? | prevent(?:s|ed|ing)? | refuse[sd]? | den(?:y|ies|ied)
            | missing | absent | instead\ of | rather\ than | impossible | [a-z]+n['’]t )\b",
    )
    .ok()
});

/// Where a negator deceives: "not only", "no doubt", "nothing but", "not until".
static DECEIVES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^(?: (?:not|no|nothing) \s+ (?: only|just|merely|simply|doubt|matter|necessarily|but|quite|until|later)\b
            | not\b [^,;.]* \buntil\b | no \s+ (?: more|fewer|less ) \s+ than\b
            | lack \s+ of\b
            | (?: no|none|nobody|nothing ) \b [^,;.]* \b(?:is|are|was|were)\b [^,;.]* \b(?: more|less|\w+er ) \b [^,;.]* \bthan\b )",
    )
    .ok()
});

/// A clause.
#[derive(Clone, Debug, Default)]
pub(super) struct Clause {
    /// What it is about.
    pub(super) stems: HashSet<String>,
    /// How often it denies.
    denials: usize,
    /// Its words that have an opposite.
    sides: Vec<Side>,
    /// What stands on either side of its "than".
    compared: Option<(HashSet<String>, HashSet<String>)>,
    /// Whether it says something of all, or of some.
    scope: Option<Scope>,
}

/// Of how many a clause says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    All,
    Some,
}

const ALL: [&str; 7] = ["all", "every", "everyone", "everything", "always", "entirely", "each"];
const SOME: [&str; 11] =
    ["most", "some", "many", "often", "usually", "sometimes", "mostly", "few", "majority", "partly", "almost"];

/// The clauses of a text.
pub(super) fn clauses(text: &str, tokens: &[Token]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        let ends = tokens.get(at).is_none_or(|token| {
            let between = text.get(tokens[at - 1].end..token.start).unwrap_or_default();
            let parted = between.contains([',', ';', ':', '(', ')', '–', '—']) || between.contains(". ");
            parted || JOINTS.contains(&token.word.as_str())
        });
        if ends {
            add(&mut clauses, text, &tokens[start..at]);
            start = at;
        }
    }
    clauses
}

/// Adds a clause; a few words belong to the one before.
fn add(clauses: &mut Vec<Clause>, text: &str, tokens: &[Token]) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
    let part = text.get(first.start..last.end).unwrap_or_default();
    let telling = || tokens.iter().filter(|token| token.tells);
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.word.as_str()));
    let compared = tokens.iter().position(|token| token.word == "than").map(|than| {
        let stems = |tokens: &[Token]| tokens.iter().filter(|it| it.tells).map(|it| it.stem.clone()).collect();
        (stems(&tokens[..than]), stems(&tokens[than + 1..]))
    });
    clauses.push(Clause {
        stems: telling().map(|token| token.stem.clone()).collect(),
        denials: denials(part),
        sides: opposites::sides(tokens.iter().map(|token| token.word.as_str())),
        compared,
        scope: match () {
            () if has(&SOME) => Some(Scope::Some),
            () if has(&ALL) => Some(Scope::All),
            () => None,
        },
    });
}

fn denials(part: &str) -> usize {
    let (Some(negators), Some(deceives)) = (NEGATORS.as_ref(), DECEIVES.as_ref()) else { return 0 };
    negators.find_iter(part).filter(|it| !part.get(it.start()..).is_some_and(|rest| deceives.is_match(rest))).count()
}

/// How one clause contradicts another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contradiction {
    /// One denies what the other says.
    Denied,
    /// One says the opposite.
    Opposite,
    /// One says of all what the other says of some.
    Overstated,
}

/// A clause of a passage is about the same if it has this share of the words of a claim's clause.
const SAME: f32 = 0.25;
/// A clause that has this share of the words that the nearest one has may say the same as well.
const NEAR: f32 = 0.5;
/// What a word counts that stands in the headings: it is in many clauses.
const IN_HEADINGS: f32 = 0.5;

/// What in `passage` contradicts `claim`: for each clause of the claim the clauses that have the most of its words are
/// asked, and any of them that agrees is enough.
pub(super) fn contradiction(claim: &[Clause], passage: &[Clause], headings: &HashSet<String>) -> Option<Contradiction> {
    let weight = |stem: &String| if headings.contains(stem) { IN_HEADINGS } else { 1.0 };
    claim.iter().filter(|clause| clause.stems.len() > 1 || clause.denials > 0).find_map(|clause| {
        let all: f32 = clause.stems.iter().map(weight).sum();
        let shared = |other: &Clause| {
            let same = clause.stems.intersection(&other.stems).map(weight).sum::<f32>();
            same + negated_words(clause, other) as f32
        };
        let most = passage.iter().map(shared).fold(0.0, f32::max);
        if most == 0.0 || most < SAME * all {
            return None;
        }
        let near = passage.iter().filter(|other| shared(other) >= NEAR * most);
        let mut found = None;
        for other in near {
            found = Some(between(clause, other, passage)?);
        }
        found
    })
}

/// How `passage`, one of the clauses `around`, contradicts `claim`.
fn between(claim: &Clause, passage: &Clause, around: &[Clause]) -> Option<Contradiction> {
    // The same word elsewhere says what this clause leaves open: "it won votes and yet lost".
    let repeats = |other: &Clause| {
        let same = |side: &&Side| other.sides.contains(side) && !opposites::is_opposed(**side, &other.sides);
        other.denials % 2 == claim.denials % 2
            && claim.sides.iter().filter(|side| opposites::is_opposed(**side, &passage.sides)).any(|side| same(&side))
    };
    let opposed = if around.iter().any(repeats) { 0 } else { opposites::opposed(&claim.sides, &passage.sides) };
    let turned = match (&claim.compared, &passage.compared) {
        (Some(one), Some(other)) => is_turned(one, other),
        _ => false,
    };
    let opposed = opposed + negated_words(claim, passage);
    if (claim.denials + passage.denials + opposed + usize::from(turned)) % 2 == 1 {
        return Some(if opposed > 0 || turned { Contradiction::Opposite } else { Contradiction::Denied });
    }
    let overstated = claim.scope == Some(Scope::All) && passage.scope == Some(Scope::Some);
    overstated.then_some(Contradiction::Overstated)
}

/// How many words of one clause are those of the other with "un" or the like before them.
fn negated_words(one: &Clause, other: &Clause) -> usize {
    const PREFIXES: [&str; 8] = ["un", "dis", "in", "im", "ir", "il", "non", "mis"];
    const SHORTEST: usize = 4;
    let negates = |a: &String, b: &String| {
        b.len() >= SHORTEST && PREFIXES.iter().any(|prefix| a.strip_prefix(prefix) == Some(b.as_str()))
    };
    let negated = |a: &&String| other.stems.iter().any(|b| negates(a, b) || negates(b, a));
    one.stems.iter().filter(negated).count()
}

/// Whether what is compared has changed places.
fn is_turned(one: &(HashSet<String>, HashSet<String>), other: &(HashSet<String>, HashSet<String>)) -> bool {
    let only = |own: &HashSet<String>, else_: &HashSet<String>| own.difference(else_).cloned().collect::<HashSet<_>>();
    let (a, b) = (only(&one.0, &one.1), only(&one.1, &one.0));
    let (c, d) = (only(&other.0, &other.1), only(&other.1, &other.0));
    let common = |x: &HashSet<String>, y: &HashSet<String>| x.intersection(y).count();
    // Before "than" stands much besides: the subject of both, the verb.
    common(&a, &d) + common(&b, &c) > common(&b, &d)
}
