use std::process::Command;

use acceptance::rivers;
use acceptance::window::Window;

use crate::desk::{self, Desk};
use crate::quizzes;

/// Keys that WebDriver names.
const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";

/// What was wrong in a quiz becomes cards. They are reviewed by keyboard, an answer is taken back, and a card that was
/// known and is forgotten leads to its page and back. A note is written by hand, and all of them go to another room.
#[tokio::test]
async fn cards_are_made_reviewed_written_and_moved() {
    let desk = Desk::new();
    let book = desk.file("rivers.pdf", rivers::pdf());
    let package = desk.file("chosen.apkg", "");
    std::fs::remove_file(&package).unwrap();
    let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_CARDS", package.as_path())]).await;
    desk::make_room(&window, "Geography").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Rivers", "complete").await;

    let made = cards_of_the_wrong_ones(&window).await;
    due_in(&window, "Geography", made).await;
    review_by_keyboard(&window).await;
    due_in(&window, "Geography", made - 1).await;
    recall_shows(&window).await;

    let known = never_asked(&window).await;
    desk.run(&["cards", "reschedule", &known, "--due", &today()]);
    forget(&window, &known).await;
    write_a_note(&window).await;
    move_to_another_room(&window, &package).await;
    window.close().await;
}

/// Takes a quiz badly and makes cards of it; how many.
async fn cards_of_the_wrong_ones(window: &Window) -> usize {
    window.click("[data-testid=tab-quiz]").await;
    window.click("[data-testid=quiz-new]").await;
    window.click("[data-testid=quiz-make]").await;
    window.find("[data-testid=quiz-question]").await;
    let mut wrong = 0;
    while window.script("return !document.querySelector('[data-testid=quiz-result]');").await == true {
        wrong += usize::from(!quizzes::answer(window).await);
        window.click("[data-testid=quiz-next]").await;
        let moved = "return !document.querySelector('[data-testid=quiz-verdict]')
             || !!document.querySelector('[data-testid=quiz-result]');";
        window.until("the quiz goes on", moved).await;
    }
    assert!(wrong > 2, "most answers are wrong");
    window.click("[data-testid=quiz-cards]").await;
    window.find("[data-testid=cards-go]").await;
    window.picture("cards-1-made").await;
    wrong
}

/// Answers again, then good, takes that back and answers easy.
async fn review_by_keyboard(window: &Window) {
    window.click("[data-testid=tab-cards]").await;
    window.find("[data-testid=cards-today]").await;
    window.picture("cards-2-home").await;
    window.click("[data-testid=cards-review]:not(:disabled)").await;
    window.find("[data-testid=card-show]").await;
    let first = card(window).await;
    press(window, " ").await;
    window.find("[data-testid=card-rate-good]").await;
    window.picture("cards-3-answer").await;
    press(window, "1").await;
    other_than(window, &first).await;

    let second = card(window).await;
    press(window, " ").await;
    window.find("[data-testid=card-rate-good]").await;
    press(window, "3").await;
    other_than(window, &second).await;
    press(window, "u").await;
    asked(window, &second).await;
    press(window, " ").await;
    window.find("[data-testid=card-rate-easy]").await;
    press(window, "4").await;
    other_than(window, &second).await;
}

/// A card of the list that was never asked: of a note that was asked today no card comes a second time.
async fn never_asked(window: &Window) -> String {
    press(window, ESCAPE).await;
    window.find("[data-testid=card-row][data-state=new]").await;
    let card = "return document.querySelector('[data-testid=card-row][data-state=new]').dataset.card;";
    window.script(card).await.as_str().expect("a number").to_owned()
}

/// What is recalled of the book shows in its progress.
async fn recall_shows(window: &Window) {
    window.click("[data-testid=tab-progress]").await;
    let recalled = "return document.querySelector('[data-testid=progress-row]')?.textContent.includes('recalled');";
    window.until("what is recalled shows", recalled).await;
    window.picture("cards-8-progress").await;
    window.click("[data-testid=tab-cards]").await;
}

