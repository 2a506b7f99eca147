//! Rows of a Windows machine.

use super::{
    ArgumentValue, BuiltIn, Locator, Presence, Shape, SourceKind, Yields, argument, needed, seconds,
};
use crate::path::PathLanguage;

/// The commands that may be run: each only reads.
const COMMANDS: &[&str] = &[
    "dsregcmd /status",
    "netsh interface tcp show global",
    "netsh winhttp show proxy",
    "powercfg /availablesleepstates",
    "w32tm /query /status",
];

const LOCAL: SourceKind = SourceKind {
    system: "windows",
    kind: "",
    title: "",
    locator: Locator::None,
    arguments: &[],
    each: false,
    path: PathLanguage::None,
    at: Presence::Never,
    result: Yields::Declared,
    privilege: "none",
    permission: "a session on the machine",
    not_there: "never",
    cost: seconds(1),
    consent: false,
    example: "",
};

pub(super) const KINDS: &[SourceKind] = &[
    SourceKind {
        kind: "adapters",
        title: "Network adapters",
        result: Yields::One(&[Shape::ListOf(BuiltIn::Adapter)]),
        example: "from windows adapters",
        ..LOCAL
    },
    SourceKind {
        kind: "appx",
        title: "An installed app",
        locator: Locator::Required("the app's name"),
        result: Yields::One(&[Shape::Optional(BuiltIn::Appx)]),
        privilege: "the user's own session",
        not_there: "the packages of the user were listed and it is not among them",
        example: "from windows appx \"Microsoft.AzureVpn\"",
        ..LOCAL
    },
    SourceKind {
        kind: "certificates",
        title: "Certificates of a store",
        locator: Locator::Required("`CurrentUser\\My`, `LocalMachine\\Root`, …"),
        result: Yields::One(&[Shape::ListOf(BuiltIn::Certificate)]),
        privilege: "for CurrentUser the user's own session",
        not_there: "never: an empty store is an empty list",
        example: "from windows certificates \"CurrentUser\\My\"",
        ..LOCAL
    },
    SourceKind {
        kind: "cm-profile",
        title: "A Connection Manager profile, by the name of its connection: `folder` and `installed-at`, the newest of its files",
        locator: Locator::Required("the connection's name"),
        path: PathLanguage::Label,
        at: Presence::Optional,
        privilege: "for the user's profile the user's own session",
        not_there: "the folders of Connection Manager were read and none holds this connection",
        example: "from windows cm-profile \"{profile}\" at \"folder\"",
        ..LOCAL
    },
    SourceKind {
        kind: "command",
        title: "A value after a label in what a command prints",
        locator: Locator::OneOf(COMMANDS),
        path: PathLanguage::Label,
        at: Presence::Required,
        privilege: "none; for values of the user the user's own session",
        not_there: "the command ran and the label is not in its output",
        example: "from windows command \"dsregcmd /status\" at \"AzureAdJoined\"",
        ..LOCAL
    },
    SourceKind {
        kind: "connection",
        title: "Whether a connection of the phonebooks is up: `connected`",
        locator: Locator::Required("the connection's name"),
        path: PathLanguage::Label,
        at: Presence::Required,
        privilege: "the session of the user who dialled",
        not_there: "never: a connection that is not up is `no`",
        example: "from windows connection \"{profile}\" at \"connected\"",
        ..LOCAL
    },
    SourceKind {
        kind: "device",
        title: "A device: its `name`, and its `problem` as Device Manager numbers it, 0 where it works",
        locator: Locator::Required("an instance ID"),
        path: PathLanguage::Label,
        at: Presence::Optional,
        not_there: "the devices were listed and it is not among them",
        example: "from windows device \"SWD\\MSRRAS\\MS_SSTPMINIPORT\"",
        ..LOCAL
    },
    SourceKind {
        kind: "drivers",
        title: "Drivers of the network cards",
        not_there: "never: none is an empty list",
        example: "from windows drivers",
        ..LOCAL
    },
    SourceKind {
        kind: "events",
        title: "Records of an event log",
        locator: Locator::Required("the log: `Application`, `System`, …"),
        arguments: &[
            needed("id", ArgumentValue::Numbers, "event IDs"),
            argument(
                "newest",
                ArgumentValue::Number,
                "only the newest records; with 1 the result is one record that may be absent",
            ),
            needed(
                "provider",
                ArgumentValue::Text,
                "the provider that wrote them",
            ),
            needed(
                "since",
                ArgumentValue::Duration,
                "how far back, counted from the case's `now`",
            ),
        ],
        path: PathLanguage::Event,
        at: Presence::Optional,
        result: Yields::Records(&[BuiltIn::RasEvent, BuiltIn::Event]),
        privilege: "none; for the Security log administrator",
        permission: "for another machine Event Log Readers",
        not_there: "no record, for `newest 1`",
        cost: seconds(2),
        example: "from windows events \"Application\" provider \"RasClient\" id 20227 since 7d",
        ..LOCAL
    },
    SourceKind {
        kind: "nrpt",
        title: "Name resolution policy table",
        result: Yields::One(&[Shape::ListOf(BuiltIn::NrptRule)]),
        example: "from windows nrpt",
        ..LOCAL
    },
    SourceKind {
        kind: "phonebook",
        title: "A connection of the phonebooks",
        locator: Locator::Required("the connection's name"),
        result: Yields::One(&[Shape::Optional(BuiltIn::PhonebookEntry)]),
        privilege: "for the user's phonebook the user's own session",
        not_there: "all phonebooks were read and none has it",
        example: "from windows phonebook \"{profile}\"",
        ..LOCAL
    },
    SourceKind {
        kind: "phonebooks",
        title: "All connections of the user's, all users' and Connection Manager's phonebooks",
        result: Yields::One(&[Shape::ListOf(BuiltIn::PhonebookEntry)]),
        privilege: "for the user's phonebook the user's own session",
        example: "from windows phonebooks",
        ..LOCAL
    },
    SourceKind {
        kind: "power",
        title: "Power settings",
        path: PathLanguage::Label,
        at: Presence::Optional,
        example: "from windows power at \"standby-timeout-ac\"",
        ..LOCAL
    },
    SourceKind {
        kind: "proxy",
        title: "Proxy settings of the machine and the user",
        path: PathLanguage::Label,
        at: Presence::Optional,
        privilege: "for the user's settings the user's own session",
        not_there: "the settings were read and no proxy is set",
        example: "from windows proxy at \"machine\"",
        ..LOCAL
    },
    SourceKind {
        kind: "registry",
        title: "Values of a registry key",
        locator: Locator::Required("a key; `\\*` at its end is each subkey, a record with `key`"),
        path: PathLanguage::Registry,
        at: Presence::Optional,
        privilege: "none",
        not_there: "the key was read and has no such value, or its parent was read and has no such key",
        example: "from windows registry \"HKLM\\SYSTEM\\CurrentControlSet\\Services\\RasMan\\IKEv2\" at \"DisableCertReqPayload\"",
        ..LOCAL
    },
    SourceKind {
        kind: "routes",
        title: "Routing table",
        result: Yields::One(&[Shape::ListOf(BuiltIn::RouteEntry)]),
        example: "from windows routes",
        ..LOCAL
    },
    SourceKind {
        kind: "service",
        title: "A service",
        locator: Locator::Required("the service's short name"),
        result: Yields::One(&[Shape::Optional(BuiltIn::Service)]),
        not_there: "the services were listed and it is not among them",
        example: "from windows service \"IKEEXT\"",
        ..LOCAL
    },
    SourceKind {
        kind: "system",
        title: "The system as it names itself: `name`, `version`, `build`",
        path: PathLanguage::Label,
        at: Presence::Required,
        example: "from windows system at \"name\"",
        ..LOCAL
    },
    SourceKind {
        kind: "updates",
        title: "Installed updates by their numbers, `KB4505903`",
        result: Yields::One(&[Shape::SetOfText]),
        example: "from windows updates",
        ..LOCAL
    },
];
