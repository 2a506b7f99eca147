//! Which kinds of places share one division into cells: those that the pack compares with each other.
//!
//! First every test is gathered, then [`Classes::settle`] divides; a test that was not gathered has no mask.

use rulec_facts::types::{Kind, Type};
use rulec_facts::value::{Partial, Value};
use rulec_prove::Mask;
use rustc_hash::FxHashMap;

use super::atlas::{Atlas, KindId, Shape};
use super::domain::loose::Loose;
use super::domain::{Domain, Order, Room, Test};
use super::relations::can_be_left_out;

/// Tests, and kinds, that belong together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classes {
    /// By kind, once gathered.
    of: FxHashMap<KindId, usize>,
    all: Vec<Class>,
    settled: FxHashMap<KindId, Cells>,
}

#[derive(Debug, Clone)]
struct Class {
    /// Itself, or the class that took it in.
    root: usize,
    kinds: Vec<KindId>,
    tests: Vec<Test>,
    /// Places of it are compared by order.
    ordered: bool,
    domain: Option<Domain>,
    /// Numbers of tests that were too much for the cells.
    left_out: Vec<usize>,
    /// Decides these.
    loose: Option<Loose>,
}

/// The cells of one kind: those of its class that a value of its type can lie in.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    class: usize,
    /// The class's number of each.
    numbers: Vec<u32>,
    /// The cell of absent.
    absent: Option<u32>,
    /// By test; none for those that were left out.
    masks: Vec<Option<Mask>>,
}

impl Cells {
    pub(crate) fn len(&self) -> u32 {
        self.numbers.len() as u32
    }

    pub(crate) fn absent(&self) -> Option<u32> {
        self.absent
    }

    /// The class's number of a cell.
    pub(crate) fn number(&self, cell: u32) -> Option<u32> {
        self.numbers.get(cell as usize).copied()
    }

    /// The cell of that number in the class.
    pub(crate) fn cell(&self, number: u32) -> Option<u32> {
        self.numbers.binary_search(&number).ok().map(|at| at as u32)
    }
}

impl Classes {
    /// Says that the kind is asked this.
    pub(crate) fn gather(&mut self, kind: KindId, test: Test) {
        let class = self.class(kind);
        if let Some(class) = self.all.get_mut(class)
            && !class.tests.contains(&test)
        {
            class.ordered |= test == Test::Ordered;
            class.tests.push(test);
        }
    }

    /// Says that the kind needs cells.
    pub(crate) fn know(&mut self, kind: KindId) {
        self.class(kind);
    }

    /// Says that places of these kinds are compared with each other.
    pub(crate) fn join(&mut self, a: KindId, b: KindId, ordered: bool) {
        let (a, b) = (self.class(a), self.class(b));
        if a != b
            && let Some(taken) = self.all.get_mut(b)
        {
            taken.root = a;
            let (kinds, tests) = (
                std::mem::take(&mut taken.kinds),
                std::mem::take(&mut taken.tests),
            );
            let was_ordered = taken.ordered;
            if let Some(class) = self.all.get_mut(a) {
                class.kinds.extend(kinds);
                class.ordered |= was_ordered;
                for test in tests {
                    if !class.tests.contains(&test) {
                        class.tests.push(test);
                    }
                }
            }
        }
        if let Some(class) = self.all.get_mut(a) {
            class.ordered |= ordered;
        }
    }

    /// Divides every class. `limit`: most cells of one. What is not divided has no cells: terms of it are not handled.
    pub(crate) fn settle(&mut self, atlas: &Atlas, limit: u32) {
        for at in 0..self.all.len() {
            if self.all.get(at).is_some_and(|it| it.root == at) {
                self.settle_class(at, atlas, limit);
            }
        }
    }

