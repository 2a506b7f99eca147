//! Prints the findings of a rule file from standard input, one a line.
use std::io::Read;

fn main() {
    let mut text = String::new();
    if std::io::stdin().read_to_string(&mut text).is_err() {
        return;
    }
    for case in text.split("\n%%\n") {
        let parsed = rulec_syntax::parse::parse(rulec_syntax::source::FileId(0), case);
        println!("---- {}", case.replace('\n', "⏎"));
        for f in parsed.findings {
            let at = case
                .get(f.span.start as usize..f.span.end as usize)
                .unwrap_or("?");
            println!("{} «{}» {}", f.code.name, at.replace('\n', "⏎"), f.message);
            if let Some(help) = f.help {
                println!("    help: {help}");
            }
            for r in f.repairs {
                let mut t = case.to_owned();
                t.replace_range(r.span.start as usize..r.span.end as usize, &r.text);
                let again = rulec_syntax::parse::parse(rulec_syntax::source::FileId(0), &t);
                println!(
                    "    repair: {} -> {} [{}]",
                    r.title,
                    t.replace('\n', "⏎"),
                    again.findings.len()
                );
            }
        }
    }
}
