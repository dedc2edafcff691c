//! Anki's templates: HTML with `{{Field}}`, `{{filter:Field}}`, `{{#Field}}…{{/Field}}` and `{{^Field}}…{{/Field}}`.

use std::collections::HashMap;

/// Sections stand in sections so deep; deeper ones are left out.
const DEEPEST: usize = 32;
/// What a template makes grows no further than this, in bytes.
const LONGEST: usize = 256 << 10;

/// A template with its fields filled in. An unknown field is empty, and filters change nothing: what they do (hide a
/// hint, ask for typing) is not what a note says.
pub(super) fn rendered(template: &str, fields: &HashMap<&str, &str>) -> String {
    let mut out = String::new();
    // Whether each section that is open shows, by the one around it as well.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut rest = template;
    while let Some((before, tag, after)) = next_tag(rest) {
        let shows = open.iter().all(|(_, shows)| *shows);
        if shows {
            out.push_str(before);
        }
        rest = after;
        let value = |name: &str| fields.get(name.trim()).copied().unwrap_or_default();
        let is_full = |name: &str| !value(name).trim().is_empty();
        if let Some(name) = tag.strip_prefix('#') {
            open.push((name.trim(), is_full(name)));
        } else if let Some(name) = tag.strip_prefix('^') {
            open.push((name.trim(), !is_full(name)));
        } else if let Some(name) = tag.strip_prefix('/') {
            if open.last().is_some_and(|(opened, _)| *opened == name.trim()) {
                open.pop();
            }
        } else if shows {
            out.push_str(value(tag.rsplit(':').next().unwrap_or(tag)));
        }
        if open.len() > DEEPEST || out.len() > LONGEST {
            return out;
        }
    }
    if open.is_empty() {
        out.push_str(rest);
    }
    out
}

/// The one field that a template shows, when it shows nothing else.
pub(super) fn only_field(template: &str) -> Option<&str> {
    let (before, tag, after) = next_tag(template)?;
    let is_plain = !tag.starts_with(['#', '^', '/']) && !tag.contains(':');
    (is_plain && is_bare(before) && is_bare(after)).then(|| tag.trim())
}

/// A template without what it only shows of some notes.
pub(super) fn without_sections(template: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    let mut rest = template;
    while let Some((before, tag, after)) = next_tag(rest) {
        if depth == 0 {
            out.push_str(before);
        }
        match tag.chars().next() {
            Some('#' | '^') => depth += 1,
            Some('/') => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push_str(&format!("{{{{{tag}}}}}")),
            _ => {}
        }
        rest = after;
    }
    out + if depth == 0 { rest } else { "" }
}

/// The field of a cloze, with its filter.
pub(super) fn cloze_field(template: &str) -> Option<&str> {
    let mut rest = template;
    while let Some((_, tag, after)) = next_tag(rest) {
        if let Some((filters, name)) = tag.rsplit_once(':')
            && filters.split(':').any(|filter| filter.trim() == "cloze")
        {
            return Some(name.trim());
        }
        rest = after;
    }
    None
}

fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (tag, after) = rest.split_once("}}")?;
    Some((before, tag.trim(), after))
}

/// Whether HTML shows nothing but perhaps a line.
fn is_bare(html: &str) -> bool {
    let mut in_tag = false;
    html.chars().all(|letter| {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ => return in_tag || letter.is_whitespace(),
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_sections_are_filled_in() {
        let fields = HashMap::from([("Front", "f"), ("Back", "b"), ("Empty", " ")]);
        for (template, html) in [
            ("<b>{{Front}}</b>{{ hint:Back }}", "<b>f</b>b"),
            ("{{#Empty}}x{{Front}}{{/Empty}}{{^Empty}}y{{/Empty}}", "y"),
            ("{{#Front}}a{{#Empty}}b{{/Empty}}c{{/Front}}d", "acd"),
            ("{{Unknown}}{{/Front}}{{open", "{{open"),
            ("{{#Front}}never closed", ""),
        ] {
            assert_eq!(rendered(template, &fields), html, "{template}");
        }
        rendered(&"{{#Front}}".repeat(10_000), &fields);
    }

    #[test]
    fn a_template_of_one_field_is_recognised() {
        assert_eq!(only_field(" <div class=\"q\">{{Front}}</div>\n"), Some("Front"));
        assert_eq!(only_field("\n\n<hr id=answer>\n\n{{Back}}"), Some("Back"));
        for other in ["Q: {{Front}}", "{{Front}} {{Back}}", "{{type:Back}}", "{{#Front}}{{/Front}}", "text"] {
            assert_eq!(only_field(other), None, "{other}");
        }
        let optional = without_sections("{{Back}}{{#Extra}}<br>{{Extra}}{{/Extra}}");
        assert_eq!(only_field(&optional), Some("Back"));
        assert_eq!(cloze_field("{{Head}} {{edit:cloze:Text}}"), Some("Text"));
    }
}
