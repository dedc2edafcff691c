//! Another way for a slot.

use crate::template::{Kind, Piece, Template};
use seeded::Random;

/// The sentence with the slot at this place changed; `sentences` are those of the passage.
pub(crate) fn changed(template: &Template, slot: usize, sentences: &[Template], draw: &mut Random) -> String {
    let piece = &template.pieces[slot];
    if let Some(other) = counterpart(template, slot) {
        let (one, two) = (exchanged(piece, &template.pieces[other]), exchanged(&template.pieces[other], piece));
        return template.with(&[(slot, one), (other, two)]);
    }
    let way = match (piece.ways.get(1..), piece.kind) {
        (Some(ways @ [_, ..]), _) => draw.one(ways).cloned().unwrap_or_default(),
        (_, Some(Kind::Date)) => another_year(piece, sentences, draw),
        _ => another_number(piece, sentences, draw),
    };
    template.with(&[(slot, way)])
}

/// A slot that names what this one could say, and the other way round.
fn counterpart(template: &Template, slot: usize) -> Option<usize> {
    let piece = &template.pieces[slot];
    let could_be = |one: &Piece, other: &Piece| one.ways[1..].iter().any(|way| way.eq_ignore_ascii_case(other.own()));
    template
        .slots()
        .map(|(at, _)| at)
        .find(|at| *at != slot && could_be(piece, &template.pieces[*at]) && could_be(&template.pieces[*at], piece))
}

/// What stands in place of `piece` when it says what `other` says: in the case that its own way has.
fn exchanged(piece: &Piece, other: &Piece) -> String {
    let way = piece.ways.iter().find(|way| way.eq_ignore_ascii_case(other.own()));
    way.cloned().unwrap_or_default()
}

fn another_year(piece: &Piece, sentences: &[Template], draw: &mut Random) -> String {
    let own = piece.own();
    let year: i64 = own.parse().unwrap_or(0);
    let mut ways = vec![(year + 1 + draw.below(9) as i64).to_string(), (year - 11 - draw.below(30) as i64).to_string()];
    let mut digits: Vec<char> = own.chars().collect();
    let last = digits.len() - 1;
    digits.swap(last, last - 1);
    ways.push(digits.into_iter().collect());
    ways.extend(others(Kind::Date, sentences));
    ways.retain(|way| way != own && way.len() == own.len());
    draw.one(&ways).cloned().unwrap_or_default()
}

fn another_number(piece: &Piece, sentences: &[Template], draw: &mut Random) -> String {
    let own = piece.own();
    let (sign, digits) = own.strip_prefix('-').map_or(("", own), |digits| ("-", digits));
    let number: f64 = digits.replace(',', "").parse().unwrap_or(0.0);
    let places = digits.split_once('.').map_or(0, |(_, behind)| behind.len());
    let mut ways: Vec<String> =
        [10.0, 1.25, 0.75].map(|times| written(number * times, places, digits.contains(','))).into();
    let mut turned: Vec<char> = digits.chars().collect();
    if turned.len() > 1 && turned[0] != turned[1] && turned[0].is_ascii_digit() && ('1'..='9').contains(&turned[1]) {
        turned.swap(0, 1);
        ways.push(turned.into_iter().collect());
    }
    ways.extend(others(Kind::Number, sentences).filter(|other| other.len() == digits.len()));
    ways.retain(|way| way.replace(',', "") != digits.replace(',', ""));
    format!("{sign}{}", draw.one(&ways).cloned().unwrap_or_default())
}

/// Other numbers of the passage, in digits.
fn others(kind: Kind, sentences: &[Template]) -> impl Iterator<Item = String> {
    let pieces = sentences.iter().flat_map(|sentence| &sentence.pieces);
    let others = pieces.filter(move |piece| piece.kind == Some(kind)).map(Piece::own);
    others.filter(|own| own.bytes().all(|byte| byte.is_ascii_digit())).map(str::to_owned)
}

/// A number with so many places behind the point, and commas between thousands if it is to have them.
fn written(number: f64, places: usize, commas: bool) -> String {
    let text = format!("{number:.places$}");
    if !commas {
        return text;
    }
    let mut out = String::new();
    for (at, digit) in text.chars().enumerate() {
        if at > 0 && (text.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_other_numbers_in_the_same_form() {
        for (slot, seeds) in [("{n:42}", 0..40), ("{n:1,100}", 0..40), ("{n:-15}", 0..40), ("{n:1.4}", 0..40)] {
            let template = Template::read(slot);
            for seed in seeds {
                let way = changed(&template, 0, &[], &mut Random::new(seed));
                assert!(way != template.whole() && way.parse::<f64>().is_ok() != way.contains(','), "{slot}: {way}");
            }
        }
    }

    #[test]
    fn years_become_other_years() {
        let passage = [Template::read("In {y:1628} and {y:1661}.")];
        for seed in 0..40 {
            let way = changed(&passage[0], 1, &passage, &mut Random::new(seed));
            assert!(way != passage[0].whole() && way.len() == passage[0].whole().len(), "{way}");
        }
    }
}
