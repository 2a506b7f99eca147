//! First step: which packs belong to the program, and which names each of them declares.

use compact_str::CompactString;
use rulec_syntax::ast::{File, Item, Name, Pack, Statement};
use rulec_syntax::source::{Sources, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysed::{Analysed, PackNames, described, span_of};
use crate::codes;
use crate::index::{Declaration, DeclarationId, Index, Kind};
use crate::input::{Input, PackInput};
use crate::order::shortest_circle;

/// The packs of the program with all names that they declare.
pub(crate) fn declare<'a>(input: &'a Input, sources: &'a Sources) -> Analysed<'a> {
    let mut analysed = Analysed {
        sources,
        packs: Vec::new(),
        index: Index::default(),
        statements: Vec::new(),
        types: Vec::new(),
        findings: Vec::new(),
        repeated: 0,
        fields: rustc_hash::FxHashMap::default(),
    };
    gather_packs(input, &mut analysed);
    analysed.reserve();
    for number in 0..analysed.packs.len() {
        declare_pack(&mut analysed, number);
    }
    check_circular_uses(&mut analysed);
    analysed
}

/// The name of a pack: what its statement says, else that of its folder.
fn pack_name(pack: &PackInput) -> CompactString {
    match pack.name() {
        Some(name) => name.text.clone(),
        None => CompactString::from(pack.name_hint.as_str()),
    }
}

/// Roots first, then what they use, each once, by name.
fn gather_packs<'a>(input: &'a Input, analysed: &mut Analysed<'a>) {
    let mut by_name: FxHashMap<CompactString, usize> = FxHashMap::default();
    for (at, pack) in input.packs.iter().enumerate() {
        let name = pack_name(pack);
        match by_name.get(&name) {
            None => {
                by_name.insert(name, at);
            }
            Some(first) => report_two_packs(analysed, input.packs.get(*first), pack, &name),
        }
    }
    let mut reached: FxHashSet<usize> = (0..input.roots.min(input.packs.len())).collect();
    let mut open: Vec<usize> = reached.iter().copied().collect();
    while let Some(at) = open.pop() {
        for used in input.packs.get(at).into_iter().flat_map(PackInput::uses) {
            if let Some(found) = by_name.get(&used.text)
                && reached.insert(*found)
            {
                open.push(*found);
            }
        }
    }
    let mut order: Vec<usize> = reached.into_iter().collect();
    order.sort_by_cached_key(|at| {
        let used = *at >= input.roots;
        let name = input.packs.get(*at).filter(|_| used).map(pack_name);
        (used, name, *at)
    });
    for at in order {
        if let Some(pack) = input.packs.get(at) {
            analysed.packs.push(names_of(pack));
        }
    }
}

fn report_two_packs(
    analysed: &mut Analysed<'_>,
    first: Option<&PackInput>,
    second: &PackInput,
    name: &str,
) {
    let place = |pack: &PackInput| {
        pack.name()
            .map(span_of)
            .or_else(|| pack.files.first().map(|file| Span::new(file.id, 0, 0)))
            .unwrap_or_default()
    };
    let mut finding = codes::DUPLICATE_PACK
        .at(place(second), format!("two packs are called `{name}`"))
        .help("give each pack its own name, and load each in one version only");
    if let Some(first) = first {
        finding = finding.also(place(first), "the other one");
    }
    analysed.report(finding);
}

fn names_of(input: &PackInput) -> PackNames<'_> {
    PackNames {
        input,
        name: pack_name(input),
        statement: None,
        visible: Vec::new(),
        incomplete: false,
        lost: false,
        broken: FxHashSet::default(),
        values: FxHashMap::default(),
        types: FxHashMap::default(),
        symptoms: FxHashMap::default(),
        rules: FxHashMap::default(),
        fixes: FxHashMap::default(),
        tests: FxHashMap::default(),
    }
}

fn declare_pack(analysed: &mut Analysed<'_>, number: usize) {
    let Some(input) = analysed.packs.get(number).map(|pack| pack.input) else {
        return;
    };
    let pack = u32::try_from(number).unwrap_or(u32::MAX);
    let mut used: Vec<&Name> = Vec::new();
    for (file_number, file) in (0u32..).zip(&input.files) {
        note_broken(analysed, number, &file.tree);
        for (at, statement) in (0u32..).zip(&file.tree.statements) {
            match &statement.item {
                Item::Pack(it) => note_pack(analysed, number, statement, it),
                Item::Use(it) => used.push(&it.name),
                _ => declare_statement(analysed, pack, (file_number, at), statement),
            }
        }
    }
    see_used(analysed, number, &used);
}

