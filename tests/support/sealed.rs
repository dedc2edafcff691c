//! Processes that can't open a socket of the internet: one that tries is ended by the system at that instant, whatever it
//! started included.
//!
//! This is a filter of system calls (seccomp), which needs no rights. It holds for everything that the process starts and
//! can't be taken off again; so what ends as it should has opened none.
#![allow(unsafe_code, reason = "the system's interface for filters is one of pointers")]

use std::io::{Error, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

use libc::{BPF_ABS, BPF_JEQ, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, sock_filter, sock_fprog};

/// Where the number of a system call and the lower half of its first argument stand in what a filter sees
/// (`struct seccomp_data`; on machines whose numbers begin with the lower half).
const NUMBER: u32 = 0;
const FIRST_ARGUMENT: u32 = 16;

/// Seals a command that is about to be started.
pub fn seal(command: &mut Command) -> &mut Command {
    // SAFETY: between fork and exec nothing is done but two system calls that read memory which is there already.
    unsafe { command.pre_exec(seal_this) }
}

/// Ends this process when it opens a socket of the internet, or when it asks for the one interface by which sockets can be
/// opened without a system call of their own.
fn seal_this() -> Result<()> {
    // What a call with open arguments takes has to be as wide as it is read.
    const ONE: libc::c_ulong = 1;
    const NONE: libc::c_ulong = 0;
    let load = |offset| statement(BPF_LD | BPF_W | BPF_ABS, offset);
    let end = |with| statement(BPF_RET | BPF_K, with);
    let mut program = [
        load(NUMBER),
        unless_equal(libc::SYS_io_uring_setup as u32, 1),
        end(libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32),
        unless_equal(libc::SYS_socket as u32, 5),
        load(FIRST_ARGUMENT),
        unless_equal(libc::AF_INET as u32, 1),
        end(libc::SECCOMP_RET_KILL_PROCESS),
        unless_equal(libc::AF_INET6 as u32, 1),
        end(libc::SECCOMP_RET_KILL_PROCESS),
        end(libc::SECCOMP_RET_ALLOW),
    ];
    let filter = sock_fprog { len: program.len() as u16, filter: program.as_mut_ptr() };
    // SAFETY: the filter lives until the call has returned; the system copies it.
    let done = unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, ONE, NONE, NONE, NONE) == 0
            && libc::prctl(libc::PR_SET_SECCOMP, libc::c_ulong::from(libc::SECCOMP_MODE_FILTER), &raw const filter) == 0
    };
    if done { Ok(()) } else { Err(Error::last_os_error()) }
}

fn statement(code: u32, k: u32) -> sock_filter {
    sock_filter { code: code as u16, jt: 0, jf: 0, k }
}

/// Goes on with the next line if what was loaded is `value`, and leaves out `lines` of them if it isn't.
fn unless_equal(value: u32, lines: u8) -> sock_filter {
    sock_filter { code: (BPF_JMP | BPF_JEQ | BPF_K) as u16, jt: 0, jf: lines, k: value }
}
