//! The facts that decided, the causes that they prove and the repairs of these, as a picture: three columns, joined by lines.
//!
//! Boxes grow with their text, so that no label is cut, and stand below each other, so that none overlaps.

use maud::{Markup, html};

use super::{Page, clean};
use crate::report::say;
use crate::report::{Evidence, FixLine, VerdictLine};

/// Width of a box and of the gap between columns, in user units.
const WIDE: usize = 290;
const GAP: usize = 70;
/// Height of a line, and space around the text of a box and between boxes.
const LINE: usize = 18;
const PAD: usize = 10;
const SPACE: usize = 14;
/// Columns of text that fit a box: letters of 12 units that are no wider than 7.3.
const COLUMNS: usize = 36;
/// Boxes of one column; what is more is counted, the tables have it.
const MOST: usize = 24;

/// A box with its text.
struct Node {
    class: &'static str,
    title: Vec<String>,
    detail: Vec<String>,
    top: usize,
}

/// A line from a box of one column to one of the next.
struct Edge {
    column: usize,
    from: usize,
    to: usize,
}

struct Picture {
    columns: [Vec<Node>; 3],
    edges: Vec<Edge>,
    left_out: usize,
}

impl Page<'_> {
    pub(super) fn picture(&self) -> Markup {
        let (causes, faults) = say::confirmed(self.report);
        let causes: Vec<&VerdictLine> = causes.into_iter().chain(faults).collect();
        let picture = self.lay_out(&causes);
        if picture.edges.is_empty() {
            return html! {};
        }
        let height = picture.columns.iter().map(|it| bottom(it)).max();
        let height = height.unwrap_or_default();
        let width = 3 * WIDE + 2 * GAP;
        html! {
            section {
                h2 id="picture" { (self.word("heading-picture")) }
                // On a narrow screen it is wider than the page, and moved with the arrow keys.
                figure tabindex="0" aria-labelledby="picture" {
                    svg viewBox=(format!("0 0 {width} {height}")) role="img" aria-labelledby="picture-title picture-about" {
                        title id="picture-title" { (self.word("heading-picture")) }
                        desc id="picture-about" { (clean(&self.described(&causes))) }
                        @for edge in &picture.edges { (drawn_edge(&picture, edge)) }
                        @for (column, nodes) in picture.columns.iter().enumerate() {
                            @for node in nodes { (drawn(node, column)) }
                        }
                    }
                    @if picture.left_out > 0 {
                        figcaption { (clean(&self.texts.word_with("codes-more", &[("count", &picture.left_out.to_string())]))) }
                    }
                }
            }
        }
    }

    /// The picture in words, for who does not see it.
    fn described(&self, causes: &[&VerdictLine]) -> String {
        let all = causes.iter().map(|cause| {
            let facts = say::evidence(&cause.grounds);
            let facts = facts.iter().filter(|it| !it.said);
            let facts = self.say.list(facts.map(|it| it.label.clone()));
            let title = cause.title.as_ref().unwrap_or(&cause.rule);
            self.say.named(title, Some(&facts))
        });
        let all: Vec<String> = all.collect();
        all.join("; ")
    }

    fn lay_out(&self, causes: &[&VerdictLine]) -> Picture {
        let mut picture = Picture {
            columns: [Vec::new(), Vec::new(), Vec::new()],
            edges: Vec::new(),
            left_out: 0,
        };
        let mut paths: Vec<&str> = Vec::new();
        let mut fixes: Vec<&str> = Vec::new();
        for cause in causes.iter().take(MOST) {
            let at = picture.put(1, cause_node(cause));
            let facts = say::evidence(&cause.grounds).into_iter();
            for evidence in facts.filter(|it| !it.said) {
                let new = || fact_node(evidence);
                if let Some(from) = picture.put_once(0, &evidence.path, &mut paths, new) {
                    picture.edges.push(Edge {
                        column: 0,
                        from,
                        to: at,
                    });
                }
            }
            for (_, fix) in say::fixes(self.report, cause) {
                let new = || fix_node(fix);
                if let Some(to) = picture.put_once(2, &fix.name, &mut fixes, new) {
                    picture.edges.push(Edge {
                        column: 1,
                        from: at,
                        to,
                    });
                }
            }
        }
        picture.left_out += causes.len().saturating_sub(MOST);
        picture.centre();
        picture
    }
}