/// Names of statements that could not be read.
fn note_broken<'a>(analysed: &mut Analysed<'a>, number: usize, tree: &'a File) {
    let Some(pack) = analysed.packs.get_mut(number) else {
        return;
    };
    pack.lost |= tree.faulty;
    for lost in &tree.lost {
        pack.lost = true;
        match &lost.name {
            Some(name) if lost.keyword != "use" => {
                pack.broken.insert(name.text.as_str());
            }
            _ => pack.incomplete = true,
        }
    }
}

fn note_pack<'a>(
    analysed: &mut Analysed<'a>,
    number: usize,
    statement: &'a Statement,
    pack: &'a Pack,
) {
    let Some(names) = analysed.packs.get_mut(number) else {
        return;
    };
    match names.statement {
        None => names.statement = Some(statement),
        Some(first) => {
            let finding = codes::DUPLICATE_PACK
                .at(span_of(&pack.name), "a second `pack` statement in one pack")
                .also(first.place.0, "the first one")
                .help("all files of a folder are one pack: keep one `pack` statement");
            analysed.report(finding);
            return;
        }
    }
    if let Some(language) = &pack.language
        && language.text != "1"
    {
        let message = format!("language `{}` is not known", language.text);
        analysed.report(
            codes::UNKNOWN_LANGUAGE
                .at(language.place.0, message)
                .help("this version reads language 1"),
        );
    }
}

fn declare_statement<'a>(
    analysed: &mut Analysed<'a>,
    pack: u32,
    at: (u32, u32),
    statement: &'a Statement,
) {
    let (kind, name, span): (Kind, &'a str, Span) = match &statement.item {
        Item::Param(it) => (Kind::Param, &it.name.text, span_of(&it.name)),
        Item::Type(it) => (Kind::Type, &it.name.text, span_of(&it.name)),
        Item::Fact(it) => (Kind::Fact, &it.name.text, span_of(&it.name)),
        Item::Let(it) => (Kind::Let, &it.name.text, span_of(&it.name)),
        Item::Symptom(it) => (Kind::Symptom, &it.name.text, span_of(&it.name)),
        Item::Fix(it) => (Kind::Fix, &it.name.text, span_of(&it.name)),
        Item::Test(it) => (Kind::Test, &it.name.text, it.name.place.0),
        Item::Rule(it) => match &it.name {
            Some(name) => (Kind::Rule, &name.text, span_of(name)),
            None => (Kind::Rule, "", statement.place.0),
        },
        Item::Pack(_) | Item::Use(_) | Item::Assume(_) => return,
    };
    let title = described(&statement.doc).0.map(CompactString::from);
    let declaration = Declaration {
        kind,
        name: CompactString::from(name),
        pack,
        name_span: span,
        span: statement.place.0,
        statement: Some(at),
        unnamed: name.is_empty() && kind == Kind::Rule,
        title,
    };
    let unnamed = declaration.unnamed;
    let id = analysed.declare(declaration, Some(statement));
    if !unnamed {
        enter(analysed, pack, kind, name, id);
    }
}

/// Enters a name in the table of its kind; the first of two keeps it.
pub(crate) fn enter<'a>(
    analysed: &mut Analysed<'a>,
    pack: u32,
    kind: Kind,
    name: &'a str,
    id: DeclarationId,
) {
    let Some(names) = analysed.packs.get_mut(pack as usize) else {
        return;
    };
    let before = match kind {
        Kind::Param | Kind::Fact | Kind::Let => insert(&mut names.values, name, id),
        Kind::Type => insert(&mut names.types, name, id),
        Kind::Symptom => insert(&mut names.symptoms, name, id),
        Kind::Test => insert(&mut names.tests, name, id),
        Kind::Rule => insert(&mut names.rules, CompactString::from(name), id),
        Kind::Fix => insert(&mut names.fixes, CompactString::from(name), id),
    };
    if let Some(first) = before {
        report_duplicate(analysed, kind, name, first, id);
    }
}

