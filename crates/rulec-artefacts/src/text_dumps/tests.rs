//! What the commands print, in our own words and several languages.

use serde_json::json;

use super::*;

const GERMAN: &str = r"C:\>ipconfig /all

Windows-IP-Konfiguration

   Hostname  . . . . . . . . . . . . : h
   DNS-Suffixsuchliste . . . . . . . : a.example
                                       b.example

Drahtlos-LAN-Adapter WLAN (2):

   Verbindungsspezifisches DNS-Suffix: fritz.box
   Beschreibung. . . . . . . . . . . : A Card
   Physische Adresse . . . . . . . . : D0-39-57-00-00-01
   DHCP aktiviert. . . . . . . . . . : Ja
   Verbindungslokale IPv6-Adresse  . : fe80::1%7(Bevorzugt)
   IPv4-Adresse (Auto. Konfiguration): 169.254.1.2(Bevorzugt)
   Subnetzmaske  . . . . . . . . . . : 255.255.0.0
   Standardgateway . . . . . . . . . : fe80::2%7
                                       10.0.0.1
   DHCP-Server . . . . . . . . . . . : 10.0.0.2
   DNS-Server  . . . . . . . . . . . : fd00::53
                                       10.0.0.3

Ethernet-Adapter Ethernet:

   Medienstatus. . . . . . . . . . . : Medium getrennt
   Verbindungsspezifisches DNS-Suffix:
   Beschreibung. . . . . . . . . . . : Another
   Physische Adresse . . . . . . . . :
";

fn adapters(text: &str) -> Vec<Json> {
    ipconfig::read(text)
        .and_then(|it| it.as_array().cloned())
        .unwrap_or_default()
}

#[test]
fn an_adapter_is_read_without_knowing_its_language() {
    let found = adapters(GERMAN);
    assert_eq!(found.len(), 2);
    let wifi = &found[0];
    assert_eq!(wifi["name"], "WLAN (2)");
    assert_eq!(wifi["kind"], "wifi");
    assert_eq!(wifi["up"], true);
    assert_eq!(wifi["index"], 7);
    assert_eq!(wifi["description"], "A Card");
    assert_eq!(wifi["addresses"], json!(["fe80::1", "169.254.1.2"]));
    assert_eq!(wifi["prefixes"][0], "169.254.0.0/16");
    assert_eq!(wifi["gateways"], json!(["fe80::2", "10.0.0.1"]));
    assert_eq!(wifi["dns_servers"], json!(["fd00::53", "10.0.0.3"]));
    assert_eq!(wifi["dns_suffix"], "fritz.box");
    assert_eq!(found[1]["up"], false);
    assert_eq!(found[1]["name"], "Ethernet");
    assert_eq!(found[1]["dns_suffix"], Json::Null);
}

#[test]
fn without_all_the_names_of_devices_and_servers_are_not_told() {
    let text = "Adaptador PPP vnet:\n\n   Sufijo DNS específico para la conexión. . : \n   Vínculo: dirección IPv6 local. . . : fe80::3%4\n   Dirección IPv4. . . . . . . .  . . : 172.16.0.2\n   Máscara de subred . . . . : 255.255.255.255\n   Puerta de enlace predeterminada . . . . . :\n";
    let found = adapters(text);
    assert_eq!(found[0]["name"], "vnet");
    assert_eq!(found[0]["kind"], "ppp");
    assert_eq!(found[0]["addresses"], json!(["fe80::3", "172.16.0.2"]));
    assert_eq!(found[0]["gateways"], json!([]));
    assert!(found[0]["dns_servers"].is_object() && found[0]["description"].is_object());
    assert_eq!(
        adapters("Dear all:\n\n   the DNS: is down\n"),
        Vec::<Json>::new()
    );
}

#[test]
fn letters_that_were_lost_to_blanks_do_not_hide_a_heading() {
    assert_eq!(
        begins("Carte r seau sans fil Wi-Fi", "Carte réseau sans fil "),
        Some(22)
    );
    assert_eq!(begins("Carte PPP x", "Carte réseau "), None);
}

#[test]
fn routes_are_read_by_columns_and_persistent_ones_are_marked() {
    let text = "===========================================================================\nSchnittstellenliste\n 11...00 50 56 c0 00 08 ......A Card\n  1...........................Software Loopback Interface 1\n\
===========================================================================\n  0.0.0.0  0.0.0.0  10.0.0.1  10.0.0.5  25\n  10.0.0.0  255.255.255.0  Auf Verbindung  10.0.0.5  281\n  172.16.0.0  255.240.0.0  10.0.0.9  10.0.0.5  26\n\
===========================================================================\n  172.16.0.0  255.240.0.0  10.0.0.9  Standard\n\n 11  281 fe80::1/128\n                  Auf Verbindung\n 11  281 ::/0                     fe80::9\n";
    let Some(Json::Array(routes)) = route::read(text) else {
        panic!("no routes")
    };
    assert_eq!(routes.len(), 5);
    assert_eq!(
        routes[0],
        json!({ "prefix": "0.0.0.0/0", "next_hop": "10.0.0.1", "interface": "10.0.0.5", "metric": 25, "persistent": false })
    );
    assert_eq!(routes[1]["next_hop"], Json::Null);
    assert_eq!(routes[2]["persistent"], true);
    assert_eq!(routes[4]["next_hop"], "fe80::9");
    let Some(Json::Array(list)) = route::adapters(text) else {
        panic!("no interfaces")
    };
    assert_eq!(list.len(), 2);
    assert_eq!(list[0]["description"], "A Card");
}

