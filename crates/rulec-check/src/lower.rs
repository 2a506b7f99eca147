//! From names, types and order to a [`Program`]: everything numbered and sorted, sugar gone.
//!
//! Each step reads all that it can, whatever failed before it; the program counts only if nothing was wrong.

mod assumes;
mod cases;
mod fixes;
mod precedence;
mod rules;
mod symptoms;
mod values;

use compact_str::CompactString;
use rulec_program::program::{Locale, Named, Pack, PackId, Program};
use rulec_syntax::ast::{Item, Statement};

use crate::analysed::{Analysed, described};
use crate::index::DeclarationId;
use crate::infer::{Reader, Room};
use crate::order::order_values;
use crate::tests::TestCase;

pub(crate) use rules::RuleParts;
pub(crate) use symptoms::Claims;

/// A program in the making.
pub(crate) struct Lowering<'a> {
    pub analysed: Analysed<'a>,
    pub room: Room,
    pub program: Program,
    /// Per declaration: its number in its table of the program.
    pub numbers: Vec<Option<u32>>,
    pub claims: Claims,
}

/// What lowering gives.
pub(crate) struct Lowered<'a> {
    pub analysed: Analysed<'a>,
    pub room: Room,
    pub program: Program,
    pub tests: Vec<TestCase>,
}

