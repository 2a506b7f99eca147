//! How well pasted texts are recognised: every text of the pack in every locale, as quoted and spoiled, and texts that sound alike and belong to
//! nothing. The page of the book on recognition carries the table that this test measures.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use rulec_eval::Recogniser;
use rulec_eval::recognise::THRESHOLD;
use rulec_program::program::Program;
use rulec_program::seal::Sealed;

#[path = "recognition/pack.rs"]
mod pack;
#[path = "recognition/spoil.rs"]
mod spoil;

use spoil::{Dice, filled, first_half, mailed, misread, second_half};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn p2s() -> &'static Sealed {
    static PACK: OnceLock<Sealed> = OnceLock::new();
    PACK.get_or_init(|| pack::program("azure-p2s", |text| text))
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("tests/recognition").join(file)).unwrap();
    let rows = text.lines().skip(1);
    rows.map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// A text and the symptom that it belongs to.
#[derive(Clone)]
struct Sample {
    symptom: String,
    text: String,
}

impl Sample {
    fn with(&self, text: String) -> Sample {
        Sample {
            symptom: self.symptom.clone(),
            text,
        }
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    /// Several entries have these words, the right one among them; none is chosen.
    Undecided,
    Nothing,
    Wrong,
}

fn outcome(recogniser: &Recogniser<'_>, program: &Program, sample: &Sample) -> Outcome {
    let said = recogniser.recognise(std::slice::from_ref(&sample.text), &[]);
    let name = |at: usize| program.symptoms[at].named.name.as_str();
    let mut ranked: Vec<_> = said.symptoms.iter().collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    let is =
        |symptom: rulec_program::program::SymptomId| name(symptom.0 as usize) == sample.symptom;
    match ranked.first() {
        // Exact ones share the first place.
        Some(first) => {
            let mut firsts = ranked.iter().filter(|it| it.score == first.score);
            match firsts.all(|it| is(it.symptom)) {
                true => Outcome::Right,
                false => Outcome::Wrong,
            }
        }
        None if said.candidates.iter().any(|it| is(it.symptom)) => Outcome::Undecided,
        None if said.candidates.is_empty() => Outcome::Nothing,
        None => Outcome::Wrong,
    }
}

type Counts = BTreeMap<Outcome, usize>;

fn measure(program: &Program, samples: &[Sample]) -> Counts {
    let recogniser = Recogniser::new(program);
    let mut counts = Counts::new();
    for sample in samples {
        let outcome = outcome(&recogniser, program, sample);
        if outcome == Outcome::Wrong {
            let said = recogniser.recognise(std::slice::from_ref(&sample.text), &[]);
            println!("WRONG {} {:?}\n   {said:?}", sample.symptom, sample.text);
        }
        *counts.entry(outcome).or_default() += 1;
    }
    counts
}

fn line(table: &mut String, label: &str, counts: &Counts) {
    let count = |it: Outcome| counts.get(&it).copied().unwrap_or_default();
    let all: usize = counts.values().sum();
    let share = 100.0 * count(Outcome::Right) as f64 / all as f64;
    let right = count(Outcome::Right);
    let others = [Outcome::Undecided, Outcome::Nothing, Outcome::Wrong].map(count);
    let [undecided, nothing, wrong] = others;
    writeln!(
        table,
        "| {label} | {all} | {right} ({share:.1} %) | {undecided} | {nothing} | {wrong} |"
    )
    .unwrap();
}

/// Every text of the pack, placeholders filled: without the codes that the article adds in brackets.
fn indexed() -> Vec<Sample> {
    let mut all = Vec::new();
    for symptom in &p2s().symptoms {
        let local = symptom.local_texts.iter().map(|(_, text)| text);
        for text in symptom.texts.iter().chain(local) {
            all.push(Sample {
                symptom: symptom.named.name.to_string(),
                text: filled(text),
            });
        }
    }
    all
}

/// Second, older translations: texts of another source than the first of their symptom in that locale. Everything else stays.
fn without_second_translations(text: String, taken: &mut Vec<Sample>) -> String {
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = String::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let source = first
            .entry(cells[0].to_owned())
            .or_insert_with(|| cells[2].to_owned());
        if source == cells[2] {
            kept.push_str(line);
            kept.push('\n');
        } else {
            taken.push(Sample {
                symptom: cells[0].to_owned(),
                text: filled(cells[1]),
            });
        }
    }
    kept
}

