//! What a program consists of. Everything is sorted by (name, pack) so that numbers do not depend on files.

use compact_str::CompactString;
use rulec_facts::code::Code;
use rulec_facts::types::Type;
use rulec_facts::value::Partial;
use serde::{Deserialize, Serialize};

use crate::node::{LetId, NodeId, Nodes, Place, SlotId};

/// Number of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PackId(pub u32);
/// Number of a symptom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SymptomId(pub u32);
/// Number of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleId(pub u32);
/// Number of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FixId(pub u32);

/// A program: root packs and what they use, each once (U1).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Program {
    /// Packs; the first is the root one.
    pub packs: Vec<Pack>,
    /// Paths of the rule files, for places.
    pub files: Vec<String>,
    /// `now`, params and source facts, sorted by name.
    pub slots: Vec<Slot>,
    /// Derived facts, each after those that it names.
    pub lets: Vec<Let>,
    /// Sorted by name.
    pub symptoms: Vec<Symptom>,
    /// Sorted by name.
    pub rules: Vec<Rule>,
    /// Sorted by name.
    pub fixes: Vec<Fix>,
    /// In order of file and place.
    pub assumes: Vec<Assume>,
    /// All expressions.
    pub nodes: Nodes,
    /// Translations.
    pub locales: Vec<Locale>,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// `azure.p2s`.
    pub name: CompactString,
    /// `1.0.0`.
    pub version: CompactString,
    /// First sentence of its description.
    pub title: Option<String>,
}

/// A name with what is said about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Name within its pack.
    pub name: CompactString,
    /// Its pack.
    pub pack: PackId,
    /// First sentence of the description, without its full stop.
    pub title: Option<String>,
    /// The whole description.
    pub description: Option<String>,
    /// Its statement.
    pub place: Place,
}

/// A quantity that is observed or given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Name and title.
    pub named: Named,
    /// Declared type.
    pub ty: Type,
    /// What kind of quantity.
    pub origin: Origin,
    /// Places, in order.
    pub sources: Vec<Source>,
    /// What *not there* means.
    pub default: Option<Partial>,
    /// The question for it.
    pub ask: Option<String>,
    /// Its codes count as reported: the field's number, or none if the fact itself is the code (or set of codes).
    pub reports: Option<Option<u32>>,
    /// Time to obtain, nanoseconds.
    pub cost: Option<i128>,
    /// Never shown.
    pub secret: bool,
}

impl Slot {
    /// A quantity that is read nowhere and that nobody is asked for.
    pub fn bare(named: Named, ty: Type, origin: Origin) -> Self {
        Self {
            named,
            ty,
            origin,
            sources: Vec::new(),
            default: None,
            ask: None,
            reports: None,
            cost: None,
            secret: false,
        }
    }
}

/// Kinds of slots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The case's own time; exactly one slot, named `now`.
    Now,
    /// Given by a person; `arm` is the resource type that fills it by itself.
    Param {
        /// `Microsoft.Network/virtualNetworkGateways`.
        arm: Option<String>,
    },
    /// Observed.
    Fact,
}

/// One `from`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// `azure`, …
    pub system: CompactString,
    /// `arm`, …
    pub kind: CompactString,
    /// With holes.
    pub locator: Option<Template>,
    /// Arguments sorted by word.
    pub arguments: Vec<(CompactString, Vec<Template>)>,
    /// The list of `each x in LIST`; in the templates its element is variable 0.
    pub each: Option<NodeId>,
    /// With holes.
    pub on: Option<Template>,
    /// As written: a path of the kind's own language.
    pub at: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// A text with holes for facts and fields.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Template {
    /// In order.
    pub pieces: Vec<Piece>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Piece {
    /// Characters, braces unescaped.
    Text(String),
    /// A fact or field: what is written between the braces, and its node.
    Hole(String, NodeId),
}

/// `let`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Let {
    /// Name and title.
    pub named: Named,
    /// Inferred or declared.
    pub ty: Type,
    /// What it stands for.
    pub value: NodeId,
}

/// A symptom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Symptom {
    /// Name and title.
    pub named: Named,
    /// Made by `symptom "CODE"` on a rule, claimed by no statement (U2).
    pub implicit: bool,
    /// Codes.
    pub codes: Vec<Code>,
    /// Texts; `…` stands for any words.
    pub texts: Vec<String>,
    /// Localised texts: locale, text.
    pub local_texts: Vec<(CompactString, String)>,
    /// Texts that only make it a candidate.
    pub hints: Vec<String>,
    /// Questions.
    pub asks: Vec<String>,
    /// `seen when`.
    pub seen: Vec<NodeId>,
    /// Rules that have it, sorted; those with `symptom any` included.
    pub rules: Vec<RuleId>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// Name and title.
    pub named: Named,
    /// Its symptoms; all of the program for `symptom any`; empty for a latent fault.
    pub symptoms: Vec<SymptomId>,
    /// `symptom any`.
    pub any_symptom: bool,
    /// Its condition; none is true.
    pub when: Option<NodeId>,
    /// `otherwise`.
    pub otherwise: bool,
    /// Rules that override it, sorted (`overrides all` expanded).
    pub overridden_by: Vec<RuleId>,
    /// How often it is the cause.
    pub likelihood: Option<Likelihood>,
    /// The cause.
    pub cause: Option<Template>,
    /// What repairs it.
    pub plan: Plan,
}

