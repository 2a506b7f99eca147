//! The codes of this crate: everything that can be wrong with a text before its names mean anything.

use crate::diagnostic::{Code, Level};

macro_rules! codes {
    ($($(#[$doc:meta])* $ident:ident = $name:literal $level:ident;)*) => {
        $(
            $(#[$doc])*
            pub static $ident: Code = Code {
                name: $name,
                level: Level::$level,
                page: include_str!(concat!("../../../../book/src/diagnostics/", $name, ".md")),
            };
        )*

        /// All codes of this crate, by name.
        pub static CODES: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    /// Braces of a text that cannot be read.
    BAD_BRACES = "bad-braces" Error;
    /// A constant or code that is none.
    BAD_LITERAL = "bad-literal" Error;
    /// A name that is not written as names of its kind are.
    BAD_NAME = "bad-name" Error;
    /// A type that cannot be.
    BAD_TYPE = "bad-type" Error;
    /// `a < b < c`
    CHAINED_COMPARISON = "chained-comparison" Error;
    /// A clause in column one.
    CLAUSE_IN_COLUMN_ONE = "clause-in-column-one" Error;
    /// A character that no text file holds.
    CONTROL_CHARACTER = "control-character" Error;
    /// A clause that may stand once stands twice.
    DUPLICATE_CLAUSE = "duplicate-clause" Error;
    /// A character that nobody sees.
    HIDDEN_CHARACTER = "hidden-character" Warning;
    /// `a-b` in an expression.
    HYPHEN_IN_NAME = "hyphen-in-name" Error;
    /// A part of a quantifier's body that has nothing to do with it.
    LOOSE_QUANTIFIER = "loose-quantifier" Error;
    /// `///` before something that has no description.
    MISPLACED_DESCRIPTION = "misplaced-description" Error;
    /// Something in column one that begins no statement.
    MISPLACED_TEXT = "misplaced-text" Error;
    /// A rule without `=>`.
    MISSING_PLAN = "missing-plan" Error;
    /// Two elements on one line without a comma.
    MISSING_SEPARATOR = "missing-separator" Error;
    /// `a and b or c`
    MIXED_AND_OR = "mixed-and-or" Error;
    /// A plan of two kinds.
    MIXED_PLAN = "mixed-plan" Error;
    /// Too many brackets or quantifiers within each other.
    NESTED_TOO_DEEPLY = "nested-too-deeply" Error;
    /// A word of the language as a name.
    RESERVED_NAME = "reserved-name" Error;
    /// `=` for `==`, or `==` for `=`.
    SINGLE_EQUALS = "single-equals" Error;
    /// A statement that no person wrote.
    STATEMENT_TOO_LONG = "statement-too-long" Error;
    /// Everything else that cannot be read.
    SYNTAX_ERROR = "syntax-error" Error;
    /// The reader gives up.
    TOO_MANY_FINDINGS = "too-many-findings" Error;
    /// A bracket without its partner.
    UNCLOSED_BRACKET = "unclosed-bracket" Error;
    /// A quote without its partner.
    UNCLOSED_TEXT = "unclosed-text" Error;
    /// A clause that the statement does not have.
    UNKNOWN_CLAUSE = "unknown-clause" Error;
    /// A statement that the language does not have.
    UNKNOWN_STATEMENT = "unknown-statement" Error;
}
