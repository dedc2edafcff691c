use model_server::{ModelServer, Reply};

use crate::desk::{self, Desk};
use crate::plants;

/// A model server is set up in the settings, answers, and is lost: what it invents is named as left out, and the
/// documents answer without it.
#[tokio::test]
async fn a_model_server_answers_and_the_documents_answer_without_it() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let server = ModelServer::start().await.unwrap();
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;

    window.click("[data-testid=settings-open]").await;
    window.click("[data-testid=language-model-edit]").await;
    window.script("document.querySelector('[data-testid=server-address]').select();").await;
    window.type_into("[data-testid=server-address]", server.address()).await;
    window.click("[data-testid=server-models]").await;
    let named = "return document.querySelector('[data-testid=server-model]').value === 'test-model';";
    window.until("its model is named", named).await;
    window.picture("executors-1-form").await;
    window.click("[data-testid=server-save]:not(:disabled)").await;
    let in_use = "return document.querySelector('[data-testid=language-model]').textContent.startsWith('test-model');";
    window.until("the model is in use", in_use).await;
    window.picture("executors-2-in-use").await;
    window.click("[data-testid=tab-library]").await;

    server
        .then(Reply::says(["Water moves through a membrane towards more salt", " by **osmosis**. [1] It sings. [1]"]));
    desk::ask(&window, "What is osmosis?").await;
    assert!(window.text("[data-testid=ask-origin]").await.contains("Written by test-model"));
    assert!(window.text("[data-testid=answer]").await.contains("towards more salt by osmosis"));
    assert_eq!(window.text("[data-testid=answer] strong").await, "osmosis", "what a model wrote is read as Markdown");
    window.click("[data-testid=ask-unsupported] summary").await;
    assert!(window.text("[data-testid=ask-unsupported]").await.contains("It sings."));
    window.picture("executors-3-written").await;

    drop(server);
    desk::ask(&window, "What does a leaf catch light with?").await;
    window.find("[data-testid=ask-fell-back]").await;
    window.picture("executors-4-quoted").await;
    window.close().await;
}
