//! The graph of a pack as a picture: which boxes there are, what stands in them, and what is joined.
//!
//! The overview has a box a symptom, and between them what several share; the detail has a box for each fact, derived fact, cause,
//! symptom and fix. Where boxes lie is settled in `layout`, how they look in `svg`, which are taken in `choose`.

pub mod choose;
mod layout;
mod overview;
mod svg;
mod text;

use std::collections::BTreeSet;

use rulec_check::graph::{EdgeKind, Graph, Node, NodeKind};

use crate::harmless;
use layout::{Size, lay_out};
use text::Font;

pub use overview::overview;

/// Widest line of a box, pixels: of the overview, where the names of symptoms are to stay whole, and of the detail, which is wide enough.
const WIDEST: f64 = 262.0;
const WIDEST_OF_MANY: f64 = 190.0;
/// Longest text of a box, characters.
const LONGEST: usize = 300;
/// Inside a box, beside its text.
const BESIDE: f64 = 10.0;
/// Above and below it.
const ABOVE: f64 = 7.0;

/// What a box is about; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Fact,
    Derived,
    Cause,
    Symptom,
    Fix,
    Shared,
}

impl Kind {
    fn of(kind: NodeKind) -> Kind {
        match kind {
            NodeKind::Param | NodeKind::Fact | NodeKind::Field => Kind::Fact,
            NodeKind::Let => Kind::Derived,
            NodeKind::Rule => Kind::Cause,
            NodeKind::Symptom => Kind::Symptom,
            NodeKind::Fix => Kind::Fix,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Kind::Fact => "fact",
            Kind::Derived => "derived",
            Kind::Cause => "cause",
            Kind::Symptom => "symptom",
            Kind::Fix => "fix",
            Kind::Shared => "shared",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Kind::Fact => "what is asked or read",
            Kind::Derived => "what follows from it",
            Kind::Cause => "cause",
            Kind::Symptom => "symptom",
            Kind::Fix => "fix",
            Kind::Shared => "what several symptoms share",
        }
    }
}

/// A line of a box.
struct Row {
    text: String,
    font: Font,
    /// Its colour: `faint`, or that of a kind.
    tint: &'static str,
}

/// What stands before a name in a list of several kinds, its colour, and what it means.
const MARKS: [(char, &str, &str); 3] = [
    ('◆', "is-cause", "cause"),
    ('●', "is-fact", "fact"),
    ('▸', "is-fix", "fix"),
];

/// A box.
struct Card {
    kind: Kind,
    rows: Vec<Row>,
    /// What a mouse that rests on it is told.
    tip: String,
    column: usize,
    /// Widest line.
    most: f64,
}

impl Card {
    fn new(kind: Kind, column: usize, tip: &str) -> Card {
        Card {
            kind,
            rows: Vec::new(),
            tip: harmless::line(&harmless::shortened(tip, LONGEST)),
            column,
            most: WIDEST,
        }
    }

    /// Adds a text, in as many lines as it takes.
    fn text(&mut self, text: &str, font: Font, tint: &'static str) {
        let text = harmless::line(&harmless::shortened(text, LONGEST));
        let rows = text::wrap(&text, self.most, font);
        self.rows
            .extend(rows.into_iter().map(|text| Row { text, font, tint }));
    }

    fn size(&self) -> Size {
        let widths = self.rows.iter().map(|it| text::width(&it.text, it.font));
        let heights = self.rows.iter().map(|it| it.font.line());
        Size {
            column: self.column,
            width: widths.fold(60.0, f64::max) + 2.0 * BESIDE,
            height: heights.sum::<f64>() + 2.0 * ABOVE,
        }
    }
}

/// A line between two boxes.
struct Join {
    from: usize,
    to: usize,
    /// Its colour and stroke.
    class: &'static str,
}

/// A picture before its boxes have places.
struct Picture {
    title: String,
    subtitle: String,
    cards: Vec<Card>,
    joins: Vec<Join>,
}

impl Picture {
    fn draw(&self) -> String {
        let sizes: Vec<Size> = self.cards.iter().map(Card::size).collect();
        let lines: Vec<(usize, usize)> = self.joins.iter().map(|it| (it.from, it.to)).collect();
        svg::write(self, &lay_out(&sizes, &lines))
    }
}

