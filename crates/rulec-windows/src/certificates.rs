//! Certificates of a store: of the system's, which shows several physical ones together, or of one of these.

use std::ffi::c_void;
use std::ptr::null_mut;

use rulec_facts::reason::Why;
use windows_sys::Win32::Foundation::{
    ERROR_FILE_NOT_FOUND, ERROR_NO_MORE_FILES, ERROR_PATH_NOT_FOUND, GetLastError, SetLastError,
};
use windows_sys::Win32::Security::Cryptography::{
    CERT_CONTEXT, CERT_KEY_PROV_INFO_PROP_ID, CERT_STORE_OPEN_EXISTING_FLAG,
    CERT_STORE_PROV_PHYSICAL_W, CERT_STORE_PROV_SYSTEM_W, CERT_STORE_READONLY_FLAG,
    CERT_SYSTEM_STORE_CURRENT_USER, CERT_SYSTEM_STORE_LOCAL_MACHINE, CertCloseStore,
    CertEnumCertificatesInStore, CertFreeCertificateContext, CertGetCertificateContextProperty,
    CertOpenStore, HCERTSTORE,
};

use crate::{Held, Place, Read, Trouble, wide};

/// Most certificates of a store.
const MOST: usize = 20_000;
/// Nothing more in a store.
const CRYPT_E_NOT_FOUND: u32 = 0x8009_2004;

struct Open(HCERTSTORE);

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: the store is open and is used no more.
        unsafe { CertCloseStore(self.0, 0) };
    }
}

/// The certificates of a store; none where there is no such store. `physical` is one of its parts, `.Default`, `.LocalMachine`, …
///
/// # Errors
/// It cannot be read, or has more than are read.
pub fn of_store(place: Place, store: &str, physical: Option<&str>) -> Read<Vec<Held>> {
    let place = match place {
        Place::CurrentUser => CERT_SYSTEM_STORE_CURRENT_USER,
        Place::LocalMachine => CERT_SYSTEM_STORE_LOCAL_MACHINE,
    };
    let (provider, name) = match physical {
        None => (CERT_STORE_PROV_SYSTEM_W, wide::of(store)),
        Some(part) => (
            CERT_STORE_PROV_PHYSICAL_W,
            wide::of(&format!("{store}\\{part}")),
        ),
    };
    let flags = place | CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG;
    // SAFETY: these providers take a text that ends in a zero, and keep no pointer to it.
    let handle = unsafe { CertOpenStore(provider, 0, 0, flags, name.as_ptr().cast::<c_void>()) };
    if handle.is_null() {
        // SAFETY: it has no conditions.
        return match unsafe { GetLastError() } {
            ERROR_FILE_NOT_FOUND | ERROR_PATH_NOT_FOUND => Ok(None),
            code => Err(Trouble::of("opening the certificate store", code)),
        };
    }
    all(&Open(handle)).map(Some)
}

fn all(store: &Open) -> Result<Vec<Held>, Trouble> {
    let mut found = Vec::new();
    let mut last: *mut CERT_CONTEXT = null_mut();
    loop {
        // SAFETY: the error of an earlier call must not be taken for that of the next.
        unsafe { SetLastError(0) };
        // SAFETY: the store is open; the last context is its own and is freed by this call.
        last = unsafe { CertEnumCertificatesInStore(store.0, last) };
        if last.is_null() {
            // SAFETY: it has no conditions.
            return match unsafe { GetLastError() } {
                0 | CRYPT_E_NOT_FOUND | ERROR_NO_MORE_FILES => Ok(found),
                code => Err(Trouble::of("reading the certificate store", code)),
            };
        }
        if found.len() == MOST {
            // SAFETY: the context is ours and is used no more.
            unsafe { CertFreeCertificateContext(last) };
            let detail = "the store has more certificates than are read";
            return Err(Trouble::new(Why::OverBudget, detail));
        }
        // SAFETY: the context is valid until the next turn.
        found.push(unsafe { held(last) });
    }
}

/// # Safety
/// The context is valid.
unsafe fn held(context: *const CERT_CONTEXT) -> Held {
    // SAFETY: the bytes are those of the context, which lives longer than the copy takes.
    let der = unsafe {
        let bytes = (*context).pbCertEncoded;
        std::slice::from_raw_parts(bytes, (*context).cbCertEncoded as usize).to_vec()
    };
    let mut size = 0;
    // SAFETY: with a null buffer only the size is told.
    let key = unsafe {
        CertGetCertificateContextProperty(
            context,
            CERT_KEY_PROV_INFO_PROP_ID,
            null_mut(),
            &raw mut size,
        )
    };
    Held { der, key: key != 0 }
}
