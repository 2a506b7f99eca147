//! Bytes as text, in whatever encoding a Windows tool wrote them.
//!
//! In this order: a byte order mark; UTF-16 without one, by its zero bytes; strict UTF-8; then the code page in which most lines hold a
//! word that the tools print in that language. Where no page shows itself, the Latin one: what matters there is ASCII.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, IBM866, SHIFT_JIS};
use oem_cp::code_table::{DECODING_TABLE_CP850, DECODING_TABLE_CP852};
use oem_cp::decode_string_complete_table;

/// Bytes that are looked at to choose a code page.
const SAMPLE: usize = 1 << 16;

/// The text; none for bytes that are no text.
pub fn decode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return Some(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => return Some(utf16(rest, u16::from_be_bytes)),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if is_wide(bytes) {
        return Some(utf16(bytes, u16::from_le_bytes));
    }
    if bytes.iter().any(|byte| is_binary(*byte)) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => Some(in_code_page(bytes)),
    }
}

/// Whether the beginning of a file can be that of a text.
pub fn may_be_text(head: &[u8]) -> bool {
    let marked = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    marked || is_wide(head) || !head.iter().any(|byte| is_binary(*byte))
}

/// Control characters that no text of these tools has.
fn is_binary(byte: u8) -> bool {
    byte < 0x20
        && !matches!(
            byte,
            b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A | 0x1B | 0x07 | 0x08
        )
}

/// UTF-16LE of mostly Latin text: every other byte is zero.
fn is_wide(bytes: &[u8]) -> bool {
    let (pairs, _) = bytes
        .get(..SAMPLE.min(bytes.len()))
        .unwrap_or(bytes)
        .as_chunks::<2>();
    let wide = pairs
        .iter()
        .filter(|[low, high]| *high == 0 && *low >= 9)
        .count();
    pairs.len() >= 8 && wide * 10 > pairs.len() * 8
}

/// What cannot be paired or is cut becomes U+FFFD: the rest is still read.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// A code page, and words of the tools in its languages that ASCII cannot write.
struct Page {
    decode: fn(&[u8]) -> String,
    words: &'static [&'static str],
}

/// In order of preference where words do not decide.
const PAGES: &[Page] = &[
    Page {
        decode: |bytes| decode_string_complete_table(bytes, &DECODING_TABLE_CP850),
        words: &[
            "Primär",
            "Präf",
            "läuft",
            "über",
            "Gerät",
            "Verfügbar",
            "Größe",
            "máscara",
            "dirección",
            "configuración",
            "específico",
            "versión",
            "física",
            "país",
            "mídia",
            "padrão",
            "endereço",
            "conexão",
            "Système",
            "système",
            "Propriétaire",
            "Mémoire",
            "mémoire",
            "réseau",
            "Modèle",
            "périphérique",
            "adaptateur réseau",
            "Proprietà",
            "fabbricante è",
            "até",
            "não",
            "são",
        ],
    },
    Page {
        decode: |bytes| lossy(IBM866, bytes),
        words: &[
            "адаптер",
            "шлюз",
            "маска",
            "узла",
            "система",
            "версия",
            "среды",
            "маршрут",
            "подключени",
        ],
    },
    Page {
        decode: |bytes| lossy(GBK, bytes),
        words: &[
            "适配器",
            "网关",
            "掩码",
            "主机名",
            "系统",
            "版本",
            "媒体",
            "证书",
            "配置",
        ],
    },
    Page {
        decode: |bytes| lossy(BIG5, bytes),
        words: &[
            "介面卡",
            "閘道",
            "遮罩",
            "主機名稱",
            "系統",
            "版本",
            "媒體",
            "憑證",
            "設定",
        ],
    },
    Page {
        decode: |bytes| lossy(SHIFT_JIS, bytes),
        words: &[
            "アダプター",
            "ゲートウェイ",
            "サブネット",
            "ホスト名",
            "バージョン",
            "メディア",
            "証明書",
            "構成",
        ],
    },
    Page {
        decode: |bytes| lossy(EUC_KR, bytes),
        words: &[
            "어댑터",
            "게이트웨이",
            "서브넷",
            "호스트",
            "버전",
            "미디어",
            "인증서",
            "구성",
        ],
    },
    Page {
        decode: |bytes| decode_string_complete_table(bytes, &DECODING_TABLE_CP852),
        words: &[
            "Brama domyślna",
            "połączenia",
            "Adaptér",
            "Výchozí",
            "brána",
            "Alapértelmezett",
            "átjáró",
            "rozłączony",
            "Właściciel",
        ],
    },
    Page {
        decode: |bytes| lossy(encoding_rs::WINDOWS_1252, bytes),
        words: &[
            "Primär",
            "läuft",
            "über",
            "Gerät",
            "máscara",
            "dirección",
            "configuración",
            "específico",
            "mídia",
            "padrão",
            "endereço",
            "conexão",
            "Système",
            "Mémoire",
            "réseau",
        ],
    },
    Page {
        decode: |bytes| lossy(encoding_rs::WINDOWS_1251, bytes),
        words: &[
            "адаптер",
            "шлюз",
            "маска",
            "узла",
            "система",
            "версия",
            "среды",
            "подключени",
        ],
    },
];

fn lossy(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn in_code_page(bytes: &[u8]) -> String {
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or(bytes);
    let score = |page: &Page| {
        let text = (page.decode)(sample).to_lowercase();
        let words: Vec<String> = page.words.iter().map(|it| it.to_lowercase()).collect();
        text.lines()
            .filter(|line| words.iter().any(|word| line.contains(word.as_str())))
            .count()
    };
    let best = PAGES
        .iter()
        .enumerate()
        .max_by_key(|(at, page)| (score(page), std::cmp::Reverse(*at)));
    best.map_or_else(
        || lossy(encoding_rs::WINDOWS_1252, bytes),
        |(_, page)| (page.decode)(bytes),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_page_is_known_by_the_words_of_its_language() {
        let (russian, _, _) = IBM866.encode("X");
        assert_eq!(decode(&russian), Some("X".to_owned()));
        // encoding_rs writes this page.
        for (encoding, line) in [
            (GBK, "以太网适配器 以太网 2:"),
            (SHIFT_JIS, "イーサネット アダプター イーサネット:"),
            (EUC_KR, "이더넷 어댑터 이더넷:"),
            (BIG5, "乙太網路介面卡 乙太網路:"),
            (IBM866, "Адаптер Ethernet Сеть:"),
        ] {
            let (bytes, _, failed) = encoding.encode(line);
            assert!(!failed);
            assert_eq!(decode(&bytes).as_deref(), Some(line));
        }
        // `Máscara` and a no-break space as the OEM page 850 writes them.
        let bytes = b"M\xa0scara de subred: 32\xff503";
        assert_eq!(
            decode(bytes).as_deref(),
            Some("Máscara de subred: 32\u{a0}503")
        );
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark_and_cut() {
        let wide: Vec<u8> = "Host Name: é"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&wide).as_deref(), Some("Host Name: é"));
        let marked = [&[0xFF, 0xFE][..], &wide, &[0x41]].concat();
        assert_eq!(decode(&marked).as_deref(), Some("Host Name: é"));
        assert_eq!(decode(b"ElfFile\0\0\0\x01"), None);
    }
}
