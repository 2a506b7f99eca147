//! Operators on partial values, exactly as clauses O3 to O13 and F1 to F3 say; truths themselves are in
//! [`crate::truth`].
//!
//! Pure and total: no operator fails, wraps or panics. They take what is known of their operands and give what follows;
//! all are monotone, knowing more never takes back a T or an F. What a type allows is the checker's business: on operands that no
//! type allows together an operator gives the answer for different values.
//!
//! Quantifiers, `each`, `match` and `reported` need the evaluator's environment and are not here; they can be built of [`equal`],
//! [`elements`] and [`crate::truth::Truth`].
//!
//! A result that is unknown carries the reasons of the unknown operands. Where only a membership is undecided there are none to carry: such a
//! result may have an empty list of reasons, and what is needed follows from the expression (clause N1).

mod amount;
mod compare;
mod functions;
mod lists;
mod networks;
mod texts;

pub use amount::{Amount, Bounds, add, subtract};
pub use compare::{equal, equal_values, less, less_equal};
pub use functions::{code, length, version};
pub use lists::{
    count, doubtful, elements, field, is_absent, is_empty, is_member, list, max, member, min,
    project, set,
};
pub use networks::{overlaps, size, within};
pub use texts::{contains, ends_with, glob, is_base64, is_base64_text, matches, starts_with};

#[cfg(test)]
mod tests;
