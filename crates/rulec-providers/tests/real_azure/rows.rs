//! Rows of `expected.tsv` as clauses of facts.

use std::sync::Arc;

use rulec_facts::reason::Why;
use rulec_facts::source::BuiltIn;
use rulec_facts::types::{EnumMember, EnumType, FieldType, Kind, RecordType, Type};

/// A row, and the clause that yields it.
pub struct Row {
    /// File below the data.
    pub file: &'static str,
    /// Second column.
    pub look_at: &'static str,
    /// Third column, word by word.
    pub expected: &'static str,
    /// The clause's path.
    pub at: &'static str,
    /// The declared type.
    pub ty: fn() -> Type,
    /// What comes out.
    pub want: Want,
}

/// What comes out of a clause or a request.
pub enum Want {
    /// The value as a report shows it.
    Shown(&'static str),
    /// The same, its beginning.
    Begins(&'static str),
    /// A text in its own case.
    Raw(&'static str),
    /// So many members.
    Count(usize),
    /// A text of so many characters with so many CR LF.
    Lines(usize, usize),
    /// Fields of a certificate.
    Certificate(&'static [(&'static str, &'static str)]),
    /// The request is unknown, with this in its detail.
    Unknown(Why, &'static str),
    /// The request is *not there*.
    NotThere,
}

/// A certificate file, and the beginnings of some fields.
pub struct Certificate {
    /// File below the data.
    pub file: &'static str,
    /// Field and beginning.
    pub fields: &'static [(&'static str, &'static str)],
}

fn text() -> Type {
    Type::of(Kind::Text)
}
fn optional_text() -> Type {
    text().optional()
}
fn bool() -> Type {
    Type::of(Kind::Bool)
}
fn time() -> Type {
    Type::of(Kind::Time)
}
fn texts() -> Type {
    Type::of(Kind::List(Arc::new(text())))
}
fn text_set() -> Type {
    Type::of(Kind::Set(Arc::new(text())))
}
fn cidrs() -> Type {
    Type::of(Kind::List(Arc::new(Type::of(Kind::Cidr))))
}
fn certificate() -> Type {
    BuiltIn::Certificate.ty()
}

fn record(fields: &[(&str, Kind, &str)]) -> Type {
    let fields = fields
        .iter()
        .map(|(name, kind, at)| FieldType {
            name: (*name).into(),
            ty: Type::of(kind.clone()),
            at: Some((*at).into()),
            default: None,
            ask: None,
            secret: false,
            title: None,
        })
        .collect();
    Type::of(Kind::Record(Arc::new(RecordType { name: None, fields })))
}

fn list(member: Type) -> Type {
    Type::of(Kind::List(Arc::new(member)))
}

fn routes() -> Type {
    list(record(&[
        ("name", Kind::Text, "$.name"),
        ("prefix", Kind::Cidr, "$.properties.addressPrefix"),
        ("next_hop", Kind::Text, "$.properties.nextHopType"),
    ]))
}

fn subnets() -> Type {
    list(record(&[
        ("name", Kind::Text, "$.name"),
        ("prefix", Kind::Cidr, "$.properties.addressPrefix"),
    ]))
}

fn peerings() -> Type {
    list(record(&[
        ("name", Kind::Text, "$.name"),
        ("state", Kind::Text, "$.properties.peeringState"),
        ("transit", Kind::Bool, "$.properties.allowGatewayTransit"),
        ("remote", Kind::Bool, "$.properties.useRemoteGateways"),
    ]))
}

fn transit() -> Type {
    record(&[
        ("transit", Kind::Bool, "$.allowGatewayTransit"),
        ("remote", Kind::Bool, "$.useRemoteGateways"),
    ])
}

fn kinds() -> Type {
    record(&[
        ("sku", Kind::Text, "$.sku.name"),
        ("vpn_type", Kind::Text, "$.vpnType"),
    ])
}

fn connection() -> Type {
    record(&[
        ("kind", Kind::Text, "$.connectionType"),
        ("status", Kind::Text, "$.connectionStatus"),
    ])
}

fn hop() -> Type {
    record(&[
        ("kind", Kind::Text, "$.nextHopType"),
        ("table", Kind::Text, "$.routeTableId"),
    ])
}

fn access() -> Type {
    record(&[
        ("access", Kind::Text, "$.access"),
        ("rule", Kind::Text, "$.ruleName"),
    ])
}

fn probes() -> Type {
    record(&[
        ("sent", Kind::Int(None), "$.probesSent"),
        ("failed", Kind::Int(None), "$.probesFailed"),
    ])
}

fn protocols() -> Type {
    let members = ["SSTP", "IkeV2", "OpenVPN", "other"].map(|name| EnumMember {
        name: name.into(),
        wire: None,
        label: None,
    });
    let choice = EnumType {
        name: None,
        members: members.to_vec(),
        open: true,
    };
    Type::of(Kind::Set(Arc::new(Type::of(Kind::Enum(Arc::new(choice))))))
}

const fn row(
    file: &'static str,
    look_at: &'static str,
    expected: &'static str,
    at: &'static str,
    ty: fn() -> Type,
    want: Want,
) -> Row {
    Row {
        file,
        look_at,
        expected,
        at,
        ty,
        want,
    }
}

const ROOT_DATA: &str =
    "$.properties.vpnClientConfiguration.vpnClientRootCertificates[0].properties.publicCertData";
const ROOTS: &str = "$.properties.vpnClientConfiguration.vpnClientRootCertificates[*].name";
const REVOKED: &str =
    "$.properties.vpnClientConfiguration.vpnClientRevokedCertificates[*].properties.thumbprint";

/// Rows that a fact's clause yields.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("azure/recorded/gateway-get-no-p2s.json", "status", "200", "$.name", text, Want::Shown("vngw07218")),
    row("azure/recorded/gateway-get-no-p2s.json", "properties.vpnClientConfiguration", "absent: P2S is not configured", "$.properties.vpnClientConfiguration", optional_text, Want::Shown("absent")),
    row("azure/recorded/gateway-get-no-p2s.json", "sku.name / vpnType", "VpnGw1 / RouteBased", "$.properties", kinds, Want::Shown("{ sku: VpnGw1, vpn_type: RouteBased }")),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "vpnClientAddressPool.addressPrefixes", "[\"172.16.201.0/24\"]", "$.properties.vpnClientConfiguration.vpnClientAddressPool.addressPrefixes[*]", cidrs, Want::Shown("172.16.201.0/24")),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "vpnClientProtocols", "[\"OpenVPN\",\"IkeV2\"] (note the case of IkeV2)", "$.properties.vpnClientConfiguration.vpnClientProtocols[*]", protocols, Want::Shown("IkeV2, OpenVPN")),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "root certificates", "1, named myTest3.cer", ROOTS, texts, Want::Shown("myTest3.cer")),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "publicCertData", "1032 characters, 18 CR LF pairs inside, no PEM armour", ROOT_DATA, text, Want::Lines(1032, 18)),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "certificate subject", "CN=P2SRootCert", ROOT_DATA, certificate, Want::Certificate(&[("subject", "CN=P2SRootCert"), ("is_ca", "true"), ("self_signed", "true")])),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "certificate validity", "2019-08-14T01:40:35Z .. 2020-08-14T02:00:35Z (expired)", ROOT_DATA, certificate, Want::Certificate(&[("not_before", "2019-08-14T01:40:35Z"), ("not_after", "2020-08-14T02:00:35Z")])),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "certificate SHA-1", "30F9535F169F38118D9E388A3CBC65D201B2DF78", ROOT_DATA, certificate, Want::Certificate(&[("thumbprint", "30F9535F169F38118D9E388A3CBC65D201B2DF78"), ("root_thumbprint", "30F9535F169F38118D9E388A3CBC65D201B2DF78")])),
    row("azure/recorded/gateway-get-p2s-root-cert.json", "revoked certificates", "0", REVOKED, text_set, Want::Count(0)),
    row("azure/recorded/gateway-get-p2s-revoked-and-root.json", "revoked", "1: myTest3.cer, thumbprint bdf834528f0fff6eaae4c154e06b54322769276c (lower case)", REVOKED, text_set, Want::Shown("bdf834528f0fff6eaae4c154e06b54322769276c")),
    row("azure/recorded/gateway-get-p2s-revoked-and-root.json", "root certificates", "1", ROOTS, texts, Want::Count(1)),
    row("azure/recorded/gateway-get-p2s-no-root-cert.json", "root certificates", "0 (empty list, not absent)", ROOTS, texts, Want::Count(0)),
    row("azure/recorded/gateway-get-p2s-no-root-cert.json", "revoked", "1", REVOKED, text_set, Want::Count(1)),
    row("azure/recorded/gateway-list-one.json", "value length", "1", "$.value[*].name", texts, Want::Count(1)),
    row("azure/recorded/gateway-list-one.json", "nextLink", "absent", "$.nextLink", optional_text, Want::Shown("absent")),
    row("azure/recorded/gateway-list-empty.json", "value length", "0", "$.value[*].name", texts, Want::Count(0)),
    row("azure/recorded/generatevpnprofile-202.json", "status", "202", "$", text, Want::Unknown(Why::NotCollected, "")),
    row("azure/recorded/generatevpnprofile-202.json", "body", "null", "$", text, Want::Unknown(Why::NotCollected, "")),
    row("azure/recorded/generatevpnprofile-poll-202.json", "status", "202: keep polling", "$", text, Want::Unknown(Why::NotCollected, "")),
    row("azure/recorded/generatevpnprofile-poll-200-url.json", "status", "200", "$", text, Want::Begins("https://")),
    row("azure/recorded/generatevpnprofile-poll-200-url.json", "body", "a JSON string, not an object; a URL ending in vpnclientconfiguration.zip plus a query", "$", text, Want::Begins("https://nfvprodsuppby.blob.core.windows.net/vpnprofileimmutable/a5540031-eaa4-4d16-adfc-95ae764b10c0/vpnprofile/bab3811f-f877-40f3-8ceb-6ad98a50dd84/vpnclientconfiguration.zip?")),
    row("azure/recorded/generatevpnprofile-operation-succeeded.json", "status", "Succeeded", "$.status", text, Want::Shown("Succeeded")),
    row("azure/recorded/generatevpnprofile-operation-succeeded.json", "properties.output", "the same URL", "$.properties.output", text, Want::Begins("https://nfvprodsuppby.blob.core.windows.net/vpnprofileimmutable/a5540031-eaa4-4d16-adfc-95ae764b10c0/")),
    row("azure/recorded/operation-inprogress.json", "body.status", "InProgress", "$.status", text, Want::Shown("InProgress")),
    row("azure/recorded/vnet-get.json", "addressSpace", "192.168.0.0/16, 10.254.0.0/16", "$.properties.addressSpace.addressPrefixes[*]", cidrs, Want::Shown("10.254.0.0/16, 192.168.0.0/16")),
    row("azure/recorded/vnet-get.json", "subnets", "GatewaySubnet 192.168.200.0/24, FrontEnd 192.168.1.0/24, BackEnd 10.254.1.0/24", "$.properties.subnets[*]", subnets, Want::Shown("{ name: BackEnd, prefix: 10.254.1.0/24 }, { name: FrontEnd, prefix: 192.168.1.0/24 }, { name: GatewaySubnet, prefix: 192.168.200.0/24 }")),
    row("azure/recorded/vnet-get-with-peering.json", "peerings", "1: peer0, Connected, allowGatewayTransit true, useRemoteGateways false", "$.properties.virtualNetworkPeerings[*]", peerings, Want::Shown("{ name: peer0, state: Connected, transit: true, remote: false }")),
    row("azure/recorded/vnet-get-with-peering.json", "addressSpace", "10.0.0.0/27", "$.properties.addressSpace.addressPrefixes[*]", cidrs, Want::Shown("10.0.0.0/27")),
    row("azure/recorded/peering-list.json", "value length", "0", "$.value[*].name", texts, Want::Count(0)),
    row("azure/recorded/routetable-get.json", "routes", "route1 10.0.0.0/24 VirtualAppliance; route2 10.0.1.0/24 VirtualAppliance", "$.properties.routes[*]", routes, Want::Shown("{ name: route1, prefix: 10.0.0.0/24, next_hop: VirtualAppliance }, { name: route2, prefix: 10.0.1.0/24, next_hop: VirtualAppliance }")),
    row("azure/recorded/routetable-get.json", "subnets", "0", "$.properties.subnets[*].id", texts, Want::Count(0)),
    row("azure/recorded/routetable-get.json", "default route", "none", "$.properties.routes[?@.properties.addressPrefix == '0.0.0.0/0'].name", texts, Want::Count(0)),
    row("azure/recorded/routetable-with-subnet-get.json", "subnets", "1", "$.properties.subnets[*].id", texts, Want::Count(1)),
    row("azure/recorded/connection-get.json", "connectionType / connectionStatus", "Vnet2Vnet / Unknown", "$.properties", connection, Want::Shown("{ kind: Vnet2Vnet, status: Unknown }")),
    row("azure/recorded/troubleshoot-result-unhealthy.json", "code", "UnHealthy", "$.code", text, Want::Raw("UnHealthy")),
    row("azure/recorded/troubleshoot-result-unhealthy.json", "results ids", "PeerReachability", "$.results[*].id", texts, Want::Shown("PeerReachability")),
    row("azure/recorded/troubleshoot-result-unhealthy.json", "startTime", "2019-04-30T17:21:53.8919128Z (7 fractional digits)", "$.startTime", time, Want::Shown("2019-04-30T17:21:53.8919128Z")),
    row("azure/recorded/troubleshoot-202.json", "status / body", "202 / null", "$", text, Want::Unknown(Why::NotCollected, "")),
    row("azure/recorded/nexthop.json", "nextHopType / routeTableId", "Internet / \"System Route\" (not a resource id)", "$", hop, Want::Shown("{ kind: Internet, table: System Route }")),
    row("azure/recorded/ipflowverify.json", "access / ruleName", "Allow / defaultSecurityRules/AllowInternetOutBound", "$", access, Want::Shown("{ access: Allow, rule: defaultSecurityRules/AllowInternetOutBound }")),
    row("azure/recorded/connectivitycheck-200.json", "connectionStatus", "Reachable", "$.connectionStatus", text, Want::Shown("Reachable")),
    row("azure/recorded/connectivitycheck-200.json", "hops", "2", "$.hops[*].type", texts, Want::Count(2)),
    row("azure/recorded/connectivitycheck-200.json", "probesSent / probesFailed", "100 / 0", "$", probes, Want::Shown("{ sent: 100, failed: 0 }")),
    row("azure/errors/400-NetworkWatcherCountLimitReached.json", "error.code", "NetworkWatcherCountLimitReached", "$", text, Want::Unknown(Why::NotCollected, "400 NetworkWatcherCountLimitReached")),
    row("azure/errors/401-Unauthorized-keyvault.json", "error.code", "Unauthorized", "$", text, Want::Unknown(Why::Denied, "401 Unauthorized")),
    row("azure/errors/401-Unauthorized-keyvault.json", "message starts", "AKV10022: Invalid audience", "$", text, Want::Unknown(Why::Denied, "AKV10022: Invalid audience")),
    row("azure/errors/403-AuthorizationFailed.json", "error.code", "AuthorizationFailed", "$", text, Want::Unknown(Why::Denied, "403 AuthorizationFailed")),
    row("azure/errors/404-ResourceGroupNotFound.json", "error.code", "ResourceGroupNotFound", "$", text, Want::Unknown(Why::Missing, "ResourceGroupNotFound")),
    row("azure/errors/404-ResourceGroupNotFound.json", "status", "404", "$", text, Want::Unknown(Why::Missing, "404")),
    row("azure/errors/404-ResourceNotFound.json", "error.code", "ResourceNotFound", "$", text, Want::NotThere),
    row("azure/errors/409-MissingSubscriptionRegistration.json", "error.code", "MissingSubscriptionRegistration", "$", text, Want::Unknown(Why::NotCollected, "MissingSubscriptionRegistration")),
    row("azure/errors/409-ResourceGroupDeletionBlocked.json", "envelope", "{\"Error\":{\"Code\":...}}: upper-case keys", "$", text, Want::Unknown(Why::NotCollected, "Deletion of resource group")),
    row("azure/errors/409-ResourceGroupDeletionBlocked.json", "Error.Code", "ResourceGroupDeletionBlocked", "$", text, Want::Unknown(Why::NotCollected, "ResourceGroupDeletionBlocked")),
    row("azure/errors/429-websites-pascal.json", "status / Code", "429 / \"429\", no error wrapper", "$", text, Want::Unknown(Why::TimedOut, "Cannot acquire exclusive lock")),
    row("azure/errors/503-empty-body.json", "body", "empty string: must give a readable error, not a JSON parse failure", "$", text, Want::Unknown(Why::TimedOut, "503")),
    row("azure/errors/504-GatewayTimeout.json", "error.code", "GatewayTimeout", "$", text, Want::Unknown(Why::TimedOut, "504 GatewayTimeout")),
    row("azure/rest-examples/VirtualNetworkGatewayGet.json", "body.properties.sku.name", "VpnGw1", "$.properties.sku.name", text, Want::Shown("VpnGw1")),
    row("azure/rest-examples/VirtualNetworkGatewayGet.json", "body.properties.vpnType", "RouteBased", "$.properties.vpnType", text, Want::Shown("RouteBased")),
    row("azure/rest-examples/VirtualNetworkGatewayGet.json", "body.properties.gatewayType", "Vpn", "$.properties.gatewayType", text, Want::Shown("Vpn")),
    row("azure/rest-examples/VirtualNetworkGatewayGet.json", "vpnClientConfiguration.vpnClientProtocols", "[\"OpenVPN\"]", "$.properties.vpnClientConfiguration.vpnClientProtocols[*]", protocols, Want::Shown("OpenVPN")),
    row("azure/rest-examples/VirtualNetworkGatewayGet-2025-07-01.json", "vpnClientConfiguration.vpnClientAddressPool", "absent although vpnClientConfiguration exists", "$.properties.vpnClientConfiguration.vpnClientAddressPool", optional_text, Want::Shown("absent")),
    row("azure/rest-examples/VirtualNetworkGatewayGet-2025-07-01.json", "vpnClientConfiguration.enableFipsCompliance", "false", "$.properties.vpnClientConfiguration.enableFipsCompliance", bool, Want::Shown("false")),
    row("azure/rest-examples/VirtualNetworkGatewayGet-2025-07-01.json", "vpnClientConfiguration.radiusServers[0].radiusServerAddress", "10.1.0.0", "$.properties.vpnClientConfiguration.radiusServers[0].radiusServerAddress", text, Want::Shown("10.1.0.0")),
    row("azure/rest-examples/VirtualNetworkGatewayGet-2025-07-01.json", "root / revoked certificates", "0 / 0", ROOTS, texts, Want::Count(0)),
    row("azure/rest-examples/VirtualNetworkGatewayList.json", "body.value length", "2", "$.value[*].name", texts, Want::Count(2)),
    row("azure/rest-examples/VirtualNetworkGatewayList.json", "names", "vpngw1, vpngw2", "$.value[*].name", texts, Want::Shown("vpngw1, vpngw2")),
    row("azure/rest-examples/SubnetGet.json", "body.properties.addressPrefix", "10.0.0.0/16", "$.properties.addressPrefix", text, Want::Shown("10.0.0.0/16")),
    row("azure/rest-examples/SubnetGet.json", "routeTable", "absent", "$.properties.routeTable.id", optional_text, Want::Shown("absent")),
    row("azure/rest-examples/RouteTableGet.json", "body.properties.disableBgpRoutePropagation", "false", "$.properties.disableBgpRoutePropagation", bool, Want::Shown("false")),
    row("azure/rest-examples/VirtualNetworkPeeringGet.json", "allowGatewayTransit / useRemoteGateways", "false / false", "$.properties", transit, Want::Shown("{ transit: false, remote: false }")),
];

