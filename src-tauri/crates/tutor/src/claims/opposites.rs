//! Words that say the opposite of each other.

use std::collections::HashMap;
use std::sync::LazyLock;

use retrieval::stem;

/// Each line: the words of one side, a bar, the words of the other.
const OPPOSITES: &str = "\
increase increases increased increasing rise rises rose risen grow grows grew grown raise raises raised climb climbs climbed more greater larger higher double doubles doubled dearer expensive louder harder bigger enlarge enlarges longer heavier taller above plentiful abundant improve improves improved | decrease decreases decreased decreasing fall falls fell fallen decline declines declined reduce reduces reduced drop drops dropped shrink shrinks shrank shrunk less fewer smaller lower lowers lowered diminish diminishes diminished halve halves halved cheaper cheap softer shorter lighter below scarce rarer rare worsen worsens worsened
most | least fewest
precedes preceded earlier | follows followed later
positive positively | negative negatively
always | never
maximum maximal highest largest strongest tallest longest biggest | minimum minimal lowest smallest weakest shortest
strengthen strengthens strengthened strong stronger | weaken weakens weakened weak weaker
cause causes caused promote promotes promoted enable enables enabled allow allows allowed | prevent prevents prevented inhibit inhibits inhibited forbid forbids forbade forbidden
excitatory excite excites | inhibitory
inside internal inner within | outside external outer beyond
begin begins began begun start starts started | end ends ended stop stops stopped cease ceases ceased
accept accepts accepted welcome welcomes welcomed admire admired approve approved | reject rejects rejected despise despised refuse refuses refused
true | false
present presence | absent absence
hot hotter warm warmer heat heats heated | cold colder cool cooler cools cooled
expand expands expanded | contract contracts contracted
fast faster quick quickly quicker rapid rapidly | slow slower slowly slows slowed
open opens opened | close closes closed shut shuts
first | last
voluntary voluntarily | involuntary involuntarily
conscious consciously | unconscious unconsciously
active actively | passive passively
similar alike same | different unlike differ differs
possible | impossible
easy easier | difficult
safe safer safely | dangerous unsafe
success successful succeed succeeds succeeded | failure unsuccessful fail fails failed
left | right
male males men man | female females women woman
old older | young younger new newer
short-term | long-term
input inputs | output outputs
north northern | south southern
east eastern | west western
majority | minority
common frequent frequently often | rare uncommon rarely seldom
benefit benefits beneficial profit profits profited enrich enriched | harm harms harmful ruin ruins ruined damage damages damaged
win wins won | lose loses lost
support supports supported | oppose opposes opposed refute refutes refuted
high | low
large big | small little
many much | few little
thick dense denser | thin thinner
deep deeper | shallow shallower
light | heavy
well good | badly poorly poor bad
clear clearer clean cleaner | murky murkier cloudy cloudier dirty
dominant | recessive
acid acidic | base basic alkaline
import imports | export exports
live lives lived survive survives survived | die dies died killed kill kills
keep keeps kept retain retains retained gain gains gained save saves saved find finds found | lose loses lost
save saves saved | waste wastes wasted
away | closer nearer
recede recedes receded leave leaves | approach approaches approached
top upper | bottom
rich richer wealthy | poor poorer
recover recovers recovered | die died dies
innocent | guilty
known | unknown
mutable changes changed | unchanged constant";

/// A word's group and side.
pub(super) type Side = (usize, bool);

static SIDES: LazyLock<HashMap<String, Vec<Side>>> = LazyLock::new(|| {
    let mut sides: HashMap<String, Vec<Side>> = HashMap::new();
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

/// The groups that words belong to, with their sides, each once.
pub(super) fn sides<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Side> {
    let mut all: Vec<Side> = Vec::new();
    for word in words {
        let found = SIDES.get(word).or_else(|| SIDES.get(stem(word).as_ref()));
        all.extend(found.into_iter().flatten());
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether these sides have the other side of a word's group alone.
pub(super) fn is_opposed((group, side): Side, sides: &[Side]) -> bool {
    sides.contains(&(group, !side)) && !sides.contains(&(group, side))
}

/// Whether two words say the opposite of each other, whatever their endings.
pub fn are_opposites(one: &str, other: &str) -> bool {
    opposed(&sides(std::iter::once(one)), &sides(std::iter::once(other))) > 0
}

/// In how many groups one text has one side alone and the other has the other side alone.
pub(super) fn opposed(one: &[Side], other: &[Side]) -> usize {
    let opposed = |&&(group, side): &&Side| is_opposed((group, side), other) && !one.contains(&(group, !side));
    // A word may stand in several groups.
    one.iter().filter(opposed).count().min(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opposed(one: &str, other: &str) -> bool {
        super::opposed(&sides(one.split(' ')), &sides(other.split(' '))) > 0
    }

    #[test]
    fn the_other_side_alone_is_opposed() {
        assert!(opposed("heat increases speed", "heat decreases speed"));
        assert!(!opposed("heat increases speed", "heat increases speed and decreases order"));
        assert!(!opposed("more heat and less order", "less order"));
        assert!(!opposed("water flows", "cold decreases"));
    }
}
