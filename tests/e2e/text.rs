use acceptance::window::Window;

use crate::desk::{self, Desk};
use crate::plants;

const NOTES: &str = "# Water\n\nRoots drink when it rains.\n\n## Membranes\n\n";

/// A document without pages is shown as set text, with the cited words lit up in it.
#[tokio::test]
async fn notes_without_pages_are_asked_and_proven() {
    let desk = Desk::new();
    let notes = desk.file("notes.md", format!("{NOTES}{}\n\n- salt\n- water\n", plants::OSMOSIS));
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&notes]).await;
    desk::wait_for_state(&window, "Water", "complete").await;

    desk::ask(&window, "What is osmosis?").await;
    window.click("[data-testid=citation-chip]").await;
    assert_eq!(lit(&window).await, plants::OSMOSIS);
    window.picture("8-notes").await;
    window.close().await;
}

async fn lit(window: &Window) -> String {
    window.text("[data-testid=text-page] [data-testid=highlight]").await
}
