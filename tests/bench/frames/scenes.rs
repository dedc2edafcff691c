//! What a person does in the window.

use std::path::Path;
use std::time::Duration;

use acceptance::window::Window;
use serde_json::json;

use super::recording::Recording;

const RECORDER: &str = include_str!("recorder.js");

/// The moment, since 1970, at which the window could be used; waits for it.
pub(super) async fn usable_since_epoch(window: &Window) -> Duration {
    window.until("the window can be used", "return performance.getEntriesByName('interactive').length > 0;").await;
    let script = "return performance.timeOrigin + performance.getEntriesByName('interactive')[0].startTime;";
    Duration::from_secs_f64(window.script(script).await.as_f64().expect("a time") / 1000.0)
}

/// The frames of a page on which there is nothing; the app is back afterwards.
pub(super) async fn blank(window: &Window, seconds: u32) -> Recording {
    let home = window.script("return location.href;").await;
    window.go_to("about:blank").await;
    let recording = record(window, seconds, "() => {}").await;
    window.go_to(home.as_str().expect("an address")).await;
    usable_since_epoch(window).await;
    recording
}

/// Lets a model server answer.
pub(super) async fn use_model(window: &Window, address: &str) {
    let settings = json!({
        "server": { "address": address, "model": "test-model", "context": 8192 },
        "tasks": { "answer": "server" },
    });
    invoke(window, &format!("invoke('executors_set_up', {{ settings: {settings}, key: null }})")).await;
}

/// Opens the room of that name.
pub(super) async fn enter(window: &Window, room: &str) {
    let room = json!(room);
    let press = format!(
        "const room = [...document.querySelectorAll('[data-testid=room-item]')]
             .find((item) => item.textContent.includes({room}));
         room?.click();
         return !!room && document.querySelector('[data-testid=library] h1')?.textContent.includes({room});"
    );
    window.until("the room is open", &press).await;
}

/// Opens the room of that name and records the frames of the next seconds.
pub(super) async fn entering(window: &Window, room: &str) -> Recording {
    let room = json!(room);
    let press = format!(
        "(() => {{
            const rooms = [...document.querySelectorAll('[data-testid=room-item]')];
            let room = rooms.find((item) => item.textContent.includes({room}));
            return () => {{
                room?.click();
                room = null;
            }};
        }})()"
    );
    record(window, 4, &press).await
}

/// Opens the first document of the room.
pub(super) async fn open_book(window: &Window) {
    enter(window, crate::import::ROOM).await;
    window.click("[data-testid=document-open]").await;
    window.find("[data-testid=viewer] img").await;
}

/// Opens the first conversation of the room.
pub(super) async fn open_conversation(window: &Window) {
    window.click("[data-testid=conversations-toggle]").await;
    window.click("[data-testid=conversation-item]").await;
    window.find("[data-testid=exchange]").await;
}

/// Asks, and waits for the first words of the answer.
pub(super) async fn ask(window: &Window, question: &str) {
    window.type_into("[data-testid=ask-input]", question).await;
    window.click("[data-testid=ask-send]").await;
    let written = "const last = [...document.querySelectorAll('[data-testid=exchange][data-state=streaming]')].at(-1);
        return !!last?.querySelector('[data-testid=answer]')?.textContent.trim();";
    window.until("the answer is being written", written).await;
}

/// Stops the answer that is being written.
pub(super) async fn stop(window: &Window) {
    window.script("document.querySelector('[data-testid=ask-stop]')?.click();").await;
    window.until("it has stopped", "return !document.querySelector('[data-testid=ask-stop]');").await;
}

/// Takes a book into the room, without waiting for it.
pub(super) async fn import_again(window: &Window, book: &Path) {
    let path = json!(book);
    let script = format!(
        "const invoke = window.__TAURI_INTERNALS__.invoke;
         invoke('rooms_list', {{}}).then(([{{ room }}]) =>
             invoke('import_paths', {{ room, paths: [{path}], password: null }}));"
    );
    window.script(&script).await;
}

/// What scrolls in the element of that test id, as a script.
fn scroller(testid: &str) -> String {
    format!(
        "const root = document.querySelector('[data-testid={testid}]');
         const scrolls = (element) => element.scrollHeight > element.clientHeight + 200
             && /auto|scroll/.test(getComputedStyle(element).overflowY);
         const scroller = [root, ...root.querySelectorAll('*')].find(scrolls);
         if (!scroller) throw new Error('nothing to scroll in {testid}');"
    )
}

/// Holds what is in the element of that test id at its top, whatever comes before it there.
pub(super) async fn hold_to_top(window: &Window, testid: &str, seconds: u32) -> Recording {
    let each = format!("(() => {{ {} return () => {{ scroller.scrollTop = 0; }}; }})()", scroller(testid));
    record(window, seconds, &each).await
}

/// Scrolls what is in the element of that test id up and down, as a hand on a wheel does, and records the frames.
pub(super) async fn scroll(window: &Window, testid: &str, seconds: u32) -> Recording {
    let scroller = scroller(testid);
    let each = format!(
        "(() => {{
            {scroller}
            // Eight seconds one way, eight back, faster in the middle.
            const from = scroller.scrollTop;
            const way = Math.min(scroller.scrollHeight - scroller.clientHeight, 12_000);
            const down = from + way <= scroller.scrollHeight - scroller.clientHeight;
            return (time) => {{
                const share = (1 - Math.cos((time / 8000) * Math.PI)) / 2;
                scroller.scrollTop = down ? from + share * way : from - share * way;
            }};
        }})()"
    );
    record(window, seconds, &each).await
}

async fn record(window: &Window, seconds: u32, each: &str) -> Recording {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const record = {RECORDER};
         (async () => record({seconds}, {each}))().then(done, (error) => done(String(error)));"
    );
    let recorded = window.script_async(&script).await;
    serde_json::from_value(recorded.clone()).unwrap_or_else(|error| panic!("nothing was recorded: {error}: {recorded}"))
}

async fn invoke(window: &Window, call: &str) {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const invoke = window.__TAURI_INTERNALS__.invoke;
         {call}.then(() => done(null), (error) => done(JSON.stringify(error)));"
    );
    let error = window.script_async(&script).await;
    assert!(error.is_null(), "{call}: {error}");
}
