//! What repairs an error of Azure: the command, where there is one.

use super::ArmError;

impl ArmError {
    /// What to do about it, with the command; none where the error itself says all that is known.
    pub(crate) fn repair(&self) -> Option<String> {
        let code = self.code.to_ascii_lowercase();
        match self.status {
            401 if code.contains("tenant") || self.message.contains("wrong issuer") => {
                Some(self.other_tenant())
            }
            401 => Some("the sign-in has expired or is not accepted: sign in again with `az login`".to_owned()),
            403 if code == "authorizationfailed" => self.missing_permission(),
            404 if code == "subscriptionnotfound" => Some(
                "the sign-in does not see this subscription: `az account list --all` shows what it sees, and `az login --tenant TENANT` signs in to another tenant"
                    .to_owned(),
            ),
            409 if code == "missingsubscriptionregistration" => Some(
                "the provider is not registered in this subscription: `az provider register --namespace NAMESPACE`"
                    .to_owned(),
            ),
            _ => None,
        }
    }

    /// `… is from the wrong issuer 'https://sts.windows.net/A/'. It must match the tenant 'https://sts.windows.net/B/' …`
    fn other_tenant(&self) -> String {
        let quoted = self.message.split('\'').skip(1).step_by(2);
        let tenants: Vec<&str> = quoted
            .filter_map(|it| it.strip_prefix("https://sts.windows.net/"))
            .filter_map(|it| it.split('/').next())
            .filter(|it| is_id(it))
            .collect();
        match tenants.as_slice() {
            [own, wanted, ..] => format!(
                "the sign-in is of tenant {own}, the subscription belongs to tenant {wanted}: `az login --tenant {wanted}`"
            ),
            _ => {
                "the sign-in is of another tenant than the subscription: `az login --tenant TENANT`"
                    .to_owned()
            }
        }
    }

    /// `The client 'C' with object id 'O' does not have authorization to perform action 'A' over scope 'S' …`
    fn missing_permission(&self) -> Option<String> {
        let after = |words: &str| {
            let (_, rest) = self.message.split_once(words)?;
            let (_, rest) = rest.split_once('\'')?;
            rest.split('\'').next()
        };
        let action = after("perform action")?;
        let scope = after("over scope")?;
        let who = after("object id")
            .filter(|it| is_id(it))
            .unwrap_or("OBJECT-ID");
        let plain = |text: &str| {
            text.chars()
                .all(|c| c.is_ascii_alphanumeric() || "/.-_()*".contains(c))
        };
        if !plain(action) || !plain(scope) {
            return None;
        }
        let role = match action.rsplit('/').next() {
            Some("read") => "Reader",
            _ => "\"Network Contributor\"",
        };
        Some(format!(
            "the sign-in lacks the permission `{action}`: `az role assignment create --assignee {who} --role {role} --scope {scope}`, and sign in again"
        ))
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
