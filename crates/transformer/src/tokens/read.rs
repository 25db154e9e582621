//! The tokeniser's files: `tokenizer.json`, or what there was before it.

use super::{
    Ends, Piece, byte_pairs::BytePairs, normal::Normal, read_unigram, unigram::Unigram, word_piece::WordPiece,
};
use crate::{LoadError, config::Config, folder::Folder};
use serde::Deserialize;
use std::{collections::HashMap, path::Path};

const FILE: &str = "tokenizer.json";
const WORDS: &str = "vocab.txt";
const OPTIONS: &str = "tokenizer_config.json";
const PAIRS_VOCABULARY: &str = "vocab.json";
const PAIRS: &str = "merges.txt";
/// What a piece within a word begins with in a vocabulary of WordPiece.
const WITHIN: &str = "##";
/// The longest word of WordPiece, in characters, unless the file says otherwise.
const LONGEST_WORD: usize = 100;

/// Cuts texts as the model was taught to.
pub(crate) enum Tokeniser {
    WordPiece(WordPiece),
    BytePairs(BytePairs),
    Unigram(Unigram),
}

impl Tokeniser {
    /// Appends some of the next pieces and moves `at` behind them; `false` at the end of the text.
    pub(crate) fn next(&self, text: &str, at: &mut usize, pieces: &mut Vec<Piece>) -> bool {
        match self {
            Tokeniser::WordPiece(words) => words.next(text, at, pieces),
            Tokeniser::BytePairs(pairs) => pairs.next(text, at, pieces),
            Tokeniser::Unigram(unigram) => unigram.next(text, at, pieces),
        }
    }
}

/// Reads whichever of the tokeniser's files there are.
pub(crate) fn read(folder: &Folder<'_>, config: &Config) -> Result<(Tokeniser, Ends), LoadError> {
    if let Some(text) = folder.text_if_any(FILE)? {
        return Written::read(folder, config, &text);
    }
    if let Some(text) = folder.text_if_any(WORDS)? {
        return from_words(folder, config, &text);
    }
    if let Some(text) = folder.text_if_any(PAIRS_VOCABULARY)? {
        return from_pairs(folder, config, &text);
    }
    // Says that it is missing.
    folder.text(FILE).and_then(|text| Written::read(folder, config, &text))
}

#[derive(Deserialize)]
struct Written {
    normalizer: Option<Normalizer>,
    pre_tokenizer: Option<PreTokenizer>,
    model: Model,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
}

