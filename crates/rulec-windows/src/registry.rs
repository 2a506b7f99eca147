//! Values and subkeys of a registry key, with no more rights than to read these.

use std::ptr::{null, null_mut};

use rulec_facts::reason::Why;
use windows_sys::Win32::Foundation::{
    ERROR_FILE_NOT_FOUND, ERROR_KEY_DELETED, ERROR_MORE_DATA, ERROR_NO_MORE_ITEMS,
    ERROR_PATH_NOT_FOUND, ERROR_SUCCESS,
};
use windows_sys::Win32::System::Registry::{
    HKEY, HKEY_CLASSES_ROOT, HKEY_CURRENT_CONFIG, HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE,
    HKEY_USERS, KEY_ENUMERATE_SUB_KEYS, KEY_QUERY_VALUE, KEY_WOW64_64KEY, RegCloseKey,
    RegEnumKeyExW, RegEnumValueW, RegOpenKeyExW,
};

use crate::{Data, Read, Trouble, wide};

/// Longest name of a value, units.
const LONGEST_NAME: usize = 16_384;
/// Most values or subkeys of a key.
const MOST: u32 = 20_000;
/// Most bytes of all values of a key.
const ROOM: usize = 32 << 20;
/// Room for a value before it is known to be larger, bytes.
const USUAL: usize = 4096;

struct Open(HKEY);

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: the handle is open and is used no more.
        unsafe { RegCloseKey(self.0) };
    }
}

fn open(key: &str, rights: u32) -> Read<Open> {
    let (root, rest) = key.split_once('\\').unwrap_or((key, ""));
    let root = match root.to_ascii_uppercase().as_str() {
        "HKLM" | "HKEY_LOCAL_MACHINE" => HKEY_LOCAL_MACHINE,
        "HKCU" | "HKEY_CURRENT_USER" => HKEY_CURRENT_USER,
        "HKCR" | "HKEY_CLASSES_ROOT" => HKEY_CLASSES_ROOT,
        "HKU" | "HKEY_USERS" => HKEY_USERS,
        "HKCC" | "HKEY_CURRENT_CONFIG" => HKEY_CURRENT_CONFIG,
        _ => {
            let detail = "a key begins with `HKLM`, `HKCU`, `HKCR`, `HKU` or `HKCC`";
            return Err(Trouble::new(Why::Malformed, detail));
        }
    };
    let path = wide::of(rest.trim_end_matches('\\'));
    let mut handle: HKEY = null_mut();
    // SAFETY: the path ends in a zero, and the handle is written by the call alone.
    let code = unsafe {
        RegOpenKeyExW(
            root,
            path.as_ptr(),
            0,
            rights | KEY_WOW64_64KEY,
            &raw mut handle,
        )
    };
    match code {
        ERROR_SUCCESS => Ok(Some(Open(handle))),
        ERROR_FILE_NOT_FOUND | ERROR_PATH_NOT_FOUND | ERROR_KEY_DELETED => Ok(None),
        code => Err(Trouble::of("opening the key", code)),
    }
}

/// The values of a key; none where there is no such key.
///
/// # Errors
/// It cannot be read, or is larger than is read.
pub fn values(key: &str) -> Read<Vec<Data>> {
    let Some(open) = open(key, KEY_QUERY_VALUE)? else {
        return Ok(None);
    };
    let mut found = Vec::new();
    let mut taken = 0;
    let mut bytes = vec![0_u8; USUAL];
    let mut at = 0;
    while at < MOST {
        let mut name = vec![0_u16; LONGEST_NAME];
        let mut name_length = LONGEST_NAME as u32;
        let (mut kind, mut length) = (0, bytes.len() as u32);
        // SAFETY: both buffers are as long as their lengths say.
        let code = unsafe {
            RegEnumValueW(
                open.0,
                at,
                name.as_mut_ptr(),
                &raw mut name_length,
                null(),
                &raw mut kind,
                bytes.as_mut_ptr(),
                &raw mut length,
            )
        };
        match code {
            ERROR_SUCCESS => {
                taken += length as usize;
                found.push(Data {
                    name: wide::text(name.get(..name_length as usize).unwrap_or(&[])),
                    kind,
                    bytes: bytes.get(..length as usize).unwrap_or(&[]).to_vec(),
                });
                at += 1;
            }
            ERROR_MORE_DATA if bytes.len() < ROOM => {
                bytes.resize((length as usize).max(bytes.len() * 2).min(ROOM), 0);
            }
            ERROR_NO_MORE_ITEMS => return Ok(Some(found)),
            ERROR_MORE_DATA => break,
            code => return Err(Trouble::of("reading the values of the key", code)),
        }
        if taken > ROOM {
            break;
        }
    }
    let detail = "the key has more values, or larger ones, than are read";
    Err(Trouble::new(Why::OverBudget, detail))
}

/// The names of the keys directly below one; none where there is no such key.
///
/// # Errors
/// They cannot be read, or are more than are read.
pub fn subkeys(key: &str) -> Read<Vec<String>> {
    let Some(open) = open(key, KEY_ENUMERATE_SUB_KEYS)? else {
        return Ok(None);
    };
    let mut found = Vec::new();
    for at in 0..MOST {
        // A key's name has at most 255 units.
        let mut name = [0_u16; 512];
        let mut length = name.len() as u32;
        // SAFETY: the buffer is as long as its length says; the rest may be null.
        let code = unsafe {
            RegEnumKeyExW(
                open.0,
                at,
                name.as_mut_ptr(),
                &raw mut length,
                null(),
                null_mut(),
                null_mut(),
                null_mut(),
            )
        };
        match code {
            ERROR_SUCCESS => found.push(wide::text(name.get(..length as usize).unwrap_or(&[]))),
            ERROR_NO_MORE_ITEMS => return Ok(Some(found)),
            code => return Err(Trouble::of("reading the keys below the key", code)),
        }
    }
    let detail = "the key has more keys below it than are read";
    Err(Trouble::new(Why::OverBudget, detail))
}
