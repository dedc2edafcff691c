use crate::desk::{Desk, TITLE};

/// The first may still be storing its work when the second starts; the second is no call to the first then.
#[test]
fn what_is_closed_can_be_opened_again_at_once() {
    let desk = Desk::new();
    let mut first = desk.app();
    desk.display.window(TITLE);
    desk.display.close(TITLE);
    let mut second = desk.app();
    first.wait();
    desk.display.window(TITLE);
    assert!(second.is_running(), "the second start was swallowed");
}

/// While the window is there, another start over the same library shows it and ends.
#[test]
fn a_second_start_shows_the_window_that_is_there() {
    let desk = Desk::new();
    let mut first = desk.app();
    desk.display.window(TITLE);
    desk.app().wait();
    assert!(first.is_running(), "the first start ended");
}
