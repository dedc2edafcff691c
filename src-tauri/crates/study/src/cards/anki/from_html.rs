//! HTML of a field as Markdown. Scripts, styles and all that has no meaning for a card are left out; what the text
//! holds is escaped, so that it shows as it did.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Marks in the text between the two steps, from a range that no text uses: where something begins or ends.
const BOLD: char = '\u{e000}';
const ITALIC: char = '\u{e001}';
const BREAK: char = '\u{e002}';
const PARAGRAPH: char = '\u{e003}';
const ITEM: char = '\u{e004}';
const CODE: char = '\u{e005}';
const SUP: char = '\u{e006}';
const SUB: char = '\u{e007}';
const SCRIPT_END: char = '\u{e008}';
const PICTURE: char = '\u{e009}';
const PICTURE_END: char = '\u{e00a}';
const CELL: char = '\u{e00b}';
const PREFORMATTED: char = '\u{e00c}';
const LINE: char = '\u{e00d}';
const MARKS: std::ops::RangeInclusive<char> = '\u{e000}'..='\u{e00d}';

/// How formulas begin and end, and whether they stand on lines of their own.
const FORMULAS: [(&str, &str, bool); 7] = [
    (r"\(", r"\)", false),
    (r"\[", r"\]", true),
    ("[latex]", "[/latex]", false),
    ("[$$]", "[/$$]", true),
    ("[$]", "[/$]", false),
    ("<anki-mathjax>", "</anki-mathjax>", false),
    ("<anki-mathjax block=\"true\">", "</anki-mathjax>", true),
];

/// The Markdown of a field, and the names of the pictures and sounds in it.
pub(super) fn markdown(html: &str) -> (String, Vec<String>) {
    let marked = marked(&html_with_formulas(html));
    let text = written(&marked);
    let media = media(&marked);
    (tidy(&text), media)
}

/// Anki's own elements for formulas, in the form of its older ones.
fn html_with_formulas(html: &str) -> String {
    html.replace(FORMULAS[6].0, r"\[").replace(FORMULAS[5].0, r"\(").replace(FORMULAS[6].1, r"\)")
}

/// The text with marks for what matters.
fn marked(html: &str) -> String {
    let sink = Marking::default();
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().text
}

#[derive(Default)]
struct Marking(RefCell<Marked>);

#[derive(Default)]
struct Marked {
    text: String,
    /// How many elements are open whose text is none.
    hidden: u32,
    /// How many are open that make text bold, slanted, code: one within another says nothing more.
    bold: u32,
    italic: u32,
    code: u32,
}

impl TokenSink for Marking {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut marked = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) if marked.hidden == 0 => {
                marked.text.extend(text.chars().filter(|letter| !MARKS.contains(letter)));
            }
            Token::TagToken(tag) => marked.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Marked {
    fn tag(&mut self, tag: &Tag) {
        let is_start = tag.kind == TagKind::StartTag;
        let name: &str = &tag.name;
        if matches!(name, "script" | "style" | "template" | "head") {
            self.hidden = if is_start { self.hidden + 1 } else { self.hidden.saturating_sub(1) };
            return;
        }
        match name {
            "b" | "strong" => self.text.extend(outermost(&mut self.bold, is_start).then_some(BOLD)),
            "i" | "em" => self.text.extend(outermost(&mut self.italic, is_start).then_some(ITALIC)),
            "code" | "kbd" | "tt" => self.text.extend(outermost(&mut self.code, is_start).then_some(CODE)),
            "pre" => self.text.push(PREFORMATTED),
            "br" => self.text.push(BREAK),
            "sup" => self.text.push(if is_start { SUP } else { SCRIPT_END }),
            "sub" => self.text.push(if is_start { SUB } else { SCRIPT_END }),
            "li" if is_start => self.text.push(ITEM),
            "td" | "th" if !is_start => self.text.push(CELL),
            "tr" | "div" => self.text.push(BREAK),
            "p" | "ul" | "ol" | "table" | "blockquote" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.text.push(PARAGRAPH);
            }
            "img" => {
                let source = tag.attrs.iter().find(|attribute| &*attribute.name.local == "src");
                if let Some(source) = source {
                    let name: String =
                        unescaped(&source.value).chars().filter(|letter| !MARKS.contains(letter)).collect();
                    self.text.extend([PICTURE]);
                    self.text.push_str(&name);
                    self.text.push(PICTURE_END);
                }
            }
            _ => {}
        }
    }
}

/// Whether a tag begins or ends the outermost of its elements.
fn outermost(open: &mut u32, is_start: bool) -> bool {
    let before = *open;
    *open = if is_start { before + 1 } else { before.saturating_sub(1) };
    before != *open && before.min(*open) == 0
}

/// A name with %20 and the like as the letters that they stand for.
fn unescaped(name: &str) -> String {
    let bytes = name.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| name.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(letter) => {
                out.push(letter);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_owned())
}

