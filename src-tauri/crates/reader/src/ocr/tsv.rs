//! What Tesseract writes: a word a line, its fields parted by tabulators.
//!
//! The picture may mean harm, and the program that read it may have been misled: nothing here is taken on trust.

/// More words than the densest page of a newspaper has.
const MOST_WORDS: usize = 12_000;
/// Longer than any word; what is longer is a pattern that was taken for letters.
const LONGEST_WORD: usize = 120;
/// A line that holds a word is of this level; the others are its line, paragraph, block and page.
const WORD: &str = "5";

/// A word in the picture.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PictureWord {
    /// Words of one line have the same; it counts up.
    pub(super) line: usize,
    /// Words of one block of lines have the same; it counts up.
    pub(super) block: usize,
    /// Left, top, right and bottom in pixels; inside the picture, and not empty.
    pub(super) area: [f32; 4],
    /// How sure the program is, 0 to 1.
    pub(super) confidence: f32,
    /// Letters without white space or control characters; never empty.
    pub(super) text: String,
}

/// The words of a picture of this size, in the order of the program; lines that make no sense are left out.
pub(super) fn words(tsv: &[u8], width: u32, height: u32) -> Vec<PictureWord> {
    let text = String::from_utf8_lossy(tsv);
    let mut found: Vec<PictureWord> = Vec::new();
    let mut last: Option<[&str; 3]> = None;
    for fields in text.lines().filter_map(fields) {
        if found.len() >= MOST_WORDS {
            break;
        }
        let Some((area, confidence, text)) = word(&fields, width as f32, height as f32) else {
            continue;
        };
        let [.., block, paragraph, line] = [fields[1], fields[2], fields[3], fields[4]];
        let here = [block, paragraph, line];
        let (mut block_number, mut line_number) = found.last().map_or((0, 0), |it| (it.block, it.line));
        if let Some(last) = last
            && last != here
        {
            line_number += 1;
            block_number += usize::from(last[0] != block);
        }
        last = Some(here);
        found.push(PictureWord { line: line_number, block: block_number, area, confidence, text });
    }
    found
}

/// The fields of a line that holds a word: level, page, block, paragraph, line, word, left, top, width, height,
/// confidence, text.
fn fields(line: &str) -> Option<[&str; 12]> {
    let mut parts = line.splitn(12, '\t');
    let mut fields = [""; 12];
    for field in &mut fields {
        *field = parts.next()?;
    }
    (fields[0] == WORD).then_some(fields)
}

fn word(fields: &[&str; 12], width: f32, height: f32) -> Option<([f32; 4], f32, String)> {
    let number = |at: usize| fields[at].trim().parse::<f32>().ok().filter(|it| it.is_finite());
    let (left, top) = (number(6)?, number(7)?);
    let (right, bottom) = (left + number(8)?, top + number(9)?);
    let area = [left.max(0.0), top.max(0.0), right.min(width), bottom.min(height)];
    let confidence = number(10)?;
    let mut text: String = fields[11].chars().filter(|it| !it.is_whitespace() && !it.is_control()).collect();
    text.retain(|it| it != char::REPLACEMENT_CHARACTER);
    let fits = area[2] - area[0] >= 1.0 && area[3] - area[1] >= 1.0;
    let is_word = confidence >= 0.0 && !text.is_empty() && text.chars().count() <= LONGEST_WORD;
    (fits && is_word).then(|| (area, (confidence / 100.0).min(1.0), text))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str =
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

    #[test]
    fn words_know_their_line_and_block() {
        let tsv = format!(
            "{HEAD}1\t1\t0\t0\t0\t0\t0\t0\t500\t700\t-1\t\n4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t\n\
             5\t1\t1\t1\t1\t1\t10\t12\t40\t18\t96.5\tTwo\n5\t1\t1\t1\t1\t2\t60\t10\t40\t20\t91\twords\n\
             5\t1\t1\t1\t2\t1\t10\t40\t40\t20\t12.25\tbelow\n5\t1\t2\t1\t1\t1\t10\t90\t40\t20\t80\tapart\n"
        );
        let found = words(tsv.as_bytes(), 500, 700);
        let places: Vec<_> = found.iter().map(|it| (it.text.as_str(), it.block, it.line)).collect();
        assert_eq!(places, [("Two", 0, 0), ("words", 0, 0), ("below", 0, 1), ("apart", 1, 2)]);
        assert_eq!(found[1].area, [60.0, 10.0, 100.0, 30.0]);
        assert_eq!((found[0].confidence, found[2].confidence), (0.965, 0.1225));
    }

    #[test]
    fn what_can_not_be_is_left_out() {
        let line = |left: &str, width: &str, confidence: &str, text: &str| {
            format!("5\t1\t1\t1\t1\t1\t{left}\t10\t{width}\t20\t{confidence}\t{text}\n")
        };
        for bad in [
            line("600", "40", "90", "outside"),
            line("-90", "40", "90", "outside"),
            line("10", "0", "90", "flat"),
            line("10", "nan", "90", "none"),
            line("10", "40", "inf", "none"),
            line("10", "40", "-1", "none"),
            line("10", "40", "90", " \u{7}\u{fffd} "),
            line("10", "40", "90", &"x".repeat(200)),
            "5\t1\t1".to_owned(),
            "Empty page!!".to_owned(),
        ] {
            assert_eq!(words(bad.as_bytes(), 500, 700), [], "{bad}");
        }
        let clipped = words(line("480", "4000", "900", "long\u{0}er").as_bytes(), 500, 700);
        assert_eq!((clipped[0].area[2], clipped[0].confidence, clipped[0].text.as_str()), (500.0, 1.0, "longer"));
    }

    #[test]
    fn there_is_an_end_to_words() {
        let tsv = "5\t1\t1\t1\t1\t1\t1\t1\t9\t9\t90\tagain\n".repeat(MOST_WORDS + 5);
        assert_eq!(words(tsv.as_bytes(), 500, 700).len(), MOST_WORDS);
    }

    fn field() -> impl Strategy<Value = String> {
        prop_oneof!["-?[0-9]{1,12}(\\.[0-9]{1,3})?", "(nan|inf|-inf|1e39|5)", "\\PC{0,12}", "[\\x00-\\x1f]{0,4}"]
    }

    proptest! {
        #[test]
        fn any_bytes_give_words_inside_the_picture(
            rows in prop::collection::vec(prop::collection::vec(field(), 0..14), 0..40),
            cut in any::<prop::sample::Index>(),
            (width, height) in (1_u32..5000, 1_u32..5000),
        ) {
            let mut tsv: Vec<u8> =
                rows.iter().flat_map(|row| format!("5\t{}\n", row.join("\t")).into_bytes()).collect();
            tsv.truncate(cut.index(tsv.len() + 1));
            let found = words(&tsv, width, height);
            for word in &found {
                let [x0, y0, x1, y1] = word.area;
                prop_assert!(0.0 <= x0 && x0 < x1 && x1 <= width as f32 && 0.0 <= y0 && y0 < y1 && y1 <= height as f32);
                prop_assert!((0.0..=1.0).contains(&word.confidence));
                prop_assert!(!word.text.is_empty() && !word.text.contains(char::is_whitespace));
            }
            prop_assert!(found.windows(2).all(|it| it[0].line <= it[1].line && it[0].block <= it[1].block));
        }
    }
}
