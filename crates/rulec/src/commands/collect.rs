//! `rulec collect`: a plan, consent, and a case that holds what the places answered.

use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rulec_eval::wanted::Wanted;
use rulec_eval::{Answer, Case, CaseInput, Session, is_secret_name};
use rulec_program::seal::Sealed;
use rulec_providers::case_folder::{ANSWERS, KEPT};
use rulec_providers::clock;
use serde_json::{Value as Json, json};

use crate::args::Format;
use crate::args::collect::Collect;
use crate::collecting::plan::{self, Plan};
use crate::collecting::{Collected, Collector, Redaction, Store, Telling};
use crate::failure::{Failure, io_reason};
use crate::opening::{self, Opened};
use crate::output::Output;
use crate::ready::{Readiness, runnable};
use crate::{harmless, keeping, live, locale, redacting, scripting, sealing};

/// Places without an answer that are named.
const MOST_TOLD: usize = 20;

/// Shows what would be asked, asks it once somebody has agreed, and writes the case.
pub fn run(args: &Collect, output: &mut Output) -> Result<u8, Failure> {
    let program = match runnable(&args.packs, false, None, output)? {
        Readiness::Ready(ready) => ready.whole()?,
        Readiness::NotReady(code) => return Ok(code),
    };
    let mut resumed = None;
    match args.output.as_deref().filter(|_| !args.plan) {
        Some(out) if args.resume => resumed = Some(Store::resume(out)?),
        Some(out) => Store::refuse_taken(out)?,
        None => {}
    }
    let mut begun = begun(args, &program, output)?;
    let session = Session::new(&program, begun.case.clone());
    let wanted = session.wanted();
    if args.script {
        return script(&begun, &program, &session, &wanted, output);
    }
    let plan = Plan::new(&wanted, &begun.collector);
    if args.plan {
        show(args, &plan, &begun.texts, output)?;
        return Ok(0);
    }
    let Some(out) = args.output.as_deref() else {
        return Ok(2);
    };
    if plan.is_empty() && args.case.case.is_none() && !args.resume {
        return Err(nothing_to_ask(&plan));
    }
    begun.agree(args, &plan, output)?;
    let mut store = match resumed {
        Some(store) => store,
        None => Store::begin(out, &begun.files(&program, &session)?)?,
    };
    let redaction = match args.raw {
        true => None,
        false => Some(Redaction {
            texts: &begun.texts,
            locale: begun.locale.as_deref(),
            vocabulary: redacting::vocabulary(&program)?,
            // For this run alone; it is kept nowhere.
            key: sealing::random()?,
        }),
    };
    let stop = stop_on_interrupt()?;
    let mut telling = Telling::new(plan.places(begun.collector.probes));
    let collected =
        begun
            .collector
            .run(session, &mut store, redaction.as_ref(), &stop, &mut telling);
    let written = Written {
        args,
        out,
        program: &program,
        begun: &begun,
        redaction,
    };
    written.finish(&collected, store, output)
}

/// A case that can be collected.
struct Begun {
    case: Case,
    input: CaseInput,
    /// The complaint.
    texts: Vec<String>,
    locale: Option<String>,
    /// What persons have said before.
    answers: Option<Vec<u8>>,
    collector: Collector,
}

fn begun(args: &Collect, program: &Sealed, output: &mut Output) -> Result<Begun, Failure> {
    opening::one_reader(&args.case, &args.seen.symptom, false)?;
    let mut opened = open(args, output)?;
    let typed = opening::complaint(&args.seen.symptom)?;
    if !typed.is_empty() {
        opened.input.texts = typed;
    }
    opened.input.all |= args.all;
    opened.input.now.get_or_insert_with(clock::now);
    if opened.input.locale.is_none() {
        opened.input.locale = locale::of_environment();
    }
    let live = live::sources(&args.live, args.total_deadline)?;
    for given in &opened.input.given {
        if is_secret_name(program, &given.name) == Some(true) {
            let text = format!("`{}` is secret: it is used, and not kept", given.name);
            output.note("note", &text);
        }
    }
    let input = opened.input.clone();
    let folder = opened.folder.take().map(Arc::new);
    Ok(Begun {
        case: opening::fit(program, opened.input)?,
        texts: input.texts.clone(),
        locale: input.locale.clone(),
        input,
        answers: folder.as_ref().and_then(|it| it.answers.clone()),
        collector: Collector {
            live,
            folder,
            agreed: BTreeSet::new(),
            probes: args.probe,
            each: args.deadline,
            all: args.total_deadline,
        },
    })
}

/// What is known already: of the case that is given, or of the one that was interrupted.
fn open(args: &Collect, output: &mut Output) -> Result<Opened, Failure> {
    let (true, Some(out)) = (args.resume, args.output.as_deref()) else {
        return opening::open(&args.case, output);
    };
    let mut opened = opening::open_folder(&Store::work_of(out))?;
    for finding in opened.folder.iter().flat_map(|it| &it.findings) {
        output.mistake(&format!("{finding}; it is asked again"));
    }
    let more = opening::open(&args.case, output)?;
    for given in more.input.given {
        opened.input.given.retain(|it| it.name != given.name);
        opened.input.given.push(given);
    }
    Ok(opened)
}

