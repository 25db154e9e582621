//! The rest of a sentence around a word: what it denies, asks or hands over.

use super::{
    link::is_part,
    roles::{NOT, roles},
};
use crate::{
    page::{is_letter, sentence_ends_in},
    word_set::WordSet,
};

/// How many bytes of the sentence are read on each side.
const BYTES: usize = 72;

/// Words that hand something over, or say that it was.
static GIVES: WordSet<{ GIVING.len() }> = WordSet::new(GIVING);
const GIVING: &[&str] = &[
    "attached",
    "attaching",
    "attachment",
    "enclosed",
    "here",
    "here's",
    "heres",
    "sent",
    "sending",
    "uploaded",
    "uploading",
    "emailed",
    "submitted",
    "below",
    "anbei",
    "angehangt",
    "anhang",
    "hier",
    "beigefugt",
    "geschickt",
    "gesendet",
    "schicke",
    "sende",
    "ubersende",
    "hochgeladen",
    "ci-joint",
    "ci-jointe",
    "joint",
    "jointe",
    "voici",
    "voila",
    "envoye",
    "envoie",
    "adjunto",
    "adjunta",
    "aqui",
    "envie",
    "enviado",
    "enviei",
    "envio",
    "mando",
    "mandado",
    "mandei",
    "subido",
    "allego",
    "allegato",
    "allegata",
    "ecco",
    "inviato",
    "inviata",
    "invio",
    "mandato",
    "mandata",
    "anexo",
    "segue",
    "bijlage",
    "bijgevoegd",
    "hierbij",
    "gestuurd",
    "stuur",
    "verstuurd",
    "zalaczam",
    "zalaczniku",
    "przesylam",
    "wyslalem",
    "wyslalam",
    "wysylam",
    "oto",
    "bifogar",
    "bifogat",
    "bifogad",
    "skickade",
    "skickat",
    "skickar",
    "vedlagt",
    "vedhaeftet",
    "ekte",
    "ekledim",
    "gonderdim",
    "gonderiyorum",
    "liitteena",
    "prikladam",
    "mellekelem",
];

/// Words by which something is only asked for, wished or supposed.
static SUPPOSES: WordSet<{ SUPPOSING.len() }> = WordSet::new(SUPPOSING);
const SUPPOSING: &[&str] = &[
    "if",
    "should",
    "must",
    "want",
    "wants",
    "need",
    "needs",
    "require",
    "requires",
    "required",
    "can",
    "could",
    "would",
    "refuse",
    "why",
    "asks",
    "asking",
    "asked",
    "how",
    "where",
    "interested",
    "considering",
    "wenn",
    "falls",
    "soll",
    "sollen",
    "muss",
    "musste",
    "wollt",
    "wollen",
    "wollte",
    "warum",
    "kann",
    "konnte",
    "mochte",
    "brauche",
    "wo",
    "dois",
    "faut",
    "voulez",
    "veux",
    "voudrais",
    "pourquoi",
    "comment",
    "puis-je",
    "debo",
    "quiero",
    "quieren",
    "quisiera",
    "puedo",
    "devo",
    "vorrei",
    "voglio",
    "posso",
    "perche",
    "quero",
    "preciso",
    "moet",
    "moeten",
    "wil",
    "waarom",
    "musze",
    "chce",
    "czy",
    "jesli",
    "maste",
    "vill",
    "varfor",
    "nasil",
];

/// The part of the sentence before `at`.
fn before(bytes: &[u8], at: usize) -> &[u8] {
    let near = &bytes[at.saturating_sub(BYTES)..at];
    let ends = |i: &usize| match near[*i] {
        b'\n' | b';' => true,
        b'.' | b'!' | b'?' => near.get(i + 1).is_none_or(u8::is_ascii_whitespace),
        _ => false,
    };
    (0..near.len()).rev().find(ends).map_or(near, |i| &near[i + 1..])
}

/// The part of the sentence after `at`, and whether it ends with a question mark.
fn after(bytes: &[u8], at: usize) -> (&[u8], bool) {
    let near = &bytes[at..bytes.len().min(at + BYTES)];
    let end = (0..near.len()).find(|i| {
        matches!(near[*i], b'\n' | b';' | b'?' | b'!')
            || near[*i] == b'.' && near.get(i + 1).is_none_or(u8::is_ascii_whitespace)
    });
    let part = &near[..end.unwrap_or(near.len())];
    let asks = end.is_some_and(|i| near[i] == b'?') && !part.contains(&b',');
    (part, asks)
}

/// The words of a piece of text.
fn words(bytes: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    bytes.split(|b| !is_part(*b)).filter(|word| !word.is_empty())
}

/// Whether the sentence around `start..end` hands over what stands there.
pub(super) fn is_given(bytes: &[u8], start: usize, end: usize) -> bool {
    words(before(bytes, start)).chain(words(after(bytes, end).0)).any(|word| GIVES.has(word))
}

/// Whether the sentence around `start..end` denies it, asks about it, or only supposes it.
pub(super) fn is_denied(bytes: &[u8], start: usize, end: usize) -> bool {
    let (rest, asks) = after(bytes, end);
    let denies = |word: &[u8]| {
        let roles = roles(word);
        roles & NOT != 0 || SUPPOSES.has(word)
    };
    let clause = rest.split(|b| matches!(b, b',' | b':')).next().unwrap_or_default();
    asks || words(before(bytes, start)).any(denies)
        || words(clause).take(4).any(|word| roles(word) & NOT != 0)
}

/// The words after `at` in the same sentence, eight at most: where each starts and ends.
pub(super) fn words_after(bytes: &[u8], at: usize) -> impl Iterator<Item = (usize, usize)> {
    let (part, _) = after(bytes, at);
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + part[from..].iter().position(|b| is_part(*b))?;
        let length = part[start..].iter().take_while(|b| is_part(**b)).count();
        from = start + length;
        Some((at + start, at + from))
    })
    .take(8)
}

/// Whether only spaces and signs stand between two places, no end of a sentence among them.
pub(super) fn is_close(bytes: &[u8], from: usize, to: usize) -> bool {
    bytes.get(from..to).is_some_and(|gap| !gap.iter().any(|b| is_letter(*b)) && !sentence_ends_in(gap))
}
