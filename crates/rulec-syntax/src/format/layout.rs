//! A statement as a row of layout steps, and the printer that turns them into lines.
//!
//! The row is flat, so printing neither recurses nor looks at a step twice: widths are prefix sums, and a group
//! is broken where it does not fit into [`WIDTH`] or where a comment forces it. Knows no syntax; comments
//! arrive as positions of [`Anchor`]s ([`super::comments`] decides which).

use std::borrow::Cow;

use super::comments::{Attached, Words};
use crate::ast::Place;

/// Longest line in Unicode scalar values; trailing comments do not count.
pub(super) const WIDTH: u32 = 100;
/// Blanks of one step of indentation.
pub(super) const STEP: u32 = 4;

/// One step of a layout.
#[derive(Debug, Clone)]
pub(super) enum Op<'a> {
    /// Characters without a line end.
    Text(Cow<'a, str>),
    /// A comma that only a group on one line has.
    FlatComma,
    /// A place where a broken group breaks; else the characters.
    Line(&'static str),
    /// A line end.
    Hard,
    Open,
    Close,
    Indent,
    Dedent,
    AnchorStart(usize),
    AnchorEnd(usize),
}

/// A clause or element to which comments can belong: where it stood in the text.
#[derive(Debug)]
pub(super) struct Anchor {
    /// First byte; `u32::MAX` where nothing in it has a place.
    pub(super) start: u32,
    /// Byte after the last one.
    pub(super) end: u32,
    /// The anchor around it.
    pub(super) parent: Option<usize>,
    /// How many anchors are around it.
    pub(super) depth: u32,
    /// The beginning of the anchor around it, or an opening bracket: no comment stands above it.
    pub(super) head: bool,
}

/// The layout of one statement while it is made.
#[derive(Debug, Default)]
pub(super) struct Layout<'a> {
    pub(super) ops: Vec<Op<'a>>,
    pub(super) anchors: Vec<Anchor>,
    around: Vec<usize>,
    words: Words<'a>,
}

impl<'a> Layout<'a> {
    /// An empty layout; `words` are those of the statement's text, for finding keywords.
    pub(super) fn new(words: Words<'a>) -> Self {
        Self {
            words,
            ..Self::default()
        }
    }

    pub(super) fn text(&mut self, text: impl Into<Cow<'a, str>>) {
        self.ops.push(Op::Text(text.into()));
    }

    /// A blank, or a line end in a broken group.
    pub(super) fn line(&mut self) {
        self.ops.push(Op::Line(" "));
    }

    /// A line end.
    pub(super) fn hard_line(&mut self) {
        self.ops.push(Op::Hard);
    }

    /// Steps that stand on one line or break at all their lines.
    pub(super) fn group(&mut self, body: impl FnOnce(&mut Self)) {
        self.ops.push(Op::Open);
        body(self);
        self.ops.push(Op::Close);
    }

    /// Steps whose new lines stand further in.
    pub(super) fn indent(&mut self, body: impl FnOnce(&mut Self)) {
        self.ops.push(Op::Indent);
        body(self);
        self.ops.push(Op::Dedent);
    }

    /// A clause or element. `keywords` stand directly before the first place in it (brackets apart).
    pub(super) fn anchor(&mut self, keywords: &[&str], body: impl FnOnce(&mut Self)) {
        let id = self.open_anchor();
        body(self);
        self.close_anchor(id, keywords);
    }

    /// The closing bracket of what stands at `place`; comments before it stay inside.
    pub(super) fn closing(
        &mut self,
        place: Place,
        bracket: &'static str,
        inner: impl FnOnce(&mut Self),
    ) {
        let id = self.open_anchor();
        inner(self);
        self.text(bracket);
        if let Some((start, end)) = self.words.last_of(place, bracket) {
            self.touch_bytes(start, end);
        }
        self.close_anchor(id, &[]);
    }

    /// The beginning of a clause or element, behind which its line can end: a comment there stays there, and
    /// none stands above it alone.
    pub(super) fn head(&mut self, body: impl FnOnce(&mut Self)) {
        let id = self.open_anchor();
        body(self);
        if let Some(anchor) = self.anchors.get_mut(id) {
            anchor.head = true;
        }
        self.close_anchor(id, &[]);
    }

    /// The first `sign` from byte `from` on as a head: an opening bracket, the colon before a body.
    pub(super) fn opening(&mut self, from: u32, sign: &'static str) {
        self.head(|l| {
            l.text(sign);
            if let Some((start, end)) = l.words.first_after(from, sign) {
                l.touch_bytes(start, end);
            }
        });
    }

    /// A node at `place` belongs to the innermost open anchor.
    pub(super) fn touch(&mut self, place: Place) {
        self.touch_bytes(place.0.start, place.0.end);
    }

