//! A proof as one text that can be checked offline: C2SP `tlog-proof@v1`.

use crate::{Checkpoint, Hash, LedgerError, check_inclusion, leaf_hash, proof::MAX_PROOF};
use base64::prelude::{BASE64_STANDARD, Engine};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The proof that the entry at `index` is under a checkpoint, as text; the signed note comes with it.
/// By custom such files end in `.tlog-proof`.
pub fn proof_text(index: u64, proof: &[Hash], checkpoint_note: &str) -> String {
    let mut text = format!("{HEADER}\nindex {index}\n");
    for hash in proof {
        text.push_str(&BASE64_STANDARD.encode(hash));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(checkpoint_note);
    text
}

/// A proof as it was read, not checked yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// Where in the log the entry stands, from 0.
    pub index: u64,
    /// From the entry's sibling to the root's child.
    pub hashes: Vec<Hash>,
    /// What somebody wrote beside it. Nothing vouches for it.
    pub extra: Option<Vec<u8>>,
    /// The signed note, verbatim.
    pub checkpoint_note: String,
}

impl Proof {
    /// Reads a proof. Only the form is checked.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let malformed = |what: &str| LedgerError::malformed("the proof", what);
        let (head, checkpoint_note) =
            text.split_once("\n\n").ok_or_else(|| malformed("it has no checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(malformed("it is not a tlog-proof of version 1"));
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            None => None,
            Some(extra) => {
                lines.next();
                Some(BASE64_STANDARD.decode(extra).map_err(|_| malformed("its extra data is not base64"))?)
            }
        };
        let digits = lines.next().and_then(|line| line.strip_prefix("index "));
        let digits = digits.ok_or_else(|| malformed("it has no index"))?;
        let index = digits.parse::<u64>().ok().filter(|index| index.to_string() == digits);
        let index = index.ok_or_else(|| malformed("its index is not a number"))?;
        let mut hashes = Vec::new();
        for line in lines {
            let hash = BASE64_STANDARD.decode(line).ok().and_then(|bytes| bytes.try_into().ok());
            hashes.push(hash.ok_or_else(|| malformed("one of its lines is not a hash"))?);
            if hashes.len() > MAX_PROOF {
                return Err(malformed("it has too many hashes"));
            }
        }
        Ok(Self { index, hashes, extra, checkpoint_note: checkpoint_note.to_owned() })
    }

    /// Checks offline that this entry is in the log of this key, and gives the checkpoint it is under.
    pub fn verify(&self, entry: &[u8], vkey: &str) -> Result<Checkpoint, LedgerError> {
        let checkpoint = Checkpoint::open(&self.checkpoint_note, vkey)?;
        check_inclusion(&self.hashes, checkpoint.size, self.index, leaf_hash(entry), checkpoint.root)?;
        Ok(checkpoint)
    }
}