impl Begun {
    /// Shows the plan, and asks whether it may be carried out.
    fn agree(&mut self, args: &Collect, plan: &Plan, output: &mut Output) -> Result<(), Failure> {
        let lines = plan.asked.iter().chain(&plan.probes);
        self.collector.agreed = lines
            .map(|it| (it.system.clone(), it.kind.clone()))
            .collect();
        if args.yes || plan.is_empty() {
            return Ok(());
        }
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(Failure::new(
                "nobody can be asked here whether this may be read: it is no terminal",
            )
            .help("`--plan` shows what would be asked, `--yes` agrees to it"));
        }
        let text = plan.text(&about(&self.texts), &most(args), output.width());
        output.stderr(&text);
        if !plan.asked.is_empty() && !agrees("Ask them?")? {
            return Err(Failure::new("nothing was asked, and nothing was written"));
        }
        if !plan.probes.is_empty() && !args.probe {
            self.collector.probes = agrees("Send the probes too?")?;
        }
        Ok(())
    }

    /// What is known at the beginning, as a case file.
    fn known(&self, program: &Sealed, session: &Session<'_>) -> String {
        let mut input = self.input.clone();
        // What a resource of the case has filled in: the resource itself is not kept.
        for kept in session.kept().iter().filter(|it| it.from.kind == "case") {
            if let Some(kept) = kept.named(program).filter(|it| it.value.is_string()) {
                input
                    .given
                    .push(rulec_eval::Given::new(&kept.name, kept.value));
            }
        }
        keeping::case_file(&input, |name| is_secret_name(program, name))
    }

    /// The same with all that stands beside it, as files of a case.
    fn files(
        &self,
        program: &Sealed,
        session: &Session<'_>,
    ) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let known = self.known(program, session);
        let mut files = vec![(live::CASE_FILE.to_owned(), known.into_bytes())];
        if !self.input.kept.is_empty() {
            let text = keeping::text(&Json::Null, &self.input.kept);
            files.push((KEPT.to_owned(), text.into_bytes()));
        }
        if let Some(answers) = &self.answers {
            files.push((ANSWERS.to_owned(), answers.clone()));
        }
        Ok(files)
    }
}

/// Prints the batch file that gathers the same on a Windows machine.
fn script(
    begun: &Begun,
    program: &Sealed,
    session: &Session<'_>,
    wanted: &[Wanted],
    output: &mut Output,
) -> Result<u8, Failure> {
    let known: Json = serde_json::from_str(&begun.known(program, session))
        .map_err(|error| Failure::new(format!("cannot write what is known: {error}")))?;
    let root = program.packs.first();
    let pack = root.map_or_else(String::new, |it| format!("{} {}", it.name, it.version));
    let about = scripting::About {
        pack: &pack,
        known: &known,
    };
    output.exact(&scripting::script(&about, wanted))?;
    if !output.is_terminal() {
        let text = "what the script gathers is not redacted; it says so in its first file";
        output.note("note", text);
    }
    Ok(0)
}

fn nothing_to_ask(plan: &Plan) -> Failure {
    if plan.missing.is_empty() && plan.not_here.is_empty() {
        return Failure::new("there is nothing to read: no place can tell what is still open")
            .help("`rulec run --ask` asks a person");
    }
    let text = "nothing that the rules in question need can be read here";
    let mut help = Vec::new();
    if !plan.missing.is_empty() {
        let names: Vec<&str> = plan.missing.keys().map(String::as_str).collect();
        help.push(format!("give `--param {}=…`", names.join("=…`, `--param ")));
    }
    if plan.not_here.iter().any(|it| it.system == "azure") {
        help.push("`--live azure` asks Azure".to_owned());
    }
    if plan.not_here.iter().any(|it| it.system == "windows") {
        help.push("`--script` makes a batch file for the Windows machine".to_owned());
    }
    help.push("`--plan` shows what is wanted".to_owned());
    Failure::new(text).help(help.join("; "))
}

fn show(args: &Collect, plan: &Plan, texts: &[String], output: &mut Output) -> Result<(), Failure> {
    match args.format {
        Format::Json => writeln!(output, "{:#}", plan.json())?,
        Format::Text => {
            let text = plan.text(&about(texts), &most(args), output.width());
            output.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}

fn about(texts: &[String]) -> String {
    let first = texts
        .first()
        .map(|it| harmless::line(&harmless::shortened(it, 60)));
    match (first, texts.len()) {
        (None, _) => "For all symptoms".to_owned(),
        (Some(first), 1) => format!("For \"{first}\""),
        (Some(first), count) => format!("For \"{first}\" and {} more", count - 1),
    }
}

fn most(args: &Collect) -> String {
    format!("{} s", args.total_deadline.as_secs_f64())
}

fn agrees(question: &str) -> Result<bool, Failure> {
    let mut err = io::stderr();
    write!(err, "\n{question} [y/N] ")?;
    err.flush()?;
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::new(format!("cannot read the answer: {}", io_reason(&error))))?;
    let line = line.trim().to_lowercase();
    Ok(matches!(line.as_str(), "y" | "yes"))
}

/// Ctrl+C ends it with what is there; a second time at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if set.swap(true, Ordering::SeqCst) {
            process::exit(130);
        }
    })
    .map_err(|error| Failure::new(format!("cannot listen for Ctrl+C: {error}")))?;
    Ok(stop)
}

