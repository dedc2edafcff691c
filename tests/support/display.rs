//! An X display of the test's own, with a window manager and a session bus.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ends its process with the test.
pub struct Running(Child);

impl Running {
    /// Starts `command` without input.
    pub fn start(command: &mut Command) -> Self {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|error| panic!("{program} does not start: {error}")))
    }

    /// Its first line on standard output, which has to be piped.
    pub fn first_line(&mut self) -> String {
        let output = self.0.stdout.take().expect("a piped output");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("a line of output");
        line.trim().to_owned()
    }

    /// Whether it has not ended yet.
    pub fn is_running(&mut self) -> bool {
        self.0.try_wait().expect("its state").is_none()
    }

    /// Waits for its end.
    pub fn wait(&mut self) {
        wait_until("the program ends", || !self.is_running());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How long a window may take to appear before the test fails: far above what it needs, for slow machines.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// The usual size of the virtual screen: the app on the left, room for a second window on the right.
pub const SCREEN: (u32, u32) = (1680, 960);

/// Xvfb, openbox and a D-Bus session, ended together.
pub struct Display {
    number: String,
    bus: String,
    _parts: Vec<Running>,
}

impl Display {
    /// Starts all three; each picks its own free number or address.
    pub fn start() -> Self {
        Self::of(SCREEN)
    }

    /// The same with a screen of another size.
    pub fn of((width, height): (u32, u32)) -> Self {
        let screen = format!("{width}x{height}x24");
        // Without -noreset the server starts over when its last client goes: the first question below may be that, and
        // the window manager would be sent away on its way in.
        let mut server = Running::start(
            Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null()),
        );
        let number = format!(":{}", server.first_line());
        let mut bus = Running::start(
            Command::new("dbus-daemon").args(["--session", "--nofork", "--print-address=1"]).stdout(Stdio::piped()),
        );
        let address = bus.first_line();
        let manager = Running::start(Command::new("openbox").env("DISPLAY", &number).stderr(Stdio::null()));
        let display = Self { number, bus: address, _parts: vec![manager, bus, server] };
        wait_until("the window manager works", || {
            let mut asked = Command::new("xdotool");
            display
                .show(asked.arg("get_num_desktops").stderr(Stdio::null()))
                .output()
                .is_ok_and(|it| it.status.success())
        });
        display
    }

    /// Puts a command on this display.
    pub fn show<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("DISPLAY", &self.number)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
    }

    /// The address of the session bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// Runs xdotool with `arguments` and returns what it prints.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let output = self
            .show(Command::new("xdotool").args(arguments))
            .output()
            .expect("xdotool does not start: install the package xdotool");
        assert!(output.status.success(), "xdotool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Waits for a visible window of that title; its number.
    pub fn window(&self, title: &str) -> String {
        let mut found = None;
        wait_until(&format!("there is a window called {title}"), || {
            found = self.visible(title);
            found.is_some()
        });
        found.unwrap_or_default()
    }

    fn visible(&self, title: &str) -> Option<String> {
        let mut search = Command::new("xdotool");
        search.args(["search", "--onlyvisible", "--name", title]);
        let found = self.show(&mut search).output().expect("xdotool does not start: install the package xdotool");
        String::from_utf8_lossy(&found.stdout).lines().next().map(str::to_owned)
    }

    /// Moves the window of that title so that its frame starts at `x`, `y`.
    pub fn place(&self, title: &str, x: u32, y: u32) {
        self.settle(title, "windowmove", x, y);
    }

    /// Gives the window of that title another size, without its frame.
    pub fn resize(&self, title: &str, width: u32, height: u32) {
        self.settle(title, "windowsize", width, height);
    }

    /// Does something to the window of that title. One that was closed a moment ago may still be found, and be gone now.
    fn settle(&self, title: &str, deed: &str, x: u32, y: u32) {
        wait_until(&format!("{deed} is done to {title}"), || {
            let mut xdotool = Command::new("xdotool");
            xdotool.args([deed, &self.window(title), &x.to_string(), &y.to_string()]).stderr(Stdio::null());
            self.show(&mut xdotool).status().is_ok_and(|status| status.success())
        });
    }

    /// Closes the window of that title by its manager's keys, again until it is gone from the screen: keys that come
    /// while the manager is still at work on the window are lost.
    pub fn close(&self, title: &str) {
        wait_until(&format!("{title} is gone"), || {
            if let Some(window) = self.visible(title) {
                let mut xdotool = Command::new("xdotool");
                xdotool.args(["windowactivate", &window, "sleep", "0.2", "key", "alt+F4", "sleep", "0.8"]);
                // It may have gone since it was found.
                let _ = self.show(xdotool.stderr(Stdio::null())).status();
            }
            self.visible(title).is_none()
        });
    }

    /// Drags with the left button from one point of the screen to another, as a hand does: press, leave,
    /// travel in steps, rest, release.
    pub fn drag(&self, from: (u32, u32), to: (u32, u32)) {
        let point = |(x, y): (u32, u32)| [x.to_string(), y.to_string()];
        let mut script: Vec<String> = vec!["mousemove".into(), "--sync".into()];
        script.extend(point(from));
        script.extend(["mousedown".into(), "1".into()]);
        const STEPS: u32 = 24;
        for step in 1..=STEPS {
            let at = |a: u32, b: u32| (a * (STEPS - step) + b * step) / STEPS;
            script.extend(["mousemove".into(), "--sync".into()]);
            script.extend(point((at(from.0, to.0), at(from.1, to.1))));
            // The toolkit of the source starts the drag, and the target answers, between two steps.
            script.extend(["sleep".into(), "0.03".into()]);
        }
        script.extend(["sleep".into(), "0.4".into(), "mouseup".into(), "1".into()]);
        self.xdotool(&script.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Looks again and again, in short steps: what is waited for on the screen tells nobody when it is there.
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