/// Marked text as Markdown.
fn written(marked: &str) -> String {
    let mut out = String::new();
    let mut rest = marked;
    while let Some(letter) = rest.chars().next() {
        if let Some((formula, length)) = formula(rest) {
            out.push_str(&formula);
            rest = &rest[length..];
            continue;
        }
        let after = &rest[letter.len_utf8()..];
        rest = match letter {
            PICTURE => {
                let (name, after) = after.split_once(PICTURE_END).unwrap_or((after, ""));
                out.push_str(&format!("![](<{}>)", name.replace(['<', '>', '\n'], "")));
                after
            }
            SUP | SUB => {
                let (script, after) = after.split_once(SCRIPT_END).unwrap_or((after, ""));
                let is_plain = !script.is_empty() && script.chars().all(|c| c.is_alphanumeric() || "+-−,.".contains(c));
                match is_plain {
                    true => out.push_str(&format!("${}{{{script}}}$", if letter == SUP { '^' } else { '_' })),
                    false => out.push_str(&written(script)),
                }
                after
            }
            SCRIPT_END | PICTURE_END => after,
            BOLD => emphasised(&mut out, "**", BOLD, after),
            ITALIC => emphasised(&mut out, "*", ITALIC, after),
            CODE => {
                let (code, after) = after.split_once(CODE).unwrap_or((after, ""));
                let code: String = code.chars().filter(|letter| !MARKS.contains(letter) && *letter != '`').collect();
                out.push_str(&if code.trim().is_empty() { code } else { format!("`{code}`") });
                after
            }
            PREFORMATTED => {
                let (code, after) = after.split_once(PREFORMATTED).unwrap_or((after, ""));
                out.push_str(&fenced(code));
                after
            }
            BREAK | PARAGRAPH | ITEM | CELL | LINE => {
                out.push(letter);
                after
            }
            _ => {
                push_escaped(&mut out, letter, after);
                after
            }
        };
    }
    out
}

/// Lines of code between fences, as they are.
fn fenced(code: &str) -> String {
    let code = code.replace([BREAK, PARAGRAPH], "\n");
    let code: String = code.chars().filter(|letter| !MARKS.contains(letter)).collect();
    if code.trim().is_empty() {
        return String::new();
    }
    let code = code.replace("```", "~~~");
    let lines: String = code.trim_matches('\n').lines().map(|line| format!("{LINE}{line}")).collect();
    format!("{PARAGRAPH}```{lines}{LINE}```{PARAGRAPH}")
}

/// What stands between two marks, emphasised where it can be: not across lines, and not around nothing.
fn emphasised<'a>(out: &mut String, by: &str, mark: char, after: &'a str) -> &'a str {
    let Some((inner, after)) = after.split_once(mark) else { return after };
    let text = written(inner);
    let bare = text.trim();
    let spans_lines = bare.contains([BREAK, PARAGRAPH, ITEM, CELL, LINE]);
    if bare.is_empty() || spans_lines {
        out.push_str(&text);
    } else {
        out.push_str(&text.replacen(bare, &format!("{by}{bare}{by}"), 1));
    }
    after
}

/// The formula that a text begins with, between dollars, and the length of what it was.
fn formula(text: &str) -> Option<(String, usize)> {
    let (open, close, is_display) = FORMULAS.into_iter().find(|(open, ..)| text.starts_with(open))?;
    let inner = &text[open.len()..];
    let end = inner.find(close)?;
    // A line break in a formula is none to TeX.
    let tex: String = inner[..end].chars().map(|letter| if MARKS.contains(&letter) { ' ' } else { letter }).collect();
    let tex = tex.trim();
    let bare = tex.strip_prefix('$').and_then(|tex| tex.strip_suffix('$')).filter(|tex| !tex.ends_with('\\'));
    let mut tex = bare.unwrap_or(tex).trim().replace('\n', " ");
    let mut is_display = is_display;
    for (begin, end) in [(r"\begin{math}", r"\end{math}"), (r"\begin{displaymath}", r"\end{displaymath}")] {
        if let Some(inner) = tex.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end)) {
            is_display |= begin.contains("display");
            tex = inner.trim().to_owned();
        }
    }
    // A dollar within would end it.
    if tex.is_empty() || tex.replace(r"\$", "").contains('$') {
        return None;
    }
    let by = if is_display { "$$" } else { "$" };
    Some((format!("{by}{tex}{by}"), open.len() + end + close.len()))
}

