//! Names of statements without a name (U2): slugs of their words.

use compact_str::CompactString;
use rulec_facts::code::{Code, Number};

/// Lower case; every run of characters that are neither letters nor digits is one hyphen, none at the ends.
pub(crate) fn slug(text: &str) -> CompactString {
    let mut slug = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if !c.is_alphanumeric() {
            gap = !slug.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            slug.push('-');
        }
        if c.is_ascii() {
            slug.push(c.to_ascii_lowercase());
        } else {
            slug.extend(c.to_lowercase());
        }
    }
    CompactString::from(slug)
}

/// `hresult-0x80090326`, `ras-798`, `arm-invalidresourcename`.
pub(crate) fn code_slug(code: &Code) -> CompactString {
    let kind = &code.kind;
    match &code.number {
        Number::Number(number) if &**kind == "hresult" => {
            compact_str::format_compact!("{kind}-0x{number:08x}")
        }
        Number::Number(number) => compact_str::format_compact!("{kind}-{number}"),
        Number::Word(word) => compact_str::format_compact!("{kind}-{}", slug(word.raw())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_the_words_joined_by_hyphens() {
        assert_eq!(
            slug("Remove the route; check the client certificate."),
            "remove-the-route-check-the-client-certificate"
        );
        assert_eq!(slug("…"), "");
        assert_eq!(slug("路由 10.0.0.0/8"), "路由-10-0-0-0-8");
    }

    #[test]
    fn a_code_is_called_by_its_canonical_kind_and_number() {
        assert_eq!(
            code_slug(&Code::new("sspi", 0x8009_0326)),
            "hresult-0x80090326"
        );
        assert_eq!(code_slug(&Code::new("ras", 798)), "ras-798");
    }
}
