//! The sign-ins that people have, by the official identity library: Azure CLI, environment, managed and workload identity.
//!
//! What a sign-in says when it fails is told in a sentence with the command that repairs it; no secret is ever in it.

use std::collections::BTreeMap;
use std::env;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use azure_core::cloud::{CloudConfiguration, CustomConfiguration};
use azure_core::credentials::{Secret, TokenCredential};
use azure_core::http::{ClientOptions, RetryOptions, Transport};
use azure_identity::{
    AzureCliCredential, AzureCliCredentialOptions, ClientAssertionCredentialOptions,
    ClientSecretCredential, ClientSecretCredentialOptions, ManagedIdentityCredential,
    ManagedIdentityCredentialOptions, UserAssignedId, WorkloadIdentityCredential,
    WorkloadIdentityCredentialOptions,
};
use rulec_artefacts::azure_ask::Audience;
use tokio::runtime::Runtime;

use super::cloud::Cloud;
use super::http;
use super::token::{SignIn, Token, scrub};

/// Which sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentityKind {
    /// The first that the environment is set up for, else the Azure CLI.
    Auto,
    /// Who is signed in with `az login`.
    AzureCli,
    /// An application with a secret: `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET`.
    Environment,
    /// The identity of the machine; `AZURE_CLIENT_ID` names one of several.
    ManagedIdentity,
    /// The identity of a Kubernetes workload: `AZURE_FEDERATED_TOKEN_FILE` and its like.
    WorkloadIdentity,
}

/// A sign-in of the official library.
pub struct Identity {
    kind: IdentityKind,
    tenant: Option<String>,
    authority: Mutex<String>,
    runtime: Runtime,
    client: reqwest::Client,
    /// Tokens by scope: the Azure CLI takes a second for each.
    kept: Mutex<BTreeMap<String, Token>>,
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|it| !it.trim().is_empty())
}

impl Identity {
    /// That sign-in; `tenant` where it is not the usual one.
    ///
    /// # Errors
    /// There is no TLS or no runtime to be had.
    pub fn new(kind: IdentityKind, tenant: Option<String>, cloud: &Cloud) -> io::Result<Identity> {
        let kind = match kind {
            IdentityKind::Auto => chosen(),
            other => other,
        };
        // The service that hands out tokens to a machine lies on it or beside it, and speaks plain HTTP.
        let beside = kind == IdentityKind::ManagedIdentity;
        Ok(Identity {
            kind,
            tenant,
            authority: Mutex::new(cloud.authority.clone()),
            runtime: http::runtime()?,
            client: http::client(&[], beside)?,
            kept: Mutex::default(),
        })
    }

    fn options(&self) -> ClientOptions {
        let mut custom = CustomConfiguration::default();
        let authority = self.authority.lock();
        custom.authority_host = authority.unwrap_or_else(PoisonError::into_inner).clone();
        ClientOptions {
            retry: RetryOptions::none(),
            transport: Some(Transport::new(Arc::new(self.client.clone()))),
            cloud: Some(Arc::new(CloudConfiguration::Custom(custom))),
            ..ClientOptions::default()
        }
    }

    fn credential(&self) -> Result<Arc<dyn TokenCredential>, String> {
        let told = |error: azure_core::Error| first_line(&error.to_string());
        let client_id = variable("AZURE_CLIENT_ID");
        Ok(match self.kind {
            IdentityKind::Auto | IdentityKind::AzureCli => {
                let options = AzureCliCredentialOptions {
                    tenant_id: self.tenant.clone(),
                    ..AzureCliCredentialOptions::default()
                };
                AzureCliCredential::new(Some(options)).map_err(told)?
            }
            IdentityKind::Environment => {
                let tenant = self.tenant.clone().or(variable("AZURE_TENANT_ID"));
                let secret = variable("AZURE_CLIENT_SECRET");
                let (Some(tenant), Some(id), Some(secret)) = (tenant, client_id, secret) else {
                    return Err("of `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` not all are set".to_owned());
                };
                let options = ClientSecretCredentialOptions {
                    client_options: self.options(),
                };
                let secret = Secret::new(secret);
                ClientSecretCredential::new(&tenant, id, secret, Some(options)).map_err(told)?
            }
            IdentityKind::ManagedIdentity => {
                let options = ManagedIdentityCredentialOptions {
                    user_assigned_id: client_id.map(UserAssignedId::ClientId),
                    client_options: self.options(),
                };
                ManagedIdentityCredential::new(Some(options)).map_err(told)?
            }
            IdentityKind::WorkloadIdentity => {
                let options = WorkloadIdentityCredentialOptions {
                    credential_options: ClientAssertionCredentialOptions {
                        client_options: self.options(),
                    },
                    tenant_id: self.tenant.clone(),
                    ..WorkloadIdentityCredentialOptions::default()
                };
                WorkloadIdentityCredential::new(Some(options)).map_err(told)?
            }
        })
    }