fn insert<K: std::hash::Hash + Eq>(
    table: &mut FxHashMap<K, DeclarationId>,
    name: K,
    id: DeclarationId,
) -> Option<DeclarationId> {
    match table.entry(name) {
        std::collections::hash_map::Entry::Vacant(free) => {
            free.insert(id);
            None
        }
        std::collections::hash_map::Entry::Occupied(taken) => Some(*taken.get()),
    }
}

/// Two declarations of one name in one pack.
pub(crate) fn report_duplicate(
    analysed: &mut Analysed<'_>,
    kind: Kind,
    name: &str,
    first: DeclarationId,
    second: DeclarationId,
) {
    let declaration = |id| analysed.index.get(id);
    let other = declaration(first).map_or(kind, |it| it.kind);
    let unnamed = [first, second]
        .iter()
        .any(|id| declaration(*id).is_some_and(|it| it.unnamed));
    let help = if unnamed {
        format!(
            "it is called by its words: give one of them a name of its own (`{} NAME:`)",
            kind.keyword()
        )
    } else {
        "rename one of them".to_owned()
    };
    let message = if other == kind {
        format!("two {}s are called `{name}`", kind.name())
    } else {
        format!("`{name}` is already a {}", other.name())
    };
    let finding = codes::DUPLICATE_NAME
        .at(analysed.name_span(second), message)
        .also(analysed.name_span(first), "the first one")
        .help(help);
    analysed.report(finding);
}

fn see_used(analysed: &mut Analysed<'_>, number: usize, used: &[&Name]) {
    let own = u32::try_from(number).unwrap_or(u32::MAX);
    let mut seen: Vec<(CompactString, u32)> = Vec::new();
    let mut incomplete = false;
    for name in used {
        let found = (0u32..)
            .zip(&analysed.packs)
            .find(|(_, pack)| pack.name == name.text);
        match found {
            Some((at, pack)) if at != own => {
                let entry = (pack.name.clone(), at);
                if !seen.contains(&entry) {
                    seen.push(entry);
                }
            }
            Some(_) => analysed.report(
                codes::CIRCULAR_USE.at(span_of(name), format!("pack `{}` uses itself", name.text)),
            ),
            None => {
                incomplete = true;
                analysed.report(
                    codes::UNKNOWN_PACK
                        .at(span_of(name), format!("there is no pack `{}`", name.text))
                        .help(format!(
                            "packs are looked up beside this pack's folder (as `{}`), then in `--packs DIR`",
                            name.text.replace('.', "-")
                        )),
                );
            }
        }
    }
    seen.sort();
    if let Some(pack) = analysed.packs.get_mut(number) {
        pack.visible = std::iter::once(own)
            .chain(seen.into_iter().map(|(_, at)| at))
            .collect();
        pack.incomplete |= incomplete;
    }
}

/// Packs that use each other; each circle is said once, at the first of its packs.
fn check_circular_uses(analysed: &mut Analysed<'_>) {
    let uses = |pack: u32| -> Vec<(u32, Span)> {
        let Some(own) = analysed.pack(pack) else {
            return Vec::new();
        };
        let used = own.visible.iter().skip(1).filter_map(|other| {
            let name = &analysed.pack(*other)?.name;
            let place = own.input.uses().find(|it| it.text == *name)?;
            Some((*other, span_of(place)))
        });
        used.collect()
    };
    let mut said: FxHashSet<u32> = FxHashSet::default();
    let mut findings = Vec::new();
    for first in (0u32..).take(analysed.packs.len()) {
        let circle = shortest_circle(first, uses);
        if circle.is_empty() || circle.iter().any(|(pack, _)| said.contains(pack)) {
            continue;
        }
        said.extend(circle.iter().map(|(pack, _)| *pack));
        let name = |pack: u32| {
            analysed
                .pack(pack)
                .map(|it| it.name.clone())
                .unwrap_or_default()
        };
        let mut path: Vec<String> = circle
            .iter()
            .map(|(pack, _)| format!("`{}`", name(*pack)))
            .collect();
        path.push(format!("`{}`", name(first)));
        let span = circle.first().map(|(_, span)| *span).unwrap_or_default();
        let mut finding = codes::CIRCULAR_USE
            .at(
                span,
                format!("packs use each other in a circle: {}", path.join(" → ")),
            )
            .help("put what both need into a third pack");
        for (pack, span) in circle.iter().skip(1) {
            finding = finding.also(*span, format!("a `use` of `{}`", name(*pack)));
        }
        findings.push(finding);
    }
    for finding in findings {
        analysed.report(finding);
    }
}
