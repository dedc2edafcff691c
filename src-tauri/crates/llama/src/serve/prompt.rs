//! From a conversation to tokens.
//!
//! What stands in a message is data. Were the finished prompt tokenized as one text, a document that holds
//! `<|im_end|>` would end its turn. So the template is filled with placeholders, tokens that mean something are looked
//! for in its own text alone, and the texts between them are tokenized as plain text, contents included: the same
//! tokens as llama.cpp's own, except where a content looks like such a token.

use llama_cpp_2::model::{LlamaChatMessage, LlamaChatTemplate, LlamaModel};
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token_type::LlamaTokenAttr;

use crate::protocol::{Failure, Message, Role, Template};

/// Put into a marker that stands in a content: not seen, and the marker is none any more.
const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// Makes prompts for one model.
pub(super) struct Prompts<'m> {
    model: &'m LlamaModel,
    template: Template,
    /// As the file has it, or ChatML.
    form: LlamaChatTemplate,
    chatml: LlamaChatTemplate,
    /// Longest first.
    special: Vec<Special>,
}

/// A token that is not made of text.
struct Special {
    text: String,
    token: LlamaToken,
    /// Found in plain text as well.
    in_plain_text: bool,
    /// White space before and behind it is left out.
    strips: (bool, bool),
}

impl Special {
    /// Whether a turn can be told by it. Some vocabularies have lines' ends and plain words among these tokens.
    fn tells_turns(&self) -> bool {
        is_mark(&self.text)
    }
}

/// A part of a rendered conversation.
#[derive(Clone, Copy)]
enum Part<'a> {
    Form(&'a str),
    Content(&'a str),
}

impl<'m> Prompts<'m> {
    pub(super) fn new(model: &'m LlamaModel) -> Self {
        // "chatml" holds no zero byte.
        let chatml = || LlamaChatTemplate::new("chatml").unwrap_or_else(|_| unreachable!());
        let mut prompts =
            Self { model, template: Template::Missing, form: chatml(), chatml: chatml(), special: special(model) };
        if let Ok(form) = model.chat_template(None) {
            let known = prompts.rendered(&form, &[Message::new(Role::User, "")]).is_some();
            prompts.template = if known { Template::Own } else { Template::Unknown };
            if known {
                prompts.form = form;
            }
        }
        prompts
    }

    pub(super) fn template(&self) -> Template {
        self.template
    }

    /// The tokens of a plain text.
    pub(super) fn tokens_of(&self, text: &str) -> Vec<LlamaToken> {
        self.model.vocab().tokenize(text.as_bytes(), false, false)
    }

    /// The text of tokens; those that the model has not, and those that are no text, are left out.
    pub(super) fn text_of(&self, tokens: impl Iterator<Item = LlamaToken>) -> String {
        let vocabulary = self.model.vocab();
        let known: Vec<_> = tokens.filter(|token| (0..vocabulary.n_tokens()).contains(&token.0)).collect();
        String::from_utf8_lossy(&vocabulary.detokenize(&known, false, false)).into_owned()
    }

    /// The tokens of a conversation, up to where the assistant's next turn begins.
    pub(super) fn tokens(&self, messages: &[Message]) -> Result<Vec<LlamaToken>, Failure> {
        if messages.is_empty() {
            return Err(Failure::NoMessages);
        }
        // A template may leave messages out that it has no place for.
        let forms = self
            .rendered(&self.form, messages)
            .or_else(|| self.rendered(&self.chatml, messages))
            .ok_or_else(|| Failure::Decode("its chat template can't be filled".into()))?;
        let markers = self.markers(&forms);
        let contents: Vec<String> = messages.iter().map(|message| without(&markers, message.text.trim())).collect();
        let parts = forms.iter().enumerate().flat_map(|(i, form)| {
            [Some(Part::Form(form)), contents.get(i).map(|content| Part::Content(content))].into_iter().flatten()
        });
        let mut tokens = self.join(parts);
        let vocabulary = self.model.vocab();
        if vocabulary.should_add_bos() && tokens.first() != Some(&vocabulary.bos()) {
            tokens.insert(0, vocabulary.bos());
        }
        Ok(tokens)
    }

    /// What a template puts before, between and behind the contents; none if it can't be used for them.
    fn rendered(&self, form: &LlamaChatTemplate, messages: &[Message]) -> Option<Vec<String>> {
        let placeholder = |i: usize| format!("Qz{i}contentzQ");
        let filled: Option<Vec<_>> = (messages.iter().enumerate())
            .map(|(i, message)| LlamaChatMessage::new(message.role.name().into(), placeholder(i)).ok())
            .collect();
        let whole = self.model.apply_chat_template(form, &filled?, true).ok()?;
        let mut rest = whole.as_str();
        let mut forms = Vec::with_capacity(messages.len() + 1);
        for i in 0..messages.len() {
            let (before, behind) = rest.split_once(&placeholder(i))?;
            forms.push(before.to_owned());
            rest = behind;
        }
        forms.push(rest.to_owned());
        Some(forms)
    }

    /// The texts by which a content could end its turn although it is read as plain text: tokens of the template that
    /// are found in any text, and what the template writes around contents without any token.
    fn markers(&self, forms: &[String]) -> Vec<String> {
        let marks: Vec<&Special> = self.special.iter().filter(|special| special.tells_turns()).collect();
        let used = |special: &&&Special| forms.iter().any(|form| form.contains(&special.text));
        let in_plain_text = marks.iter().filter(|special| special.in_plain_text).filter(used);
        let mut markers: Vec<String> = in_plain_text.map(|special| special.text.clone()).collect();
        let plain = forms.iter().filter(|form| !marks.iter().any(|special| form.contains(&special.text)));
        markers.extend(plain.flat_map(|form| form.lines()).filter_map(marker));
        markers.sort_unstable();
        markers.dedup();
        markers
    }

    fn join<'a>(&self, parts: impl Iterator<Item = Part<'a>>) -> Vec<LlamaToken> {
        let mut tokens = Vec::new();
        let mut plain = String::new();
        let mut strip = false;
        for part in parts {
            let mut rest = match part {
                Part::Form(form) => form,
                Part::Content(content) => {
                    plain.push_str(content);
                    continue;
                }
            };
            while let Some((place, special)) = self.next_special(rest) {
                let (before, from) = rest.split_at(place);
                plain.push_str(before);
                self.flush(&mut plain, (strip, special.strips.0), &mut tokens);
                tokens.push(special.token);
                strip = special.strips.1;
                rest = from.strip_prefix(special.text.as_str()).unwrap_or_default();
            }
            plain.push_str(rest);
        }
        self.flush(&mut plain, (strip, false), &mut tokens);
        tokens
    }

    /// The first token in a template's text, the longest of those that begin there.
    fn next_special(&self, text: &str) -> Option<(usize, &Special)> {
        let found = self.special.iter().filter_map(|special| Some((text.find(special.text.as_str())?, special)));
        found.min_by_key(|(place, special)| (*place, std::cmp::Reverse(special.text.len())))
    }

    /// Tokenizes what was collected, without the white space that the tokens before and behind it take away.
    fn flush(&self, plain: &mut String, (start, end): (bool, bool), tokens: &mut Vec<LlamaToken>) {
        let text = if start { plain.trim_start() } else { plain.as_str() };
        let text = if end { text.trim_end() } else { text };
        if !text.is_empty() {
            tokens.extend(self.tokens_of(text));
        }
        plain.clear();
    }
}

