//! What the language brings along: built-in records and the spellings of codes. The tables stand in `rulec-facts`.

use rulec_facts::code::Code;
use rulec_facts::source::{BuiltIn, built_in_types};
use rulec_facts::types::Type;
use rulec_syntax::ast::{CodeLiteral, CodeNumber};

use crate::names::nearest;

/// A built-in record by its name.
pub(crate) fn builtin_type(name: &str) -> Option<Type> {
    BuiltIn::named(name).map(BuiltIn::ty)
}

/// The built-in record whose name is most like this one.
pub(crate) fn nearest_type(name: &str) -> Option<&'static str> {
    nearest(
        name,
        built_in_types().iter().filter_map(|it| it.name.as_deref()),
    )
}

/// The canonical code of a literal; the error says what is wrong with it.
pub(crate) fn code(written: &CodeLiteral) -> Result<Code, String> {
    let number = match &written.number {
        CodeNumber::Number(it) => &it.text,
        CodeNumber::Word(it) => &it.text,
        CodeNumber::Text(it) => &it.text,
    };
    Code::parse(&written.kind.text, number)
}

/// A symbol that stands alone: it is known, and to one kind only.
pub(crate) fn symbol(name: &str) -> Result<Code, String> {
    let mut spelled = Code::spelled(name);
    match (spelled.pop(), spelled.is_empty()) {
        (Some(code), true) => Ok(code),
        (Some(_), false) => Err(format!(
            "`{name}` is a code of several kinds: write its kind in front"
        )),
        (None, _) => Err(format!(
            "`{name}` is no known code: write its kind in front, as in `ras 798`"
        )),
    }
}
