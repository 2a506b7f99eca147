//! Whole packs through the checker: what is right gives no finding and a program; what is wrong is said once.

mod support;

use std::path::Path;

use support::{check, check_folder};

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
