//! Conditions: comparisons, tests, membership, quantifiers, and what joins them; and lets.

use super::model::{Declared, Model, SCALARS, STRICT, Ty, What, declared, is_paired, scalar};
use super::random::Random;
use super::terms::{Level, Term, Writer};
use super::values::{CODES, pattern};

/// How often something is tried until it mentions its variable.
const TRIES: usize = 30;

impl Writer<'_> {
    /// A condition that mentions the variable, if one is asked for, in each of its conjuncts.
    pub fn condition(&mut self, depth: usize, variable: Option<&str>) -> Term {
        if depth == 0 {
            return self.leaf(variable);
        }
        match self.random.below(10) {
            0 | 1 => self.joined("and", Level::And, depth, variable),
            2 | 3 => self.joined("or", Level::Or, depth, variable),
            4 => {
                let inner = self.condition(depth - 1, variable);
                let level = inner.level.clamp(Level::Not, Level::Open);
                let text = format!("not {}", inner.within(Level::Open));
                condition(text, level)
            }
            5 | 6 => self.quantified(depth, variable),
            _ => self.leaf(variable),
        }
    }

    fn joined(&mut self, word: &str, level: Level, depth: usize, variable: Option<&str>) -> Term {
        let count = 2 + self.random.below(2);
        let mut parts = Vec::new();
        for at in 0..count {
            // In a body each conjunct mentions the variable; of the operands of an `or` one is enough.
            let own = if level == Level::And || at == 0 {
                variable
            } else {
                None
            };
            let part = self.condition(depth - 1, own);
            let last = at + 1 == count;
            let most = if last { Level::Open } else { Level::Not };
            parts.push(part.within(most));
        }
        condition(parts.join(&format!(" {word} ")), level)
    }

    /// O5.
    fn quantified(&mut self, depth: usize, variable: Option<&str>) -> Term {
        for _ in 0..TRIES {
            let Some(list) = self.any_list(depth - 1) else {
                break;
            };
            let Some(element) = list.ty.element().cloned() else {
                break;
            };
            if list.bare {
                continue;
            }
            let quantifier = self.random.word(&["any", "all", "no"]);
            let own = self.enter(&element);
            let filter = match self.random.chance(30) {
                true => {
                    let filter = self.condition(depth - 1, Some(&own));
                    format!(" where {}", filter.text)
                }
                false => String::new(),
            };
            let body = self.condition(depth - 1, Some(&own));
            self.scope.pop();
            let text = format!(
                "{quantifier} {own} in {}{filter}: {}",
                list.operand(),
                body.text
            );
            if mentions(&text, variable) {
                return condition(text, Level::Open);
            }
        }
        self.leaf(variable)
    }

    /// A condition without conditions in it that mentions the variable.
    fn leaf(&mut self, variable: Option<&str>) -> Term {
        for _ in 0..TRIES {
            if let Some(found) = self.comparison()
                && mentions(&found.text, variable)
            {
                return found;
            }
        }
        match self.scope.last().cloned() {
            Some((name, ty)) if variable == Some(name.as_str()) => self.plain(&name, &ty),
            _ => condition("1 == 1".to_owned(), Level::Comparison),
        }
    }

    /// The simplest thing to say of a variable.
    fn plain(&mut self, name: &str, ty: &Ty) -> Term {
        if let Ty::Record(record) = ty
            && let Some(field) = self.model.fields(*record).first().cloned()
        {
            return self.plain(&format!("{name}.{}", field.name), &field.ty);
        }
        let constant = self.constant(ty);
        let text = format!("{name} == {}", constant.text);
        condition(text, Level::Comparison)
    }

    fn comparison(&mut self) -> Option<Term> {
        let depth = usize::from(self.random.chance(45));
        let text = match self.random.below(34) {
            0 => return self.flag(),
            1..5 => self.equality(depth)?,
            5..8 => self.ordering(depth)?,
            8 => self.of_texts(depth)?,
            9 => self.text_test()?,
            10 | 11 => self.absence()?,
            12 | 13 => self.membership(depth)?,
            14 => self.reported()?,
            15 => self.emptiness(depth)?,
            16 => self.overlapping(depth)?,
            17 => self.of_networks()?,
            18 => self.counted(depth)?,
            19..22 => self.called()?,
            22 | 28 | 29 => self.of_optionals()?,
            23 => self.of_written(depth)?,
            24 | 25 => self.of_set()?,
            26 | 30 => self.sized()?,
            27 => self.text_test()?,
            31 | 32 => self.of_fields()?,
            _ => return Some(self.chosen(depth)),
        };
        Some(condition(text, Level::Comparison))
    }

    /// A bool as a condition; never one that can be absent (T9).
    fn flag(&mut self) -> Option<Term> {
        let found = self.named(Some(&Ty::Bool))?;
        if found.optional {
            let text = format!("{} == true", found.text);
            return Some(condition(text, Level::Comparison));
        }
        Some(condition(found.text, Level::Operand))
    }

    fn equality(&mut self, depth: usize) -> Option<String> {
        let left = self.named(None)?;
        let right = self.scalar(&left.ty, depth, false);
        let sign = self.random.word(&["==", "==", "!="]);
        let (left, right) = (left.within(Level::Sum), right.within(Level::Sum));
        Some(match self.random.chance(85) {
            true => format!("{left} {sign} {right}"),
            false => format!("{right} {sign} {left}"),
        })
    }

    fn ordering(&mut self, depth: usize) -> Option<String> {
        let ordered = [Ty::Int, Ty::Int, Ty::Version, Ty::Time, Ty::Duration];
        let ty = self.random.pick(&ordered).cloned()?;
        let left = self.scalar(&ty, depth, true);
        let right = self.scalar(&ty, depth, false);
        if left.bare && right.bare {
            return None;
        }
        let sign = self.random.word(&["<", "<=", ">", ">="]);
        Some(format!(
            "{} {sign} {}",
            left.within(Level::Sum),
            right.within(Level::Sum)
        ))
    }

    /// A count against a number, so that bounds decide (O7).
    fn counted(&mut self, depth: usize) -> Option<String> {
        let list = self.any_list(depth)?;
        let sign = self.random.word(&["<", "<=", ">", ">=", "==", "!="]);
        let shift = self.random.word(&["", "", " + 1", " - 1"]);
        let number = self.random.word(&["0", "1", "2", "3"]);
        Some(format!("count({}){shift} {sign} {number}", list.text))
    }

    /// Two operands that can be absent, of the types of O3's second block: absent goes before unknown.
    fn of_optionals(&mut self) -> Option<String> {
        let paired: Vec<Term> = self
            .model
            .places
            .iter()
            .filter(|it| is_paired(it))
            .map(named)
            .collect();
        let (left, right) = match paired.as_slice() {
            [one, two] if self.random.chance(70) => match self.random.chance(50) {
                true => (one.clone(), two.clone()),
                false => (two.clone(), one.clone()),
            },
            _ => {
                let ty = self.random.pick(&STRICT).cloned()?;
                let mut found = self.paths();
                found.retain(|term| term.ty == ty && term.optional);
                let left = self.random.pick(&found).cloned()?;
                (left, self.random.pick(&found).cloned()?)
            }
        };
        let signs: &[&str] = match left.ty {
            Ty::Text => &["starts with", "ends with", "contains"],
            _ => &["<", "<=", ">", ">="],
        };
        let sign = self.random.word(signs);
        let (left, right) = (left.within(Level::Sum), right.within(Level::Sum));
        Some(format!("{left} {sign} {right}"))
    }

    /// How many of some operands there are, of which the first can be absent (O13).
    fn of_written(&mut self, depth: usize) -> Option<String> {
        let mut found = self.paths();
        found.retain(|term| term.optional && SCALARS.contains(&term.ty));
        let first = self.random.pick(&found).cloned()?;
        let mut items = vec![first.text];
        if self.random.chance(50) {
            let second = self.scalar(&first.ty, depth, false);
            items.push(second.within(Level::Sum));
        }
        let list = format!("[{}]", items.join(", "));
        Some(match self.random.below(3) {
            0 => format!("{list} is empty"),
            1 => format!("count({list}) >= {}", items.len()),
            _ => format!("count({list}) < {}", items.len()),
        })
    }

    /// How many of the records of a list have a field that can be absent (O11).
    fn of_fields(&mut self) -> Option<String> {
        let mut found = Vec::new();
        for place in &self.model.places {
            let Some(Ty::Record(record)) = place.ty.element() else {
                continue;
            };
            let fields = self.model.fields(*record).iter();
            let fields = fields.filter(|it| it.optional && SCALARS.contains(&it.ty));
            found.extend(fields.map(|field| format!("{}.{}", place.name, field.name)));
        }
        let fields = self.random.pick(&found).cloned()?;
        let test = self
            .random
            .word(&[">= 1", "> 1", "== 0", "!= 2", "empty", "empty"]);
        Some(match test {
            "empty" => format!("{fields} is empty"),
            test => format!("count({fields}) {test}"),
        })
    }

    /// How many members a set has: at least one, however little is known of those that it has (O7).
    fn of_set(&mut self) -> Option<String> {
        let mut found = self.paths();
        found.retain(|term| matches!(term.ty, Ty::Set(_)));
        let set = self.random.pick(&found).cloned()?;
        let sign = self
            .random
            .word(&["> 0", ">= 1", "== 0", "< 1", "!= 0", "<= 1", "> 1"]);
        Some(format!("count({}) {sign}", set.text))
    }

    /// How many addresses networks have together, against the size of others (F3).
    fn sized(&mut self) -> Option<String> {
        if self.random.chance(50) {
            // One that lies in the other adds nothing.
            let whole = self.constant(&Ty::Cidr).text;
            let part = self.scalar(&Ty::Cidr, 0, false).text;
            let sign = self.random.word(&["<=", "==", ">"]);
            return Some(format!("size([{whole}, {part}]) {sign} size({whole})"));
        }
        let is_list = |term: &Term| term.ty.element() == Some(&Ty::Cidr);
        let mut found = self.paths();
        found.retain(|term| term.ty == Ty::Cidr || is_list(term));
        if self.random.chance(70) && found.iter().any(is_list) {
            found.retain(is_list);
        }
        let own = self.random.pick(&found).cloned()?;
        let sign = self.random.word(&["<", "<=", "==", ">"]);
        let right = match self.random.chance(50) {
            true => format!("size({})", self.constant(&Ty::Cidr).text),
            false => format!("size({})", self.random.pick(&found)?.text),
        };
        Some(format!("size({}) {sign} {right}", own.text))
    }

    /// A function of something that has a name (F1, F3, O8).
    fn called(&mut self) -> Option<String> {
        let types = [Ty::Int, Ty::Version, Ty::Code, Ty::Time, Ty::Duration];
        let ty = self.random.pick(&types).cloned()?;
        let left = self.call(&ty, 0)?;
        let sign = match ty {
            Ty::Code => self.random.word(&["==", "!="]),
            _ => self.random.word(&["==", "!=", "<", ">="]),
        };
        let right = self.constant(&ty);
        Some(format!("{} {sign} {}", left.within(Level::Sum), right.text))
    }

    fn of_texts(&mut self, depth: usize) -> Option<String> {
        let left = self.named(Some(&Ty::Text))?;
        let word = self.random.word(&["starts with", "ends with", "contains"]);
        let right = self.scalar(&Ty::Text, depth, false);
        Some(format!("{} {word} {}", left.text, right.operand()))
    }

    fn text_test(&mut self) -> Option<String> {
        let left = self.named(Some(&Ty::Text))?;
        Some(match self.random.below(4) {
            0 => format!("{} is base64", left.text),
            1 => format!("{} is not base64", left.text),
            _ => format!("{} matches {}", left.text, pattern(self.random)),
        })
    }

    /// O4, only of what can be absent.
    fn absence(&mut self) -> Option<String> {
        let mut found: Vec<Term> = self.own_paths();
        if found.is_empty() || self.random.chance(30) {
            found = self.paths();
        }
        found.retain(|term| term.optional);
        let found = self.random.pick(&found).cloned()?;
        let test = ["is absent", "is present", "is not absent"];
        Some(format!("{} {}", found.text, self.random.word(&test)))
    }

    /// O6, and O12 for addresses and networks.
    fn membership(&mut self, depth: usize) -> Option<String> {
        let item = self.named(None)?;
        let element = match item.ty {
            Ty::Ip if self.random.chance(60) => Ty::Cidr,
            ref other => other.clone(),
        };
        let item = match self.random.chance(60) {
            true => item,
            false => self.scalar(&item.ty, depth, false),
        };
        let list = self.list_of(&element, depth)?;
        if item.bare && list.bare {
            return None;
        }
        let (item, list) = (item.within(Level::Sum), list.operand());
        Some(match self.random.below(5) {
            0 => format!("{list} contains {item}"),
            1 => format!("{item} not in {list}"),
            _ => format!("{item} in {list}"),
        })
    }

    /// T7.
    fn reported(&mut self) -> Option<String> {
        let code = match self.random.chance(60) {
            true => self.random.word(CODES).to_owned(),
            false => self.named(Some(&Ty::Code))?.text,
        };
        Some(match self.random.below(4) {
            0 => format!("reported contains {code}"),
            1 => format!("{code} not in reported"),
            _ => format!("{code} in reported"),
        })
    }

    fn emptiness(&mut self, depth: usize) -> Option<String> {
        let test = self.random.word(&["is empty", "is not empty"]);
        let of = match self.random.chance(20) {
            true => self.named(Some(&Ty::Text))?,
            false => self.any_list(depth)?,
        };
        Some(format!("{} {test}", of.operand()))
    }

    /// O12.
    fn overlapping(&mut self, depth: usize) -> Option<String> {
        let left = self.any_list(0)?;
        let element = left.ty.element().cloned()?;
        if matches!(element, Ty::Record(_)) {
            return None;
        }
        let right = self.list_of(&element, depth)?;
        Some(format!("{} overlaps {}", left.operand(), right.operand()))
    }

    /// T5 between scalars.
    fn of_networks(&mut self) -> Option<String> {
        let network = self.scalar(&Ty::Cidr, 0, false);
        let inner = match self.random.chance(50) {
            true => self.named(Some(&Ty::Ip))?,
            false => self.named(Some(&Ty::Cidr))?,
        };
        Some(match self.random.below(4) {
            0 if inner.ty == Ty::Cidr => format!("{} overlaps {}", inner.text, network.text),
            1 => format!("{} contains {}", network.text, inner.text),
            2 => format!("{} not in {}", inner.text, network.text),
            _ => format!("{} in {}", inner.text, network.text),
        })
    }

    /// A `match` as a condition, if it cannot be absent.
    fn chosen(&mut self, depth: usize) -> Term {
        let found = self.matched(&Ty::Bool, depth);
        if found.optional {
            let text = format!("{} == true", found.operand());
            return condition(text, Level::Comparison);
        }
        condition(found.operand(), Level::Operand)
    }
}