fn spoiled(samples: &[Sample], change: impl Fn(&str) -> String) -> Vec<Sample> {
    samples.iter().map(|it| it.with(change(&it.text))).collect()
}

fn table() -> String {
    let mut table = String::from(
        "| what is pasted | texts | right entry first | one of several, said so | nothing | wrong entry first |\n|---|---|---|---|---|---|\n",
    );
    let quoted: Vec<Sample> = rows("quoted.tsv")
        .into_iter()
        .map(|row| Sample {
            symptom: row[1].clone(),
            // With its placeholders: in two translations they have swallowed words of the sentence.
            text: row[2].clone(),
        })
        .collect();
    let texts = indexed();
    let noise = |text: &str| misread(text, &mut Dice::new(text.len() as u64));
    let measured = [
        ("as the article quotes it, with its code", quoted.clone()),
        ("the words alone, no code in brackets", texts.clone()),
        ("in a mail", spoiled(&texts, mailed)),
        ("one character in ten wrong", spoiled(&texts, noise)),
        (
            "the same, in a mail",
            spoiled(&texts, |text| mailed(&noise(text))),
        ),
        ("its first half", spoiled(&texts, first_half)),
        ("its second half", spoiled(&texts, second_half)),
    ];
    for (label, samples) in &measured {
        line(&mut table, label, &measure(p2s(), samples));
    }
    let taken = std::cell::RefCell::new(Vec::new());
    let program = pack::program("azure-p2s", |text| {
        without_second_translations(text, &mut taken.borrow_mut())
    });
    let second = taken.into_inner();
    assert!(second.len() >= 10, "{} second translations", second.len());
    line(
        &mut table,
        "a second translation, the first alone known",
        &measure(&program, &second),
    );
    table
}

/// The share of texts that belong to nothing and are told so; one half is for choosing the threshold.
fn negatives(half: usize) -> Vec<String> {
    let rows = rows("negatives.tsv").into_iter().enumerate();
    rows.filter(|(at, _)| at % 2 == half)
        .map(|(_, row)| row[2].clone())
        .collect()
}

#[test]
fn the_book_says_what_is_measured_and_nothing_is_first_that_is_wrong() {
    let mut table = table();
    for (label, half) in [
        (
            "belongs to nothing (half by which the threshold was chosen)",
            0,
        ),
        ("belongs to nothing (the other half)", 1),
    ] {
        let none = Sample {
            symptom: String::new(),
            text: String::new(),
        };
        let samples: Vec<Sample> = negatives(half)
            .into_iter()
            .map(|it| none.with(it))
            .collect();
        line(&mut table, label, &measure(p2s(), &samples));
    }
    println!("{table}");
    for row in table.lines().skip(2) {
        assert!(row.ends_with("| 0 |"), "a wrong entry is first: {row}");
    }
    let page = fs::read_to_string(root().join("book/src/recognition.md")).unwrap();
    assert!(
        page.contains(&table),
        "book/src/recognition.md has another table than\n{table}"
    );
}

/// Other noise, other cuts, both at once: rates are lower then, but nothing wrong is first; where a text is cut in half and misread,
/// one in a thousand is (the two messages of the portal that begin alike). More noise and other cuts are tried with `RULEC_SEEDS=8`: seed 3
/// and seed 5 find one wrong each, which the book names.
#[test]
fn other_noise_and_other_cuts_put_no_wrong_entry_first() {
    let seeds = std::env::var("RULEC_SEEDS").map_or(1, |it| it.parse().unwrap());
    let texts = indexed();
    let part = |text: &str, from: usize, to: usize| -> String {
        let count = text.chars().count();
        let chars = text.chars().skip(count * from / 100);
        chars.take(count * (to - from) / 100).collect()
    };
    for seed in 0..seeds {
        let noise =
            |text: &str| misread(text, &mut Dice::new(1_000 * seed + text.len() as u64 + 7));
        let all = [
            spoiled(&texts, noise),
            spoiled(&texts, |text| noise(&noise(text))),
            spoiled(&texts, |text| noise(&first_half(text))),
            spoiled(&texts, |text| part(text, 0, 30 + 5 * seed as usize % 60)),
            spoiled(&texts, |text| part(text, 20 + seed as usize % 20, 80)),
            spoiled(&texts, |text| mailed(&part(text, 0, 70))),
        ];
        for (at, samples) in all.iter().enumerate() {
            let counts = measure(p2s(), samples);
            println!("{seed}: {counts:?}");
            let wrong = counts.get(&Outcome::Wrong).copied().unwrap_or_default();
            assert!(wrong <= usize::from(at == 2), "{wrong} wrong");
        }
    }
}

