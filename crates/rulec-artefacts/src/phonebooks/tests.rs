//! Own phonebooks and profiles in the form in which Windows writes them.

use serde_json::json;

use super::*;

const BLOB: &str = "314442430D0000004800000002000000480000001500000014000000\
                    00112233445566778899AABBCCDDEEFF00112233\
                    000001000000FE0006000100FD001800FFEEDDCCBBAA99887766554433221100FFEEDDCC00000000";

fn pbk(name: &str, more: &str) -> String {
    let (first, second) = BLOB.split_at(64);
    format!(
        "[{name}]\r\nEncoding=1\r\nType=2\r\nUseRasCredentials=0\r\nVpnStrategy=14\r\nCustomAuthKey=13\r\nCustomAuthData={first}\r\n\
         CustomAuthData={second}\r\nCustomAuthData=\r\n\r\nIpPrioritizeRemote=0\r\n\r\nDEVICE=vpn\r\nPhoneNumber=g.example\r\n{more}"
    )
}

fn phonebooks(files: &[(&str, &str)]) -> Phonebooks {
    let mut phonebooks = Phonebooks::default();
    for (name, text) in files {
        assert!(phonebooks.add(name, &ini::read(text)), "{name}");
    }
    phonebooks
}

#[test]
fn an_entry_tells_its_thumbprints_and_not_whose_it_is_unless_its_place_does() {
    let books = phonebooks(&[
        ("x.pbk", &pbk("Büro", "")),
        ("Users/u/AppData/r.pbk", &pbk("b", "")),
    ]);
    let (entry, file) = books.entry("BÜRO").unwrap();
    assert_eq!(file, "x.pbk");
    assert_eq!(entry["server"], "g.example");
    assert_eq!(entry["vpn_strategy"], 14);
    assert_eq!(entry["split_tunnel"], true);
    assert_eq!(
        entry["eap_roots"],
        json!(["00112233445566778899AABBCCDDEEFF00112233"])
    );
    assert_eq!(
        entry["eap_issuers"],
        json!(["FFEEDDCCBBAA99887766554433221100FFEEDDCC"])
    );
    assert!(entry["all_users"].is_object());
    assert_eq!(books.entry("b").unwrap().0["all_users"], false);
    assert!(books.entry("other").is_none());
}

#[test]
fn an_entry_that_is_cut_and_a_longer_list_of_issuers_are_not_told_whole() {
    let cut = pbk("a", "").replace("CustomAuthKey=13\r\n", "");
    let longer = pbk("b", "").replace("FD001800", "FD002C00");
    let none = pbk("c", "").replace("CustomAuthKey=13", "CustomAuthKey=-1");
    let books = phonebooks(&[("x.pbk", &cut), ("y.pbk", &longer), ("z.pbk", &none)]);
    let (entry, _) = books.entry("a").unwrap();
    for field in ["eap_type", "eap_roots", "eap_issuers"] {
        assert!(entry[field].is_object(), "{field}: {entry}");
    }
    let (entry, _) = books.entry("b").unwrap();
    assert_eq!(entry["eap_issuers"].as_array().map(Vec::len), Some(2));
    let (entry, _) = books.entry("c").unwrap();
    assert_eq!(entry["eap_type"], Json::Null);
}

#[test]
fn dial_up_is_no_tunnel_and_the_list_may_have_more() {
    let dial_up = "[modem]\r\nType=1\r\nVpnStrategy=0\r\nPhoneNumber=1\r\n";
    let books = phonebooks(&[("x.pbk", &pbk("a", dial_up))]);
    let (list, _) = books.all();
    assert_eq!(
        list.as_array().map(Vec::len),
        Some(2),
        "one entry and the mark"
    );
}

#[test]
fn a_phonebook_is_named_by_its_place_on_the_machine_where_its_place_in_the_case_tells() {
    let text = "[v]\nType=2\nVpnStrategy=5\nDialParamsUID=1\n";
    let below = "Microsoft/Network/Connections/Pbk/rasphone.pbk";
    let windows = below.replace('/', "\\");
    for (file, place) in [
        (
            format!("AppData/Roaming/{below}"),
            format!("%APPDATA%\\{windows}"),
        ),
        (
            format!("c\\ProgramData\\{windows}"),
            format!("%ProgramData%\\{windows}"),
        ),
        ("rasphone.pbk".to_owned(), "rasphone.pbk".to_owned()),
        ("AppData/x.pbk".to_owned(), "AppData/x.pbk".to_owned()),
    ] {
        let books = phonebooks(&[(&file, text)]);
        let (entry, kept) = books.entry("v").unwrap();
        assert_eq!(entry["file"], place, "{file}");
        assert_eq!(kept, file);
    }
}

#[test]
fn a_connection_of_connection_manager_is_found_by_its_profile() {
    let cms = "[ISP]\r\nPBFile=g-1\\g-1.pbk\r\n[Connection Manager]\r\nServiceName=vnet\r\nTunnelDUN=g-1 Tunnel\r\n";
    let books = phonebooks(&[("a.pbk", &pbk("g-1", "")), ("b.cms", cms)]);
    assert_eq!(books.entry("vnet").unwrap().0["name"], "vnet");
    let (profile, _) = books.cm_profile("VNet").unwrap();
    assert_eq!(
        profile["folder"],
        "%APPDATA%\\Microsoft\\Network\\Connections\\Cm\\g-1"
    );
}

#[test]
fn data_that_are_cut_leave_the_thumbprints_unknown() {
    let text = pbk("a", "").replace("CustomAuthData=3144", "CustomAuthData=31444");
    let books = phonebooks(&[("x.pbk", &text)]);
    assert!(books.entry("a").unwrap().0["eap_roots"].is_object());
    for end in (0..BLOB.len()).step_by(2) {
        if let Some(bytes) = bytes(&BLOB[..end]) {
            thumbprints(&bytes);
        }
    }
}
