//! Packs from disk: the one loader. Reads, parses, and follows `use`; understands nothing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rulec_check::input::{Input, PackInput, RuleFile, SideFile};
use rulec_facts::fixture::strict_json;
use rulec_facts::source;
use rulec_program::pack_file::{MAGIC, is_pack_file};
use rulec_syntax::ast::{File, Statement};
use rulec_syntax::diagnostic::{Code, Diagnostic, Level};
use rulec_syntax::parse::{parse, parse_without_tests};
use rulec_syntax::source::{FileId, SourceFile, Sources, Span};

use crate::failure::{Failure, io_reason};

/// Largest rule file or compiled pack that is read, bytes.
const LARGEST: u64 = 64 << 20;

/// Entries of a folder that are looked at to see whether it is one of rules.
const MOST_LOOKED_AT: usize = 1_000;

/// A file of a pack that could not be read.
pub static UNREADABLE_FILE: Code = Code {
    name: "unreadable-file",
    level: Level::Error,
    page: include_str!("../../../book/src/diagnostics/unreadable-file.md"),
};

/// The pack to which a file belongs.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// Its folder; none for standard input.
    pub folder: Option<PathBuf>,
    /// Name of that folder, or of the file if the pack is one.
    pub name: String,
    /// Where the file itself lies; its shown path need not lead there.
    pub file: Option<PathBuf>,
}

/// Everything that was read.
#[derive(Default)]
pub struct Loaded {
    /// All texts.
    pub sources: Sources,
    /// Packs named on the command line, then those that they use, directly or not.
    pub input: Input,
    /// What the parser and the file system said.
    pub findings: Vec<Diagnostic>,
    /// The pack of each text, by number.
    pub homes: Vec<Home>,
    /// The pack that is being read.
    home: Home,
    /// Tests are passed over.
    without_tests: bool,
}

impl Loaded {
    /// Some file could not be read.
    pub fn unreadable(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.code == &UNREADABLE_FILE)
    }
}

/// The rule files of packs, for a binary that carries them: of each pack its name, and of each file its path and text.
pub type Carried = Vec<(String, Vec<(String, String)>)>;

impl Loaded {
    /// The packs that were carried, the first of them the root. Translations and texts of other languages are not among them.
    pub fn from_carried(packs: Carried) -> Loaded {
        let mut loaded = Loaded::default();
        for (hint, files) in packs {
            let mut pack = PackInput::new(&hint);
            for (path, text) in files {
                loaded.home = Home {
                    name: hint.replace('.', "-"),
                    ..Home::default()
                };
                loaded.add_rules(&mut pack, &path, Ok(text.into_bytes()));
            }
            loaded.input.packs.push(pack);
        }
        loaded.input.roots = 1;
        loaded
    }
}

/// Reads the packs at these paths and all that they use.
pub fn load(paths: &[PathBuf], folders: &[PathBuf]) -> Result<Loaded, Failure> {
    load_into(Loaded::default(), paths, folders)
}

/// Like [`load`], without tests: for a command that runs none.
pub fn load_without_tests(paths: &[PathBuf], folders: &[PathBuf]) -> Result<Loaded, Failure> {
    let loaded = Loaded {
        without_tests: true,
        ..Loaded::default()
    };
    load_into(loaded, paths, folders)
}

fn load_into(
    mut loaded: Loaded,
    paths: &[PathBuf],
    folders: &[PathBuf],
) -> Result<Loaded, Failure> {
    let mut pending = VecDeque::new();
    for path in paths {
        let pack = loaded.read_root(path)?;
        pending.extend(uses_of(&pack, beside(path)));
        loaded.input.packs.push(pack);
    }
    loaded.input.roots = loaded.input.packs.len();
    let mut known: BTreeSet<String> = loaded.input.packs.iter().map(pack_name).collect();
    while let Some(wanted) = pending.pop_front() {
        if !known.insert(wanted.name.clone()) {
            continue;
        }
        // One that lies nowhere is a finding of the checker, at its `use`.
        if let Some(dir) = wanted.find(folders) {
            let pack = loaded.read_folder(&dir)?;
            pending.extend(uses_of(&pack, beside(&dir)));
            loaded.input.packs.push(pack);
        }
    }
    Ok(loaded)
}

