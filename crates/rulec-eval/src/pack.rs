//! A compiled pack of which each case loads only the part that it needs.
//!
//! A complaint is recognised first, with the names, codes and texts of all symptoms; then come the rules of the symptoms in question and
//! what these name. The report is that of the whole pack, to the last byte. Without a complaint, or with `all`, the whole pack is loaded.

use std::sync::OnceLock;

use rulec_program::node::SlotId;
use rulec_program::pack_file::{Needed, PackFile, PackFileError};
use rulec_program::program::{Program, SymptomId};
use rulec_program::seal::Sealed;

use crate::case::{Case, CaseInput, Misuses};
use crate::lines::here;
use crate::recognise::{Match, Recognised, Recogniser};
use crate::report::By;
use crate::report::texts;
use crate::session::Session;

/// A compiled pack.
#[derive(Debug)]
pub struct Pack<'b> {
    file: PackFile<'b>,
    known: OnceLock<Program>,
}

/// What a case needs of a pack.
#[derive(Debug)]
pub struct Loaded {
    /// Its program, or a part of it.
    pub program: Sealed,
    /// What the complaint says, by the numbers of this program; none if nobody has read it yet.
    recognised: Option<Recognised>,
}

impl<'b> Pack<'b> {
    /// Reads the table of the file; everything else is read, and held against its checksum, when a case needs it.
    ///
    /// # Errors
    /// The bytes are no compiled pack, of another version, not whole, or the table is damaged.
    pub fn open(bytes: &'b [u8]) -> Result<Pack<'b>, PackFileError> {
        Ok(Pack {
            file: PackFile::open(bytes)?,
            known: OnceLock::new(),
        })
    }

    /// For bytes that are a part of the program that runs: no page is held against its checksum, which saves a short run a tenth.
    #[must_use]
    pub fn trusted(self) -> Pack<'b> {
        Pack {
            file: self.file.trusted(),
            known: self.known,
        }
    }

    /// The file.
    pub fn file(&self) -> &PackFile<'b> {
        &self.file
    }

    /// The whole program, with all translations: for many cases.
    ///
    /// # Errors
    /// A part of the file is damaged, or it holds no sound program.
    pub fn program(&self) -> Result<Sealed, PackFileError> {
        self.file.program(|_| true)
    }

    /// The symptoms with all by which they are recognised: for a [`Recogniser`].
    ///
    /// # Errors
    /// A part that is read is damaged.
    pub fn known(&self) -> Result<&Program, PackFileError> {
        if let Some(known) = self.known.get() {
            return Ok(known);
        }
        let known = self.file.known(|_| false)?;
        Ok(self.known.get_or_init(|| known))
    }

    /// Loads what the case needs.
    ///
    /// # Errors
    /// A part that is read is damaged, or not sound.
    pub fn load(&self, input: &CaseInput) -> Result<Loaded, PackFileError> {
        let locale = input.locale.as_deref().unwrap_or("en");
        let locale = texts::nearest(locale, self.file.locales());
        let locale = locale.and_then(|at| self.file.locales().nth(at));
        let wanted = |name: &str| Some(name) == locale;
        let Some((recognised, slots, answered)) = self.about(input)? else {
            return Ok(Loaded {
                program: self.file.program(wanted)?,
                recognised: None,
            });
        };
        let numbers =
            |all: &[Match]| -> Vec<SymptomId> { all.iter().map(|it| it.symptom).collect() };
        let mentioned = [numbers(&recognised.candidates), answered].concat();
        let needed = Needed {
            questioned: &numbers(&recognised.symptoms),
            mentioned: &mentioned,
            slots: &slots,
        };
        let part = self.file.part(&needed, wanted)?;
        let recognised = here(&part, recognised);
        Ok(Loaded {
            program: part.program,
            recognised: Some(recognised),
        })
    }

    /// What the complaint says, which facts are given, which symptoms are answered for; none if a part would not do: all symptoms are
    /// in question, or a name is wrong and the nearest of all has to be told.
    #[allow(clippy::type_complexity, reason = "used once, right above")]
    fn about(
        &self,
        input: &CaseInput,
    ) -> Result<Option<(Recognised, Vec<SlotId>, Vec<SymptomId>)>, PackFileError> {
        if input.all || input.texts.is_empty() && input.symptoms.is_empty() {
            return Ok(None);
        }
        let names = input.answers.iter().map(|(name, _)| name);
        let mut said = Vec::new();
        let mut facts: Vec<&str> = input.given.iter().map(|it| it.name.as_str()).collect();
        let kept = input.kept.iter().filter(|it| it.is_first());
        facts.extend(kept.map(|it| it.name.as_str()));
        for it in &input.said {
            match self.file.symptom_named(&it.name)? {
                Some(symptom) => said.push(symptom),
                None => facts.push(&it.name),
            }
        }
        let (Some(symptoms), Some(answered), Some(slots)) = (
            self.symptoms(input.symptoms.iter())?,
            self.symptoms(names)?,
            self.slots(&facts)?,
        ) else {
            return Ok(None);
        };
        let answered = [answered, said].concat();
        let recognised = if input.texts.is_empty() {
            named(&symptoms, &input.symptoms)
        } else {
            Recogniser::new(self.known()?).recognise(&input.texts, &symptoms)
        };
        Ok(Some((recognised, slots, answered)))
    }

    fn symptoms<'n>(
        &self,
        names: impl Iterator<Item = &'n String>,
    ) -> Result<Option<Vec<SymptomId>>, PackFileError> {
        names.map(|it| self.file.symptom_named(it)).collect()
    }

    /// Every fact of which something is given: `a.b.c` may be a field of `a.b`, or of `a`.
    fn slots(&self, names: &[&str]) -> Result<Option<Vec<SlotId>>, PackFileError> {
        let mut slots = Vec::new();
        for name in names {
            let before = slots.len();
            let ends = name.match_indices('.').map(|(at, _)| at);
            for end in ends.chain([name.len()]) {
                let head = name.get(..end).unwrap_or(name);
                slots.extend(self.file.slot_named(head)?);
            }
            if slots.len() == before {
                return Ok(None);
            }
        }
        Ok(Some(slots))
    }
}

/// What a complaint says that names symptoms and nothing else.
fn named(symptoms: &[SymptomId], names: &[String]) -> Recognised {
    let all = symptoms.iter().zip(names).map(|(symptom, name)| Match {
        symptom: *symptom,
        by: By::Name,
        score: 1.0,
        matched: name.clone(),
        code: None,
    });
    let mut symptoms: Vec<Match> = all.collect();
    symptoms.sort_by_key(|it| it.symptom);
    symptoms.dedup_by_key(|it| it.symptom);
    Recognised {
        symptoms,
        ..Recognised::default()
    }
}

impl Loaded {
    /// What a program says of itself is the same, whoever has made it.
    pub fn whole(program: Sealed) -> Loaded {
        Loaded {
            program,
            recognised: None,
        }
    }

    /// Opens the case for which this was loaded.
    ///
    /// # Errors
    /// Every mistake in what is given, as [`Case::new`] tells it.
    pub fn session(&self, input: CaseInput) -> Result<Session<'_>, Misuses> {
        let case = Case::new(&self.program, input).map_err(Misuses)?;
        Ok(match &self.recognised {
            Some(known) => Session::knowing(&self.program, known.clone(), case),
            None => Session::new(&self.program, case),
        })
    }
}