/// A few lets, each over what stands before it.
pub fn lets(model: &mut Model, random: &mut Random, depth: usize) -> Vec<String> {
    let mut statements = Vec::new();
    for at in 0..2 + random.below(3) {
        let name = match random.chance(50) {
            true => format!("d{at}"),
            false => format!("d{at}.e"),
        };
        let mut writer = Writer {
            model,
            random,
            scope: Vec::new(),
            fresh: 0,
        };
        let Some(term) = writer.let_value(depth) else {
            continue;
        };
        statements.push(format!("let {name} = {}", term.text));
        let of = declared(&name, term.ty, term.optional, What::Let);
        model.lets.push(of);
    }
    statements
}

impl Writer<'_> {
    fn let_value(&mut self, depth: usize) -> Option<Term> {
        match self.random.below(4) {
            0 => {
                let found = self.condition(depth, None);
                Some(found)
            }
            1 => {
                let ty = scalar(self.random);
                let found = self.scalar(&ty, 2, true);
                (!found.bare).then_some(found)
            }
            _ => {
                let found = self.any_list(depth)?;
                (!found.bare).then_some(found)
            }
        }
    }
}

fn named(of: &Declared) -> Term {
    Term::new(of.name.clone(), Level::Operand, of.ty.clone(), of.optional)
}

/// Whether a text mentions a variable.
fn mentions(text: &str, variable: Option<&str>) -> bool {
    let Some(variable) = variable else {
        return true;
    };
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .any(|word| word == variable)
}

fn condition(text: String, level: Level) -> Term {
    Term::new(text, level, Ty::Bool, false)
}
