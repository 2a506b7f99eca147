//! Many cases of one pack, one a line of JSON.
//!
//! A line is facts by name, or an object with the keys `facts`, `params`, `symptoms`, `now` and `locale`, in any order. It is read as it
//! comes, without a tree of its values: each value is held against the type of its name, wherever it stands and whether or not anything
//! asks for it. What decides is the part of the pack that the complaint puts in question; a part is loaded once for all lines that need it.

mod read;

use std::fmt;
use std::sync::Arc;

use rulec_facts::fixture::TextError;
use rulec_facts::provider::Provenance;
use rulec_program::node::SlotId;
use rulec_program::pack_file::{Needed, PackFileError, Part};
use rulec_program::program::SymptomId;
use rulec_program::seal::Sealed;
use rustc_hash::FxHashMap;

use crate::case::{Case, CaseInput, GivenSlot, Misuse, Misuses, Target};
use crate::pack::Pack;
use crate::recognise::{Match, Recognised, Recogniser};
use crate::session::Session;
use read::{Line, Reader};

/// Parts that are kept; lines with more complaints than these load some of them again.
const PARTS: usize = 512;

/// Why a line is no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// It is no JSON, or a name stands twice in an object; with the column, from 1, of what was read without blanks around it.
    Text(TextError),
    /// It is JSON of another form.
    Form(String),
    /// Names and values that do not fit the pack, in order.
    Misuses(Vec<Misuse>),
    /// A part of the pack cannot be read.
    Pack(PackFileError),
}

impl fmt::Display for LineError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LineError::Text(error) => write!(out, "column {}: {}", error.column, error.message),
            LineError::Form(message) => out.write_str(message),
            LineError::Misuses(wrong) => Misuses(wrong.clone()).fmt(out),
            LineError::Pack(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for LineError {}

/// Reads cases of one program, which all share what was given once for all of them.
pub struct Lines<'p> {
    program: &'p Sealed,
    pack: Option<&'p Pack<'p>>,
    reader: Reader<'p>,
    recogniser: Recogniser<'p>,
    shared: Shared,
    /// What was made of the complaint of the last line.
    last: Option<(Vec<String>, Recognised)>,
    parts: FxHashMap<Vec<SymptomId>, Arc<PartOfCase>>,
}

/// What is given once for all lines, by the numbers of the whole program.
struct Shared {
    case: Case,
    texts: Vec<String>,
}

/// A part of the pack, with what all lines share by its numbers.
struct PartOfCase {
    part: Part,
    case: Case,
}

/// The case of one line.
pub struct LineCase<'p> {
    program: Either<'p>,
    recognised: Recognised,
    case: Case,
}

enum Either<'p> {
    Whole(&'p Sealed),
    Part(Arc<PartOfCase>),
}

