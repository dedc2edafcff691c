use crate::desk::{self, Desk};
use crate::plants;

/// A question is asked again in another way, then in other words; the versions stay, are found by their words, and the
/// conversation is written as Markdown.
#[tokio::test]
async fn a_question_has_versions_and_a_conversation_is_found_and_exported() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let export = desk.file("export.md", "");
    let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_EXPORT", &export)]).await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;

    desk::ask(&window, "What is osmosis?").await;
    desk::ask(&window, "What does a leaf catch light with?").await;
    window.picture("conversations-1-two-questions").await;

    // The first one again, in another way: what followed it is put aside.
    window.click("[data-testid=ask-otherwise]").await;
    window.click("[data-testid=mode-simply]").await;
    desk::answered(&window, "What is osmosis?").await;
    assert_eq!(window.text("[data-testid=version]").await, "2 of 2");
    assert_eq!(window.text("[data-testid=exchange-mode]").await, "Explain simply");
    window.picture("conversations-2-simply").await;

    window.click("[data-testid=ask-edit]").await;
    window.script("document.querySelector('[data-testid=edit-question]').select();").await;
    window.type_into("[data-testid=edit-question]", "What catches light in a leaf?").await;
    window.picture("conversations-3-edit").await;
    window.click("[data-testid=edit-ask]").await;
    desk::answered(&window, "What catches light in a leaf?").await;
    assert_eq!(window.text("[data-testid=version]").await, "3 of 3");

    window.click("[data-testid=version-before]").await;
    window
        .until(
            "the version before",
            "return document.querySelector('[data-testid=version]')?.textContent === '2 of 3';",
        )
        .await;
    window.click("[data-testid=version-before]").await;
    desk::answered(&window, "What does a leaf catch light with?").await;
    window.picture("conversations-4-first-version").await;

    window.click("[data-testid=conversations-toggle]").await;
    window.type_into("[data-testid=conversations-search]", "catches lig").await;
    window.find("[data-testid=conversation-found] mark").await;
    window.picture("conversations-5-search").await;
    window.click("[data-testid=conversation-found]").await;
    desk::answered(&window, "What catches light in a leaf?").await;

    window.click("[data-testid=conversations-toggle]").await;
    window.click("[data-testid=conversation-menu]").await;
    window.click("[data-testid=conversation-export]").await;
    window.until("it says where", "return document.body.textContent.includes('Exported');").await;
    let written = std::fs::read_to_string(&export).unwrap();
    assert!(
        written.contains("## What catches light in a leaf?") && written.contains("[^1-1]: *Plants*, p. "),
        "{written}"
    );

    window.click("[data-testid=settings-open]").await;
    window.script("document.querySelector('[data-testid=settings-answers]')?.scrollIntoView();").await;
    assert!(window.text("[data-testid=settings-answers]").await.contains("4 in all"));
    window.picture("conversations-6-measures").await;
    window.close().await;
}
