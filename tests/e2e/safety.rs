//! What the window refuses to whatever may get into it.

use acceptance::window::Window;
use serde_json::{Value, json};

use crate::desk::{self, Desk};
use crate::plants;

/// Notes from now on what the window's policy refuses.
const WATCH: &str = "
    window.refused = [];
    addEventListener('securitypolicyviolation', (refusal) =>
        window.refused.push(refusal.effectiveDirective + ' ' + refusal.blockedURI + ' ' + refusal.sourceFile));";

/// Calls the shell as the interface does; what it answers, or the error.
pub(crate) async fn invoke(window: &Window, command: &str, arguments: Value) -> Result<Value, Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         window.__TAURI_INTERNALS__.invoke({command:?}, {arguments})
             .then((answer) => done({{ Ok: answer }}), (error) => done({{ Err: error }}));"
    );
    serde_json::from_value(window.script_async(&script).await).expect("an answer or an error")
}

#[tokio::test]
async fn whatever_gets_into_the_window_finds_nothing_to_use() {
    let desk = Desk::new();
    let window = desk.window().await;
    desk::make_room(&window, "Botany").await;
    window.script(WATCH).await;
    let holds = async |claim: &str| {
        assert_eq!(window.script(&format!("return {claim};")).await, Value::Bool(true), "{claim}");
    };
    holds("Object.isFrozen(Object.prototype)").await;
    holds("window.__TAURI__ === undefined").await;
    // A style of an element is taken, another style sheet is not; nor is a text run as a program.
    let styles = "const probe = document.createElement('div');
        probe.innerHTML = '<p style=\"color: rgb(1, 2, 3)\">a</p><style>p { opacity: 0.5 !important }</style>';
        document.body.append(probe);
        const { color, opacity } = getComputedStyle(probe.firstChild);
        probe.remove();
        return color === 'rgb(1, 2, 3)' && opacity === '1';";
    assert_eq!(window.script(styles).await, Value::Bool(true));
    let program = "const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        script.remove();
        return window.ran === undefined;";
    assert_eq!(window.script(program).await, Value::Bool(true));
    let fetched = "const done = arguments[arguments.length - 1];
        fetch('https://example.org/').then(() => done('fetched'), () => done('refused'));";
    assert_eq!(window.script_async(fetched).await, json!("refused"));
    window
        .until(
            "the refusals are told",
            "return ['style-src-elem', 'script-src-elem', 'connect-src']
                 .every((rule) => refused.some((refusal) => refusal.startsWith(rule)));",
        )
        .await;
    // What Tauri could do for a window, this one may not ask for.
    for command in ["plugin:event|emit", "plugin:window|close", "plugin:dialog|open", "plugin:app|version", "no_such"] {
        let answer = invoke(&window, command, json!({ "event": "files-opened", "payload": { "paths": [] } })).await;
        let refusal = answer.expect_err(command);
        let said = refusal.as_str().unwrap_or_default();
        assert!(said.contains("not allowed") || said.contains("not found"), "{command}: {refusal}");
    }
    window.close().await;
}

/// Formulas and programs in an answer, pages, cards, all screens: nothing of the app's own is refused by its policy.
#[tokio::test]
async fn nothing_of_the_app_itself_is_refused() {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let window = desk.window().await;
    window.script(WATCH).await;
    desk::make_room(&window, "Botany").await;
    desk::drop_simulated(&window, &[&book]).await;
    desk::wait_for_state(&window, "Plants", "complete").await;
    for screen in ["quiz", "cards", "progress", "library"] {
        window.click(&format!("[data-testid=tab-{screen}]")).await;
        window.find(&format!("[data-testid=tab-{screen}][aria-selected=true]")).await;
    }
    window.click("[data-testid=settings-open]").await;
    window.script("document.querySelector('[data-testid=settings-theme] [value=dark]').click();").await;
    window.click("[data-testid=tab-cards]").await;
    window.click("[data-testid=cards-new]").await;
    window.type_into("[data-testid=note-front]", "Osmosis: $\\pi = i c R T$ and a {{c1::gap}}").await;
    // What typesets it is loaded now.
    let typeset = "const formula = document.querySelector('[data-testid=note-preview] math');
        return !!formula && formula.getBoundingClientRect().height > 0;";
    window.until("the formula is typeset", typeset).await;
    window.click("[data-testid=note-cancel]").await;
    desk::ask(&window, "What is osmosis?").await;
    desk::open_hit(&window, "membrane").await;
    assert_eq!(window.script("return refused;").await, json!([]));
    window.close().await;
}
