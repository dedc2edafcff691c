//! Where a model server is.

use std::net::IpAddr;

use reqwest::Url;

/// The base of an OpenAI-compatible API, such as `http://localhost:11434/v1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

impl Address {
    /// What a person typed: a scheme and the API's path may be left out.
    ///
    /// # Errors
    /// For people, when it names no server.
    pub fn parse(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        let wrong =
            || format!("\u{201c}{typed}\u{201d} is no address of a server. One looks like http://localhost:11434");
        let whole = if typed.contains("://") { typed.to_owned() } else { format!("http://{typed}") };
        let whole = whole.trim_end_matches('/');
        if whole.ends_with(':') {
            return Err(wrong());
        }
        let mut url = Url::parse(whole).map_err(|_| wrong())?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(wrong());
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("Leave the name and the password out of the address; there is a place for the key.".into());
        }
        url.set_query(None);
        url.set_fragment(None);
        if matches!(url.path(), "" | "/") {
            url.set_path("/v1");
        }
        let address = Self(url);
        if address.0.scheme() == "http" && !address.is_local() && !address.is_in_a_private_network() {
            return Err(
                "Over the open internet an address has to begin with https, or anybody could read along.".into()
            );
        }
        Ok(address)
    }

    /// Whether it is this very machine. Everything else is remote: what is asked leaves the machine.
    pub fn is_local(&self) -> bool {
        match self.ip() {
            Some(ip) => ip.is_loopback(),
            None => self.0.host_str().is_some_and(|host| host.eq_ignore_ascii_case("localhost")),
        }
    }

    fn is_in_a_private_network(&self) -> bool {
        match self.ip() {
            Some(IpAddr::V4(ip)) => ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
            Some(IpAddr::V6(ip)) => ip.is_unique_local() || ip.is_unicast_link_local(),
            None => self.0.host_str().is_some_and(|host| host.ends_with(".local") || !host.contains('.')),
        }
    }

    fn ip(&self) -> Option<IpAddr> {
        self.0.host_str()?.trim_matches(['[', ']']).parse().ok()
    }

    /// One of the API's calls.
    pub(crate) fn call(&self, name: &str) -> String {
        format!("{self}/{name}")
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_left_out_is_filled_in() {
        for (typed, whole) in [
            ("localhost:11434", "http://localhost:11434/v1"),
            (" http://127.0.0.1:8080/ ", "http://127.0.0.1:8080/v1"),
            ("https://api.example.org/v1", "https://api.example.org/v1"),
            ("http://[::1]:1234/api/v0", "http://[::1]:1234/api/v0"),
        ] {
            assert_eq!(Address::parse(typed).unwrap().to_string(), whole);
        }
        assert_eq!(Address::parse("localhost:1").unwrap().call("models"), "http://localhost:1/v1/models");
    }

    #[test]
    fn only_this_machine_is_local() {
        for local in ["localhost:1", "127.0.0.1:1", "127.1.2.3", "[::1]:1"] {
            assert!(Address::parse(local).unwrap().is_local(), "{local}");
        }
        for remote in ["192.168.1.5:11434", "https://api.example.org", "https://localhost.example.org", "nas:11434"] {
            assert!(!Address::parse(remote).unwrap().is_local(), "{remote}");
        }
    }

    #[test]
    fn what_is_no_address_or_gives_something_away_is_refused() {
        for wrong in ["", "ftp://localhost", "http://", "a b", "http://name:secret@localhost", "http://example.org"] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }
}
