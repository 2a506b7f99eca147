//! A picture as SVG: its own colours for light and dark, a text for who cannot see it, nothing from outside.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::layout::{Layout, Rect, Route};
use super::text::{self, Font};
use super::{ABOVE, BESIDE, Card, Kind, MARKS, Picture, Row};
use crate::harmless;

/// Around the drawing.
const MARGIN: f64 = 24.0;
/// Above it, for the heading.
const HEADING: f64 = 58.0;
/// Below it, for the meaning of colours.
const LEGEND: f64 = 44.0;

/// Colours by name; the second set is for a dark background.
const STYLE: &str = r#"
  svg { --bg: #ffffff; --ink: #1f2328; --faint: #57606a;
    --fact: #e7f5ec; --fact-line: #2f8553; --derived: #ecebfd; --derived-line: #6455c4; --cause: #fff3da; --cause-line: #a96a00;
    --symptom: #fdeae8; --symptom-line: #c0392b; --fix: #e3f2fb; --fix-line: #21749f; --shared: #f1f3f5; --shared-line: #7a828a;
    --c0: #2f8553; --c1: #6455c4; --c2: #a96a00; --c3: #21749f; --c4: #b0397f; --c5: #5d6b1f; }
  @media (prefers-color-scheme: dark) { svg { --bg: #14171c; --ink: #e8eaed; --faint: #a5adb6;
    --fact: #16301f; --fact-line: #5fc487; --derived: #252047; --derived-line: #a69bf5; --cause: #35280f; --cause-line: #e0a63a;
    --symptom: #3b1c1a; --symptom-line: #f07f72; --fix: #10293a; --fix-line: #63b5e0; --shared: #23282f; --shared-line: #8b949e;
    --c0: #5fc487; --c1: #a69bf5; --c2: #e0a63a; --c3: #63b5e0; --c4: #ef87c2; --c5: #b9cb62; } }
  .bg { fill: var(--bg); rx: 0; }
  text { fill: var(--ink); font-family: system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; font-size: 12px; }
  .heading { font-size: 14px; font-weight: 600; } .title { font-size: 20px; font-weight: 600; }
  .code { font-family: ui-monospace, "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: 11px; }
  .faint { fill: var(--faint); }
  rect { stroke-width: 1.2; rx: 6px; }
  .fact rect { fill: var(--fact); stroke: var(--fact-line); } .derived rect { fill: var(--derived); stroke: var(--derived-line); }
  .cause rect { fill: var(--cause); stroke: var(--cause-line); } .symptom rect { fill: var(--symptom); stroke: var(--symptom-line); }
  .fix rect { fill: var(--fix); stroke: var(--fix-line); } .shared rect { fill: var(--shared); stroke: var(--shared-line); }
  .lines { opacity: 0.7; } path { fill: none; stroke-width: 1.3; } path:hover { stroke-width: 3.5; }
  .is-cause { fill: var(--cause-line); } .is-fact { fill: var(--fact-line); } .is-fix { fill: var(--fix-line); }
  .from-fact { stroke: var(--fact-line); } .from-derived { stroke: var(--derived-line); } .explains { stroke: var(--symptom-line); }
  .repaired { stroke: var(--fix-line); } .overrides { stroke: var(--cause-line); stroke-dasharray: 6 3; }
  .excludes { stroke: var(--symptom-line); stroke-dasharray: 2 3; }
  .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); } .c4 { stroke: var(--c4); } .c5 { stroke: var(--c5); }
"#;

/// The document.
pub fn write(picture: &Picture, layout: &Layout) -> String {
    let title = harmless::line(&picture.title);
    let least = text::width(&title, Font::Heading) * 20.0 / 14.0;
    let least = least.max(text::width(&picture.subtitle, Font::Plain));
    let legend = legend(picture);
    let width = layout.width.max(least).max(legend.1) + 2.0 * MARGIN;
    let height = layout.height + 2.0 * MARGIN + HEADING + LEGEND;
    let mut out = String::new();
    // Writing to a text cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">{}</title>\n<desc id=\"d\">{}</desc>\n<style>{STYLE}</style>\n\
         <rect class=\"bg\" width=\"{width:.0}\" height=\"{height:.0}\"/>\n",
        escaped(&title),
        escaped(&description(picture)),
    );
    let _ = writeln!(
        out,
        "<text class=\"title\" x=\"{MARGIN}\" y=\"{:.0}\">{}</text>\n<text class=\"faint\" x=\"{MARGIN}\" y=\"{:.0}\">{}</text>",
        MARGIN + 16.0,
        escaped(&title),
        MARGIN + 38.0,
        escaped(&picture.subtitle),
    );
    let _ = writeln!(
        out,
        "<g transform=\"translate({MARGIN} {:.0})\">\n<g class=\"lines\">",
        MARGIN + HEADING
    );
    for (join, route) in picture.joins.iter().zip(&layout.routes) {
        let (from, to) = (picture.cards.get(join.from), picture.cards.get(join.to));
        let tip = |it: Option<&Card>| it.map_or(String::new(), |it| escaped(&it.tip));
        let _ = writeln!(
            out,
            "<path class=\"{}\" d=\"{}\"><title>{} – {}</title></path>",
            join.class,
            path(route),
            tip(from),
            tip(to),
        );
    }
    out.push_str("</g>\n");
    for (card, rect) in picture.cards.iter().zip(&layout.boxes) {
        write_card(&mut out, card, rect);
    }
    let _ = writeln!(
        out,
        "</g>\n<g transform=\"translate({MARGIN} {:.0})\">{}</g>\n</svg>",
        height - MARGIN - 14.0,
        legend.0
    );
    out
}

fn write_card(out: &mut String, card: &Card, rect: &Rect) {
    let _ = write!(
        out,
        "<g class=\"box {}\"><title>{}</title><rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
        card.kind.class(),
        escaped(&card.tip),
        rect.x,
        rect.y,
        rect.width,
        rect.height
    );
    let mut bottom = rect.y + ABOVE;
    for row in &card.rows {
        bottom += row.font.line();
        let font = match row.font {
            Font::Heading => "heading",
            Font::Plain => "plain",
            Font::Code => "code",
        };
        let _ = write!(
            out,
            "<text class=\"{font} {}\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            row.tint,
            rect.x + BESIDE,
            bottom - 5.0,
            escaped(&row.text)
        );
    }
    out.push_str("</g>\n");
}

/// Curves that leave and enter level, and straight pieces between them.
fn path(route: &Route) -> String {
    let mut points = route.iter();
    let Some(mut last) = points.next().copied() else {
        return String::new();
    };
    let mut out = format!("M{:.1} {:.1}", last.0, last.1);
    for (at, point) in points.enumerate() {
        let (x, y) = *point;
        let _ = if at % 2 == 1 {
            write!(out, "L{x:.1} {y:.1}")
        } else if route.len() == 2 && last.0 == x {
            // Within a column: around the right side.
            let far = x + 24.0;
            write!(out, "C{far:.1} {:.1} {far:.1} {y:.1} {x:.1} {y:.1}", last.1)
        } else {
            let middle = (last.0 + x) / 2.0;
            write!(
                out,
                "C{middle:.1} {:.1} {middle:.1} {y:.1} {x:.1} {y:.1}",
                last.1
            )
        };
        last = (x, y);
    }
    out
}

/// What the colours mean, and how wide that is.
fn legend(picture: &Picture) -> (String, f64) {
    let kinds: BTreeSet<Kind> = picture.cards.iter().map(|it| it.kind).collect();
    let (mut out, mut x) = (String::new(), 0.0);
    for kind in kinds {
        let _ = write!(
            out,
            "<g class=\"{}\"><rect x=\"{x:.1}\" y=\"0\" width=\"14\" height=\"14\"/><text x=\"{:.1}\" y=\"11.5\">{}</text></g>",
            kind.class(),
            x + 20.0,
            kind.words()
        );
        x += 20.0 + text::width(kind.words(), Font::Plain) + 22.0;
    }
    for (mark, class, words) in MARKS {
        let has = |it: &Row| it.text.starts_with(mark);
        if picture.cards.iter().any(|it| it.rows.iter().any(has)) {
            let _ = write!(
                out,
                "<text class=\"code {class}\" x=\"{x:.1}\" y=\"11.5\">{mark}</text><text x=\"{:.1}\" y=\"11.5\">{words}</text>",
                x + 16.0
            );
            x += 16.0 + text::width(words, Font::Plain) + 22.0;
        }
    }
    let dashed = [
        ("overrides", "takes precedence"),
        ("excludes", "not together"),
    ];
    for (class, words) in dashed {
        if picture.joins.iter().any(|it| it.class == class) {
            let _ = write!(
                out,
                "<path class=\"{class}\" d=\"M{x:.1} 7L{:.1} 7\"/><text x=\"{:.1}\" y=\"11.5\">{words}</text>",
                x + 24.0,
                x + 30.0
            );
            x += 30.0 + text::width(words, Font::Plain) + 22.0;
        }
    }
    (out, x)
}

/// For who cannot see it.
fn description(picture: &Picture) -> String {
    format!(
        "{} boxes, {} lines. {}",
        picture.cards.len(),
        picture.joins.len(),
        picture.subtitle
    )
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(harmless::for_xml(text)).into_owned()
}
