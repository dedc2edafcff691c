//! Every screen as a picture to look at, in both themes and at three sizes, with nothing cut off and nothing that the
//! content security policy had to hold back.

use std::path::Path;

use acceptance::display::Display;
use acceptance::rivers;
use acceptance::window::Window;
use serde_json::Value;

use crate::desk::{self, Desk, TITLE};
use crate::looks::CUT_OFF;

/// The screen, with room for the frame of the largest window.
const SCREEN: (u32, u32) = (1960, 1260);
/// A large screen, the size that the window has at first, and a small one.
const SIZES: [(&str, u32, u32); 3] = [("large", 1920, 1200), ("usual", 1280, 800), ("narrow", 800, 600)];
const ESCAPE: &str = "\u{e00c}";
const CTRL_K: &str = "\u{e009}k";

/// The document that every new room offers.
fn sample() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/sample/how-to-learn.pdf"))
}

#[tokio::test]
async fn every_screen_stands_in_both_themes_at_every_size() {
    let desk = Desk::on(Display::of(SCREEN));
    let window = desk.window().await;
    window
        .script(
            "addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
            (window.held = [...(window.held ?? []), `${violatedDirective} ${blockedURI}`]));",
        )
        .await;
    prepare(&desk, &window).await;
    let mut cut_off = Vec::new();
    for theme in ["light", "dark"] {
        choose_theme(&window, theme).await;
        for (name, width, height) in SIZES {
            desk.display.resize(TITLE, width, height);
            let sized = format!("return innerWidth === {width} && innerHeight === {height};");
            window.until("the window has its size", &sized).await;
            let mut look = Look { window: &window, name: format!("{theme}-{name}"), cut_off: Vec::new() };
            look.walk().await;
            cut_off.extend(look.cut_off);
        }
    }
    assert!(cut_off.is_empty(), "{cut_off:#?}");
    assert_eq!(window.script("return window.held ?? null;").await, Value::Null, "held back by the policy");
    window.close().await;
}

/// A room with a document that has been asked, highlighted and quizzed, and with cards of it.
async fn prepare(desk: &Desk, window: &Window) {
    desk::make_room(window, "How to learn").await;
    let rivers = desk.file("rivers.pdf", rivers::pdf());
    desk::drop_simulated(window, &[&rivers]).await;
    desk::wait_for_state(window, "Rivers", "complete").await;
    desk::drop_simulated(window, &[sample()]).await;
    let read = "return document.querySelectorAll('[data-testid=document-card][data-state=complete]').length === 2;";
    window.until("both documents are read", read).await;
    desk.run(&["notes", "add", "2", "--page", "2", "--note", "Ask about this in the seminar"]);
    desk::ask(window, "Why does spacing help memory?").await;
    window.click("[data-testid=tab-quiz]").await;
    window.click("[data-testid=quiz-new]").await;
    window.click("[data-testid=quiz-make]").await;
    window.find("[data-testid=quiz-question]").await;
    window.type_into("body", ESCAPE).await;
    window.click("[data-testid=tab-cards]").await;
    window.find("[data-testid=cards-new]").await;
}

async fn choose_theme(window: &Window, theme: &str) {
    window.click("[data-testid=settings-open]").await;
    let choose = format!(
        "const choice = document.querySelector('[data-testid=settings-theme] input[value={theme}]');
         choice?.click();
         return document.documentElement.dataset.theme === {theme:?};"
    );
    window.until("the theme is chosen", &choose).await;
}

/// The window in a theme and of a size.
struct Look<'w> {
    window: &'w Window,
    name: String,
    cut_off: Vec<String>,
}

impl Look<'_> {
    /// Takes a picture, and notes what is cut off in it.
    async fn look(&mut self, what: &str) {
        self.window.picture(&format!("screens-{}-{what}", self.name)).await;
        let found = self.window.script(CUT_OFF).await;
        let found = found.as_array().cloned().unwrap_or_default();
        self.cut_off.extend(found.iter().map(|it| format!("{}, {what}: {it}", self.name)));
    }

    async fn click(&self, testid: &str) {
        self.window.click(&format!("[data-testid={testid}]")).await;
    }

    async fn walk(&mut self) {
        self.click("tab-library").await;
        self.click("view-grid").await;
        self.look("library-grid").await;
        self.click("view-list").await;
        self.look("library-list").await;
        self.click("view-grid").await;

        self.click("document-open").await;
        desk::page_is_drawn(self.window).await;
        self.look("read").await;
        self.click("side-toggle").await;
        self.click("side-contents").await;
        self.look("read-contents").await;
        self.click("side-pages").await;
        self.window.find("[data-testid=thumbnail] img").await;
        self.look("read-pages").await;
        self.click("side-close").await;
        self.click("find-toggle").await;
        self.window.type_into("[data-testid=find-input]", "memory").await;
        self.window
            .until(
                "words are found",
                "return /\\d/.test(document.querySelector('[data-testid=find-count]')?.textContent ?? '');",
            )
            .await;
        self.look("read-find").await;
        self.click("find-close").await;

        self.click("tab-quiz").await;
        self.look("quiz").await;
        self.click("tab-cards").await;
        self.look("cards").await;
        self.click("tab-progress").await;
        self.window.find("[data-testid=progress-row]").await;
        self.look("progress").await;

        self.window.type_into("[data-testid=search-input]", "spacing").await;
        self.window.find("[data-testid=search-results][aria-busy=false] [data-testid=search-hit]").await;
        self.look("search").await;
        self.palette().await;
        self.click("settings-open").await;
        self.look("settings").await;
    }

    async fn palette(&mut self) {
        self.window.type_into("body", CTRL_K).await;
        self.window.type_into("[data-testid=palette-input]", "memory").await;
        self.window.find("[data-testid=palette-row]").await;
        self.look("palette").await;
        self.window.type_into("[data-testid=palette-input]", ESCAPE).await;
        self.window.until("the palette is gone", "return !document.querySelector('[data-testid=palette]');").await;
    }
}