impl<'p> Lines<'p> {
    /// For a program and the pack from which it was loaded; without the pack each line is decided by the whole program, and its report is the
    /// same. `shared` is what all cases have: what a line says of complaint, time or locale stands in its place, and a fact may be
    /// given by one of them only.
    ///
    /// # Errors
    /// Every mistake in what is shared, as [`Case::new`] tells it.
    pub fn new(
        program: &'p Sealed,
        pack: Option<&'p Pack<'p>>,
        shared: CaseInput,
    ) -> Result<Lines<'p>, Vec<Misuse>> {
        let names = shared.given.iter().map(|it| it.name.as_str());
        let targets = names.filter_map(|it| Target::named(program, it).ok());
        let named = targets.map(|it| (it.slot, it.path)).collect();
        let mut case = Case::new(program, shared)?;
        let texts = std::mem::take(&mut case.texts);
        Ok(Lines {
            program,
            pack,
            reader: Reader::new(program, named),
            recogniser: Recogniser::new(program),
            shared: Shared { case, texts },
            last: None,
            parts: FxHashMap::default(),
        })
    }

    /// Reads a line.
    ///
    /// # Errors
    /// It is no case; what was read before it does not matter.
    pub fn read(&mut self, line: &str) -> Result<LineCase<'p>, LineError> {
        let line = self.reader.read(line.trim())?;
        let symptoms = &self.shared.case.symptoms;
        let texts = line.texts.as_ref().unwrap_or(&self.shared.texts);
        let complains = !texts.is_empty() || !symptoms.is_empty();
        let recognised = match self.last.take() {
            Some((last, recognised)) if last == *texts => recognised,
            _ => self.recogniser.recognise(texts, symptoms),
        };
        let texts = texts.clone();
        let part = match complains && !self.shared.case.all {
            true => part(self.pack, &mut self.parts, &self.shared, &recognised)?,
            false => None,
        };
        let mut case = self.case(line, part.as_deref())?;
        case.texts.clone_from(&texts);
        self.last = Some((texts, recognised.clone()));
        Ok(LineCase {
            recognised: match &part {
                Some(it) => here(&it.part, recognised),
                None => recognised,
            },
            case,
            program: part.map_or(Either::Whole(self.program), Either::Part),
        })
    }

    /// What is shared, and what the line gives; by the numbers of the part, without what the part does not have.
    fn case(&self, line: Line, part: Option<&PartOfCase>) -> Result<Case, LineError> {
        if !line.wrong.is_empty() {
            return Err(LineError::Misuses(line.wrong));
        }
        let mut case = part.map_or(&self.shared.case, |it| &it.case).clone();
        if line.locale.is_some() {
            case.locale = line.locale;
        }
        let mut given = Vec::new();
        for fact in line.facts {
            let slot = match part {
                Some(it) => it.part.slot(fact.slot),
                None => Some(fact.slot),
            };
            let Some(slot) = slot else {
                continue;
            };
            let place = fact.name(self.program);
            given.push(GivenSlot {
                slot,
                path: fact.path,
                value: fact.value,
                from: Provenance {
                    kind: "given".to_owned(),
                    place,
                    file: None,
                    time: None,
                },
            });
        }
        case.give_before(given);
        Ok(case)
    }
}

/// The part that a complaint needs, made of what was loaded before where it can; none where the pack cannot be taken apart.
fn part(
    pack: Option<&Pack<'_>>,
    parts: &mut FxHashMap<Vec<SymptomId>, Arc<PartOfCase>>,
    shared: &Shared,
    recognised: &Recognised,
) -> Result<Option<Arc<PartOfCase>>, LineError> {
    let Some(pack) = pack else {
        return Ok(None);
    };
    let numbers = |all: &[Match]| -> Vec<SymptomId> { all.iter().map(|it| it.symptom).collect() };
    let questioned = numbers(&recognised.symptoms);
    let mut mentioned = numbers(&recognised.candidates);
    let mut key = questioned.clone();
    key.push(SymptomId(u32::MAX));
    key.extend(&mentioned);
    if let Some(known) = parts.get(&key) {
        return Ok(Some(Arc::clone(known)));
    }
    mentioned.extend(shared.case.answers.iter().map(|(it, _)| *it));
    mentioned.extend(&shared.case.unsure);
    let slots: Vec<SlotId> = shared.case.slots().collect();
    let needed = Needed {
        questioned: &questioned,
        mentioned: &mentioned,
        slots: &slots,
    };
    // The texts of a locale are taken from the whole program.
    let part = pack.file().part(&needed, |_| false);
    let part = part.map_err(LineError::Pack)?;
    let case = shared.case.within(&part);
    if parts.len() >= PARTS {
        parts.clear();
    }
    let part = Arc::new(PartOfCase { part, case });
    parts.insert(key, Arc::clone(&part));
    Ok(Some(part))
}

/// What was recognised, by the numbers of a part that has all of it.
pub(crate) fn here(part: &Part, recognised: Recognised) -> Recognised {
    let here = |all: Vec<Match>| {
        let all = all.into_iter().filter_map(|it| {
            Some(Match {
                symptom: part.symptom(it.symptom)?,
                ..it
            })
        });
        all.collect()
    };
    Recognised {
        symptoms: here(recognised.symptoms),
        candidates: here(recognised.candidates),
        ..recognised
    }
}

impl LineCase<'_> {
    /// Opens the case. To be called once: a second session knows nothing of what the line gives.
    pub fn session(&mut self) -> Session<'_> {
        let case = std::mem::take(&mut self.case);
        let recognised = std::mem::take(&mut self.recognised);
        let program = match &self.program {
            Either::Whole(program) => program,
            Either::Part(it) => &it.part.program,
        };
        Session::knowing(program, recognised, case)
    }

    /// The locale that the case wants.
    pub fn locale(&self) -> Option<&str> {
        self.case.locale.as_deref()
    }
}
