//! Pictures of graphs, read back from their SVG: boxes do not overlap, no label leaves its box, nothing is left out, and no text is markup.

use std::fs;
use std::path::Path;

use xmloxide::Document;
use xmloxide::tree::NodeId;

use super::{repository, root, rulec_at};

#[derive(Debug, Clone, Copy)]
struct Rect {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Rect {
    fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

struct Drawn {
    boxes: Vec<(Rect, Vec<String>)>,
    lines: usize,
    text: String,
}

fn number(document: &Document, node: NodeId, name: &str) -> f64 {
    let value = document.attribute(node, name);
    value
        .unwrap_or_else(|| panic!("no `{name}`"))
        .parse()
        .unwrap()
}

fn children<'d>(
    document: &'d Document,
    node: NodeId,
    name: &'d str,
) -> impl Iterator<Item = NodeId> + 'd {
    let all = document.children(node);
    all.filter(move |it| document.node_name(*it) == Some(name) && document.is_element(*it))
}

/// Reads a picture, and holds what every picture promises.
fn drawn(svg: &str) -> Drawn {
    let document = Document::parse_str(svg).unwrap();
    let top = document.root_element().unwrap();
    let view = document.attribute(top, "viewBox").unwrap();
    let view: Vec<f64> = view.split(' ').map(|it| it.parse().unwrap()).collect();
    assert!(svg.contains("prefers-color-scheme: dark"));
    assert!(children(&document, top, "title").next().is_some());
    let drawing = children(&document, top, "g").next().unwrap();
    let mut inside = children(&document, drawing, "g");
    let lines = inside.next().unwrap();
    let lines = children(&document, lines, "path").count();
    let mut boxes = Vec::new();
    for group in inside {
        let rect = children(&document, group, "rect").next().unwrap();
        let of = |name| number(&document, rect, name);
        let rect = Rect {
            x: of("x"),
            y: of("y"),
            width: of("width"),
            height: of("height"),
        };
        let mut rows = Vec::new();
        for text in children(&document, group, "text") {
            let content = document.text_content(text);
            let class = document.attribute(text, "class").unwrap();
            let (x, y) = (number(&document, text, "x"), number(&document, text, "y"));
            let end = x + width(&content, class);
            assert!(
                x > rect.x && end < rect.x + rect.width,
                "cut: {content:?} in {rect:?}"
            );
            assert!(
                y > rect.y + 8.0 && y < rect.y + rect.height - 3.0,
                "{content:?} {rect:?}"
            );
            rows.push(content);
        }
        assert!(!rows.is_empty());
        boxes.push((rect, rows));
    }
    for (at, (one, name)) in boxes.iter().enumerate() {
        assert!(
            one.x >= 0.0 && one.x + one.width + 24.0 <= view[2],
            "{name:?}"
        );
        assert!(
            one.y >= 0.0 && one.y + one.height + 24.0 <= view[3],
            "{name:?}"
        );
        for (other, other_name) in &boxes[at + 1..] {
            assert!(
                !one.overlaps(other),
                "{name:?} {one:?} and {other_name:?} {other:?}"
            );
        }
    }
    Drawn {
        lines,
        text: document.text_content(top),
        boxes,
    }
}

/// Widths of DejaVu, the widest of usual fonts, in a table of its own: the program's table must not be wrong unnoticed.
fn width(text: &str, class: &str) -> f64 {
    let (size, code) = match class.split(' ').next().unwrap() {
        "heading" => (14.0, false),
        "plain" => (12.0, false),
        "code" => (11.0, true),
        other => panic!("{other}"),
    };
    let of = |c: char| match c {
        c if c as u32 >= 0x1100 => 1.0,
        _ if code => 0.602,
        'i' | 'j' | 'l' | '\'' | '|' => 0.34,
        'I' | '.' | ',' | ' ' | ':' | ';' | '-' | 'f' | 't' | 'r' | '(' | ')' => 0.42,
        'm' | 'M' | 'w' | 'W' => 1.0,
        'A'..='Z' => 0.74,
        _ => 0.64,
    };
    let bold = if class.starts_with("heading") {
        1.1
    } else {
        1.0
    };
    text.chars().map(of).sum::<f64>() * size * bold
}

fn graph(dir: &Path, pack: &str, more: &[&str]) -> String {
    let arguments = [&["graph", "--pack", pack, "--format", "svg"], more].concat();
    let outcome = rulec_at(dir, &arguments);
    outcome.ends_with(0);
    outcome.out
}

