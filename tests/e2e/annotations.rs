use acceptance::window::Window;
use serde_json::Value;

use crate::desk::{self, Desk};
use crate::plants;

/// Words on a page are selected by the mouse and highlighted, a note is written beside them; on the second day both are
/// there, are found and exported, and a question about them is answered.
#[tokio::test]
async fn words_on_a_page_are_highlighted_noted_found_exported_and_asked_about() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let export = desk.file("notes.md", "");
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;

    desk::open_hit(&window, "membrane").await;
    select_the_line(&window).await;
    window.picture("annotations-1-selected").await;
    window.click("[data-testid=selection-bar] [data-testid=colour-green]").await;
    assert!(name(&window).await.starts_with(&format!("Green highlight: {}", plants::OSMOSIS)));
    assert_it_lies_over_the_line(&window).await;

    window.click("[data-testid=annotation]").await;
    window.type_into("[data-testid=annotation-note]", "Why towards the salt?").await;
    window.find("[data-testid=annotation-state][data-state=kept]").await;
    window.picture("annotations-2-note").await;
    window.type_into("[data-testid=annotation-note]", "\u{e00c}").await;
    window.until("it is closed", "return !document.querySelector('[data-testid=annotation-card]');").await;
    window.close().await;

    let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_NOTES", &export)]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    // What lay open lies open again.
    window.click("[data-testid=tab-library]").await;
    window.click("[data-testid=library-notes]").await;
    window.type_into("[data-testid=notes-search]", "towards sal").await;
    window.find("[data-testid=note-item] mark").await;
    window.picture("annotations-3-found").await;
    window.click("[data-testid=note-item]").await;
    assert!(name(&window).await.ends_with("Your note: Why towards the salt?"));
    assert_it_lies_over_the_line(&window).await;

    window.click("[data-testid=notes-toggle]").await;
    window.click("[data-testid=notes-panel] [data-testid=notes-export]:not(:disabled)").await;
    window.until("it says where", "return document.body.textContent.includes('exported');").await;
    window.picture("annotations-4-panel").await;
    let written = std::fs::read_to_string(&export).unwrap();
    assert!(written.contains(&format!("## Plants\n\n> {}\n", plants::OSMOSIS)), "{written}");
    assert!(written.contains("p. 2, green*\n\nWhy towards the salt?\n"), "{written}");
    window.click("[data-testid=side-close]").await;

    // The pages are growing into the place of the sheet: what is pressed by the mouse may have moved on.
    let open = "const open = () => !!document.querySelector('[data-testid=annotation-ask]');
        if (!open()) document.querySelector('[data-testid=annotation]')?.click();
        return open();";
    window.until("its card is open", open).await;
    window.click("[data-testid=annotation-ask]").await;
    window.find("[data-testid=ask-about]").await;
    window.type_into("[data-testid=ask-input]", "Explain this.").await;
    window.click("[data-testid=ask-send]:not(:disabled)").await;
    desk::answered(&window, "Explain this.").await;
    assert!(window.text("[data-testid=exchange-about]").await.contains(plants::OSMOSIS));
    window.picture("annotations-5-asked").await;
    window.close().await;
}

/// Drags over the line that the tests know.
async fn select_the_line(window: &Window) {
    let layer = format!("[data-testid=page-words][data-page='{}'][data-ready=true]", plants::PAGE);
    window.find(&layer).await;
    let found = window
        .script(&format!(
            "const box = document.querySelector(\"{layer}\").getBoundingClientRect();
             return [box.left, box.top, box.width, box.height];"
        ))
        .await;
    let [left, top, width, height]: [f64; 4] = serde_json::from_value(found).expect("a place on the screen");
    let line = top + (plants::LINE.0 + plants::LINE.1) / 2.0 * height;
    window.drag((left + (plants::LEFT + 0.01) * width, line), (left + 0.95 * width, line)).await;
    window.find("[data-testid=selection-bar]").await;
}

/// What a screen reader hears of the highlight.
async fn name(window: &Window) -> String {
    window.find("[data-testid=annotation]").await;
    let name = window.script("return document.querySelector('[data-testid=annotation]').ariaLabel;").await;
    name.as_str().expect("a name").to_owned()
}

/// The highlight covers the line on the page's picture and no other.
async fn assert_it_lies_over_the_line(window: &Window) {
    desk::page_is_drawn(window).await;
    let found: Value = window
        .script(
            "const mark = document.querySelector('[data-testid=annotation]').getBoundingClientRect();
             const page = document.querySelector('[data-testid=annotation]').closest('[data-testid=page]')
                 .getBoundingClientRect();
             return [(mark.left - page.left) / page.width, (mark.top - page.top) / page.height,
                 (mark.bottom - page.top) / page.height, mark.width / page.width];",
        )
        .await;
    let number = |at: usize| found[at].as_f64().expect("a number");
    let (top, bottom) = plants::LINE;
    assert!((number(0) - plants::LEFT).abs() < 0.01 && number(3) > 0.4, "it begins or ends elsewhere: {found}");
    assert!(number(1) > top - 0.005 && number(2) < bottom + 0.01, "it lies on another line: {found}");
}

/// In a document without pages words are selected letter by letter, as in any text, and stay highlighted.
#[tokio::test]
async fn words_of_a_text_without_pages_are_highlighted() {
    let desk = Desk::new();
    let notes = desk.file("notes.md", format!("# Water\n\nRoots drink. {} Leaves breathe.\n", plants::OSMOSIS));
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&notes]).await;
    desk::wait_for_state(&window, "Water", "complete").await;
    window.type_into("[data-testid=search-input]", "membrane").await;
    window.click("[data-testid=search-results][aria-busy=false] [data-testid=search-hit]").await;
    window.find("[data-testid=text-page] [data-testid=highlight]").await;
    window.script("document.querySelector('[data-testid=highlight]').scrollIntoView({ block: 'center' });").await;

    let found = window
        .script(
            "const box = document.querySelector('[data-testid=text-page] [data-testid=highlight]').getClientRects()[0];
             return [box.left, box.right, (box.top + box.bottom) / 2];",
        )
        .await;
    let [left, right, middle]: [f64; 3] = serde_json::from_value(found).expect("a place on the screen");
    window.drag((left + 3.0, middle), (right - 3.0, middle)).await;
    window.picture("annotations-6-text-selected").await;
    window.click("[data-testid=selection-bar] [data-testid=colour-blue]").await;
    assert!(name(&window).await.starts_with("Blue highlight: Osmosis is the movement"));
    let marked = window.text("[data-testid=text-page] .blue").await;
    assert!(plants::OSMOSIS.starts_with(&marked) && marked.len() > 20, "{marked}");
    window.picture("annotations-7-text-highlighted").await;
    window.close().await;
}
