//! Connections that are dialled. Whether the service behind it exists has to be asked first: without it the call may say "none".

use windows_sys::Win32::NetworkManagement::Rras::{RASCONNW, RasEnumConnectionsW};

use crate::{Trouble, wide};

/// The buffer is too small.
const ERROR_BUFFER_TOO_SMALL: u32 = 603;
/// Most connections.
const MOST: usize = 1024;

/// The names of the connections that are up.
///
/// # Errors
/// They cannot be listed.
pub fn connections() -> Result<Vec<String>, Trouble> {
    let size = size_of::<RASCONNW>() as u32;
    let mut room = 8;
    loop {
        let empty = RASCONNW {
            dwSize: size,
            ..RASCONNW::default()
        };
        let mut list = vec![empty; room];
        let mut bytes = size * room as u32;
        let mut count = 0;
        // SAFETY: the list has as many bytes as are said, and its first record says how large one is.
        let code =
            unsafe { RasEnumConnectionsW(list.as_mut_ptr(), &raw mut bytes, &raw mut count) };
        match code {
            0 => {
                let found = list.iter().take(count as usize);
                return Ok(found
                    .map(|it| {
                        // The record is packed: its text has to be copied out.
                        let name = it.szEntryName;
                        wide::text(&name)
                    })
                    .collect());
            }
            ERROR_BUFFER_TOO_SMALL if room < MOST => room *= 2,
            code => return Err(Trouble::of("listing the connections", code)),
        }
    }
}