const HEADER: &str = "headers are no evidence";
const NO_ADDRESS: &str = "an example of an action does not say to which address it belongs";

/// Rows that no clause can yield, and why.
#[rustfmt::skip]
pub const OUTSIDE: &[(&str, &str, &str)] = &[
    ("azure/recorded/gateway-get-p2s-root-cert.json", "header x-ms-ratelimit-remaining-subscription-reads", HEADER),
    ("azure/recorded/generatevpnprofile-202.json", "header Retry-After", HEADER),
    ("azure/recorded/generatevpnprofile-202.json", "header Location", HEADER),
    ("azure/errors/403-AuthorizationFailed.json", "header x-ms-failure-cause", HEADER),
    ("azure/errors/409-ResourceGroupDeletionBlocked.json", "Details[0].Message", "a reason is one line"),
    ("azure/errors/429-websites-pascal.json", "header retry-after", HEADER),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnclientConnectionHealth.json", "200 body.value length", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnclientConnectionHealth.json", "value[0].privateIpAddress", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnclientConnectionHealth.json", "value[0].publicIpAddress (has a port)", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnclientConnectionHealth.json", "value[1].privateIpAddress", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnclientConnectionHealth.json", "202 response", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnClientIpsecParameters.json", "body.saLifeTimeSeconds", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnClientIpsecParameters.json", "body.ikeIntegrity", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnClientIpsecParameters.json", "body.dhGroup", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetVpnClientIpsecParameters.json", "body.pfsGroup", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayGetBGPPeerStatus.json", "200 body", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewayLearnedRoutes.json", "200 body", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewaySupportedVpnDevice.json", "200 body", NO_ADDRESS),
    ("azure/rest-examples/VirtualNetworkGatewaySupportedVpnDevice.json", "first Vendor name", NO_ADDRESS),
    ("azure/rest-examples/NetworkWatcherTroubleshootGet.json", "200 body.code", NO_ADDRESS),
    ("azure/rest-examples/NetworkWatcherTroubleshootGet.json", "results[0].reasonType", NO_ADDRESS),
    ("azure/rest-examples/NetworkInterfaceEffectiveRouteTableList.json", "value[1]", NO_ADDRESS),
    ("azure/rest-examples/NetworkInterfaceEffectiveRouteTableList.json", "value[2]", NO_ADDRESS),
    ("azure/rest-examples/P2SVpnGatewayGetConnectionHealthDetailed.json", "200 body.sasUrl", NO_ADDRESS),
];

