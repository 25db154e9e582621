//! Checkpoints: the signed head of a log (C2SP `tlog-checkpoint` in a C2SP `signed-note`).

use crate::{Hash, LedgerError, LogKey, MAX_SIZE};
use signed_note::{Note, Signature, StandardVerifier, Verifier, VerifierList};

/// What a log says of itself at one moment: "so many entries, and this is their root".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checkpoint {
    /// Which log: the name of its key.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// The root of the tree of these entries.
    pub root: Hash,
}

fn malformed(what: &str) -> LedgerError {
    LedgerError::malformed("the checkpoint", what)
}

impl Checkpoint {
    /// The signed note to publish as the file `checkpoint`. The key's name must be the origin.
    ///
    /// Sign only what extends everything signed before: two notes that contradict each other are proof
    /// against the log for ever.
    pub fn sign(&self, key: &LogKey) -> Result<String, LedgerError> {
        self.spoken_for_by(key.name())?;
        if self.size > MAX_SIZE {
            return Err(LedgerError::TreeTooLarge(self.size));
        }
        let text = tlog_tiles::Checkpoint::new(&self.origin, self.size, tlog_tiles::Hash(self.root), "")
            .map_err(|_| malformed("its origin is empty"))?
            .to_bytes();
        let signature = Signature::new(key.name().to_owned(), key.id(), key.sign(&text));
        let note = signature.and_then(|signature| Note::new(&text, &[signature]));
        let bytes = note.map_err(|error| malformed(&error.to_string()))?.to_bytes();
        String::from_utf8(bytes).map_err(|_| malformed("not text"))
    }

    /// Reads a note and checks that the log's key (a vkey, `name+id+base64`) has signed it.
    /// Signatures of others, such as witnesses, are passed over.
    pub fn open(note: &str, vkey: &str) -> Result<Self, LedgerError> {
        let verifier = StandardVerifier::new(vkey.trim_end_matches('\n'))
            .map_err(|error| LedgerError::malformed("the verifier key", error.to_string()))?;
        let name = verifier.name().to_owned();
        let parsed = Note::from_bytes(note.as_bytes()).map_err(|error| malformed(&error.to_string()))?;
        parsed
            .verify(&VerifierList::new(vec![Box::new(verifier)]))
            .map_err(|_| LedgerError::NotSigned(name.clone()))?;
        let checkpoint = Self::from_note(&parsed)?;
        checkpoint.spoken_for_by(&name)?;
        Ok(checkpoint)
    }

    /// Reads a note without checking any signature: anybody could have written it.
    pub fn parse_unverified(note: &str) -> Result<Self, LedgerError> {
        Self::from_note(&Note::from_bytes(note.as_bytes()).map_err(|error| malformed(&error.to_string()))?)
    }

    fn from_note(note: &Note) -> Result<Self, LedgerError> {
        let head = tlog_tiles::Checkpoint::from_bytes(note.text())
            .map_err(|_| malformed("not an origin, a size and a root"))?;
        if head.size() > MAX_SIZE {
            return Err(LedgerError::TreeTooLarge(head.size()));
        }
        Ok(Self { origin: head.origin().to_owned(), size: head.size(), root: head.hash().0 })
    }

    fn spoken_for_by(&self, key: &str) -> Result<(), LedgerError> {
        if self.origin == key {
            return Ok(());
        }
        Err(LedgerError::AnotherLog { origin: self.origin.clone(), key: key.to_owned() })
    }
}
