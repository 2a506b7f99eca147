//! `from` clauses: the kind's own arguments, paths and result against what a fact says.

use compact_str::CompactString;
use rulec_facts::literal;
use rulec_facts::path::{Level, PathLanguage, check_path};
use rulec_facts::source::{
    self, Argument as Row, ArgumentValue as Wants, Locator, Presence, SourceKind, Yields,
};
use rulec_facts::types::Type;
use rulec_program::node::NodeId;
use rulec_program::program::{Piece, Source as SourceNode, Template};
use rulec_syntax::ast::{
    Argument, ArgumentValue, Fact, Item, LiteralKind, Name, Source, Text, TypeExpr, TypeKind,
};
use rulec_syntax::source::Span;

use crate::analysed::{Analysed, span_of};
use crate::codes;
use crate::index::Kind;
use crate::infer::{Holes, Reader, Variable};
use crate::names::{Found, nearest, suggest};
use crate::types::{error_type, is_error, shown};

impl<'a> Reader<'_, 'a> {
    /// The sources of a fact, in order.
    pub(crate) fn sources(&mut self, fact: &'a Fact, ty: &Type) -> Vec<SourceNode> {
        fact.sources
            .iter()
            .map(|it| self.source(it, fact, ty))
            .collect()
    }

    fn source(&mut self, written: &'a Source, fact: &'a Fact, ty: &Type) -> SourceNode {
        let row = self.row(written);
        let each = self.each_in(written);
        let list = each.as_ref().map(|(node, _)| *node);
        if let Some((_, variable)) = each {
            self.variables.push(variable);
        }
        let locator = written
            .locator
            .as_ref()
            .map(|it| self.template(it, Holes::Locator));
        let on = written
            .on
            .as_ref()
            .map(|it| self.template(it, Holes::Locator));
        let mut arguments: Vec<(CompactString, Vec<Template>)> = written
            .arguments
            .iter()
            .map(|it| {
                (
                    it.name.text.clone(),
                    it.values.iter().map(|it| self.argument_value(it)).collect(),
                )
            })
            .collect();
        arguments.sort_by(|a, b| a.0.cmp(&b.0));
        self.variables.clear();
        if let Some(row) = row {
            self.check_locator(row, written);
            self.check_arguments(row, written);
            self.check_at(row, written);
            self.check_result(row, written, fact, ty);
            let mut seen = Vec::new();
            field_paths(self.analysed, self.pack, &fact.ty, row.path, &mut seen);
        }
        SourceNode {
            system: written.system.text.clone(),
            kind: written.kind.text.clone(),
            locator,
            arguments,
            each: list,
            on,
            at: written.at.as_ref().map(|it| it.text.to_string()),
            place: self.room.place(written.place.0),
        }
    }

    fn argument_value(&mut self, value: &ArgumentValue) -> Template {
        let text = match value {
            ArgumentValue::Text(text) => return self.template(text, Holes::Locator),
            ArgumentValue::Literal(it) => it.text.to_string(),
            ArgumentValue::Word(it) => it.text.to_string(),
        };
        Template {
            pieces: vec![Piece::Text(text)],
        }
    }

    /// The list of `each x in LIST`, and its variable.
    fn each_in(&mut self, written: &'a Source) -> Option<(NodeId, Variable<'a>)> {
        let (name, list) = written.each.as_ref()?;
        let span = span_of(&list.name);
        let read = self.path(list, span, None);
        let member = match read.ty.member() {
            Some(member) => member.clone(),
            None => {
                if !is_error(&read.ty) {
                    let message = format!(
                        "`{}` runs over a list or set, found {}",
                        name.text,
                        shown(&read.ty)
                    );
                    self.analysed.report(codes::TYPE_MISMATCH.at(span, message));
                }
                error_type()
            }
        };
        let variable = Variable {
            name: &name.text,
            ty: member,
            origin: None,
        };
        Some((read.node, variable))
    }

    fn row(&mut self, written: &Source) -> Option<&'static SourceKind> {
        let (system, kind) = (&written.system, &written.kind);
        let described = self.described();
        let known = || source::all().chain(described.iter().copied());
        let row = known().find(|it| it.system == system.text && it.kind == kind.text);
        if row.is_some() {
            return row;
        }
        let mut systems = source::systems().to_vec();
        systems.extend(described.iter().map(|it| it.system));
        systems.dedup();
        let finding = if systems.contains(&system.text.as_str()) {
            let kinds = || {
                known()
                    .filter(|it| it.system == system.text)
                    .map(|it| it.kind)
            };
            let message = format!("`{}` has no kind of source `{}`", system.text, kind.text);
            let finding = codes::UNKNOWN_SOURCE.at(span_of(kind), message);
            match nearest(&kind.text, kinds()) {
                Some(near) => suggest(finding, Some(near), span_of(kind)),
                None => finding.help(format!("its kinds are {}", quoted_list(kinds()))),
            }
        } else {
            let message = format!("there is no source `{}`", system.text);
            let finding = codes::UNKNOWN_SOURCE.at(span_of(system), message);
            match nearest(&system.text, systems.iter().copied()) {
                Some(near) => suggest(finding, Some(near), span_of(system)),
                None => finding.help(format!(
                    "facts come from {}, and from plug-ins whose description lies in the pack: `sources/{}.json`",
                    quoted_list(systems.iter().copied()),
                    system.text
                )),
            }
        };
        self.analysed.report(finding);
        None
    }

    /// Kinds that plug-ins add to the pack, or to one that it uses.
    fn described(&self) -> Vec<&'static SourceKind> {
        let packs = &self.analysed.packs;
        let own = packs.get(self.pack as usize);
        let visible = own.into_iter().flat_map(|it| &it.visible);
        let visible = visible.filter_map(|it| packs.get(*it as usize));
        visible
            .flat_map(|it| it.input.kinds.iter().copied())
            .collect()
    }

    fn bad_argument(&mut self, span: Span, message: String, help: String) {
        self.analysed
            .report(codes::BAD_SOURCE_ARGUMENT.at(span, message).help(help));
    }

    fn check_locator(&mut self, row: &SourceKind, written: &Source) {
        let example = format!("as in `{}`", row.example);
        match (row.locator, &written.locator) {
            (Locator::None, Some(text)) => {
                let message = format!("nothing stands in quotes after `{}`", row.name());
                self.bad_argument(text.place.0, message, example);
            }
            (Locator::Required(what), None) => {
                let message = format!("`{}` needs a locator in quotes: {what}", row.name());
                self.bad_argument(span_of(&written.kind), message, example);
            }
            (Locator::OneOf(known), None) => {
                let message = format!(
                    "`{}` needs one of {}",
                    row.name(),
                    quoted_list(known.iter().copied())
                );
                self.bad_argument(span_of(&written.kind), message, example);
            }
            (Locator::OneOf(known), Some(text))
                if !known.iter().any(|it| it.eq_ignore_ascii_case(&text.text)) =>
            {
                let message = format!(
                    "`{}` does not take {}",
                    row.name(),
                    literal::quoted(&text.text)
                );
                let help = format!("it takes {}", quoted_list(known.iter().copied()));
                self.bad_argument(text.place.0, message, help);
            }
            _ => {}
        }
        if let (Some((name, _)), false) = (&written.each, row.each) {
            let message = format!("`{}` is not asked for each element of a list", row.name());
            self.bad_argument(span_of(name), message, "leave `each … in …` out".to_owned());
        }
    }

    fn check_arguments(&mut self, row: &SourceKind, written: &Source) {
        let mut unknown = false;
        for (at, argument) in written.arguments.iter().enumerate() {
            let Some(known) = row.argument(&argument.name.text) else {
                self.unknown_argument(row, &argument.name);
                unknown = true;
                continue;
            };
            let before = written
                .arguments
                .iter()
                .take(at)
                .find(|it| it.name.text == argument.name.text);
            if before.is_some() {
                let message = format!("`{}` stands twice", argument.name.text);
                self.bad_argument(
                    span_of(&argument.name),
                    message,
                    "leave one of them out".to_owned(),
                );
            }
            self.check_argument(known, argument);
        }
        // A word that is not known is probably the one that is missing.
        for known in row.arguments.iter().filter(|it| it.required && !unknown) {
            if !written
                .arguments
                .iter()
                .any(|it| it.name.text == known.word)
            {
                let message = format!("`{}` needs `{}`: {}", row.name(), known.word, known.about);
                self.bad_argument(written.place.0, message, format!("as in `{}`", row.example));
            }
        }
    }

    fn unknown_argument(&mut self, row: &SourceKind, name: &Name) {
        let words = || row.arguments.iter().map(|it| it.word);
        let message = format!("`{}` has no argument `{}`", row.name(), name.text);
        let finding = codes::BAD_SOURCE_ARGUMENT.at(span_of(name), message);
        let finding = match nearest(&name.text, words()) {
            Some(near) => suggest(finding, Some(near), span_of(name)),
            None if row.arguments.is_empty() => finding.help("it takes none"),
            None => finding.help(format!("its arguments are {}", quoted_list(words()))),
        };
        self.analysed.report(finding);
    }

    fn check_argument(&mut self, row: &Row, written: &Argument) {
        let one = match written.values.as_slice() {
            [one] => Some(one),
            _ => None,
        };
        let number = |value: &ArgumentValue| match value {
            ArgumentValue::Literal(it) => literal::int(&it.text).is_ok_and(|it| it >= 1),
            _ => false,
        };
        let (good, wants) = match row.value {
            Wants::Flag => (written.values.is_empty(), "stands alone".to_owned()),
            Wants::Text => (
                matches!(one, Some(ArgumentValue::Text(_))),
                "takes one text in quotes".to_owned(),
            ),
            Wants::Number => (
                one.is_some_and(number),
                "takes one number from 1".to_owned(),
            ),
            Wants::Numbers => (
                !written.values.is_empty() && written.values.iter().all(number),
                "takes numbers from 1, with commas".to_owned(),
            ),
            Wants::Duration => (
                matches!(one, Some(ArgumentValue::Literal(it)) if it.kind == LiteralKind::Duration),
                "takes a duration: `7d`".to_owned(),
            ),
            Wants::OneOf(words) => {
                let given = match one {
                    Some(ArgumentValue::Word(it)) => Some(it.text.as_str()),
                    Some(ArgumentValue::Text(it)) => Some(it.text.as_str()),
                    _ => None,
                };
                let known = given
                    .is_some_and(|given| words.iter().any(|it| it.eq_ignore_ascii_case(given)));
                (
                    known,
                    format!("takes one of {}", quoted_list(words.iter().copied())),
                )
            }
        };
        if !good {
            let message = format!("`{}` {wants}", row.word);
            self.bad_argument(span_of(&written.name), message, row.about.to_owned());
        }
    }

    fn check_at(&mut self, row: &SourceKind, written: &Source) {
        match (&written.at, row.at) {
            (Some(at), Presence::Never) => {
                let message = format!("`{}` has no `at`", row.name());
                self.bad_argument(
                    at.place.0,
                    message,
                    "its records have their fields by name".to_owned(),
                );
            }
            (Some(at), _) => {
                if let Err(message) = check_path(row.path, Level::Fact, &at.text) {
                    let help = row.path.describe();
                    self.analysed
                        .report(codes::BAD_PATH.at(at.place.0, message).help(help));
                }
            }
            (None, Presence::Required) => {
                let message = format!("`{}` needs `at`: {}", row.name(), row.path.describe());
                self.bad_argument(written.place.0, message, format!("as in `{}`", row.example));
            }
            (None, _) => {}
        }
    }

    fn check_result(&mut self, row: &SourceKind, written: &Source, fact: &Fact, ty: &Type) {
        // Of what a path selects the plug-in says nothing.
        let selected = matches!(row.result, Yields::Described(_)) && written.at.is_some();
        if is_error(ty) || selected {
            return;
        }
        let newest = written.arguments.iter().find(|it| it.name.text == "newest");
        let newest = newest.and_then(|it| match it.values.as_slice() {
            [ArgumentValue::Literal(it)] => it.text.parse::<u64>().ok(),
            _ => None,
        });
        if let Err(fitting) = row.fits(ty, newest, written.each.is_some()) {
            let types: Vec<String> = fitting
                .iter()
                .map(|it| format!("`{}`", shown(it)))
                .collect();
            let wants = match types.as_slice() {
                [] => "a list or set".to_owned(),
                all => all.join(" or "),
            };
            let message = format!(
                "`{}` yields {wants}, the fact is declared as {}",
                row.name(),
                shown(ty)
            );
            let finding = codes::TYPE_MISMATCH
                .at(fact.ty.place.0, message)
                .also(written.place.0, "this source");
            self.analysed.report(finding);
        }
    }
}

