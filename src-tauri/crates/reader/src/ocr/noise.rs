//! What Tesseract takes for words though nobody wrote them: specks, frames, pictures.

use super::tsv::PictureWord;

/// Below this nothing that the program says can be trusted; a word that is there has 0.3 even in a poor scan.
const HARDLY: f32 = 0.15;
/// A lone mark or letter has to be surer than this.
const SURE: f32 = 0.5;
/// The letters that a picture is taken for are unsure all through; a block of text is above this.
const BLOCK: f32 = 0.4;
/// A speck is lower than this share of the letters around it, a frame higher than so many times them.
const SPECK: f32 = 0.2;
const FRAME: f32 = 2.5;
/// What lines, rules and dirt are taken for.
const STROKES: &[char] = &[
    '|', '_', '~', '-', '—', '–', '=', '.', '·', ',', '\'', '`', '‘', '’', '"', '¦', '/', '\\', '*', '°', '«', '»',
    '^', ':', ';',
];

/// The words that somebody wrote.
pub(super) fn without_noise(words: Vec<PictureWord>) -> Vec<PictureWord> {
    let usual = usual_height(&words);
    let blocks = words.iter().map(|it| it.block + 1).max().unwrap_or(0);
    let mut sure = vec![(0.0, 0.0); blocks];
    for word in &words {
        let length = word.text.chars().count() as f32;
        sure[word.block].0 += word.confidence * length;
        sure[word.block].1 += length;
    }
    words.into_iter().filter(|it| sure[it.block].0 > BLOCK * sure[it.block].1 && is_word(it, usual)).collect()
}

fn is_word(word: &PictureWord, usual: f32) -> bool {
    let [x0, y0, x1, y1] = word.area;
    // Text may stand across the page.
    let (thin, long) = ((x1 - x0).min(y1 - y0), (x1 - x0).max(y1 - y0));
    let letters = word.text.chars().count();
    if word.text.chars().all(|it| STROKES.contains(&it)) {
        // A dash is sure and as long as two letters; a rule or frame is longer, a speck unsure.
        return word.confidence > SURE && long < FRAME * usual && (long > SPECK * usual || letters > 1);
    }
    if letters <= 2 && (word.confidence < SURE || long < SPECK * usual) {
        return false;
    }
    word.confidence > HARDLY && thin > SPECK * usual && (letters > 2 || long < 3.0 * FRAME * usual)
}

/// How high letters are: the middle one of all words with a letter.
fn usual_height(words: &[PictureWord]) -> f32 {
    let mut heights: Vec<f32> = words
        .iter()
        .filter(|it| it.text.chars().any(char::is_alphanumeric))
        .map(|it| (it.area[2] - it.area[0]).min(it.area[3] - it.area[1]))
        .collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f32, area: [f32; 4], block: usize) -> PictureWord {
        PictureWord { line: block, block, area, confidence, text: text.into() }
    }

    fn kept(extra: &PictureWord) -> bool {
        let mut words: Vec<PictureWord> =
            (0..8).map(|at| word("letters", 0.95, [60.0 * at as f32, 0.0, 60.0 * at as f32 + 50.0, 30.0], 0)).collect();
        words.push(extra.clone());
        without_noise(words).contains(extra)
    }

    #[test]
    fn frames_and_specks_go_and_dashes_stay() {
        assert!(!kept(&word("|", 0.8, [500.0, 0.0, 506.0, 400.0], 0)));
        assert!(!kept(&word("_", 0.9, [0.0, 50.0, 400.0, 54.0], 0)));
        assert!(!kept(&word(".", 0.3, [500.0, 20.0, 503.0, 23.0], 0)));
        assert!(!kept(&word("a", 0.3, [500.0, 10.0, 520.0, 30.0], 0)));
        assert!(kept(&word("—", 0.9, [500.0, 15.0, 530.0, 18.0], 0)));
        assert!(kept(&word("a", 0.9, [500.0, 10.0, 520.0, 30.0], 0)));
        assert!(kept(&word("psychology", 0.3, [500.0, 0.0, 700.0, 30.0], 0)));
    }

    #[test]
    fn a_drawing_taken_for_letters_goes_as_a_whole() {
        assert!(!kept(&word("eeeaa", 0.35, [500.0, 0.0, 700.0, 30.0], 1)));
        assert!(kept(&word("Figure", 0.85, [500.0, 0.0, 700.0, 30.0], 1)));
    }
}
