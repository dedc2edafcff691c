//! Why a model did not answer, in Indonesian. In English a fault says so itself.

use std::time::Duration;

use crate::executor::{ExecutorFault, Spending, Waited};

/// What happened, and what to do. What a server or a file says of itself stays as it is.
pub(super) fn in_indonesian(fault: &ExecutorFault) -> String {
    match fault {
        ExecutorFault::Unreachable { address } => {
            format!(
                "Tidak ada yang menjawab di {address}. Jalankan server model, atau perbaiki alamatnya di pengaturan."
            )
        }
        ExecutorFault::KeyRefused { address } => {
            format!("{address} menolak kunci API. Perbaiki kuncinya di pengaturan.")
        }
        ExecutorFault::Overloaded { address, .. } => format!("{address} sedang terlalu sibuk. Coba lagi nanti."),
        ExecutorFault::Refused { address, status, message } if message.is_empty() => {
            format!("{address} menjawab dengan kesalahan {status}.")
        }
        ExecutorFault::Refused { address, status, message } => {
            format!("{address} menjawab dengan kesalahan {status} ({message}).")
        }
        ExecutorFault::NotAServer { address } => {
            format!("Yang menjawab di {address} bukan server model. Perbaiki alamatnya di pengaturan.")
        }
        ExecutorFault::Garbled { address } => format!("{address} mengirim sesuatu yang tidak dapat dibaca."),
        ExecutorFault::BrokenOff { address } => format!("Sambungan ke {address} terputus di tengah jawaban."),
        ExecutorFault::TooSlow { waited } => in_vain(*waited),
        ExecutorFault::Model { why } => format!("Model tidak dapat dipakai: {why}"),
        ExecutorFault::Broken { why } => format!("Model tidak dapat ditanyai: {why}."),
        ExecutorFault::ContextTooSmall { allowed, needed } => {
            format!("Model dapat menerima {allowed} token, sedangkan pertanyaan dan kutipannya memerlukan {needed}.")
        }
        ExecutorFault::Resting { rest } => {
            let seconds = rest.as_secs().max(1);
            format!("Model gagal beberapa kali berturut-turut dan dibiarkan dulu selama {seconds} detik lagi.")
        }
        ExecutorFault::Spent { limit, of } => {
            let of = match of {
                Spending::Conversation => "percakapan ini",
                Spending::Day => "hari ini",
            };
            format!(
                "Batas {limit} token untuk {of} sudah tercapai. Naikkan batasnya di pengaturan, atau lanjutkan tanpa \
                 model di luar komputer ini."
            )
        }
    }
}

fn in_vain(waited: Waited) -> String {
    let seconds = |time: Duration| time.as_secs_f32().to_string().replace('.', ",");
    match waited {
        Waited::First(time) => format!("Model belum mulai menjawab dalam {} detik.", seconds(time)),
        Waited::Next(time) => format!("Model terdiam selama {} detik di tengah jawabannya.", seconds(time)),
        Waited::Whole(time) => format!("Model belum selesai dalam {} detik.", seconds(time)),
    }
}