/// What is left to do when nothing is asked any more.
struct Written<'a> {
    args: &'a Collect,
    out: &'a Path,
    program: &'a Sealed,
    begun: &'a Begun,
    redaction: Option<Redaction<'a>>,
}

impl Written<'_> {
    fn finish(
        &self,
        collected: &Collected<'_>,
        store: Store,
        output: &mut Output,
    ) -> Result<u8, Failure> {
        let work = store.work().display().to_string();
        if let Some(lost) = &collected.lost {
            return Err(
                Failure::new(format!("cannot keep what was answered: {lost}")).help(format!(
                    "what was told as done is kept; make room, and `--resume` goes on with `{work}`"
                )),
            );
        }
        let differences = match &self.redaction {
            Some(redaction) => self.publish(redaction, collected, &store)?,
            None => Vec::new(),
        };
        if !differences.is_empty() {
            store.withdraw();
            let mut lines = vec![
                "no case was written that may be sent: other verdicts would come out of it"
                    .to_owned(),
            ];
            lines.extend(differences.into_iter().take(MOST_TOLD));
            return Err(Failure::several(&lines).help(format!(
                "`{work}` has the answers as they came; `--resume --raw` makes them the case"
            )));
        }
        let unwritable = |error: io::Error| Failure::unwritable(self.out, &error);
        match (collected.stopped, self.args.raw) {
            // What was interrupted is gone on with from there.
            (true, _) => {}
            (false, true) => store.publish_raw().map_err(unwritable)?,
            (false, false) => store.end()?,
        }
        self.tell(collected, &work, output)
    }

    fn publish(
        &self,
        redaction: &Redaction<'_>,
        collected: &Collected<'_>,
        store: &Store,
    ) -> Result<Vec<String>, Failure> {
        let redacted = redaction.of(&collected.session)?;
        let differences =
            redaction.differences(self.program, &self.begun.case, collected, &redacted)?;
        if differences.is_empty() {
            store
                .publish(&redacted.files)
                .map_err(|error| Failure::unwritable(self.out, &error))?;
        }
        Ok(differences)
    }

    fn tell(
        &self,
        collected: &Collected<'_>,
        work: &str,
        output: &mut Output,
    ) -> Result<u8, Failure> {
        let untold = |it: &&(_, Answer)| matches!(it.1, Answer::Unknown(..));
        let unknown = collected.places.iter().filter(untold).count();
        let known = collected.places.len() - unknown;
        let out = match collected.stopped && self.args.raw {
            true => work.to_owned(),
            false => self.out.display().to_string(),
        };
        if self.args.format == Format::Json {
            let places: Vec<Json> = collected.places.iter().map(place_json).collect();
            let object = json!({
                "format": 1,
                "case": out,
                "redacted": !self.args.raw,
                "stopped": collected.stopped,
                "places": places,
            });
            writeln!(output, "{object:#}")?;
        } else {
            let shown = harmless::line(&out);
            writeln!(
                output,
                "{} asked, {known} answered; the case is `{shown}`",
                plan::count(collected.places.len(), "place")
            )?;
            let lines = collected.places.iter().filter(untold).take(MOST_TOLD);
            for (request, answer) in lines {
                if let Answer::Unknown(why, detail, _) = answer {
                    let line = format!("{}: {}: {detail}", request.shown(), why.name());
                    writeln!(output, "  {}", harmless::line(&line))?;
                }
            }
            if unknown > MOST_TOLD {
                writeln!(output, "  and {} more", unknown - MOST_TOLD)?;
            }
            writeln!(
                output,
                "{}",
                match self.args.raw {
                    true => "it is not redacted; `rulec redact` makes one that may be sent",
                    false =>
                        "what is personal has tokens in its place; the same verdicts come out of it",
                }
            )?;
        }
        if collected.stopped {
            output.flush()?;
            let text = format!(
                "stopped: what was not asked is not collected; `--resume` goes on with `{work}`, which is not redacted: remove it if you do not"
            );
            output.note("note", &text);
        }
        Ok(if collected.stopped || unknown > 0 {
            4
        } else {
            0
        })
    }
}

fn place_json((request, answer): &(rulec_eval::Request, Answer)) -> Json {
    match answer {
        Answer::Found(..) => json!({ "place": request.shown(), "found": true }),
        Answer::NotThere(_) => json!({ "place": request.shown(), "found": false }),
        Answer::Unknown(why, detail, _) => {
            json!({ "place": request.shown(), "unknown": why.name(), "detail": detail })
        }
    }
}