/// A letter of plain text, which must not begin anything in Markdown.
fn push_escaped(out: &mut String, letter: char, after: &str) {
    let next = after.chars().next();
    let is_line_start = out.trim_end_matches(' ').chars().next_back().is_none_or(|before| MARKS.contains(&before));
    let before_is_word = out.chars().next_back().is_some_and(char::is_alphanumeric);
    let next_is_word = next.is_some_and(char::is_alphanumeric);
    let is_special = match letter {
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '*' | '`' | '$' => true,
        '_' => !(before_is_word && next_is_word),
        '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
        '&' => next_is_word || next == Some('#'),
        '[' => after.contains("]("),
        '#' | '>' | '+' | '-' | '=' | '|' => is_line_start,
        '.' | ')' => {
            let line = out.rsplit(|before| MARKS.contains(&before)).next().unwrap_or_default().trim_start();
            !line.is_empty() && line.len() < 10 && line.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    };
    if is_special {
        out.push('\\');
    }
    out.push(if letter.is_whitespace() { ' ' } else { letter });
}

/// Line by line, with nothing doubled.
fn tidy(text: &str) -> String {
    let mut lines: Vec<(char, String)> = Vec::new();
    let (mut mark, mut line) = (PARAGRAPH, String::new());
    // A bar stands between cells, and none behind the last.
    let mut cell_ended = false;
    for letter in text.chars() {
        match letter {
            BREAK | PARAGRAPH | ITEM | LINE => {
                lines.push((mark, std::mem::take(&mut line)));
                (mark, cell_ended) = (letter, false);
            }
            CELL => cell_ended = true,
            _ => {
                if cell_ended && !letter.is_whitespace() {
                    line.push_str(" | ");
                    cell_ended = false;
                }
                line.push(letter);
            }
        }
    }
    lines.push((mark, line));
    let mut out = String::new();
    let mut breaks = 0;
    let mut paragraph = false;
    for (mark, line) in lines {
        if mark == LINE {
            out.push('\n');
            out.push_str(&line);
            continue;
        }
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        breaks += u32::from(mark == BREAK);
        paragraph |= mark == PARAGRAPH;
        if line.is_empty() {
            continue;
        }
        let was_item = out.rsplit('\n').next().is_some_and(|last| last.starts_with("- "));
        match mark {
            _ if out.is_empty() => {}
            ITEM if was_item => out.push('\n'),
            ITEM => out.push_str("\n\n"),
            _ if paragraph || breaks > 1 || was_item => out.push_str("\n\n"),
            _ => out.push_str("\\\n"),
        }
        out.push_str(if mark == ITEM { "- " } else { "" });
        out.push_str(&line);
        (breaks, paragraph) = (0, false);
    }
    out
}

/// Names of pictures and, as `[sound:name]`, of sounds.
fn media(marked: &str) -> Vec<String> {
    let pictures = marked.split(PICTURE).skip(1).filter_map(|rest| rest.split_once(PICTURE_END)).map(|(name, _)| name);
    let sounds = marked.split("[sound:").skip(1).filter_map(|rest| rest.split_once(']')).map(|(name, _)| name);
    pictures.chain(sounds).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        markdown(html).0
    }

    #[test]
    fn elements_become_markdown() {
        for (html, markdown) in [
            ("a <b>bold</b> <i>word</i>", "a **bold** *word*"),
            ("one<br>two", "one\\\ntwo"),
            ("one<br><br>two", "one\n\ntwo"),
            ("<div>one</div><div>two</div>", "one\n\ntwo"),
            ("<p>one</p><ul><li>a</li><li>b</li></ul>end", "one\n\n- a\n- b\n\nend"),
            ("H<sub>2</sub>O and x<sup>2</sup>", "H$_{2}$O and x$^{2}$"),
            ("<img src=\"a%20b.png\"> x", "![](<a b.png>) x"),
            ("<script>alert(1)</script>x<style>y{}</style>", "x"),
            ("{{c1::<b>Water</b>}} moves", "{{c1::**Water**}} moves"),
            ("<code>a*b</code>", "`a*b`"),
            ("x<pre>if a:\n    b*c</pre>y", "x\n\n```\nif a:\n    b*c\n```\n\ny"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a | b"),
            ("&lt;b&gt; &amp;amp; 2&nbsp;*&nbsp;3", "\\<b> \\&amp; 2 \\* 3"),
        ] {
            assert_eq!(text(html), markdown, "{html}");
        }
        assert_eq!(markdown("<img src='a.png'>[sound:b.mp3]").1, ["a.png", "b.mp3"]);
    }

    #[test]
    fn formulas_stand_between_dollars_and_keep_what_they_say() {
        for (html, markdown) in [
            (r"\(a_1 &lt; b*c\)", "$a_1 < b*c$"),
            (r"is \[x^2<br>+ 1\]", "is $$x^2 + 1$$"),
            ("[latex]\\begin{math}a\\end{math}[/latex]", "$a$"),
            ("[latex]$a$[/latex]", "$a$"),
            ("[$]a[/$] [$$]b[/$$]", "$a$ $$b$$"),
            ("<anki-mathjax>a</anki-mathjax>", "$a$"),
            (r"costs $5 \(open", r"costs \$5 \\(open"),
        ] {
            assert_eq!(text(html), markdown, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_html_becomes_text_without_marks(html in r"(<b>|</b>|<i>|<br>|<li>|<img src=x>|<sub>|</sub>|\\\(|\\\)|\$|<code>|[a-z*_\u{e000}\u{e006}<&\[ ]){0,30}") {
            let (text, _) = markdown(&html);
            proptest::prop_assert!(!text.contains(|letter| MARKS.contains(&letter)), "{text}");
        }
    }
}
