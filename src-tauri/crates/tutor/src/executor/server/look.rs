//! Looking for model servers on this machine, when the person asks for it.

use std::time::Duration;

use serde::Serialize;
use specta::Type;

use super::address::Address;
use super::{client, wire};
use crate::Error;
use crate::executor::fault::ExecutorFault;

/// Where the usual servers listen.
const USUAL: [(&str, &str); 3] = [
    ("Ollama", "http://localhost:11434/v1"),
    ("LM Studio", "http://localhost:1234/v1"),
    ("llama-server", "http://localhost:8080/v1"),
];

/// A server that is there answers this fast.
const PATIENCE: Duration = Duration::from_secs(2);

/// A list of models is shorter than this, in bytes.
const LONGEST_LIST: usize = 1 << 20;

/// A model server that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FoundServer {
    /// What usually listens there.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The models that it offers.
    pub models: Vec<String>,
}

/// The model servers of this machine.
pub async fn look() -> Vec<FoundServer> {
    let mut found = Vec::new();
    for (name, address) in USUAL {
        let Ok(parsed) = Address::parse(address) else { continue };
        if let Ok(models) = models(&parsed, None).await {
            found.push(FoundServer { name: name.to_owned(), address: address.to_owned(), models });
        }
    }
    found
}

/// The models that the server at an address offers, the address as a person may type it.
///
/// # Errors
/// [`Error::Settings`] says what is wrong with the address or the server.
pub async fn models_of(address: &str, key: Option<&str>) -> Result<Vec<String>, Error> {
    let address = Address::parse(address).map_err(Error::Settings)?;
    models(&address, key).await.map_err(|fault| Error::Settings(fault.to_string()))
}

async fn models(address: &Address, key: Option<&str>) -> Result<Vec<String>, ExecutorFault> {
    let text = || address.to_string();
    let mut request = client(address).get(address.call("models")).timeout(PATIENCE);
    if let Some(key) = key {
        request = request.bearer_auth(key);
    }
    let response = request.send().await.map_err(|_| ExecutorFault::Unreachable { address: text() })?;
    match response.status().as_u16() {
        200 => {}
        401 | 403 => return Err(ExecutorFault::KeyRefused { address: text() }),
        _ => return Err(ExecutorFault::NotAServer { address: text() }),
    }
    let body = super::body(response, LONGEST_LIST).await;
    let models: wire::Models =
        serde_json::from_str(&body).map_err(|_| ExecutorFault::NotAServer { address: text() })?;
    Ok(models.data.into_iter().map(|model| model.id).collect())
}
