//! Records of an event log, one after the other as XML.

use rulec_facts::reason::Why;
use windows_sys::Win32::Foundation::{
    ERROR_INSUFFICIENT_BUFFER, ERROR_NO_MORE_ITEMS, GetLastError, SetLastError,
};
use windows_sys::Win32::System::EventLog::{
    EVT_HANDLE, EvtClose, EvtNext, EvtQuery, EvtQueryChannelPath, EvtQueryForwardDirection,
    EvtQueryReverseDirection, EvtRender, EvtRenderEventXml,
};

use crate::{First, Trouble, wide};

/// Records that are fetched at once.
const BATCH: usize = 32;
/// Longest record, bytes; the log itself takes no longer ones.
const LONGEST: usize = 1 << 20;
/// Time for one batch, milliseconds.
const PATIENCE: u32 = 20_000;

struct Open(EVT_HANDLE);

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: the handle is open and is used no more.
        unsafe { EvtClose(self.0) };
    }
}

/// The code of the last error; that of an invalid handle where a call failed and said nothing.
fn last() -> u32 {
    // SAFETY: it has no conditions.
    match unsafe { GetLastError() } {
        0 => 6,
        code => code,
    }
}

/// Hands the records that fit an XPath query to `each`, until that says `false`.
///
/// # Errors
/// The log cannot be read; what was handed out before then is a part of it.
pub fn of_log(
    log: &str,
    query: &str,
    first: First,
    each: &mut dyn FnMut(&str) -> bool,
) -> Result<(), Trouble> {
    let direction = match first {
        First::Newest => EvtQueryReverseDirection,
        First::Oldest => EvtQueryForwardDirection,
    };
    let (log, query) = (wide::of(log), wide::of(query));
    // SAFETY: it has no conditions.
    unsafe { SetLastError(0) };
    // SAFETY: both texts end in a zero; no session is the local machine.
    let handle = unsafe {
        EvtQuery(
            0,
            log.as_ptr(),
            query.as_ptr(),
            EvtQueryChannelPath | direction,
        )
    };
    if handle == 0 {
        return Err(Trouble::of("asking the event log", last()));
    }
    let found = Open(handle);
    loop {
        let mut batch: [EVT_HANDLE; BATCH] = [0; BATCH];
        let mut count = 0;
        // SAFETY: it has no conditions.
        unsafe { SetLastError(0) };
        // SAFETY: the array has as many places as are said.
        let told = unsafe {
            EvtNext(
                found.0,
                BATCH as u32,
                batch.as_mut_ptr(),
                PATIENCE,
                0,
                &raw mut count,
            )
        };
        if told == 0 {
            return match last() {
                ERROR_NO_MORE_ITEMS => Ok(()),
                code => Err(Trouble::of("reading the event log", code)),
            };
        }
        let batch: Vec<Open> = batch.into_iter().take(count as usize).map(Open).collect();
        for record in &batch {
            if !each(&xml(record)?) {
                return Ok(());
            }
        }
    }
}

fn xml(record: &Open) -> Result<String, Trouble> {
    let mut units = vec![0_u16; 4096];
    loop {
        let (mut used, mut properties) = (0, 0);
        let size = units.len() * 2;
        // SAFETY: the buffer has as many bytes as are said.
        let told = unsafe {
            EvtRender(
                0,
                record.0,
                EvtRenderEventXml,
                size as u32,
                units.as_mut_ptr().cast(),
                &raw mut used,
                &raw mut properties,
            )
        };
        if told != 0 {
            return Ok(wide::text(&units));
        }
        match last() {
            ERROR_INSUFFICIENT_BUFFER if (size..LONGEST).contains(&(used as usize)) => {
                units.resize(used as usize / 2 + 1, 0);
            }
            ERROR_INSUFFICIENT_BUFFER => {
                let detail = "a record of the event log is larger than any is read";
                return Err(Trouble::new(Why::OverBudget, detail));
            }
            code => return Err(Trouble::of("reading a record of the event log", code)),
        }
    }
}
