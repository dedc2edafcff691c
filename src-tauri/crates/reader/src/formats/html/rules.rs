//! What the names and attributes of elements mean for the text.

use super::Scope;
use super::element::Element;
use crate::emphasis::Look;

/// Elements that have no content and no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "basefont"
            | "bgsound"
            | "frame"
            | "keygen"
    )
}

/// Elements that stand in a page's head; any other one ends it.
pub(super) fn is_of_head(name: &str) -> bool {
    matches!(name, "html" | "head" | "title" | "meta" | "link" | "script" | "style" | "base" | "noscript" | "template")
}

/// Elements that begin on a line of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "caption"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "search"
            | "legend"
    )
}

/// The level of a heading.
pub(super) fn heading_level(element: &Element<'_>) -> Option<u8> {
    match element.name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ if element.get("role") == Some("heading") => {
            Some(element.number("aria-level").and_then(|it| u8::try_from(it).ok()).unwrap_or(2).clamp(1, 9))
        }
        _ => None,
    }
}

/// Whether nothing inside the element is text of the page.
pub(super) fn is_dropped(element: &Element<'_>, scope: Scope, in_article: bool) -> bool {
    let never = matches!(
        element.name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "canvas"
            | "audio"
            | "video"
            | "iframe"
            | "object"
            | "select"
            | "textarea"
            | "button"
            | "datalist"
            | "noembed"
            | "noframes"
            | "rp"
            | "rt"
            | "map"
            | "applet"
    );
    if never || element.has("hidden") || is_styled_away(element) {
        return true;
    }
    if scope == Scope::Chapter {
        return element.lists("type", "pagebreak");
    }
    let around = match element.name {
        "nav" | "dialog" | "menu" | "search" => true,
        // An article has a head and foot of its own, with its title in it.
        "header" | "footer" | "aside" => !in_article && !is_note(element),
        _ => false,
    };
    around
        || element.get("aria-hidden") == Some("true")
        || element.get("role").is_some_and(|role| {
            matches!(
                role,
                "navigation"
                    | "banner"
                    | "contentinfo"
                    | "search"
                    | "complementary"
                    | "menu"
                    | "menubar"
                    | "toolbar"
                    | "dialog"
                    | "alertdialog"
                    | "tablist"
            )
        })
        || is_named_boilerplate(element)
}

fn is_styled_away(element: &Element<'_>) -> bool {
    element.get("style").is_some_and(|style| {
        let plain: String = style.chars().filter(|it| !it.is_whitespace()).collect::<String>().to_ascii_lowercase();
        plain.contains("display:none") || plain.contains("visibility:hidden")
    })
}

/// Whole words that sites use as names for what surrounds a text. A body's or a heading's names speak of other things.
fn is_named_boilerplate(element: &Element<'_>) -> bool {
    const NAMES: &[&str] = &[
        "nav",
        "navbar",
        "navigation",
        "navigation-bar",
        "nav-menu",
        "main-nav",
        "site-nav",
        "topnav",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "side-bar",
        "site-header",
        "site-footer",
        "page-footer",
        "footer",
        "menu",
        "main-menu",
        "cookie",
        "cookies",
        "cookie-banner",
        "cookie-consent",
        "cookie-notice",
        "consent",
        "advert",
        "advertisement",
        "ads",
        "ad",
        "ad-container",
        "banner-ad",
        "share",
        "sharing",
        "social",
        "social-links",
        "social-share",
        "share-buttons",
        "related-posts",
        "related-articles",
        "recommended",
        "newsletter",
        "newsletter-signup",
        "subscribe",
        "popup",
        "modal",
        "skip-link",
        "skip-to-content",
        "screen-reader-text",
        "visually-hidden",
        "sr-only",
        "noprint",
        "mw-editsection",
        "navbox",
        "printfooter",
        "catlinks",
        "mw-jump-link",
        "mw-navigation",
        "headerlink",
        "comments",
        "comment-list",
        "disqus_thread",
        "pagination",
        "pager",
    ];
    if matches!(element.name, "body" | "html" | "main" | "article") || heading_level(element).is_some() {
        return false;
    }
    // The mark behind a heading that is a link to it.
    let anchors = ["anchor", "header-anchor", "permalink", "anchorjs-link", "anchor-link"];
    if element.name == "a" && anchors.iter().any(|it| element.lists("class", it)) {
        return true;
    }
    let named = |key| {
        element.get(key).is_some_and(|it: &str| {
            it.split_ascii_whitespace().any(|word| NAMES.iter().any(|name| name.eq_ignore_ascii_case(word)))
        })
    };
    named("class") || named("id")
}

/// Whether the element is what the page calls its main part.
pub(super) fn is_main(element: &Element<'_>) -> bool {
    matches!(element.name, "main" | "article") || element.get("role") == Some("main")
}

/// Whether a link leads to a note.
pub(super) fn is_note_link(element: &Element<'_>) -> bool {
    element.lists("type", "noteref")
        || element.lists("role", "doc-noteref")
        || ["footnote-ref", "noteref", "footnote-reference", "fnref"].iter().any(|it| element.lists("class", it))
}

/// Whether the element is a note or a list of notes.
pub(super) fn is_note(element: &Element<'_>) -> bool {
    const TYPES: &[&str] = &["footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"];
    const ROLES: &[&str] = &["doc-footnote", "doc-endnote", "doc-endnotes"];
    TYPES.iter().any(|it| element.lists("type", it))
        || ROLES.iter().any(|it| element.lists("role", it))
        || TYPES.iter().any(|it| element.lists("class", it))
}

/// How letters in the element look, among letters that look as `around` says.
pub(super) fn look(element: &Element<'_>, around: Look) -> Look {
    let mut look = around;
    match element.name {
        "b" | "strong" => look.bold = true,
        "i" | "em" | "dfn" | "cite" => look.italic = true,
        _ => {}
    }
    for (property, value) in
        element.get("style").into_iter().flat_map(|it| it.split(';')).filter_map(|it| it.split_once(':'))
    {
        let value = value.trim().to_ascii_lowercase();
        match property.trim().to_ascii_lowercase().as_str() {
            "font-weight" => look.bold = value.starts_with("bold") || value.parse().is_ok_and(|it: u32| it >= 600),
            "font-style" => look.italic = value.starts_with("italic") || value.starts_with("oblique"),
            _ => {}
        }
    }
    look
}

/// Pictures of formulas carry the formula as their words.
pub(super) fn is_formula_picture(element: &Element<'_>) -> bool {
    element.name == "img"
        && element.get("class").is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            ["math", "latex", "tex", "equation"].iter().any(|it| class.split(['-', ' ', '_']).any(|word| word == *it))
        })
}
