use crate::desk::{self, Desk};
use crate::plants;

/// What can't be read is named with a reason, and the rest of the drop goes on.
#[tokio::test]
async fn a_bad_file_does_not_stop_the_good_one() {
    let desk = Desk::new();
    let good = desk.file("plants.pdf", plants::pdf());
    let bad = desk.file("letter.pdf", "Dear reader, this is no PDF.");
    let empty = desk.file("empty.pdf", "");
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;

    desk::drop_simulated(&window, &[&bad, &empty, &good]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    window
        .until(
            "both bad files are named",
            "return ['letter.pdf', 'empty.pdf'].every((name) => document.body.textContent.includes(name));",
        )
        .await;
    window.picture("7-bad-files").await;
    window.close().await;
}