/// Certificates of real life: version 1, MD2, other names, many purposes.
#[rustfmt::skip]
pub const CERTIFICATES: &[Certificate] = &[
    Certificate { file: "certs/ekucrit-testuser-cert.pem", fields: &[("subject", "CN=e0dcbf51-0224-4363-b75e-b6cfb1817753"), ("not_after", "2024-09-23"), ("eku", "1.3.6.1.5.5.7.3.2")] },
    Certificate { file: "certs/extended_key_usage.pem", fields: &[("subject", "O=PyCA, CN=cryptography.io"), ("not_after", "2016-04-30")] },
    Certificate { file: "certs/no_sans.pem", fields: &[("subject", "C=CZ, ST=Prague, L=Prague, O=Cryptography, CN=Leaf Certison"), ("not_after", "2026-02-10"), ("eku", "absent")] },
    Certificate { file: "certs/v1_cert.pem", fields: &[("not_after", "1995-07-17"), ("eku", "absent")] },
    Certificate { file: "certs/verisign_md2_root.pem", fields: &[("not_after", "2028-08-01"), ("eku", "absent"), ("self_signed", "true"), ("is_ca", "true")] },
    Certificate { file: "certs/post2000utctime.pem", fields: &[("not_after", "2014-12-26")] },
    Certificate { file: "certs/san_other_name.pem", fields: &[("subject", "O=PyCA, CN=cryptography"), ("not_after", "2016-03-25"), ("eku", "absent")] },
    Certificate { file: "certs/p2s/client-leaf.pem", fields: &[("subject", "CN=client"), ("issuer", "CN=VPN CA"), ("not_after", "2025-08-23"), ("eku", "1.3.6.1.5.5.7.3.2"), ("names", "client"), ("is_ca", "false")] },
    Certificate { file: "certs/p2s/root-ca.pem", fields: &[("subject", "CN=VPN CA"), ("not_after", "2025-08-23"), ("self_signed", "true"), ("is_ca", "true"), ("root_thumbprint", "F57AE1FB7CE46023A37B2603188FDEC55B183788")] },
    Certificate { file: "certs/pkits/InvalidEEnotAfterDateTest6EE.crt", fields: &[("not_after", "2011-01-01"), ("eku", "absent")] },
    Certificate { file: "certs/pkits/InvalidRevokedEETest3EE.crt", fields: &[("serial", "0F"), ("not_after", "2030-12-31")] },
    Certificate { file: "certs/pkits/ValidCertificatePathTest1EE.crt", fields: &[("serial", "01"), ("not_after", "2030-12-31")] },
];
