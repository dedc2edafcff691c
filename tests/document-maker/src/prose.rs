//! English text of any length, as a textbook might have it.

use seeded::Random;

/// Sentences that follow each other in any order.
const SENTENCES: [&str; 36] = [
    "Memory is the faculty by which the mind stores information and brings it back when it is needed.",
    "It has been studied in laboratories for more than a century, with experiments that became simpler over time.",
    "What is remembered depends on attention, on repetition, and on what was known before.",
    "In 1885 Hermann Ebbinghaus published a curve that shows how quickly syllables without meaning are forgotten.",
    "About half of a list is lost within an hour; the rest fades far more slowly.",
    "Every green plant turns light, water and carbon dioxide into sugar and oxygen.",
    "The leaves take in the gas through small openings, which close when the air becomes too dry.",
    "Why should a plant that lives in the desert open them only at night?",
    "A river carries sand and gravel from the hills to the sea, and drops the heaviest grains first.",
    "Where the current slows down, islands form, and the channel divides into several arms.",
    "The first railways were built to move coal, not passengers, and nobody expected them to pay.",
    "By 1850 more than six thousand miles of track joined the towns of England.",
    "Prices rise when many people want a good and few can offer it.",
    "A government that fixes a price below that level soon finds the shelves empty.",
    "Economists call this a shortage, although the word hides who goes without.",
    "The heart of an adult beats about seventy times a minute and moves five litres of blood.",
    "During exercise the volume grows to twenty litres or more, while the vessels of the skin widen.",
    "Physicians measure the pressure twice: once when the heart contracts, and once between two beats.",
    "A triangle with sides of 3, 4 and 5 units has a right angle, as the builders of Egypt knew.",
    "The proof, however, came much later (and from somewhere else entirely).",
    "Nothing in the experiment suggested that the two effects were connected.",
    "“We did not believe it ourselves,” one of the authors said, “until the third year.”",
    "Young children learn the sounds of their language long before they learn its words.",
    "They also learn which sounds never follow each other, so that a new word can be told from noise.",
    "Languages differ in the number of their vowels: some have three, others more than twelve.",
    "Glass is neither a crystal nor an ordinary liquid, but something that stopped halfway.",
    "When it is heated it does not melt at once; it grows softer over a range of some hundred degrees.",
    "Many of the windows made before 1700 are therefore uneven, and bend the light that passes through them.",
    "The court decided, by a majority of five to four, that the law could not be applied to newspapers.",
    "Its reasons fill eighty pages, yet only one of them is still quoted today.",
    "Voters who had moved during the year were often unable to register in time.",
    "Stars of this kind burn their hydrogen for ten billion years before they begin to swell.",
    "What remains is a white dwarf no larger than the Earth, which cools for the rest of time.",
    "The distance to the nearest star is 4.2 light years, or about forty trillion kilometres.",
    "Ships could find their latitude by the sun, but for longitude they needed an accurate clock.",
    "John Harrison, a carpenter without any training, spent forty years building one.",
];

/// About so many words in whole sentences; another seed gives them in another order.
pub fn prose(seed: u64, words: usize) -> String {
    let mut random = Random::new(seed);
    let mut text = String::new();
    let mut left = words as i64;
    let mut last = SENTENCES.len();
    while left > 0 {
        let next = random.below(SENTENCES.len());
        if next == last {
            continue;
        }
        last = next;
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(SENTENCES[next]);
        left -= SENTENCES[next].split(' ').count() as i64;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_text_again_and_another_one_another() {
        assert_eq!(prose(1, 200), prose(1, 200));
        assert_ne!(prose(1, 200), prose(2, 200));
        assert!((200..230).contains(&prose(3, 200).split(' ').count()));
    }
}
