//! Real files of customers and of Microsoft, through the whole way: a case folder, a fact with its clause, a value, a condition on it.
//!
//! The data lies outside of the project (`RULEC_REAL_DATA`, or `../shared/real-data` beside the workspace); where it is missing every test
//! counts as *ignored*. Each row of its `expected.tsv`, read out with other tools, is a row of `real_files/*.txt`, or one of
//! the rows of saved Azure answers, which have a table of their own. `none REASON` names a row that no clause yields.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

#[path = "real_azure/rows.rs"]
#[allow(dead_code, reason = "only the names of the rows are used here")]
mod azure_rows;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use rulec_check::{Input, PackInput, RuleFile, analyse};
use rulec_eval::{Case, CaseInput, Session, run_session};
use rulec_facts::show;
use rulec_facts::value::{Partial, Value};
use rulec_program::decide::{Decider, Scratch};
use rulec_program::node::SlotId;
use rulec_providers::case_folder::CaseFolder;
use rulec_syntax::parse::parse;
use rulec_syntax::source::{SourceFile, Sources};

/// Most rows that no clause yields.
const MOST_OUTSIDE: usize = 60;

/// A row: a file, what was looked at, what was expected, and how a rule asks for it.
#[derive(Clone, Default)]
struct Row {
    file: String,
    look_at: String,
    expected: String,
    /// Declarations of types.
    with: Vec<String>,
    /// The fact's type and its clause.
    fact: String,
    from: String,
    /// The condition on `f`.
    is: String,
    now: Option<String>,
    /// Why no clause yields it.
    none: Option<String>,
}

fn main() {
    let arguments = Arguments::from_args();
    let data = real_data();
    let rows = rows();
    let mut trials = Vec::new();
    for row in rows.iter().filter(|it| it.none.is_none()).cloned() {
        let name = format!("{}: {}", row.file, row.look_at);
        trials.push(trial(name, data.as_deref(), move |data| holds(data, &row)));
    }
    let whole = "every expected row is a row here, one of Azure, or named as outside";
    trials.push(trial(whole.to_owned(), data.as_deref(), move |data| {
        complete(data, &rows)
    }));
    let damaged = "cut files are told or read as far as they go, and nothing else";
    trials.push(trial(
        damaged.to_owned(),
        data.as_deref(),
        damaged_files_hold,
    ));
    let customer =
        "a customer's package, phonebook and certificates are diagnosed from their raw files";
    trials.push(trial(customer.to_owned(), data.as_deref(), end_to_end));
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(
    name: String,
    data: Option<&Path>,
    run: impl FnOnce(&Path) -> Result<(), Failed> + Send + 'static,
) -> Trial {
    let data = data.map(Path::to_path_buf);
    let missing = data.is_none();
    Trial::test(name, move || data.map_or(Ok(()), |data| run(&data))).with_ignored_flag(missing)
}

fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn real_data() -> Option<PathBuf> {
    let found = match std::env::var_os("RULEC_REAL_DATA") {
        Some(path) => PathBuf::from(path),
        None => own("../../../shared/real-data"),
    };
    found.join("expected.tsv").is_file().then_some(found)
}

/// All rows of the tables.
fn rows() -> Vec<Row> {
    let mut files: Vec<PathBuf> = fs::read_dir(own("tests/real_files"))
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let mut rows: Vec<Row> = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let mut file = String::new();
        for line in text.lines().filter(|it| !it.is_empty()) {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            let rest = rest.to_owned();
            if word == "file" {
                file = rest;
                continue;
            }
            if word == "row" {
                let (look_at, expected) = rest.split_once('\t').unwrap();
                rows.push(Row {
                    file: file.clone(),
                    look_at: look_at.to_owned(),
                    expected: expected.to_owned(),
                    ..Row::default()
                });
                continue;
            }
            let row = rows.last_mut().unwrap();
            match word {
                "with" => row.with.push(rest),
                "fact" => row.fact = rest,
                "from" => row.from = rest,
                "is" => row.is = rest,
                "now" => row.now = Some(rest),
                "none" => row.none = Some(rest),
                other => panic!("{}: `{other}`", path.display()),
            }
        }
    }
    rows
}

