use super::{Count, Noun, Phrases, capital, faults};
use crate::executor::ExecutorFault;

/// What the study agent says in Indonesian. Words for one thing and for several are the same.
#[derive(Debug)]
pub(super) struct Indonesian;

fn noun(noun: Noun) -> &'static str {
    match noun {
        Noun::Page => "halaman",
        Noun::Slide => "salindia",
        Noun::Sheet => "lembar",
        Noun::Chapter => "bab",
        Noun::MainPart => "bagian utama",
        Noun::Section => "bagian",
        Noun::Heading => "judul",
        Noun::KeyTerm => "istilah penting",
    }
}

impl Phrases for Indonesian {
    fn nothing_answers(&self) -> &'static str {
        "Di ruang ini tidak ditemukan jawaban untuk pertanyaan ini. Tempat-tempat berikut adalah yang paling dekat."
    }

    fn nothing_near(&self) -> &'static str {
        "Di ruang ini tidak ditemukan apa pun yang berkaitan dengan hal ini."
    }

    fn unsupported(&self) -> &'static str {
        "Yang ditulis model tidak didukung isi dokumen, jadi dihilangkan. Sebagai gantinya, dokumen dikutip di sini."
    }

    fn fallen(&self, fault: &ExecutorFault, is_silent: bool) -> String {
        let rest = if is_silent {
            "Sebagai gantinya, jawaban ini mengutip dokumen."
        } else {
            "Selebihnya dikutip dari dokumen."
        };
        format!("{} {rest}", faults::in_indonesian(fault))
    }

    fn nothing_to_ask(&self) -> &'static str {
        "Di sini tidak ada definisi istilah yang bisa dijadikan soal."
    }

    fn nothing_to_sum_up(&self) -> &'static str {
        "Di sini tidak ada yang bisa diringkas: tidak ada paragraf yang dapat dibaca."
    }

    fn no_part(&self) -> &'static str {
        "Tidak ditemukan bagian dokumen yang membahas hal ini. Tempat-tempat berikut adalah yang paling dekat."
    }

    fn subject_gone(&self) -> &'static str {
        "Yang dimaksud sudah tidak ada di ruang ini. Pilih dokumen atau bagian yang masih ada."
    }

    fn subject_wanted(&self) -> &'static str {
        "Sebutkan tentang apa: dokumen, bab, atau bagian menurut judulnya, atau suatu topik."
    }

    fn key_terms(&self) -> &'static str {
        "Istilah penting:"
    }

    fn check_yourself(&self) -> &'static str {
        "Uji pemahaman:"
    }

    fn which_term(&self, meaning: &str) -> String {
        format!("Istilah mana yang dimaksud: “{meaning}”?")
    }

    fn what_means(&self, term: &str) -> String {
        format!("Apa arti “{term}”?")
    }

    fn counted(&self, count: Count) -> String {
        format!("{} {}", count.number, noun(count.noun))
    }

    fn place(&self, of: Noun, label: &str) -> String {
        format!("{} {label}", noun(of))
    }

    fn of_document(&self, place: &str, name: &str) -> String {
        format!("{place} dari {name}")
    }

    fn page_in_file(&self, place: &str, number: u32) -> String {
        format!("{place} (halaman {number} dalam berkas)")
    }

    fn pages(&self, of: Noun, range: &str) -> String {
        format!("{} {range}", capital(noun(of)))
    }

    fn pages_in_file(&self, of: Noun, labels: &str, numbers: &str) -> String {
        format!("{} {labels} (halaman {numbers} dalam berkas)", capital(noun(of)))
    }

    fn pages_with_label(&self, of: Noun, label: &str) -> String {
        format!("{} yang berlabel {label}", capital(noun(of)))
    }

    fn contents_of(&self, name: &str) -> String {
        format!("Daftar isi {name}:")
    }

    fn no_contents(&self, names: &str) -> String {
        format!("{names} tidak memiliki daftar isi, dan tidak ada judul yang ditemukan di dalamnya.")
    }

    fn has_parts(&self, name: &str, parts: Count) -> String {
        format!("{name} memiliki {}:", self.counted(parts))
    }

    fn has_from_to(&self, name: &str, parts: Count, first: &str, last: Option<&str>) -> String {
        let parts = self.counted(parts);
        match last {
            Some(last) => format!("{name} memiliki {parts}, dari {first}, sampai {last}."),
            None => format!("{name} memiliki {parts}, yaitu {first}."),
        }
    }

    fn has(&self, name: &str, length: Count) -> String {
        format!("{name} memiliki {}.", self.counted(length))
    }

    fn has_labelled(&self, name: &str, length: Count, first: &str, last: &str) -> String {
        format!("{name} memiliki {}, dengan label {first} sampai {last}.", self.counted(length))
    }

    fn has_none(&self, name: &str, of: Noun, length: Count) -> String {
        format!("{name} tidak memiliki {}; isinya {}.", noun(of), self.counted(length))
    }

    fn has_no(&self, name: &str, length: Count, words: &str) -> String {
        format!("{name} memiliki {}; tidak ada {words}.", self.counted(length))
    }

    fn has_no_range(&self, name: &str, length: Count, words: &str) -> String {
        self.has_no(name, length, words)
    }

    fn has_no_label(&self, name: &str, length: Count, label: &str) -> String {
        format!("{name} memiliki {}; tidak ada yang berlabel {label}.", self.counted(length))
    }

    fn has_with_label(&self, name: &str, pages: Count, words: &str) -> String {
        format!("{name} memiliki {} dengan label {words}.", self.counted(pages))
    }

    fn last_begins(&self, place: &str, quote: &str, is_last: bool) -> String {
        let which = if is_last { "Yang terakhir" } else { "Yang terakhir dengan teks" };
        format!("{which}, {place}, dimulai dengan {quote}")
    }

    fn more(&self, number: usize) -> String {
        format!("… dan {number} lainnya.")
    }

    fn more_of(&self, count: Count) -> String {
        format!("… dan {} lainnya.", self.counted(count))
    }

    fn more_documents(&self, number: usize) -> String {
        format!("Ruang ini memiliki {number} dokumen lain; sebutkan nama dokumen untuk melihat daftar isinya.")
    }

    fn more_have_it(&self, number: usize) -> String {
        format!("{number} dokumen lain juga memilikinya; sebutkan nama dokumen untuk melihatnya.")
    }

    fn several_have_it(&self, words: &str, names: &str, title: &str) -> String {
        format!("Beberapa dokumen memiliki {words}: {names}. Sebutkan yang dimaksud, misalnya “{words} dari {title}”.")
    }

    fn heading(&self, quote: &str) -> String {
        format!("Judul: {quote}")
    }

    fn table(&self, quote: &str) -> String {
        format!("Tabel: {quote}")
    }

    fn page_told(&self, page: &str) -> String {
        format!("{page}, menurut judul dan awal paragrafnya:")
    }

    fn page_without_text(&self, page: &str) -> String {
        format!("{page} tidak memiliki teks yang dapat dibaca.")
    }

    fn not_read(&self, of: Noun, number: u32, name: &str, read: u32, length: Count) -> String {
        let (noun, length) = (capital(noun(of)), self.counted(length));
        format!("{noun} {number} dari {name} belum dibaca; baru {read} dari {length} yang sudah dibaca.")
    }

    fn its_sections(&self, _number: usize) -> &'static str {
        "Bagiannya:"
    }

    fn its_paragraphs(&self) -> &'static str {
        "Paragrafnya dimulai dengan:"
    }

    fn begins(&self, name: &str, words: &str, title: &str) -> String {
        format!("Di {name}, {words} dimulai di sini: {title}.")
    }

    fn has_sections(&self, chapter: &str, number: usize) -> String {
        match number {
            0 => format!("{chapter}, tidak memiliki bagian."),
            some => format!("{chapter}, memiliki {}:", self.counted(Count::of(some, Noun::Section))),
        }
    }

    fn is_long(&self, chapter: &str, pages: u32, next: Option<&str>) -> String {
        match next {
            Some(next) => format!("{chapter}, panjangnya {pages} halaman; setelah itu {next}."),
            None => format!("{chapter}, panjangnya {pages} halaman sampai akhir dokumen."),
        }
    }

    fn is_defined(&self, term: &str, place: &str, quote: &str) -> String {
        format!("“{term}” didefinisikan di {place}: {quote}")
    }

    fn further_places(&self, _number: usize) -> &'static str {
        "Tempat lain:"
    }

    fn is_called(&self, term: &str, place: &str, quote: &str) -> String {
        format!("“{term}”, di {place}: {quote}")
    }

    fn defines(&self, whose: &str, terms: Count) -> String {
        format!("{whose} mendefinisikan {}:", self.counted(terms))
    }
}
