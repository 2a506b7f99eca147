//! The kinds of findings of the checker's core: names, types, order. Each has its page in the book.
//!
//! These are errors that keep a pack from being used (a few are warnings); what is decided on a whole program
//! stands in `checks`, one file a code.

use rulec_syntax::diagnostic::{Code, Level};

macro_rules! codes {
    ($($ident:ident = $name:literal, $level:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $ident: Code = Code {
                name: $name,
                level: Level::$level,
                page: include_str!(concat!("../../../book/src/diagnostics/", $name, ".md")),
            };
        )*
        /// All of them, sorted by name.
        pub static CODES: &[&Code] = &[$(&$ident),*];
    };
}

codes! {
    AMBIGUOUS_CODE = "ambiguous-code", Error;
    AMBIGUOUS_NAME = "ambiguous-name", Error;
    ASSUME_IMPLIES_PRESENT = "assume-implies-present", Warning;
    BAD_ALLOW = "bad-allow", Error;
    BAD_ARITHMETIC = "bad-arithmetic", Error;
    BAD_DEFAULT = "bad-default", Error;
    BAD_HOLE = "bad-hole", Error;
    BAD_LOCATOR = "bad-locator", Error;
    BAD_PATH = "bad-path", Error;
    BAD_REPORTS = "bad-reports", Error;
    BAD_SOURCE_ARGUMENT = "bad-source-argument", Error;
    BAD_TEST_VALUE = "bad-test-value", Error;
    BAD_VALUE = "bad-value", Error;
    CIRCULAR_DEFINITION = "circular-definition", Error;
    CIRCULAR_PRECEDENCE = "circular-precedence", Error;
    CIRCULAR_TYPE = "circular-type", Error;
    CIRCULAR_USE = "circular-use", Error;
    DUPLICATE_FIELD = "duplicate-field", Error;
    DUPLICATE_NAME = "duplicate-name", Error;
    DUPLICATE_PACK = "duplicate-pack", Error;
    EMPTY_RULE = "empty-rule", Error;
    EXTENDED_NAME = "extended-name", Error;
    IMPOSSIBLE_TYPE = "impossible-type", Error;
    INCOMPLETE_MATCH = "incomplete-match", Error;
    INTERNAL_ERROR = "internal-error", Error;
    MISPLACED_OTHERWISE = "misplaced-otherwise", Error;
    MISPLACED_REPORTED = "misplaced-reported", Error;
    NAMELESS = "nameless", Error;
    NEVER_ABSENT = "never-absent", Warning;
    OPTIONAL_CONDITION = "optional-condition", Error;
    OUT_OF_RANGE = "out-of-range", Error;
    OVERLAPPING_MATCH = "overlapping-match", Error;
    SELF_EXCLUDING_FIXES = "self-excluding-fixes", Error;
    SET_DERIVED_FACT = "set-derived-fact", Error;
    SHADOWED_NAME = "shadowed-name", Error;
    TOO_LARGE = "too-large", Error;
    TYPE_MISMATCH = "type-mismatch", Error;
    UNKNOWN_CODE = "unknown-code", Error;
    UNKNOWN_FIELD = "unknown-field", Error;
    UNKNOWN_FIX = "unknown-fix", Error;
    UNKNOWN_FUNCTION = "unknown-function", Error;
    UNKNOWN_LANGUAGE = "unknown-language", Error;
    UNKNOWN_MEMBER = "unknown-member", Error;
    UNKNOWN_NAME = "unknown-name", Error;
    UNKNOWN_PACK = "unknown-pack", Error;
    UNKNOWN_RULE = "unknown-rule", Error;
    UNKNOWN_SOURCE = "unknown-source", Error;
    UNKNOWN_SYMPTOM = "unknown-symptom", Error;
    UNKNOWN_TEST = "unknown-test", Error;
    UNKNOWN_TYPE = "unknown-type", Error;
    UNKNOWN_WORD = "unknown-word", Error;
}
