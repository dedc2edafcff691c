//! Work beside the process in charge: it says from time to time that it is alive.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::Error;
use crate::shared::{Shared, log};

/// Several times within a lease.
const RENEW: Duration = Duration::from_secs(15);

/// Does `work` while its leases are kept alive.
pub(crate) fn keep(shared: &Shared, work: impl FnOnce(&Shared)) {
    let (done, ends) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while ends.recv_timeout(RENEW) == Err(RecvTimeoutError::Timeout) {
                let until = shared.lease_end();
                let renewed = shared.library.write(|tx| library::jobs::renew(tx, &shared.owner, until));
                if let Err(error) = renewed {
                    log("a lease could not be renewed", &Error::from(error));
                }
            }
        });
        work(shared);
        drop(done);
    });
}
