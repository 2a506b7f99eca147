//! A service, with no more rights than to ask for its state and how it starts.

use std::ptr::null;

use windows_sys::Win32::Foundation::{
    ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_NAME, ERROR_SERVICE_DOES_NOT_EXIST, GetLastError,
};
use windows_sys::Win32::System::Services::{
    CloseServiceHandle, OpenSCManagerW, OpenServiceW, QUERY_SERVICE_CONFIGW, QueryServiceConfigW,
    QueryServiceStatus, SC_HANDLE, SC_MANAGER_CONNECT, SERVICE_QUERY_CONFIG, SERVICE_QUERY_STATUS,
    SERVICE_STATUS,
};

use crate::{Read, Service, Trouble, wide};

struct Open(SC_HANDLE);

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: the handle is open and is used no more.
        unsafe { CloseServiceHandle(self.0) };
    }
}

fn last() -> u32 {
    // SAFETY: it has no conditions.
    unsafe { GetLastError() }
}

/// The service of that short name; none where there is none.
///
/// # Errors
/// It cannot be asked.
pub fn service(name: &str) -> Read<Service> {
    // SAFETY: null is the local machine and its usual database.
    let manager = unsafe { OpenSCManagerW(null(), null(), SC_MANAGER_CONNECT) };
    if manager.is_null() {
        return Err(Trouble::of("asking the service manager", last()));
    }
    let manager = Open(manager);
    let name = wide::of(name);
    let rights = SERVICE_QUERY_CONFIG | SERVICE_QUERY_STATUS;
    // SAFETY: the manager is open, and the name ends in a zero.
    let service = unsafe { OpenServiceW(manager.0, name.as_ptr(), rights) };
    if service.is_null() {
        return match last() {
            ERROR_SERVICE_DOES_NOT_EXIST | ERROR_INVALID_NAME => Ok(None),
            code => Err(Trouble::of("asking for the service", code)),
        };
    }
    let service = Open(service);
    let mut status = SERVICE_STATUS::default();
    // SAFETY: the service is open, and the status is written by the call alone.
    if unsafe { QueryServiceStatus(service.0, &raw mut status) } == 0 {
        return Err(Trouble::of("asking for the service's state", last()));
    }
    Ok(Some(Service {
        state: status.dwCurrentState,
        start: start(&service)?,
    }))
}

fn start(service: &Open) -> Result<u32, Trouble> {
    // The record may be 8 KB at most, its texts included; words of eight bytes, as it wants to lie.
    let mut buffer = vec![0_u64; 1024];
    let config: *mut QUERY_SERVICE_CONFIGW = buffer.as_mut_ptr().cast();
    let mut needed = 0;
    // SAFETY: the buffer has as many bytes as are said.
    let told = unsafe { QueryServiceConfigW(service.0, config, 8192, &raw mut needed) };
    match told {
        0 if last() == ERROR_INSUFFICIENT_BUFFER => Err(Trouble::of(
            "asking how the service starts",
            ERROR_INSUFFICIENT_BUFFER,
        )),
        0 => Err(Trouble::of("asking how the service starts", last())),
        // SAFETY: the call filled the record.
        _ => Ok(unsafe { (*config).dwStartType }),
    }
}
