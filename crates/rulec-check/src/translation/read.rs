//! A Fluent file as the checks see it: messages, attributes, variables and hashes with their places.
//!
//! The parser of Fluent gives pieces of the text without places; a piece lies in the text, so its address tells its place.

use fluent_syntax::ast::{
    Comment, Entry, Expression, Identifier, InlineExpression, Message as Tree, Pattern,
    PatternElement,
};
use fluent_syntax::parser;
use rulec_syntax::source::{FileId, Span};

use crate::input::SideFile;

/// Braces within braces that a translation may have; more than anybody reads.
const DEEPEST: usize = 32;

/// One file.
#[derive(Debug)]
pub(crate) struct Translation<'a> {
    /// The file.
    pub(crate) file: FileId,
    /// From its name.
    pub(crate) locale: &'a str,
    /// Its length, bytes.
    pub(crate) length: u32,
    /// In order, those with a name that was there before included.
    pub(crate) messages: Vec<Message<'a>>,
    /// What is no Fluent, and why.
    pub(crate) faults: Vec<(Span, String)>,
    /// What the parts that could not be read begin with: names of messages, mostly.
    pub(crate) lost: Vec<&'a str>,
    /// Names of its terms, with which messages can be built.
    pub(crate) terms: Vec<&'a str>,
}

/// One message.
#[derive(Debug)]
pub(crate) struct Message<'a> {
    /// `rule-gateway-subnet-default-route`.
    pub(crate) key: &'a str,
    /// Where its name stands.
    pub(crate) span: Span,
    /// It has a value, which no text of a pack is.
    pub(crate) value: bool,
    /// In order.
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// The line of its comment that has the hashes, without `# `.
    pub(crate) comment: Option<Span>,
    /// What that line says.
    pub(crate) hashes: Vec<Hash<'a>>,
}

/// One attribute.
#[derive(Debug)]
pub(crate) struct Attribute<'a> {
    /// `cause`.
    pub(crate) name: &'a str,
    /// Where its name stands.
    pub(crate) span: Span,
    /// Names of variables.
    pub(crate) variables: Vec<(&'a str, Span)>,
    /// Names of terms, messages and functions, with what they are.
    pub(crate) references: Vec<(&'static str, &'a str, Span)>,
}

/// `title 3fa9c1`.
#[derive(Debug)]
pub(crate) struct Hash<'a> {
    /// The attribute.
    pub(crate) attribute: &'a str,
    /// Its hash; empty if none follows.
    pub(crate) hash: &'a str,
    /// Where the hash stands; where there is none, the whole entry.
    pub(crate) span: Span,
}

/// Reads a file; what is broken is a fault, the rest is read.
pub(super) fn read<'a>(file: &'a SideFile, text: &'a str) -> Translation<'a> {
    let source = Source {
        file: file.id,
        text,
    };
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = too_deep(body) {
        let at = at + text.len() - body.len();
        return Translation {
            file: file.id,
            locale: &file.locale,
            length: offset(text.len()),
            messages: Vec::new(),
            faults: vec![(
                source.range(at, at + 1),
                "braces are nested too deeply".into(),
            )],
            lost: vec![""],
            terms: Vec::new(),
        };
    }
    let (resource, errors) = match parser::parse(body) {
        Ok(resource) => (resource, Vec::new()),
        Err(broken) => broken,
    };
    let mark = text.len() - body.len();
    let faults = errors.iter().map(|error| {
        let at = error.pos.start + mark;
        let span = source.range(at, (error.pos.end + mark).max(at));
        (span, lower_first(&error.kind.to_string()))
    });
    let mut read = Translation {
        file: file.id,
        locale: &file.locale,
        length: offset(text.len()),
        messages: Vec::new(),
        faults: faults.collect(),
        lost: Vec::new(),
        terms: Vec::new(),
    };
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => read.messages.push(source.message(message)),
            Entry::Term(term) => read.terms.push(term.id.name),
            Entry::Junk { content } => read.lost.push(first_word(content)),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
        }
    }
    read
}

