//! From a pasted text to symptoms, against the whole of `rules/azure-p2s` in 18 locales: a mail of 2 kB with a known text word for word, misread, or
//! not at all; a log of 10 MB; and one code alone with nothing prepared, as `rulec run` has it.
//!
//! Beside each a yardstick: the same text in lower case, as the standard library makes it.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a bench"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rulec_eval::Recogniser;
use rulec_program::program::Program;

#[path = "../../../tests/recognition/pack.rs"]
mod pack;

const ENGLISH: &str = "I tried to connect from the office, from home and with my phone as a hotspot, and the window that comes up is the same each time. \
    My colleague says it worked for her this morning. ";
const CHINESE: &str = "我今天早上在家裡和辦公室都試過連線，手機熱點也一樣，每次都出現同樣的視窗，同事說她那邊沒有問題。";

/// 2 kB of a mail with a message in its middle.
fn mail(filler: &str, message: &str) -> String {
    let half = (2_000 - message.len().min(1_000)) / 2 / filler.len() + 1;
    let mut text = filler.repeat(half);
    text.push('\n');
    text.push_str(message);
    text.push('\n');
    text.push_str(&filler.repeat(half));
    let mut end = 2_000.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

fn log() -> String {
    let mut log = String::new();
    for at in 0..100_000 {
        let line = format!(
            "2026-11-01T10:{:02}:{:02}Z info tunnel {at} of contoso is up, {} packets sent, no errors seen on the way\n",
            at / 60 % 60,
            at % 60,
            at * 7
        );
        log.push_str(&line);
    }
    log.push_str("The remote connection wos not made becouse the attempted VPN tunels failed\n");
    while log.len() < 10 << 20 {
        log.push_str("2026-11-01T12:00:00Z info idle\n");
    }
    log
}

/// The fastest of many runs: what it costs when nothing else runs.
fn fastest(run: impl Fn()) -> Duration {
    let times = (0..2_000).map(|_| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    });
    times.min().unwrap_or_default()
}

fn fastest_of_lower(texts: &[String; 1]) -> Duration {
    fastest(|| {
        texts
            .iter()
            .for_each(|it| drop(black_box(black_box(it).to_lowercase())))
    })
}

fn bench(criterion: &mut Criterion) {
    let program = pack::program("azure-p2s", |text| text);
    let recogniser = Recogniser::new(&program);
    recogniser.warm();
    mails(criterion, &recogniser);
    unprepared(criterion, &program);
    long_log(criterion, &recogniser);
}

const EXACT: &str = "The revocation function was unable to check revocation because the revocation server was offline.";
const NEAR: &str = "The revocatlon functien was unab1e to check revocation becouse the revocation servr was offline";

fn mails(criterion: &mut Criterion, recogniser: &Recogniser<'_>) {
    let texts = [
        ("exact text", mail(ENGLISH, EXACT), true),
        ("near text", mail(ENGLISH, NEAR), true),
        ("nothing", mail(ENGLISH, "all is well"), false),
        ("nothing zh-TW", mail(CHINESE, "一切正常"), false),
        (
            "near text zh-TW",
            mail(CHINESE, "因為撤銷伺服器已離線所以撤銷功能無法核對撤消狀況"),
            true,
        ),
        ("code", mail(ENGLISH, "Error 0x80090326"), true),
    ];
    let mut group = criterion.benchmark_group("recognise 2 kB");
    for (name, text, known) in texts {
        let texts = [text];
        let said = recogniser.recognise(&texts, &[]);
        assert_eq!(said.symptoms.len(), usize::from(known), "{name}: {said:?}");
        let fastest = fastest(|| drop(black_box(recogniser.recognise(black_box(&texts), &[]))));
        let lower = fastest_of_lower(&texts);
        println!("{name}: best {fastest:?} (lower case alone {lower:?})");
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(recogniser.recognise(black_box(&texts), &[])));
        });
        let [text] = texts;
        group.bench_function(format!("{name}, lower case alone"), |bencher| {
            bencher.iter(|| black_box(black_box(&text).to_lowercase()));
        });
    }
    group.finish();
}

fn unprepared(criterion: &mut Criterion, program: &Program) {
    let mut group = criterion.benchmark_group("recognise with nothing prepared");
    for (name, text) in [
        ("code", "Error 0x80090326"),
        ("exact text", EXACT),
        ("near text", NEAR),
    ] {
        let texts = [text.to_owned()];
        let best = fastest(|| drop(black_box(Recogniser::new(program).recognise(&texts, &[]))));
        println!("{name} with nothing prepared: best {best:?}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(Recogniser::new(program).recognise(&texts, &[])));
        });
    }
    group.finish();
}

fn long_log(criterion: &mut Criterion, recogniser: &Recogniser<'_>) {
    let mut group = criterion.benchmark_group("recognise 10 MB");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(10));
    let texts = [log()];
    assert_eq!(recogniser.recognise(&texts, &[]).symptoms.len(), 1);
    let [text] = &texts;
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("log", |bencher| {
        bencher.iter(|| black_box(recogniser.recognise(&texts, &[])));
    });
    group.bench_function("log, lower case alone", |bencher| {
        bencher.iter(|| black_box(black_box(text).to_lowercase()));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