/// A `use` that is to be followed.
struct Wanted {
    name: String,
    beside: Option<PathBuf>,
}

impl Wanted {
    /// Beside the pack that uses it, then in the given folders.
    fn find(&self, folders: &[PathBuf]) -> Option<PathBuf> {
        let folder = self.name.replace('.', "-");
        self.beside
            .iter()
            .chain(folders)
            .map(|dir| dir.join(&folder))
            .find(|dir| dir.is_dir())
    }
}

fn uses_of(pack: &PackInput, beside: Option<PathBuf>) -> Vec<Wanted> {
    let uses = pack.uses();
    uses.map(|name| Wanted {
        name: name.text.to_string(),
        beside: beside.clone(),
    })
    .collect()
}

/// The name that the pack gives itself, or that of its folder.
fn pack_name(pack: &PackInput) -> String {
    pack.name()
        .map_or_else(|| pack.name_hint.clone(), |name| name.text.to_string())
}

fn beside(path: &Path) -> Option<PathBuf> {
    let absolute = fs::canonicalize(path).ok()?;
    absolute.parent().map(Path::to_owned)
}

impl Loaded {
    /// Adds a statement of its own text to the first root pack.
    pub fn add_statement(&mut self, id: FileId, statement: Statement) {
        let tree = File {
            statements: vec![statement],
            ..File::default()
        };
        if let Some(pack) = self.input.packs.first_mut() {
            pack.files.push(RuleFile { id, tree });
        }
    }

    /// The same packs with other texts in some of their rule files.
    pub fn with_texts(&self, texts: &BTreeMap<FileId, String>) -> Loaded {
        let mut loaded = Loaded {
            input: self.input.clone(),
            homes: self.homes.clone(),
            home: self.home.clone(),
            without_tests: self.without_tests,
            ..Loaded::default()
        };
        for (id, file) in self.sources.iter() {
            let text = texts.get(&id).map_or(&*file.text, String::as_str);
            loaded
                .sources
                .add(SourceFile::new(file.path.as_str(), text));
        }
        let kept = self
            .findings
            .iter()
            .filter(|it| !texts.contains_key(&it.span.file));
        loaded.findings = kept.cloned().collect();
        let files = loaded.input.packs.iter_mut().flat_map(|it| &mut it.files);
        for file in files {
            if let Some(text) = texts.get(&file.id) {
                let parsed = parse(file.id, text);
                file.tree = parsed.file;
                loaded.findings.extend(parsed.findings);
            }
        }
        loaded
    }

    /// Where the rule file of that number lies.
    pub fn path_of(&self, id: FileId) -> Option<&Path> {
        self.homes.get(id.0 as usize)?.file.as_deref()
    }

    /// The file is one of rules in a pack that was asked for.
    pub fn is_of_root(&self, id: FileId) -> bool {
        let mut roots = self.input.packs.iter().take(self.input.roots);
        roots.any(|pack| pack.files.iter().any(|it| it.id == id))
    }

    /// Adds a file to a pack.
    pub fn add_file(&mut self, pack: usize, file: RuleFile) {
        if let Some(pack) = self.input.packs.get_mut(pack) {
            pack.files.push(file);
        }
    }

    /// Takes a file out of its pack.
    pub fn remove_file(&mut self, id: FileId) {
        for pack in &mut self.input.packs {
            pack.files.retain(|it| it.id != id);
        }
    }

    /// Takes the file at that path, and what was found in it, out of its pack, if it is in one.
    pub fn forget_file(&mut self, path: &Path) {
        let real = |path: &Path| fs::canonicalize(path).ok();
        let Some(path) = real(path) else {
            return;
        };
        let files = self.sources.iter();
        let same = files.filter(|(_, file)| real(Path::new(&file.path)).as_ref() == Some(&path));
        let same: Vec<FileId> = same.map(|(id, _)| id).collect();
        for id in same {
            self.remove_file(id);
            self.findings.retain(|it| it.span.file != id);
        }
    }

