//! Formulas of MathML and of Office as text on one line: `(a+b)/2`, `x^2`, `√(x)`, `∑_(i=1)^n`.

use super::text::collapsed;
use super::xml::Event;

/// Elements of one formula; one with more is cut off.
const LARGEST: usize = 20_000;
/// Elements inside each other; what lies deeper is read as if it lay here.
const DEEPEST: usize = 60;

#[derive(Debug, Default)]
struct Node {
    name: String,
    /// Values of the attributes that change what is shown.
    shown: Vec<(String, String)>,
    text: String,
    children: Vec<Node>,
}

/// A formula that is being read, element by element.
#[derive(Debug)]
pub(crate) struct Formula {
    open: Vec<Node>,
    /// Elements that were not opened because they lie too deep.
    beyond: usize,
    count: usize,
}

impl Formula {
    pub(crate) fn new() -> Self {
        Self { open: vec![Node::default()], beyond: 0, count: 0 }
    }

    /// An element begins; `attribute` gives the values of its attributes.
    pub(crate) fn start(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>) {
        self.count += 1;
        if self.open.len() >= DEEPEST || self.count > LARGEST {
            self.beyond += 1;
            return;
        }
        let shown = ["open", "close", "val", "separators"]
            .into_iter()
            .filter_map(|key| Some((key.to_owned(), attribute(key)?)))
            .collect();
        self.open.push(Node { name: name.to_owned(), shown, ..Node::default() });
    }

    pub(crate) fn text(&mut self, text: &str) {
        if self.count <= LARGEST
            && let Some(node) = self.open.last_mut()
        {
            node.text.push_str(text);
        }
    }

    /// The innermost element ends.
    pub(crate) fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if self.open.len() > 1
            && let Some(node) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.children.push(node);
        }
    }

    /// Takes the next event of Office's markup; true when it ends the formula.
    pub(crate) fn takes_last(&mut self, event: Event) -> bool {
        match event {
            Event::Start(tag) => self.start(&tag.name, |key| tag.get(key)),
            Event::Text(text) => self.text(&text),
            Event::End(end) if end == "oMath" => return true,
            Event::End(_) => self.end(),
        }
        false
    }

    /// The formula on one line.
    pub(crate) fn finish(mut self) -> String {
        self.beyond = 0;
        while self.open.len() > 1 {
            self.end();
        }
        self.open.pop().map(|root| collapsed(&linear(&root))).unwrap_or_default()
    }
}

impl Node {
    fn child(&self, name: &str) -> String {
        self.children.iter().find(|it| it.name == name).map(linear).unwrap_or_default()
    }

    fn at(&self, index: usize) -> String {
        self.children.get(index).map(linear).unwrap_or_default()
    }

    fn shown(&self, key: &str) -> Option<&str> {
        self.shown.iter().find(|(it, _)| it == key).map(|(_, value)| value.as_str())
    }

    /// A value that Office writes in an element inside the properties of this one.
    fn property(&self, properties: &str, name: &str) -> Option<&str> {
        let all = self.children.iter().find(|it| it.name == properties)?;
        all.children.iter().find(|it| it.name == name)?.shown("val")
    }

    fn all(&self, between: &str) -> String {
        let parts: Vec<String> = self.children.iter().map(linear).filter(|it| !it.is_empty()).collect();
        parts.join(between)
    }

    fn inside(&self) -> String {
        let mut text = collapsed(&self.text);
        text.push_str(&self.all(""));
        text
    }
}

