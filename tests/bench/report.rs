use std::time::Duration;

use crate::import::Import;
use crate::latency::Latency;
use crate::raw::Raw;

/// A table of measured figures beside what is asked for.
pub(crate) struct Report {
    title: String,
    rows: Vec<[String; 4]>,
}

impl Report {
    /// A table about `what`.
    pub(crate) fn new(what: &str) -> Self {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        Self { title: format!("{what}, {cores} cores"), rows: Vec::new() }
    }

    /// A figure, what it may be, and what helps to judge it.
    pub(crate) fn row(&mut self, what: &str, measured: String, asked: &str, beside: String) {
        // The table comes at the end, which may be some minutes away.
        println!("{what}: {measured} ({beside})");
        self.rows.push([what.into(), measured, asked.into(), beside]);
    }

    /// Time and memory of an import.
    pub(crate) fn import(&mut self, import: &Import, raw: &Raw) {
        let per_second = |time: Duration| import.passages as f64 / time.as_secs_f64();
        let embedding = import.complete.saturating_sub(import.searchable);
        self.row(
            "searchable by keyword",
            seconds(import.searchable),
            "3 s",
            format!(
                "bare PDFium text {}: {:.2} x, start of the process included",
                seconds(raw.text),
                import.searchable.as_secs_f64() / raw.text.as_secs_f64()
            ),
        );
        self.row(
            "every vector in place",
            seconds(import.complete),
            "20 s",
            format!("bare model {}", seconds(raw.model)),
        );
        self.row(
            "embedding, passages a second",
            format!("{:.1}", per_second(embedding)),
            "85 % of bare",
            format!(
                "bare {:.1}: {:.0} %, {} passages",
                per_second(raw.model),
                100.0 * raw.model.as_secs_f64() / embedding.as_secs_f64(),
                import.passages
            ),
        );
        let megabytes = import.peak as f64 / 1e6;
        self.row("peak memory while importing", format!("{megabytes:.0} MB"), "700 MB", String::new());
    }

    /// What a long document costs beside a short one.
    pub(crate) fn lengths(&mut self, short: &Import, long: &Import) {
        let what = |what: &str| format!("{what}, {} pages beside {}", long.pages, short.pages);
        let a_page = |import: &Import, time: Duration| 1e3 * time.as_secs_f64() / import.pages as f64;
        self.row(
            &what("peak memory"),
            format!("{:.0} MB", long.peak as f64 / 1e6),
            "110 % of the short one",
            format!("{:.0} MB: {:.0} %", short.peak as f64 / 1e6, 100.0 * long.peak as f64 / short.peak as f64),
        );
        self.row(
            &what("reading, a page"),
            format!("{:.2} ms", a_page(long, long.searchable)),
            "as the short one",
            format!("{:.2} ms", a_page(short, short.searchable)),
        );
        self.row(
            &what("import, a page"),
            format!("{:.2} ms", a_page(long, long.complete)),
            "as the short one",
            format!("{:.2} ms", a_page(short, short.complete)),
        );
    }

    /// A latency against what its 95th percentile may be.
    pub(crate) fn latency(&mut self, what: &str, asked: f64, latency: &Latency) {
        let beside = format!(
            "p50 {:.1}, p99 {:.1}, {} questions",
            latency.percentile(0.5),
            latency.percentile(0.99),
            latency.count()
        );
        self.row(what, format!("{:.1} ms", latency.percentile(0.95)), &format!("{asked:.0} ms"), beside);
    }

    /// What was seen through the window.
    #[cfg(target_os = "linux")]
    pub(crate) fn window(&mut self, window: &crate::window::Measured) {
        self.row(
            "start to a usable window",
            seconds(window.start),
            "1.5 s",
            "through WebDriver, which adds its own start".into(),
        );
        let commands = &window.commands;
        self.row(
            "window commands during import, p99",
            format!("{:.1} ms", commands.percentile(0.99)),
            "200 ms",
            format!("p50 {:.1}, {} calls", commands.percentile(0.5), commands.count()),
        );
    }

    /// Writes the table to standard output.
    pub(crate) fn print(&self) {
        println!("\n{}\n\n| what | measured | asked for | beside it |\n|---|---|---|---|", self.title);
        for [what, measured, asked, beside] in &self.rows {
            println!("| {what} | {measured} | {asked} | {beside} |");
        }
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}
