//! A server on loopback that misbehaves as it is told, one deed a connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// What is done with a connection.
#[derive(Clone)]
pub enum Deed {
    /// Writes this, and closes.
    Answer(String),
    /// Begins an answer, and goes on with a byte now and then.
    Drip,
    /// Says nothing.
    Silence,
    /// Sends without end, without saying how much.
    Endless,
    /// Closes at once.
    Close,
}

pub struct Server {
    port: u16,
    deeds: Arc<Mutex<Vec<Deed>>>,
    served: Arc<AtomicUsize>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// The last deed is repeated; without any, nobody listens.
    pub fn start(deeds: Vec<Deed>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server {
            port: listener.local_addr().unwrap().port(),
            deeds: Arc::new(Mutex::new(deeds)),
            served: Arc::default(),
            heard: Arc::default(),
        };
        let (deeds, served, heard) = (
            Arc::clone(&server.deeds),
            Arc::clone(&server.served),
            Arc::clone(&server.heard),
        );
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let deed = {
                    let mut deeds = deeds.lock().unwrap();
                    match deeds.len() {
                        0 => Deed::Close,
                        1 => deeds[0].clone(),
                        _ => deeds.remove(0),
                    }
                };
                served.fetch_add(1, Ordering::SeqCst);
                let heard = Arc::clone(&heard);
                thread::spawn(move || serve(stream, deed, &heard));
            }
        });
        server
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Connections so far.
    pub fn served(&self) -> usize {
        self.served.load(Ordering::SeqCst)
    }

    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// Deeds from now on.
    pub fn next(&self, deeds: Vec<Deed>) {
        *self.deeds.lock().unwrap() = deeds;
    }
}

fn serve(mut stream: TcpStream, deed: Deed, heard: &Mutex<Vec<String>>) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    while !text.windows(4).any(|it| it == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => text.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    heard
        .lock()
        .unwrap()
        .push(String::from_utf8_lossy(&text).into_owned());
    // Whoever waits no longer is gone: that writing fails then is the point.
    match deed {
        Deed::Answer(text) => {
            let _ = stream.write_all(text.as_bytes());
        }
        Deed::Drip => {
            let _ = stream.write_all(b"HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\n");
            for _ in 0..40 {
                if stream.write_all(b" ").is_err() {
                    return;
                }
                thread::sleep(Duration::from_millis(50));
            }
        }
        Deed::Silence => thread::sleep(Duration::from_secs(2)),
        Deed::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 X\r\n\r\n");
            let block = [b' '; 1 << 16];
            for _ in 0..2048 {
                if stream.write_all(&block).is_err() {
                    return;
                }
            }
        }
        Deed::Close => {}
    }
}

/// Speaks TLS with a certificate for `elsewhere.test`; what it hears inside.
pub fn tls_server() -> (String, Arc<Mutex<String>>) {
    let certificate = CertificateDer::from_pem_slice(include_bytes!("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("server.key")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    let heard = Arc::new(Mutex::new(String::new()));
    let kept = Arc::clone(&heard);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = rustls::Stream::new(&mut connection, &mut stream);
            let mut buffer = [0; 4096];
            while let Ok(count) = tls.read(&mut buffer) {
                if count == 0 {
                    break;
                }
                let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
                kept.lock().unwrap().push_str(&text);
            }
        }
    });
    (url, heard)
}
