//! `rulec collect` of what is known already: no seed is left, the verdicts stay, and nothing is asked that nobody agreed to.

use super::*;

#[test]
fn what_is_collected_of_a_case_holds_no_seed_and_gives_the_same_verdicts() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let seeds = seeded(dir);
    for out in ["collected", "collected.zip"] {
        let collect = format!("collect --case case -o {out} --pack leak.rules");
        let output = rulec(dir, &collect);
        assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
        let run = |case: &str| {
            let run = format!("run --pack leak.rules --format json --case {case}");
            let all = verdicts(&rulec(dir, &run));
            assert!(all.iter().any(|it| it.1 == "confirmed"), "{all:?}");
            all
        };
        assert_eq!(run("case"), run(out));
        let mut told = shown(&output) + &told_of(dir, out);
        if out == "collected" {
            told.push_str(&texts(&dir.join(out)));
        }
        let told = told.to_lowercase();
        for (sort, seed) in &seeds.identities {
            for trace in traces(sort, seed) {
                assert!(
                    !told.contains(&trace),
                    "{sort} `{seed}`: {}",
                    around(&told, &trace)
                );
            }
        }
        for secret in &seeds.secrets {
            assert!(!told.contains(&secret.to_lowercase()), "`{secret}` is left");
        }
        assert!(!dir.join(format!("{out}.part")).exists());
    }
}

#[test]
fn what_is_collected_raw_stands_alone_and_says_that_it_is_raw() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    let seeds = seeded(dir);
    let output = rulec(dir, "collect --raw --case case -o raw --pack leak.rules");
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let mut names: Vec<String> = fs::read_dir(dir.join("raw"))
        .unwrap()
        .map(|it| it.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names[0], "00-NOT-REDACTED.txt");
    fs::remove_dir_all(dir.join("case")).unwrap();
    let run = rulec(dir, "run --pack leak.rules --format json --case raw");
    let all = verdicts(&run);
    assert!(all.iter().any(|it| it.1 == "confirmed"), "{all:?}");
    let files = texts(&dir.join("raw/answered")).to_lowercase();
    for secret in &seeds.secrets {
        assert!(
            !files.contains(&secret.to_lowercase()),
            "`{secret}` left its reader"
        );
    }
}

#[test]
fn wrong_use_of_collect_is_told_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::create_dir(dir.join("full")).unwrap();
    fs::write(dir.join("full/x"), "x").unwrap();
    fs::create_dir(dir.join("old.part")).unwrap();
    for (arguments, wanted) in [
        (
            "collect -o new --symptom 798",
            "`--plan` shows what is wanted",
        ),
        ("collect -o full --symptom 798", "`full` is there already"),
        ("collect -o old --symptom 798", "`--resume` goes on with it"),
        ("collect -o new --resume", "nothing was interrupted"),
        ("collect -o old --resume", "cannot go on with `old.part`"),
        ("collect --symptom 798", "--output"),
        ("collect -o new --deadline 0s", "longer than nothing"),
        ("collect -o new --deadline soon", "is not a duration"),
        ("collect -o new --resume --case full", "cannot be used with"),
    ] {
        let output = rulec(dir, arguments);
        let told = shown(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {told}");
        assert!(told.contains(wanted), "{arguments}: {told}");
        assert!(!dir.join("new").exists() && !dir.join("new.part").exists());
    }
}

#[test]
fn a_plan_names_what_is_wanted_and_asks_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let output = rulec(dir.path(), "collect --plan --symptom 798 --format json");
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let plan: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(plan["asked"], serde_json::json!([]), "{plan:#}");
    let places: Vec<&str> = plan["not_here"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["place"].as_str().unwrap())
        .collect();
    assert!(places.contains(&"windows certificates"), "{places:?}");
}

#[test]
fn the_script_of_the_built_in_pack() {
    let dir = tempfile::tempdir().unwrap();
    let output = rulec(
        dir.path(),
        "collect --script --param profile=Contoso&VPN%25",
    );
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let script = String::from_utf8(output.stdout).unwrap();
    assert!(script.is_ascii());
    assert_eq!(script.matches('\n').count(), script.matches("\r\n").count());
    insta::assert_snapshot!(script.replace("\r\n", "\n"));
}
