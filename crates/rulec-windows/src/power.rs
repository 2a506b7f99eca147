//! When the active power plan sends the machine to sleep.

use std::ptr::null_mut;

use windows_sys::Win32::Foundation::{ERROR_SUCCESS, LocalFree};
use windows_sys::Win32::System::Power::{
    PowerGetActiveScheme, PowerReadACValueIndex, PowerReadDCValueIndex,
};
use windows_sys::core::GUID;

use crate::{Power, Trouble};

/// Settings of sleep.
const SLEEP: GUID = GUID::from_u128(0x238c9fa8_0aad_41ed_83f4_97be242c8f20);
/// Sleep after, seconds.
const STANDBY: GUID = GUID::from_u128(0x29f6c1db_86da_48c5_9fdb_f2b67b1f44da);
/// Hibernate after, seconds.
const HIBERNATE: GUID = GUID::from_u128(0x9d7815a6_7ee4_497e_8888_515a05f02364);

struct Scheme(*mut GUID);

impl Drop for Scheme {
    fn drop(&mut self) {
        // SAFETY: the system gave it to us to free.
        unsafe { LocalFree(self.0.cast()) };
    }
}

/// The timeouts of the active plan.
///
/// # Errors
/// They cannot be read.
pub fn timeouts() -> Result<Power, Trouble> {
    let mut scheme = null_mut();
    // SAFETY: the pointer is written by the call alone.
    let code = unsafe { PowerGetActiveScheme(null_mut(), &raw mut scheme) };
    if code != ERROR_SUCCESS || scheme.is_null() {
        return Err(Trouble::of("asking for the active power plan", code));
    }
    let scheme = Scheme(scheme);
    Ok(Power {
        standby_ac: value(&scheme, &STANDBY, true)?,
        standby_dc: value(&scheme, &STANDBY, false)?,
        hibernate_ac: value(&scheme, &HIBERNATE, true)?,
        hibernate_dc: value(&scheme, &HIBERNATE, false)?,
    })
}

fn value(scheme: &Scheme, setting: &GUID, mains: bool) -> Result<u32, Trouble> {
    let mut value = 0;
    // SAFETY: all pointers are to records that live longer than the call.
    let code = unsafe {
        match mains {
            true => PowerReadACValueIndex(null_mut(), scheme.0, &SLEEP, setting, &raw mut value),
            false => PowerReadDCValueIndex(null_mut(), scheme.0, &SLEEP, setting, &raw mut value),
        }
    };
    match code {
        ERROR_SUCCESS => Ok(value),
        code => Err(Trouble::of("reading the power plan", code)),
    }
}
