//! A symptom that can be there while everything is known and no rule names a cause.

use std::collections::BTreeMap;

use rulec_program::encode::{Claim, Proof};
use rulec_program::program::{PackId, SymptomId};
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;

use super::proving::Proving;
use super::{Check, Run};
use crate::repairs;

static GAP: Code = Code {
    name: "gap",
    level: Level::Note,
    page: include_str!("../../../../book/src/diagnostics/gap.md"),
};

pub(super) const CHECK: Check = Check {
    code: &GAP,
    run: Run::Proves(run),
};

fn run(proving: &mut Proving<'_, '_>) {
    if !proving.is_wanted(&GAP) || proving.is_contradictory() {
        return;
    }
    let program = proving.program;
    let roots = proving.subject.roots;
    let mut counts = BTreeMap::new();
    for (number, symptom) in (0u32..).zip(&program.symptoms) {
        let Some(first) = symptom.rules.first().copied() else {
            continue;
        };
        if symptom.named.pack.0 >= roots {
            continue;
        }
        let mut claims = vec![Claim::Present(SymptomId(number), true)];
        claims.extend(
            symptom
                .rules
                .iter()
                .map(|rule| Claim::Confirmed(*rule, false)),
        );
        match proving.possible(&claims) {
            Proof::Impossible(_) => {}
            Proof::Undecided(why) => proving.undecided(&GAP, first, &why),
            Proof::Possible(found) => {
                let place = proving.subject.span(symptom.named.place);
                counts
                    .entry(symptom.named.pack)
                    .or_insert((0usize, place))
                    .0 += 1;
                if proving.gaps {
                    let message = format!(
                        "`{}` can be there while everything is known and no rule names a cause",
                        symptom.named.name
                    );
                    let finding = GAP
                        .at(place, message)
                        .help("a rule with `otherwise` says what to do then")
                        .repaired(repairs::last_word(
                            proving.subject,
                            program,
                            SymptomId(number),
                        ));
                    proving.report_with(first, finding, &found);
                }
            }
        }
    }
    if !proving.gaps {
        for (pack, (count, place)) in counts {
            let finding = proving.counted(pack, count, place);
            proving.report(finding);
        }
    }
}

impl Proving<'_, '_> {
    /// One line for all gaps of a pack.
    fn counted(&self, pack: PackId, count: usize, place: Span) -> Diagnostic {
        let analysed = self.subject.analysed;
        let statement = analysed.pack(pack.0).and_then(|it| it.statement);
        let message = match count {
            1 => "1 symptom can be there without any rule that names a cause".to_owned(),
            _ => format!("{count} symptoms can be there without any rule that names a cause"),
        };
        GAP.at(statement.map_or(place, |it| it.place.0), message)
            .help("`rulec check --gaps` shows a case for each; `symptom any otherwise` closes them all")
    }
}