    /// The number of the pack that a file belongs to if that was asked for, else of the first.
    pub fn root_of(&self, id: FileId) -> usize {
        let roots = self.input.packs.iter().take(self.input.roots);
        let mut numbered = roots.enumerate();
        let found = numbered.find(|(_, pack)| pack.files.iter().any(|it| it.id == id));
        found.map_or(0, |(at, _)| at)
    }

    fn read_root(&mut self, path: &Path) -> Result<PackInput, Failure> {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::unreadable(path, &error))?;
            let mut pack = PackInput::new("standard.input");
            self.home = Home::default();
            self.add_rules(&mut pack, "standard input", Ok(bytes));
            return Ok(pack);
        }
        let about = fs::metadata(path).map_err(|error| Failure::unreadable(path, &error))?;
        if about.is_dir() {
            return self.read_folder(path);
        }
        if pack_file(path)?.is_some() {
            return Err(
                Failure::new(format!("`{}` is a compiled pack, without its texts", path.display()))
                    .help("give the folder that it was compiled from; `run` and `facts` take the compiled pack")
                    .about(path),
            );
        }
        let mut pack = PackInput::new(&hint(path));
        let folder = path.parent().filter(|it| *it != Path::new(""));
        self.home = Home {
            folder: Some(folder.unwrap_or(Path::new(".")).to_owned()),
            name: folder_name(path),
            file: Some(path.to_owned()),
        };
        self.add_rules(&mut pack, &shown(path), read(path));
        Ok(pack)
    }

    /// A folder: its `*.rules`, `locales/*.ftl`, `texts/*.tsv` and `sources/*.json`, each in order of name.
    fn read_folder(&mut self, dir: &Path) -> Result<PackInput, Failure> {
        let mut pack = PackInput::new(&hint(dir));
        self.home = Home {
            folder: Some(dir.to_owned()),
            name: folder_name(dir),
            file: None,
        };
        let rules = entries(dir, "rules").map_err(|error| Failure::unreadable(dir, &error))?;
        if rules.is_empty() {
            return Err(
                Failure::new(format!("`{}` holds no `*.rules` file", dir.display()))
                    .help("give the folder of a pack, or make one with `rulec new DIR`")
                    .about(dir),
            );
        }
        for path in rules {
            self.home.file = Some(path.clone());
            self.add_rules(&mut pack, &shown(&path), read(&path));
        }
        self.home.file = None;
        for path in self.side_entries(&dir.join("locales"), "ftl") {
            if let Some(file) = self.side_file(&path) {
                pack.locales.push(file);
            }
        }
        for path in self.side_entries(&dir.join("texts"), "tsv") {
            if let Some(file) = self.side_file(&path) {
                pack.texts.push(file);
            }
        }
        for path in self.side_entries(&dir.join("sources"), "json") {
            self.add_kinds(&mut pack, &path);
        }
        Ok(pack)
    }

    /// What a plug-in said of itself, saved; nothing is run to learn it.
    fn add_kinds(&mut self, pack: &mut PackInput, path: &Path) {
        let Some((id, text)) = self.add_text(&shown(path), read(path)) else {
            return;
        };
        let json = strict_json(&text).map_err(|it| it.to_string());
        match json.and_then(|json| source::describe(&json)) {
            Ok(description) => pack.kinds.extend(&description.kinds),
            Err(why) => self.findings.push(
                UNREADABLE_FILE
                    .at(
                        Span::new(id, 0, 0),
                        format!("this is no description of a plug-in: {why}"),
                    )
                    .help("`rulec provider describe EXE` writes one"),
            ),
        }
    }

    fn add_rules(&mut self, pack: &mut PackInput, shown: &str, bytes: io::Result<Vec<u8>>) {
        let Some((id, text)) = self.add_text(shown, bytes) else {
            return;
        };
        let parsed = match self.without_tests {
            true => parse_without_tests(id, &text),
            false => parse(id, &text),
        };
        self.findings.extend(parsed.findings);
        pack.files.push(RuleFile {
            id,
            tree: parsed.file,
        });
    }

    fn side_file(&mut self, path: &Path) -> Option<SideFile> {
        let locale = path.file_stem()?.to_string_lossy().into_owned();
        let (id, _) = self.add_text(&shown(path), read(path))?;
        Some(SideFile { id, locale })
    }

    /// Like [`entries`]; a folder that is not there has none, one that cannot be read is a finding.
    fn side_entries(&mut self, dir: &Path, ending: &str) -> Vec<PathBuf> {
        match entries(dir, ending) {
            Ok(found) => found,
            Err(error) => {
                if error.kind() != io::ErrorKind::NotFound {
                    self.add_text(&shown(dir), Err(error));
                }
                Vec::new()
            }
        }
    }

    /// Registers a text; what cannot be read is a finding at the first bad place, and none.
    fn add_text(
        &mut self,
        shown: &str,
        bytes: io::Result<Vec<u8>>,
    ) -> Option<(FileId, std::sync::Arc<str>)> {
        self.homes.push(self.home.clone());
        let problem = match bytes.map(String::from_utf8) {
            Ok(Ok(text)) => {
                let file = SourceFile::new(shown, text);
                let text = file.text.clone();
                return Some((self.sources.add(file), text));
            }
            Ok(Err(error)) => {
                let valid = error.utf8_error().valid_up_to();
                let start = error.as_bytes().get(..valid).unwrap_or(&[]);
                let good = String::from_utf8_lossy(start).into_owned();
                let id = self.sources.add(SourceFile::new(shown, good));
                let at = u32::try_from(valid).unwrap_or(u32::MAX);
                UNREADABLE_FILE
                    .at(Span::new(id, at, at), "this is not UTF-8 text from here on")
                    .help("save the file as UTF-8")
            }
            Err(error) => {
                let id = self.sources.add(SourceFile::new(shown, ""));
                UNREADABLE_FILE.at(
                    Span::new(id, 0, 0),
                    format!("cannot read this file: {}", io_reason(&error)),
                )
            }
        };
        self.findings.push(problem);
        None
    }
}

