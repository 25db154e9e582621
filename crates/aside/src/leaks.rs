//! Looks for values where they must not be: in files as they lie on disk, in texts that went out, and in
//! everything that the keys open.
//!
//! A value is searched for as it was written, without its separators, and in base64, hexadecimal and
//! UTF-16, so that an encoding does not hide it. Short ones are looked for as words, since ids and times are
//! full of digits.

use aho_corasick::{AhoCorasick, MatchKind};
use aside_app::App;
use aside_model::BrandId;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Values shorter than this are too common to be searched for in files; texts are searched for them as
/// words.
const SHORTEST_IN_FILES: usize = 6;

/// In raw bytes values shorter than this count only where letters and digits end: ids, hashes and times
/// are full of short runs.
const SHORTEST_WITHIN: usize = 12;

/// The same for values of hexadecimal digits alone.
const SHORTEST_HEX_WITHIN: usize = 13;

/// Where a value was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leak {
    /// Which of the values, by its place in the list.
    pub value: usize,
    /// Where.
    pub place: String,
}

/// Values to look for.
pub struct Search {
    values: Vec<String>,
    bare: Vec<String>,
    /// Encoded forms, with the value each belongs to, and whether letters and digits must end around it.
    encoded: AhoCorasick,
    owner: Vec<(usize, bool)>,
    words: AhoCorasick,
    word_owner: Vec<usize>,
    bare_words: AhoCorasick,
    bare_owner: Vec<usize>,
}

impl Search {
    /// A search for these values.
    pub fn new(values: &[String]) -> Result<Self, aho_corasick::BuildError> {
        let bare: Vec<String> = values.iter().map(|v| without_separators(v)).collect();
        let mut patterns: Vec<Vec<u8>> = Vec::new();
        let mut owner = Vec::new();
        for (at, (value, bare)) in values.iter().zip(&bare).enumerate() {
            for form in [value, bare] {
                if is_short(form) {
                    continue;
                }
                let bordered = stands_within_others(form);
                patterns.push(form.as_bytes().to_vec());
                owner.push((at, bordered));
                for encoded in encodings(form) {
                    patterns.push(encoded);
                    owner.push((at, false));
                }
            }
        }
        let build =
            |patterns: &[Vec<u8>]| AhoCorasick::builder().match_kind(MatchKind::Standard).build(patterns);
        let encoded = build(&patterns)?;
        let list = |texts: &[String]| {
            let kept: Vec<(usize, Vec<u8>)> = texts
                .iter()
                .enumerate()
                .filter(|(_, t)| !t.is_empty())
                .map(|(at, t)| (at, t.to_lowercase().into_bytes()))
                .collect();
            let (owners, patterns): (Vec<usize>, Vec<Vec<u8>>) = kept.into_iter().unzip();
            (owners, patterns)
        };
        let (word_owner, patterns) = list(values);
        let words = build(&patterns)?;
        let long: Vec<String> =
            bare.iter().map(|b| if is_short(b) { String::new() } else { b.clone() }).collect();
        let (bare_owner, patterns) = list(&long);
        let bare_words = build(&patterns)?;
        Ok(Self { values: values.to_vec(), bare, encoded, owner, words, word_owner, bare_words, bare_owner })
    }

    /// The values in raw bytes: files, database pages, write-ahead logs.
    pub fn in_bytes(&self, bytes: &[u8], place: &str) -> Vec<Leak> {
        let mut leaks: Vec<Leak> = self
            .encoded
            .find_overlapping_iter(bytes)
            .filter_map(|m| {
                let (value, bordered) = self.owner[m.pattern().as_usize()];
                let counts = !bordered || is_bordered(bytes, m.start(), m.end());
                counts.then(|| Leak { value, place: place.to_owned() })
            })
            .collect();
        leaks.sort_by_key(|l| l.value);
        leaks.dedup();
        leaks
    }

