//! Built-in records: what the fixed kinds yield. Fields may be added, never changed.

use std::sync::{Arc, LazyLock};

use crate::types::{EnumMember, EnumType, FieldType, Kind, RecordType, Type};
use crate::value::Value;

/// A built-in record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the language")]
pub enum BuiltIn {
    ActivityEvent,
    Adapter,
    Appx,
    Certificate,
    Event,
    HttpProbe,
    NrptRule,
    Package,
    PhonebookEntry,
    RasEvent,
    RouteEntry,
    Service,
}

impl BuiltIn {
    /// All, in order of name.
    pub const ALL: [BuiltIn; 12] = [
        BuiltIn::ActivityEvent,
        BuiltIn::Adapter,
        BuiltIn::Appx,
        BuiltIn::Certificate,
        BuiltIn::Event,
        BuiltIn::HttpProbe,
        BuiltIn::NrptRule,
        BuiltIn::Package,
        BuiltIn::PhonebookEntry,
        BuiltIn::RasEvent,
        BuiltIn::RouteEntry,
        BuiltIn::Service,
    ];

    /// As written in rules.
    pub fn name(self) -> &'static str {
        match self {
            BuiltIn::ActivityEvent => "ActivityEvent",
            BuiltIn::Adapter => "Adapter",
            BuiltIn::Appx => "Appx",
            BuiltIn::Certificate => "Certificate",
            BuiltIn::Event => "Event",
            BuiltIn::HttpProbe => "HttpProbe",
            BuiltIn::NrptRule => "NrptRule",
            BuiltIn::Package => "Package",
            BuiltIn::PhonebookEntry => "PhonebookEntry",
            BuiltIn::RasEvent => "RasEvent",
            BuiltIn::RouteEntry => "RouteEntry",
            BuiltIn::Service => "Service",
        }
    }

    /// The one of that name; names compare exactly.
    pub fn named(name: &str) -> Option<BuiltIn> {
        BuiltIn::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Its record; always the same one.
    pub fn record(self) -> Arc<RecordType> {
        let at = BuiltIn::ALL.iter().position(|it| *it == self);
        at.and_then(|at| RECORDS.get(at))
            .cloned()
            .unwrap_or_else(|| Arc::new(build(self)))
    }

    /// Its type.
    pub fn ty(self) -> Type {
        Type::of(Kind::Record(self.record()))
    }
}

static RECORDS: LazyLock<Vec<Arc<RecordType>>> = LazyLock::new(|| {
    BuiltIn::ALL
        .into_iter()
        .map(|it| Arc::new(build(it)))
        .collect()
});

/// All built-in records, in order of name.
pub fn built_in_types() -> &'static [Arc<RecordType>] {
    &RECORDS
}

/// The record of a certificate.
pub fn certificate_type() -> Arc<RecordType> {
    BuiltIn::Certificate.record()
}

fn build(record: BuiltIn) -> RecordType {
    RecordType {
        name: Some(record.name().into()),
        fields: match record {
            BuiltIn::Certificate => certificate(),
            BuiltIn::Adapter => adapter(),
            BuiltIn::PhonebookEntry => phonebook_entry(),
            BuiltIn::Service => service(),
            BuiltIn::RasEvent | BuiltIn::Event | BuiltIn::ActivityEvent => event(record),
            _ => small(record),
        },
    }
}

fn certificate() -> Vec<FieldType> {
    vec![
        field(
            "thumbprint",
            text(),
            "SHA-1 of the certificate, hexadecimal",
        ),
        field("subject", text(), "Whom it is for"),
        field("issuer", text(), "Who signed it"),
        field("serial", text(), "Serial number, hexadecimal"),
        field("key_id", text(), "Identifier of its key, hexadecimal"),
        field(
            "issuer_key_id",
            text().optional(),
            "Identifier of the issuer's key, hexadecimal",
        ),
        field(
            "issuer_thumbprint",
            text().optional(),
            "Thumbprint of the issuer's certificate, if it was found",
        ),
        field(
            "root_thumbprint",
            text().optional(),
            "Thumbprint of the root of its chain, if it was found",
        ),
        field("not_before", of(Kind::Time), "Valid from"),
        field("not_after", of(Kind::Time), "Valid until"),
        field(
            "eku",
            set(text()).optional(),
            "Purposes as object identifiers; absent is any, empty is none",
        ),
        field("names", set(text()), "Alternative names"),
        field("is_ca", of(Kind::Bool), "It may sign certificates"),
        field("self_signed", of(Kind::Bool), "It names itself as issuer"),
        field(
            "has_private_key",
            of(Kind::Bool),
            "Its private key is beside it",
        ),
        field(
            "strong_protection",
            of(Kind::Bool).optional(),
            "Its key asks for consent at each use",
        ),
        field("crl_urls", list(text()), "Where its revocation list lies"),
    ]
}

