use library::quizzes::Verdict;

use super::Phrases;

/// What the marker says in Indonesian.
pub(super) struct Indonesian;

impl Phrases for Indonesian {
    fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Correct => "Jawaban ini benar.",
            Verdict::Partial => "Sebagian jawaban ini benar.",
            Verdict::Incorrect => "Jawaban ini belum tepat.",
            Verdict::Unsure => "Bandingkan sendiri dengan jawaban acuan: jawaban ini bisa dipahami dengan dua cara.",
        }
    }

    fn contradicted(&self, points: &str) -> String {
        format!("Bertentangan dengan ini: {points}.")
    }

    fn missing(&self, points: &str) -> String {
        format!("Belum disebut: {points}.")
    }

    fn not_in_full(&self, points: &str) -> String {
        format!("Baru disebut sebagian: {points}.")
    }

    fn misspelt(&self, key: &str) -> String {
        format!("Jawaban ini benar; ejaannya “{key}”.")
    }

    fn not_answered(&self, key: &str) -> String {
        format!("Tidak dijawab. Yang benar: {key}.")
    }

    fn is_other(&self, key: &str) -> String {
        format!("Jawaban ini belum tepat. Yang benar: {key}.")
    }

    fn truth(&self, is_true: bool) -> &'static str {
        if is_true { "Benar" } else { "Salah" }
    }

    fn pairs(&self, right: usize, all: usize) -> String {
        match right {
            0 => "Tidak ada pasangan yang cocok.".to_owned(),
            _ if right == all => "Semua pasangan cocok.".to_owned(),
            some => format!("{some} dari {all} pasangan cocok."),
        }
    }

    fn other_language(&self) -> &'static str {
        "Sejauh ini soal hanya bisa dibuat dari teks berbahasa Inggris, sedangkan teks ini berbahasa lain."
    }

    fn too_few(&self, made: usize, drafts: usize) -> String {
        let look = match drafts {
            0 => String::new(),
            drafts => format!(" {drafts} soal lagi perlu diperiksa dulu."),
        };
        format!(
            "Di sini tidak cukup banyak yang bisa ditanyakan dengan baik: {made} soal lolos semua pemeriksaan.{look}"
        )
    }

    fn without_model(&self, why: &str) -> String {
        format!("Model bahasa gagal, jadi soal lainnya dibuat tanpanya. ({why})")
    }
}