    /// Why there is no token, and the command that repairs it.
    fn repair(&self, error: &str) -> String {
        let mut secrets = Vec::new();
        if let Some(secret) = variable("AZURE_CLIENT_SECRET") {
            secrets.push(Token::new(&secret));
        }
        let line = scrub(&first_line(error), &secrets);
        let tenant = self.tenant.as_deref();
        let login = match tenant {
            Some(tenant) => format!("`az login --tenant {tenant}`"),
            None => "`az login`".to_owned(),
        };
        let has = |texts: &[&str]| texts.iter().any(|it| error.contains(it));
        let what = match self.kind {
            IdentityKind::Auto | IdentityKind::AzureCli if has(&["not found on PATH"]) => {
                return "there is no Azure CLI on this machine: install it and run `az login`, or name another sign-in with `--sign-in`".to_owned();
            }
            IdentityKind::Auto | IdentityKind::AzureCli => of_cli(error, &login),
            IdentityKind::Environment => {
                if has(&["AADSTS7000222"]) {
                    "the secret of the application has expired: `az ad app credential reset --id CLIENT-ID`".to_owned()
                } else if has(&["AADSTS7000215"]) {
                    "the secret in `AZURE_CLIENT_SECRET` is not that of the application".to_owned()
                } else if has(&["AADSTS90002", "AADSTS700016"]) {
                    "the application is not known in the tenant of `AZURE_TENANT_ID`".to_owned()
                } else {
                    "the application of `AZURE_CLIENT_ID` gets no token".to_owned()
                }
            }
            IdentityKind::ManagedIdentity => {
                "no managed identity of this machine answers: `az vm identity assign` gives it one"
                    .to_owned()
            }
            IdentityKind::WorkloadIdentity => {
                "the identity of this workload gets no token".to_owned()
            }
        };
        match line.is_empty() {
            true => what,
            false => format!("{what}; it says: {line}"),
        }
    }
}

/// What is wrong with the sign-in of the Azure CLI, by the number of the error.
fn of_cli(error: &str, login: &str) -> String {
    let has = |texts: &[&str]| texts.iter().any(|it| error.contains(it));
    if has(&["AADSTS50020", "AADSTS90072", "AADSTS90002"]) {
        format!("the user of the Azure CLI is not known in the tenant: {login}")
    } else if has(&[
        "AADSTS70043",
        "AADSTS700082",
        "AADSTS50173",
        "AADSTS50078",
        "expired",
    ]) {
        format!("the sign-in of the Azure CLI has expired: {login}")
    } else if has(&[
        "AADSTS500011",
        "AADSTS90038",
        "AADSTS900382",
        "AADSTS900439",
    ]) {
        // The resource manager of one cloud is unknown to the sign-in of another.
        "the Azure CLI is signed in to another cloud: `az cloud list` shows them, `az cloud set --name NAME` takes one, then `az login`".to_owned()
    } else if has(&["AADSTS53003", "AADSTS53000", "AADSTS53001", "AADSTS530003"]) {
        "conditional access does not let this user in from here; who administers the tenant sees why in its sign-in logs".to_owned()
    } else if has(&["AADSTS50076", "AADSTS50079", "AADSTS50158", "AADSTS65001"]) {
        format!(
            "the tenant wants more than was shown when signing in, a second factor or consent: {login}"
        )
    } else if has(&["az login"]) {
        format!("nobody is signed in with the Azure CLI: {login}")
    } else {
        format!("the Azure CLI gives no token; {login} may help")
    }
}