fn special(model: &LlamaModel) -> Vec<Special> {
    let vocabulary = model.vocab();
    let found = vocabulary.tokens().filter_map(|token| {
        let attributes = vocabulary.attr(token);
        let in_plain_text = attributes.contains(LlamaTokenAttr::UserDefined);
        if !in_plain_text && !attributes.intersects(LlamaTokenAttr::Control | LlamaTokenAttr::Unknown) {
            return None;
        }
        let text = String::from_utf8(vocabulary.token_to_piece(token, true, None)).ok()?;
        let strips = (attributes.contains(LlamaTokenAttr::LStrip), attributes.contains(LlamaTokenAttr::RStrip));
        (!text.is_empty()).then_some(Special { text, token, in_plain_text, strips })
    });
    found.collect()
}

/// A line of a template that is plain text, without the name of a role: what tells turns apart, if anything.
fn marker(line: &str) -> Option<String> {
    let mut line = line.trim();
    for role in Role::ALL {
        line = line.strip_suffix(role.name()).unwrap_or(line);
    }
    let line = line.trim();
    is_mark(line).then(|| line.to_owned())
}

/// Whether a text has more to it than letters and white space.
fn is_mark(text: &str) -> bool {
    text.contains(|c: char| !c.is_alphanumeric() && !c.is_whitespace())
}

/// A content in which no marker stands.
fn without(markers: &[String], content: &str) -> String {
    markers.iter().fold(content.to_owned(), |content, marker| {
        let mut letters = marker.chars();
        let broken: String = letters.next().into_iter().chain([ZERO_WIDTH_SPACE]).chain(letters).collect();
        content.replace(marker.as_str(), &broken)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_what_stands_around_the_name_of_a_role() {
        assert_eq!(marker("<|im_start|>user"), Some("<|im_start|>".into()));
        assert_eq!(marker(" [/INST] "), Some("[/INST]".into()));
        assert_eq!(marker("USER: "), Some("USER:".into()));
        assert_eq!((marker("assistant"), marker("  ")), (None, None));
    }

    #[test]
    fn markers_in_a_content_are_none_any_more() {
        let markers = ["[/INST]".to_owned()];
        let content = without(&markers, "a [/INST] b [/INST]");
        assert!(!content.contains("[/INST]"));
        assert_eq!(content.replace(ZERO_WIDTH_SPACE, ""), "a [/INST] b [/INST]");
        assert_eq!(without(&markers, "INST"), "INST");
    }
}
