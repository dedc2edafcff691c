//! The screens of answers in a dark window, wide and narrow: pictures to look at, and nothing that is cut off.

use acceptance::window::Window;
use model_server::{ModelServer, Reply};
use serde_json::Value;

use crate::desk::{self, Desk, TITLE};
use crate::plants;

/// What is on show beyond the edges of the window, and buttons whose words don't fit them; what scrolls is passed over.
pub(crate) const CUT_OFF: &str = "
    const seen = (element) => {
        const { width, height } = element.getBoundingClientRect();
        const away =
            '[inert], .visually-hidden, [aria-hidden=true], .cover, pre, [data-testid=answer-table], [data-scrolls-across]';
        return width > 0 && height > 0 && !element.closest(away);
    };
    const beyond = (element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -1 || right > innerWidth + 1;
    };
    const squeezed = (element) =>
        element.matches('button') && element.scrollWidth > element.clientWidth + 1
            && !element.matches('.truncate, :has(.truncate)') && getComputedStyle(element).overflowX !== 'visible';
    return [...document.querySelectorAll('button, input, textarea, summary, h2, h3, p, li, [role=menu]')]
        .filter(seen)
        .filter((element) => beyond(element) || squeezed(element))
        .map((element) => (element.dataset.testid ?? element.tagName) + ': ' + element.textContent.trim().slice(0, 60));";

/// A window of one size, walked through step by step.
struct Walk {
    window: Window,
    name: &'static str,
}

impl Walk {
    async fn begin(desk: &Desk, name: &'static str, (width, height): (u32, u32)) -> Self {
        let nowhere = desk.file("no-folder", "").join("export.md");
        let window = desk.window_with(&[("SMART_STUDY_ROOM_TEST_EXPORT", &nowhere)]).await;
        desk.display.resize(TITLE, width, height);
        let sized = format!("return innerWidth === {width} && innerHeight === {height};");
        window.until("the window has its size", &sized).await;
        Self { window, name }
    }

    /// Takes a picture, in which nothing may be cut off.
    async fn look(&self, what: &str) {
        self.window.picture(&format!("looks-{}-{what}", self.name)).await;
        let cut_off = self.window.script(CUT_OFF).await;
        assert_eq!(cut_off, Value::Array(Vec::new()), "{}, {what}", self.name);
    }

    /// Brings the panel up where it slides over the rest.
    async fn see_panel(&self) {
        let is_seen = self.window.script("return !!document.querySelector('[data-testid=ask-panel]');").await;
        if is_seen == Value::Bool(false) {
            self.window.click("[data-testid=companion-toggle]").await;
        }
        // It slides in; what is pressed before it stands still is missed.
        let is_there = "const panel = document.querySelector('[data-testid=ask-panel]');
            const moves = (it) => it.playState === 'running' && it.effect?.target?.contains(panel);
            return !!panel && panel.getBoundingClientRect().right <= innerWidth
                && !document.getAnimations().some(moves);";
        self.window.until("the panel is there", is_there).await;
    }

    /// Out of the way with the panel where it lies over the rest.
    async fn leave_panel(&self) {
        self.window.script("document.querySelector('.sheet [aria-label=Close]')?.click();").await;
    }

    async fn ask(&self, question: &str) {
        self.see_panel().await;
        desk::ask(&self.window, question).await;
    }

    async fn click(&self, testid: &str) {
        self.window.click(&format!("[data-testid={testid}]")).await;
    }

    async fn ended(&self, exchanges: usize) {
        let ended = format!(
            "const last = [...document.querySelectorAll('[data-testid=exchange]')].at(-1);
             return last?.ariaPosInSet === '{exchanges}' && last.ariaSetSize === '{exchanges}'
                 && ['complete', 'stopped'].includes(last.dataset.state);"
        );
        self.window.until("the last answer has ended", &ended).await;
    }

    /// Versions of a question, its ways, its form, and where it is found again.
    async fn versions(&self) {
        self.see_panel().await;
        self.click("ask-mode").await;
        self.look("1-ways").await;
        self.click("ask-mode-steps").await;
        self.window.type_into("[data-testid=ask-input]", "What is osmosis?").await;
        self.look("2-composer").await;
        self.click("ask-send").await;
        self.ended(1).await;
        self.ask("What does a leaf catch light with?").await;
        self.click("ask-otherwise").await;
        self.look("3-otherwise").await;
        self.click("mode-simply").await;
        self.ended(1).await;
        self.look("4-versions").await;
        self.click("ask-edit").await;
        self.look("5-edit").await;
        self.window.type_into("[data-testid=edit-question]", " In a plant, that is.").await;
        self.click("edit-ask").await;
        self.ended(1).await;
        self.click("conversations-toggle").await;
        self.look("6-conversations").await;
        self.window.type_into("[data-testid=conversations-search]", "catches lig").await;
        self.window.find("[data-testid=conversation-found] mark").await;
        self.look("7-found").await;
        self.click("conversation-found").await;
        self.ended(2).await;
    }