/// Where braces stand in each other more than [`DEEPEST`] times: the parser would take as many frames of the stack.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped, mut fresh) = (0usize, false, false, true);
    for (at, byte) in text.bytes().enumerate() {
        if fresh && !matches!(byte, b' ' | b'}' | b'\r' | b'\n') {
            depth = 0;
        }
        fresh = byte == b'\n';
        quoted &= !fresh;
        match byte {
            _ if std::mem::take(&mut escaped) => {}
            b'\\' => escaped = quoted,
            b'"' if depth > 0 => quoted = !quoted,
            _ if quoted => {}
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(rest).collect()
}

/// The name at the beginning of what could not be read, comments left out.
fn first_word(junk: &str) -> &str {
    let mut lines = junk.lines();
    let line = lines.find(|line| !line.starts_with('#') && !line.trim().is_empty());
    let line = line.unwrap_or_default();
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    line.get(..end.unwrap_or(line.len())).unwrap_or_default()
}

struct Source<'a> {
    file: FileId,
    text: &'a str,
}

impl<'a> Source<'a> {
    fn range(&self, start: usize, end: usize) -> Span {
        let within = |at: usize| offset(at.min(self.text.len()));
        Span::new(self.file, within(start), within(end))
    }

    /// Where a piece of the text stands.
    fn span(&self, piece: &str) -> Span {
        let start = (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.range(start, start + piece.len())
    }

    fn message(&self, message: &Tree<&'a str>) -> Message<'a> {
        let attributes = message.attributes.iter().map(|it| {
            let mut attribute = Attribute {
                name: it.id.name,
                span: self.span(it.id.name),
                variables: Vec::new(),
                references: Vec::new(),
            };
            self.pattern(&it.value, &mut attribute);
            attribute
        });
        let comment = message.comment.as_ref().and_then(hash_line);
        Message {
            key: message.id.name,
            span: self.span(message.id.name),
            value: message.value.is_some(),
            attributes: attributes.collect(),
            comment: comment.map(|line| self.span(line)),
            hashes: comment.map_or_else(Vec::new, |line| self.hashes(line)),
        }
    }

    fn hashes(&self, line: &'a str) -> Vec<Hash<'a>> {
        let entries = line.strip_prefix("of").unwrap_or(line).split(',');
        let entries = entries.map(str::trim).filter(|it| !it.is_empty());
        let entries = entries.map(|entry| {
            let (attribute, hash) = entry.split_once(' ').unwrap_or((entry, ""));
            let hash = hash.trim();
            Hash {
                attribute,
                hash,
                span: self.span(if hash.is_empty() { entry } else { hash }),
            }
        });
        entries.collect()
    }

    fn pattern(&self, pattern: &Pattern<&'a str>, found: &mut Attribute<'a>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression, found);
            }
        }
    }

    fn expression(&self, expression: &Expression<&'a str>, found: &mut Attribute<'a>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, found),
            Expression::Select { selector, variants } => {
                self.inline(selector, found);
                for variant in variants {
                    self.pattern(&variant.value, found);
                }
            }
        }
    }

    fn inline(&self, inline: &InlineExpression<&'a str>, found: &mut Attribute<'a>) {
        let mut refer = |what, id: &Identifier<&'a str>| {
            found.references.push((what, id.name, self.span(id.name)));
        };
        match inline {
            InlineExpression::VariableReference { id } => {
                found.variables.push((id.name, self.span(id.name)));
            }
            InlineExpression::FunctionReference { id, .. } => refer("function", id),
            InlineExpression::MessageReference { id, .. } => refer("message", id),
            InlineExpression::TermReference { id, .. } => refer("term", id),
            InlineExpression::Placeable { expression } => self.expression(expression, found),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }
}

/// The line that has the hashes; others are a translator's notes.
fn hash_line<'a>(comment: &Comment<&'a str>) -> Option<&'a str> {
    let mut lines = comment.content.iter().map(|line| line.trim_end());
    lines.find(|line| *line == "of" || line.starts_with("of "))
}
