//! What a repair has changed, as text.

use super::{Page, Style};
use crate::report::say::titled;
use crate::report::texts::Texts;
use crate::report::verified::{Change, CheckResult, Verified};

/// What a repair has changed, with a line end after the last line.
pub fn render_verified(verified: &Verified, texts: &Texts, width: usize, style: Style) -> String {
    let mut page = Page::new(texts, width, style);
    let pack = &verified.pack;
    page.dim(0, &format!("{} {}", pack.name, pack.version));
    page.changed(verified);
    page.checked(verified);
    page.out
}

impl Page<'_> {
    fn changed(&mut self, verified: &Verified) {
        self.heading("heading-changed");
        if verified.causes.is_empty() {
            let text = self.texts.word("nothing-was-confirmed");
            self.wrapped(2, &text);
        }
        for cause in &verified.causes {
            let (key, style) = match cause.change {
                Change::Gone => ("change-gone", self.style.confirmed),
                Change::Still => ("change-still", self.style.risk),
                Change::New => ("change-new", self.style.risk),
                Change::Hidden => ("change-hidden", self.style.open),
                Change::Unknown => ("change-unknown", self.style.open),
            };
            let label = self.say.word_label(key);
            let name = titled(cause.title.as_ref(), &cause.rule);
            self.painted(style, 2, &label, &name);
            self.listed("open-needs", "facts", &cause.needs);
            self.listed("ruled-out-overridden", "rules", &cause.decided_by);
        }
    }

    fn checked(&mut self, verified: &Verified) {
        if verified.fixes.is_empty() {
            return;
        }
        self.heading("heading-checked");
        for fix in &verified.fixes {
            let name = titled(fix.title.as_ref(), &fix.fix);
            self.wrapped(2, &name);
            for check in &fix.checks {
                let (key, style) = match check.result {
                    CheckResult::Holds => ("check-holds", self.style.confirmed),
                    CheckResult::Fails => ("check-fails", self.style.risk),
                    CheckResult::Unknown => ("check-unknown", self.style.open),
                    CheckResult::Person => ("check-person", self.style.open),
                };
                let label = self.say.word_label(key);
                self.painted(style, 4, &label, &check.said);
                self.listed("open-needs", "facts", &check.needs);
            }
        }
    }

    fn listed(&mut self, key: &str, variable: &str, all: &[String]) {
        if !all.is_empty() {
            let all = self.say.list(all);
            let text = self.texts.word_with(key, &[(variable, &all)]);
            self.wrapped(6, &text);
        }
    }
}