/// Reads all statements into a program and its tests.
pub(crate) fn lower(mut analysed: Analysed<'_>) -> Lowered<'_> {
    let order = order_values(&mut analysed);
    let room = Room::for_texts(analysed.bytes());
    let mut lowering = Lowering {
        analysed,
        room,
        program: Program::default(),
        numbers: Vec::new(),
        claims: Claims::default(),
    };
    lowering.packs();
    lowering.values(&order);
    lowering.assumes();
    lowering.declared_symptoms();
    let rules = lowering.rule_parts();
    lowering.number_symptoms();
    lowering.fixes(&rules);
    lowering.rules(rules);
    let tests = lowering.tests();
    let Lowering {
        analysed,
        mut room,
        mut program,
        ..
    } = lowering;
    program.nodes = std::mem::take(&mut room.nodes);
    Lowered {
        analysed,
        room,
        program,
        tests,
    }
}

impl<'a> Lowering<'a> {
    fn packs(&mut self) {
        for pack in &self.analysed.packs {
            let (version, title) = match pack.statement {
                Some(Statement {
                    item: Item::Pack(it),
                    doc,
                    ..
                }) => (it.version.text.clone(), described(doc).0),
                _ => (CompactString::const_new("0.0.0"), None),
            };
            self.program.packs.push(Pack {
                name: pack.name.clone(),
                version,
                title,
            });
        }
        self.locales();
        let sources = self.analysed.sources;
        let mut files: Vec<(&str, u32)> = self
            .analysed
            .packs
            .iter()
            .flat_map(|pack| &pack.input.files)
            .map(|file| {
                (
                    sources.get(file.id).map_or("", |it| it.path.as_str()),
                    file.id.0,
                )
            })
            .collect();
        files.sort_unstable();
        let most = files
            .iter()
            .map(|(_, id)| *id as usize + 1)
            .max()
            .unwrap_or(0);
        self.room.files = vec![0; most];
        for (number, (path, id)) in (0u32..).zip(files) {
            self.program.files.push(path.to_owned());
            if let Some(slot) = self.room.files.get_mut(id as usize) {
                *slot = number;
            }
        }
    }

    /// Translations: each locale has one resource a pack, empty where the pack has none.
    fn locales(&mut self) {
        let sources = self.analysed.sources;
        let packs = &self.analysed.packs;
        let all = packs.iter().flat_map(|pack| &pack.input.locales);
        let names: std::collections::BTreeSet<&str> =
            all.map(|file| file.locale.as_str()).collect();
        for name in names {
            let resources = packs.iter().map(|pack| {
                let own = pack.input.locales.iter().filter(|file| file.locale == name);
                let texts: Vec<&str> = own
                    .filter_map(|file| sources.get(file.id))
                    .map(|it| it.text.strip_prefix('\u{feff}').unwrap_or(&it.text))
                    .collect();
                texts.join("\n")
            });
            let resources = resources.collect();
            self.program.locales.push(Locale {
                name: name.into(),
                resources,
            });
        }
    }

    /// The expressions of a statement are read by this.
    pub(crate) fn reader(&mut self, pack: u32, owner: Option<DeclarationId>) -> Reader<'_, 'a> {
        Reader::new(&mut self.analysed, &mut self.room, pack, owner)
    }

    /// The name under which the program keeps a declaration.
    pub(crate) fn named(&self, id: DeclarationId) -> Named {
        let declaration = self.analysed.index.get(id);
        let statement = self
            .analysed
            .statements
            .get(id.0 as usize)
            .copied()
            .flatten();
        let unnamed = declaration.is_some_and(|it| it.unnamed);
        let (title, description) = match statement.filter(|_| !unnamed || self.is_rule(id)) {
            Some(statement) => described(&statement.doc),
            None => (None, None),
        };
        Named {
            name: declaration.map(|it| it.name.clone()).unwrap_or_default(),
            pack: PackId(declaration.map_or(0, |it| it.pack)),
            title,
            description,
            place: self
                .room
                .place(declaration.map(|it| it.span).unwrap_or_default()),
        }
    }

    fn is_rule(&self, id: DeclarationId) -> bool {
        self.analysed
            .index
            .get(id)
            .is_some_and(|it| it.kind == crate::index::Kind::Rule)
    }

    /// Numbers declarations in the order of name and pack; gives them in that order.
    pub(crate) fn number(&mut self, mut ids: Vec<DeclarationId>) -> Vec<DeclarationId> {
        self.sort_by_name(&mut ids);
        for (number, id) in (0u32..).zip(&ids) {
            self.set_number(*id, number);
        }
        ids
    }

    /// Sorts declarations by name and the name of their pack.
    pub(crate) fn sort_by_name(&self, ids: &mut Vec<DeclarationId>) {
        let index = &self.analysed.index;
        let packs = &self.program.packs;
        let key = |id: DeclarationId| {
            let it = index.get(id)?;
            Some((it.name.as_str(), packs.get(it.pack as usize)?.name.as_str()))
        };
        // Most names differ in their first bytes, and comparing those looks nothing up.
        let begins = |id: DeclarationId| {
            let mut bytes = [0; 16];
            let name = index.get(id).map_or("", |it| it.name.as_str());
            (bytes.iter_mut().zip(name.as_bytes())).for_each(|(to, from)| *to = *from);
            u128::from_be_bytes(bytes)
        };
        let mut keyed: Vec<_> = ids.iter().map(|id| (begins(*id), *id)).collect();
        keyed.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| key(*one).cmp(&key(*other))));
        ids.clear();
        ids.extend(keyed.into_iter().map(|(_, id)| id));
    }

    pub(crate) fn set_number(&mut self, id: DeclarationId, number: u32) {
        let at = id.0 as usize;
        if self.numbers.len() <= at {
            self.numbers
                .resize(self.analysed.index.declarations.len().max(at + 1), None);
        }
        if let Some(slot) = self.numbers.get_mut(at) {
            *slot = Some(number);
        }
    }

    /// What was made of `count` numbered declarations, in the order of their numbers.
    pub(crate) fn in_order<T>(&self, count: usize, made: Vec<(DeclarationId, T)>) -> Vec<T> {
        let mut slots: Vec<Option<T>> = std::iter::repeat_with(|| None).take(count).collect();
        for (id, it) in made {
            let number = self.number_of(id).unwrap_or_default();
            if let Some(slot) = slots.get_mut(number as usize) {
                *slot = Some(it);
            }
        }
        slots.into_iter().flatten().collect()
    }

    pub(crate) fn number_of(&self, id: DeclarationId) -> Option<u32> {
        self.numbers.get(id.0 as usize).copied().flatten()
    }
}
