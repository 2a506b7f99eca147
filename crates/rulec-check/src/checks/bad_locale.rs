//! A file in `locales/` or `texts/` whose name is no locale: nobody's language is called so, and nothing would read it.

use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::source::Span;

use super::{Check, Run, Subject};
use crate::input::SideFile;

static BAD_LOCALE: Code = Code {
    name: "bad-locale",
    level: Level::Error,
    page: include_str!("../../../../book/src/diagnostics/bad-locale.md"),
};

pub(super) const CHECK: Check = Check {
    code: &BAD_LOCALE,
    run: Run::Reads(run),
};

fn run(subject: &Subject<'_, '_>, findings: &mut Vec<Diagnostic>) {
    for pack in &subject.analysed.packs {
        for file in &pack.input.locales {
            if file.locale.eq_ignore_ascii_case("en") {
                findings.push(
                    BAD_LOCALE
                        .at(start(file), "English is no translation")
                        .help("English stands in the rule files and nowhere else: move the texts there"),
                );
            } else {
                look(file, findings);
            }
        }
        for file in &pack.input.texts {
            look(file, findings);
        }
    }
}

fn start(file: &SideFile) -> Span {
    Span::new(file.id, 0, 0)
}

fn look(file: &SideFile, findings: &mut Vec<Diagnostic>) {
    let name = &file.locale;
    let finding = BAD_LOCALE.at(start(file), format!("`{name}` is no locale"));
    match canonical(name) {
        Some(right) if right == *name => {}
        Some(right) => findings.push(finding.help(format!("call the file `{right}`"))),
        None => findings
            .push(finding.help(
                "call the file by its language and, where it matters, region: `de`, `zh-TW`",
            )),
    }
}

/// `zh_tw` is `zh-TW`: language, script, region, variants (BCP 47); none if it is no such thing.
fn canonical(name: &str) -> Option<String> {
    let mut parts = name.split(['-', '_']).peekable();
    let alphabetic = |it: &str| it.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts
        .next()
        .filter(|it| alphabetic(it) && matches!(it.len(), 2 | 3))?;
    let mut whole = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|it| it.len() == 4 && alphabetic(it)) {
        let (first, rest) = script.split_at_checked(1)?;
        whole.push_str(&format!(
            "-{}{}",
            first.to_ascii_uppercase(),
            rest.to_ascii_lowercase()
        ));
    }
    let numeric = |it: &str| it.len() == 3 && it.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(region) = parts.next_if(|it| (it.len() == 2 && alphabetic(it)) || numeric(it)) {
        whole.push_str(&format!("-{}", region.to_ascii_uppercase()));
    }
    for variant in parts {
        let plain = variant.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !plain || !(4..=8).contains(&variant.len()) {
            return None;
        }
        whole.push_str(&format!("-{}", variant.to_ascii_lowercase()));
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn a_locale_has_one_spelling() {
        for right in ["de", "zh-TW", "zh-Hant-TW", "es-419", "ca-ES-valencia"] {
            assert_eq!(canonical(right).as_deref(), Some(right));
        }
        assert_eq!(canonical("zh_tw").as_deref(), Some("zh-TW"));
        for wrong in [
            "", "chinese", "de-", "d", "de-DE-x", "日本", "de.DE", "zh-TW-TW",
        ] {
            assert_eq!(canonical(wrong), None, "{wrong}");
        }
    }
}
