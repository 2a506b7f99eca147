//! Lists: named ones, projections, `each … where`, and those written out.

use super::model::{SCALARS, Ty};
use super::terms::{Level, Term, Writer};

impl Writer<'_> {
    /// A list or set with elements of this type.
    pub fn list_of(&mut self, element: &Ty, depth: usize) -> Option<Term> {
        let own = self.named_list(Some(element));
        match self.random.below(8) {
            0 if *element != Ty::Bool => Some(self.written_list(element, depth)),
            1 | 2 if depth > 0 => {
                let list = own?;
                Some(self.filtered(&list, depth - 1))
            }
            _ => own,
        }
    }

    /// Any list or set.
    pub fn any_list(&mut self, depth: usize) -> Option<Term> {
        let list = self.named_list(None)?;
        match self.random.below(4) {
            0 if depth > 0 => Some(self.filtered(&list, depth - 1)),
            1 if self.random.chance(30) => {
                let element = self.random.pick(&SCALARS).cloned()?;
                // A list of nothing but members or versions tells no type where it stands alone.
                let written = self.written_list(&element, depth);
                Some(if written.bare { list } else { written })
            }
            _ => Some(list),
        }
    }

    fn named_list(&mut self, element: Option<&Ty>) -> Option<Term> {
        let fits = |term: &Term| match (term.ty.element(), element) {
            (Some(own), Some(wanted)) => own == wanted,
            (own, _) => own.is_some() && element.is_none(),
        };
        let own: Vec<Term> = self.own_paths().into_iter().filter(fits).collect();
        let all: Vec<Term> = self.paths().into_iter().filter(fits).collect();
        let near = self.random.chance(50);
        let from = if near && !own.is_empty() { own } else { all };
        self.random.pick(&from).cloned()
    }

    /// O13. The first element tells the type.
    pub fn written_list(&mut self, element: &Ty, depth: usize) -> Term {
        let mut items = vec![self.scalar(element, depth.min(1), true)];
        for _ in 0..self.random.below(3) {
            items.push(self.scalar(element, depth.min(1), false));
        }
        let bare = items.iter().all(|item| item.bare);
        let items: Vec<String> = items.iter().map(|item| item.within(Level::Sum)).collect();
        let text = format!("[{}]", items.join(", "));
        let ty = Ty::List(Box::new(element.clone()));
        Term {
            bare,
            ..Term::new(text, Level::Operand, ty, false)
        }
    }

    /// T3.
    fn filtered(&mut self, list: &Term, depth: usize) -> Term {
        let Some(element) = list.ty.element().cloned() else {
            return list.clone();
        };
        let variable = self.enter(&element);
        let filter = self.condition(depth, Some(&variable));
        self.scope.pop();
        let text = format!(
            "each {variable} in {} where {}",
            list.operand(),
            filter.text
        );
        Term::new(text, Level::Open, list.ty.clone(), false)
    }

    /// A new variable; whoever calls this takes it off the scope again.
    pub fn enter(&mut self, element: &Ty) -> String {
        self.fresh += 1;
        let variable = format!("x{}", self.fresh);
        self.scope.push((variable.clone(), element.clone()));
        variable
    }
}
