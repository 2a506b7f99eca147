//! Facts with a few comparisons of each: what conditions are made of.

use crate::generate::random::Random;

/// What a pack declares and says about it.
#[derive(Debug, Clone, Default)]
pub struct Atoms {
    /// Types, facts, params and lets.
    pub declarations: Vec<String>,
    /// Comparisons, each an operand of `and`.
    pub said: Vec<String>,
    /// Comparisons of which the first implies the second.
    pub implied: Vec<(String, String)>,
    /// Comparisons that use a let; assumptions and signs of symptoms leave them alone.
    pub derived: Vec<String>,
    /// What tests can say of facts.
    pub settings: Vec<(String, Vec<String>)>,
    next: usize,
    types: Vec<&'static str>,
}

const COLOUR: &str = "type Colour = enum { red, green, blue }";
const PHASE: &str = "type Phase = enum { Up, down, else other }";

impl Atoms {
    /// Two or three facts, or two that are compared with each other.
    pub fn new(random: &mut Random) -> Atoms {
        let mut atoms = Atoms::default();
        let count = 2 + random.below(2);
        while atoms.next < count {
            atoms.fact(random);
        }
        // Conditions meet again in other rules only if there are few of them.
        let most = 4 + random.below(3);
        random.shuffle(&mut atoms.said);
        atoms.said.truncate(most);
        random.shuffle(&mut atoms.implied);
        if random.chance(30) {
            atoms.derive(random);
        }
        atoms
    }

    fn fact(&mut self, random: &mut Random) {
        match random.below(26) {
            0..3 => self.flag(random),
            3..6 => self.member(random),
            6 | 7 => self.ranged(random),
            8 => self.number(random),
            9 => self.version(random),
            10 => self.time(random),
            11 => self.duration(random),
            12 | 13 => self.text(random),
            14 => self.address(random),
            15 => self.network(random),
            16 => self.code(random),
            17 => self.set(random),
            18 => self.texts(random),
            19 | 20 => self.records(random),
            21 => self.record(random),
            22 => self.pair(random),
            23 => self.reported(random),
            24 => self.networks(random),
            _ => self.looked_up(random),
        }
    }

    fn declare(&mut self, random: &mut Random, ty: &str, may_lack: bool) -> (String, bool) {
        let name = format!("f{}", self.next);
        self.next += 1;
        let optional = may_lack && random.chance(40);
        let mark = if optional { "?" } else { "" };
        if !optional && may_lack && random.chance(15) {
            let text = format!("param {name}: {ty}\n    ask \"What?\"");
            self.declarations.push(text);
        } else {
            self.source(&name, &format!("{ty}{mark}"), "");
        }
        if optional {
            self.said.push(format!("{name} is absent"));
            self.said.push(format!("{name} is present"));
        }
        (name, optional)
    }

    fn source(&mut self, name: &str, ty: &str, more: &str) {
        let place = "from azure arm \"/subscriptions/one\" at \"$.properties";
        self.declarations
            .push(format!("fact {name}: {ty}\n    {place}.{name}\"{more}"));
    }

    fn named(&mut self, ty: &'static str) {
        if !self.types.contains(&ty) {
            self.types.push(ty);
            self.declarations.insert(0, ty.to_owned());
        }
    }

    fn say(&mut self, all: &[String], random: &mut Random) {
        let mut all = all.to_vec();
        random.shuffle(&mut all);
        all.truncate(3);
        self.said.extend(all);
    }

    fn imply(&mut self, first: &str, second: &str) {
        self.implied.push((first.to_owned(), second.to_owned()));
    }

    fn set_to(&mut self, name: &str, values: &[&str], optional: bool) {
        let mut values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        if optional {
            values.push("absent".to_owned());
        }
        self.settings.push((name.to_owned(), values));
    }

