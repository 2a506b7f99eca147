//! Whole packs through the checker: what is right gives no finding and a program; what is wrong is said once.

mod support;

use std::path::Path;

use support::{check, check_folder, prove_packs};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_packs_of_this_project_become_programs() {
    let base = [
        root().join("rules/windows-base"),
        root().join("rules/azure-base"),
    ];
    let base = base.each_ref().map(|it| it.as_path());
    let packs: [(&str, &[&Path]); 5] = [
        ("rules/windows-base", &[]),
        ("rules/azure-base", &[]),
        ("rules/azure-p2s", &base),
        ("tests/fixtures/mission", &[]),
        ("tests/fixtures/real-azure", &[]),
    ];
    for (folder, used) in packs {
        let folder = root().join(folder);
        let checked = check_folder(&folder, used);
        assert_eq!(checked.printed(), "", "{}", folder.display());
        assert!(checked.analysis.program.is_some());
    }
}

#[test]
fn a_small_pack_becomes_a_program() {
    let checked = check(
        "fact a.b: bool\n    ask \"Is it?\"\n\nrule x:\n    when a.b\n    => fix \"Do it.\"\n",
    );
    assert_eq!(checked.printed(), "");
    let program = checked.analysis.program.unwrap();
    assert_eq!(program.rules.len(), 1);
    assert_eq!(program.fixes[0].named.name, "x/do-it");
}

/// The number of what is used, against the size of a list of networks: no search decides it.
const POOL: &str = r#"pack p 1.0.0
    language 1

/// Pool.
fact pool: list of cidr
    from windows registry "HKLM\\SOFTWARE\\Sample\\pool\\*"

/// Number.
fact used: int
    ask "How many?"

/// Open.
fact open: bool
    ask "Open?"

/// Full.
rule full:
    when open and used >= size(pool) - 3 and used < size(pool)
    => fix "Make room."
"#;

#[test]
fn a_small_step_from_a_test_shows_what_no_search_finds() {
    let test = "\ntest \"full\":\n    pool = [10.0.0.0/24]\n    used = 253\n    open = true\n    expect confirmed full\n";
    let with = |text: &str| {
        let checked = prove_packs(&[&[("p.rules", text)]]);
        let findings = checked.analysis.findings.iter();
        findings.map(|it| it.code.name).collect::<Vec<_>>()
    };
    assert_eq!(with(POOL), ["undecided"]);
    assert!(with(&format!("{POOL}{test}")).is_empty());
    // A literal that changes nothing does not matter in any of these cases either.
    let idle = POOL.replace("when open", "when (open or used >= size(pool) or open)");
    let found = with(&format!("{idle}{test}"));
    assert!(!found.is_empty(), "{found:?}");
}