    /// The word `word` after what was seen of the innermost open anchor belongs to it.
    pub(super) fn touch_word_after(&mut self, from: Place, word: &str) {
        if let Some((start, end)) = self.words.first_after(from.0.end, word) {
            self.touch_bytes(start, end);
        }
    }

    fn touch_bytes(&mut self, start: u32, end: u32) {
        if let Some(anchor) = self.around.last().and_then(|id| self.anchors.get_mut(*id)) {
            anchor.start = anchor.start.min(start);
            anchor.end = anchor.end.max(end);
        }
    }

    fn open_anchor(&mut self) -> usize {
        let id = self.anchors.len();
        self.anchors.push(Anchor {
            start: u32::MAX,
            end: 0,
            parent: self.around.last().copied(),
            depth: self.around.len() as u32,
            head: false,
        });
        self.around.push(id);
        self.ops.push(Op::AnchorStart(id));
        id
    }

    fn close_anchor(&mut self, id: usize, keywords: &[&str]) {
        self.ops.push(Op::AnchorEnd(id));
        self.around.pop();
        let Some(anchor) = self.anchors.get_mut(id) else {
            return;
        };
        if anchor.start != u32::MAX {
            anchor.start = self.words.before(anchor.start, keywords);
            let (start, end) = (anchor.start, anchor.end);
            self.touch_bytes(start, end);
        }
    }

    /// Appends the lines, without a line end after the last one.
    pub(super) fn print(&self, attached: &Attached<'_>, out: &mut String) {
        let measure = Measure::new(&self.ops, attached);
        Printer {
            begin: out.len(),
            out,
            column: 0,
            indent: 0,
            at_line_start: true,
            after_comment: false,
            trailing: Vec::new(),
            broken: Vec::new(),
        }
        .print(&self.ops, attached, &measure);
    }
}

/// What is known about each step before printing begins.
struct Measure {
    /// Width on one line of all steps before this one.
    before: Vec<u32>,
    /// For `Open`: width up to the first possible line end after its `Close`.
    reach: Vec<u32>,
    /// For `Open`: it must break.
    forced: Vec<bool>,
}

/// An `Open` whose `Close` has not come.
struct Pending {
    at: usize,
    lines_before: usize,
    /// Possible line ends before the first trailing comment in it.
    lines_before_trailing: Option<usize>,
    forced: bool,
}