/// The bytes of a compiled pack; none if the path is no file, or one of rules.
pub fn pack_file(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let mut start = Vec::new();
    let is_one = path.is_file()
        && fs::File::open(path)
            .and_then(|file| file.take(MAGIC.len() as u64).read_to_end(&mut start))
            .is_ok()
        && is_pack_file(&start);
    if !is_one {
        return Ok(None);
    }
    let bytes = read(path).map_err(|error| Failure::unreadable(path, &error))?;
    Ok(Some(bytes))
}

/// A folder in which some file of rules lies; of a very full one only a part is looked at.
pub fn has_rules(dir: &Path) -> bool {
    let is_rules = |path: &Path| path.extension().is_some_and(|it| it == "rules");
    fs::read_dir(dir).is_ok_and(|mut all| {
        all.by_ref()
            .take(MOST_LOOKED_AT)
            .any(|it| it.is_ok_and(|it| is_rules(&it.path())))
    })
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    if !about.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    // Room for all of it: without, a small file takes ten reads.
    let mut bytes = Vec::with_capacity(about.len().min(LARGEST) as usize + 1);
    fs::File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        let limit = LARGEST >> 20;
        return Err(io::Error::other(format!("it is larger than {limit} MB")));
    }
    Ok(bytes)
}

fn entries(dir: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// `rules/azure-p2s` and `azure-p2s.rules` hint at `azure.p2s`.
fn hint(path: &Path) -> String {
    folder_name(path).replace('-', ".")
}

/// `azure-p2s` of the same two.
fn folder_name(path: &Path) -> String {
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let stem = full.file_stem().map(|it| it.to_string_lossy().into_owned());
    stem.unwrap_or_else(|| "pack".to_owned())
}

/// A path as people write it, with `/`.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}
