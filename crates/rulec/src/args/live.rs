//! The command line of live sources: who is asked, and how to sign in.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Who is asked beside what was collected.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("asked").multiple(true))]
pub struct LiveArgs {
    /// Ask the system itself what the case does not give, in place of saved answers: `azure`, or the name of a plug-in.
    #[arg(long, value_name = "SYSTEM", num_args = 0..=1, default_missing_value = "azure", group = "asked")]
    pub live: Option<LiveSystem>,
    /// Also ask this plug-in: an executable by its path, or `rulec-provider-NAME` of the PATH by its name; repeatable.
    #[arg(long, value_name = "EXE|NAME", group = "asked")]
    pub provider: Vec<String>,
    /// The cloud: `public`, `china`, `government`, or the address of a resource manager [default: public].
    #[arg(long, value_name = "CLOUD", requires = "live")]
    pub cloud: Option<String>,
    /// How to sign in [default: what the environment is set up for, else the Azure CLI].
    #[arg(long, value_enum, value_name = "WAY", requires = "live")]
    pub sign_in: Option<SignInWay>,
    /// The tenant, where it is not the usual one of the sign-in.
    #[arg(long, value_name = "ID", requires = "live")]
    pub tenant: Option<String>,
    /// A file with a token, in place of a sign-in.
    #[arg(long, value_name = "FILE", requires = "live", conflicts_with_all = ["sign_in", "tenant"])]
    pub token: Option<PathBuf>,
}

/// A system that can be asked itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LiveSystem {
    /// The resource manager of Azure, its activity log, metrics and logs, and Microsoft Graph.
    Azure,
    /// The Windows machine on which this runs, as its user sees it.
    Windows,
    /// A plug-in of that name.
    Plugin(String),
}

impl std::str::FromStr for LiveSystem {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<LiveSystem, Self::Err> {
        Ok(match text {
            "azure" => LiveSystem::Azure,
            "windows" => LiveSystem::Windows,
            other => LiveSystem::Plugin(other.to_owned()),
        })
    }
}

/// A way to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SignInWay {
    /// Whoever is signed in with `az login`.
    Cli,
    /// An application: `AZURE_TENANT_ID`, `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET`.
    Environment,
    /// The identity of this machine.
    ManagedIdentity,
    /// The identity of this Kubernetes workload.
    WorkloadIdentity,
}
