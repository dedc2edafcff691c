use acceptance::window::Window;

use crate::desk::{self, Desk};
use crate::plants;

/// A library is backed up and restored from the settings: what came after the backup is gone, what was in it is there.
#[tokio::test]
async fn a_library_is_backed_up_and_restored() {
    let desk = Desk::new();
    let backup = desk.file("chosen.studyroom", "");
    std::fs::remove_file(&backup).unwrap();
    let book = desk.file("plants.pdf", plants::pdf());
    let later = desk.file("later.txt", "Lichens are two beings in one.");
    let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_BACKUP", backup.as_path())]).await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;

    open_settings(&window).await;
    window.click("[data-testid=backup-create]").await;
    said(&window, "Backed up").await;
    assert!(backup.is_file());
    window.picture("13-backed-up").await;

    desk::drop_simulated(&window, &[&later]).await;
    desk::wait_for_state(&window, "later", "complete").await;
    open_settings(&window).await;
    window.click("[data-testid=backup-restore]").await;
    window.click("[data-testid=backup-confirm]").await;
    said(&window, "Restored").await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    let cards = "return document.querySelectorAll('[data-testid=document-card]').length === 1;";
    window.until("what came later is gone", cards).await;
    window.picture("14-restored").await;
    window.close().await;
}

async fn open_settings(window: &Window) {
    window.click("[data-testid=settings-open]").await;
    window.find("[data-testid=settings-backup]").await;
}

async fn said(window: &Window, words: &str) {
    window.until(words, &format!("return document.body.textContent.includes({words:?});")).await;
}