fn expected(data: &Path) -> Result<BTreeSet<(String, String, String)>, Failed> {
    let text = fs::read_to_string(data.join("expected.tsv"))?;
    let rows = text.lines().skip(1).filter_map(|line| {
        let mut cells = line.splitn(3, '\t').map(str::to_owned);
        Some((cells.next()?, cells.next()?, cells.next()?))
    });
    Ok(rows.collect())
}

fn complete(data: &Path, rows: &[Row]) -> Result<(), Failed> {
    let mut left = expected(data)?;
    for row in azure_rows::ROWS {
        left.remove(&(
            row.file.to_owned(),
            row.look_at.to_owned(),
            row.expected.to_owned(),
        ));
    }
    for row in rows {
        if !left.remove(&(row.file.clone(), row.look_at.clone(), row.expected.clone())) {
            return Err(format!(
                "{}: {}: there is no such row, or two here",
                row.file, row.look_at
            )
            .into());
        }
    }
    if let Some((file, look_at, _)) = left.first() {
        return Err(format!("{} rows are missing, first {file}: {look_at}", left.len()).into());
    }
    let outside = rows.iter().filter(|it| it.none.is_some()).count();
    if outside > MOST_OUTSIDE {
        return Err(format!("{outside} rows are named as outside").into());
    }
    Ok(())
}

/// The bytes of a file, unpacked where it was only packed to be kept.
fn bytes(data: &Path, file: &str) -> Result<Vec<u8>, Failed> {
    let bytes = fs::read(data.join(file))?;
    if !file.ends_with(".gz") {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
    Ok(plain)
}

/// A case folder with that one file.
fn case_of(data: &Path, file: &str) -> Result<(tempfile::TempDir, CaseFolder), Failed> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(file.trim_end_matches(".gz"));
    fs::create_dir_all(path.parent().unwrap())?;
    fs::write(path, bytes(data, file)?)?;
    let case = CaseFolder::open(folder.path())?;
    Ok((folder, case))
}

fn holds(data: &Path, row: &Row) -> Result<(), Failed> {
    let with = row.with.join("\n");
    let text = format!(
        "pack test.pack 1.0.0\n\n{with}\n\nfact f: {}\n    from {}\n\nlet v = {}\n",
        row.fact, row.from, row.is
    );
    let (_folder, folder) = case_of(data, &row.file)?;
    is_true(&text, &folder, row.now.clone())
}

/// The derived fact `v` of a pack is true of a case.
fn is_true(text: &str, folder: &CaseFolder, now: Option<String>) -> Result<(), Failed> {
    let mut sources = Sources::new();
    let id = sources.add(SourceFile::new("row.rules", text));
    let parsed = parse(id, text);
    let mut pack = PackInput::new("test.pack");
    pack.files.push(RuleFile {
        id,
        tree: parsed.file,
    });
    let input = Input {
        packs: vec![pack],
        roots: 1,
    };
    let analysis = analyse(&input, &sources);
    let Some(program) = analysis.program else {
        let findings = parsed.findings.iter().chain(&analysis.findings);
        let messages: Vec<&str> = findings.map(|it| it.message.as_str()).collect();
        return Err(format!("{text}\n{}", messages.join("\n")).into());
    };
    let input = CaseInput {
        now,
        ..CaseInput::default()
    };
    let mut case = Case::new(&program, input).map_err(|wrong| format!("{wrong:?}"))?;
    let derived = program.lets.iter().find(|it| it.named.name == "v").unwrap();
    case.look_at(Vec::new(), vec![derived.value]);
    let mut session = Session::new(&program, case);
    run_session(&mut session, &[folder], Duration::from_secs(60));
    let mut scratch = Scratch::default();
    let mut look = Decider::new(&program, session.state(), &mut scratch);
    if look.term(derived.value) == Partial::Known(Value::Bool(true)) {
        return Ok(());
    }
    let mut told = format!("{text}\nfindings: {:?}", folder.findings);
    for (at, slot) in (0_u32..).zip(&program.slots) {
        let shown = match session.state().get(SlotId(at)) {
            Some(Partial::Unknown(reasons)) => format!("{reasons:?}"),
            Some(known) => show::text(known, &slot.ty),
            None => "not read".to_owned(),
        };
        let shown: String = shown.chars().take(3000).collect();
        told.push_str(&format!("\n{} is {shown}", slot.named.name));
    }
    Err(told.into())
}

