#![allow(clippy::unwrap_used)]

use super::*;
use crate::BlockKind;

fn read(html: &str, scope: Scope) -> Vec<(BlockKind, String)> {
    blocks_of(html, scope).into_iter().map(|it| (it.kind, it.text)).collect()
}

fn texts(html: &str, scope: Scope) -> Vec<String> {
    blocks_of(html, scope).into_iter().map(|it| it.text).collect()
}

#[test]
fn what_surrounds_the_text_is_left_out() {
    let page = "<!DOCTYPE html><html><head><title>T</title><style>p{}</style><script>if (a<b) {}</script></head><body>\
        <header><h1>Site</h1></header><nav><ul><li><a href=/>Home</a></ul></nav>\
        <div class='cookie-banner'>We use cookies</div>\
        <article><header><h1><a class='anchor' href='#m'>§</a>On Memory</h1></header><p>It <b>re</b>mains.<p hidden>Not this.<p>But&nbsp;this &amp; that.\
        <form><label>Name<input></label><button>Send</button></form></article>\
        <ul><li><a href=a>One</a><li><a href=b>Two</a><li><a href=c>Three</a></ul>\
        <aside>Elsewhere</aside><div style='display: none'>Nor that</div><footer>© 2020</footer></body></html>";
    assert_eq!(texts(page, Scope::Page), ["On Memory", "It remains.", "But\u{a0}this & that."]);
    assert_eq!(texts(page, Scope::Main), texts(page, Scope::Page));
}

#[test]
fn blocks_have_their_kinds() {
    let page = "<h2>Head <i>ing</i></h2><p>One<br>line.<ol start=3 type=a><li>c<ul><li>inner</ul><li><p>d</p><p>more</p></ol>\
        <pre>  if x:\n\n    y\n</pre><figure><img src=x><figcaption>Figure 1</figcaption></figure>\
        <math display='block'><mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup></math><p>so <math><mi>x</mi></math>.";
    let found = read(page, Scope::Chapter);
    let wanted = [
        (BlockKind::Heading, "Head ing"),
        (BlockKind::Paragraph, "One line."),
        (BlockKind::List, "c. c"),
        (BlockKind::List, "• inner"),
        (BlockKind::List, "d. d"),
        (BlockKind::Paragraph, "more"),
        (BlockKind::Code, "  if x:\n\n    y"),
        (BlockKind::Caption, "Figure 1"),
        (BlockKind::Formula, "a=b^2"),
        (BlockKind::Paragraph, "so x."),
    ];
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_table_of_values_is_a_table_and_one_for_layout_is_not() {
    let values = "<table><caption>T1</caption><tr><th>Name<th>Age<tr><td>Ada<td><p>36</p></table>";
    assert_eq!(
        read(values, Scope::Page),
        [(BlockKind::Paragraph, "T1".into()), (BlockKind::Table, "Name\tAge\nAda\t36".into())].map(
            |(kind, text): (BlockKind, String)| if text == "T1" { (BlockKind::Caption, text) } else { (kind, text) }
        )
    );
    let layout = "<table><tr><td><ul><li>x</ul><td><h1>Title</h1><p>Text.</table>";
    assert_eq!(texts(layout, Scope::Piece), ["• x", "Title", "Text."]);
    let nested = "<table><tr><td>Left<td><table><tr><td>a<td>b</table></table>";
    assert_eq!(texts(nested, Scope::Piece), ["Left", "a\tb"]);
}

#[test]
fn notes_are_marked_in_the_text() {
    let page = "<p>Known<sup><a href='#n1'>1</a></sup> and<a epub:type='noteref' href='#n2'>[2]</a> and \
        <a href='#n3'><sup>3</sup></a>; x<sup>2</sup>.</p>";
    assert_eq!(texts(page, Scope::Chapter), ["Known[1] and[2] and [3]; x2."]);
    let broken = "<div>a<sup><a href=x>1<br><br>ééé</a></sup>x";
    assert_eq!(texts(broken, Scope::Chapter), ["a[1", "éééx"]);
}

#[test]
fn chapters_are_read_as_xml() {
    let chapter = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/></head>\
        <body><p>One<a id='x'/> two</p><div/><p><![CDATA[a < b]]> &eacute;</p><m:math><m:mi>y</m:mi></m:math></body></html>";
    assert_eq!(texts(chapter, Scope::Chapter), ["One two", "a < b é", "y"]);
}

#[test]
fn a_head_or_formula_without_end_does_not_swallow_the_page() {
    let page = "<html><head><title>T</title><body><p>So <math><mi>x<p>Here</p>";
    assert_eq!(texts(page, Scope::Page), ["So x", "Here"]);
    assert_eq!(texts("<head><meta charset=utf-8><title>T</title><h1>One</h1>", Scope::Page), ["One"]);
}

#[test]
fn a_script_that_closes_itself_does_not_swallow_the_page() {
    assert_eq!(texts("<html><head><script src='x'/><title/></head><body><p>Here</p>", Scope::Page), ["Here"]);
}

#[test]
fn tags_without_end_and_order_do_no_harm() {
    let deep = "<div>".repeat(50_000) + "<p>deep" + &"</div>".repeat(50_000) + "<table>".repeat(1000).as_str() + "end";
    assert_eq!(texts(&deep, Scope::Page).concat(), "deepend");
    let wild = "</p></table><li>a</ul><td>b<h1>c<p>d</h1></math><math><mi>e<table>f";
    assert!(!texts(wild, Scope::Page).is_empty());
}

#[test]
fn a_page_comes_the_same_in_pieces() {
    let page = "<h1>Ünï</h1><ul><li><a href=x>a</a><li><a href=y>b</a><li><a href=z>c</a></ul><p>t &amp; <i>u</i></p>"
        .repeat(7);
    let whole = texts(&page, Scope::Page);
    let mut reading = Markup::new(Scope::Page);
    let mut found = Vec::new();
    for letter in page.chars() {
        reading.feed(letter.encode_utf8(&mut [0; 4]));
        found.extend(reading.take());
    }
    reading.end();
    found.extend(reading.take());
    assert_eq!(found.into_iter().map(|it| it.text).collect::<Vec<_>>(), whole);
    assert_eq!(whole.len(), 14);
}
