//! Questions made from sentences; the same seed makes the same questions.

/// Makes questions.
pub(crate) struct Maker(u64);

/// What stands between the thing that is defined and its definition.
const DEFINING: [&str; 7] =
    [" is a ", " is an ", " is the ", " refers to ", " is defined as ", " means ", " describes "];

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// `count` questions, each from a sentence of one of the paragraphs.
    pub(crate) fn questions(&mut self, paragraphs: &[&String], count: usize) -> Vec<String> {
        let mut made = Vec::new();
        for _ in 0..20 * count {
            if made.len() == count || paragraphs.is_empty() {
                break;
            }
            let paragraph = paragraphs[self.below(paragraphs.len())];
            let sentences: Vec<&str> = reader::sentences(paragraph)
                .into_iter()
                .map(|range| paragraph[range].trim())
                .filter(|sentence| (8..=40).contains(&sentence.split_whitespace().count()))
                .collect();
            if !sentences.is_empty() {
                let sentence = sentences[self.below(sentences.len())];
                made.extend(self.question(sentence));
            }
        }
        made
    }

    fn question(&mut self, sentence: &str) -> Option<String> {
        if sentence.ends_with('?') {
            return Some(sentence.to_owned());
        }
        let mut forms = vec![self.with_a_gap(sentence), self.with_words_lost(sentence)];
        for joint in DEFINING {
            if let Some((thing, definition)) = sentence.split_once(joint)
                && thing.split_whitespace().count() <= 5
            {
                forms.push(Some(definition.trim_end_matches('.').to_owned()));
                forms.push(Some(format!("What is {}?", thing.to_lowercase())));
                break;
            }
        }
        let form = self.below(forms.len());
        forms.swap_remove(form)
    }

    /// One to three neighbouring words are a gap.
    fn with_a_gap(&mut self, sentence: &str) -> Option<String> {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let length = 1 + self.below(3);
        let start = self.below(words.len().checked_sub(length)?.max(1));
        let (before, after) = (&words[..start], &words[start + length..]);
        Some([before, &["________"], after].concat().join(" "))
    }

    /// The words, with a third to two thirds of the longer ones dropped.
    fn with_words_lost(&mut self, sentence: &str) -> Option<String> {
        let lost = 34 + self.below(33);
        let kept: Vec<&str> = sentence
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .filter(|_| self.below(100) >= lost)
            .collect();
        (kept.len() >= 2).then(|| kept.join(" "))
    }

    fn below(&mut self, end: usize) -> usize {
        // Knuth's MMIX generator: the same on every machine.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end.max(1)
    }
}