/// The package, its phonebook and the certificates of one customer, from raw files: the client's certificate has expired, it belongs to the
/// root that the phonebook wants, and the phonebook trusts the root of the server that the package brings.
fn end_to_end(data: &Path) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    for (from, to) in [
        (
            "azure/p2s-package/sstp-ikev2-eaptls/Generic/VpnSettings.xml",
            "package/Generic/VpnSettings.xml",
        ),
        (
            "azure/p2s-package/sstp-ikev2-eaptls/Generic/VpnServerRoot.cer",
            "package/Generic/VpnServerRoot.cer",
        ),
        (
            "azure/p2s-package/sstp-ikev2-eaptls/cab/profile.pbk",
            "cm/profile.pbk",
        ),
        (
            "azure/p2s-package/sstp-ikev2-eaptls/cab/profile.cms",
            "cm/profile.cms",
        ),
        (
            "azure/p2s-package/sstp-ikev2-eaptls/cab/routes.txt",
            "cm/routes.txt",
        ),
        ("certs/p2s/client-leaf.pem", "client.pem"),
        ("certs/p2s/root-ca.pem", "root.pem"),
    ] {
        let path = folder.path().join(to);
        fs::create_dir_all(path.parent().unwrap())?;
        fs::copy(data.join(from), path)?;
    }
    fs::write(
        folder.path().join("case.yaml"),
        "stores: { 'CurrentUser\\My': [client.pem] }\n",
    )?;
    let case = CaseFolder::open(folder.path())?;
    if !case.findings.is_empty() {
        return Err(format!("{:?}", case.findings).into());
    }
    is_true(END_TO_END, &case, Some("2026-11-28".to_owned()))
}

const END_TO_END: &str = r#"pack test.pack 1.0.0

type CmRoute = { prefix: cidr at "{prefix}/{mask}" }

fact client: list of Certificate
    from windows certificates "CurrentUser\My"

fact entry: PhonebookEntry?
    from windows phonebook "vnet-demo"

fact folder: string?
    from windows cm-profile "vnet-demo" at "folder"

fact routes: list of CmRoute
    from file lines "{folder}\routes.txt" at "ADD {prefix} MASK {mask} *"

fact package: Package?
    from azure vpn-package "C:\Users\u\Downloads\package"

fact server: list of Certificate
    from file certificates "C:\Users\u\Downloads\package\Generic\VpnServerRoot.cer"

let v = (any c in client: c.not_after < 2026-11-28 and c.root_thumbprint in entry.eap_issuers)
    and server.thumbprint overlaps entry.eap_roots
    and package.roots overlaps entry.eap_roots
    and entry.vpn_strategy == sstp_only
    and package.routes overlaps routes.prefix
"#;

/// Each file, cut at several places: the case opens, and nothing panics.
fn damaged_files_hold(data: &Path) -> Result<(), Failed> {
    let files: BTreeSet<String> = expected(data)?.into_iter().map(|(file, ..)| file).collect();
    let folder = tempfile::tempdir()?;
    for (number, file) in files.iter().filter(|it| !it.ends_with(".gz")).enumerate() {
        let whole = bytes(data, file)?;
        for part in [3, 10] {
            let cut = whole.get(..whole.len() * (part - 1) / part).unwrap_or(&[]);
            let ending = Path::new(file)
                .extension()
                .unwrap_or_default()
                .to_string_lossy();
            fs::write(folder.path().join(format!("{number}-{part}.{ending}")), cut)?;
        }
    }
    let case = CaseFolder::open(folder.path())?;
    // A cut text is still a text; what has a frame is told.
    for ending in ["cer", "crt", "der", "json", "xml", "pem"] {
        let framed = |name: &str| name.ends_with(&format!(".{ending}"));
        if !case.findings.iter().any(|it| framed(&it.file)) {
            return Err(format!("no cut `.{ending}` is told").into());
        }
    }
    Ok(())
}