/// Every box of a graph; `about` is the heading.
pub fn detail(graph: &Graph, about: &str) -> String {
    let columns = Columns::new(graph);
    let mut cards = Vec::new();
    // Fields have no box of their own: they belong to their fact.
    let mut number = vec![None; graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        if node.kind != NodeKind::Field {
            if let Some(place) = number.get_mut(at) {
                *place = Some(cards.len());
            }
            cards.push(card(node, columns.of(at)));
        }
    }
    let mut joins: BTreeSet<(usize, usize, &'static str)> = BTreeSet::new();
    for edge in &graph.edges {
        let end = |node: u32| {
            let whole = columns.whole(node as usize);
            number.get(whole).copied().flatten()
        };
        let class = class(graph, edge.to, edge.kind);
        if let (Some(from), Some(to)) = (end(edge.from), end(edge.to))
            && from != to
        {
            joins.insert((from, to, class));
        }
    }
    let count = |kind: NodeKind| graph.nodes.iter().filter(|it| it.kind == kind).count();
    let causes = overview::counted(count(NodeKind::Rule), "cause");
    let facts = overview::counted(count(NodeKind::Fact) + count(NodeKind::Param), "fact");
    let fixes = overview::counted_as(count(NodeKind::Fix), "fix", "fixes");
    let picture = Picture {
        title: about.to_owned(),
        subtitle: format!("{facts}, {causes}, {fixes}"),
        cards,
        joins: joins
            .into_iter()
            .map(|(from, to, class)| Join { from, to, class })
            .collect(),
    };
    picture.draw()
}

/// Lines have the colour of what they come from; those that forbid something are dashed.
fn class(graph: &Graph, to: u32, kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Explains | EdgeKind::Otherwise => "explains",
        EdgeKind::RepairedBy => "repaired",
        EdgeKind::Overrides => "overrides",
        EdgeKind::Excludes => "excludes",
        EdgeKind::Uses | EdgeKind::Locator | EdgeKind::FieldOf => {
            let node = graph.nodes.get(to as usize);
            match node.map(|it| it.kind) {
                Some(NodeKind::Let) => "from-derived",
                _ => "from-fact",
            }
        }
    }
}

fn card(node: &Node, column: usize) -> Card {
    let title = node.title.as_deref();
    let tip = format!("{} {}", node.kind.name(), node.name);
    let tip = title.map_or(tip.clone(), |title| format!("{tip}: {title}"));
    let mut card = Card::new(Kind::of(node.kind), column, &tip);
    card.most = WIDEST_OF_MANY;
    if let Some(title) = title {
        card.text(title, Font::Plain, "");
    }
    let tint = if title.is_some() { "faint" } else { "" };
    card.text(&node.name, Font::Code, tint);
    card
}

/// Columns of the detail: what is known on the left, as near as possible to what it leads to; causes; symptoms and fixes.
struct Columns {
    column: Vec<usize>,
    /// The fact of a field, else the node itself.
    whole: Vec<usize>,
}

impl Columns {
    fn new(graph: &Graph) -> Columns {
        let mut whole: Vec<usize> = (0..graph.nodes.len()).collect();
        for edge in graph.edges.iter().filter(|it| it.kind == EdgeKind::FieldOf) {
            if let Some(place) = whole.get_mut(edge.from as usize) {
                *place = edge.to as usize;
            }
        }
        let mut columns = Columns {
            column: Vec::new(),
            whole,
        };
        columns.settle(graph);
        columns
    }

    fn of(&self, node: usize) -> usize {
        self.column.get(node).copied().unwrap_or(0)
    }

    fn whole(&self, node: usize) -> usize {
        self.whole.get(node).copied().unwrap_or(node)
    }

    /// Steps from each node to the causes, the longest way; a cycle, which no sound pack has, ends where it began.
    fn settle(&mut self, graph: &Graph) {
        let is_known = |node: usize| {
            let kind = graph.nodes.get(node).map(|it| Kind::of(it.kind));
            matches!(kind, Some(Kind::Fact | Kind::Derived))
        };
        let mut steps = vec![1usize; graph.nodes.len()];
        let known: Vec<(usize, usize)> = graph
            .edges
            .iter()
            .map(|it| (self.whole(it.from as usize), self.whole(it.to as usize)))
            .filter(|(from, to)| from != to && is_known(*from) && is_known(*to))
            .collect();
        for _ in 0..graph.nodes.len() {
            let mut changed = false;
            for (from, to) in &known {
                let want = steps.get(*from).map_or(1, |it| it + 1);
                if let Some(own) = steps.get_mut(*to).filter(|it| **it < want) {
                    *own = want.min(graph.nodes.len());
                    changed |= *own == want;
                }
            }
            if !changed {
                break;
            }
        }
        let inside = (0..graph.nodes.len()).filter(|it| is_known(*it));
        let most = inside.filter_map(|it| steps.get(it)).max().copied();
        let causes = most.unwrap_or(0);
        let column =
            graph
                .nodes
                .iter()
                .zip(&steps)
                .map(|(node, steps)| match Kind::of(node.kind) {
                    Kind::Fact | Kind::Derived => causes.saturating_sub(*steps),
                    Kind::Cause => causes,
                    Kind::Symptom | Kind::Fix | Kind::Shared => causes + 1,
                });
        self.column = column.collect();
    }
}