/// The first sign-in that the environment is set up for. The address where a virtual machine would hand out tokens is not tried
/// unasked: elsewhere nothing answers there, and that takes its time.
fn chosen() -> IdentityKind {
    if variable("AZURE_CLIENT_SECRET").is_some() {
        IdentityKind::Environment
    } else if variable("AZURE_FEDERATED_TOKEN_FILE").is_some() {
        IdentityKind::WorkloadIdentity
    } else if variable("IDENTITY_ENDPOINT").is_some() {
        IdentityKind::ManagedIdentity
    } else {
        IdentityKind::AzureCli
    }
}

impl SignIn for Identity {
    fn token(
        &self,
        _audience: Audience,
        scope: &str,
        fresh: bool,
        limit: Duration,
    ) -> Result<Token, String> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if !fresh && let Some(token) = kept().get(scope) {
            return Ok(token.clone());
        }
        let credential = self.credential()?;
        let begun = Instant::now();
        let mut attempt = 0;
        let got = loop {
            let left = limit.saturating_sub(begun.elapsed());
            let scopes = [scope];
            let asked = credential.get_token(&scopes, None);
            let Some(got) = http::wait(&self.runtime, left, asked) else {
                return Err("the sign-in did not answer in time".to_owned());
            };
            let error = match got {
                Ok(got) => break got,
                Err(error) => error.to_string(),
            };
            attempt += 1;
            let left = limit.saturating_sub(begun.elapsed());
            match pause(self.kind, attempt, &error, left) {
                Some(pause) => std::thread::sleep(pause),
                None => return Err(self.repair(&error)),
            }
        };
        let token = Token::new(got.token.secret());
        kept().insert(scope.to_owned(), token.clone());
        Ok(token)
    }

    fn cloud(&self, cloud: &Cloud) {
        let mut authority = self
            .authority
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        authority.clone_from(&cloud.authority);
    }
}

/// How often the service that hands out tokens to a machine is asked.
const ATTEMPTS: u32 = 4;

/// How long to wait before a sign-in is tried again; none where that does not help. The service of a machine is busy or not up yet for
/// moments (404, 410, 429 and 5xx); the others have retries of their own, or a person to repair them.
fn pause(kind: IdentityKind, attempt: u32, error: &str, left: Duration) -> Option<Duration> {
    let pause = Duration::from_secs(1 << attempt.min(8).saturating_sub(1));
    let helps = kind == IdentityKind::ManagedIdentity && !error.contains("has not been assigned");
    (helps && attempt < ATTEMPTS && pause < left).then_some(pause)
}

/// What an error says first, behind the name of the credential, on one line.
fn first_line(text: &str) -> String {
    let text = text
        .split_once("authentication failed.")
        .map_or(text, |(_, rest)| rest);
    let line = text
        .lines()
        .map(str::trim)
        .find(|it| !it.is_empty())
        .unwrap_or("");
    let plain = line.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_of_the_cli_has_what_repairs_it() {
        for (error, wanted) in [
            ("AADSTS50020: user", "not known in the tenant: LOGIN"),
            ("AADSTS700082: old", "has expired: LOGIN"),
            ("AADSTS500011: resource", "`az cloud set --name NAME`"),
            ("AADSTS53003: blocked", "conditional access"),
            ("AADSTS50076: mfa", "a second factor or consent: LOGIN"),
            ("Please run 'az login'", "nobody is signed in"),
            ("other", "LOGIN may help"),
        ] {
            let told = of_cli(error, "LOGIN");
            assert!(told.contains(wanted), "{error}: {told}");
        }
    }

    #[test]
    fn the_service_of_a_machine_is_asked_again_within_its_time() {
        let machine = IdentityKind::ManagedIdentity;
        let long = Duration::from_secs(60);
        let waits: Vec<Option<u64>> = (1..5)
            .map(|it| pause(machine, it, "HTTP 429", long).map(|it| it.as_secs()))
            .collect();
        assert_eq!(waits, [Some(1), Some(2), Some(4), None]);
        assert_eq!(pause(machine, 1, "HTTP 503", Duration::from_secs(1)), None);
        let never = "The requested identity has not been assigned to this resource";
        assert_eq!(pause(machine, 1, never, long), None);
        assert_eq!(pause(IdentityKind::AzureCli, 1, "expired", long), None);
    }
}
