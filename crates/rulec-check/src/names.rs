//! Looking names up: own pack, then used ones; longest prefix first; the nearest name for one that is not there.

use compact_str::CompactString;
use rulec_syntax::ast::{Name, Path};
use rulec_syntax::diagnostic::{Code, Diagnostic};
use rulec_syntax::source::Span;

use crate::analysed::{Analysed, PackNames, span_of};
use crate::codes;
use crate::index::{DeclarationId, Kind};

/// Suggestions are sought for so many findings of a run: each looks at every name.
const SUGGESTIONS: usize = 200;

/// Parts of a name that are tried as fields.
const MOST_PARTS: usize = 64;
/// Longer names have no nearest one: comparing two takes the product of their lengths.
const LONGEST: usize = 128;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'n> {
    /// A declaration, and what of the dotted name is left: fields.
    Name(DeclarationId, &'n str),
    /// Two visible packs have it; these two declarations.
    Ambiguous(DeclarationId, DeclarationId),
    /// It belongs to a statement, or may come from a pack, that could not be read.
    Broken,
    /// Nothing.
    Missing,
    /// There is no such pack.
    NoPack,
}

/// `gateway.p2s.pool` and its prefixes at dots, longest first, each with what is left.
pub(crate) fn prefixes(name: &str) -> impl Iterator<Item = (&str, &str)> {
    // No declared name has more parts than this without being a nuisance to its readers.
    let shorter = name
        .rmatch_indices('.')
        .take(MOST_PARTS)
        .map(move |(at, _)| {
            let (head, tail) = name.split_at(at);
            (head, tail.get(1..).unwrap_or_default())
        });
    std::iter::once((name, "")).chain(shorter)
}

impl<'a> Analysed<'a> {
    /// A param, fact or derived fact by a dotted name that may go on with fields.
    pub(crate) fn find_value<'n>(&self, pack: u32, path: &'n Path) -> Found<'n> {
        let Some(own) = self.pack(pack) else {
            return Found::Missing;
        };
        let in_front = path.pack.as_ref();
        if let Some(name) = in_front
            && !self.visible(own).any(|it| it.name == name.text)
        {
            let broken = own.incomplete || own.broken.contains(name.text.as_str());
            return if broken { Found::Broken } else { Found::NoPack };
        }
        // Most packs use no other, and most names are there as they stand.
        if let (None, [_]) = (in_front, own.visible.as_slice())
            && let Some(found) = own.values.get(path.name.text.as_str())
        {
            return Found::Name(*found, "");
        }
        for (head, rest) in prefixes(&path.name.text) {
            let mut hits = self
                .visible(own)
                .filter(|it| in_front.is_none_or(|name| it.name == name.text))
                .filter_map(|it| it.values.get(head).copied());
            match (hits.next(), hits.next()) {
                (Some(first), Some(second)) => return Found::Ambiguous(first, second),
                (Some(first), None) => return Found::Name(first, rest),
                _ if self.is_broken(own, head) => return Found::Broken,
                _ => {}
            }
        }
        if own.incomplete {
            Found::Broken
        } else {
            Found::Missing
        }
    }

    /// A symptom, rule, fix, type or test by its name, `PACK/NAME` included.
    pub(crate) fn find_other<'n>(&self, pack: u32, kind: Kind, name: &'n str) -> Found<'n> {
        let Some(own) = self.pack(pack) else {
            return Found::Missing;
        };
        let mut hits = self.visible(own).filter_map(|it| it.other(kind, name));
        match (hits.next(), hits.next()) {
            (Some(first), Some(second)) => return Found::Ambiguous(first, second),
            (Some(first), None) => return Found::Name(first, ""),
            _ => {}
        }
        if let Some((head, rest)) = name.split_once('/') {
            let owner = self.visible(own).find(|it| it.name == head);
            if let Some(found) = owner.and_then(|it| it.other(kind, rest)) {
                return Found::Name(found, "");
            }
        }
        if own.incomplete || self.is_broken(own, name) {
            return Found::Broken;
        }
        Found::Missing
    }

    fn visible<'s>(&'s self, own: &'s PackNames<'a>) -> impl Iterator<Item = &'s PackNames<'a>> {
        own.visible.iter().filter_map(|number| self.pack(*number))
    }

    fn is_broken(&self, own: &PackNames<'a>, name: &str) -> bool {
        self.visible(own)
            .any(|it| !it.broken.is_empty() && it.broken.contains(name))
    }

    /// The finding for a name of a kind that is not there, with the nearest one that is.
    pub(crate) fn report_missing(
        &mut self,
        code: &'static Code,
        pack: u32,
        what: &str,
        name: &Name,
        kinds: &[Kind],
    ) {
        let finding = code.at(span_of(name), format!("there is no {what} `{}`", name.text));
        let near = self.nearest_declared(pack, &name.text, kinds);
        self.report(suggest(finding, near.as_deref(), span_of(name)));
    }

    /// The finding for a name that two packs have.
    pub(crate) fn report_ambiguous(
        &mut self,
        span: Span,
        name: &str,
        first: DeclarationId,
        second: DeclarationId,
    ) {
        let owner = |id| {
            let declaration = self.index.get(id)?;
            Some(self.pack(declaration.pack)?.name.clone())
        };
        let (one, two) = (
            owner(first).unwrap_or_default(),
            owner(second).unwrap_or_default(),
        );
        let finding = codes::AMBIGUOUS_NAME
            .at(
                span,
                format!("`{name}` is in two packs, `{one}` and `{two}`"),
            )
            .also(self.name_span(first), "one")
            .also(self.name_span(second), "the other")
            .help(format!("write `{one}/{name}` or `{two}/{name}`"));
        self.report(finding);
    }

    /// The visible name that is most like this one.
    pub(crate) fn nearest_declared(
        &self,
        pack: u32,
        name: &str,
        kinds: &[Kind],
    ) -> Option<CompactString> {
        if self.findings.len() > SUGGESTIONS {
            return None;
        }
        let own = self.pack(pack)?;
        let declared =
            self.index.declarations.iter().filter(|it| {
                kinds.contains(&it.kind) && !it.unnamed && own.visible.contains(&it.pack)
            });
        nearest(name, declared.map(|it| it.name.as_str())).map(CompactString::from)
    }
}

impl PackNames<'_> {
    fn other(&self, kind: Kind, name: &str) -> Option<DeclarationId> {
        match kind {
            Kind::Type => self.types.get(name),
            Kind::Symptom => self.symptoms.get(name),
            Kind::Rule => self.rules.get(name),
            Kind::Fix => self.fixes.get(name),
            Kind::Test => self.tests.get(name),
            Kind::Param | Kind::Fact | Kind::Let => self.values.get(name),
        }
        .copied()
    }
}

/// The candidate that differs least, if it differs little; the first in order of name of equal ones.
pub fn nearest<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > LONGEST {
        return None;
    }
    let limit = (name.chars().count() / 3).clamp(1, 4);
    candidates
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= 3 * limit)
        .filter_map(|candidate| {
            let distance = if candidate.eq_ignore_ascii_case(name) {
                0
            } else {
                strsim::damerau_levenshtein(name, candidate)
            };
            (distance <= limit).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Adds "did you mean" with its repair.
pub(crate) fn suggest(finding: Diagnostic, near: Option<&str>, span: Span) -> Diagnostic {
    match near {
        Some(near) => finding.help(format!("did you mean `{near}`?")).repair(
            format!("write `{near}`"),
            span,
            near,
        ),
        None => finding,
    }
}