fn event(record: BuiltIn) -> Vec<FieldType> {
    match record {
        BuiltIn::RasEvent => vec![
            field("time", of(Kind::Time), "When"),
            field("id", int(), "Event ID"),
            field("user", text(), "Who dialled"),
            field("connection", text(), "Name of the connection"),
            field("code", of(Kind::Code).optional(), "Failure code"),
            field("activity", text(), "Identifier of the dial"),
        ],
        BuiltIn::ActivityEvent => vec![
            field("operation", text(), "Name of the operation"),
            field(
                "status",
                choice(
                    &[
                        ("Started", None),
                        ("Accepted", None),
                        ("Succeeded", None),
                        ("Failed", None),
                        ("other", None),
                    ],
                    true,
                ),
                "Outcome",
            ),
            field("code", of(Kind::Code).optional(), "Failure code"),
            field("message", text(), "What the service says"),
            field("time", of(Kind::Time), "When"),
            field("caller", text(), "Who asked for it"),
        ],
        _ => vec![
            field("time", of(Kind::Time), "When"),
            field("id", int(), "Event ID"),
            field("provider", text(), "Who wrote it"),
            field(
                "level",
                choice(
                    &[
                        ("critical", Some(1)),
                        ("error", Some(2)),
                        ("warning", Some(3)),
                        ("information", Some(4)),
                        ("verbose", Some(5)),
                        ("other", None),
                    ],
                    true,
                ),
                "Severity",
            ),
            field("strings", list(text()), "Insertion strings"),
        ],
    }
}

fn adapter() -> Vec<FieldType> {
    let kinds = [
        ("ethernet", None),
        ("wifi", None),
        ("ppp", None),
        ("tunnel", None),
        ("miniport", None),
        ("loopback", None),
        ("other", None),
    ];
    vec![
        field("name", text(), "Name of the connection"),
        field("description", text(), "Name of the device"),
        field("index", int(), "Interface index"),
        field("kind", choice(&kinds, true), "Kind of adapter"),
        field("up", of(Kind::Bool), "It has a link"),
        field("addresses", list(of(Kind::Ip)), "Its addresses"),
        field("prefixes", list(of(Kind::Cidr)), "Its networks"),
        field("gateways", list(of(Kind::Ip)), "Its default gateways"),
        field("dns_servers", list(of(Kind::Ip)), "Its DNS servers"),
        field("dns_suffix", text().optional(), "Its DNS suffix"),
        field("metric", int(), "Interface metric"),
        field("mtu", int(), "Largest packet"),
        field(
            "driver_date",
            of(Kind::Time).optional(),
            "Date of the driver",
        ),
        field(
            "driver_version",
            of(Kind::Version).optional(),
            "Version of the driver",
        ),
    ]
}

fn phonebook_entry() -> Vec<FieldType> {
    let strategies = [
        ("default", Some(0)),
        ("pptp_only", Some(1)),
        ("pptp_first", Some(2)),
        ("l2tp_only", Some(3)),
        ("l2tp_first", Some(4)),
        ("sstp_only", Some(5)),
        ("sstp_first", Some(6)),
        ("ikev2_only", Some(7)),
        ("ikev2_first", Some(8)),
        ("gre_only", Some(9)),
        ("pptp_sstp", Some(12)),
        ("l2tp_sstp", Some(13)),
        ("ikev2_sstp", Some(14)),
        ("listed", Some(15)),
        ("other", None),
    ];
    vec![
        field("name", text(), "Name of the connection"),
        field("file", text(), "The phonebook"),
        field("all_users", of(Kind::Bool), "It is for all users"),
        field("server", text(), "The server that it dials"),
        field(
            "vpn_strategy",
            choice(&strategies, true),
            "Tunnel types and their order",
        ),
        field(
            "split_tunnel",
            of(Kind::Bool),
            "The default route stays outside the tunnel",
        ),
        field(
            "use_ras_credentials",
            of(Kind::Bool),
            "Its credentials are used for other servers, too",
        ),
        field("eap_type", int().optional(), "EAP method"),
        field(
            "eap_roots",
            set(text()),
            "Thumbprints of the trusted server roots",
        ),
        field(
            "eap_issuers",
            set(text()),
            "Thumbprints of the issuers of client certificates",
        ),
    ]
}

