//! The command line: what may be typed, with help and examples. Nothing is done here.

pub mod collect;
pub mod live;
pub mod provider;
pub mod redact;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use live::{LiveArgs, LiveSystem};

/// Write down what fixes networks, prove it, test it, and run it against evidence.
#[derive(Debug, Parser)]
#[command(name = "rulec", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// When to colour the output.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

impl Cli {
    /// Who reads the results.
    pub fn results(&self) -> ResultFormat {
        let format = match &self.command {
            Some(Command::Check(it)) => return it.format,
            Some(Command::Test(it)) => return it.format,
            Some(Command::Run(it)) => it.format.results(),
            Some(Command::Why(it)) => it.of.told.format,
            Some(Command::WhyNot(it)) => it.of.told.format,
            Some(Command::Next(it)) => it.of.told.format,
            Some(Command::Verify(it)) => it.told.format,
            Some(Command::Diff(it)) => it.format,
            Some(Command::Symptom(it)) => it.told.format,
            Some(Command::Facts(it)) => it.format,
            Some(Command::Collect(it)) => it.format,
            Some(Command::Redact(it)) => it.format,
            Some(Command::Eval(it)) => it.format,
            Some(Command::List(it)) => it.format,
            Some(Command::Show(it)) => it.format,
            Some(Command::Sources(it)) => it.format,
            Some(Command::Provider(it)) => it.format(),
            Some(Command::Graph(it)) if it.format == GraphFormat::Json => Format::Json,
            None
            | Some(
                Command::New(_)
                | Command::Fmt(_)
                | Command::Compile(_)
                | Command::Graph(_)
                | Command::Completions(_)
                | Command::Man(_),
            ) => Format::Text,
        };
        match format {
            Format::Text => ResultFormat::Text,
            Format::Json => ResultFormat::Json,
        }
    }
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Subcommands, in the order in which a newcomer meets them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new pack: a folder with one rule and its test.
    New(New),
    /// Report every mistake of packs, with its place.
    Check(Check),
    /// Write rule files in the one canonical layout.
    Fmt(Fmt),
    /// Run the tests of packs.
    Test(Test),
    /// Say of which cases two packs name other causes, with an example each, or prove that there are none.
    Diff(Diff),
    /// Write a pack as one file that runs without its texts.
    Compile(Compile),
    /// Diagnose a case: which causes are confirmed, ruled out, open, and what to do.
    Run(Run),
    /// Prove a verdict: from the rule down to the facts that force it, with where each was read.
    Why(Why),
    /// Say what would have to be otherwise for a rule to be confirmed.
    WhyNot(WhyNot),
    /// Say what to find out next, and what each answer would settle.
    Next(Next),
    /// Compare a case after the repair with the same case before: which checks hold, which causes are gone, what is new.
    Verify(Verify),
    /// Recognise what a person sees: the symptoms it may be, and what the codes in it mean.
    Symptom(Symptom),
    /// Show what a case yields: each fact's value, or why it is unknown, and from where.
    Facts(Facts),
    /// Ask what the rules can still use, and write a case that may be sent.
    Collect(Box<collect::Collect>),
    /// Write a case that may be sent: what is known of it, with tokens in place of what is personal.
    Redact(redact::Redact),
    /// Compute one expression on a case.
    Eval(Eval),
    /// List what a pack declares.
    List(List),
    /// Show one statement of a pack: its text, and what uses it.
    Show(Show),
    /// Print the dependency graph of a pack.
    Graph(Graph),
    /// Print what may stand after `from`.
    Sources(Sources),
    /// Try a plug-in, or print what it says of itself.
    Provider(provider::Provider),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page, or write one page a command into a folder.
    Man(Man),
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people, at a terminal.
    Text,
    /// For programs.
    Json,
    /// To paste into a ticket.
    Markdown,
    /// One file for a browser or for paper; it needs no network.
    Html,
}

impl ReportFormat {
    /// Who reads it: findings of a pack that cannot run are told to the same.
    fn results(self) -> Format {
        match self {
            ReportFormat::Json => Format::Json,
            ReportFormat::Text | ReportFormat::Markdown | ReportFormat::Html => Format::Text,
        }
    }
}

/// How findings and results of tests are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ResultFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub Actions.
    Github,
    /// JUnit XML, for test reports of CI servers.
    Junit,
}