impl Measure {
    fn new(ops: &[Op<'_>], attached: &Attached<'_>) -> Self {
        let mut measure = Measure {
            before: Vec::with_capacity(ops.len() + 1),
            reach: vec![0; ops.len()],
            forced: vec![false; ops.len()],
        };
        let mut width = 0;
        for op in ops {
            measure.before.push(width);
            width += flat_width(op);
        }
        measure.before.push(width);
        measure.find_forced(ops, attached);
        measure.find_reach(ops, width);
        measure
    }

    /// A group breaks around a line end that is a must, and around a comment beside one of its lines.
    fn find_forced(&mut self, ops: &[Op<'_>], attached: &Attached<'_>) {
        let mut open: Vec<Pending> = Vec::new();
        let mut lines = 0;
        // A comment waits for the end of its line.
        let mut waiting = false;
        for (at, op) in ops.iter().enumerate() {
            match op {
                Op::Line(_) => {
                    lines += 1;
                    waiting = false;
                }
                Op::Hard => {
                    lines += 1;
                    waiting = false;
                    open.iter_mut().for_each(|group| group.forced = true);
                }
                Op::Open => open.push(Pending {
                    at,
                    lines_before: lines,
                    lines_before_trailing: waiting.then_some(lines),
                    forced: false,
                }),
                Op::Close => {
                    let Some(group) = open.pop() else { continue };
                    let cut = group.lines_before_trailing.is_some_and(|seen| seen < lines);
                    if let Some(forced) = self.forced.get_mut(group.at) {
                        *forced = group.forced || cut;
                    }
                }
                Op::AnchorStart(id) if attached.has_leading(*id) => {
                    for group in &mut open {
                        group.forced |= lines > group.lines_before;
                    }
                }
                Op::AnchorEnd(id) if attached.trailing(*id).is_some() => {
                    waiting = true;
                    for group in &mut open {
                        group.lines_before_trailing.get_or_insert(lines);
                    }
                }
                _ => {}
            }
        }
    }

    fn find_reach(&mut self, ops: &[Op<'_>], width: u32) {
        let mut next_line = width;
        let mut closes = Vec::new();
        for (at, op) in ops.iter().enumerate().rev() {
            match op {
                Op::Line(_) | Op::Hard => next_line = self.before.get(at).copied().unwrap_or(width),
                Op::Close => closes.push(next_line),
                Op::Open => {
                    let reach = closes.pop().unwrap_or(width);
                    if let Some(slot) = self.reach.get_mut(at) {
                        *slot = reach;
                    }
                }
                _ => {}
            }
        }
    }

    fn breaks(&self, at: usize, column: u32) -> bool {
        let get = |row: &[u32]| row.get(at).copied().unwrap_or(0);
        self.forced.get(at).copied().unwrap_or(false)
            || column + get(&self.reach).saturating_sub(get(&self.before)) > WIDTH
    }
}

fn flat_width(op: &Op<'_>) -> u32 {
    match op {
        Op::Text(text) if text.is_ascii() => text.len() as u32,
        Op::Text(text) => text.chars().count() as u32,
        Op::FlatComma => 1,
        Op::Line(text) => text.len() as u32,
        _ => 0,
    }
}

struct Printer<'o, 'c> {
    out: &'o mut String,
    /// Length of `out` before this statement.
    begin: usize,
    column: u32,
    indent: u32,
    at_line_start: bool,
    /// A comment ends this line: what follows begins a new one.
    after_comment: bool,
    /// Comments at this line's end: the first will stand there, others below on lines of their own.
    trailing: Vec<&'c str>,
    broken: Vec<bool>,
}

impl<'c> Printer<'_, 'c> {
    fn print(mut self, ops: &[Op<'_>], attached: &Attached<'c>, measure: &Measure) {
        for (at, op) in ops.iter().enumerate() {
            match op {
                Op::Text(text) => self.text(text),
                Op::FlatComma if self.is_broken() => {}
                Op::FlatComma => self.text(","),
                Op::Line(text) => self.line(text),
                Op::Hard => self.new_line(),
                Op::Open => self.open(at, measure),
                Op::Close => {
                    self.broken.pop();
                }
                Op::Indent => self.indent += STEP,
                Op::Dedent => self.indent = self.indent.saturating_sub(STEP),
                Op::AnchorStart(id) => {
                    for comment in attached.leading(*id) {
                        self.own_line(comment.text, comment.blank_before);
                    }
                }
                Op::AnchorEnd(id) => {
                    if let Some(comment) = attached.trailing(*id) {
                        self.trail(comment);
                    }
                }
            }
        }
        for comment in attached.dangling() {
            self.indent = STEP;
            self.own_line(comment, false);
        }
        self.end_line();
    }

    fn is_broken(&self) -> bool {
        self.broken.last().copied().unwrap_or(true)
    }

    fn open(&mut self, at: usize, measure: &Measure) {
        let fresh = self.at_line_start || self.after_comment;
        let column = match fresh {
            true if self.out.len() == self.begin => self.indent,
            true => self.indent.max(STEP),
            false => self.column,
        };
        let broken = self.is_broken() && measure.breaks(at, column);
        self.broken.push(broken);
    }

    fn line(&mut self, flat: &str) {
        if self.is_broken() || self.after_comment || !self.trailing.is_empty() {
            self.new_line();
        } else {
            self.text(flat);
        }
    }

    fn text(&mut self, text: &str) {
        if self.after_comment {
            self.new_line();
        }
        let text = if self.at_line_start {
            text.trim_start_matches(' ')
        } else {
            text
        };
        if text.is_empty() {
            return;
        }
        if self.at_line_start {
            self.start_line(text);
        }
        self.out.push_str(text);
        self.column += text.chars().count() as u32;
    }

    /// Writes the indentation. Only the keyword and closing brackets may stand in column one.
    fn start_line(&mut self, text: &str) {
        let first = self.out.len() == self.begin;
        let indent = if first || text.starts_with(['}', ']', ')']) {
            self.indent
        } else {
            self.indent.max(STEP)
        };
        self.out.extend(std::iter::repeat_n(' ', indent as usize));
        self.column = indent;
        self.at_line_start = false;
    }

    fn new_line(&mut self) {
        if self.at_line_start {
            return;
        }
        self.end_line();
        self.out.push('\n');
        self.column = 0;
        self.at_line_start = true;
        self.after_comment = false;
    }

    fn end_line(&mut self) {
        let end = self.out.trim_end_matches(' ').len();
        self.out.truncate(end.max(self.begin));
        let mut before = "  ".to_owned();
        for comment in self.trailing.drain(..) {
            self.out.push_str(&before);
            self.out.push_str(comment);
            before = format!("\n{}", " ".repeat(self.indent.max(STEP) as usize));
        }
    }

    fn own_line(&mut self, comment: &str, blank_before: bool) {
        self.new_line();
        if blank_before && self.out.len() > self.begin {
            self.out.push('\n');
        }
        self.text(comment);
        self.after_comment = true;
    }

    fn trail(&mut self, comment: &'c str) {
        if self.at_line_start || self.after_comment {
            self.own_line(comment, false);
        } else {
            self.trailing.push(comment);
        }
    }
}