/// Paths of the fields of a fact's record, in the language of its source.
fn field_paths(
    analysed: &mut Analysed<'_>,
    pack: u32,
    ty: &TypeExpr,
    language: PathLanguage,
    seen: &mut Vec<Span>,
) {
    match &ty.kind {
        TypeKind::List(member) | TypeKind::Set(member) => {
            field_paths(analysed, pack, member, language, seen)
        }
        TypeKind::Named(name) => {
            let Found::Name(id, _) = analysed.find_other(pack, Kind::Type, &name.text) else {
                return;
            };
            let owner = analysed.index.get(id).map(|it| it.pack);
            if let (Some(Item::Type(def)), Some(owner)) = (analysed.item(id), owner)
                && !seen.contains(&def.ty.place.0)
            {
                seen.push(def.ty.place.0);
                field_paths(analysed, owner, &def.ty, language, seen);
            }
        }
        TypeKind::Record(fields) => {
            for field in fields {
                if let Some(at) = &field.at {
                    check_field_path(analysed, at, language);
                }
                field_paths(analysed, pack, &field.ty, language, seen);
            }
        }
        _ => {}
    }
}

fn check_field_path(analysed: &mut Analysed<'_>, at: &Text, language: PathLanguage) {
    let Err(message) = check_path(language, Level::Field, &at.text) else {
        return;
    };
    let said = analysed
        .findings
        .iter()
        .any(|it| it.code == &codes::BAD_PATH && it.span == at.place.0);
    if !said {
        analysed.report(
            codes::BAD_PATH
                .at(at.place.0, message)
                .help(language.describe()),
        );
    }
}

fn quoted_list<'t>(all: impl Iterator<Item = &'t str>) -> String {
    let all: Vec<String> = all.map(|it| format!("`{it}`")).collect();
    all.join(", ")
}
