use std::path::Path;
use std::time::{Duration, Instant};

use acceptance::display::Display;
use acceptance::window::Window;
use serde_json::Value;

use crate::latency::Latency;

/// What a person at the window waits for.
pub(crate) struct Measured {
    /// From the start of the program to a window that takes a question.
    pub(crate) start: Duration,
    /// Commands that the window sends while a book is imported.
    pub(crate) commands: Latency,
}

/// Opens the window on the filled library at `data`, then on a new one that imports `book`.
pub(crate) async fn measure(data: &Path, work: &Path, book: &Path) -> Measured {
    let display = Display::start();
    let pictures = work.join("pictures");
    let started = Instant::now();
    let window = Window::open(&display, data, &pictures, &[]).await;
    window.find("[data-testid=ask-input]").await;
    let start = started.elapsed();
    window.close().await;

    let window = Window::open(&display, &work.join("second library"), &pictures, &[]).await;
    window.find("[data-testid=first-run]").await;
    let came = window.script_async(&while_importing(book)).await;
    window.close().await;
    let times: Option<Vec<f64>> = came.as_array().map(|all| all.iter().filter_map(Value::as_f64).collect());
    let times = times.unwrap_or_else(|| panic!("the window could not be measured: {came}"));
    Measured { start, commands: Latency::new(times) }
}

/// Imports the book into a new room and, until it is complete, times the commands that the screens send.
fn while_importing(book: &Path) -> String {
    let book = serde_json::to_string(book).expect("a path in UTF-8");
    format!(
        r#"
        const done = arguments[arguments.length - 1];
        const invoke = window.__TAURI_INTERNALS__.invoke;
        (async () => {{
            const {{ room }} = await invoke('room_create', {{ name: 'Bench' }});
            await invoke('import_paths', {{ room, paths: [{book}], password: null }});
            const words = ['memory', 'what is learning', 'how do cells work', 'the history of research'];
            const times = [];
            for (let turn = 0; ; turn++) {{
                const calls = [
                    ['rooms_list', {{}}],
                    ['documents_list', {{ room }}],
                    ['search', {{ room, query: words[turn % words.length], limit: 10 }}],
                    ['conversations_list', {{ room }}],
                    ['status', {{}}],
                ];
                let state;
                for (const [name, given] of calls) {{
                    const before = performance.now();
                    const result = await invoke(name, given);
                    times.push(performance.now() - before);
                    if (name === 'documents_list') state = result[0].state;
                }}
                if (state === 'complete' || state === 'failed') break;
                await new Promise((resume) => setTimeout(resume, 20));
            }}
            return times;
        }})().then(done, (error) => done(JSON.stringify(error)));
        "#
    )
}
