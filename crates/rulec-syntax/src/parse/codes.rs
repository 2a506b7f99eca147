//! The codes of this crate: everything that can be wrong with a text before its names mean anything.

use crate::diagnostic::{Code, Level};

macro_rules! codes {
    ($($(#[$doc:meta])* $ident:ident = $name:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $ident: Code = Code {
                name: $name,
                level: Level::Error,
                page: include_str!(concat!("../../../../book/src/diagnostics/", $name, ".md")),
            };
        )*

        /// All codes of this crate, by name.
        pub static CODES: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    /// Braces of a text that cannot be read.
    BAD_BRACES = "bad-braces";
    /// A constant or code that is none.
    BAD_LITERAL = "bad-literal";
    /// A name that is not written as names of its kind are.
    BAD_NAME = "bad-name";
    /// A type that cannot be.
    BAD_TYPE = "bad-type";
    /// `a < b < c`
    CHAINED_COMPARISON = "chained-comparison";
    /// A clause in column one.
    CLAUSE_IN_COLUMN_ONE = "clause-in-column-one";
    /// A character that no text file holds.
    CONTROL_CHARACTER = "control-character";
    /// A clause that may stand once stands twice.
    DUPLICATE_CLAUSE = "duplicate-clause";
    /// `a-b` in an expression.
    HYPHEN_IN_NAME = "hyphen-in-name";
    /// A part of a quantifier's body that has nothing to do with it.
    LOOSE_QUANTIFIER = "loose-quantifier";
    /// `///` before something that has no description.
    MISPLACED_DESCRIPTION = "misplaced-description";
    /// Something in column one that begins no statement.
    MISPLACED_TEXT = "misplaced-text";
    /// A rule without `=>`.
    MISSING_PLAN = "missing-plan";
    /// Two elements on one line without a comma.
    MISSING_SEPARATOR = "missing-separator";
    /// `a and b or c`
    MIXED_AND_OR = "mixed-and-or";
    /// A plan of two kinds.
    MIXED_PLAN = "mixed-plan";
    /// Too many brackets or quantifiers within each other.
    NESTED_TOO_DEEPLY = "nested-too-deeply";
    /// A word of the language as a name.
    RESERVED_NAME = "reserved-name";
    /// `=` for `==`, or `==` for `=`.
    SINGLE_EQUALS = "single-equals";
    /// A statement that no person wrote.
    STATEMENT_TOO_LONG = "statement-too-long";
    /// Everything else that cannot be read.
    SYNTAX_ERROR = "syntax-error";
    /// The reader gives up.
    TOO_MANY_FINDINGS = "too-many-findings";
    /// A bracket without its partner.
    UNCLOSED_BRACKET = "unclosed-bracket";
    /// A quote without its partner.
    UNCLOSED_TEXT = "unclosed-text";
    /// A clause that the statement does not have.
    UNKNOWN_CLAUSE = "unknown-clause";
    /// A statement that the language does not have.
    UNKNOWN_STATEMENT = "unknown-statement";
}
