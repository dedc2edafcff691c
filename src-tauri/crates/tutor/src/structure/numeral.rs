//! Numbers as people write them: digits, Roman numerals, words.

const WORDS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("erste", 1),
    ("pertama", 1),
];

/// Roman numerals with what they are worth, the largest first.
const SIGNS: &[(&str, u32)] = &[
    ("m", 1000),
    ("cm", 900),
    ("d", 500),
    ("cd", 400),
    ("c", 100),
    ("xc", 90),
    ("l", 50),
    ("xl", 40),
    ("x", 10),
    ("ix", 9),
    ("v", 5),
    ("iv", 4),
    ("i", 1),
];

/// The number that digits or a word stand for.
pub(super) fn number(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let word = WORDS.iter().find(|(word, _)| *word == lower).map(|(_, number)| *number);
    word.or_else(|| lower.parse().ok())
}

/// The value of a Roman numeral in its usual form, 1 to 3999.
pub(super) fn roman(text: &str) -> Option<u32> {
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    let mut value = 0;
    for (sign, worth) in SIGNS {
        // Only 1, 10, 100 and 1000 are written more than once, and at most three times.
        let most = if sign.len() == 1 && "mcxi".contains(sign) { 3 } else { 1 };
        for _ in 0..most {
            let Some(behind) = rest.strip_prefix(sign) else { break };
            rest = behind;
            value += worth;
        }
    }
    (rest.is_empty() && value > 0 && to_roman(value) == lower).then_some(value)
}

fn to_roman(mut value: u32) -> String {
    let mut text = String::new();
    for (sign, worth) in SIGNS {
        while value >= *worth {
            text.push_str(sign);
            value -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_read_in_their_usual_form_only() {
        for (text, value) in [("iv", 4), ("XII", 12), ("xl", 40), ("mcmxc", 1990)] {
            assert_eq!(roman(text), Some(value));
        }
        for text in ["iiii", "ic", "", "page", "vx", "xiix"] {
            assert_eq!(roman(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_number_comes_back_from_its_roman_numeral(value in 1..4000_u32) {
            proptest::prop_assert_eq!(roman(&to_roman(value)), Some(value));
        }
    }
}
