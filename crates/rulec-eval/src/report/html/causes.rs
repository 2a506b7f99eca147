//! Confirmed and latent causes: why, and what to do, with boxes to tick.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{Page, clean};
use crate::report::say;
use crate::report::{Evidence, FixLine, Report, Scope, VerdictLine, VerdictWord};

/// Where a repair stands first; a repair of two causes stands under both, and links lead to the first.
pub(super) struct Anchor {
    /// The article of the cause.
    cause: String,
    /// The heading of the repair.
    pub(super) id: String,
}

/// Repairs by name, in the order of the page.
pub(super) fn anchors(report: &Report) -> HashMap<&str, Anchor> {
    let (causes, faults) = say::confirmed(report);
    let (latent, _) = say::latent(report);
    let mut anchors = HashMap::new();
    for (word, all) in [("cause", causes), ("fault", faults), ("latent", latent)] {
        for (at, verdict) in all.into_iter().enumerate() {
            for (_, fix) in say::fixes(report, verdict) {
                let number = anchors.len();
                anchors.entry(fix.name.as_str()).or_insert_with(|| Anchor {
                    cause: format!("{word}-{at}"),
                    id: format!("fix-{number}"),
                });
            }
        }
    }
    anchors
}

impl Page<'_> {
    pub(super) fn causes(&self) -> Markup {
        let report = self.report;
        let (causes, faults) = say::confirmed(report);
        let count = causes.len().to_string();
        let heading = self
            .texts
            .word_with("heading-confirmed", &[("count", &count)]);
        let none = match say::open(report).is_empty() {
            true => "nothing-left",
            false => "nothing-confirmed",
        };
        html! {
            section {
                @if !causes.is_empty() {
                    h2 { (clean(&heading)) }
                    @for (at, cause) in causes.iter().enumerate() { (self.cause(cause, &format!("cause-{at}"))) }
                } @else if report.scope != Scope::Unrecognised {
                    h2 { (self.word(none)) }
                }
            }
            @if !faults.is_empty() {
                section {
                    h2 { (self.word("heading-faults")) }
                    @for (at, fault) in faults.iter().enumerate() { (self.cause(fault, &format!("fault-{at}"))) }
                }
            }
        }
    }

    pub(super) fn latent(&self) -> Markup {
        let (latent, open) = say::latent(self.report);
        if latent.is_empty() && open.is_empty() {
            return html! {};
        }
        html! {
            section {
                h2 { (self.word("heading-latent")) }
                @for (at, cause) in latent.iter().enumerate() { (self.cause(cause, &format!("latent-{at}"))) }
                @if !self.told.latent {
                    p { (clean(&self.say.latent_count(self.report))) }
                } @else if !open.is_empty() {
                    (self.open_rules(&open))
                }
            }
        }
    }

    fn cause(&self, verdict: &VerdictLine, id: &str) -> Markup {
        let evidence = say::evidence(&verdict.grounds);
        let sure = verdict.verdict == VerdictWord::Confirmed;
        let fixes = say::fixes(self.report, verdict);
        html! {
            // What is latent is no confirmed cause, and must not look like one.
            article.cause.latent[!sure] aria-labelledby=(id) {
                h3 id=(id) {
                    span.mark aria-hidden="true" { (if sure { "✔" } else { "!" }) } " "
                    (clean(verdict.title.as_ref().unwrap_or(&verdict.rule)))
                }
                p.names {
                    code { (clean(&verdict.rule)) }
                    @if let Some(likelihood) = self.say.likelihood(verdict).filter(|_| !sure) { " " span.badge { (clean(&likelihood)) } }
                }
                @if let Some(cause) = &verdict.cause { p.said { bdi { (clean(cause)) } } }
                @if !evidence.is_empty() {
                    h4 { (self.word("because")) }
                    (self.evidence(&evidence))
                }
                @if fixes.is_empty() { p { (self.word("fix-none")) } }
                @for (word, fix) in fixes { (self.fix(word, fix, id)) }
            }
        }
    }

    /// A text; commands in it stand in lines of their own.
    fn with_commands(&self, text: &str) -> Markup {
        html! {
            @for (piece, command) in say::commands(text) {
                @if command { code.command { (clean(piece)) } } @else { (clean(piece)) " " }
            }
        }
    }

    pub(super) fn evidence(&self, all: &[&Evidence]) -> Markup {
        html! {
            table {
                thead { tr {
                    @for column in ["column-fact", "column-value", "column-from"] {
                        th scope="col" { (self.word(column)) }
                    }
                } }
                tbody {
                    @for evidence in all {
                        @if evidence.said {
                            tr { td.said colspan="3" { bdi { (clean(&evidence.shown)) } } }
                        } @else { tr {
                            th scope="row" {
                                @if let Some(title) = &evidence.title { (clean(title)) br; }
                                code { (clean(&evidence.label)) }
                            }
                            td { bdi.value { (clean(&evidence.shown)) } }
                            td.from { @if let Some(source) = &evidence.source { bdi { (clean(&self.say.source_of(source, &[evidence]))) } } }
                        } }
                    }
                }
            }
        }
    }

    fn fix(&self, word: &str, fix: &FixLine, cause: &str) -> Markup {
        let anchor = self.anchors.get(fix.name.as_str());
        let id = anchor.map_or("", |it| it.id.as_str());
        let own = anchor.is_some_and(|it| it.cause == cause);
        html! {
            section.fix {
                h4 id=[own.then_some(id)] {
                    span.word { (self.label(word)) }
                    (clean(fix.title.as_ref().unwrap_or(&fix.name)))
                    " " code { (clean(&fix.name)) }
                }
                @if !fix.steps.is_empty() {
                    ol.steps {
                        @for (number, step) in fix.steps.iter().enumerate() {
                            @let id = format!("{cause}-{id}-{number}");
                            li {
                                input type="checkbox" id=(id);
                                label for=(id) { bdi { (self.with_commands(&self.say.step(step))) } }
                            }
                        }
                    }
                }
                dl.of-fix {
                    @for risk in &fix.risks {
                        dt class={ "risk risk-" (clean(&risk.level)) } { (self.word("risk")) }
                        dd { bdi { (clean(&self.say.risk(risk))) } }
                    }
                    @for (number, (key, text)) in self.say.of_fix(fix).into_iter().enumerate() {
                        dt { (self.word(key)) }
                        dd {
                            @if key == "verify" {
                                @let id = format!("{cause}-{id}-verify-{number}");
                                input type="checkbox" id=(id);
                                label for=(id) { bdi { (clean(text)) } }
                            } @else if key == "docs" && text.starts_with("https://") {
                                a href=(text) rel="noreferrer" { (clean(text)) }
                            } @else {
                                bdi { (self.with_commands(text)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