    /// The values in a text that people or programs read, as words: `123` is not found in `41234`.
    pub fn in_text(&self, text: &str, place: &str) -> Vec<Leak> {
        let lower = text.to_lowercase();
        let mut leaks = Vec::new();
        for m in self.words.find_overlapping_iter(lower.as_bytes()) {
            if stands_alone(&lower, m.start(), m.end()) {
                leaks.push(Leak { value: self.word_owner[m.pattern().as_usize()], place: place.to_owned() });
            }
        }
        let (bare, starts) = bare_with_starts(&lower);
        for m in self.bare_words.find_overlapping_iter(bare.as_bytes()) {
            let value = self.bare_owner[m.pattern().as_usize()];
            // Without separators everything runs together; it counts where the digits before and after are
            // separated from it in the text itself.
            let (from, to) = (starts[m.start()], starts[m.end() - 1]);
            let end = to + lower[to..].chars().next().map_or(1, char::len_utf8);
            if stands_alone(&lower, from, end) {
                leaks.push(Leak { value, place: place.to_owned() });
            }
        }
        leaks.sort_by_key(|l| l.value);
        leaks.dedup();
        leaks
    }

    /// The values in every file below a folder.
    pub fn in_folder(&self, folder: &Path) -> io::Result<Vec<Leak>> {
        let mut leaks = Vec::new();
        for path in files_below(folder)? {
            match fs::read(&path) {
                Ok(bytes) => leaks.extend(self.in_bytes(&bytes, &path.display().to_string())),
                // A running program takes its own files away.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(e),
            }
        }
        Ok(leaks)
    }

    /// The values in everything that the keys open: bodies, names, addresses, provider ids, jobs, entries'
    /// details. A masked value's own vault entry holds what it holds; every other one is searched, too.
    pub async fn in_store(&self, app: &App, brand: BrandId) -> aside_app::Result<Vec<Leak>> {
        let mut leaks = Vec::new();
        let opened =
            app.open_everything(brand, &mut |place, text| leaks.extend(self.in_text(text, place))).await;
        opened.map(|()| leaks)
    }

    /// How many values are searched for.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// A value without its separators.
    pub fn bare(&self, value: usize) -> &str {
        &self.bare[value]
    }
}

/// Whether a value is too short to be looked for where others write, too.
pub fn is_short(value: &str) -> bool {
    value.trim().chars().count() < SHORTEST_IN_FILES
}

/// How often a value stands in a text as a word, whatever the case of its letters.
pub fn count(value: &str, text: &str) -> usize {
    let (value, text) = (value.trim().to_lowercase(), text.to_lowercase());
    if value.is_empty() {
        return 0;
    }
    text.match_indices(&value).filter(|(at, found)| stands_alone(&text, *at, at + found.len())).count()
}

/// Whether a value is likely to occur within something else.
fn stands_within_others(form: &str) -> bool {
    let length = form.chars().count();
    let hex = form.bytes().all(|b| b.is_ascii_hexdigit());
    length < SHORTEST_WITHIN || (hex && length < SHORTEST_HEX_WITHIN)
}

/// Whether the ASCII letters and digits of a match end where it does.
fn is_bordered(bytes: &[u8], start: usize, end: usize) -> bool {
    let inside = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let runs_on_before = start > 0 && inside(start - 1) && inside(start);
    let runs_on_after = inside(end) && inside(end - 1);
    !runs_on_before && !runs_on_after
}

/// Whether letters and digits end where the match begins and begin where it ends.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let inside_starts = text[start..end].chars().next().is_some_and(char::is_alphanumeric);
    let inside_ends = text[start..end].chars().next_back().is_some_and(char::is_alphanumeric);
    let before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
    let runs_on = (inside_starts && before) || (inside_ends && after);
    !runs_on
}

