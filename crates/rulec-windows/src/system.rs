//! Which Windows this is.

use windows_sys::Wdk::System::SystemServices::RtlGetVersion;
use windows_sys::Win32::System::SystemInformation::OSVERSIONINFOW;

use crate::Trouble;

/// Major and minor number and build, as the kernel says them: no compatibility setting changes it.
///
/// # Errors
/// The call failed.
pub fn version() -> Result<(u32, u32, u32), Trouble> {
    let mut version = OSVERSIONINFOW {
        dwOSVersionInfoSize: size_of::<OSVERSIONINFOW>() as u32,
        ..OSVERSIONINFOW::default()
    };
    // SAFETY: the record says how large it is.
    match unsafe { RtlGetVersion(&raw mut version) } {
        0 => Ok((
            version.dwMajorVersion,
            version.dwMinorVersion,
            version.dwBuildNumber,
        )),
        status => Err(Trouble::of(
            "asking for the version",
            status.cast_unsigned(),
        )),
    }
}
