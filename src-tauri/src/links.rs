//! Addresses that lead out of the app, handed to the program that the system has for them.

use kernel::Code;
use tauri::Url;

use crate::fault::Fault;

/// What may be opened: pages of the web, and a letter to somebody. Anything else could be a program.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// An address that may be opened, in the one way of writing it that the check has seen.
pub(crate) fn allowed(address: &str) -> Result<String, Fault> {
    let refused = || {
        let message = format!("“{address}” can’t be opened: only web pages and e-mail addresses can.");
        Fault::new(Code::Invalid, message)
    };
    let url = Url::parse(address).map_err(|_| refused())?;
    let is_complete = url.scheme() == "mailto" || url.has_host();
    if SCHEMES.contains(&url.scheme()) && is_complete { Ok(url.into()) } else { Err(refused()) }
}

/// Opens an address that [is allowed](allowed). Returns as soon as the program is asked; it may wait for that.
pub(crate) fn open(address: &str) -> Result<(), Fault> {
    // A browser can't be driven by a test: it says here in which file it would see the address.
    #[cfg(debug_assertions)]
    if let Some(file) = std::env::var_os("SMART_STUDY_ROOM_TEST_LINK") {
        return std::fs::write(&file, address).map_err(|error| Fault::not_written(file.as_ref(), &error));
    }
    open::that_detached(address).map_err(|error| {
        let message = format!("No program could be asked to open {address}: {error}. Copy the address instead.");
        Fault::new(Code::Unreadable, message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_web_and_letters_are_opened_and_nothing_else() {
        for (address, opened) in [
            ("https://example.org/a?b=c#d", Some("https://example.org/a?b=c#d")),
            ("HTTP://EXAMPLE.org", Some("http://example.org/")),
            ("mailto:ada@example.org", Some("mailto:ada@example.org")),
            ("https://example.org/a b", Some("https://example.org/a%20b")),
            ("file:///etc/passwd", None),
            ("javascript:alert(1)", None),
            ("data:text/html,hello", None),
            ("tauri://localhost/", None),
            ("ssh://example.org", None),
            ("vbscript:msgbox", None),
            ("--help", None),
            ("example.org", None),
            ("https://", None),
            ("", None),
        ] {
            assert_eq!(allowed(address).ok().as_deref(), opened, "{address}");
        }
    }

    #[test]
    fn what_is_refused_is_named() {
        let fault = allowed("file:///etc/passwd").err();
        assert!(fault.is_some_and(|it| it.code == Code::Invalid && it.message.contains("file:///etc/passwd")));
    }
}
