//! `rulec new`: a pack with one rule and its test, to be changed.

use std::fs;
use std::io::Write;

use crate::args::New;
use crate::failure::Failure;
use crate::output::Output;

const RULES: &str = include_str!("new/example.rules");

/// Makes the folder; refuses one that already has something in it.
pub fn run(args: &New, output: &mut Output) -> Result<u8, Failure> {
    let dir = &args.dir;
    let folder = dir.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let name = pack_name(folder)?;
    let taken = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if taken || dir.is_file() {
        return Err(Failure::new(format!("`{}` already exists", dir.display()))
            .help("give the name of a folder that does not exist yet"));
    }
    fs::create_dir_all(dir).map_err(|error| Failure::unwritable(dir, &error))?;
    let file = dir.join("pack.rules");
    let text = RULES
        .replace("example.pack", &name)
        .replace("example-pack", folder);
    fs::write(&file, text).map_err(|error| Failure::unwritable(&file, &error))?;
    writeln!(
        output,
        "made {file}\n\ntry:\n  rulec test {dir}\n  rulec run --pack {dir} --symptom no-answer",
        file = file.display(),
        dir = dir.display()
    )?;
    Ok(0)
}

/// `dns-client` is the pack `dns.client`.
fn pack_name(folder: &str) -> Result<String, Failure> {
    let fits = folder.starts_with(|c: char| c.is_ascii_lowercase())
        && folder.split('-').all(|part| !part.is_empty())
        && folder
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if fits {
        Ok(folder.replace('-', "."))
    } else {
        Err(
            Failure::new(format!("`{folder}` cannot be the name of a pack"))
                .help("use lower-case letters, digits and single hyphens, such as `dns-client`"),
        )
    }
}
