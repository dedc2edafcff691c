//! The markers of a claim, such as [2] or [1, 3]: taken out of its words.

use std::sync::LazyLock;

use regex::Regex;

static MARKERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\s*[\[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]").ok());

/// Each group of markers: where it stands, with the white space before it, and its numbers.
fn groups(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, Vec<usize>)> {
    MARKERS.as_ref().into_iter().flat_map(move |markers| markers.captures_iter(text)).filter_map(|found| {
        let numbers = found.get(1)?.as_str().split([',', ';']).filter_map(|number| number.trim().parse().ok());
        Some((found.get(0)?.range(), numbers.collect()))
    })
}

/// The words without markers, and the numbers of the markers, each once.
pub(super) fn without_markers(text: &str) -> (String, Vec<usize>) {
    let (mut words, mut named, mut end) = (String::new(), Vec::new(), 0);
    for (range, numbers) in groups(text) {
        words.push_str(text.get(end..range.start).unwrap_or_default());
        end = range.end;
        for number in numbers {
            if !named.contains(&number) {
                named.push(number);
            }
        }
    }
    words.push_str(text.get(end..).unwrap_or_default());
    (words.trim().to_owned(), named)
}

/// How many bytes of markers a text begins with.
pub(super) fn leading(text: &str) -> usize {
    let mut end = 0;
    for (range, _) in groups(text) {
        if range.start != end {
            break;
        }
        end = range.end;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_taken_out_wherever_they_stand() {
        let taken = without_markers("Water boils [1, 3] at 100 °C.[2] [3]");
        assert_eq!(taken, ("Water boils at 100 °C.".to_owned(), vec![1, 3, 2]));
        assert_eq!(without_markers("In [a] and [2024]."), ("In [a] and [2024].".to_owned(), vec![]));
    }

    #[test]
    fn leading_markers_belong_to_what_stands_before() {
        assert_eq!(leading(" [1][2] Ice is cold. [3]"), 7);
        assert_eq!(leading("Ice is cold. [3]"), 0);
    }
}