impl Picture {
    fn put(&mut self, column: usize, mut node: Node) -> usize {
        let Some(nodes) = self.columns.get_mut(column) else {
            return 0;
        };
        node.top = match bottom(nodes) {
            0 => 1,
            bottom => bottom + SPACE,
        };
        nodes.push(node);
        nodes.len() - 1
    }

    /// Where the box of that name stands; none where the column is full.
    fn put_once<'n>(
        &mut self,
        column: usize,
        name: &'n str,
        names: &mut Vec<&'n str>,
        new: impl FnOnce() -> Node,
    ) -> Option<usize> {
        if let Some(at) = names.iter().position(|it| *it == name) {
            return Some(at);
        }
        if names.len() >= MOST {
            self.left_out += 1;
            return None;
        }
        names.push(name);
        Some(self.put(column, new()))
    }

    /// Short columns stand in the middle of the longest.
    fn centre(&mut self) {
        let bottoms: Vec<usize> = self.columns.iter().map(|it| bottom(it)).collect();
        let longest = bottoms.iter().copied().max().unwrap_or_default();
        for (nodes, bottom) in self.columns.iter_mut().zip(bottoms) {
            let down = (longest - bottom) / 2;
            nodes.iter_mut().for_each(|it| it.top += down);
        }
    }
}

fn cause_node(cause: &VerdictLine) -> Node {
    node("cause", cause.title.as_deref(), &cause.rule)
}

fn fact_node(evidence: &Evidence) -> Node {
    let detail = format!("{} = {}", evidence.label, evidence.shown);
    node("fact", evidence.title.as_deref(), &detail)
}

fn fix_node(fix: &FixLine) -> Node {
    node("fix", fix.title.as_deref(), &fix.name)
}

fn node(class: &'static str, title: Option<&str>, detail: &str) -> Node {
    Node {
        class,
        title: title.map(lines).unwrap_or_default(),
        detail: lines(detail),
        top: 0,
    }
}

/// The text as lines that fit a box; names that are longer are broken.
fn lines(text: &str) -> Vec<String> {
    let text = clean(text);
    let options = textwrap::Options::new(COLUMNS)
        .break_words(true)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let all = textwrap::wrap(&text, options);
    all.into_iter().map(|it| it.trim_end().to_owned()).collect()
}

fn tall(node: &Node) -> usize {
    (node.title.len() + node.detail.len()) * LINE + 2 * PAD
}

fn bottom(nodes: &[Node]) -> usize {
    nodes.last().map_or(0, |it| it.top + tall(it) + 1)
}

fn left(column: usize) -> usize {
    column * (WIDE + GAP)
}

fn drawn(node: &Node, column: usize) -> Markup {
    let x = left(column) + PAD + 2;
    let texts = node.title.iter().map(|it| (it, "title"));
    let texts = texts.chain(node.detail.iter().map(|it| (it, "detail")));
    html! {
        g class=(format!("node {}", node.class)) {
            rect x=(left(column) + 1) y=(node.top) width=(WIDE - 2) height=(tall(node)) rx="6" {}
            @for (at, (text, class)) in texts.enumerate() {
                text x=(x) y=(node.top + PAD + at * LINE + 13) class=(class) { (text) }
            }
        }
    }
}

fn drawn_edge(picture: &Picture, edge: &Edge) -> Markup {
    let middle = |column: usize, at: usize| {
        let node = picture.columns.get(column).and_then(|it| it.get(at));
        node.map_or(0, |it| it.top + tall(it) / 2)
    };
    let (x, y) = (left(edge.column) + WIDE - 1, middle(edge.column, edge.from));
    let (to_x, to_y) = (left(edge.column + 1) + 1, middle(edge.column + 1, edge.to));
    let half = x + GAP / 2;
    html! {
        path d=(format!("M{x} {y} C{half} {y} {half} {to_y} {to_x} {to_y}")) {}
    }
}