    fn flag(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "bool", true);
        self.set_to(&name, &["true", "false"], optional);
        if optional {
            let all = ["== true", "== false", "!= true"].map(|it| format!("{name} {it}"));
            self.say(&all, random);
            self.imply(&format!("{name} == false"), &format!("{name} is present"));
            return;
        }
        self.said.push(name.clone());
        self.said
            .push(format!("match {name} {{ true => false, false => true }}"));
    }

    fn member(&mut self, random: &mut Random) {
        let closed = random.chance(60);
        self.named(if closed { COLOUR } else { PHASE });
        let [ty, one, two, three] = match closed {
            true => ["Colour", "red", "green", "blue"],
            false => ["Phase", "Up", "down", "other"],
        };
        let (name, optional) = self.declare(random, ty, true);
        self.set_to(&name, &[one, two, three], optional);
        let absent = if optional { ", absent => true" } else { "" };
        let all = [
            format!("{name} == {one}"),
            format!("{name} != {two}"),
            format!("{name} in [{one}, {three}]"),
            format!("{name} not in [{two}]"),
            format!("match {name} {{ {one} => true, {two} or {three} => false{absent} }}"),
            format!("match {name} {{ {two} => false, else => true }}"),
        ];
        self.say(&all, random);
        self.imply(&format!("{name} == {one}"), &format!("{name} != {two}"));
        self.imply(
            &format!("{name} == {one}"),
            &format!("{name} in [{one}, {three}]"),
        );
    }

    fn ranged(&mut self, random: &mut Random) {
        let ty = random.word(&["int in 0..3", "int in 0..2", "int in 0..20"]);
        let (name, optional) = self.declare(random, ty, true);
        self.set_to(&name, &["0", "1", "2"], optional);
        let all = [
            "< 1",
            "<= 1",
            "> 1",
            ">= 1",
            "== 2",
            "!= 0",
            "in [0, 2]",
            "+ 1 > 2",
            "- 1 == 0",
            ">= 0",
        ];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.imply(&format!("{name} > 1"), &format!("{name} > 0"));
        self.imply(&format!("{name} == 2"), &format!("{name} >= 1"));
    }

    fn number(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "int", true);
        self.set_to(&name, &["10", "11", "400"], optional);
        let all = ["> 10", "< 11", "< 12", "== 11", "!= 10", ">= 0xB"];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.imply(&format!("{name} > 10"), &format!("{name} >= 11"));
        self.imply(&format!("{name} == 11"), &format!("{name} < 12"));
    }

    fn version(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "version", true);
        self.set_to(&name, &["1.2", "1.10", "0.9"], optional);
        let all = [">= 1.2", "< 1.10", "== 1.2.0", "> 1.2", "<= 1.2", "< 0.0"];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.imply(&format!("{name} == 1.2"), &format!("{name} < 1.10"));
        self.imply(&format!("{name} >= 1.10"), &format!("{name} > 1.2.0"));
    }

    fn time(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "time", true);
        self.set_to(&name, &["2026-01-01", "2026-03-01"], optional);
        let against_now = ["< now", ">= now", "== now", "+ 30d < now", "- 7d > now"];
        let alone = [
            "< 2026-01-01",
            ">= 2026-01-01",
            "== 2026-01-01",
            "> 2026-02-01",
        ];
        let mut all: Vec<String> = match random.chance(50) {
            true => alone.map(|it| format!("{name} {it}")).to_vec(),
            false => against_now.map(|it| format!("{name} {it}")).to_vec(),
        };
        if all.iter().any(|it| it.ends_with("now")) {
            all.push(format!("now - {name} > 30d"));
            all.push(format!("now - {name} >= 7d"));
            self.imply(&format!("{name} + 30d < now"), &format!("{name} < now"));
            self.imply(
                &format!("now - {name} > 30d"),
                &format!("{name} + 30d < now"),
            );
        } else {
            self.imply(
                &format!("{name} > 2026-02-01"),
                &format!("{name} >= 2026-01-01"),
            );
        }
        self.say(&all, random);
    }

    fn duration(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "duration", true);
        self.set_to(&name, &["1h", "2h", "90min"], optional);
        let all = ["< 1h", ">= 60min", "== 2h", "> 2h", "in [1h, 2h]"];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.imply(&format!("{name} > 2h"), &format!("{name} >= 60min"));
        self.imply(&format!("{name} < 1h"), &format!("{name} != 2h"));
    }

    fn text(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "string", true);
        self.set_to(&name, &["\"ab\"", "\"AB\"", "\"\"", "\"abc\""], optional);
        let all = [
            "== \"ab\"",
            "!= \"AB\"",
            "starts with \"a\"",
            "ends with \"b\"",
            "contains \"b\"",
            "matches \"a*b\"",
            "matches \"?b\"",
            "matches \"*\"",
            "is empty",
            "in [\"ab\", \"c\"]",
            "is base64",
        ];
        let mut all = all.map(|it| format!("{name} {it}")).to_vec();
        all.push(format!("length({name}) > 2"));
        all.push(format!("length({name}) == 2"));
        self.say(&all, random);
        self.imply(
            &format!("{name} == \"AB\""),
            &format!("{name} starts with \"a\""),
        );
        self.imply(
            &format!("{name} matches \"a*b\""),
            &format!("{name} ends with \"B\""),
        );
        self.imply(
            &format!("{name} matches \"?b\""),
            &format!("length({name}) == 2"),
        );
    }

    fn address(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "ip", true);
        self.set_to(&name, &["10.0.0.1", "10.1.0.1", "fe80::1"], optional);
        let all = [
            "in 10.0.0.0/8",
            "in 10.1.0.0/16",
            "not in 10.0.0.0/8",
            "== 10.0.0.1",
            "in [10.0.0.0/8, fe80::/10]",
            "in 0.0.0.0/0",
        ];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.imply(
            &format!("{name} in 10.1.0.0/16"),
            &format!("{name} in 10.0.0.0/8"),
        );
    }

    fn network(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "cidr", true);
        self.set_to(&name, &["10.0.0.0/8", "10.1.0.0/16", "fd00::/8"], optional);
        let all = [
            "in 10.0.0.0/8",
            "overlaps 10.1.0.0/16",
            "== 10.0.0.0/8",
            "contains 10.1.0.7",
            "contains 10.0.0.0/8",
            "in [10.0.0.0/8]",
        ];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.imply(
            &format!("{name} contains 10.0.0.0/8"),
            &format!("{name} overlaps 10.1.0.0/16"),
        );
    }

    fn code(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "code", true);
        self.set_to(&name, &["ras 691", "http 503"], optional);
        let all = ["== ras 691", "!= http 503", "in [ras 691, http 503]"];
        self.say(&all.map(|it| format!("{name} {it}")), random);
        self.said
            .push(format!("match {name} {{ ras 691 => true, else => false }}"));
        self.imply(
            &format!("{name} == ras 691"),
            &format!("{name} != http 503"),
        );
    }

    fn set(&mut self, random: &mut Random) {
        self.named(COLOUR);
        let (name, optional) = self.declare(random, "set of Colour", true);
        self.set_to(
            &name,
            &["[red]", "[]", "[red, green]", "[unknown]"],
            optional,
        );
        let all = [
            format!("{name} contains red"),
            format!("green in {name}"),
            format!("count({name}) >= 2"),
            format!("{name} is empty"),
            format!("{name} overlaps [red, blue]"),
            format!("(any x in {name}: x != red)"),
            format!("(all x in {name}: x == green)"),
        ];
        self.say(&all, random);
        self.imply(
            &format!("{name} contains red"),
            &format!("{name} is not empty"),
        );
        self.imply(
            &format!("{name} contains red"),
            &format!("count({name}) >= 1"),
        );
    }

    fn texts(&mut self, random: &mut Random) {
        let ty = random.word(&["set of string", "list of string"]);
        let (name, optional) = self.declare(random, ty, true);
        self.set_to(&name, &["[\"a\"]", "[]", "[\"a\", unknown]"], optional);
        let all = [
            format!("{name} contains \"A\""),
            format!("\"b\" in {name}"),
            format!("{name} is empty"),
            format!("(any x in {name}: x starts with \"a\")"),
            format!("(no x in {name}: x == \"a\")"),
        ];
        self.say(&all, random);
        self.imply(
            &format!("{name} contains \"a\""),
            &format!("(any x in {name}: x starts with \"a\")"),
        );
    }

    fn records(&mut self, random: &mut Random) {
        self.named("type Item = {\n    up: bool at \"$.up\"\n    n: int in 0..1? at \"$.n\"\n}");
        let single = random.chance(50);
        if single {
            self.named("type Flag = {\n    up: bool at \"$.up\"\n}");
        }
        let ty = if single {
            "list of Flag"
        } else {
            "list of Item"
        };
        let (name, optional) = self.declare(random, ty, true);
        if single {
            self.set_to(
                &name,
                &["[{ up: true }]", "[]", "[{ up: false }, {}]"],
                optional,
            );
        }
        let mut all = vec![
            format!("(any x in {name}: x.up)"),
            format!("(all x in {name}: x.up)"),
            format!("(no x in {name}: not x.up)"),
            format!("{name} is empty"),
            format!("count({name}) >= 2"),
            format!("count(each x in {name} where x.up) == 1"),
            format!("true in {name}.up"),
        ];
        if !single {
            all.extend([
                format!("(any x in {name} where x.up: x.n == 0)"),
                format!("(any x in {name}: x.up and x.n is absent)"),
                format!("(all x in {name} where x.up: x.n is present)"),
                format!("1 in {name}.n"),
            ]);
        }
        self.say(&all, random);
        self.imply(
            &format!("(any x in {name}: x.up)"),
            &format!("{name} is not empty"),
        );
        self.imply(
            &format!("{name} is empty"),
            &format!("(all x in {name}: x.up)"),
        );
    }

    fn record(&mut self, random: &mut Random) {
        self.named(COLOUR);
        self.named(
            "type Gate = {\n    ready: bool at \"$.ready\"\n    kind: Colour? at \"$.kind\"\n}",
        );
        let (name, optional) = self.declare(random, "Gate", true);
        let mut all = vec![
            format!("{name}.ready == true"),
            format!("{name}.kind == red"),
            format!("{name}.kind != green"),
            format!("{name}.kind is absent"),
            format!("{name}.kind in [red, green]"),
        ];
        if !optional {
            all.push(format!("{name}.ready"));
        }
        self.say(&all, random);
        self.imply(
            &format!("{name}.kind == red"),
            &format!("{name}.kind is present"),
        );
        self.imply(
            &format!("{name}.kind == red"),
            &format!("{name}.kind in [red, green]"),
        );
    }

    /// Two facts of one type that are compared with each other.
    fn pair(&mut self, random: &mut Random) {
        let ty = random.word(&[
            "int in 0..2",
            "int",
            "version",
            "time",
            "duration",
            "string",
            "ip",
        ]);
        let (one, one_optional) = self.declare(random, ty, true);
        let (two, _) = self.declare(random, ty, true);
        let value = match ty {
            "int in 0..2" | "int" => "1",
            "version" => "1.2",
            "time" => "2026-01-01",
            "duration" => "1h",
            "string" => "\"a\"",
            _ => "10.0.0.1",
        };
        self.set_to(&one, &[value], one_optional);
        let mut all = vec![
            format!("{one} == {two}"),
            format!("{one} != {two}"),
            format!("{one} == {value}"),
            format!("{two} != {value}"),
        ];
        if !matches!(ty, "string" | "ip") {
            all.extend([
                format!("{one} < {two}"),
                format!("{one} >= {two}"),
                format!("{two} > {value}"),
            ]);
        }
        if ty.starts_with("int") {
            all.push(format!("{one} + 1 < {two}"));
            self.imply(&format!("{one} + 1 < {two}"), &format!("{one} < {two}"));
        }
        self.say(&all, random);
        self.said.push(format!("{one} == {two}"));
    }

    /// Codes of events count as reported.
    fn reported(&mut self, random: &mut Random) {
        self.named("type Event = {\n    code: code? at \"$.code\"\n}");
        let name = format!("f{}", self.next);
        self.next += 1;
        let ty = random.word(&["list of Event", "Event", "list of Event?"]);
        self.source(&name, ty, "\n    reports code");
        let all = [
            "ras 691 in reported".to_owned(),
            "reported contains http 503".to_owned(),
            "http 503 not in reported".to_owned(),
        ];
        self.say(&all, random);
        self.said.truncate(self.said.len() - 1);
    }

    fn networks(&mut self, random: &mut Random) {
        let (name, optional) = self.declare(random, "list of cidr", true);
        self.set_to(&name, &["[10.0.0.0/8]", "[]"], optional);
        let all = [
            format!("10.1.0.7 in {name}"),
            format!("{name} overlaps [10.1.0.0/16]"),
            format!("(any n in {name}: n in 10.0.0.0/8)"),
            format!("0.0.0.0/0 in {name}"),
            format!("{name} is empty"),
        ];
        self.say(&all, random);
        self.imply(
            &format!("10.1.0.7 in {name}"),
            &format!("{name} is not empty"),
        );
    }

    /// Elements of one list looked up in a set.
    fn looked_up(&mut self, random: &mut Random) {
        self.named("type Cert = {\n    mark: string at \"$.mark\"\n}");
        let (list, _) = self.declare(random, "list of Cert", false);
        let (set, optional) = self.declare(random, "set of string", true);
        self.set_to(&set, &["[\"a\"]", "[]"], optional);
        let all = [
            format!("(any c in {list}: c.mark in {set})"),
            format!("(all c in {list}: c.mark in {set})"),
            format!("(no c in {list}: c.mark in {set})"),
            format!("{set} overlaps {list}.mark"),
            format!("{set} is empty"),
        ];
        self.say(&all, random);
        self.imply(
            &format!("(any c in {list}: c.mark in {set})"),
            &format!("{set} is not empty"),
        );
    }

    /// A let of two conditions, or of a list.
    fn derive(&mut self, random: &mut Random) {
        let list = self.declarations.iter().find_map(|text| {
            let (name, ty) = text.strip_prefix("fact ")?.split_once(": ")?;
            let listed = ty.starts_with("list of Flag") || ty.starts_with("list of Item");
            listed.then(|| name.to_owned())
        });
        if let Some(list) = list
            && random.chance(60)
        {
            let text = format!("let up = each x in {list} where x.up");
            self.declarations.push(text);
            self.derived.push("up is not empty".to_owned());
            self.derived.push("(any y in up: y.up)".to_owned());
            return;
        }
        let one = random.pick(&self.said).cloned().unwrap_or_default();
        let two = random.pick(&self.said).cloned().unwrap_or_default();
        let word = random.word(&["and", "or", "and not"]);
        self.declarations
            .push(format!("let both = {one} {word} {two}"));
        self.derived.push("both".to_owned());
    }
}