    fn settle_class(&mut self, at: usize, atlas: &Atlas, limit: u32) {
        let Some(class) = self.all.get_mut(at) else {
            return;
        };
        let types: Vec<(KindId, &Type)> = class
            .kinds
            .iter()
            .filter_map(|kind| Some((*kind, &atlas.kind(*kind)?.ty)))
            .collect();
        let Some(ty) = common_type(&types) else {
            return;
        };
        bounds_as_tests(&types, &ty, &mut class.tests);
        if class.ordered {
            // Each cell is to be one interval.
            add(&mut class.tests, Test::Ordered);
        }
        let (domain, left_out, _) = Domain::split_most(&ty, &class.tests, limit);
        let Some(domain) = domain else {
            return;
        };
        let needed = |at: &usize| {
            let test = class.tests.get(*at);
            test.is_some_and(|it| matches!(it, Test::Compare(..) | Test::Ordered))
        };
        if !left_out.is_empty() {
            // Constants and bounds make the cells; without them there are none.
            if !can_be_left_out(&ty.kind) || left_out.iter().any(needed) {
                return;
            }
            class.loose = Some(Loose::new(&class.tests));
        }
        for (kind, own) in types {
            let cells = cells_of(at, &domain, &class.tests, &left_out, own);
            self.settled.insert(kind, cells);
        }
        class.domain = Some(domain);
        class.left_out = left_out;
    }

    /// The cells of a kind; none if it was not asked anything, or is asked too much.
    pub(crate) fn cells(&self, kind: KindId) -> Option<&Cells> {
        self.settled.get(&kind)
    }

    /// The mask of a test that was gathered.
    pub(crate) fn mask(&self, kind: KindId, test: &Test) -> Option<&Mask> {
        let cells = self.settled.get(&kind)?;
        let class = self.all.get(cells.class)?;
        let at = class.tests.iter().position(|it| it == test)?;
        cells.masks.get(at)?.as_ref()
    }

    /// The number of a test that was left out.
    pub(crate) fn left_out(&self, kind: KindId, test: &Test) -> Option<u32> {
        let class = self.all.get(self.settled.get(&kind)?.class)?;
        let at = class.tests.iter().position(|it| it == test)?;
        class.left_out.contains(&at).then_some(at as u32)
    }

    /// What decides tests that were left out, and their numbers.
    pub(crate) fn loose(&self, kind: KindId) -> Option<(&Loose, &[usize])> {
        let class = self.all.get(self.settled.get(&kind)?.class)?;
        Some((class.loose.as_ref()?, &class.left_out))
    }

    /// Two kinds have the same division.
    pub(crate) fn share(&self, a: KindId, b: KindId) -> bool {
        match (self.settled.get(&a), self.settled.get(&b)) {
            (Some(a), Some(b)) => a.class == b.class,
            _ => false,
        }
    }

    /// The division of a kind.
    pub(crate) fn domain(&self, kind: KindId) -> Option<&Domain> {
        let class = self.settled.get(&kind)?.class;
        self.all.get(class)?.domain.as_ref()
    }

    /// Numbers of all cells of the class of two kinds that share one.
    pub(crate) fn numbers(&self, a: KindId, b: KindId) -> Vec<u32> {
        match self.domain(a).or_else(|| self.domain(b)) {
            Some(domain) => (0..domain.cells()).collect(),
            None => Vec::new(),
        }
    }

    /// One number for all cells whose values can be equal: texts compare without case, and base64 does not.
    pub(crate) fn equal_number(&self, kind: KindId, number: u32) -> u32 {
        let twin = self.domain(kind).and_then(|it| it.twin(number));
        twin.map_or(number, |it| it.min(number))
    }

    /// How many values lie in the cell of that number.
    pub(crate) fn room_of(&self, kind: KindId, number: u32) -> Option<Room> {
        Some(self.domain(kind)?.room(number))
    }

    /// The number of the cell of absent.
    pub(crate) fn absent_number(&self, kind: KindId) -> Option<u32> {
        self.domain(kind)?.absent()
    }

    /// How many values lie in a cell of the kind.
    pub(crate) fn room(&self, kind: KindId, cell: u32) -> Option<Room> {
        let number = self.settled.get(&kind)?.number(cell)?;
        Some(self.domain(kind)?.room(number))
    }

