//! A device by its instance ID.

use rulec_facts::reason::Why;
use windows_sys::Win32::Devices::DeviceAndDriverInstallation::{
    CM_DRP_DEVICEDESC, CM_DRP_FRIENDLYNAME, CM_Get_DevNode_Registry_PropertyW,
    CM_Get_DevNode_Status, CM_LOCATE_DEVNODE_NORMAL, CM_Locate_DevNodeW, CR_NO_SUCH_DEVNODE,
    CR_SUCCESS,
};

use crate::{Device, Read, Trouble, wide};

/// The device from which all others hang; every Windows has it.
const ROOT: &str = "HTREE\\ROOT\\0";

/// The device of that instance ID; none where there is none that is connected.
///
/// # Errors
/// Devices cannot be asked for.
pub fn device(id: &str) -> Read<Device> {
    // A system that does not know the root does not know devices: what it says of others is nothing.
    if locate(ROOT)?.is_none() {
        let detail = "this system does not list its devices";
        return Err(Trouble::new(Why::Unsupported, detail));
    }
    let Some(node) = locate(id)? else {
        return Ok(None);
    };
    let (mut status, mut problem) = (0, 0);
    // SAFETY: both are written by the call alone.
    let code = unsafe { CM_Get_DevNode_Status(&raw mut status, &raw mut problem, node, 0) };
    if code != CR_SUCCESS {
        return Err(failed("asking for the state of the device", code));
    }
    let name = property(node, CM_DRP_FRIENDLYNAME).or_else(|| property(node, CM_DRP_DEVICEDESC));
    Ok(Some(Device { name, problem }))
}

fn failed(what: &str, code: u32) -> Trouble {
    Trouble::new(
        Why::Unsupported,
        format!("{what}: it failed (CONFIGRET {code})"),
    )
}

fn locate(id: &str) -> Read<u32> {
    let mut node = 0;
    let id = wide::of(id);
    // SAFETY: the ID ends in a zero.
    match unsafe { CM_Locate_DevNodeW(&raw mut node, id.as_ptr(), CM_LOCATE_DEVNODE_NORMAL) } {
        CR_SUCCESS => Ok(Some(node)),
        CR_NO_SUCH_DEVNODE => Ok(None),
        code => Err(failed("looking for the device", code)),
    }
}

fn property(node: u32, which: u32) -> Option<String> {
    let mut units = [0_u16; 512];
    let mut bytes = size_of_val(&units) as u32;
    let mut kind = 0;
    // SAFETY: the buffer has as many bytes as are said.
    let code = unsafe {
        CM_Get_DevNode_Registry_PropertyW(
            node,
            which,
            &raw mut kind,
            units.as_mut_ptr().cast(),
            &raw mut bytes,
            0,
        )
    };
    (code == CR_SUCCESS).then(|| wide::text(&units))
}
