//! Numbers with their units: "1,200 km", "25 %", "twelve years", "minus 5 °C", "two thirds", "every second day".

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::units::{self, Unit};

/// A number of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// Its value, multiplied out ("2 million").
    pub(super) value: f64,
    /// Its unit, where it has a known one.
    pub(super) unit: Option<Unit>,
    /// The word behind it, in lower case: what is counted.
    pub(super) counted: Option<String>,
    /// Whether it was written in letters.
    pub(super) in_letters: bool,
    /// Whether it is said to be no more than about right.
    is_rough: bool,
    /// Whether it is one of a kind ("a day"), which is often a figure of speech.
    pub(super) is_one: bool,
    /// Where it stands.
    pub(super) place: Range<usize>,
}

/// How a quantity stands to those of another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// The same stands there.
    Same,
    /// The number stands there, of another unit.
    OtherUnit,
    /// Another number of the same stands there.
    OtherNumber,
    /// There is nothing like it.
    Missing,
}

/// How far a value may be off that was converted: a month has 30 days or 31.
const CONVERTED: f64 = 0.03;
/// How far one may be off that is said to be rough: as much as rounding to one digit and a half.
const ROUGH: f64 = 0.06;
/// A number of four digits below this, without a unit, is a year, and never rough.
const YEARS: f64 = 2200.0;

impl Quantity {
    /// How it stands to the quantities of a passage.
    pub(super) fn among(&self, others: &[Self]) -> Agreement {
        if others.iter().any(|other| self.equals(other)) {
            return Agreement::Same;
        }
        let alike = |other: &Self| !self.is_one || self.dimension() == other.dimension();
        if others.iter().any(|it| same(self.value, it.value, 0.0) && self.is_of_another_kind(it) && alike(it)) {
            return Agreement::OtherUnit;
        }
        let of_the_same = |other: &&Self| match (self.unit, other.unit) {
            (Some(unit), Some(found)) => unit.dimension == found.dimension,
            _ => self.counted.is_some() && self.counted == other.counted,
        };
        if others.iter().any(|other| of_the_same(&other)) { Agreement::OtherNumber } else { Agreement::Missing }
    }

    /// Whether it measures something, rather than counting or comparing.
    pub(super) fn is_measured(&self) -> bool {
        self.dimension().is_some_and(|dimension| dimension != "ratio")
    }

    fn dimension(&self) -> Option<&'static str> {
        self.unit.map(|unit| unit.dimension)
    }

    fn equals(&self, other: &Self) -> bool {
        let is_year = self.unit.is_none() && self.counted.is_none() && (1000.0..YEARS).contains(&self.value);
        let rough = if self.is_rough && !is_year { ROUGH } else { 0.0 };
        match (self.unit, other.unit) {
            (Some(unit), Some(found)) if unit == found => same(self.value, other.value, rough),
            (Some(unit), Some(found)) => {
                unit.dimension == found.dimension
                    && same(self.value * unit.factor, other.value * found.factor, rough.max(CONVERTED))
            }
            _ => same(self.value, other.value, rough) && !self.is_of_another_kind(other),
        }
    }

    /// Whether the two count or measure different things, as far as that can be told.
    fn is_of_another_kind(&self, other: &Self) -> bool {
        match (self.unit, other.unit) {
            (Some(unit), Some(found)) => unit != found,
            (Some(_), None) => other.counted.is_some(),
            (None, Some(_)) => self.counted.is_some(),
            (None, None) => false,
        }
    }
}

fn same(a: f64, b: f64, off: f64) -> bool {
    (a - b).abs() <= off.max(1e-9) * a.abs().max(b.abs())
}

