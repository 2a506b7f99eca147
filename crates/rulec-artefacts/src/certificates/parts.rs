//! Which parts a certificate store has, and where the registry keeps each.

/// The keys whose certificates Windows shows in a store, each under the name of the part of the store that it is: the store's own, those
/// that policies and the domain bring, the roots that Windows fetched, and in a user's store those of the machine. Place and store in lower case. A user's own personal certificates lie in files, not in this key.
pub fn parts(place: &str, store: &str) -> Vec<(&'static str, String)> {
    let below = |part: &'static str, root: &str| (part, format!("{root}\\{store}\\Certificates"));
    let machine = "HKLM\\SOFTWARE\\Microsoft";
    let own = format!("{machine}\\SystemCertificates");
    let policies = "HKLM\\SOFTWARE\\Policies\\Microsoft\\SystemCertificates";
    let enterprise = format!("{machine}\\EnterpriseCertificates");
    let fetched = format!("{own}\\AuthRoot\\Certificates");
    let mut all = match place {
        "currentuser" => vec![
            below(".default", "HKCU\\Software\\Microsoft\\SystemCertificates"),
            below(
                ".grouppolicy",
                "HKCU\\Software\\Policies\\Microsoft\\SystemCertificates",
            ),
            below(".localmachine", &own),
            below(".localmachine", policies),
            below(".localmachine", &enterprise),
        ],
        "localmachine" if store == "my" => vec![below(".default", &own)],
        "localmachine" => vec![
            below(".default", &own),
            below(".grouppolicy", policies),
            below(".enterprise", &enterprise),
        ],
        _ => return Vec::new(),
    };
    if store == "root" {
        match place {
            "currentuser" => all.push((".localmachine", fetched)),
            _ => all.push((".authroot", fetched)),
        }
    }
    all
}
