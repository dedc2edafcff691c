use crate::desk::{self, Desk};
use crate::plants;

/// The embedding model is changed in the settings, and changed back: what is there is found all the time.
#[tokio::test]
async fn another_model_is_chosen_made_ready_and_used() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let model = book.with_file_name("My model");
    acceptance::model::another(&model);
    let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_MODEL", model.as_path())]).await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;

    let is_named = |name: &str| {
        format!("return document.querySelector('[data-testid=model-name]')?.textContent.startsWith({name:?});")
    };
    window.click("[data-testid=settings-open]").await;
    window.until("the model that comes with the app", &is_named("all-MiniLM")).await;
    window.click("[data-testid=model-choose]").await;
    window.until("the other model is in use", &is_named("model-Mymodel-")).await;
    window.picture("15-another-model").await;
    window.click("[data-testid=model-built-in]").await;
    window.until("and the first one again", &is_named("all-MiniLM")).await;
    window.close().await;
}
