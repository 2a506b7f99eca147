//! A `test` of the language, written: what is given of a case and what must come out, in the one layout.
//!
//! What the language cannot write is never written as something near it. Whether a statement means what it should is shown by
//! [`tried::faults`], which runs it in its pack.

pub mod tried;

use rulec_facts::{show, written};
use rulec_program::program::{Origin, SymptomId};
use rulec_program::seal::Sealed;
use rulec_program::state::State;
use rulec_syntax::format::format_text;
use rulec_syntax::source::FileId;

/// Names of rules by what is expected of them.
#[derive(Default)]
pub struct Expected {
    /// These are confirmed.
    pub confirmed: Vec<String>,
    /// These are ruled out.
    pub ruled_out: Vec<String>,
    /// Of these it is not known.
    pub open: Vec<String>,
}

/// A statement on its way.
pub struct Statement<'p> {
    program: &'p Sealed,
    text: String,
}

impl<'p> Statement<'p> {
    /// Begins one; a remark stands above it.
    pub fn new(program: &'p Sealed, remark: Option<&str>, name: &str) -> Statement<'p> {
        let plain = |text: &str| text.replace(char::is_control, " ");
        let remark = remark.map_or_else(String::new, |it| format!("// {}\n", plain(it)));
        let name = plain(name).replace('"', "\"\"");
        Statement {
            program,
            text: format!("{remark}test \"{name}\":\n"),
        }
    }

    /// One clause.
    pub fn line(&mut self, text: &str) {
        self.text.push_str("    ");
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A text in quotes, as one clause. None if the language cannot write it.
    pub fn quoted(&mut self, word: &str, text: &str) -> Option<()> {
        let text = written::text(text)?;
        self.line(&format!("{word} {text}"));
        Some(())
    }

    /// Who says yes to a question reports the symptom; for verdicts it is the same.
    pub fn symptom(&mut self, id: SymptomId) {
        if let Some(symptom) = self.program.symptoms.get(id.0 as usize) {
            let ambiguous = self.program.symptom_named(&symptom.named.name).is_none();
            let name = self.program.shown_name(&symptom.named, ambiguous);
            self.line(&format!("symptom {name}"));
        }
    }

    /// Everything that is known of facts and params, and with `reasons` why others are not, unless nobody looked. The name of a value that
    /// the language cannot write, if there is one.
    pub fn values(&mut self, state: &State, reasons: bool) -> Result<(), String> {
        let program = self.program;
        for (slot, value) in program.slots.iter().zip(state.slots()) {
            let source = written::source(value, &slot.ty);
            // It is the same as writing nothing.
            let unsaid = source.as_deref() == Some("unknown not-collected");
            if unsaid || value.is_unknown() && !reasons {
                continue;
            }
            let ambiguous = program.slot_named(&slot.named.name).is_none();
            let name = match slot.origin {
                Origin::Now => "now".to_owned(),
                _ => program.shown_name(&slot.named, ambiguous),
            };
            match source {
                // The time of a case is there or not.
                Some(_) if value.is_unknown() && matches!(slot.origin, Origin::Now) => {}
                Some(source) => self.line(&format!("{name} = {source}")),
                None => return Err(name),
            }
        }
        Ok(())
    }

    /// A code that is reported.
    pub fn code(&mut self, code: &rulec_facts::code::Code) {
        let text = show::code(code).replace('"', "\"\"");
        self.line(&format!("symptom \"{text}\""));
    }

    /// What must come out.
    pub fn expect(&mut self, expected: &Expected) {
        let lists = [
            ("confirmed", &expected.confirmed),
            ("ruled out", &expected.ruled_out),
            ("open", &expected.open),
        ];
        for (word, rules) in lists {
            if !rules.is_empty() {
                self.line(&format!("expect {word} {}", rules.join(", ")));
            }
        }
    }

    /// The statement, in the one layout.
    pub fn text(self) -> String {
        format_text(FileId(0), &self.text).text
    }
}
