//! The app's window under WebDriver.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::app;
use crate::display::{Display, PATIENCE, Running};

/// A running window on a library.
pub struct Window {
    client: Client,
    data: PathBuf,
    pictures: PathBuf,
    _driver: Running,
}

impl Window {
    /// Opens the app on `data`, with what native dialogs choose in the variables `chosen`; screenshots go to `pictures`.
    pub async fn open(display: &Display, data: &Path, pictures: &Path, chosen: &[(&str, &Path)]) -> Self {
        std::fs::create_dir_all(pictures).expect("a folder for screenshots");
        let port = free_port();
        let driver = Running::start(
            display
                .show(&mut Command::new("WebKitWebDriver"))
                .arg(format!("--port={port}"))
                .env("TAURI_AUTOMATION", "true")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("SMART_STUDY_ROOM_DATA", data)
                .env("SMART_STUDY_ROOM_NATIVE", app::native_parts())
                .envs(chosen.iter().copied())
                .stdout(Stdio::null()),
        );
        let capabilities = json!({
            "webkitgtk:browserOptions": { "binary": app::executable(), "args": [] }
        });
        let client = connect(port, capabilities).await;
        let patience = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
        client.update_timeouts(patience).await.expect("longer limits");
        Self { client, data: data.to_owned(), pictures: pictures.to_owned(), _driver: driver }
    }

    /// Ends the app the way closing its window does, and waits until its processes are gone: a second start
    /// before that would only wake the first one up.
    pub async fn close(self) {
        self.client.close().await.expect("the session ends");
        let gone = async {
            while app::is_running(&self.data) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, gone).await.expect("the app ends with its window");
    }

    /// Shows another page in the window.
    pub async fn go_to(&self, address: &str) {
        self.client.goto(address).await.expect("the page opens");
    }