#[test]
fn every_quoted_text_has_its_entry_in_the_first_place_in_18_locales() {
    let recogniser = Recogniser::new(p2s());
    let rows = rows("quoted.tsv");
    let locales: BTreeSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(locales.len(), 18);
    for row in &rows {
        let sample = Sample {
            symptom: row[1].clone(),
            text: row[2].clone(),
        };
        let outcome = outcome(&recogniser, p2s(), &sample);
        assert_eq!(outcome, Outcome::Right, "{row:?}");
    }
}

#[test]
fn two_hundred_texts_that_sound_alike_are_nothing() {
    let recogniser = Recogniser::new(p2s());
    let all: Vec<String> = [negatives(0), negatives(1)].concat();
    assert!(all.len() >= 200, "{}", all.len());
    for text in all {
        let said = recogniser.recognise(std::slice::from_ref(&text), &[]);
        assert!(said.symptoms.is_empty(), "{text}: {:?}", said.symptoms);
        assert!(said.candidates.is_empty(), "{text}: {:?}", said.candidates);
    }
}

/// The least threshold, in hundredths, that keeps one half out, and two hundredths more.
#[test]
fn the_threshold_is_chosen_on_one_half_of_them() {
    let recogniser = Recogniser::new(p2s());
    let mut scores: Vec<(f64, String)> = negatives(0)
        .into_iter()
        .map(|text| (recogniser.nearest(&text).map_or(0.0, |it| it.1), text))
        .collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = (scores[0].0 * 100.0).floor() / 100.0 + 0.01;
    let threshold = f64::from(THRESHOLD);
    assert!(
        (least + 0.02 - threshold).abs() < 0.005,
        "the threshold is {threshold}, the half asks for {least}"
    );
}

/// The spellings of table A.1 of the scenarios: the identity that each has first, and the entry that claims it.
const SPELLINGS: &[(&[&str], &str, Option<&str>)] = &[
    (
        &["623", "8007026f", "0x8007026F", "-2147024273"],
        "ras 623",
        Some("custom-script-failed-8007026f"),
    ),
    (&["691", "0x2B3"], "ras 691", None),
    (&["717"], "ras 717", None),
    (&["720"], "ras 720", None),
    (&["738"], "ras 738", None),
    (&["789"], "ras 789", None),
    (
        &["798", "0x31E"],
        "ras 798",
        Some("client-cert-missing-798"),
    ),
    (&["800", "0x320"], "ras 800", Some("tunnels-failed-800")),
    (
        &["809", "0x329"],
        "ras 809",
        Some("ikev2-server-not-responding-809"),
    ),
    (&["812", "0x32C"], "ras 812", Some("radius-policy-812")),
    (&["832"], "ras 832", Some("client-sleeps-or-hibernates")),
    (&["833"], "ras 833", Some("client-sleeps-or-hibernates")),
    (&["853"], "ras 853", None),
    (&["860"], "ras 860", None),
    (
        &["864"],
        "ras 864",
        Some("cert-chain-untrusted-root-800b0109"),
    ),
    (&["868"], "ras 868", None),
    (&["873"], "ras 873", None),
    (&["875"], "ras 875", None),
    (&["876"], "ras 876", None),
    (
        &["0x80090326", "-2146893018", "2148074278"],
        "hresult 0x80090326",
        Some("message-badly-formatted-80090326"),
    ),
    (
        &["0x80092013", "-2146885613"],
        "hresult 0x80092013",
        Some("revocation-server-offline-80092013"),
    ),
    (&["0x80092012", "-2146885614"], "hresult 0x80092012", None),
    (
        &["0x800B0109", "-2146762487"],
        "hresult 0x800B0109",
        Some("cert-chain-untrusted-root-800b0109"),
    ),
    (&["0x800B0101", "-2146762495"], "hresult 0x800B0101", None),
    (&["0x800B010F", "-2146762481"], "hresult 0x800B010F", None),
    (
        &["1460", "0x5B4", "0x800705B4", "-2147023436"],
        "win32 1460",
        Some("platform-did-not-trigger-1460"),
    ),
    (&["10054", "0x80072746", "-2147014842"], "win32 10054", None),
    (
        &["5010", "0x80071392", "-2147019886"],
        "win32 5010",
        Some("custom-script-failed-8007026f"),
    ),
    (&["1398", "0x576"], "win32 1398", None),
    (&["11001", "0x80072AF9", "-2147013895"], "win32 11001", None),
    (&["0x80090311", "2148074257"], "hresult 0x80090311", None),
    (&["3399614475", "0xCAA2000B"], "hresult 0xCAA2000B", None),
    (&["3399942148", "0xCAA70004"], "hresult 0xCAA70004", None),
    (&["CAA20004"], "hresult 0xCAA20004", None),
    (&["13805", "0x35ED"], "win32 13805", None),
    (
        &["win32 87", "0x57", "0x80070057", "-2147024809"],
        "win32 87",
        Some("custom-script-failed-8007026f"),
    ),
    (&["13801", "0x35E9", "0x800735E9"], "win32 13801", None),
    (&["13806", "0x35EE"], "win32 13806", None),
    (&["13868", "0x362C"], "win32 13868", None),
    (&["HTTP 405"], "http 405", Some("root-cert-download-405")),
    (
        &["HTTP 503"],
        "http 503",
        Some("portal-package-download-503"),
    ),
    (&["AADSTS50105"], "aadsts 50105", None),
    (
        &["VpnClientAddressPoolNotSpecified"],
        "arm VpnClientAddressPoolNotSpecified",
        Some("download-target-uri-not-specified"),
    ),
];

