//! Markdown of a note as the HTML of a field of Anki. Raw HTML is text: a note can hold no markup of its own.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The HTML of a text; gaps of a cloze stay as they are, formulas stand between `\(` and `\)`.
pub(super) fn html(markdown: &str) -> String {
    let mut out = String::new();
    // Paragraphs and other blocks are parted by an empty line.
    let mut needs_gap = false;
    // The number of the next item of each list that is open.
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut picture = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_MATH) {
        match event {
            Event::Start(tag) => match tag {
                Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::BlockQuote(_) | Tag::List(_) => {
                    if std::mem::take(&mut needs_gap) && lists.is_empty() {
                        out.push_str("<br><br>");
                    }
                    match tag {
                        Tag::List(first) => {
                            out.push_str(if first.is_some() { "<ol>" } else { "<ul>" });
                            lists.push(first);
                        }
                        Tag::Heading { .. } => out.push_str("<b>"),
                        Tag::CodeBlock(_) => out.push_str("<pre>"),
                        _ => {}
                    }
                }
                Tag::Item => out.push_str("<li>"),
                Tag::Emphasis => out.push_str("<i>"),
                Tag::Strong => out.push_str("<b>"),
                Tag::Image { dest_url, .. } => {
                    picture = true;
                    out.push_str(&format!("<img src=\"{}\">", escaped(&dest_url)));
                }
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::Paragraph | TagEnd::BlockQuote(_) => needs_gap = true,
                TagEnd::Heading(_) => {
                    out.push_str("</b>");
                    needs_gap = true;
                }
                TagEnd::CodeBlock => {
                    out.truncate(out.trim_end_matches('\n').len());
                    out.push_str("</pre>");
                    needs_gap = true;
                }
                TagEnd::List(_) => {
                    out.push_str(if lists.pop().flatten().is_some() { "</ol>" } else { "</ul>" });
                    needs_gap = lists.is_empty();
                }
                TagEnd::Item => out.push_str("</li>"),
                TagEnd::Emphasis => out.push_str("</i>"),
                TagEnd::Strong => out.push_str("</b>"),
                TagEnd::Image => picture = false,
                _ => {}
            },
            // What a picture shows is told by the picture.
            Event::Text(_) | Event::Code(_) if picture => {}
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&escaped(&text)),
            Event::Code(code) => out.push_str(&format!("<code>{}</code>", escaped(&code))),
            Event::InlineMath(tex) => out.push_str(&format!(r"\({}\)", formula(&tex))),
            Event::DisplayMath(tex) => out.push_str(&format!(r"\[{}\]", formula(&tex))),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>"),
            Event::Rule => out.push_str("<hr>"),
            _ => {}
        }
    }
    out
}

/// Two closing braces would end a gap; to TeX a space between them is nothing.
fn formula(tex: &str) -> String {
    escaped(&tex.replace("}}", "} }").replace("}}", "} }"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::from_html;
    use super::*;

    #[test]
    fn markdown_becomes_fields_of_anki() {
        for (markdown, expected) in [
            ("a **bold** *word*", "a <b>bold</b> <i>word</i>"),
            ("one\n\ntwo\\\nthree", "one<br><br>two<br>three"),
            ("$x^{a_{b}}$ and $$y$$", r"\(x^{a_{b} }\) and \[y\]"),
            ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
            ("{{c1::a *b*}} <script>", "{{c1::a <i>b</i>}} &lt;script&gt;"),
            ("![alt](<a b.png>)", "<img src=\"a b.png\">"),
        ] {
            assert_eq!(html(markdown), expected, "{markdown}");
        }
    }

    proptest! {
        #[test]
        fn a_field_that_went_through_anki_shows_what_it_showed(
            markdown in r"( \*\*[a-z]{1,4}\*\* | \*[a-z]{1,4}\* |\\[*#+>_`$-]|\$[a-z]\^\{2\}\$|[a-z.,!?<&\[\]()|]| |\n\n|\\\n|\{\{c1::[a-z]{1,5}\}\}){1,20}",
        ) {
            let once = html(&markdown);
            let (back, _) = from_html::markdown(&once);
            // Line breaks at the ends and more than two in a row say nothing.
            let lines = |html: &str| {
                let lines: Vec<String> =
                    html.split("<br>").map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
                let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
                lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
                lines.join("<br>").trim_start_matches("<br>").trim_end_matches("<br>").to_owned()
            };
            prop_assert_eq!(lines(&html(&back)), lines(&once), "{} became {}", markdown, back);
        }
    }
}
