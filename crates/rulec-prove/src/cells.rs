//! Variables with finitely many cells, and sets of cells of one variable.

/// Cells in one word of a mask.
const WORD: u32 = u64::BITS;

/// A variable of a [`Space`], by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Variable(pub(crate) u32);

impl Variable {
    /// The variable's number: they count from 0 in the order in which they were made.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }
}

/// How many cells each variable has.
#[derive(Debug, Clone, Default)]
pub struct Space {
    cells: Vec<u32>,
}

impl Space {
    /// A new variable with `cells` cells, at least one.
    pub fn variable(&mut self, cells: u32) -> Variable {
        let number = crate::rows::count(&self.cells);
        self.cells.push(cells.max(1));
        Variable(number)
    }

    /// How many cells `variable` has.
    #[must_use]
    pub fn cells(&self, variable: Variable) -> u32 {
        crate::rows::at(&self.cells, variable.0)
    }

    /// How many variables there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        crate::rows::count(&self.cells)
    }

    /// Whether there is no variable.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// A set of cells of one variable. Masks are joined and compared only with masks of variables with as many cells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mask(Words);

/// Up to 64 cells need no memory of their own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Words {
    One(u64),
    Many(Box<[u64]>),
}

/// How many words a variable with `cells` cells needs.
pub(crate) fn words_for(cells: u32) -> u32 {
    cells.div_ceil(WORD).max(1)
}

/// The bits of word `word` that stand for cells, of a variable with `cells` cells.
pub(crate) fn full_word(cells: u32, word: u32) -> u64 {
    match cells.saturating_sub(word * WORD) {
        0 => 0,
        left if left >= WORD => u64::MAX,
        left => (1 << left) - 1,
    }
}

impl Mask {
    /// No cell of a variable with `cells` cells.
    #[must_use]
    pub fn none(cells: u32) -> Mask {
        Mask::from_words((0..words_for(cells)).map(|_| 0))
    }

    /// All cells of a variable with `cells` cells.
    #[must_use]
    pub fn all(cells: u32) -> Mask {
        Mask::from_words((0..words_for(cells)).map(|word| full_word(cells, word)))
    }

    /// These cells of a variable with `cells` cells; what lies outside is left out.
    #[must_use]
    pub fn of(cells: u32, members: impl IntoIterator<Item = u32>) -> Mask {
        let mut mask = Mask::none(cells);
        for cell in members {
            if cell < cells {
                mask.insert(cell);
            }
        }
        mask
    }

    /// Adds a cell, which must be one of the variable's.
    pub fn insert(&mut self, cell: u32) {
        if let Some(word) = self.words_mut().get_mut((cell / WORD) as usize) {
            *word |= 1 << (cell % WORD);
        }
    }

    /// Whether `cell` is in the set.
    #[must_use]
    pub fn contains(&self, cell: u32) -> bool {
        let word = self.words().get((cell / WORD) as usize);
        word.is_some_and(|word| word >> (cell % WORD) & 1 == 1)
    }

    /// Whether no cell is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words().iter().all(|&word| word == 0)
    }

    /// How many cells are in the set.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words().iter().map(|word| word.count_ones()).sum()
    }

    /// The lowest cell of the set.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        self.iter().next()
    }

    /// The cells of the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        cells_of(self.words())
    }

    /// The cells of a variable with `cells` cells that are not in the set.
    #[must_use]
    pub fn complement(&self, cells: u32) -> Mask {
        let words = self.words().iter().zip(0..);
        Mask::from_words(words.map(|(word, at)| !word & full_word(cells, at)))
    }

    /// The cells that are in both.
    #[must_use]
    pub fn and(&self, other: &Mask) -> Mask {
        debug_assert_eq!(self.words().len(), other.words().len());
        Mask::from_words(self.words().iter().zip(other.words()).map(|(a, b)| a & b))
    }

    /// The cells that are in one or both.
    #[must_use]
    pub fn or(&self, other: &Mask) -> Mask {
        debug_assert_eq!(self.words().len(), other.words().len());
        Mask::from_words(self.words().iter().zip(other.words()).map(|(a, b)| a | b))
    }

    /// Whether each cell of this set is in the other.
    #[must_use]
    pub fn is_within(&self, other: &Mask) -> bool {
        within(self.words(), other.words())
    }

    /// Whether these are all cells of a variable with `cells` cells.
    #[must_use]
    pub fn is_all(&self, cells: u32) -> bool {
        let mut words = self.words().iter().zip(0..);
        words.all(|(&word, at)| word == full_word(cells, at))
    }

    pub(crate) fn words(&self) -> &[u64] {
        match &self.0 {
            Words::One(word) => std::slice::from_ref(word),
            Words::Many(words) => words,
        }
    }

    fn words_mut(&mut self) -> &mut [u64] {
        match &mut self.0 {
            Words::One(word) => std::slice::from_mut(word),
            Words::Many(words) => words,
        }
    }

    fn from_words(mut words: impl Iterator<Item = u64>) -> Mask {
        let first = words.next().unwrap_or(0);
        match words.next() {
            None => Mask(Words::One(first)),
            Some(second) => Mask(Words::Many(
                [first, second].into_iter().chain(words).collect(),
            )),
        }
    }
}

/// The cells whose bits are set, in order.
pub(crate) fn cells_of(words: &[u64]) -> impl Iterator<Item = u32> + '_ {
    words.iter().zip(0..).flat_map(|(&word, at)| {
        std::iter::successors((word != 0).then_some(word), |&left| {
            let left = left & (left - 1);
            (left != 0).then_some(left)
        })
        .map(move |left| at * WORD + left.trailing_zeros())
    })
}

/// Whether `part` has no cell that `whole` lacks.
pub(crate) fn within(part: &[u64], whole: &[u64]) -> bool {
    part.iter()
        .zip(whole)
        .all(|(part, whole)| part & !whole == 0)
}

/// Whether no cell is in both.
pub(crate) fn disjoint(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one & other == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_of_every_size_are_sets() {
        for cells in [1, 2, 63, 64, 65, 128, 130, 1000] {
            let all = Mask::all(cells);
            assert_eq!(all.count(), cells);
            assert!(all.is_all(cells) && all.complement(cells).is_empty());
            let odd = Mask::of(cells, (1..cells).step_by(2));
            let even = odd.complement(cells);
            assert!(odd.and(&even).is_empty() && odd.or(&even).is_all(cells));
            assert!(odd.is_within(&all) && (cells == 1 || !all.is_within(&odd)));
            assert_eq!(
                odd.iter().collect::<Vec<_>>(),
                (1..cells).step_by(2).collect::<Vec<_>>()
            );
            assert_eq!(odd.first(), (cells > 1).then_some(1));
            assert!((0..cells).all(|cell| odd.contains(cell) == (cell % 2 == 1)));
            assert!(!all.contains(cells));
        }
    }
}