    /// Waits for the first element that a CSS selector matches.
    pub async fn find(&self, css: &str) -> Element {
        self.client
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(css))
            .await
            .unwrap_or_else(|error| panic!("nothing matches {css}: {error}"))
    }

    /// Waits until a script's `return` value is true.
    pub async fn until(&self, what: &str, condition: &str) {
        let wait = async {
            while self.script(condition).await != Value::Bool(true) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        self.patiently(what, wait).await;
    }

    /// Clicks what a CSS selector matches. As a person would, it scrolls there first, and waits until it stands still and
    /// what still lies over it has left.
    pub async fn click(&self, css: &str) {
        let scroll = format!("document.querySelector({css:?})?.scrollIntoView({{ block: 'center' }});");
        let click = async {
            loop {
                let found = self.find(css).await;
                self.script(&scroll).await;
                self.stands_still(css).await;
                match found.click().await {
                    Err(CmdError::Standard(error)) if error.error == ErrorStatus::ElementClickIntercepted => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    clicked => return clicked.expect("a click"),
                }
            }
        };
        self.patiently(&format!("nothing lies over {css}"), click).await;
    }

    /// Waits until the first element that a CSS selector matches has stood in one place for a few frames, or is gone.
    async fn stands_still(&self, css: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const place = () => JSON.stringify(document.querySelector({css:?})?.getBoundingClientRect());
             const look = (before, times) => {{
                 const now = place();
                 if (now === undefined || times === 3) done(null);
                 else setTimeout(look, 20, now, now === before ? times + 1 : 0);
             }};
             look(null, 0);"
        );
        self.script_async(&script).await;
    }

    /// Waits for something, and shows the window where it does not come.
    async fn patiently(&self, what: &str, wait: impl Future<Output = ()>) {
        if tokio::time::timeout(PATIENCE, wait).await.is_err() {
            self.save("gave-up", &self.screenshot().await);
            let shown = self.script("return document.body.innerText;").await;
            panic!("waited in vain until {what}; the window shows {shown}");
        }
    }

    /// Drags the mouse from one place of the window to another, in CSS pixels.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let at = |(x, y), duration| PointerAction::MoveTo { duration: Some(duration), x, y };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(at(from, Duration::ZERO))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(at(to, Duration::from_millis(200)))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(mouse).await.expect("the mouse moves");
        self.client.release_actions().await.expect("the mouse is let go");
    }

    /// Types into what a CSS selector matches.
    pub async fn type_into(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.expect("typing");
    }

    /// The text of what a CSS selector matches, whether or not it has faded in yet.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await;
        let text = self.script(&format!("return document.querySelector({css:?}).textContent;")).await;
        text.as_str().expect("its text").to_owned()
    }

    /// What a script returns.
    pub async fn script(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.expect("the script runs")
    }

    /// What a script hands to the function that it gets as its last argument.
    pub async fn script_async(&self, script: &str) -> Value {
        self.client.execute_async(script, Vec::new()).await.expect("the script runs")
    }

    /// Saves a screenshot under `name`, taken when what is on show is painted.
    pub async fn picture(&self, name: &str) {
        self.painted().await;
        self.save(name, &self.screenshot().await);
    }

    /// The share (0 to 1) of dark pixels where the first element that a CSS selector matches is on the screen.
    pub async fn darkness(&self, css: &str) -> f64 {
        self.painted().await;
        let shot = image::load_from_memory(&self.screenshot().await).expect("a picture").into_luma8();
        let script = format!(
            "const at = document.querySelector({css:?}).getBoundingClientRect();
             return [at.left, at.top, at.width, at.height].map((length) => Math.round(length * devicePixelRatio));"
        );
        let [left, top, width, height] =
            serde_json::from_value::<[u32; 4]>(self.script(&script).await).expect("a place on the screen");
        let part = image::imageops::crop_imm(&shot, left, top, width, height).to_image();
        let dark = part.pixels().filter(|pixel| pixel.0[0] < 96).count();
        dark as f64 / f64::from(width * height)
    }

    /// Waits until the images on show are decoded, what fades is there, and a frame with all of it is on the screen.
    async fn painted(&self) {
        self.script_async(
            "const done = arguments[arguments.length - 1];
             const frame = () => new Promise((resume) => requestAnimationFrame(resume));
             const loaded = [...document.images].filter((image) => image.complete);
             // Asked for frame by frame: the promise of what is off the screen when it ends is kept by nobody.
             const moves = ({ effect, playState }) =>
                 playState === 'running' && isFinite(effect.getComputedTiming().endTime);
             const still = () => document.getAnimations().some(moves) ? frame().then(still) : null;
             Promise.all(loaded.map((image) => image.decode().catch(() => {})))
                 .then(still)
                 .then(frame).then(frame).then(() => done(null));",
        )
        .await;
    }

    /// Where the processor draws the window, a picture is made of the next frame alone; so there is one until it is made.
    async fn screenshot(&self) -> Vec<u8> {
        self.script(
            "const speck = document.createElement('i');
             speck.style = 'position: fixed; inset: 0 auto auto 0; width: 1px; height: 1px';
             document.body.append(speck);
             let turn = 0;
             const timer = setInterval(() => { speck.style.background = `rgb(0 0 0 / ${(turn ^= 1) * 0.004})`; }, 50);
             window.endOfPicture = () => { clearInterval(timer); speck.remove(); };",
        )
        .await;
        let picture = self.client.screenshot().await.expect("a screenshot");
        self.script("window.endOfPicture();").await;
        picture
    }

    fn save(&self, name: &str, png: &[u8]) {
        std::fs::write(self.pictures.join(format!("{name}.png")), png).expect("a written file");
    }
}

async fn connect(port: u16, capabilities: Value) -> Client {
    let Value::Object(capabilities) = capabilities else { unreachable!("capabilities are an object") };
    let address = format!("http://127.0.0.1:{port}");
    let attempt = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&address)
            .await
            .expect("the app starts under WebDriver")
    };
    tokio::time::timeout(PATIENCE, attempt).await.expect("WebKitWebDriver answers")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}