fn linear(node: &Node) -> String {
    match node.name.as_str() {
        // Properties, and the same formula once more in another language.
        name if name.ends_with("Pr") || matches!(name, "annotation" | "annotation-xml" | "mphantom" | "phant") => {
            String::new()
        }
        "mfrac" => format!("{}/{}", closed(&node.at(0)), closed(&node.at(1))),
        "f" => format!("{}/{}", closed(&node.child("num")), closed(&node.child("den"))),
        "msup" | "mover" => scripts(&node.at(0), "", &node.at(1)),
        "msub" | "munder" => scripts(&node.at(0), &node.at(1), ""),
        "msubsup" | "munderover" => scripts(&node.at(0), &node.at(1), &node.at(2)),
        "sSup" | "sSub" | "sSubSup" => scripts(&node.child("e"), &node.child("sub"), &node.child("sup")),
        "sPre" => format!("{}{}", scripts("", &node.child("sub"), &node.child("sup")), node.child("e")),
        "limLow" => scripts(&node.child("e"), &node.child("lim"), ""),
        "limUpp" => scripts(&node.child("e"), "", &node.child("lim")),
        "msqrt" => format!("√({})", node.inside()),
        "mroot" => format!("{}√({})", node.at(1), node.at(0)),
        "rad" => format!("{}√({})", node.child("deg"), node.child("e")),
        "nary" => {
            let sign = node.property("naryPr", "chr").unwrap_or("∫");
            format!("{} {}", scripts(sign, &node.child("sub"), &node.child("sup")), node.child("e"))
        }
        "acc" => format!("{}{}", node.child("e"), node.property("accPr", "chr").unwrap_or("\u{302}")),
        "func" => format!("{} {}", node.child("fName"), node.child("e")),
        "d" => {
            let (open, close) =
                (node.property("dPr", "begChr").unwrap_or("("), node.property("dPr", "endChr").unwrap_or(")"));
            format!("{open}{}{close}", node.all(node.property("dPr", "sepChr").unwrap_or("|")))
        }
        "mfenced" => {
            format!("{}{}{}", node.shown("open").unwrap_or("("), node.all(","), node.shown("close").unwrap_or(")"))
        }
        "m" | "mtable" => format!("[{}]", node.all("; ")),
        "mr" | "mtr" => node.all(", "),
        "eqArr" => node.all("; "),
        "mspace" => " ".into(),
        _ => node.inside(),
    }
}

/// With brackets around it if it would not hold together without.
fn closed(text: &str) -> String {
    let simple = text.chars().all(|it| it.is_alphanumeric() || it == '.') || text.chars().count() == 1;
    let bracketed = text.starts_with('(') && text.ends_with(')') && !text[1..text.len() - 1].contains(['(', ')']);
    if simple || bracketed { text.to_owned() } else { format!("({text})") }
}

fn scripts(base: &str, below: &str, above: &str) -> String {
    let mut text = base.to_owned();
    for (mark, script) in [('_', below), ('^', above)] {
        if !script.is_empty() {
            text.push(mark);
            text.push_str(&closed(script));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::xml::{Event, Xml};
    use super::*;

    fn read(xml: &str) -> String {
        let mut formula = Formula::new();
        let mut reader = Xml::new(xml.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"));
        while let Ok(Some(event)) = reader.next() {
            match event {
                Event::Start(tag) => formula.start(&tag.name, |key| tag.get(key)),
                Event::Text(text) => formula.text(&text),
                Event::End(_) => formula.end(),
            }
        }
        formula.finish()
    }

    #[test]
    fn mathml_reads_on_one_line() {
        let quadratic = "<math><mi>x</mi><mo>=</mo><mfrac><mrow><mo>-</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi>\
            <mn>2</mn></msup><mo>-</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow>\
            </mfrac><annotation encoding='application/x-tex'>x=\\frac</annotation></math>";
        assert_eq!(read(quadratic), "x=(-b±√(b^2-4ac))/2a");
    }

    #[test]
    fn office_formulas_read_on_one_line() {
        let sum = "<m:oMath xmlns:m='m'><m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r>\
            </m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r>\
            <m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:nary></m:oMath>";
        assert_eq!(read(sum), "∑_(i=1)^n x^2");
    }

    #[test]
    fn a_formula_without_end_is_cut_off() {
        let mut formula = Formula::new();
        for _ in 0..100_000 {
            formula.start("msqrt", |_| None);
            formula.text("x");
        }
        assert!(formula.finish().len() < 200_000);
    }
}
