//! What commands of Windows print, run here and read by the readers of saved texts: `windows command`, `system` and `updates`.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rulec_artefacts::text;
use rulec_artefacts::text_dumps::systeminfo::System as Printed;
use rulec_artefacts::text_dumps::{dsregcmd, systeminfo};
use rulec_facts::reason::Why;
use rulec_facts::untold;
use rulec_windows::{Read, Trouble};
use serde_json::{Value as Json, json};

use super::system::System;

/// What `systeminfo` printed: it takes seconds, and two kinds need it.
#[derive(Default)]
pub(super) struct Once {
    told: Mutex<Option<Result<Printed, Trouble>>>,
}

impl Once {
    fn printed(&self, system: &dyn System, limit: Duration) -> Result<Printed, Trouble> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let run = || {
            let bytes = output(system, "systeminfo", &[], limit)?;
            let text = text::decode(&bytes);
            text.as_deref().and_then(systeminfo::read).ok_or_else(|| {
                let detail = "what `systeminfo` prints here is not known";
                Trouble::new(Why::Malformed, detail)
            })
        };
        told.get_or_insert_with(run).clone()
    }

    /// `windows system`. Version and build are known to a call as well, the name is not.
    pub(super) fn system(&self, system: &dyn System, limit: Duration) -> Read<Json> {
        match self.printed(system, limit) {
            Ok(printed) => Ok(Some(printed.document())),
            Err(trouble) => {
                let (major, minor, build) = system.version()?;
                Ok(Some(json!({
                    "name": untold::value(trouble.why, &trouble.detail),
                    "version": format!("{major}.{minor}.{build}"),
                    "build": build.to_string(),
                })))
            }
        }
    }

    /// `windows updates`.
    pub(super) fn updates(&self, system: &dyn System, limit: Duration) -> Read<Json> {
        Ok(Some(self.printed(system, limit)?.updates))
    }
}

/// `windows command`: only what stands in the table of sources gets here, and only what there is a reader for is run.
pub(super) fn command(system: &dyn System, command: &str, limit: Duration) -> Read<Json> {
    if !command.trim().eq_ignore_ascii_case(dsregcmd::COMMAND) {
        let detail = "there is no reader yet for what this command prints; it was not run";
        return Err(Trouble::new(Why::Unsupported, detail));
    }
    let bytes = output(system, "dsregcmd", &["/status"], limit)?;
    let text = text::decode(&bytes);
    let values = text.as_deref().and_then(dsregcmd::values).ok_or_else(|| {
        let detail = "what the command prints here is not known";
        Trouble::new(Why::Malformed, detail)
    })?;
    Ok(Some(Json::Object(values)))
}

fn output(
    system: &dyn System,
    program: &str,
    arguments: &[&str],
    limit: Duration,
) -> Result<Vec<u8>, Trouble> {
    system.run(program, arguments, limit)?.ok_or_else(|| {
        let detail = format!("this system has no command `{program}`");
        Trouble::new(Why::Unsupported, detail)
    })
}