/// Which packs, for a command that shows or adds to texts of rules.
#[derive(Debug, Args)]
pub struct PackArgs {
    /// Pack: a folder of `*.rules`, or one file [default: the one that is built in, azure.p2s].
    #[arg(long, value_name = "DIR|FILE")]
    pub pack: Option<PathBuf>,
    /// Folder in which packs named by `use` are looked up, after the pack's own parent; repeatable.
    #[arg(long, value_name = "DIR", requires = "pack")]
    pub packs: Vec<PathBuf>,
}

/// Which packs, for a command that needs no texts of rules.
#[derive(Debug, Args)]
pub struct RunPackArgs {
    /// Pack: a folder of `*.rules`, one file, or a compiled pack [default: the one that is built in, azure.p2s].
    #[arg(long, value_name = "DIR|FILE")]
    pub pack: Option<PathBuf>,
    /// Folder in which packs named by `use` are looked up, after the pack's own parent; repeatable.
    #[arg(long, value_name = "DIR", requires = "pack")]
    pub packs: Vec<PathBuf>,
}

/// Which case.
#[derive(Debug, Args)]
pub struct CaseArgs {
    /// Case: a folder with `case.yaml` and `azure/*.json`, or a zip of it.
    #[arg(long, value_name = "DIR|ZIP")]
    pub case: Option<PathBuf>,
    /// Facts by name, JSON or YAML; `-` is standard input; for `rulec run`, `.jsonl` is a batch, one case a line.
    #[arg(long, value_name = "FILE")]
    pub facts: Option<PathBuf>,
    /// A param of the case; repeatable.
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub params: Vec<String>,
    /// The case's own time, RFC 3339; else that of the case, else unknown.
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

/// What makes the exit code 1 or 3 beyond errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A warning about the pack (exit code 1).
    Warning,
    /// A proof that was not decided (exit code 3).
    Undecided,
    /// A confirmed cause, or a fault found besides (exit code 1, also where something else is open).
    Confirmed,
    /// Nothing: findings and open verdicts give 0; wrong use and unreadable input still give 2.
    Never,
}

/// `rulec new`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  rulec new rules/dns-client && rulec test rules/dns-client")]
pub struct New {
    /// Folder of the pack; its name becomes the pack's, with hyphens as dots.
    pub dir: PathBuf,
}

