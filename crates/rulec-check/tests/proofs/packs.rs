//! Small random packs as text. With lists their states have no end; without, they can all be looked at.

use rulec_generate::Random;

/// Which facts a pack has.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub lists: bool,
    pub wide: bool,
}

pub struct Maker {
    random: Random,
    kind: Kind,
    /// Variables in scope, innermost last; true: an element of `items`, else of `numbers`.
    around: Vec<(String, bool)>,
    lets: usize,
}

const HEAD: &str = "pack test 1.0.0\n    language 1\n\n";

const FACTS: &str = r#"
type Part = {
    flag: bool
    level: int in 0..2
    spare: int in 0..2?
}

fact b: bool
    ask "b?"
fact c: bool
    ask "c?"
fact e: enum { A, B, C }
    ask "e?"
fact f: enum { A, B }?
    ask "f?"
fact n: int in 0..3
    ask "n?"
fact m: int in 0..3?
    ask "m?"
"#;

const RECORD: &str = "fact r: Part?\n    ask \"r?\"\n";

const LISTS: &str = r#"
fact items: list of Part
    ask "items?"
fact numbers: list of int in 0..2?
    ask "numbers?"
fact kinds: set of enum { A, B, C }
    ask "kinds?"
"#;

impl Maker {
    pub fn new(seed: u64, kind: Kind) -> Maker {
        Maker {
            random: Random::new(seed),
            kind,
            around: Vec::new(),
            lets: 0,
        }
    }

    pub fn pack(&mut self) -> String {
        let mut text = format!("{HEAD}{FACTS}");
        if self.kind.wide {
            text.push_str(RECORD);
        }
        if self.kind.lists {
            text.push_str(LISTS);
        }
        for number in 0..self.below(3) {
            let condition = self.condition(2);
            text.push_str(&format!("let l{number} = {condition}\n"));
            self.lets = number + 1;
        }
        for _ in 0..self.below(3) {
            let condition = self.condition(1);
            text.push_str(&format!("assume {condition}\n"));
        }
        text.push_str("symptom s0 =\n    | ask \"s0?\"\n    | code win32 5\n");
        let seen = self.condition(1);
        text.push_str(&format!(
            "symptom s1 =\n    | seen when {seen}\n    | text \"s1\"\n"
        ));
        let rules = 2 + self.below(3);
        for number in 0..rules {
            text.push_str(&self.rule(number));
        }
        text
    }