/// A card that was known is forgotten: one key opens its page, and Escape comes back to it.
async fn forget(window: &Window, known: &str) {
    window.click("[data-testid=cards-review]:not(:disabled)").await;
    window.find("[data-testid=card-show]").await;
    loop {
        let now = card(window).await;
        press(window, " ").await;
        window.find("[data-testid=card-rate-easy]").await;
        if now == known {
            break;
        }
        press(window, "4").await;
        other_than(window, &now).await;
    }
    press(window, "1").await;
    window.find("[data-testid=card-lapse]").await;
    window
        .until(
            "the page is shown below",
            "return !!document.querySelector('[data-testid=card-page-picture] img')?.naturalWidth;",
        )
        .await;
    window.picture("cards-4-lapse").await;
    press(window, "p").await;
    window.find("[data-testid=highlight]").await;
    desk::page_is_drawn(window).await;
    window.picture("cards-5-page").await;
    press(window, ESCAPE).await;
    let back = "return !!document.querySelector('[data-testid=card-lapse]')?.checkVisibility();";
    window.until("the card is back", back).await;
    assert_eq!(card(window).await, known);
    press(window, " ").await;
    window.until("the review goes on", "return !document.querySelector('[data-testid=card-lapse]');").await;
    press(window, ESCAPE).await;
    window.find("[data-testid=cards-today]").await;
}

async fn write_a_note(window: &Window) {
    window.click("[data-testid=cards-new]").await;
    window.type_into("[data-testid=note-front]", "Rivers carry silt to the sea.").await;
    window.script("document.querySelector('[data-testid=note-front]').setSelectionRange(13, 17);").await;
    window.click("[data-testid=note-gap]").await;
    let gap =
        "return document.querySelector('[data-testid=note-front]').value === 'Rivers carry {{c1::silt}} to the sea.'
             && !!document.querySelector('[data-testid=note-preview] [data-testid=card-filled]');";
    window.until("the gap is made and shown", gap).await;
    window.picture("cards-6-note").await;
    window.click("[data-testid=note-save]").await;
    let listed = "return [...document.querySelectorAll('[data-testid=card-row]')]
         .some((row) => row.textContent.includes('Rivers carry […] to the sea.'));";
    window.until("the card is listed", listed).await;
}

/// Exports all cards, and brings them into a new room.
async fn move_to_another_room(window: &Window, package: &std::path::Path) {
    let notes = window.script("return document.querySelectorAll('[data-testid=card-row]').length;").await;
    window.click("[data-testid=cards-menu]").await;
    window.click("[data-testid=cards-export]").await;
    let written = format!("return document.body.textContent.includes('{notes} notes written');");
    window.until("the package is written", &written).await;
    assert!(package.is_file());

    window.click("[data-testid=room-new]").await;
    window.type_into("[data-testid=room-name]", &format!("Copy{ENTER}")).await;
    let entered =
        "return document.querySelector('[data-testid=room-item][aria-current]')?.textContent.includes('Copy');";
    window.until("the new room is open", entered).await;
    window.click("[data-testid=tab-cards]").await;
    window.click("[data-testid=cards-import]").await;
    assert!(window.text("[data-testid=cards-imported]").await.contains(&format!("{notes} notes came in")));
    let rows = format!("return document.querySelectorAll('[data-testid=card-row]').length === {notes};");
    window.until("they are listed", &rows).await;
    window.picture("cards-7-imported").await;
}

/// The number of the card on show.
async fn card(window: &Window) -> String {
    let card = window.script("return document.querySelector('[data-testid=card]').dataset.card;").await;
    card.as_str().expect("a number").to_owned()
}

async fn press(window: &Window, key: &str) {
    window.type_into("body", key).await;
}

/// Waits until this card is asked.
async fn asked(window: &Window, card: &str) {
    let shown = format!(
        "return document.querySelector('[data-testid=card]')?.dataset.card === '{card}'
             && document.querySelector('[data-testid=review]').dataset.phase === 'question';"
    );
    window.until("the card is asked", &shown).await;
}

/// Waits until another card is asked, or none.
async fn other_than(window: &Window, card: &str) {
    let other = format!(
        "const {{ phase }} = document.querySelector('[data-testid=review]').dataset;
         return phase === 'done'
             || (phase === 'question' && document.querySelector('[data-testid=card]').dataset.card !== '{card}');"
    );
    window.until("the next card is asked", &other).await;
}

/// Waits until the rail says that so many cards of a room wait.
async fn due_in(window: &Window, room: &str, cards: usize) {
    let said = format!(
        "const item = [...document.querySelectorAll('[data-testid=room-item]')]
             .find((item) => item.textContent.includes({room:?}));
         return item?.querySelector('[data-testid=room-due]')?.dataset.due === '{cards}';"
    );
    window.until(&format!("{cards} cards wait in {room}"), &said).await;
}

/// The day of study on this computer's clock.
fn today() -> String {
    let date = Command::new("date").args(["-d", "4 hours ago", "+%F"]).output().expect("the date");
    String::from_utf8_lossy(&date.stdout).trim().to_owned()
}
