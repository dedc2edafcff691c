//! Numbers with their units: "1,200 km", "25 %", "twelve years", "37 °C".

use std::sync::LazyLock;

use regex::Regex;

/// A number of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// Its value, multiplied out ("2 million").
    pub(super) value: f64,
    /// The name of its unit, where it is a known one.
    pub(super) unit: Option<&'static str>,
    /// The word behind it, in lower case: what is counted.
    pub(super) counted: Option<String>,
    /// Whether it was written in letters.
    pub(super) in_letters: bool,
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

impl Quantity {
    /// How it stands to the quantities of a passage.
    pub(super) fn among(&self, others: &[Self]) -> Agreement {
        let mut equal = others.iter().filter(|other| same(self.value, other.value)).peekable();
        if equal.peek().is_some() {
            let agrees = |other: &Self| match (self.unit, other.unit) {
                (Some(unit), Some(found)) => unit == found,
                _ => true,
            };
            return if equal.any(agrees) { Agreement::Same } else { Agreement::OtherUnit };
        }
        let of_the_same = |other: &&Self| match (self.unit, other.unit) {
            (Some(unit), Some(found)) => unit == found,
            _ => self.counted.is_some() && self.counted == other.counted,
        };
        if others.iter().any(|other| of_the_same(&other)) { Agreement::OtherNumber } else { Agreement::Missing }
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Each unit's name and the ways in which it is written.
const UNITS: [(&str, &[&str]); 40] = [
    ("%", &["%", "percent", "per cent", "percentage"]),
    ("°C", &["°c", "℃", "celsius", "degrees celsius", "centigrade"]),
    ("°F", &["°f", "℉", "fahrenheit", "degrees fahrenheit"]),
    ("K", &["k", "kelvin", "kelvins"]),
    ("°", &["°", "degree", "degrees"]),
    ("nm", &["nm", "nanometer", "nanometers", "nanometre", "nanometres"]),
    ("µm", &["µm", "μm", "micrometer", "micrometers", "micrometre", "micrometres", "microns"]),
    ("mm", &["mm", "millimeter", "millimeters", "millimetre", "millimetres"]),
    ("cm", &["cm", "centimeter", "centimeters", "centimetre", "centimetres"]),
    ("m", &["m", "meter", "meters", "metre", "metres"]),
    ("km", &["km", "kilometer", "kilometers", "kilometre", "kilometres"]),
    ("in", &["inch", "inches"]),
    ("ft", &["ft", "foot", "feet"]),
    ("mi", &["mi", "mile", "miles"]),
    ("mg", &["mg", "milligram", "milligrams"]),
    ("g", &["g", "gram", "grams"]),
    ("kg", &["kg", "kilogram", "kilograms"]),
    ("lb", &["lb", "lbs", "pound", "pounds"]),
    ("t", &["ton", "tons", "tonne", "tonnes"]),
    ("ms", &["ms", "millisecond", "milliseconds"]),
    ("s", &["s", "sec", "second", "seconds"]),
    ("min", &["min", "minute", "minutes"]),
    ("h", &["h", "hr", "hrs", "hour", "hours"]),
    ("d", &["day", "days"]),
    ("wk", &["week", "weeks"]),
    ("mo", &["month", "months"]),
    ("yr", &["yr", "yrs", "year", "years"]),
    ("decade", &["decade", "decades"]),
    ("century", &["century", "centuries"]),
    ("ml", &["ml", "milliliter", "milliliters", "millilitre", "millilitres"]),
    ("l", &["l", "liter", "liters", "litre", "litres"]),
    ("Hz", &["hz", "hertz"]),
    ("kHz", &["khz", "kilohertz"]),
    ("V", &["v", "volt", "volts"]),
    ("mV", &["mv", "millivolt", "millivolts"]),
    ("W", &["w", "watt", "watts"]),
    ("J", &["j", "joule", "joules"]),
    ("kcal", &["kcal", "kilocalorie", "kilocalories", "calorie", "calories"]),
    ("$", &["$", "usd", "dollar", "dollars"]),
    ("€", &["€", "eur", "euro", "euros"]),
];

/// Numbers that are written in letters. "One" is as often a pronoun.
const IN_LETTERS: [(&str, f64); 29] = [
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
    ("half", 0.5),
    ("twice", 2.0),
];

const SCALES: [(&str, f64); 5] =
    [("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)];

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let letters: Vec<&str> = IN_LETTERS.iter().map(|(word, _)| *word).collect();
    let scales: Vec<&str> = SCALES.iter().map(|(word, _)| *word).collect();
    Regex::new(&format!(
        r"(?ix)
        (?P<money> [$€]\s? )?
        (?:
            (?P<digits> \d{{1,3}} (?: [,\x{{202f}}\x{{a0}}] \d{{3}} )+ (?:\.\d+)? | \d+ (?:\.\d+)? ) (?: st | nd | rd | th )? \b
          | \b (?P<letters> {letters} ) (?: - (?P<more> two | three | four | five | six | seven | eight | nine ) )? \b
          | \b (?: a | one ) \s+ (?P<one> {scales} ) \b
        )
        (?: [\s-] (?P<scale> {scales} ) s? \b )?
        (?: [\s\x{{a0}}\x{{202f}}-]* (?P<unit> % | per\ cent | °\s?[cf]?\b | °| [℃℉€$] | degrees?\ (?:celsius|fahrenheit) | [\p{{L}}µμ]+ ) )?
        ",
        letters = letters.join("|"),
        scales = scales.join("|"),
    ))
    .ok()
});

/// The numbers of a text, in order.
pub(super) fn quantities(text: &str) -> Vec<Quantity> {
    let Some(numbers) = NUMBER.as_ref() else { return Vec::new() };
    numbers.captures_iter(text).filter_map(|found| quantity(&found)).collect()
}

fn quantity(found: &regex::Captures<'_>) -> Option<Quantity> {
    let group = |name| found.name(name).map(|group| group.as_str().to_lowercase());
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
    if let Some(scale) = group("scale") {
        value *= named(&SCALES, &scale)?;
    }
    let behind = group("unit");
    let unit = match group("money") {
        Some(money) => unit(money.trim()),
        None => behind.as_deref().and_then(unit),
    };
    let counted = behind.filter(|_| unit.is_none()).map(|word| retrieval::stem(&word).into_owned());
    Some(Quantity { value, unit, counted, in_letters })
}

fn named(list: &[(&str, f64)], word: &str) -> Option<f64> {
    list.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn unit(written: &str) -> Option<&'static str> {
    let written = written.replace("° ", "°");
    UNITS.iter().find(|(_, ways)| ways.contains(&written.as_str())).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, Option<&'static str>)> {
        quantities(text).into_iter().map(|found| (found.value, found.unit)).collect()
    }

    #[test]
    fn numbers_are_read_with_their_units() {
        for (text, expected) in [
            ("It boils at 100 °C.", (100.0, Some("°C"))),
            ("some 1,200 km away", (1200.0, Some("km"))),
            ("2.5 million years", (2.5e6, Some("yr"))),
            ("twenty-five percent of them", (25.0, Some("%"))),
            ("25% of them", (25.0, Some("%"))),
            ("a 5-year study", (5.0, Some("yr"))),
            ("$20 each", (20.0, Some("$"))),
            ("the 19th century", (19.0, Some("century"))),
            ("a hundred cells", (100.0, None)),
            ("in 1905", (1905.0, None)),
        ] {
            assert_eq!(read(text), [expected], "{text}");
        }
        assert!(read("one of them, often").is_empty());
    }

    #[test]
    fn a_number_agrees_with_the_same_number_of_the_same_unit() {
        let passage = quantities("It weighs 5 kg and has twelve legs.");
        let agreement = |claim: &str| quantities(claim)[0].among(&passage);
        assert_eq!(agreement("5 kilograms"), Agreement::Same);
        assert_eq!(agreement("5 of them"), Agreement::Same);
        assert_eq!(agreement("5 pounds"), Agreement::OtherUnit);
        assert_eq!(agreement("6 kg"), Agreement::OtherNumber);
        assert_eq!(agreement("ten legs"), Agreement::OtherNumber);
        assert_eq!(agreement("three heads"), Agreement::Missing);
    }
}
