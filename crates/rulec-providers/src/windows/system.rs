//! What is asked of Windows: the narrow door behind which its calls lie, so that everything that is made of their answers can be tested
//! anywhere.

use std::time::Duration;

use rulec_windows::{
    Adapter, Data, Device, First, Held, Place, Power, Read, Route, Service, Trouble,
};

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// It is a folder.
    pub folder: bool,
    /// When it was last changed, seconds since 1970.
    pub changed: Option<i64>,
}

/// A Windows machine. Every call only reads, and blocks until it has an answer; who asks decides how long that is waited for.
///
/// `None` stands for a place that was read and holds no such thing.
#[allow(missing_docs, reason = "see the calls of the crate rulec-windows")]
pub trait System: Send + Sync {
    fn values(&self, key: &str) -> Read<Vec<Data>>;
    fn subkeys(&self, key: &str) -> Read<Vec<String>>;
    fn certificates(&self, place: Place, store: &str, part: Option<&str>) -> Read<Vec<Held>>;
    fn events(
        &self,
        log: &str,
        query: &str,
        first: First,
        each: &mut dyn FnMut(&str) -> bool,
    ) -> Result<(), Trouble>;
    fn service(&self, name: &str) -> Read<Service>;
    fn connections(&self) -> Result<Vec<String>, Trouble>;
    fn adapters(&self) -> Result<Vec<Adapter>, Trouble>;
    fn routes(&self) -> Result<Vec<Route>, Trouble>;
    fn power(&self) -> Result<Power, Trouble>;
    fn device(&self, id: &str) -> Read<Device>;
    /// Major and minor number and build.
    fn version(&self) -> Result<(u32, u32, u32), Trouble>;
    /// The value of an environment variable, `APPDATA`.
    fn variable(&self, name: &str) -> Option<String>;
    /// What is in a folder.
    fn folder(&self, path: &str) -> Read<Vec<Entry>>;
    /// The bytes of a file.
    fn file(&self, path: &str) -> Read<Vec<u8>>;
    /// What a program of Windows' own folder prints, to its end; it is stopped when the time is over.
    fn run(&self, program: &str, arguments: &[&str], limit: Duration) -> Read<Vec<u8>>;
}