#[test]
fn the_overview_of_azure_p2s_has_a_box_a_symptom_and_what_they_share() {
    let svg = graph(&root(), "rules/azure-p2s", &[]);
    assert!(svg.len() < 200_000, "{} bytes", svg.len());
    let drawn = drawn(&svg);
    let list = rulec_at(
        &root(),
        &[
            "list",
            "symptoms",
            "--pack",
            "rules/azure-p2s",
            "--format",
            "json",
        ],
    );
    let list = list.json();
    let symptoms = list["declarations"].as_array().unwrap();
    assert!(symptoms.len() >= 27);
    for symptom in symptoms {
        let name = symptom["name"].as_str().unwrap();
        let here = drawn
            .boxes
            .iter()
            .filter(|(_, rows)| rows.iter().any(|it| it == name));
        assert_eq!(here.count(), 1, "{name}");
    }
    assert!(drawn.boxes.len() > symptoms.len() && drawn.lines > 20);
}

#[test]
fn details_of_s03_and_s16_are_whole() {
    for (symptom, cause) in [
        (
            "message-badly-formatted-80090326",
            "gateway-subnet-default-route",
        ),
        (
            "connected-but-no-azure-resources",
            "peering-without-transit",
        ),
    ] {
        let svg = graph(&root(), "rules/azure-p2s", &["--symptom", symptom]);
        let drawn = drawn(&svg);
        let json = [
            "graph",
            "--pack",
            "rules/azure-p2s",
            "--format",
            "json",
            "--symptom",
            symptom,
        ];
        let json = rulec_at(&root(), &json).json();
        let nodes = json["nodes"].as_array().unwrap();
        let nodes = nodes.iter().filter(|it| it["kind"] != "field");
        let nodes: Vec<&str> = nodes.map(|it| it["name"].as_str().unwrap()).collect();
        assert!(nodes.contains(&cause), "{nodes:?}");
        assert_eq!(nodes.len(), drawn.boxes.len());
        for name in nodes {
            let here = drawn
                .boxes
                .iter()
                .any(|(_, rows)| rows.concat().contains(name));
            assert!(here, "{name}");
        }
    }
}

#[test]
fn everything_and_what_is_around_a_name() {
    let all = drawn(&graph(&root(), "rules/azure-p2s", &["--all"]));
    let around = drawn(&graph(
        &root(),
        "rules/azure-p2s",
        &["--around", "gateway-subnet-default-route"],
    ));
    assert!(all.boxes.len() > 400, "{}", all.boxes.len());
    assert!(
        around.boxes.len() > 2 && around.boxes.len() < 30,
        "{}",
        around.boxes.len()
    );
    let wrong = [
        "graph",
        "--pack",
        "rules/azure-p2s",
        "--format",
        "svg",
        "--symptom",
        "tunnels-failed-80",
    ];
    let wrong = rulec_at(&root(), &wrong);
    assert!(
        wrong
            .ends_with(2)
            .err
            .contains("did you mean `tunnels-failed-800`?")
    );
}

/// A pack whose rules and facts are joined at random, each time in the same way.
fn generated(seed: u64, symptoms: usize, facts: usize, rules: usize) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    let mut text = String::new();
    for it in 0..facts {
        let long = "very ".repeat(next(12));
        text.push_str(&format!(
            "/// A {long}plain <fact> & \"{it}\" 有中文.\nfact f{it}: bool\n    ask \"F{it}?\"\n\n"
        ));
    }
    for it in 0..symptoms {
        text.push_str(&format!(
            "/// Trouble {it}.\nsymptom s{it} =\n    | code ras {}\n\n",
            700 + it
        ));
    }
    for it in 0..facts / 2 {
        text.push_str(&format!(
            "let l{it} = f{} and f{}\n\n",
            next(facts),
            next(facts)
        ));
    }
    for it in 0..rules {
        text.push_str(&format!(
            "/// Cause {it}.\nrule r{it}:\n    symptom s{}\n    when f{} and l{}\n    => no fix\n\n",
            next(symptoms),
            next(facts),
            next(facts / 2)
        ));
    }
    text
}

#[test]
fn generated_packs_have_pictures_too() {
    let dir = repository();
    for (seed, symptoms, facts, rules) in [
        (1, 1, 2, 1),
        (2, 3, 8, 9),
        (3, 12, 40, 60),
        (4, 40, 30, 200),
    ] {
        fs::write(
            dir.path().join("g.rules"),
            generated(seed, symptoms, facts, rules),
        )
        .unwrap();
        let overview = drawn(&graph(dir.path(), "g.rules", &[]));
        assert!(overview.boxes.len() >= symptoms);
        let all = drawn(&graph(dir.path(), "g.rules", &["--all"]));
        assert_eq!(all.boxes.len(), symptoms + facts + facts / 2 + rules);
        assert!(all.text.contains("<fact> & \"0\" 有中文"), "{}", all.text);
        let one = drawn(&graph(dir.path(), "g.rules", &["--symptom", "s0"]));
        assert!(one.boxes.len() <= all.boxes.len());
    }
}
