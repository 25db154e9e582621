//! A `tokenizer.json` of SentencePiece's unigrams, as XLM-RoBERTa and CamemBERT have it.

use super::{
    Ends,
    charsmap::Charsmap,
    read::{Normalizer, PreTokenizer, Tokeniser, check_ids, malformed, token},
    unigram::Unigram,
};
use crate::{LoadError, config::Config};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use std::{collections::HashMap, path::Path};

/// The most characters of a piece that are looked for.
const LONGEST_PIECE: usize = 64;

pub(super) fn read(
    path: &Path,
    config: &Config,
    shares: Vec<(String, f64)>,
    unknown: Option<usize>,
    normalizer: Option<&Normalizer>,
    pre: Option<&PreTokenizer>,
) -> Result<(Tokeniser, Ends), LoadError> {
    if !pre.is_some_and(puts_a_space_before_words) {
        let what = "Unigram without the pre_tokenizer Metaspace, or with one that puts nothing before words";
        return Err(unsupported(path, what, "Metaspace as XLM-RoBERTa has it is"));
    }
    let charsmap = charsmap(path, normalizer)?.map_or_else(
        || Some(Charsmap::empty()),
        |written| STANDARD.decode(written).ok().and_then(|bytes| Charsmap::read(&bytes)),
    );
    let charsmap = charsmap.ok_or_else(|| malformed(path, "has a precompiled_charsmap that is none"))?;
    if shares.iter().any(|(_, share)| !share.is_finite()) {
        return Err(malformed(path, "has shares of pieces that are no finite numbers"));
    }
    let unknown = unknown.filter(|unknown| *unknown < shares.len());
    let unknown = unknown.ok_or_else(|| malformed(path, "has no unk_id that is a piece's"))?;
    let least = shares.iter().map(|(_, share)| *share).fold(f64::INFINITY, f64::min);
    let ids: HashMap<String, u32> =
        shares.iter().enumerate().map(|(id, (piece, _))| (piece.clone(), id as u32)).collect();
    check_ids(path, config, ids.values())?;
    let ends = Ends { first: token(path, &ids, "<s>")?, last: token(path, &ids, "</s>")? };
    let mut pieces: HashMap<Box<str>, (u32, f64)> = HashMap::new();
    for (id, (piece, share)) in shares.into_iter().enumerate() {
        // What is special is never a piece of a text.
        let special = id == unknown || [ends.first, ends.last].contains(&(id as u32));
        if !special && !piece.is_empty() && !["<pad>", "<mask>"].contains(&piece.as_str()) {
            pieces.insert(piece.into(), (id as u32, share));
        }
    }
    let longest = pieces.keys().map(|piece| piece.chars().count()).max().unwrap_or(1);
    let (unknown, longest) = (unknown as u32, longest.min(LONGEST_PIECE));
    Ok((Tokeniser::Unigram(Unigram { charsmap, pieces, unknown, least, longest }), ends))
}

/// Whether each word is read with a space before it, the first as well.
fn puts_a_space_before_words(pre: &PreTokenizer) -> bool {
    let never = |scheme: &str| scheme == "never";
    match pre.r#type.as_str() {
        "Metaspace" => {
            pre.add_prefix_space != Some(false) && !pre.prepend_scheme.as_deref().is_some_and(never)
        }
        "Sequence" => match &pre.pretokenizers[..] {
            [split, metaspace] => split.r#type == "WhitespaceSplit" && puts_a_space_before_words(metaspace),
            _ => false,
        },
        _ => false,
    }
}

/// The table of characters, where there is one.
fn charsmap<'n>(path: &Path, normalizer: Option<&'n Normalizer>) -> Result<Option<&'n str>, LoadError> {
    let mut found = None;
    let parts = match normalizer {
        Some(normalizer) if normalizer.r#type == "Sequence" => &normalizer.normalizers[..],
        normalizer => normalizer.map(std::slice::from_ref).unwrap_or_default(),
    };
    for part in parts {
        match part.r#type.as_str() {
            "Precompiled" if found.is_none() => found = part.precompiled_charsmap.as_deref(),
            // Spaces in a row are one in any case.
            "Strip" | "Replace" => {}
            _ => {
                let what = "Unigram with a normalizer of its own";
                return Err(unsupported(path, what, "Precompiled, with Strip and Replace for spaces, is"));
            }
        }
    }
    Ok(found)
}

fn unsupported(path: &Path, what: &str, instead: &'static str) -> LoadError {
    LoadError::Unsupported { path: path.to_owned(), what: what.to_owned(), instead }
}