fn service() -> Vec<FieldType> {
    let states = [
        ("stopped", Some(1)),
        ("start_pending", Some(2)),
        ("stop_pending", Some(3)),
        ("running", Some(4)),
        ("continue_pending", Some(5)),
        ("pause_pending", Some(6)),
        ("paused", Some(7)),
        ("other", None),
    ];
    let starts = [
        ("boot", Some(0)),
        ("system", Some(1)),
        ("automatic", Some(2)),
        ("manual", Some(3)),
        ("disabled", Some(4)),
        ("other", None),
    ];
    vec![
        field("name", text(), "Short name"),
        field("state", choice(&states, true), "State"),
        field("start", choice(&starts, true), "How it starts"),
    ]
}

fn small(record: BuiltIn) -> Vec<FieldType> {
    match record {
        BuiltIn::Appx => vec![
            field("name", text(), "Name of the app"),
            field("version", of(Kind::Version), "Version"),
        ],
        BuiltIn::HttpProbe => vec![
            field("url", text(), "The address"),
            field("reached", of(Kind::Bool), "It answered"),
            field("status", int().optional(), "HTTP status"),
            field("via_proxy", of(Kind::Bool), "A proxy was used"),
        ],
        BuiltIn::NrptRule => vec![
            field("namespace", text(), "Names that it is for"),
            field("servers", list(of(Kind::Ip)), "DNS servers"),
        ],
        BuiltIn::Package => vec![
            field("generated_at", of(Kind::Time), "When it was made"),
            field("server", text(), "The server that it dials"),
            field(
                "protocols",
                set(choice(
                    &[
                        ("SSTP", None),
                        ("IkeV2", None),
                        ("OpenVPN", None),
                        ("other", None),
                    ],
                    true,
                )),
                "Tunnel types",
            ),
            field("roots", set(text()), "Thumbprints of the server roots"),
            field("routes", list(of(Kind::Cidr)), "Routes that it brings"),
            field(
                "dns_servers",
                list(of(Kind::Ip)),
                "DNS servers that it brings",
            ),
        ],
        _ => vec![
            field("prefix", of(Kind::Cidr), "Network"),
            field(
                "next_hop",
                of(Kind::Ip).optional(),
                "Next hop; absent on the link",
            ),
            field("interface", text(), "Interface"),
            field("metric", int(), "Metric"),
            field("persistent", of(Kind::Bool), "It survives a restart"),
        ],
    }
}

fn field(name: &str, ty: Type, title: &str) -> FieldType {
    FieldType {
        name: name.into(),
        ty,
        at: None,
        default: None,
        ask: None,
        secret: false,
        title: Some(title.into()),
    }
}

/// An enum written in place; with `open` the last member stands for everything else.
pub(super) fn choice(members: &[(&str, Option<i128>)], open: bool) -> Type {
    let members = members
        .iter()
        .map(|(name, wire)| EnumMember {
            name: (*name).into(),
            wire: wire.map(Value::Int),
            label: None,
        })
        .collect();
    of(Kind::Enum(Arc::new(EnumType {
        name: None,
        members,
        open,
    })))
}

fn of(kind: Kind) -> Type {
    Type::of(kind)
}

fn text() -> Type {
    of(Kind::Text)
}

fn int() -> Type {
    of(Kind::Int(None))
}

fn list(member: Type) -> Type {
    of(Kind::List(Arc::new(member)))
}

fn set(member: Type) -> Type {
    of(Kind::Set(Arc::new(member)))
}
