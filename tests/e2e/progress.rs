use acceptance::rivers;
use acceptance::window::Window;

use crate::desk::{self, Desk};

/// What is read and answered shows in the progress of its room, and what went badly is suggested and done from there.
#[tokio::test]
async fn what_was_read_and_answered_shows_and_leads_to_the_next_quiz() {
    let desk = Desk::new();
    let book = desk.file("rivers.pdf", rivers::pdf());
    let window = desk.window().await;
    desk::make_room(&window, "Geography").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Rivers", "complete").await;

    window.click("[data-testid=tab-progress]").await;
    window.find("[data-testid=progress-untouched]").await;
    whole_stands(&window, "untouched").await;
    window.picture("progress-1-untouched").await;

    window.click("[data-testid=progress-begin]").await;
    desk::page_is_drawn(&window).await;
    // A glance is no reading: a page counts once it has been looked at for five seconds.
    let seconds = "window.lookedSince ??= performance.now(); return performance.now() - window.lookedSince > 5500;";
    window.until("the page has been looked at for a while", seconds).await;
    window.click("[data-testid=tab-progress]").await;
    whole_stands(&window, "begun").await;
    window.picture("progress-2-begun").await;

    answer_nothing(&window).await;
    window.click("[data-testid=tab-progress]").await;
    whole_stands(&window, "shaky").await;
    window.find("[data-testid=suggestion][data-why=quiz_weak]").await;
    window.picture("progress-3-shaky").await;

    window.click("[data-testid=progress-view] label:last-child").await;
    let told = "return document.querySelector('[data-testid=activity-calendar]')?.textContent.includes('answered')
         && !!document.querySelector('[role=gridcell][aria-label^=Today]');";
    window.until("today has its questions", told).await;
    window.picture("progress-4-activity").await;
    window.click("[data-testid=progress-view] label:first-child").await;

    window.click("[data-testid=suggestion][data-why=quiz_weak] [data-testid=suggestion-do]").await;
    let about = "return document.querySelector('[data-testid=quiz-documents]')?.textContent.includes('Rivers');";
    window.until("the form is about the book", about).await;
    window.click("[data-testid=quiz-make]").await;
    window.find("[data-testid=quiz-question]").await;
    window.picture("progress-5-quiz").await;
    window.close().await;
}

/// Waits until the first document stands so.
async fn whole_stands(window: &Window, grade: &str) {
    let stands = format!("return document.querySelector('[data-testid=progress-row]')?.dataset.grade === {grade:?};");
    window.until(&format!("the book is {grade}"), &stands).await;
}

/// Makes a quiz of the room and passes over all of its questions.
async fn answer_nothing(window: &Window) {
    window.click("[data-testid=tab-quiz]").await;
    window.click("[data-testid=quiz-new]").await;
    window.click("[data-testid=quiz-make]").await;
    window.find("[data-testid=quiz-question]").await;
    while window.script("return !document.querySelector('[data-testid=quiz-result]');").await == true {
        window.click("[data-testid=quiz-skip]:not(:disabled)").await;
        window.find("[data-testid=quiz-verdict]").await;
        window.click("[data-testid=quiz-next]:not(:disabled)").await;
        let moved = "return !document.querySelector('[data-testid=quiz-verdict]')
             || !!document.querySelector('[data-testid=quiz-result]');";
        window.until("the quiz goes on", moved).await;
    }
}
