use crate::desk::{self, Desk};
use crate::plants;

/// A document is summarised from its card, its section on show becomes a study guide, and a quiz of that section is
/// offered.
#[tokio::test]
async fn a_document_is_told_in_short_and_its_section_becomes_a_guide() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;

    window.click("[data-testid=document-menu]").await;
    window.picture("overview-1-menu").await;
    window.click("[data-testid=document-summary]").await;
    desk::answered(&window, "Summarise “Plants”").await;
    window.picture("overview-2-summary").await;

    desk::open_hit(&window, "movement of water").await;
    window.click("[data-testid=section-study]").await;
    window.click("[data-testid=section-guide]").await;
    desk::answered(&window, "Study guide to “Water, Plants”").await;
    let heading = window.text("[data-testid=exchange]:last-of-type [data-testid=answer] h4").await;
    assert_eq!(heading, "Water");
    window.picture("overview-3-guide").await;

    window.click("[data-testid=section-study]").await;
    window.click("[data-testid=section-quiz]").await;
    let offered = "return document.querySelector('[data-testid=quiz-sections]')?.textContent.includes('Water');";
    window.until("a quiz of the section is offered", offered).await;
    window.picture("overview-4-quiz").await;
    window.close().await;
}