    fn rule(&mut self, number: usize) -> String {
        let mut text = format!("rule r{number}:\n");
        let symptoms = ["s0", "s1", "s0, s1", ""];
        let symptom = symptoms[self.below(4)];
        if !symptom.is_empty() {
            text.push_str(&format!("    symptom {symptom}\n"));
        }
        let otherwise = !symptom.is_empty() && self.below(5) == 0;
        if !otherwise || self.below(2) == 0 {
            let condition = self.condition(3);
            text.push_str(&format!("    when {condition}\n"));
        }
        if otherwise {
            text.push_str("    otherwise\n");
        } else if number > 0 && self.below(3) == 0 {
            // A rule with `otherwise` waits for those of its symptom, so only ordinary ones are sure to be in no cycle; the checker tells.
            let other = self.below(number);
            text.push_str(&format!("    overrides r{other}\n"));
        }
        text.push_str(&format!("    => fix \"repair {number}\"\n"));
        text
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.random.below(u64::try_from(end).unwrap())).unwrap()
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }

    pub fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.atom();
        }
        match self.below(6) {
            0 | 1 => {
                let parts: Vec<String> = (0..2 + self.below(2))
                    .map(|_| self.condition(depth - 1))
                    .collect();
                format!("({})", parts.join(" and "))
            }
            2 | 3 => {
                let parts: Vec<String> = (0..2 + self.below(2))
                    .map(|_| self.condition(depth - 1))
                    .collect();
                format!("({})", parts.join(" or "))
            }
            4 => format!("not {}", self.condition(depth - 1)),
            _ => self.atom(),
        }
    }

    fn number(&mut self) -> String {
        let mut all = vec!["n", "m"];
        if self.kind.wide {
            all.extend(["r.level", "r.spare"]);
        }
        let inner: Vec<String> = self
            .around
            .iter()
            .flat_map(|(name, item)| match item {
                true => vec![format!("{name}.level"), format!("{name}.spare")],
                false => vec![name.clone()],
            })
            .collect();
        if !inner.is_empty() && self.below(2) == 0 {
            return inner[self.below(inner.len())].clone();
        }
        self.one(&all)
    }

    fn atom(&mut self) -> String {
        let choices = 9 + usize::from(self.kind.wide) * 3 + usize::from(self.kind.lists) * 11;
        let order = self.one(&["==", "!=", "<", "<=", ">", ">="]);
        match self.below(choices) {
            0 => self.one(&["b", "c"]),
            1 => {
                let (op, member) = (self.one(&["==", "!="]), self.one(&["A", "B", "C"]));
                format!("e {op} {member}")
            }
            2 => {
                let (op, member) = (self.one(&["==", "!="]), self.one(&["A", "B"]));
                format!("f {op} {member}")
            }
            3 => {
                let what = self.one(&["f", "m"]);
                let is = self.one(&["is absent", "is present"]);
                format!("{what} {is}")
            }
            4 => {
                let (number, bound) = (self.number(), self.below(4));
                format!("{number} {order} {bound}")
            }
            5 => {
                let (a, b) = (self.number(), self.number());
                match a == b {
                    true => format!("{a} {order} 1"),
                    false => format!("{a} {order} {b}"),
                }
            }
            6 => {
                let (a, b) = (self.number(), self.number());
                match a == b {
                    true => format!("{a} {order} 2"),
                    false => format!("{a} + 1 {order} {b}"),
                }
            }
            7 if self.lets > 0 => format!("l{}", self.below(self.lets)),
            7 | 8 => {
                let (x, y) = (self.below(4), self.below(4));
                let scrutinee = self.one(&[
                    "match e { A => X, B or C => Y }",
                    "match f { A => X, absent => Y, else => n }",
                ]);
                let scrutinee = scrutinee
                    .replace('X', &x.to_string())
                    .replace('Y', &y.to_string());
                let number = self.number();
                format!("({scrutinee}) {order} {number}")
            }
            9 if self.kind.wide => format!("r is {}", self.one(&["absent", "present"])),
            10 if self.kind.wide => format!("r.flag == {}", self.one(&["true", "false"])),
            11 if self.kind.wide => format!("r.spare is {}", self.one(&["absent", "present"])),
            _ => self.list_atom(&order),
        }
    }

    fn list_atom(&mut self, order: &str) -> String {
        if !self.kind.lists {
            return self.one(&["b", "not c", "n == 1", "m != 2"]);
        }
        let members = self.one(&["A", "B", "C"]);
        let bound = self.below(3);
        match self.below(11) {
            0 => format!("{members} {} kinds", self.one(&["in", "not in"])),
            1 => format!("e {} kinds", self.one(&["in", "not in"])),
            2 => format!("kinds is {}", self.one(&["empty", "not empty"])),
            3 => format!("count(kinds) {order} {bound}"),
            4 => format!("{} in numbers", self.number()),
            5 => {
                let list = self.one(&["items", "numbers", "items.level", "items.spare"]);
                format!("count({list}) {order} {bound}")
            }
            6 => {
                let side = self.one(&["min", "max"]);
                let list = self.one(&["numbers", "items.level", "items.spare"]);
                format!("{side}({list}) {order} {bound}")
            }
            7 => format!("numbers overlaps items.{}", self.one(&["level", "spare"])),
            8 if self.around.len() < 2 => {
                let name = format!("x{}", self.around.len());
                let filter = self.element_condition(&name, true);
                format!("count(each {name} in items where {filter}) {order} {bound}")
            }
            _ if self.around.len() < 2 => {
                let item = self.below(2) == 0;
                let name = format!("x{}", self.around.len());
                let body = self.element_condition(&name, item);
                let quantifier = self.one(&["any", "all", "no"]);
                let list = if item { "items" } else { "numbers" };
                format!("({quantifier} {name} in {list}: {body})")
            }
            _ => self.one(&["b", "n == 1"]),
        }
    }

    /// A condition that mentions the variable in each of its conjuncts: one disjunction.
    fn element_condition(&mut self, name: &str, item: bool) -> String {
        self.around.push((name.to_owned(), item));
        let own = match (item, self.below(4)) {
            (true, 0) => format!("{name}.flag"),
            (true, 1) => format!("{name}.spare is absent"),
            (true, 2) => format!("{name}.level == {}", self.below(3)),
            (true, _) => format!("{name}.level <= n"),
            (false, 0) => format!("{name} == {}", self.below(3)),
            (false, 1) => format!("{name} < n"),
            (false, 2) => format!("{name} == m"),
            (false, _) => format!("{name} > {}", self.below(2)),
        };
        let text = match self.below(3) {
            0 => own,
            1 => format!("({own} or {})", self.condition(1)),
            _ => format!("({own} or not ({}))", self.condition(1)),
        };
        self.around.pop();
        text
    }
}