/// How often a rule is the cause: 9 : 3 : 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum Likelihood {
    Common,
    Occasional,
    Rare,
}

/// What repairs a cause.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// Empty: `no fix`. The first, then the others by `link`.
    pub fixes: Vec<FixId>,
    /// How they belong together.
    pub link: Link,
}

/// How the fixes of a plan belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Link {
    /// All, in this order.
    #[default]
    And,
    /// A choice, best first.
    Or,
    /// The next if the `verify` of the one before fails.
    Else,
    /// The others are relief until the first is done.
    Meanwhile,
}

/// A repair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// Name and title; for a fix written in a plan: the rule's name and its words.
    pub named: Named,
    /// Written in a plan.
    pub unnamed: bool,
    /// Steps with their conditions.
    pub steps: Vec<(Template, Option<NodeId>)>,
    /// What it can break.
    pub risks: Vec<Risk>,
    /// Privileges.
    pub needs: Vec<Need>,
    /// Must not be combined with (both directions, sorted).
    pub excludes: Vec<FixId>,
    /// How one sees that it worked.
    pub verify: Vec<Verify>,
    /// How to take it back.
    pub undo: Vec<Template>,
    /// Links.
    pub docs: Vec<String>,
}

/// What a repair can break.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    /// `none`, `restart`, `outage`, `data-loss`, `security`.
    pub level: CompactString,
    /// For whom.
    pub scope: Option<CompactString>,
    /// More about it.
    pub note: Option<Template>,
}

/// A privilege.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Need {
    /// Of the machine.
    Administrator,
    /// An Azure role.
    Azure(String),
    /// An Entra role.
    Entra(String),
}

/// How one sees that a repair worked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Verify {
    /// On facts fetched anew.
    Condition(NodeId),
    /// By a person.
    Text(Template),
}

/// `assume`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assume {
    /// Its statement.
    pub place: Place,
    /// Its pack.
    pub pack: PackId,
    /// What is taken for granted.
    pub condition: NodeId,
    /// As written.
    pub text: String,
}

/// Translations of one locale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Locale {
    /// `zh-TW`.
    pub name: CompactString,
    /// Fluent resources, one a pack.
    pub resources: Vec<String>,
}

impl Rule {
    /// It has no symptom clause: a latent fault, in question in every run (V1, V8).
    pub fn is_latent(&self) -> bool {
        self.symptoms.is_empty() && !self.any_symptom
    }
}

impl Program {
    /// The slot of that name; `pack/name` where two packs have it.
    pub fn slot_named(&self, name: &str) -> Option<SlotId> {
        self.find(name, self.slots.iter().map(|slot| &slot.named))
            .map(SlotId)
    }

    /// The derived fact of that name.
    pub fn let_named(&self, name: &str) -> Option<LetId> {
        self.find(name, self.lets.iter().map(|it| &it.named))
            .map(LetId)
    }

    /// The symptom of that name.
    pub fn symptom_named(&self, name: &str) -> Option<SymptomId> {
        self.find(name, self.symptoms.iter().map(|it| &it.named))
            .map(SymptomId)
    }

    /// The rule of that name.
    pub fn rule_named(&self, name: &str) -> Option<RuleId> {
        self.find(name, self.rules.iter().map(|it| &it.named))
            .map(RuleId)
    }

    /// The fix of that name.
    pub fn fix_named(&self, name: &str) -> Option<FixId> {
        self.find(name, self.fixes.iter().map(|it| &it.named))
            .map(FixId)
    }

    /// The name under which people and cases call it: with its pack only where two packs have it.
    pub fn shown_name(&self, named: &Named, ambiguous: bool) -> String {
        match self.packs.get(named.pack.0 as usize) {
            Some(pack) if ambiguous => format!("{}/{}", pack.name, named.name),
            _ => named.name.to_string(),
        }
    }

    fn find<'a>(&self, name: &str, all: impl Iterator<Item = &'a Named>) -> Option<u32> {
        let in_pack = name.split_once('/');
        let mut found = None;
        for (at, named) in all.enumerate() {
            let at = u32::try_from(at).ok()?;
            if named.name == name {
                if found.is_some() {
                    return None;
                }
                found = Some(at);
            } else if let Some((pack, rest)) = in_pack {
                let same_pack = self
                    .packs
                    .get(named.pack.0 as usize)
                    .is_some_and(|it| it.name == pack);
                if same_pack && named.name == rest {
                    return Some(at);
                }
            }
        }
        found
    }
}