/// Numbers that are written in letters. "One" is as often a pronoun.
const IN_LETTERS: [(&str, f64); 27] = [
    ("zero", 0.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
];

const SCALES: [(&str, f64); 5] =
    [("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

/// Parts of a whole; "second" is a time or a rank.
const PARTS: [(&str, f64); 9] = [
    ("half", 2.0),
    ("third", 3.0),
    ("quarter", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("seventh", 7.0),
    ("eighth", 8.0),
    ("ninth", 9.0),
    ("tenth", 10.0),
];

/// Ranks that say how often: "every second day".
const RANKS: [(&str, f64); 4] = [("second", 2.0), ("third", 3.0), ("fourth", 4.0), ("fifth", 5.0)];

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let names = |list: &[(&str, f64)]| list.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("|");
    let (letters, scales, parts, ranks) = (names(&IN_LETTERS), names(&SCALES), names(&PARTS), names(&RANKS));
    let (unit, single) = (units::PATTERN, units::SINGLE);
    let space = r"[\s\x{a0}\x{202f}-]";
    Regex::new(&format!(
        r"(?ix)
        (?P<rough> \b (?: about|around|roughly|approximately|nearly|almost|some|circa|over|under|above|below
            | more\ than|less\ than|not\ quite|close\ to|up\ to|at\ least|at\ most ) \s+ (?: an?\s+ )? )?
        (?P<money> [$€£]\s? )?
        (?:
            (?P<among> \b (?: one | {letters} | \d+ ) ) \s+ (?: [a-z]+\s+ )? (?: in|out\ of|of ) \s+ (?: an?\s+ )?
                (?P<of> (?: {letters} | hundred | thousand | 10 | 100 | 1000 ) ) \b
          | \b (?P<count> an? | one | {letters} | \d+ ) [\s-] (?P<part> {parts} | halve ) s? \b
          | \b (?P<half> half ) \b
          | \b (?: every | each ) \s+ (?P<rank> {ranks} ) {space}+ (?P<ranked> {unit} ) \b
          | (?P<minus> \b minus\s+ | (?-x:(?:^|[\s(])[-−]) )?
            (?: (?P<digits> \d{{1,3}} (?: [,\x{{202f}}\x{{a0}}] \d{{3}} )+ (?:\.\d+)? | \d+ (?:\.\d+)? ) (?: st|nd|rd|th )? \b
              | \b (?P<letters> {letters} ) (?: - (?P<more> two|three|four|five|six|seven|eight|nine ) )? \b
              | \b (?: a | one ) \s+ (?P<one> {scales} ) \b )
            (?P<scales> (?: [\s-] (?: {scales} ) s? \b )* )
            (?: {space}* (?P<unit> {unit} | [\p{{L}}]+ ) )?
          | \b (?P<times> twice | doubl(?:e|es|ed|ing) | twofold ) \b
          | \b (?: an? | one | per | each | every ) \s+ (?P<single> {single} ) \b
          | \b one \s+ (?P<lone> \p{{L}}+ ) \b
          | \b (?P<adverb> hourly | daily | weekly | monthly | yearly | annually ) \b
        )
        "
    ))
    .ok()
});

/// The numbers of a text, in order.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let Some(numbers) = NUMBER.as_ref() else { return Vec::new() };
    let mut found: Vec<Quantity> = numbers.captures_iter(text).filter_map(|found| quantity(&found)).collect();
    // "Between 20 and 30 km": the first has the unit of the second.
    for at in (1..found.len()).rev() {
        let between = text.get(found[at - 1].place.end..found[at].place.start).unwrap_or_default().trim();
        let joins = matches!(between, "and" | "to" | "or" | "–" | "-");
        if joins && found[at - 1].unit.is_none() && found[at - 1].counted.is_none() {
            found[at - 1].unit = found[at].unit;
        }
    }
    found
}

fn quantity(found: &Captures<'_>) -> Option<Quantity> {
    let group = |name| found.name(name).map(|group| group.as_str().to_lowercase());
    let whole = found.get(0)?;
    let quantity = |value, unit, in_letters| Quantity {
        value,
        unit,
        counted: None,
        in_letters,
        is_rough: found.name("rough").is_some(),
        is_one: false,
        place: whole.start()..whole.end(),
    };
    let one_of = |unit| Quantity { is_one: true, ..quantity(1.0, unit, true) };
    let number = |word: &str| match word {
        "a" | "an" | "one" => Some(1.0),
        word => named(&IN_LETTERS, word).or_else(|| named(&SCALES, word)).or_else(|| word.parse().ok()),
    };
    if let (Some(among), Some(of)) = (group("among"), group("of")) {
        return Some(quantity(number(&among)? / number(&of)?, Some(units::WHOLE), true));
    }
    if let (Some(count), Some(part)) = (group("count"), group("part")) {
        let part = if part == "halve" { 2.0 } else { named(&PARTS, &part)? };
        return Some(quantity(number(&count)? / part, Some(units::WHOLE), true));
    }
    if group("half").is_some() {
        // "More than half" is most of them.
        let is_open = group("rough").is_some_and(|rough| rough.starts_with("more") || rough.starts_with("less"));
        if is_open {
            return None;
        }
        return Some(quantity(0.5, Some(units::WHOLE), true));
    }
    if let (Some(rank), Some(ranked)) = (group("rank"), group("ranked")) {
        return Some(quantity(named(&RANKS, &rank)?, units::unit(&ranked), true));
    }
    if group("times").is_some() {
        return Some(quantity(2.0, units::unit("times"), true));
    }
    if let Some(single) = group("single").or_else(|| group("adverb")) {
        // "A year on Mars is long" tells of the year.
        if whole.as_str().starts_with('A') {
            return None;
        }
        return Some(one_of(Some(units::unit(&single)?)));
    }
    if let Some(lone) = group("lone") {
        return Some(Quantity { counted: Some(counted(&lone)?), ..one_of(None) });
    }
    let (digits, letters) = (group("digits"), group("letters"));
    let in_letters = digits.is_none();
    let mut value = match (&digits, &letters) {
        (Some(digits), _) => digits.replace([',', '\u{202f}', '\u{a0}'], "").parse().ok()?,
        (None, Some(letters)) => {
            named(&IN_LETTERS, letters)?
                + group("more").map_or(0.0, |more| named(&IN_LETTERS, &more).unwrap_or_default())
        }
        (None, None) => named(&SCALES, &group("one")?)?,
    };
    for scale in group("scales").unwrap_or_default().split([' ', '-']).filter(|scale| !scale.is_empty()) {
        value *= named(&SCALES, scale.trim_end_matches('s'))?;
    }
    if found.name("minus").is_some() {
        value = -value;
    }
    let behind = group("unit");
    let unit = match group("money") {
        Some(money) => units::unit(money.trim()),
        None => behind.as_deref().and_then(units::unit),
    };
    // What is counted may be the beginning of the next number, so only the number's own place is taken.
    let end =
        found.name("unit").map_or(whole.end(), |behind| if unit.is_some() { whole.end() } else { behind.start() });
    let counted = behind.filter(|_| unit.is_none()).and_then(|word| counted(&word));
    Some(Quantity { counted, place: whole.start()..end, ..quantity(value, unit, in_letters) })
}

/// Whether a word in lower case is a number in letters.
pub(super) fn is_number(word: &str) -> bool {
    word == "one" || named(&IN_LETTERS, word).is_some() || named(&SCALES, word).is_some()
}

/// What a word behind a number says is counted.
fn counted(word: &str) -> Option<String> {
    (!crate::words::is_stop(word) && word.len() > 1).then(|| retrieval::stem(word).into_owned())
}

fn named(list: &[(&str, f64)], word: &str) -> Option<f64> {
    list.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, Option<&'static str>)> {
        quantities(text).into_iter().map(|found| (found.value, found.unit.map(|unit| unit.name))).collect()
    }

    #[test]
    fn numbers_are_read_with_their_units() {
        for (text, expected) in [
            ("It boils at 100 °C.", (100.0, Some("°C"))),
            ("at minus 15 °C", (-15.0, Some("°C"))),
            ("grew at -15 °C", (-15.0, Some("°C"))),
            ("some 1,200 km away", (1200.0, Some("km"))),
            ("9 million square kilometres", (9e6, Some("km²"))),
            ("2.5 million years", (2.5e6, Some("yr"))),
            ("two hundred thousand days", (2e5, Some("d"))),
            ("twenty-five percent of them", (25.0, Some("%"))),
            ("25% of them", (25.0, Some("%"))),
            ("a 5-year study", (5.0, Some("yr"))),
            ("a 48-metre high vault", (48.0, Some("m"))),
            ("$20 each", (20.0, Some("$"))),
            ("the 19th century", (19.0, Some("century"))),
            ("a hundred cells", (100.0, None)),
            ("in 1905", (1905.0, None)),
            ("three quarters of it", (0.75, Some("whole"))),
            ("half of them", (0.5, Some("whole"))),
            ("one woman in four", (0.25, Some("whole"))),
            ("two in a hundred", (0.02, Some("whole"))),
            ("every second day", (2.0, Some("d"))),
            ("twice as much", (2.0, Some("times"))),
            ("sold daily", (1.0, Some("d"))),
            ("an hour later", (1.0, Some("h"))),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
        assert!(read("ones of them, often").is_empty());
        assert_eq!(read("between 20 and 30 km"), [(20.0, Some("km")), (30.0, Some("km"))]);
    }

    fn agreement(claim: &str, passage: &str) -> Agreement {
        quantities(claim)[0].among(&quantities(passage))
    }

    #[test]
    fn a_number_agrees_with_the_same_number_of_the_same_unit() {
        let passage = "It weighs 5 kg and has twelve legs.";
        for (claim, expected) in [
            ("5 kilograms", Agreement::Same),
            ("5 of them", Agreement::Same),
            ("5,000 g", Agreement::Same),
            ("5 pounds", Agreement::OtherUnit),
            ("5 eyes", Agreement::OtherUnit),
            ("6 kg", Agreement::OtherNumber),
            ("ten legs", Agreement::OtherNumber),
            ("three heads", Agreement::Missing),
        ] {
            assert_eq!(agreement(claim, passage), expected, "{claim}");
        }
    }

    #[test]
    fn the_same_amount_may_be_written_in_many_ways() {
        for (claim, passage) in [
            ("four months", "120 days"),
            ("three days", "72 hours"),
            ("1.5 m", "150 centimetres"),
            ("two thirds", "about 67 %"),
            ("75 percent", "three quarters"),
            ("50 %", "half of them"),
            ("one in five", "20 percent"),
            ("400 years", "four centuries"),
            ("twice", "two times"),
            ("not quite 4 cm", "3.8 cm"),
            ("about 1,000 people", "980 people"),
        ] {
            assert_eq!(agreement(claim, passage), Agreement::Same, "{claim} / {passage}");
        }
        for (claim, passage) in [("about 1905", "in 1915"), ("4 cm", "3.8 cm"), ("20 °F", "20 °C"), ("a week", "a day")]
        {
            assert_ne!(agreement(claim, passage), Agreement::Same, "{claim} / {passage}");
        }
    }
}