#[test]
fn a_list_of_updates_that_is_cut_says_so() {
    let text = "Nom:            h\nOS :            Microsoft Windows 7 X \nVersion:        6.1.7601 Service Pack 1 version 7601\nCorrectif(s):   3 Corrections\n                [01]: KB1\n                [02]: KB22\n";
    let system = systeminfo::read(text).unwrap();
    assert_eq!(
        (system.build.as_str(), system.name.as_deref()),
        ("7601", Some("Microsoft Windows 7 X"))
    );
    assert_eq!(
        system.updates.as_array().map(Vec::len),
        Some(3),
        "two and one mark"
    );
    assert_eq!(systeminfo::read("BIOS: 1.2.3 x 4\n"), None);
}

#[test]
fn a_store_without_certificates_is_told_to_be_empty() {
    let done = "CertUtil: -store-Befehl wurde erfolgreich ausgeführt.\n";
    let text = format!("C:\\>certutil -user -store My\nMy \"Eigene Zertifikate\"\n{done}");
    let empty = (Some("CurrentUser\\My".to_owned()), json!([]));
    assert_eq!(certutil::read(&text), [empty]);
    // One certificate, and the command ends behind it: neither empty nor without a name.
    let block = "================ Zertifikat 0 ================\nSeriennummer: 0a0b\nAussteller: CN=Root\n Nicht vor: x\n Nicht nach: y\nAntragsteller: CN=x\nZertifikathash(sha1): 00112233445566778899aabbccddeeff00112233\n";
    let one = certutil::read(&format!("C:\\>certutil -store Root\n{block}{done}"));
    let [(Some(store), Json::Array(list))] = one.as_slice() else {
        panic!("{one:?}")
    };
    assert_eq!((store.as_str(), list.len()), ("LocalMachine\\Root", 1));
    // Nothing was read: the command failed, or nobody knows which store it was.
    let failed = "C:\\>certutil -store My\nCertUtil: -store command FAILED: 0x80070002\n";
    assert_eq!(certutil::read(failed), []);
    assert_eq!(certutil::read(done), []);
}

#[test]
fn a_store_that_was_printed_is_known_by_its_command() {
    let block = "================ Zertifikat 0 ================\nSeriennummer: 0a0b\nAussteller: CN=Root\n Nicht vor: 08.12.2023 06:16\n Nicht nach: 07.12.2024 06:16\nAntragsteller: CN=x\nZertifikathash(sha1): 00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 11 22 33\n  Schlüsselcontainer = le-1\n";
    let text = format!("C:\\>certutil -user -store My\n{block}{block}");
    let stores = certutil::read(&text);
    let [(Some(store), Json::Array(list))] = stores.as_slice() else {
        panic!("{stores:?}")
    };
    assert_eq!((store.as_str(), list.len()), ("CurrentUser\\My", 2));
    assert_eq!(
        list[0]["thumbprint"],
        "00112233445566778899AABBCCDDEEFF00112233"
    );
    assert_eq!(list[0]["issuer"], "CN=Root");
    assert_eq!(list[0]["has_private_key"], true);
    assert!(
        list[0]["not_after"].is_object(),
        "dates without zone are quoted only"
    );
    assert_eq!(certutil::read(block)[0].0, None);
}

#[test]
fn listings_of_powershell_are_read() {
    let services = json!({ "ServiceName": "IKEEXT", "Status": 4, "StartType": "Manual" });
    let Some(powershell::Listing::Services(all)) = powershell::read(&services) else {
        panic!("no services")
    };
    assert_eq!(all[0]["state"], 4);
    assert_eq!(all[0]["start"], "manual");
    assert_eq!(
        powershell::read(&json!([{ "HotFixID": "KB1" }])),
        Some(powershell::Listing::Updates(vec!["KB1".to_owned()]))
    );
    assert_eq!(powershell::read(&json!([])), None);
}

#[test]
fn a_table_of_netsh_is_read_in_any_language() {
    let text =
        "Nein  Manuell  0  0.0.0.0/0  5  10.0.0.1\nNein  System  256  10.0.0.0/24  5  Ethernet 4\n";
    let Some(Json::Array(routes)) = netsh::routes(text) else {
        panic!("no routes")
    };
    assert_eq!(routes[0]["next_hop"], "10.0.0.1");
    assert_eq!(routes[1]["interface"], "Ethernet 4");
}

#[test]
fn labels_of_dsregcmd_are_read() {
    let text = "| Device State |\n             AzureAdJoined : YES\n              DomainJoined : NO\n                 MdmUrl : https://m.example/\n";
    let values = dsregcmd::read(text).unwrap();
    assert_eq!(
        (values["AzureAdJoined"].as_str(), values["MdmUrl"].as_str()),
        (Some("YES"), Some("https://m.example/"))
    );
    assert_eq!(dsregcmd::read("AzureAdJoined : YES\n"), None);
}
