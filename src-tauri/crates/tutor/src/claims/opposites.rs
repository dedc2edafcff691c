//! Words that say the opposite of each other: a claim with one of them is not supported by a passage with the other.

use std::collections::HashMap;
use std::sync::LazyLock;

use retrieval::stem;

/// Each line: the words of one side, a bar, the words of the other.
const OPPOSITES: &str = "\
increase increases increased increasing rise rises rose grow grows grew raise raises raised | decrease decreases decreased decreasing fall falls fell decline declines declined reduce reduces reduced drop drops dropped shrink shrinks lower lowers lowered diminish
more greater larger higher | less fewer smaller lower
most | least fewest
before prior precedes preceded | after following follows followed
positive positively | negative negatively
always | never
all every everyone | none nobody
maximum maximal highest | minimum minimal lowest
strengthen strengthens strengthened | weaken weakens weakened
strong stronger | weak weaker
cause causes caused promote promotes | prevent prevents prevented inhibit inhibits inhibited
excitatory excite excites | inhibitory
above | below
inside internal inner | outside external outer
begin begins began start starts started | end ends ended stop stops stopped
gain gains gained | lose loses lost loss
accept accepts accepted | reject rejects rejected
true | false
present presence | absent absence
hot hotter warm warmer | cold colder cool cooler
expand expands expanded | contract contracts contracted
fast faster quick quickly rapid rapidly | slow slower slowly
early earlier | late later
first | last
voluntary voluntarily | involuntary involuntarily
conscious consciously | unconscious unconsciously
active actively | passive passively
similar alike same | different unlike differ differs
possible | impossible
easy easier | difficult hard harder
success successful succeed | failure unsuccessful
left | right
male males men man | female females women woman
old older | young younger
short-term | long-term
short shorter | long longer
input inputs | output outputs
north northern | south southern
east eastern | west western
majority | minority
common | rare uncommon
benefit benefits beneficial | harm harms harmful
win wins won | lose loses lost
support supports supported | oppose opposes opposed refute refutes refuted
high | low
large big | small
dominant | recessive
acid acidic | base basic alkaline
import imports | export exports";

/// Each word's groups and sides.
static SIDES: LazyLock<HashMap<String, Vec<(usize, bool)>>> = LazyLock::new(|| {
    let mut sides: HashMap<String, Vec<(usize, bool)>> = HashMap::new();
    for (group, line) in OPPOSITES.lines().enumerate() {
        let (one, other) = line.split_once('|').unwrap_or((line, ""));
        for (side, words) in [(true, one), (false, other)] {
            for word in words.split_whitespace() {
                for form in [word.to_owned(), stem(word).into_owned()] {
                    let known = sides.entry(form).or_default();
                    if !known.contains(&(group, side)) {
                        known.push((group, side));
                    }
                }
            }
        }
    }
    sides
});

/// The groups that words belong to, with their sides.
fn sides<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(usize, bool)> {
    words.filter_map(|word| SIDES.get(word)).flatten().copied().collect()
}

/// Whether the claim has one side of a group and the passage the other one alone.
pub(super) fn contradict<'a>(claim: impl Iterator<Item = &'a str>, passage: impl Iterator<Item = &'a str>) -> bool {
    let (claim, passage) = (sides(claim), sides(passage));
    claim.iter().any(|&(group, side)| {
        passage.contains(&(group, !side)) && !passage.contains(&(group, side)) && !claim.contains(&(group, !side))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contradicts(claim: &str, passage: &str) -> bool {
        contradict(claim.split(' '), passage.split(' '))
    }

    #[test]
    fn the_other_side_alone_contradicts() {
        assert!(contradicts("heat increases speed", "heat decreases speed"));
        assert!(!contradicts("heat increases speed", "heat increases speed and decreases order"));
        assert!(!contradicts("more heat and less order", "less order"));
        assert!(!contradicts("heat flows", "cold decreases"));
    }
}