#[derive(Deserialize)]
pub(super) struct Normalizer {
    pub(super) r#type: String,
    /// Of a `Sequence`.
    #[serde(default)]
    pub(super) normalizers: Vec<Self>,
    pub(super) precompiled_charsmap: Option<String>,
    clean_text: Option<bool>,
    handle_chinese_chars: Option<bool>,
    strip_accents: Option<bool>,
    lowercase: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct PreTokenizer {
    pub(super) r#type: String,
    /// Of a `Sequence`.
    #[serde(default)]
    pub(super) pretokenizers: Vec<Self>,
    pub(super) add_prefix_space: Option<bool>,
    pub(super) prepend_scheme: Option<String>,
    use_regex: Option<bool>,
}

#[derive(Deserialize)]
struct AddedToken {
    id: u32,
    content: String,
}

#[derive(Deserialize)]
struct Model {
    /// Left out by some old files of WordPiece.
    r#type: Option<String>,
    continuing_subword_prefix: Option<String>,
    end_of_word_suffix: Option<String>,
    max_input_chars_per_word: Option<usize>,
    #[serde(default)]
    ignore_merges: bool,
    #[serde(default)]
    byte_fallback: bool,
    #[serde(default)]
    merges: Vec<Merge>,
    unk_id: Option<usize>,
    vocab: Vocabulary,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Vocabulary {
    Ids(HashMap<String, u32>),
    Shares(Vec<(String, f64)>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Merge {
    Pair(String, String),
    Spaced(String),
}

impl Written {
    fn read(folder: &Folder<'_>, config: &Config, text: &str) -> Result<(Tokeniser, Ends), LoadError> {
        let written: Self = folder.parse(FILE, text)?;
        let path = folder.path(FILE);
        let unsupported =
            |what: String, instead| LoadError::Unsupported { path: path.clone(), what, instead };
        let pre = written.pre_tokenizer.as_ref().map(|pre| pre.r#type.as_str());
        let normalizer = written.normalizer.as_ref().map(|normalizer| normalizer.r#type.as_str());
        let Model { r#type, vocab, merges, .. } = written.model;
        let kind = r#type.unwrap_or_else(|| "WordPiece".to_owned());
        let vocabulary =
            |wanted| malformed(&path, &format!("has a vocabulary of {kind} that is no {wanted}"));
        let mut ids = match (kind.as_str(), vocab) {
            ("WordPiece" | "BPE", Vocabulary::Ids(ids)) => ids,
            ("WordPiece" | "BPE", Vocabulary::Shares(_)) => {
                return Err(vocabulary("table of pieces with ids"));
            }
            ("Unigram", Vocabulary::Shares(shares)) if !written.model.byte_fallback => {
                let (normalizer, pre) = (written.normalizer.as_ref(), written.pre_tokenizer.as_ref());
                return read_unigram::read(&path, config, shares, written.model.unk_id, normalizer, pre);
            }
            ("Unigram", Vocabulary::Ids(_)) => return Err(vocabulary("list of pieces with shares")),
            _ => {
                let what = format!("a tokeniser of the type {kind:?}");
                return Err(unsupported(what, "WordPiece, BPE, and Unigram without byte_fallback are"));
            }
        };
        for added in written.added_tokens {
            ids.entry(added.content).or_insert(added.id);
        }
        if kind == "BPE" {
            if normalizer.is_some() || pre != Some("ByteLevel") {
                let what = "BPE with a normalizer, or without the pre_tokenizer ByteLevel".to_owned();
                return Err(unsupported(what, "byte-level BPE as RoBERTa has it is"));
            }
            let odd = |written: &Option<String>| written.as_ref().is_some_and(|text| !text.is_empty());
            let options = written.pre_tokenizer.as_ref();
            if odd(&written.model.continuing_subword_prefix)
                || odd(&written.model.end_of_word_suffix)
                || written.model.ignore_merges
                || written.model.byte_fallback
                || options.and_then(|pre| pre.use_regex) == Some(false)
            {
                let what = "BPE with prefixes, suffixes, ignored merges, byte_fallback or without use_regex";
                return Err(unsupported(what.to_owned(), "byte-level BPE as RoBERTa has it is"));
            }
            let merges = merges.into_iter().map(|merge| match merge {
                Merge::Pair(left, right) => Some((left, right)),
                Merge::Spaced(both) => both.split_once(' ').map(|(l, r)| (l.to_owned(), r.to_owned())),
            });
            let space_first = options.and_then(|pre| pre.add_prefix_space) == Some(true);
            return pairs(&path, config, &ids, merges, space_first);
        }
        let normal = match (normalizer, written.normalizer.as_ref()) {
            (Some("BertNormalizer"), Some(written)) => {
                let lowercase = written.lowercase.unwrap_or(true);
                Normal {
                    clean: written.clean_text.unwrap_or(true),
                    ideographs_alone: written.handle_chinese_chars.unwrap_or(true),
                    strip_accents: written.strip_accents.unwrap_or(lowercase),
                    lowercase,
                }
            }
            (other, _) => {
                let what = format!("WordPiece with the normalizer {:?}", other.unwrap_or("(none)"));
                return Err(unsupported(what, "BertNormalizer is"));
            }
        };
        if pre != Some("BertPreTokenizer") {
            let what = format!("WordPiece with the pre_tokenizer {:?}", pre.unwrap_or("(none)"));
            return Err(unsupported(what, "BertPreTokenizer is"));
        }
        let within = written.model.continuing_subword_prefix.as_deref().unwrap_or(WITHIN);
        let longest = written.model.max_input_chars_per_word.unwrap_or(LONGEST_WORD).min(1000);
        words(&path, config, ids, within, normal, longest)
    }
}

#[derive(Default, Deserialize)]
struct Options {
    do_lower_case: Option<bool>,
    strip_accents: Option<bool>,
    tokenize_chinese_chars: Option<bool>,
    add_prefix_space: Option<bool>,
}

fn options(folder: &Folder<'_>) -> Result<Options, LoadError> {
    let text = folder.text_if_any(OPTIONS)?;
    text.map_or_else(|| Ok(Options::default()), |text| folder.parse(OPTIONS, &text))
}

/// One piece a line, its number the line's.
fn from_words(folder: &Folder<'_>, config: &Config, text: &str) -> Result<(Tokeniser, Ends), LoadError> {
    let options = options(folder)?;
    let lowercase = options.do_lower_case.unwrap_or(true);
    let normal = Normal {
        clean: true,
        ideographs_alone: options.tokenize_chinese_chars.unwrap_or(true),
        strip_accents: options.strip_accents.unwrap_or(lowercase),
        lowercase,
    };
    let lines = text.lines().enumerate();
    let ids = lines.map(|(id, piece)| (piece.trim_end_matches('\r').to_owned(), id as u32)).collect();
    words(&folder.path(WORDS), config, ids, WITHIN, normal, LONGEST_WORD)
}

/// A vocabulary, and one pair of pieces a line.
fn from_pairs(folder: &Folder<'_>, config: &Config, text: &str) -> Result<(Tokeniser, Ends), LoadError> {
    let ids: HashMap<String, u32> = folder.parse(PAIRS_VOCABULARY, text)?;
    let merges = folder.text(PAIRS)?;
    let lines = merges.lines().filter(|line| !line.starts_with("#version") && !line.is_empty());
    let merges = lines.map(|line| line.split_once(' ').map(|(l, r)| (l.to_owned(), r.to_owned())));
    let space_first = options(folder)?.add_prefix_space.unwrap_or(false);
    pairs(&folder.path(PAIRS_VOCABULARY), config, &ids, merges, space_first)
}

fn words(
    path: &Path,
    config: &Config,
    ids: HashMap<String, u32>,
    within: &str,
    normal: Normal,
    longest: usize,
) -> Result<(Tokeniser, Ends), LoadError> {
    check_ids(path, config, ids.values())?;
    let ends = Ends { first: token(path, &ids, "[CLS]")?, last: token(path, &ids, "[SEP]")? };
    let unknown = token(path, &ids, "[UNK]")?;
    let (mut first, mut inner) = (HashMap::new(), HashMap::new());
    for (piece, id) in ids {
        match piece.strip_prefix(within) {
            Some(rest) if !rest.is_empty() => inner.insert(rest.into(), id),
            _ => first.insert(piece.into(), id),
        };
    }
    Ok((Tokeniser::WordPiece(WordPiece { normal, first, inner, unknown, longest }), ends))
}

fn pairs(
    path: &Path,
    config: &Config,
    ids: &HashMap<String, u32>,
    written: impl Iterator<Item = Option<(String, String)>>,
    space_first: bool,
) -> Result<(Tokeniser, Ends), LoadError> {
    check_ids(path, config, ids.values())?;
    let ends = Ends { first: token(path, ids, "<s>")?, last: token(path, ids, "</s>")? };
    let mut bytes = Box::new([0; 256]);
    for (byte, sign) in signs_of_bytes().enumerate() {
        let id = ids.get(sign.encode_utf8(&mut [0; 4]) as &str);
        bytes[byte] = *id.ok_or_else(|| malformed(path, "has a vocabulary without every single byte"))?;
    }
    let mut merges = HashMap::new();
    for (rank, merge) in written.enumerate() {
        let merge = merge.and_then(|(left, right)| {
            let joined = ids.get(&format!("{left}{right}"))?;
            Some(((*ids.get(&left)?, *ids.get(&right)?), *joined))
        });
        let (pair, joined) =
            merge.ok_or_else(|| malformed(path, "has merges of pieces that its vocabulary lacks"))?;
        merges.entry(pair).or_insert((rank as u32, joined));
    }
    Ok((Tokeniser::BytePairs(BytePairs { bytes, merges, space_first }), ends))
}

/// The sign by which a vocabulary of byte pairs writes each byte: itself where it can be seen, and otherwise the next
/// of those from U+0100 on.
fn signs_of_bytes() -> impl Iterator<Item = char> {
    let mut others = 0x100..;
    (0..=u8::MAX).map(move |byte| match byte {
        b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF => char::from(byte),
        _ => others.next().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}

/// Every piece must have its row among the embeddings.
pub(super) fn check_ids<'i>(
    path: &Path,
    config: &Config,
    ids: impl Iterator<Item = &'i u32>,
) -> Result<(), LoadError> {
    match ids.max() {
        Some(most) if *most as usize >= config.vocabulary => Err(LoadError::TooLarge {
            path: path.to_owned(),
            what: "the highest number in its vocabulary",
            is: u64::from(*most),
            at_most: config.vocabulary as u64 - 1,
        }),
        _ => Ok(()),
    }
}

pub(super) fn token(path: &Path, ids: &HashMap<String, u32>, token: &'static str) -> Result<u32, LoadError> {
    ids.get(token).copied().ok_or_else(|| LoadError::TokenMissing { path: path.to_owned(), token })
}

pub(super) fn malformed(path: &Path, why: &str) -> LoadError {
    LoadError::Malformed { path: path.to_owned(), why: why.to_owned() }
}
