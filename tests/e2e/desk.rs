//! A person at the window: what they type, drop and see.

use std::path::{Path, PathBuf};
use std::process::Command;

use acceptance::app;
use acceptance::display::{Display, Running};
use acceptance::window::Window;
use serde_json::{Value, json};
use tempfile::TempDir;

/// What the app's window is called.
pub(crate) const TITLE: &str = "Smart Study Room";

/// A screen, a library and a folder of files.
pub(crate) struct Desk {
    pub(crate) display: Display,
    folder: TempDir,
}

impl Desk {
    /// An empty library and a free screen.
    pub(crate) fn new() -> Self {
        Self::on(Display::start())
    }

    /// An empty library on a screen.
    pub(crate) fn on(display: Display) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self { display, folder }
    }

    /// The app's window on this library, at the left of the screen.
    pub(crate) async fn window(&self) -> Window {
        self.window_with(&[]).await
    }

    /// The same, with what the native dialogs are to choose in these variables.
    pub(crate) async fn window_with(&self, chosen: &[(&str, &Path)]) -> Window {
        let pictures = app::executable().with_file_name("e2e-pictures");
        let window = Window::open(&self.display, &self.library(), &pictures, chosen).await;
        self.display.place(TITLE, 0, 0);
        window
    }

    /// The app on this library, with nobody but the person at its window.
    pub(crate) fn app(&self) -> Running {
        Running::start(self.display.show(&mut app::command(&self.library())))
    }

    /// Does something on the command line beside the window.
    pub(crate) fn run(&self, arguments: &[&str]) {
        let done = app::command(&self.library()).args(arguments).output().expect("the command line runs");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// A text file in the library's folder; empty as long as it is not there.
    pub(crate) fn kept(&self, name: &str) -> String {
        std::fs::read_to_string(self.library().join(name)).unwrap_or_default()
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// Writes a file to drop.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).expect("a written file");
        path
    }

    /// Drags files out of another program's window onto the middle of the app, by the X drag-and-drop protocol.
    /// The program has to live until the app has asked it for the files.
    pub(crate) fn drag_in(&self, files: &[&Path]) -> Running {
        let mut program = Command::new(app::beside_the_test("drag-source"));
        let source = Running::start(self.display.show(program.args(files)));
        self.display.place("Files to drag", 1400, 200);
        self.display.drag((1500, 330), (640, 420));
        source
    }
}

/// Gives the empty library its first room, past what is shown at the first start.
pub(crate) async fn make_room(window: &Window, name: &str) {
    window.click("[data-testid=first-run-skip]").await;
    window.type_into("[data-testid=welcome-name]", name).await;
    window.click("[data-testid=welcome-create]").await;
    window.find("[data-testid=library]").await;
}

/// Tells the window that files were dropped on it, as the shell does: the window itself may not send events.
pub(crate) async fn drop_simulated(window: &Window, files: &[&Path]) {
    let payload = json!({ "paths": files, "position": { "x": 640, "y": 420 } });
    let script = format!(
        "const event = 'tauri://drag-drop';
         const hears = (it) => it !== null && typeof it === 'object' && Object.hasOwn(it, event);
         const hidden = Object.getOwnPropertyNames(window).find((name) => hears(window[name]));
         const listening = window[hidden]?.[event] ?? {{}};
         const ids = Object.getOwnPropertyNames(listening);
         for (const id of ids)
             window.__TAURI_INTERNALS__.runCallback(listening[id].handlerId, {{ event, id, payload: {payload} }});
         return ids.length > 0;"
    );
    assert_eq!(window.script(&script).await, Value::Bool(true), "nobody listens for files");
}

/// Asks a question that the documents answer.
pub(crate) async fn ask(window: &Window, question: &str) {
    window.type_into("[data-testid=ask-input]", question).await;
    window.click("[data-testid=ask-send]:not(:disabled)").await;
    answered(window, question).await;
}

/// Waits until the last question on show is this one and has its answer with sources.
pub(crate) async fn answered(window: &Window, question: &str) {
    let condition = format!(
        "const last = [...document.querySelectorAll('[data-testid=exchange]')].at(-1);
         return last?.dataset.state === 'complete' && last.querySelector('h3')?.textContent.includes({question:?})
             && !!last.querySelector('[data-testid=source]');"
    );
    window.until("the answer has its sources", &condition).await;
}

/// Searches for words and opens the best hit: the page shows it lit up.
pub(crate) async fn open_hit(window: &Window, words: &str) {
    window.type_into("[data-testid=search-input]", words).await;
    // What the words find comes before the whole answer, in another order.
    window.click("[data-testid=search-results][aria-busy=false] [data-testid=search-hit]").await;
    window.find("[data-testid=highlight]").await;
    page_is_drawn(window).await;
}

/// Waits until the picture of the page that is looked at is there.
pub(crate) async fn page_is_drawn(window: &Window) {
    window
        .until(
            "the page is drawn",
            "const page = document.querySelector('[data-testid=page]:has([data-testid=highlight])')
                 ?? document.querySelector('[data-testid=page]');
             const image = page?.querySelector('img');
             return !!image && image.complete && image.naturalWidth > 0;",
        )
        .await;
}

/// Waits until a document's card shows this state.
pub(crate) async fn wait_for_state(window: &Window, title: &str, state: &str) {
    let condition = format!(
        "return [...document.querySelectorAll('[data-testid=document-card]')]
             .some((card) => card.textContent.includes({title:?}) && card.dataset.state === {state:?});"
    );
    window.until(&format!("{title} is {state}"), &condition).await;
}
