//! How numbers are shown: as they are, as a share of a hundred, or as a date.

use std::collections::HashMap;

use crate::error::Failure;
use crate::formats::xml::{Event, Xml};

/// What a number stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    Number,
    Percent,
    Date,
    Time,
    DateTime,
}

/// The styles of cells, by number.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Shown>);

impl Styles {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let mut own: HashMap<u32, Shown> = HashMap::new();
        let mut styles = Self::default();
        let mut in_cells = false;
        let mut xml = Xml::new(bytes)?;
        while let Ok(Some(event)) = xml.next() {
            match event {
                Event::Start(tag) => match tag.name.as_str() {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                            own.insert(id, of_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = tag.number("numFmtId").unwrap_or_default();
                        styles.0.push(own.get(&id).copied().unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                },
                Event::End(name) if name == "cellXfs" => in_cells = false,
                _ => {}
            }
        }
        Ok(styles)
    }

    pub(super) fn get(&self, index: usize) -> Shown {
        self.0.get(index).copied().unwrap_or_default()
    }
}

fn built_in(id: u32) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=17 | 27..=31 | 34..=36 | 50..=58 => Shown::Date,
        18..=21 | 32 | 33 | 45..=47 => Shown::Time,
        22 => Shown::DateTime,
        _ => Shown::Number,
    }
}

/// A form of one's own: letters outside of quotes and brackets say what it shows.
fn of_code(code: &str) -> Shown {
    let mut quoted = false;
    let mut bracketed = false;
    let mut escaped = false;
    let mut letters = String::new();
    for letter in code.split(';').next().unwrap_or_default().chars() {
        match letter {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            _ => letters.push(letter.to_ascii_lowercase()),
        }
    }
    if letters.starts_with("general") {
        return Shown::Number;
    }
    let (date, time) = (letters.contains(['y', 'd']), letters.contains(['h', 's']));
    match (date, time) {
        (true, true) => Shown::DateTime,
        (true, false) => Shown::Date,
        (false, true) => Shown::Time,
        (false, false) if letters.contains('m') => Shown::Date,
        (false, false) if letters.contains('%') => Shown::Percent,
        (false, false) => Shown::Number,
    }
}

/// A number as a cell shows it, dates as ISO 8601; one that makes no sense is shown as it is stored.
pub(super) fn shown(stored: &str, how: Shown, from_1904: bool) -> String {
    let Ok(number) = stored.trim().parse::<f64>() else {
        return stored.trim().to_owned();
    };
    let date = || {
        let days = number.floor() + if from_1904 { 1462.0 } else { 0.0 };
        (0.0..2_958_466.0).contains(&days).then(|| iso_date(days as i64))
    };
    let found = match how {
        Shown::Number => Some(plain(number, stored)),
        Shown::Percent => Some(format!("{}%", plain(number * 100.0, ""))),
        Shown::Date => date(),
        Shown::Time => Some(iso_time(number)),
        Shown::DateTime => date().map(|it| format!("{it} {}", iso_time(number))),
    };
    found.unwrap_or_else(|| stored.trim().to_owned())
}

/// Fifteen digits, as a sheet shows at most; what is stored may end in the rounding of a machine.
fn plain(number: f64, stored: &str) -> String {
    let stored = stored.trim();
    if !stored.is_empty() && stored.len() <= 15 && !stored.contains(['e', 'E']) {
        return stored.to_owned();
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-7..1e16).contains(&rounded.abs()) { format!("{rounded:e}") } else { rounded.to_string() }
}

/// Day 1 is the first of January 1900, and day 60 the 29th of February that this year did not have.
fn iso_date(serial: i64) -> String {
    let days = if serial < 60 { serial + 1 } else { serial };
    // Days since 1970 to a date of the Gregorian calendar, by eras of 400 years.
    let shifted = days - 25_569 + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

fn iso_time(number: f64) -> String {
    let seconds = ((number - number.floor()) * 86_400.0).round() as u64 % 86_400;
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_in_the_sheet() {
        for (stored, how, wanted) in [
            ("0.30000000000000004", Shown::Number, "0.3"),
            ("1234567", Shown::Number, "1234567"),
            ("0.125", Shown::Percent, "12.5%"),
            ("1", Shown::Date, "1900-01-01"),
            ("61", Shown::Date, "1900-03-01"),
            ("45292", Shown::Date, "2024-01-01"),
            ("45351.75", Shown::DateTime, "2024-02-29 18:00"),
            ("0.5", Shown::Time, "12:00"),
            ("-5", Shown::Date, "-5"),
            ("n/a", Shown::Date, "n/a"),
        ] {
            assert_eq!(shown(stored, how, false), wanted, "{stored} {how:?}");
        }
        assert_eq!(shown("43830", Shown::Date, true), "2024-01-01");
    }

    #[test]
    fn forms_of_ones_own_are_understood() {
        assert_eq!(of_code("dd.mm.yyyy"), Shown::Date);
        assert_eq!(of_code("[$-409]h:mm AM/PM"), Shown::Time);
        assert_eq!(of_code("#,##0.00 \"days\""), Shown::Number);
        assert_eq!(of_code("0.0%"), Shown::Percent);
        assert_eq!(of_code("General"), Shown::Number);
    }
}