/// A value without spaces, hyphens, dots and the like; digits of other scripts stay as they are.
fn without_separators(value: &str) -> String {
    value.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn bare_with_starts(text: &str) -> (String, Vec<usize>) {
    let mut bare = String::with_capacity(text.len());
    let mut starts = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        // Words stay apart: only what separates digits within a number is left out.
        if c.is_alphanumeric() {
            bare.push(c);
            starts.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
    }
    (bare, starts)
}

/// A text as it may lie in a file, other than as it is.
fn encodings(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![hex::encode(text).into_bytes()];
    forms.push(hex::encode_upper(text).into_bytes());
    forms.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    forms.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    // Base64 depends on where in a group of three the text begins; what is the same in every case is kept.
    for shift in 0..3 {
        let mut padded = vec![0; shift];
        padded.extend_from_slice(text.as_bytes());
        let encoded = STANDARD_NO_PAD.encode(&padded);
        let (from, to) = (shift.div_ceil(3) * 4, padded.len() / 3 * 4);
        if let Some(core) = encoded.get(from..to).filter(|core| core.len() >= 8) {
            forms.push(core.as_bytes().to_vec());
        }
    }
    forms
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(folder) {
            // A running program takes its own folders away.
            Err(e) if e.kind() == io::ErrorKind::NotFound && !files.is_empty() => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(values: &[&str]) -> Search {
        Search::new(&values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn a_value_is_found_in_every_encoding() {
        let search = search(&["4111 1111 1111 1111"]);
        for text in ["x4111 1111 1111 1111y", "4111111111111111", "343131312031313131203131313120313131 31"] {
            let found = !search.in_bytes(text.as_bytes(), "f").is_empty();
            assert_eq!(found, !text.contains("31 31"), "{text}");
        }
        for shift in 0..3 {
            let encoded = STANDARD_NO_PAD.encode(format!("{}4111111111111111 end", "x".repeat(shift)));
            assert!(!search.in_bytes(encoded.as_bytes(), "f").is_empty(), "shift {shift}");
        }
        let wide: Vec<u8> = "a 4111111111111111".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!search.in_bytes(&wide, "f").is_empty());
        assert!(!search.in_bytes(hex::encode("4111 1111 1111 1111").as_bytes(), "f").is_empty());
        assert!(search.in_bytes(b"4111 1111 1111 1112", "f").is_empty());
    }

    #[test]
    fn a_short_value_is_found_as_a_word_alone() {
        let search = search(&["123", "hunter2"]);
        assert_eq!(search.in_text("cvv 123.", "t").len(), 1);
        assert!(search.in_text("order 41234", "t").is_empty());
        assert!(search.in_bytes(b"...123...", "f").is_empty());
        assert_eq!(search.in_text("it was Hunter2!", "t")[0].value, 1);
    }

    #[test]
    fn a_one_time_code_is_found_in_files_and_not_in_ids_and_times() {
        let search = search(&["753159", "20251122", "hunter2"]);
        for file in ["code: 753159.", "\u{0}753159\u{0}", "hunter2", "Nzc3NzUzMTU5 NzUzMTU5"] {
            assert_eq!(search.in_bytes(file.as_bytes(), "f").len(), 1, "{file}");
        }
        let wide: Vec<u8> = "a753159".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(search.in_bytes(&wide, "f").len(), 1);
        for file in ["019a753159c0", "1763753159012345", "2025-11-22T02:09:30.753159Z", "xhunter2y"] {
            assert!(search.in_bytes(file.as_bytes(), "f").is_empty(), "{file}");
        }
    }

    #[test]
    fn a_value_is_counted_as_a_word() {
        assert_eq!(count("123", "123 Larch Lane, cvv 123, order 1234"), 2);
        assert_eq!(count("Ab1", "AB1, ab1"), 2);
        assert_eq!(count(" ", "a b"), 0);
    }

    #[test]
    fn separators_do_not_hide_a_value_in_a_text() {
        let search = search(&["4111111111111111"]);
        assert_eq!(search.in_text("card: 4111-1111-1111-1111, thanks", "t").len(), 1);
        assert_eq!(search.in_text("card: 4111.1111 1111\n1111", "t").len(), 1);
    }
}
