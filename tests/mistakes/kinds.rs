//! The kinds of mistakes: aimed at one template, a change of text, the code that it must get, and, at `«`, where.

pub struct Mistake {
    pub name: &'static str,
    pub target: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub code: &'static str,
}

const fn kind(
    name: &'static str,
    target: &'static str,
    from: &'static str,
    to: &'static str,
    code: &'static str,
) -> Mistake {
    Mistake { name, target, from, to, code }
}

pub const KINDS: &[Mistake] = &[
    // The parser's.
    kind("misspelt keyword", "other", "fix other-@:", "«fixx other-@:", "unknown-statement"),
    kind("no colon after a rule's name", "first", "rule first-@:", "rule first-@«", "syntax-error"),
    kind("unclosed string", "other", "step \"Do it by hand.\"", "step «\"Do it by hand.", "unclosed-string"),
    kind("unclosed bracket", "limit", "high => 3 }", "high => 3 «", "syntax-error"),
    kind("and with or", "first", "net@.on and net@.build >= 19045 and", "«net@.on or net@.build >= 19045 and", "mixed-and-or"),
    kind("a chain of comparisons", "first", "net@.build >= 19045 and", "1 <= net@.build «<= 19045 and", "chained-comparison"),
    kind("one equals sign", "wired", "e.kind == wired", "e.kind «= wired", "single-equals"),
    kind("a hyphen in a fact's name", "first", "net@.on and", "«net@-on and", "hyphen-in-name"),
    kind("two conditions", "third", "otherwise\n", "otherwise\n    «when net@.on\n", "duplicate-clause"),
    kind("misspelt clause", "first", "likelihood common", "«likelyhood common", "unknown-clause"),
    kind("a C operator", "first", "net@.on and", "net@.on «&& ", "syntax-error"),
    kind("a reserved word as a variable", "third", "any f in net@.failures: f.connection", "any «now in net@.failures: now.connection", "reserved-name"),
    kind("a description in a statement", "repair", "    risk outage", "    «/// What it breaks.\n    risk outage", "misplaced-description"),
    kind("nothing after when", "third", "when ras 798 in reported or (any f in net@.failures: f.connection == net@.name)", "when«", "syntax-error"),
    // Names.
    kind("misspelt fact", "first", "net@.on and", "«net@.onn and", "unknown-name"),
    kind("misspelt field", "wired", "e.port < 1024", "«e.prot < 1024", "unknown-field"),
    kind("misspelt symptom", "first", "symptom fails-@", "symptom «fals-@", "unknown-symptom"),
    kind("misspelt fix", "first", "fix repair-@", "fix «repiar-@", "unknown-fix"),
    kind("misspelt rule", "second", "overrides first-@", "overrides «frist-@", "unknown-rule"),
    kind("misspelt member", "wired", "e.kind == wired", "e.kind == «wierd", "unknown-member"),
    kind("misspelt type", "entries", "list of Entry@", "list of «Entri@", "unknown-type"),
    kind("misspelt excluded fix", "repair", "excludes ask-@", "excludes «aks-@", "unknown-fix"),
    kind("misspelt function", "first", "count(net@.wired)", "«cuont(net@.wired)", "unknown-function"),
    kind("misspelt fact in a cause", "first", "{net@.build}", "{«net@.biuld}", "unknown-name"),
    kind("misspelt param in a locator", "table", "{gateway_id}", "{«gatewayid}", "unknown-name"),
    kind("misspelt fact in a test", "test", "net@.build = 19045", "«net@.biuld = 19045", "unknown-name"),
    kind("misspelt rule in a test", "test", "ruled out first-@", "ruled out «firts-@", "unknown-rule"),
    kind("the same rule twice", "third", "rule third-@:", "rule «second-@:", "duplicate-name"),
    kind("the same member twice", "mode", "low, mid, high", "low, mid, «low", "duplicate-member"),
    kind("the same field twice", "type", "seen: time", "seen: time\n    «name: string", "duplicate-field"),
    // Types and values.
    kind("a text for a number", "first", "net@.build >= 19045", "net@.build >= «\"19045\"", "type-mismatch"),
    kind("a number as a condition", "first", "net@.on and", "«net@.build and", "type-mismatch"),
    kind("an ordering of texts", "third", "f.connection == net@.name", "«f.connection < net@.name", "type-mismatch"),
    kind("out of the declared range", "first", "net@.build >= 19045", "net@.build >= «190450", "out-of-range"),
    kind("no such unit", "second", "net@.wait > 30s", "net@.wait > «30sec", "unknown-unit"),
    kind("host bits in a network", "second", "overlaps 10.0.0.0/8", "overlaps «10.0.0.1/8", "bad-literal"),
    kind("no such day", "test", "now = 2026-11-01T00:00:00Z", "now = «2026-13-01T00:00:00Z", "bad-literal"),
    kind("an optional condition", "second", "net@.off is present", "«net@.off", "optional-condition"),
    kind("a quantifier over a scalar", "third", "any f in net@.failures: f.connection == net@.name", "any f in «net@.name: f == net@.name", "type-mismatch"),
    kind("a body without its variable", "third", "any f in net@.failures: f.connection == net@.name", "any f in net@.failures: «net@.name == \"a\"", "unrelated-conjunct"),
    kind("a match that forgets a member", "limit", ", high => 3", "", "incomplete-match"),
    kind("a match that takes a member twice", "limit", "mid => 2", "mid => 2, «low => 4", "overlapping-match"),
    kind("reported as a value", "third", "ras 798 in reported", "«reported is not empty", "misplaced-reported"),
    kind("a sum of two facts", "first", "count(net@.wired) > net@.limit", "count(net@.wired) > «net@.limit + net@.build", "type-mismatch"),
    kind("a default that does not fit", "build", "default 0", "default «\"none\"", "type-mismatch"),
    kind("a default out of range", "build", "default 0", "default «100000", "out-of-range"),
    kind("an absent value for a type without it", "test", "net@.build = 19045", "net@.build = «absent", "bad-test-value"),
    kind("no such reason", "test", "unknown denied", "unknown «refused", "unknown-reason"),
    // Codes.
    kind("misspelt symbol of a code", "third", "ras 798 in", "«sspi SEC_E_ILEGAL_MESSAGE in", "unknown-code"),
    kind("no such status", "third", "ras 798 in", "«http 7980 in", "unknown-code"),
    // Sources.
    kind("no such kind of source", "build", "windows registry", "«windows regestry", "unknown-source"),
    kind("no such argument", "failures", "since 7d", "«sinse 7d", "bad-source-argument"),
    kind("an argument of the wrong type", "failures", "since 7d", "since «\"7d\"", "bad-source-argument"),
    kind("a broken path", "table", "\"$.properties.table.id\"", "«\"$.properties.[table.id\"", "bad-path"),
    kind("a list in a locator", "routes", "{net@.table}", "{«net@.entries}", "bad-locator"),
    kind("no such field to report", "failures", "reports code", "reports «cod", "unknown-field"),
    kind("an open brace in a locator", "routes", "{net@.table}", "«{net@.table", "bad-template"),
    // Rules and fixes.
    kind("no such likelihood", "first", "likelihood common", "likelihood «usual", "unknown-word"),
    kind("no such risk", "repair", "risk outage", "risk «breakage", "unknown-word"),
    kind("no such scope", "repair", "for all-clients", "for «everybody", "unknown-word"),
    kind("no symptom and no condition", "third", "    symptom fails-@\n    when ras 798 in reported or (any f in net@.failures: f.connection == net@.name)\n    otherwise\n", "", "rule-without-condition"),
    kind("a let that names itself", "limit", "match net@.mode { low => 1,", "match net@.mode { low => «net@.limit,", "circular-definition"),
    kind("a rule that overrides itself", "second", "overrides first-@", "overrides «second-@", "circular-precedence"),
    kind("a fix that excludes itself", "repair", "excludes ask-@", "excludes «repair-@", "self-excluding-fixes"),
];
