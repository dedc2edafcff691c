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

    desk.drag_in(&[&book]);
    desk::wait_for_state(&window, "Plants", "complete").await;
    window.picture("2-library").await;

    window.type_into("[data-testid=search-input]", "membrane").await;
    let hit = window.text("[data-testid=search-hit]").await;
    assert!(hit.contains("Osmosis is the movement"), "the hit shows {hit:?}");
    window.picture("3-search").await;

    let seen = ask(&window, "What is osmosis?").await;
    assert!(seen.len() >= 2, "the answer came in one piece: lengths {seen:?}");
    assert!(seen.is_sorted(), "text that was shown was taken back: lengths {seen:?}");
    window.picture("4-answer").await;

    window.click("[data-testid=citation-chip]").await;
    window.find("[data-testid=highlight]").await;
    assert_highlight_lies_over_the_quote(&window).await;
    window.picture("5-proof").await;
    let answer = window.text("[data-testid=answer]").await;
    window.close().await;

    let window = desk.window().await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    window.until("the room is there", "return document.body.textContent.includes('Botany');").await;
    window.click("[data-testid=conversations-toggle]").await;
    window.click("[data-testid=conversation-item]").await;
    assert_eq!(window.text("[data-testid=answer]").await, answer);
    window.click("[data-testid=citation-chip]").await;
    window.find("[data-testid=highlight]").await;
    assert_highlight_lies_over_the_quote(&window).await;
    window.picture("6-second-day").await;
    window.close().await;
}

/// Sends a question and returns the lengths that the answer had on its way.
async fn ask(window: &Window, question: &str) -> Vec<i64> {
    window
        .script(
            "window.lengths = [];
             new MutationObserver(() => {
                 const length = document.querySelector('[data-testid=answer]')?.textContent.length ?? 0;
                 if (length && length !== window.lengths.at(-1)) window.lengths.push(length);
             }).observe(document.body, { subtree: true, childList: true, characterData: true });",
        )
        .await;
    window.type_into("[data-testid=ask-input]", question).await;
    window.click("[data-testid=ask-send]").await;
    window.until("the answer is complete", "return !!document.querySelector('[data-testid=source]');").await;
    let lengths = window.script("return window.lengths;").await;
    lengths.as_array().expect("lengths").iter().filter_map(Value::as_i64).collect()
}

/// The first highlight, as fractions of the page it lies on, covers the line of the quote and no other.
async fn assert_highlight_lies_over_the_quote(window: &Window) {
    window
        .until(
            "the page is drawn and at rest",
            "const image = document.querySelector('[data-testid=page]:has([data-testid=highlight]) img');
             return !!image && image.complete && image.naturalWidth > 0;",
        )
        .await;
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
}
