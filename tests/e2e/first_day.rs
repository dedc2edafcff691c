use acceptance::window::Window;
use serde_json::Value;

use crate::desk::{self, Desk};
use crate::plants;

/// A book is dragged in from another program, searched, asked; the answer streams, its proof is lit up on the page;
/// after a restart all of it is there.
#[tokio::test]
async fn a_dropped_book_is_searched_asked_and_proven() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    window.picture("1-empty-room").await;

    let source = desk.drag_in(&[&book]);
    desk::wait_for_state(&window, "Plants", "complete").await;
    drop(source);
    window.picture("2-library").await;

    window.type_into("[data-testid=search-input]", "membrane").await;
    window
        .until(
            "the sentence is among the hits",
            "return [...document.querySelectorAll('[data-testid=search-hit]')]
                 .some((hit) => hit.textContent.includes('Osmosis is the movement'));",
        )
        .await;
    window.picture("3-search").await;

    desk::ask(&window, "What is osmosis?").await;
    window.picture("4-answer").await;

    window.click("[data-testid=citation-chip]").await;
    window.find("[data-testid=highlight]").await;
    assert_highlight_lies_over_the_quote(&window).await;
    window.picture("5-proof").await;
    let answer = window.text("[data-testid=answer]").await;
    assert_the_answer_streams(&window, "What do roots and pipes do with water, and what does osmosis do?").await;
    window.close().await;

    let window = desk.window().await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    window.until("the room is there", "return document.body.textContent.includes('Botany');").await;
    window.click("[data-testid=conversations-toggle]").await;
    window.find("[data-testid=conversation-item]").await;
    window
        .script(
            "[...document.querySelectorAll('[data-testid=conversation-item]')]
                 .find((item) => item.textContent.includes('What is osmosis?')).click();",
        )
        .await;
    assert_eq!(window.text("[data-testid=answer]").await, answer);
    window.click("[data-testid=citation-chip]").await;
    window.find("[data-testid=highlight]").await;
    assert_highlight_lies_over_the_quote(&window).await;
    window.picture("6-second-day").await;
    window.close().await;
}

/// Asks over the window's own bridge and checks that the text came in pieces which make up the answer.
async fn assert_the_answer_streams(window: &Window, question: &str) {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const {{ invoke, transformCallback }} = window.__TAURI_INTERNALS__;
         const pieces = [];
         const channel = '__CHANNEL__:' + transformCallback(({{ message }}) => {{
             if (message?.event?.type === 'delta') pieces.push(message.event.text);
         }});
         invoke('rooms_list')
             .then(([{{ room }}]) => {{
                 const unasked = {{ conversation: null, beside: null, subject: null, executor: null, language: 'en' }};
                 return invoke('ask', {{ question: {{ ...unasked, room, text: {question:?}, mode: 'plain' }}, channel }});
             }})
             .then(async ({{ text }}) => {{
                 // The last piece and the whole answer come by different ways; either may be first.
                 const frame = () => new Promise((resume) => requestAnimationFrame(resume));
                 for (let n = 0; n < 120 && pieces.join('').length < text.length; n++) await frame();
                 done([text, ...pieces]);
             }})
             .catch((error) => done([JSON.stringify(error)]));"
    );
    let came = window.script_async(&script).await;
    let texts: Vec<&str> = came.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let (answer, pieces) = texts.split_first().expect("an answer");
    assert!(pieces.len() >= 2, "the text came in one piece: {texts:?}");
    assert_eq!(&pieces.concat(), answer, "the pieces are not the answer");
}

/// The first highlight, as fractions of the page it lies on, covers the line of the quote and no other.
async fn assert_highlight_lies_over_the_quote(window: &Window) {
    desk::page_is_drawn(window).await;
    let found = window
        .script(
            "const mark = document.querySelector('[data-testid=highlight]');
             const image = mark.closest('[data-testid=page]').querySelector('img');
             const [m, p] = [mark.getBoundingClientRect(), image.getBoundingClientRect()];
             return [Number(image.dataset.page), (m.left - p.left) / p.width, (m.top - p.top) / p.height,
                 (m.bottom - p.top) / p.height, p.width, m.width / p.width];",
        )
        .await;
    let number = |at: usize| found[at].as_f64().expect("a number");
    assert_eq!(found[0], plants::PAGE, "the wrong page is lit up: {found}");
    assert!((number(1) - plants::LEFT).abs() < 0.01, "it starts elsewhere: {found}");
    let (top, bottom) = plants::LINE;
    assert!(number(2) > top - 0.005 && number(3) < bottom + 0.005, "it lies on another line: {found}");
    assert!(number(3) - number(2) > 0.008, "it is too thin to see: {found}");
    assert!(number(5) > 0.4, "it covers a part of the line only: {found}");
    let darkness = window.darkness("[data-testid=highlight]").await;
    assert!((0.02..0.5).contains(&darkness), "no letters can be seen under the highlight: {darkness}");
}