#[test]
fn t7_each_spelling_of_a_code_has_one_identity_and_an_entry_only_if_one_claims_it() {
    let recogniser = Recogniser::new(p2s());
    let mut count = 0;
    for (spellings, identity, entry) in SPELLINGS {
        for spelling in *spellings {
            count += 1;
            for text in [
                (*spelling).to_owned(),
                format!("It failed (Error {spelling}). Why?"),
            ] {
                let said = recogniser.recognise(std::slice::from_ref(&text), &[]);
                let codes: Vec<String> = said.codes.iter().map(ToString::to_string).collect();
                assert_eq!(
                    codes.first().map(String::as_str),
                    Some(*identity),
                    "{text}: {codes:?}"
                );
                let names = said
                    .symptoms
                    .iter()
                    .map(|it| p2s().symptoms[it.symptom.0 as usize].named.name.as_str());
                assert_eq!(
                    names.collect::<Vec<_>>(),
                    entry.iter().copied().collect::<Vec<_>>(),
                    "{text}"
                );
            }
        }
    }
    assert!(count > 75, "{count}");
}

#[test]
fn the_same_number_of_another_kind_is_nothing() {
    let recogniser = Recogniser::new(p2s());
    for text in [
        "HTTP 800",
        "HTTP error 812",
        "win32 812",
        "Win32 error 405",
        "aadsts 50000",
        "ras 623 is not win32 624",
    ] {
        let said = recogniser.recognise(&[text.to_owned()], &[]);
        let claimed = text.starts_with("ras 623");
        assert_eq!(said.symptoms.is_empty(), !claimed, "{text}: {said:?}");
    }
}

#[test]
fn one_text_with_several_codes_is_decided_by_the_code() {
    let recogniser = Recogniser::new(p2s());
    for code in ["8007026f", "80071392", "80070057", "8008025b"] {
        let text = format!("Custom script (to update your routing tab1e) failed. (Error {code})");
        let said = recogniser.recognise(std::slice::from_ref(&text), &[]);
        assert_eq!(said.symptoms.len(), 1, "{text}");
        assert_eq!(said.symptoms[0].by, rulec_eval::report::By::Code, "{text}");
    }
    // The words of one entry almost, the code of another.
    let text = "The message received was unexpected or badly formated. (Error 809)";
    let said = recogniser.recognise(&[text.to_owned()], &[]);
    assert_eq!(said.symptoms.len(), 1);
    assert_eq!(said.symptoms[0].matched, "ras 809");
}

#[test]
fn a_long_log_is_read_in_parts_and_nothing_between_them_is_lost() {
    let recogniser = Recogniser::new(p2s());
    let line =
        "2026-11-01 10:00:00 [info] all is well with the tunnel of contoso, nothing to see\n";
    for at in [0, 700, 780, 790, 800, 1500] {
        let mut log = line.repeat(at);
        log.push_str(
            "the remote connection wos not made becouse the attempted VPN tunels failed\n",
        );
        log.push_str(&line.repeat(2000));
        let said = recogniser.recognise(&[log], &[]);
        assert_eq!(said.symptoms.len(), 1, "after {at} lines");
        assert_eq!(said.symptoms[0].by, rulec_eval::report::By::Near);
    }
}
