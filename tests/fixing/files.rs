//! What is written, and where: names, links, ends of lines, and what lies beside.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use crate::started::{Outcome, rulec_at};
use crate::{PACK, USED};

const RULE: &str = "rule r:\n    symptom s\n    when n > 3 and\n        n > 2 // weaker\n        and (a or\n            b)\n    => fix one\n";

fn fix_here(dir: &std::path::Path) -> Outcome {
    rulec_at(dir, &["check", ".", "--fix", "--fail-on", "never"], "")
}

#[test]
fn a_file_is_written_where_it_lies_whatever_its_name() {
    let names: [&[u8]; 3] = [
        b"odd\\name.rules",
        b"\xff\xfe.rules",
        "café\n.rules".as_bytes(),
    ];
    for name in names {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(OsStr::from_bytes(name));
        fs::write(&path, format!("{PACK}\n{USED}{RULE}")).unwrap();
        fix_here(dir.path()).ends_with(0).says("take `n > 2` out");
        let fixed = fs::read_to_string(&path).unwrap();
        assert!(!fixed.contains("n > 2"), "{fixed}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "{name:?}");
    }
}

#[test]
fn ends_of_lines_stay_what_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("p.rules");
    let text = format!("{PACK}\n{USED}{RULE}").replace('\n', "\r\n");
    fs::write(&path, text).unwrap();
    fix_here(dir.path()).ends_with(0).says("take `n > 2` out");
    let fixed = fs::read_to_string(&path).unwrap();
    assert!(!fixed.contains("n > 2"), "{fixed}");
    assert_eq!(
        fixed.matches('\n').count(),
        fixed.matches("\r\n").count(),
        "{fixed:?}"
    );
    assert!(!fixed.contains("\r\r"), "{fixed:?}");
}

#[test]
fn a_link_stays_a_link_and_a_file_beside_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (pack, elsewhere) = (dir.path().join("pack"), dir.path().join("elsewhere"));
    fs::create_dir(&pack).unwrap();
    fs::create_dir(&elsewhere).unwrap();
    let real = elsewhere.join("real.rules");
    fs::write(&real, format!("{PACK}\n{USED}{RULE}")).unwrap();
    let link = pack.join("p.rules");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    for mine in [
        elsewhere.join("real.rules.new"),
        elsewhere.join("real.rules.new0"),
    ] {
        fs::write(mine, "mine").unwrap();
    }
    fix_here(&pack).ends_with(0).says("take `n > 2` out");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(!fs::read_to_string(&real).unwrap().contains("n > 2"));
    for mine in ["real.rules.new", "real.rules.new0"] {
        assert_eq!(fs::read_to_string(elsewhere.join(mine)).unwrap(), "mine");
    }
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 3);
}

#[test]
fn a_file_that_is_read_only_is_not_written_and_none_of_the_others_is() {
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (dir.path().join("a.rules"), dir.path().join("b.rules"));
    let again = RULE.replace("rule r", "rule q").replace("n > ", "n >= ");
    let texts = [format!("{PACK}\n{USED}{RULE}"), again];
    for (path, text) in [&first, &second].into_iter().zip(&texts) {
        fs::write(path, text).unwrap();
    }
    let mut about = fs::metadata(&second).unwrap().permissions();
    about.set_readonly(true);
    fs::set_permissions(&second, about).unwrap();
    fix_here(dir.path())
        .ends_with(2)
        .says("is read-only: nothing is written");
    for (path, text) in [&first, &second].into_iter().zip(&texts) {
        assert_eq!(&fs::read_to_string(path).unwrap(), text);
    }
}
