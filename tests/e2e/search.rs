use acceptance::window::Window;

use crate::desk::{self, Desk};
use crate::plants;

const NOTES: &str = "# Lakes

Osmosis goes on in every lake that is salty.

## Fish

A fish in salt water loses water by osmosis, and drinks.

| fish | drinks |
|---|---|
| herring | much, against osmosis |
| carp | nothing |

## Reeds

Reeds stand in the water of a lake.
";

/// Somebody types, and sees at every key what there is so far; chooses a part of the room; looks why a place was found;
/// opens it by Enter and comes back by Escape.
#[tokio::test]
async fn one_searches_as_one_types_in_a_part_of_the_room_and_sees_why() {
    let desk = Desk::new();
    let (book, notes) = (desk.file("plants.pdf", plants::pdf()), desk.file("lakes.md", NOTES));
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book, &notes]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    desk::wait_for_state(&window, "Lakes", "complete").await;

    // Each beginning of the word finds it already; a word that is not finished marks those that begin so.
    for (keys, begun) in [("osm", "osm"), ("osi", "osmosi"), ("s", "osmosis")] {
        window.type_into("[data-testid=search-input]", keys).await;
        settled(&window, begun).await;
        assert_eq!(marked(&window).await, "osmosis", "at {begun:?}");
    }
    window.picture("search-1-typed").await;

    choose(&window, "filter-documents", "filter-document", "Lakes").await;
    documents(&window, "every", "Lakes").await;
    choose(&window, "filter-sections", "filter-section", "Fish").await;
    window
        .until(
            "all that is found stands in the section",
            "const hits = [...document.querySelectorAll('[data-testid=search-hit]')];
             return hits.length > 0 && hits.every((hit) => hit.textContent.includes('Fish'));",
        )
        .await;
    choose(&window, "filter-kinds", "filter-kind", "Code").await;
    window.find("[data-testid=search-nothing]").await;
    window.picture("search-2-nothing").await;
    window.click("[data-testid=filter-clear]").await;
    documents(&window, "some", "Plants").await;

    // The field is chosen whole when one comes back to it.
    window.type_into("[data-testid=search-input]", "osmosis membrane").await;
    settled(&window, "osmosis membrane").await;
    window.click("[data-testid=search-why]").await;
    let why = window.text("[data-testid=search-explanation]").await;
    assert!(why.contains("\u{201c}osmosis\u{201d} and \u{201c}membrane\u{201d}"), "{why}");
    let sum = window
        .script(
            "const numbers = [...document.querySelectorAll('[data-testid=search-explanation] .adds')]
                 .map((cell) => Number(cell.textContent));
             const score = numbers.pop();
             return Math.abs(numbers.reduce((sum, part) => sum + part, 0) - score) < 0.01 * (numbers.length + 1);",
        )
        .await;
    assert_eq!(sum, true, "the parts make up the score");
    window.picture("search-3-why").await;

    // Finished by one Enter, opened by another.
    window.type_into("[data-testid=search-input]", "\u{e007}").await;
    settled(&window, "osmosis membrane").await;
    window.type_into("[data-testid=search-input]", "\u{e007}").await;
    window.find("[data-testid=highlight]").await;
    desk::page_is_drawn(&window).await;
    let page =
        window.script("return document.querySelector('[data-testid=highlight]').closest('[data-page]').dataset.page;");
    assert_eq!(page.await, plants::PAGE.to_string());
    window.close().await;
}

/// Waits until the whole answer to `query` is on show.
async fn settled(window: &Window, query: &str) {
    let condition = format!(
        "const results = document.querySelector('[data-testid=search-results]');
         const sum = document.querySelector('[data-testid=search-sum]')?.textContent ?? '';
         return results?.ariaBusy === 'false' && sum.includes('\u{201c}{query}\u{201d}');"
    );
    window.until(&format!("{query} is searched"), &condition).await;
}

/// The first word that the best hit marks, in lower case.
async fn marked(window: &Window) -> String {
    window.text("[data-testid=search-hit] mark").await.to_lowercase()
}

/// Chooses from a menu of filters, and closes it.
async fn choose(window: &Window, menu: &str, item: &str, name: &str) {
    window.click(&format!("[data-testid={menu}]")).await;
    window.find(&format!("[data-testid={item}]")).await;
    let press = format!(
        "[...document.querySelectorAll('[data-testid={item}]')].find((item) => item.textContent.includes({name:?})).click();"
    );
    window.script(&press).await;
    let close = format!(
        "const menu = document.querySelector('[data-testid={menu}]');
         if (menu.ariaExpanded === 'true') menu.click();"
    );
    window.script(&close).await;
}

/// Waits until every hit, or some hit, is of that document.
async fn documents(window: &Window, how_many: &str, title: &str) {
    let condition = format!(
        "const titles = [...document.querySelectorAll('[data-testid=search-hit] .title')];
         return document.querySelector('[data-testid=search-results]')?.ariaBusy === 'false'
             && titles.length > 0 && titles.{how_many}((each) => each.textContent.includes({title:?}));"
    );
    window.until(&format!("{how_many} place is in {title}"), &condition).await;
}
