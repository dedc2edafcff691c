use acceptance::rivers;
use acceptance::window::Window;

use crate::desk::{self, Desk};

/// A quiz is made of a document, answered by hand, left and gone on with; every answer leads to its page, a verdict is
/// appealed against, and what was wrong is asked again.
#[tokio::test]
async fn a_quiz_is_made_taken_proven_and_what_was_wrong_is_asked_again() {
    let desk = Desk::new();
    let book = desk.file("rivers.pdf", rivers::pdf());
    let window = desk.window().await;
    desk::make_room(&window, "Geography").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Rivers", "complete").await;

    window.click("[data-testid=tab-quiz]").await;
    window.picture("quiz-1-empty").await;
    window.click("[data-testid=quiz-new]").await;
    window.picture("quiz-2-form").await;
    window.click("[data-testid=quiz-make]").await;
    window.find("[data-testid=quiz-question]").await;
    window.picture("quiz-3-question").await;

    answer(&window).await;
    window.picture("quiz-4-verdict").await;
    window.click("[data-testid=quiz-appeal]").await;
    window.click("[data-testid=quiz-appeal-correct]").await;
    let counts = "return document.querySelector('[data-testid=quiz-verdict]')?.dataset.verdict === 'correct';";
    window.until("the answer counts as its person says", counts).await;
    window.click("[data-testid=quiz-proof]").await;
    window.find("[data-testid=highlight]").await;
    desk::page_is_drawn(&window).await;
    window.picture("quiz-5-proof").await;
    window.type_into("body", "\u{e00c}").await;
    window
        .until("the quiz is back", "return !!document.querySelector('[data-testid=quiz-verdict]')?.checkVisibility();")
        .await;

    let mut wrong = 0;
    window.click("[data-testid=quiz-next]").await;
    while window.script("return !document.querySelector('[data-testid=quiz-result]');").await == true {
        wrong += usize::from(!answer(&window).await);
        window.click("[data-testid=quiz-next]").await;
        let moved = "return !document.querySelector('[data-testid=quiz-verdict]')
             || !!document.querySelector('[data-testid=quiz-result]');";
        window.until("the quiz goes on", moved).await;
    }
    window.picture("quiz-6-result").await;
    assert!(wrong > 0, "no gap of this book is filled by water");
    window.click("[data-testid=quiz-again]").await;
    window.find("[data-testid=quiz-question]").await;
    window.picture("quiz-7-again").await;
    window.close().await;
}

/// Chooses the first option, takes a statement for true, or fills the gap with a word; whether that was right.
pub(crate) async fn answer(window: &Window) -> bool {
    let ways = "return ['quiz-option', 'quiz-true', 'quiz-gap']
         .find((way) => document.querySelector(`[data-testid=quiz-question] [data-testid=${way}]`)) ?? null;";
    match window.script(ways).await.as_str() {
        Some("quiz-gap") => window.type_into("[data-testid=quiz-gap]", "water").await,
        Some(way) => window.click(&format!("[data-testid={way}]")).await,
        None => panic!("the question can't be answered"),
    }
    window.click("[data-testid=quiz-answer]:not(:disabled)").await;
    window.find("[data-testid=quiz-verdict]").await;
    window.script("return document.querySelector('[data-testid=quiz-verdict]').dataset.verdict;").await == "correct"
}
