//! A text that only who has the key can read: the map from tokens to what they stand for. The cipher is a library's; here is the form of the
//! file.

use std::fs;
use std::path::Path;

use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use rulec_providers::case_output;
use serde_json::{Value as Json, json};

use crate::failure::Failure;
use crate::opening;

/// Name of the cipher, in the file.
const CIPHER: &str = "XChaCha20-Poly1305";
/// Largest sealed map that is read, bytes.
const LARGEST: usize = 256 << 20;

/// A key.
pub type Key = [u8; 32];

/// Random bytes of the system.
pub fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::new(format!("the system gives no random numbers: {error}")))?;
    Ok(bytes)
}

/// The key in a file of 64 hexadecimal digits; a new one, where there is no such file.
pub fn key(path: &Path) -> Result<Key, Failure> {
    if !case_output::is_taken(path) {
        let key: Key = random()?;
        case_output::write_private(path, &format!("{}\n", hex(&key)))
            .map_err(|error| Failure::unwritable(path, &error))?;
        return Ok(key);
    }
    existing_key(path)
}

/// The key in a file that is there.
pub fn existing_key(path: &Path) -> Result<Key, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))?;
    let bytes = bytes(text.trim());
    let key = bytes.and_then(|it| Key::try_from(it).ok());
    key.ok_or_else(|| {
        Failure::new(format!(
            "`{}` is no key: it has 64 hexadecimal digits",
            path.display()
        ))
    })
}

/// The text, sealed.
pub fn seal(text: &str, key: &Key) -> Result<String, Failure> {
    let nonce: [u8; 24] = random()?;
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    let data = cipher
        .encrypt(&nonce.into(), text.as_bytes())
        .map_err(|_| Failure::new("the map is too large to be sealed"))?;
    let file = json!({ "format": 1, "sealed": CIPHER, "nonce": hex(&nonce), "data": hex(&data) });
    Ok(format!("{file:#}\n"))
}

/// The text in a sealed file.
pub fn open(path: &Path, key: &Key) -> Result<String, Failure> {
    let fail = |why: &str| Failure::new(format!("cannot open `{}`: {why}", path.display()));
    let file = opening::read_bounded(path, LARGEST)?;
    let file: Json = serde_json::from_slice(&file).map_err(|_| fail("it is no sealed map"))?;
    let part = |name: &str| file.get(name).and_then(Json::as_str);
    if part("sealed") != Some(CIPHER) {
        return Err(fail("it is no sealed map"));
    }
    let nonce = part("nonce").and_then(bytes);
    let nonce = nonce.and_then(|it| <[u8; 24]>::try_from(it).ok());
    let data = part("data").and_then(bytes);
    let (Some(nonce), Some(data)) = (nonce, data) else {
        return Err(fail("it is damaged"));
    };
    let cipher = XChaCha20Poly1305::new(&(*key).into());
    let text = cipher.decrypt(&nonce.into(), data.as_slice());
    let text = text.ok().and_then(|it| String::from_utf8(it).ok());
    text.ok_or_else(|| fail("it was sealed with another key, or is damaged"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = hex.as_bytes().as_chunks::<2>();
    let digit = |it: u8| char::from(it).to_digit(16);
    let pair = |[high, low]: &[u8; 2]| u8::try_from(digit(*high)? * 16 + digit(*low)?).ok();
    let all: Option<Vec<u8>> = pairs.iter().map(pair).collect();
    all.filter(|_| rest.is_empty())
}