    /// A value in a cell of the kind.
    pub(crate) fn value(&self, kind: KindId, cell: u32, nth: u32) -> Option<Partial> {
        let number = self.settled.get(&kind)?.number(cell)?;
        self.domain(kind)?.value(number, nth)
    }

    /// Places of it are compared by order.
    pub(crate) fn is_ordered(&self, kind: KindId) -> bool {
        let class = self
            .settled
            .get(&kind)
            .and_then(|it| self.all.get(it.class));
        class.is_some_and(|it| it.ordered)
    }

    fn class(&mut self, kind: KindId) -> usize {
        let Some(mut at) = self.of.get(&kind).copied() else {
            let at = self.all.len();
            self.all.push(Class {
                root: at,
                kinds: vec![kind],
                tests: Vec::new(),
                ordered: false,
                domain: None,
                left_out: Vec::new(),
                loose: None,
            });
            self.of.insert(kind, at);
            return at;
        };
        while let Some(class) = self.all.get(at)
            && class.root != at
        {
            at = class.root;
        }
        at
    }
}

/// A type of which all are parts; none if they cannot share cells.
fn common_type(types: &[(KindId, &Type)]) -> Option<Type> {
    let (_, first) = types.first()?;
    if Shape::of(first) != Shape::Scalar {
        return None;
    }
    let mut kind = first.kind.clone();
    for (_, ty) in types {
        if ty.kind == kind {
            continue;
        }
        match (&ty.kind, &kind) {
            (Kind::Int(_), Kind::Int(_)) => kind = Kind::Int(None),
            (Kind::Duration(_), Kind::Duration(_)) => {}
            _ => return None,
        }
    }
    let optional = types.iter().any(|(_, ty)| ty.optional);
    Some(Type { kind, optional })
}

/// Ranges that differ are told by tests.
fn bounds_as_tests(types: &[(KindId, &Type)], common: &Type, tests: &mut Vec<Test>) {
    if !matches!(common.kind, Kind::Int(None)) {
        return;
    }
    for (_, ty) in types {
        if let Kind::Int(Some((low, high))) = ty.kind {
            add(tests, at_most(high));
            add(tests, at_least(low));
        }
    }
}

fn at_least(low: i64) -> Test {
    Test::Compare(Order::GreaterEqual, Value::Int(i128::from(low)))
}

fn at_most(high: i64) -> Test {
    Test::Compare(Order::LessEqual, Value::Int(i128::from(high)))
}

fn add(tests: &mut Vec<Test>, test: Test) {
    if !tests.contains(&test) {
        tests.push(test);
    }
}

fn cells_of(
    class: usize,
    domain: &Domain,
    tests: &[Test],
    left_out: &[usize],
    own: &Type,
) -> Cells {
    let position = |test: Test| tests.iter().position(|it| *it == test);
    let range = match own.kind {
        Kind::Int(range) => range,
        _ => None,
    };
    // A range that is not among the tests is that of the domain itself.
    let bounds: Vec<&Mask> = range
        .into_iter()
        .flat_map(|(low, high)| [at_least(low), at_most(high)])
        .filter_map(|test| domain.holds(position(test)?))
        .collect();
    let numbers: Vec<u32> = (0..domain.cells())
        .filter(|cell| match Some(*cell) == domain.absent() {
            true => own.optional,
            false => bounds.iter().all(|it| it.contains(*cell)),
        })
        .collect();
    let absent = domain
        .absent()
        .and_then(|number| numbers.binary_search(&number).ok());
    let masks = (0..tests.len()).map(|at| {
        let holds = |number: u32| domain.holds(at).is_some_and(|it| it.contains(number));
        let inside = numbers
            .iter()
            .zip(0..)
            .filter(|(number, _)| holds(**number));
        let mask = Mask::of(numbers.len() as u32, inside.map(|(_, cell)| cell));
        (!left_out.contains(&at)).then_some(mask)
    });
    Cells {
        class,
        masks: masks.collect(),
        absent: absent.map(|at| at as u32),
        numbers,
    }
}
