//! `rulec collect --script`: a batch file that gathers with the commands that Windows ships what the readers of case folders read, for
//! machines on which no foreign program may run.
//!
//! Names in it come from packs and from who asked: they are written so that the command processor takes them for nothing but names, or
//! left out with a remark.

mod quoting;
mod steps;

use rulec_eval::wanted::Wanted;
use serde_json::Value as Json;

use quoting::{echoed, plain};
use steps::Steps;

/// For whom it is made.
pub struct About<'a> {
    /// `azure.p2s 0.1.0`.
    pub pack: &'a str,
    /// What is known already, as a case file.
    pub known: &'a Json,
}

/// The first file of what is gathered.
const NOTICE: &[&str] = &[
    "This folder is RAW: it holds names, addresses, certificates and logs as they are on the machine.",
    "Send it only to somebody who may know them. rulec redact FOLDER -o OUT makes a case that may be sent.",
];

/// The text of the batch file, with the line ends of Windows, in ASCII.
pub fn script(about: &About<'_>, wanted: &[Wanted]) -> String {
    let mut steps = Steps::default();
    for fact in wanted {
        for place in &fact.places {
            steps.add(place, &fact.name);
        }
    }
    let mut lines = head(about);
    lines.extend(case_file(about.known));
    lines.extend(steps.lines());
    lines.extend([
        String::new(),
        "rem A command that said nothing told nothing.".to_owned(),
        "for /r \"%OUT%\" %%f in (*.json) do if %%~zf==0 del \"%%f\"".to_owned(),
        "echo.".to_owned(),
        "echo Done. What was gathered is in the folder \"%OUT%\". It is not redacted.".to_owned(),
        "exit /b 0".to_owned(),
    ]);
    let mut text = lines.join("\r\n");
    text.push_str("\r\n");
    text
}

fn head(about: &About<'_>) -> Vec<String> {
    let mut lines: Vec<String> = [
        "@echo off".to_owned(),
        format!(
            "rem Gathers what the rules of {} can use. Made by rulec {}.",
            plain(about.pack),
            env!("CARGO_PKG_VERSION")
        ),
        "rem It uses only commands that Windows ships, changes nothing, and sends nothing."
            .to_owned(),
        "rem What it gathers is raw: it holds names, addresses, certificates and logs.".to_owned(),
        "rem Usage: collect.cmd [FOLDER]; the folder must not be there yet. Run it as the user"
            .to_owned(),
        "rem who has the trouble; what needs an administrator is left out otherwise.".to_owned(),
        "setlocal EnableExtensions DisableDelayedExpansion".to_owned(),
        "set \"OUT=%~1\"".to_owned(),
        "if not defined OUT set \"OUT=%CD%\\case-%COMPUTERNAME%\"".to_owned(),
        "if exist \"%OUT%\" (".to_owned(),
        "  echo \"%OUT%\" is there already: name another folder. 1>&2".to_owned(),
        "  exit /b 2".to_owned(),
        ")".to_owned(),
        "md \"%OUT%\"".to_owned(),
        "if not exist \"%OUT%\\.\" exit /b 2".to_owned(),
        "set \"LOG=%OUT%\\log.txt\"".to_owned(),
    ]
    .into();
    for line in NOTICE {
        lines.push(format!(
            ">>\"%OUT%\\00-NOT-REDACTED.txt\" echo {}",
            echoed(line)
        ));
    }
    lines
}

/// `case.json`: what was known when the script was made, and the time at which it runs. Whatever stands in texts is written by its number
/// where it could mean something to the command processor.
fn case_file(known: &Json) -> Vec<String> {
    let mut known = known.clone();
    if let Some(known) = known.as_object_mut() {
        known.remove("now");
    }
    let text = format!("{known:#}");
    let mut lines = vec![
        "set \"NOW=\"".to_owned(),
        "for /f \"usebackq delims=\" %%t in (`powershell -NoProfile -Command \"[DateTime]::UtcNow.ToString('s', [Globalization.CultureInfo]::InvariantCulture) + 'Z'\" 2^>nul`) do set \"NOW=%%t\"".to_owned(),
        ">>\"%OUT%\\case.json\" echo {".to_owned(),
        // Without PowerShell the time is not known.
        "if defined NOW >>\"%OUT%\\case.json\" echo   \"now\": \"%NOW%\",".to_owned(),
    ];
    let inner = text.lines().skip(1);
    lines.extend(inner.map(|line| {
        format!(
            ">>\"%OUT%\\case.json\" echo {}",
            echoed(&quoting::json_line(line))
        )
    }));
    lines
}

#[cfg(test)]
mod tests;