    /// A conversation is written where nothing can be.
    async fn export(&self) {
        self.click("conversations-toggle").await;
        self.click("conversation-menu").await;
        self.look("8-conversation-menu").await;
        self.click("conversation-export").await;
        let said = "return document.body.textContent.includes('export.md could not be written')
            && document.body.textContent.includes('Choose another place');";
        self.window.until("it says that nothing could be written", said).await;
        self.look("9-not-written").await;
        self.click("conversations-toggle").await;
        self.leave_panel().await;
    }

    /// What is made of a document and of its section on show.
    async fn overviews(&self) {
        self.click("tab-library").await;
        self.click("document-menu").await;
        self.look("10-document-menu").await;
        self.click("document-summary").await;
        self.ended(3).await;
        self.look("11-summary").await;
        self.leave_panel().await;
        desk::open_hit(&self.window, "movement of water").await;
        self.click("section-study").await;
        self.look("12-section").await;
        self.click("section-guide").await;
        self.ended(4).await;
        self.look("13-guide").await;
        self.leave_panel().await;
        self.click("section-study").await;
        self.click("section-quiz").await;
        self.window.find("[data-testid=quiz-sections]").await;
        self.look("14-quiz").await;
    }

    async fn measures(&self) {
        self.click("settings-open").await;
        self.window.find("[data-testid=answer-measures]").await;
        self.window.script("document.querySelector('[data-testid=answer-measures]').scrollIntoView();").await;
        self.look("15-measures").await;
    }

    /// A model reads the first part of a summary, and nothing more comes of the second.
    async fn reading(&self, server: &ModelServer) {
        self.click("language-model-edit").await;
        self.window.script("document.querySelector('[data-testid=server-address]').select();").await;
        self.window.type_into("[data-testid=server-address]", server.address()).await;
        self.click("server-models").await;
        self.window
            .until(
                "its model is named",
                "return document.querySelector('[data-testid=server-model]').value === 'test-model';",
            )
            .await;
        self.look("16-server").await;
        self.window.click("[data-testid=server-save]:not(:disabled)").await;
        self.window
            .until(
                "the model is in use",
                "return document.querySelector('[data-testid=language-model]').textContent.startsWith('test-model');",
            )
            .await;
        self.click("tab-library").await;
        server.then(Reply::Quotes);
        server.then(Reply::Nothing);
        self.click("document-menu").await;
        self.click("document-summary").await;
        let reads = "return [...document.querySelectorAll('[data-testid=ask-progress]')].at(-1)
            ?.textContent.includes('Reading part 2 of 3: Water');";
        self.window.until("it says what is read", reads).await;
        self.look("17-reading").await;
        self.click("ask-stop").await;
        self.ended(5).await;
        self.look("18-stopped").await;
    }
}

async fn walk(name: &'static str, size: (u32, u32)) {
    let desk = Desk::new();
    let book = desk.file("plants.pdf", plants::pdf());
    let server = ModelServer::start().await.unwrap();
    let walk = Walk::begin(&desk, name, size).await;
    desk::make_room(&walk.window, "Botany").await;
    desk::drop_simulated(&walk.window, &[&book]).await;
    desk::wait_for_state(&walk.window, "Plants", "complete").await;
    walk.click("settings-open").await;
    walk.window.script("document.querySelector('[data-testid=settings-theme] [value=dark]').click();").await;
    walk.click("tab-library").await;
    walk.versions().await;
    walk.export().await;
    walk.overviews().await;
    walk.measures().await;
    walk.reading(&server).await;
    walk.window.close().await;
}

#[tokio::test]
async fn the_screens_of_answers_fit_a_wide_dark_window() {
    walk("wide", (1280, 820)).await;
}

#[tokio::test]
async fn the_screens_of_answers_fit_a_narrow_dark_window() {
    walk("narrow", (800, 600)).await;
}
