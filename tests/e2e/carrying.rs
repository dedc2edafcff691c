//! Documents carried by the pointer: to another place of their room, and onto another room.

use acceptance::window::Window;
use serde_json::Value;

use crate::desk::{self, Desk};
use crate::plants;

#[tokio::test]
async fn documents_are_carried_to_another_place_and_onto_another_room() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let notes = desk.file("notes.md", "# Notes\n\nOsmosis moves water through a membrane.");
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book, &notes]).await;
    for title in ["Plants", "Notes"] {
        desk::wait_for_state(&window, title, "complete").await;
    }
    window.click("[data-testid=room-new]").await;
    window.type_into("[data-testid=room-name]", "Physics\u{e007}").await;
    enter(&window, "Physics", &[]).await;
    window.click("[data-testid=room-item]").await;
    enter(&window, "Botany", &["Notes", "Plants"]).await;

    // By hand, the last goes before the first.
    window.click("[data-testid=library-sort]").await;
    window.click("[data-testid=sort-by-hand]").await;
    let before = titles(&window).await;
    let (x, y) = place(&window, &card(1), 0.5).await;
    window.drag((x, y), place(&window, &card(0), 0.1).await).await;
    let turned = before.iter().rev().map(String::as_str).collect::<Vec<_>>();
    enter(&window, "Botany", &turned).await;

    let carried = before[0].clone();
    let room = place(&window, "document.querySelectorAll('[data-testid=room-item]')[1]", 0.5).await;
    window.drag(place(&window, &card(1), 0.5).await, room).await;
    enter(&window, "Botany", &turned[..1]).await;
    window.picture("carried-onto-a-room").await;
    window.script("document.querySelectorAll('[data-testid=room-item]')[1].click();").await;
    enter(&window, "Physics", &[&carried]).await;
    window.close().await;
}

/// Waits until this room is open and has these documents, in this order.
async fn enter(window: &Window, room: &str, titles: &[&str]) {
    let condition = format!(
        "const titles = {TITLES};
         return document.querySelector('[data-testid=room-item][aria-current]')?.textContent.includes({room:?})
             && JSON.stringify(titles) === JSON.stringify({titles:?});"
    );
    window.until(&format!("{room} has {titles:?}"), &condition).await;
}

const TITLES: &str = "[...document.querySelectorAll('[data-testid=document-card] [data-testid=document-open]')]
    .map((title) => title.textContent.trim())";

async fn titles(window: &Window) -> Vec<String> {
    serde_json::from_value(window.script(&format!("return {TITLES};")).await).expect("titles")
}

fn card(at: usize) -> String {
    format!("document.querySelectorAll('[data-testid=document-card]')[{at}]")
}

/// A point of what a script names, this share of its width from its left side.
async fn place(window: &Window, element: &str, share: f64) -> (f64, f64) {
    let script = format!(
        "const {{ left, top, width, height }} = {element}.getBoundingClientRect();
         return [left + {share} * width, top + height / 2];"
    );
    let Value::Array(at) = window.script(&script).await else { panic!("no place") };
    (at[0].as_f64().expect("a number"), at[1].as_f64().expect("a number"))
}
