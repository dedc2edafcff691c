use acceptance::shelf::Shelf;
use acceptance::soak::documents;
use document_maker::Pdf;

use crate::desk::{self, Desk};

/// A scan is recognised in the background, says so on its page, is asked, and its words are lit up on the picture.
#[tokio::test]
async fn a_scan_is_recognised_asked_and_proven() {
    let desk = Desk::new();
    let scan = desk.file("scan.pdf", documents::scanned(&Shelf::new(), 2));
    let window = desk.window().await;
    desk::make_room(&window, "Archive").await;
    desk::drop_simulated(&window, &[&scan]).await;
    desk::wait_for_state(&window, "scan", "complete").await;
    window.picture("9-scan").await;

    desk::open_hit(&window, "sheet").await;
    assert!(window.text("[data-testid=page-recognised]").await.contains("Text recognised"));
    let darkness = window.darkness("[data-testid=highlight]").await;
    assert!((0.02..0.6).contains(&darkness), "no letters can be seen under the highlight: {darkness}");
    window.picture("10-recognised").await;
    window.close().await;
}

/// What is removed comes back by the toast; a file of the same name takes the place of its old edition.
#[tokio::test]
async fn a_document_is_removed_brought_back_and_replaced() {
    let desk = Desk::new();
    let edition = |text: &str| Pdf::new().titled("Notes").page("Notes", &[text]).bytes();
    let first = desk.file("notes.pdf", edition("The heron stands in the water and waits for a fish."));
    let window = desk.window().await;
    desk::make_room(&window, "Birds").await;
    desk::drop_simulated(&window, &[&first]).await;
    desk::wait_for_state(&window, "Notes", "complete").await;

    window.click("[data-testid=document-menu]").await;
    window.click("[data-testid=document-remove]").await;
    window.until("the card is gone", "return !document.querySelector('[data-testid=document-card]');").await;
    window.picture("11-removed").await;
    window.click("[data-testid=undo]").await;
    desk::wait_for_state(&window, "Notes", "complete").await;
    desk::open_hit(&window, "heron").await;

    desk::drop_simulated(&window, &[&desk.file("notes.pdf", edition("The stork builds its nest on the roof."))]).await;
    window.click("[data-testid=replace-instead]").await;
    window
        .until(
            "the new edition is alone and complete",
            "const cards = [...document.querySelectorAll('[data-testid=document-card]')];
             return cards.length === 1 && cards[0].dataset.state === 'complete'
                 && !document.querySelector('[data-testid=document-edition]');",
        )
        .await;
    window.click("[data-testid=document-open]").await;
    desk::page_is_drawn(&window).await;
    window.picture("12-replaced").await;
    window.close().await;
}
