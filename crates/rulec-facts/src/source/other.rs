//! Rows of files and network probes.

use super::{
    ArgumentValue, BuiltIn, Locator, Presence, Shape, SourceKind, Yields, argument, seconds,
};
use crate::path::PathLanguage;

const fn file(
    kind: &'static str,
    title: &'static str,
    path: PathLanguage,
    example: &'static str,
) -> SourceKind {
    SourceKind {
        system: "file",
        kind,
        title,
        locator: Locator::Required("a path"),
        arguments: &[],
        each: false,
        path,
        at: Presence::Required,
        result: Yields::Declared,
        privilege: "none",
        permission: "read access to the file",
        not_there: "the folder was read and the file is not in it",
        cost: seconds(1),
        consent: false,
        example,
    }
}

pub(super) const FILE: &[SourceKind] = &[
    SourceKind {
        at: Presence::Optional,
        not_there: "never",
        ..file(
            "certificates",
            "The certificates in a file: fields of `Certificate`, and `signature`, `version`, `unknown-critical`, `extensions`",
            PathLanguage::Label,
            "from file certificates \"{folder}\\VpnServerRoot.cer\"",
        )
    },
    SourceKind {
        at: Presence::Optional,
        not_there: "never",
        ..file(
            "crl",
            "A revocation list in a file: `issuer`, `this-update`, `next-update`, `serials`",
            PathLanguage::Label,
            "from file crl \"{path}\" at \"serials\"",
        )
    },
    file(
        "ini",
        "A value of a file with sections and keys",
        PathLanguage::Ini,
        "from file ini \"{folder}\\profile.cms\" at \"Connection Manager/ServiceName\"",
    ),
    file(
        "json",
        "A value of a JSON file",
        PathLanguage::Json,
        "from file json \"{folder}\\settings.json\" at \"$.server\"",
    ),
    file(
        "lines",
        "Lines of a text file that fit a pattern",
        PathLanguage::Lines,
        "from file lines \"{folder}\\routes.txt\" at \"ADD {prefix} MASK {mask} *\"",
    ),
    file(
        "xml",
        "Elements of an XML file by their local names",
        PathLanguage::Xml,
        "from file xml \"{folder}\\azurevpnconfig.xml\" at \"clientauth/aad/audience\"",
    ),
];

pub(super) const NETWORK: &[SourceKind] = &[
    SourceKind {
        kind: "dns",
        title: "Addresses to which a name resolves",
        locator: Locator::Required("a host name"),
        arguments: &[argument(
            "server",
            ArgumentValue::Text,
            "the server to ask; without it the machine's own",
        )],
        result: Yields::One(&[Shape::ListOfIp]),
        not_there: "never: a name that does not exist is an empty list",
        example: "from network dns \"{target_name}\" server \"{dns_server}\"",
        ..PROBE
    },
    SourceKind {
        kind: "http",
        title: "Whether a URL answers",
        locator: Locator::Required("a URL"),
        arguments: &[argument(
            "as",
            ArgumentValue::OneOf(&["system"]),
            "asked by the system's account",
        )],
        result: Yields::One(&[
            Shape::One(BuiltIn::HttpProbe),
            Shape::ListOf(BuiltIn::HttpProbe),
        ]),
        example: "from network http \"{url}\" as system",
        ..PROBE
    },
    SourceKind {
        kind: "ike",
        title: "Whether IKE answers on a UDP port",
        example: "from network ike \"{server}:500\"",
        ..PROBE
    },
    SourceKind {
        kind: "tcp",
        title: "Whether a TCP port answers",
        example: "from network tcp \"{server}:443\"",
        ..PROBE
    },
    SourceKind {
        kind: "time",
        title: "How far the machine's clock is ahead of a time server",
        locator: Locator::Required("a time server"),
        result: Yields::One(&[Shape::Duration]),
        example: "from network time \"time.windows.com\"",
        ..PROBE
    },
    SourceKind {
        kind: "tls",
        title: "The certificate that a server presents",
        result: Yields::One(&[Shape::Optional(BuiltIn::Certificate)]),
        not_there: "the port answers, but not in TLS",
        example: "from network tls \"{server}:443\"",
        ..PROBE
    },
];

const PROBE: SourceKind = SourceKind {
    system: "network",
    kind: "tcp",
    title: "",
    locator: Locator::Required("`HOST:PORT`"),
    arguments: &[],
    each: true,
    path: PathLanguage::None,
    at: Presence::Never,
    result: Yields::One(&[Shape::Port]),
    privilege: "none",
    permission: "consent to a probe",
    not_there: "never",
    cost: seconds(5),
    consent: true,
    example: "",
};
