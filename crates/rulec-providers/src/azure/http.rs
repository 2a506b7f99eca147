//! HTTP for real, on a runtime that nobody else sees.
//!
//! No redirect is followed, no cookie kept, no compressed answer asked for; what is sent to this machine goes through no proxy.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client};
use rulec_artefacts::arm_json::Method;
use tokio::runtime::{Builder, Runtime};

use super::wire::{Call, Fault, Reply, Wire};

/// The network.
#[derive(Debug)]
pub struct Http {
    runtime: Runtime,
    /// Only `https`, through the proxy of the environment.
    outside: Client,
    /// This machine.
    here: Client,
}

impl Http {
    /// With the roots that the system trusts.
    ///
    /// # Errors
    /// There is no TLS or no runtime to be had.
    pub fn new() -> io::Result<Http> {
        Http::trusting(&[])
    }

    /// Trusts these roots too, each a PEM text: those of a proxy that looks into TLS, or of a test.
    ///
    /// # Errors
    /// As [`Http::new`], or a text is no certificate.
    pub fn trusting(roots: &[&str]) -> io::Result<Http> {
        let roots = roots
            .iter()
            .map(|pem| Certificate::from_pem(pem.as_bytes()));
        let roots: Vec<Certificate> = roots.collect::<Result<_, _>>().map_err(io::Error::other)?;
        Ok(Http {
            runtime: runtime()?,
            outside: client(&roots, false)?,
            here: client(&roots, true)?,
        })
    }
}

/// A runtime of its own, on the thread that waits.
pub(super) fn runtime() -> io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// A client that follows nothing. `here` is for this machine: without proxy, and without TLS where the address says so.
pub(super) fn client(roots: &[Certificate], here: bool) -> io::Result<Client> {
    // An error says that there is one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .https_only(!here)
        .user_agent(concat!("rulec/", env!("CARGO_PKG_VERSION")));
    if !roots.is_empty() {
        builder = builder.tls_certs_merge(roots.iter().cloned());
    }
    if here {
        builder = builder.no_proxy();
    }
    builder.build().map_err(io::Error::other)
}

/// Runs a future to its end on a thread of its own, so that a caller inside another runtime is no mistake.
pub(super) fn wait<T: Send>(
    runtime: &Runtime,
    limit: Duration,
    future: impl Future<Output = T> + Send,
) -> Option<T> {
    let run = || runtime.block_on(async { tokio::time::timeout(limit, future).await.ok() });
    std::thread::scope(|scope| scope.spawn(run).join().ok().flatten())
}

impl Wire for Http {
    fn send(&self, call: &Call, limit: Duration, room: usize) -> Result<Reply, Fault> {
        let client = match is_here(&call.url) {
            true => &self.here,
            false => &self.outside,
        };
        wait(&self.runtime, limit, exchange(client, call, room)).unwrap_or(Err(Fault::TimedOut))
    }
}

fn is_here(url: &str) -> bool {
    url.starts_with("http://") || {
        let host = reqwest::Url::parse(url).ok();
        let host = host.as_ref().and_then(|it| it.host_str()).unwrap_or("");
        host == "localhost" || host.starts_with("127.") || host == "[::1]"
    }
}

async fn exchange(client: &Client, call: &Call, room: usize) -> Result<Reply, Fault> {
    let mut request = match call.method {
        Method::Get => client.get(&call.url),
        Method::Post => client.post(&call.url),
    };
    if let Some(token) = &call.token {
        request = request.bearer_auth(token.secret());
    }
    request = request.header("accept", "application/json");
    if call.method == Method::Post {
        request = request
            .header("content-type", "application/json")
            .body(call.body.clone().unwrap_or_default());
    }
    let mut response = request.send().await.map_err(fault)?;
    if response.content_length().is_some_and(|it| it > room as u64) {
        return Err(Fault::TooLarge);
    }
    let status = response.status().as_u16();
    let headers = response.headers().iter().filter_map(|(name, value)| {
        let value = value.to_str().ok()?;
        Some((name.as_str().to_owned(), value.to_owned()))
    });
    let headers = headers.collect();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(fault)? {
        if body.len() + chunk.len() > room {
            return Err(Fault::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply {
        status,
        headers,
        body,
    })
}

/// What went wrong, without the address: that is said by who asked.
fn fault(error: reqwest::Error) -> Fault {
    if error.is_timeout() {
        return Fault::TimedOut;
    }
    let connecting = error.is_connect();
    let error = error.without_url();
    let mut last = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        last = inner.to_string();
        source = inner.source();
    }
    match connecting {
        true if last.contains("certificate") => Fault::Tls(last),
        true => Fault::Unreachable(last),
        false => Fault::Cut(last),
    }
}
