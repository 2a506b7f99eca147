//! Texts with holes for facts and fields: causes, steps, notes, locators.

use rulec_facts::types::{Kind, Type};
use rulec_program::program::{Piece, Template};
use rulec_syntax::ast::Text;
use rulec_syntax::source::Span;
use rulec_syntax::template;

use super::Reader;
use crate::codes;
use crate::order::hole_path;
use crate::types::{is_error, shown};

/// What may stand in the holes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holes {
    /// For people: single values, and lists of them.
    Shown,
    /// In a locator: single values (S5).
    Locator,
}

impl Reader<'_, '_> {
    /// A text with its holes. What braces cannot be read, the parser said.
    pub(crate) fn template(&mut self, text: &Text, holes: Holes) -> Template {
        if !text.text.bytes().any(|byte| matches!(byte, b'{' | b'}')) {
            let pieces = vec![Piece::Text(text.text.to_string())];
            return Template { pieces };
        }
        let pieces = template::read(&text.text).unwrap_or_default();
        let pieces = pieces.into_iter().map(|piece| match piece {
            template::Piece::Literal(text) => Piece::Text(text),
            template::Piece::Hole(hole) => self.hole(text, hole, holes),
        });
        Template {
            pieces: pieces.collect(),
        }
    }

    fn hole(&mut self, text: &Text, hole: template::Hole, holes: Holes) -> Piece {
        let span = template::place(text, hole.start, hole.end);
        let named = hole
            .path
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-'));
        let read = if hole.path == "now" {
            self.now(span)
        } else if named {
            self.path(&hole_path(text, &hole), span, None)
        } else {
            let message = format!("`{}` is no name of a fact or field", hole.path);
            let help = "write `{{` and `}}` for braces that are shown as they are";
            self.analysed
                .report(codes::BAD_HOLE.at(span, message).help(help));
            self.error(span)
        };
        self.check_hole(&read.ty, span, holes);
        Piece::Hole(hole.path, read.node)
    }

    fn check_hole(&mut self, ty: &Type, span: Span, holes: Holes) {
        if is_error(ty) {
            return;
        }
        let inner = ty.member().unwrap_or(ty);
        let list = ty.member().is_some();
        let record = matches!(inner.kind, Kind::Record(_));
        let finding = match holes {
            Holes::Locator if list || record => codes::BAD_LOCATOR
                .at(
                    span,
                    format!("a locator takes single values, found {}", shown(ty)),
                )
                .help(if list {
                    "ask for each element: `each x in LIST`, and `{x}` here"
                } else {
                    "name a field of it"
                }),
            Holes::Shown if record || inner.member().is_some() => codes::BAD_HOLE
                .at(
                    span,
                    format!(
                        "a text shows single values and lists of them, found {}",
                        shown(ty)
                    ),
                )
                .help("name a field of it"),
            _ => return,
        };
        self.analysed.report(finding);
    }
}
