//! Formulas as the encoder writes them: constants vanish, and while tests are gathered nothing is written at all.

use rulec_prove::{FormulaId, Formulas, Mask, Variable};

use super::term::Rails;

/// Writes formulas.
#[derive(Debug)]
pub(crate) struct Logic {
    pub formulas: Formulas,
    /// Stands for every formula that is not constant while tests are gathered.
    some: Option<FormulaId>,
}

impl Logic {
    /// Begins by gathering.
    pub(crate) fn new() -> Logic {
        let mut formulas = Formulas::new();
        let any = formulas.variable(2);
        let some = formulas.is(any, 1);
        Logic {
            formulas,
            some: Some(some),
        }
    }

    /// Begins to write.
    pub(crate) fn writing() -> Logic {
        Logic {
            formulas: Formulas::new(),
            some: None,
        }
    }

    /// Stands for every formula while tests are gathered.
    pub(crate) fn some(&self) -> FormulaId {
        self.some.unwrap_or(FormulaId::TRUE)
    }

    pub(crate) fn is_gathering(&self) -> bool {
        self.some.is_some()
    }

    pub(crate) fn yes(&self) -> FormulaId {
        FormulaId::TRUE
    }

    pub(crate) fn no(&self) -> FormulaId {
        FormulaId::FALSE
    }

    pub(crate) fn constant(&self, truth: bool) -> FormulaId {
        match truth {
            true => self.yes(),
            false => self.no(),
        }
    }

    pub(crate) fn literal(&mut self, variable: Variable, mask: Mask) -> FormulaId {
        match self.some {
            Some(some) => some,
            None => self.formulas.literal(variable, mask),
        }
    }

    /// The variable has this cell.
    pub(crate) fn is(&mut self, variable: Variable, cell: u32) -> FormulaId {
        match self.some {
            Some(some) => some,
            None => self.formulas.is(variable, cell),
        }
    }

    pub(crate) fn not(&mut self, of: FormulaId) -> FormulaId {
        match self.some {
            Some(some) if of == some => some,
            _ => self.formulas.not(of),
        }
    }

    pub(crate) fn and(&mut self, all: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        match parts(all, FormulaId::TRUE, FormulaId::FALSE) {
            Ok(one) => one,
            Err(many) => self.formulas.and(many),
        }
    }

    pub(crate) fn or(&mut self, all: impl IntoIterator<Item = FormulaId>) -> FormulaId {
        match parts(all, FormulaId::FALSE, FormulaId::TRUE) {
            Ok(one) => one,
            Err(many) => self.formulas.or(many),
        }
    }

    /// The one if and only if the other.
    pub(crate) fn same(&mut self, a: FormulaId, b: FormulaId) -> FormulaId {
        let (not_a, not_b) = (self.not(a), self.not(b));
        let both = self.and([a, b]);
        let neither = self.and([not_a, not_b]);
        self.or([both, neither])
    }

    /// At least `least` of them hold.
    pub(crate) fn at_least(&mut self, all: &[FormulaId], least: usize) -> FormulaId {
        if least > all.len() {
            return self.no();
        }
        // Entry n: at least n of those looked at hold.
        let mut reached = vec![self.no(); least + 1];
        if let Some(first) = reached.first_mut() {
            *first = FormulaId::TRUE;
        }
        for it in all {
            for n in (1..=least).rev() {
                let (fewer, same) = (reached.get(n - 1).copied(), reached.get(n).copied());
                if let (Some(fewer), Some(same)) = (fewer, same) {
                    let one_more = self.and([fewer, *it]);
                    let now = self.or([same, one_more]);
                    if let Some(place) = reached.get_mut(n) {
                        *place = now;
                    }
                }
            }
        }
        reached.last().copied().unwrap_or(FormulaId::FALSE)
    }

    /// When a condition is false.
    pub(crate) fn false_of(&mut self, rails: Rails) -> FormulaId {
        match rails.f {
            Some(f) => f,
            None => self.not(rails.t),
        }
    }

    pub(crate) fn rails(&self, truth: bool, two: bool) -> Rails {
        Rails {
            t: self.constant(truth),
            f: two.then(|| self.constant(!truth)),
        }
    }

    pub(crate) fn negate(&mut self, rails: Rails) -> Rails {
        match rails.f {
            Some(f) => Rails {
                t: f,
                f: Some(rails.t),
            },
            None => Rails {
                t: self.not(rails.t),
                f: None,
            },
        }
    }

    /// O2. Over total states (`two` is false) no second rail is written.
    pub(crate) fn all(&mut self, parts: &[Rails], two: bool) -> Rails {
        let t = self.and(parts.iter().map(|it| it.t));
        let f = two.then(|| {
            let falses: Vec<FormulaId> = parts.iter().map(|it| self.false_of(*it)).collect();
            self.or(falses)
        });
        Rails { t, f }
    }

    /// O2.
    pub(crate) fn any(&mut self, parts: &[Rails], two: bool) -> Rails {
        let t = self.or(parts.iter().map(|it| it.t));
        let f = two.then(|| {
            let falses: Vec<FormulaId> = parts.iter().map(|it| self.false_of(*it)).collect();
            self.and(falses)
        });
        Rails { t, f }
    }

    /// What it is behind each guard.
    pub(crate) fn guarded(&mut self, parts: &[(FormulaId, Rails)], two: bool) -> Rails {
        if let [(FormulaId::TRUE, rails)] = parts {
            let f = two.then(|| self.false_of(*rails));
            return Rails { t: rails.t, f };
        }
        let mut trues = Vec::with_capacity(parts.len());
        let mut falses = Vec::new();
        for (guard, rails) in parts {
            trues.push(self.and([*guard, rails.t]));
            if two {
                let f = self.false_of(*rails);
                falses.push(self.and([*guard, f]));
            }
        }
        Rails {
            t: self.or(trues),
            f: two.then(|| self.or(falses)),
        }
    }
}

/// What is to be joined without its `neutral` parts: the one formula that it comes to, or all that are left. One that `ends` it is all of it.
fn parts(
    all: impl IntoIterator<Item = FormulaId>,
    neutral: FormulaId,
    ends: FormulaId,
) -> Result<FormulaId, Vec<FormulaId>> {
    let mut only = neutral;
    // Most have one part that is no constant, and need no memory.
    let mut kept = Vec::new();
    for it in all {
        if it == ends {
            return Ok(it);
        }
        if it == neutral {
            continue;
        }
        if only == neutral {
            only = it;
            continue;
        }
        if kept.is_empty() {
            kept.push(only);
        }
        kept.push(it);
    }
    match kept.is_empty() {
        true => Ok(only),
        false => Err(kept),
    }
}