/// `rulec check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec check rules/azure-p2s
  rulec check rules/* --format json
  rulec check rules/azure-p2s --watch
  rulec check rules/azure-p2s --baseline known.json --format sarif > rulec.sarif
  rulec check rules/azure-p2s --gaps --as-tests=rules/azure-p2s/gaps.rules
  rulec check --explain unknown-name

Exit codes: 0 clean (warnings alone are clean), 1 errors, 2 wrong use or unreadable input.")]
pub struct Check {
    /// Packs: folders of `*.rules`, or single files; `-` is standard input [default: the current folder].
    pub paths: Vec<PathBuf>,
    /// Folder in which packs named by `use` are looked up; repeatable.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    pub format: ResultFormat,
    /// Findings that are known: only others are shown and make the command fail.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings into FILE, for `--baseline`, instead of showing them.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "format"])]
    pub write_baseline: Option<PathBuf>,
    /// Check again whenever a file of the packs changes, until Ctrl+C.
    #[arg(long, conflicts_with_all = ["write_baseline", "explain", "format"])]
    pub watch: bool,
    /// Prove nothing: only look at each statement, and leave out what would have to be shown of all cases (rules that are never confirmed, that
    /// conflict, that say the same).
    #[arg(long, conflicts_with_all = ["prove", "gaps", "fix", "save_witnesses", "as_tests"])]
    pub no_prove: bool,
    /// Say so where nothing is proved because of errors.
    #[arg(long, hide = true)]
    pub prove: bool,
    /// Show a case for each symptom that can be there without a confirmed cause, instead of counting them.
    #[arg(long)]
    pub gaps: bool,
    /// Carry out repairs that leave the meaning as it is, and prove that they do.
    #[arg(long, conflicts_with_all = ["write_baseline", "watch", "explain", "format", "save_witnesses", "as_tests"])]
    pub fix: bool,
    /// Carry out the repairs too that settle a finding by changing what the pack says.
    #[arg(long = "unsafe", requires = "fix")]
    pub allow_unsafe: bool,
    /// Write nothing; print what `--fix` would change.
    #[arg(long, requires = "fix")]
    pub diff: bool,
    /// Keep the case that shows a finding as a case folder in DIR, one a finding.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["write_baseline", "watch", "explain"])]
    pub save_witnesses: Option<PathBuf>,
    /// Write the case that shows a finding as a `test` that passes as it stands, into FILE or instead of the findings.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true,
        conflicts_with_all = ["write_baseline", "watch", "explain"])]
    pub as_tests: Option<Option<PathBuf>>,
    /// What else makes the exit code differ from 0.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Vec<FailOn>,
    /// Print the page of the book about one code, and stop.
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
}

/// `rulec fmt`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec fmt rules/azure-p2s
  rulec fmt --check rules/*
  cat a.rules | rulec fmt -

Exit codes: 0 done, or nothing to do; 1 `--check` or `--diff` found a difference, or a statement could not be read.")]
pub struct Fmt {
    /// Files or folders; `-` is standard input [default: the current folder].
    pub paths: Vec<PathBuf>,
    /// Write nothing; name the files that would change.
    #[arg(long)]
    pub check: bool,
    /// Write nothing; print what would change.
    #[arg(long)]
    pub diff: bool,
}

/// `rulec diff`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec diff released/azure-p2s rules/azure-p2s
  rulec diff azure-p2s.rulepack rules/azure-p2s --corpus cases --format json

Exit codes: 0 no case has other confirmed causes, which is proved; 1 a difference, or an error of a pack; 2 wrong use or unreadable input;
3 no difference was found, and something could not be decided.")]
pub struct Diff {
    /// The pack as it was: a folder of `*.rules`, one file, or a compiled pack.
    pub old: PathBuf,
    /// The pack as it is now.
    pub new: PathBuf,
    /// Folder in which packs named by `use` are looked up, after the pack's own parent; repeatable.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Folder of stored cases (folders or zips): each is also run with both packs.
    #[arg(long, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// How the result is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `rulec compile`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec compile rules/azure-p2s -o azure-p2s.rulepack
  rulec run --pack azure-p2s.rulepack --case CASE

The file has the same bytes wherever it is made. `run` and `facts` take it in place of the folder.

Exit codes: 0 written, 1 the pack has errors, 2 wrong use or unreadable input.")]
pub struct Compile {
    /// Pack: a folder of `*.rules`, or one file [default: the current folder].
    pub path: Option<PathBuf>,
    /// The file to write [default: the pack's name, as in `azure-p2s.rulepack`].
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Folder in which packs named by `use` are looked up; repeatable.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
}

/// `rulec test`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec test rules/azure-p2s
  rulec test rules/azure-p2s revoked
  rulec test rules/azure-p2s --format junit > rulec.xml
  rulec test rules/azure-p2s --from cases/4711 >> rules/azure-p2s/cases.rules

Exit codes: 0 all passed, or written; 1 a test failed or the pack has errors; 2 wrong use or unreadable input.")]
pub struct Test {
    /// Pack: a folder of `*.rules`, or one file [default: the current folder; with `--from` outside of one, the pack that is built in].
    pub path: Option<PathBuf>,
    /// Only tests whose name holds this text.
    pub filter: Option<String>,
    /// Write this case as a test of the pack on standard output, with what comes out of it; run none. A folder or a zip.
    #[arg(long, value_name = "CASE", conflicts_with_all = ["filter", "list", "watch"])]
    pub from: Option<PathBuf>,
    /// Name of the test that is written [default: that of the case].
    #[arg(long, value_name = "NAME", requires = "from")]
    pub name: Option<String>,
    /// The test that is written starts from the case where it lies, also where its values can be written down.
    #[arg(long, requires = "from")]
    pub link: bool,
    /// Folder in which packs named by `use` are looked up; repeatable.
    #[arg(long, value_name = "DIR")]
    pub packs: Vec<PathBuf>,
    /// Name the tests, run none.
    #[arg(long)]
    pub list: bool,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t = ResultFormat::Text)]
    pub format: ResultFormat,
    /// Run the tests again whenever a file of the pack or of its cases changes, until Ctrl+C.
    #[arg(long, conflicts_with_all = ["list", "format"])]
    pub watch: bool,
}

/// `rulec run`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec run --case cases/4711
  rulec run --case cases/4711.zip --symptom \"Error 798\" --locale zh-TW
  rulec run --facts facts.yaml --symptom -2146893018 --format json
  rulec run --case cases/4711 --format html > 4711.html
  rulec run --pack my-pack --facts cases.jsonl --format json
  rulec run --case cases/4711 --ask

Without `--pack` the built-in pack is used: azure.p2s, Azure point-to-site VPN.

Without a symptom all symptoms of the pack are looked at.

Exit codes: 0 every verdict in question is settled; 4 some verdict is open, or nothing was recognised;
1 the pack has errors, or `--fail-on confirmed` and a cause is confirmed; 2 wrong use or unreadable input.")]
pub struct Run {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub case: CaseArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub seen: Seen,
    /// Language of the report, such as `zh-TW` [default: from the environment, else English].
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// Also look at rules of symptoms that nobody reported; they come out as latent, never as confirmed.
    #[arg(long)]
    pub all: bool,
    /// Show each open rule and each missing fact, however many: without a symptom, and of other symptoms with `--all`.
    #[arg(long)]
    pub full: bool,
    /// Ask the person what no place tells, what is worth most first; with `--format json` in lines of JSON.
    #[arg(long)]
    pub ask: bool,
    /// Where answers are kept [default: `answers.jsonl` in the case folder].
    #[arg(long, value_name = "FILE", requires = "ask")]
    pub answers: Option<PathBuf>,
    /// Who answers [default: the user of this machine].
    #[arg(long, value_name = "NAME", requires = "ask")]
    pub who: Option<String>,
    /// What makes the exit code differ.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Vec<FailOn>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub live: LiveArgs,
    /// Keep what was answered as a case folder that gives the same report.
    #[arg(long, value_name = "DIR", requires = "asked", conflicts_with_all = ["case", "ask"])]
    pub record: Option<PathBuf>,
}

/// The complaint.
#[derive(Debug, Args)]
pub struct Seen {
    /// What the person sees: a code, a name of a symptom, or a text; `-` is standard input, `@FILE` a file; repeatable.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub symptom: Vec<String>,
}

/// How an answer is told.
#[derive(Debug, Args)]
pub struct Told {
    /// Language of the answer, such as `zh-TW` [default: from the environment, else English].
    #[arg(long, value_name = "LOCALE")]
    pub locale: Option<String>,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// A case, and how what is found out about it is told.
#[derive(Debug, Args)]
pub struct OfCase {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub case: CaseArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub seen: Seen,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub told: Told,
}

/// `rulec why`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec why certificate-without-key --case cases/4711
  rulec why root-expired --case cases/4711 --full --format json

The proof stands on a smallest set of facts: with them alone known the verdict is the same, and no smaller set does it.

Exit codes: 0 the verdict is settled, 4 it is open; 1 the pack has errors; 2 wrong use or unreadable input.")]
pub struct Why {
    /// The rule.
    pub rule: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub of: OfCase,
    /// Every step, on all that is known, not only what matters.
    #[arg(long)]
    pub full: bool,
}

/// `rulec why-not`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec why-not root-expired --case cases/4711
  rulec why-not client-key-asks-consent --symptom \"Error 798\" --format json

Each way was tried: with these values the rule is confirmed, and no assumption of the pack is broken that was not broken before.

Exit codes: 0 a way was found, or the rule is confirmed; 4 none was found; 1 the pack has errors; 2 wrong use or unreadable input.")]
pub struct WhyNot {
    /// The rule.
    pub rule: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub of: OfCase,
}

/// `rulec next`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec next --symptom \"Error 798\"
  rulec next --case cases/4711 --format json

Facts stand in the order in which they settle the open verdicts at least cost, as far as can be foreseen.

Exit codes: 0 nothing is open, 4 something is; 1 the pack has errors; 2 wrong use or unreadable input.")]
pub struct Next {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub of: OfCase,
    /// Every fact, however many.
    #[arg(long)]
    pub full: bool,
}

/// `rulec verify`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec verify cases/4711-after --since cases/4711
  rulec verify cases/4711-after --since cases/4711 --format json --fail-on confirmed

Both cases are looked at with the complaints of both. Checks of the repairs of what was confirmed before are evaluated on what is found now.

Exit codes: 0 everything is known; 4 a cause, a check or a verdict in question is not;
1 the pack has errors, or `--fail-on confirmed` and a cause is confirmed or a check does not hold; 2 wrong use or unreadable input.")]
pub struct Verify {
    /// The case after the repair: a folder with `case.yaml` and `azure/*.json`, or a zip of it.
    #[arg(value_name = "CASE")]
    pub after: PathBuf,
    /// The same case before the repair.
    #[arg(long, value_name = "CASE")]
    pub since: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    /// What the person saw, where neither case says so: a code, a name of a symptom, or a text; repeatable.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub symptom: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub told: Told,
    /// What makes the exit code differ.
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Vec<FailOn>,
}

/// `rulec symptom`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec symptom 0x80090326
  rulec symptom \"Error 691\" --format json
  rulec symptom @mail.txt --locale zh-TW
  rulec symptom - --pack my-pack < connection.log

Codes and exact texts decide; near texts, which are looked for only without them, have a score below 1. Texts are recognised in all languages.

Exit codes: 0 recognised; 4 nothing was recognised, or only a hint or several near texts point to a symptom;
1 the pack has errors; 2 wrong use or unreadable input.")]
pub struct Symptom {
    /// What the person sees; `-` is standard input, `@FILE` a file. Several words are one text. After `--` it may begin with a dash.
    #[arg(required = true, value_name = "TEXT", allow_negative_numbers = true)]
    pub text: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub told: Told,
}

/// `rulec facts`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec facts --case cases/4711
  rulec facts --case cases/4711 gateway
  rulec facts --pack rules/windows-base --live windows
  rulec facts --pack my-pack --case cases/4711")]
pub struct Facts {
    /// Only facts whose name begins so.
    pub prefix: Option<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: RunPackArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub case: CaseArgs,
    /// How facts are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub live: LiveArgs,
}

/// `rulec eval`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec eval 'count(gateway.p2s.roots)' --pack rules/azure-p2s --case cases/4711
  rulec eval '0.0.0.0/0 in gateway_subnet.routes.prefix' --pack rules/azure-p2s --case cases/4711")]
pub struct Eval {
    /// An expression over the facts of the pack.
    #[arg(allow_hyphen_values = true)]
    pub expression: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: PackArgs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub case: CaseArgs,
    /// How the value is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Kinds of statements that can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Kind {
    Params,
    Facts,
    Lets,
    Symptoms,
    Rules,
    Fixes,
    Tests,
    Types,
}

/// `rulec list`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  rulec list rules --pack rules/azure-p2s\n  rulec list --pack rules/azure-p2s --format json"
)]
pub struct List {
    /// What to list [default: everything].
    #[arg(value_enum)]
    pub kind: Option<Kind>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: PackArgs,
    /// How the list is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `rulec show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  rulec show gateway-subnet-default-route --pack rules/azure-p2s"
)]
pub struct Show {
    /// Name of a fact, param, let, type, symptom, rule, fix or test.
    pub name: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: PackArgs,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// Forms of a graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Graphviz.
    Dot,
    /// Mermaid, for Markdown.
    Mermaid,
    /// Nodes and edges.
    Json,
    /// A picture: of symptoms and what they share, or with `--symptom`, `--around` or `--all` of each part.
    Svg,
}

/// `rulec graph`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  rulec graph --pack rules/azure-p2s --format svg > overview.svg
  rulec graph --pack rules/azure-p2s --format svg --symptom tunnels-failed-800 > 800.svg
  rulec graph --pack rules/azure-p2s --format mermaid --around gateway.sku > graph.mmd")]
pub struct Graph {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub packs: PackArgs,
    /// In which form.
    #[arg(long, value_enum, default_value_t = GraphFormat::Dot)]
    pub format: GraphFormat,
    /// One symptom: its causes, what they need, and what repairs them.
    #[arg(long, value_name = "NAME", group = "part")]
    pub symptom: Option<String>,
    /// What has this name, and all that is joined to it directly.
    #[arg(long, value_name = "NAME", group = "part")]
    pub around: Option<String>,
    /// Everything; the default of all formats but `svg`.
    #[arg(long, group = "part")]
    pub all: bool,
}

/// `rulec sources`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  rulec sources\n  rulec sources \"azure arm\"\n  rulec sources --provider ./rulec-provider-acme"
)]
pub struct Sources {
    /// Only kinds whose name holds this text.
    pub filter: Option<String>,
    /// Only kinds of this plug-in: an executable by its path, or `rulec-provider-NAME` of the PATH by its name; repeatable.
    #[arg(long, value_name = "EXE|NAME")]
    pub provider: Vec<String>,
    /// How the table is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `rulec completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  rulec completions bash > /etc/bash_completion.d/rulec")]
pub struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `rulec man`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rulec man | man -l -\n  rulec man --dir target/man")]
pub struct Man {
    /// Write one page for each command into this folder.
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
