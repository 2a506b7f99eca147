//! The clean pack into which mistakes are put: groups of statements that use each other; `@` is the group's number.

/// Templates of one group; the first word is the name by which a mistake is aimed at it.
pub const GROUP: &[(&str, &str)] = &[
    (
        "type",
        r#"/// Entry @.
type Entry@ = {
    name: string
    kind: enum { wired, wireless = 7, else other }
    port: int in 0..65535
    prefix: cidr?
    seen: time
}
"#,
    ),
    (
        "entries",
        r#"/// Entries @.
fact net@.entries: list of Entry@
    from azure arm "{gateway_id}" at "$.properties.entries[*]"
    cost 10s
"#,
    ),
    (
        "build",
        r#"/// Build @.
fact net@.build: int in 0..99999
    from windows registry "HKLM\SOFTWARE\Net@" at "Build"
    default 0
"#,
    ),
    (
        "name",
        r#"/// Name @.
fact net@.name: string
    from azure arm "{gateway_id}" at "$.name"
    ask "Which name, @?"
"#,
    ),
    (
        "wait",
        r#"/// Wait @.
fact net@.wait: duration in s
    from azure arm "{gateway_id}" at "$.properties.wait"
"#,
    ),
    (
        "on",
        r#"/// Whether it is on, @.
fact net@.on: bool
    ask "Is it on, @?"
"#,
    ),
    (
        "table",
        r#"/// Table @.
fact net@.table: string?
    from azure arm "{gateway_id}" at "$.properties.table.id"
"#,
    ),
    (
        "routes",
        r#"/// Routes @.
fact net@.routes: list of cidr
    from azure arm "{net@.table}" at "$.properties.routes[*]"
    default []
"#,
    ),
    (
        "mode",
        r#"/// Mode @.
fact net@.mode: enum { low, mid, high }
    from azure arm "{gateway_id}" at "$.properties.mode"
"#,
    ),
    (
        "off",
        r#"/// Whether it was switched off, @.
fact net@.off: bool?
    from azure arm "{gateway_id}" at "$.properties.off"
"#,
    ),
    (
        "failures",
        r#"/// Failures @.
fact net@.failures: list of RasEvent
    from windows events "Application" provider "RasClient" id 20227, 20226 since 7d
    reports code
"#,
    ),
    (
        "wired",
        r#"/// Wired entries, @.
let net@.wired = each e in net@.entries where e.kind == wired and e.port < 1024
"#,
    ),
    (
        "limit",
        r#"/// Limit @.
let net@.limit = match net@.mode { low => 1, mid => 2, high => 3 }
"#,
    ),
    (
        "assume",
        r#"assume net@.build >= 100 + @
"#,
    ),
    (
        "symptom",
        r#"/// It fails, @.
symptom fails-@ =
    | code arm Failed@
    | text "It fails in … way @."
    | ask "Does it fail, @?"
    | seen when net@.name == "broken @"
"#,
    ),
    (
        "first",
        r#"/// The first cause, @.
rule first-@:
    symptom fails-@
    when net@.on and net@.build >= 19045 and count(net@.wired) > net@.limit
    likelihood common
    cause "The build {net@.build} of {net@.name} is too old."
    => fix repair-@ and fix other-@
"#,
    ),
    (
        "second",
        r#"/// The second cause, @.
rule second-@:
    symptom fails-@
    when (net@.wait > 30s or net@.off is present)
        and (any e in net@.entries where e.seen > now - 7d: e.prefix overlaps 10.0.0.0/8)
        and 0.0.0.0/0 in net@.routes
    overrides first-@
    => fix other-@ else fix ask-@
"#,
    ),
    (
        "third",
        r#"/// None of these, @.
rule third-@:
    symptom fails-@
    when ras 798 in reported or (any f in net@.failures: f.connection == net@.name)
    otherwise
    => no fix
"#,
    ),
    (
        "repair",
        r#"/// Repair it, @.
fix repair-@:
    step "Switch {net@.name} off and on." when net@.mode != low
    risk outage for all-clients "a minute"
    needs azure "Network Contributor"
    excludes ask-@
    verify not net@.on
    undo "Switch it off."
    docs "https://example.com/@"
"#,
    ),
    (
        "other",
        r#"/// Repair it otherwise, @.
fix other-@:
    step "Do it by hand."
    risk none
"#,
    ),
    (
        "ask",
        r#"/// Ask, @.
fix ask-@:
    step "Ask."
    needs administrator
    verify "look again"
"#,
    ),
    (
        "test",
        r#"test "case @":
    now = 2026-11-01T00:00:00Z
    symptom fails-@
    net@.on = false
    net@.build = 19045
    net@.entries = [{ name: "a", kind: wired, port: 80 }]
    net@.name = unknown denied
    net@.off = absent
    expect ruled out first-@
    expect open second-@ needs net@.wait
"#,
    ),
];

/// What a statement is read through, in its group: where that is broken, a mistake in the statement may not be seen, and must not.
pub const READ_THROUGH: &[(&str, &[&str])] = &[
    ("entries", &["type"]),
    ("routes", &["table", "entries", "type"]),
    ("wired", &["entries", "type"]),
    ("limit", &["mode"]),
    ("assume", &["build"]),
    ("symptom", &["name"]),
    (
        "first",
        &[
            "on", "build", "wired", "entries", "type", "limit", "mode", "name",
        ],
    ),
    (
        "second",
        &["wait", "off", "entries", "type", "routes", "first"],
    ),
    ("third", &["failures", "name", "second"]),
    ("repair", &["on", "name", "mode", "ask"]),
    (
        "test",
        &[
            "on", "build", "entries", "type", "name", "off", "first", "second", "wait", "symptom",
        ],
    ),
];

/// A mistake in one of these statements of a group may hide one in the other.
pub fn hides(one: &str, other: &str) -> bool {
    let through = |a: &str, b: &str| {
        READ_THROUGH
            .iter()
            .any(|(name, names)| *name == a && names.contains(&b))
    };
    through(one, other) || through(other, one)
}

/// The statements that all groups share.
pub const SHARED: &str = r#"/// A pack without mistakes.
pack clean.pack 1.0.0
    language 1

/// The gateway.
param gateway_id: string
    ask "Which gateway?"

"#;

/// A pack of `groups` groups, with some of its statements replaced.
pub struct Pack {
    pub statements: Vec<(&'static str, usize, String)>,
}

impl Pack {
    pub fn clean(groups: usize) -> Pack {
        let mut statements = Vec::new();
        for group in 1..=groups {
            for (name, template) in GROUP {
                statements.push((*name, group, template.replace('@', &group.to_string())));
            }
        }
        Pack { statements }
    }

    /// The text, and where each statement begins in it.
    pub fn text(&self) -> (String, Vec<usize>) {
        let mut text = SHARED.to_owned();
        let mut starts = Vec::new();
        for (_, _, statement) in &self.statements {
            starts.push(text.len());
            text.push_str(statement);
            text.push('\n');
        }
        (text, starts)
    }
}
