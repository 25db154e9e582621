//! Walks back from a term to whoever it is said of.

use super::roles::{
    AS, CHILD, ELIDES, FILLER, FIRST, HAS, I_AM, I_HAVE, I_TAKE, IS, KIN, MEMBER, MY, NOT, OTHERS, QUALIFIER,
    Roles, SUFFERS, TAKES, THEIR, THEY_ARE, THIRD, VOTES, roles,
};
use crate::page::is_letter;

/// How many words are walked back at most, and how many bytes.
const WORDS: usize = 10;
const BYTES: usize = 80;

/// How a sentence can say a term of somebody.
#[derive(Clone, Copy)]
pub(super) struct Ways {
    /// Verbs that need nobody before them.
    pub(super) own: Roles,
    /// Verbs that need somebody before them.
    pub(super) others: Roles,
    /// Words of no list that may stand between.
    pub(super) unknown: usize,
    /// Whether the term may open a text without anybody: "divorced, …".
    pub(super) opens: bool,
}

impl Ways {
    /// Ways with so many words of no list between.
    pub(super) const fn new(own: Roles, others: Roles, unknown: usize) -> Self {
        Self { own, others, unknown, opens: false }
    }
}

/// "I am", "as a".
pub(super) const BEING: Ways = Ways { own: I_AM | AS, others: IS, unknown: 0, opens: false };
/// "I have", "my", "diagnosed with".
pub(super) const HAVING: Ways =
    Ways { own: I_HAVE | MY | THEIR | SUFFERS, others: HAS, unknown: 1, opens: false };
/// "I take", "my", "put me on".
pub(super) const TAKING: Ways =
    Ways { own: I_TAKE | I_HAVE | MY | THEIR, others: TAKES | HAS, unknown: 1, opens: false };
/// "I live on", "my", "zit in de".
pub(super) const LIVING_ON: Ways = Ways { own: I_AM | I_TAKE | I_HAVE | MY | THEIR, ..TAKING };
/// Both what one is and what one has.
pub(super) const BEING_OR_HAVING: Ways =
    Ways { own: I_AM | AS | I_HAVE | MY, others: IS | HAS | TAKES, unknown: 0, opens: false };
/// The same for what people put first.
pub(super) const STATUS: Ways = Ways { opens: true, ..BEING_OR_HAVING };
/// "Member of".
pub(super) const JOINING: Ways = Ways { own: MEMBER, others: 0, unknown: 0, opens: false };
/// "Voted for".
pub(super) const VOTING: Ways = Ways { own: VOTES | MEMBER, others: 0, unknown: 1, opens: false };
/// "My wife".
pub(super) const KINSHIP: Ways = Ways { own: 0, others: IS | HAS, unknown: 2, opens: false };

/// Who a term is said of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Link {
    /// Whether it is the writer, in so many words.
    pub(super) first_person: bool,
    /// Where the qualifiers right before the term begin; the term's start without any.
    pub(super) from: usize,
    /// Where the word begins that links.
    pub(super) at: usize,
    /// Whether it is a child.
    pub(super) child: bool,
}

/// Whether a byte belongs to a word here.
pub(super) fn is_part(byte: u8) -> bool {
    is_letter(byte) || byte.is_ascii_digit() || matches!(byte, b'\'' | b'-' | b'%')
}

/// The words before `at`, the nearest first, up to the end of the clause.
pub(super) fn words_before(bytes: &[u8], at: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let from = at.saturating_sub(BYTES);
    let near = &bytes[from..at];
    let mut end = near.len();
    std::iter::from_fn(move || {
        while end > 0 && !is_part(near[end - 1]) {
            // The clause begins here; "im 7. Monat" goes on.
            let ordinal = near[end - 1] == b'.'
                && near.get(end) == Some(&b' ')
                && end > 1
                && near[end - 2].is_ascii_digit();
            if !ordinal && matches!(near[end - 1], b'.' | b'!' | b'?' | b';' | b',' | b'(' | b'\n' | b':') {
                return None;
            }
            end -= 1;
        }
        let length = near[..end].iter().rev().take_while(|b| is_part(**b)).count();
        let (start, word) = (end - length, &near[end - length..end]);
        end = start;
        (length > 0).then_some((from + start, word))
    })
    .take(WORDS)
}

/// A word before a term, as it counts.
pub(super) struct Word {
    /// Where it starts.
    pub(super) start: usize,
    /// What it can do in a sentence.
    pub(super) roles: Roles,
    /// Whether it belongs to a stage: "type" in "type 1 diabetes".
    pub(super) is_stage: bool,
    /// Whether it is a number.
    pub(super) is_number: bool,
}

/// Who the term that begins at `term` is said of, if the words before it say so.
pub(super) fn link_before(bytes: &[u8], term: (usize, usize), ways: Ways) -> Option<Link> {
    let (term, after) = term;
    // "Divorced, two kids" speaks of somebody, "widow spider costume" does not.
    let ways = Ways {
        opens: ways.opens && (bytes[term..after].contains(&b' ') || is_a_phrase_of_its_own(bytes, after)),
        ..ways
    };
    // "Weil ich schwanger bin": the verb may follow.
    let follows = word_after(bytes, after).is_some_and(|word| {
        roles(word) & (I_AM | I_HAVE | IS | HAS) & (ways.own | ways.others) != 0 && roles(word) & FILLER == 0
    });
    let words = words_before(bytes, term).map(|(start, word)| {
        // "Mother's" is the mother; "l'asthme" is "asthme".
        let bare = word.strip_suffix(b"'s").filter(|w| w.len() > 1).unwrap_or(word);
        let is_number = word.iter().all(u8::is_ascii_digit);
        let is = bare.len() < word.len()
            && (bare.eq_ignore_ascii_case(b"she") || bare.eq_ignore_ascii_case(b"he"));
        let word = if bare.len() > 2 { bare } else { word };
        let word = word.strip_suffix(b"'").unwrap_or(word);
        let roles = roles(word) | if is { THEY_ARE } else { 0 };
        Word { start, roles, is_stage: is_stage(word), is_number }
    });
    link(words, term, follows, ways)
}

/// Whether a phrase ends at `at`, or goes on with another.
fn is_a_phrase_of_its_own(bytes: &[u8], at: usize) -> bool {
    const GO_ON: &[&str] = &[
        "and", "with", "here", "since", "but", "so", "und", "mit", "seit", "aber", "et", "avec", "depuis",
        "mais", "y", "con", "desde", "pero", "e", "da", "ma", "com", "mas", "en", "met", "maar", "i", "z",
        "od", "och", "med", "mother", "mum", "mom", "dad", "father", "of",
    ];
    matches!(bytes.get(at), None | Some(b',' | b'.' | b';' | b'!' | b')' | b'\n'))
        || word_after(bytes, at)
            .is_some_and(|word| GO_ON.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word)))
}

/// Who a term is said of by the words before it, the nearest first; `follows` says whether a verb stands behind it.
pub(super) fn link(
    words: impl Iterator<Item = Word>,
    term: usize,
    follows: bool,
    ways: Ways,
) -> Option<Link> {
    let mut link = Link { first_person: false, from: term, at: term, child: false };
    let (mut unknown, mut touching, mut verb, mut own_verb) = (0, true, follows, false);
    let (mut last_start, mut count, mut elides, mut counted) = (term, 0, false, false);
    for Word { start, roles, is_stage, is_number } in words {
        link.at = start;
        count += 1;
        elides = roles & ELIDES != 0 && roles & ways.others != 0 || elides && roles & FILLER != 0;
        counted |= is_number;
        let done = |first_person, child| Some(Link { first_person, child, ..link });
        if roles & NOT != 0 && roles & QUALIFIER == 0 {
            return None;
        }
        if own_verb {
            // Whoever stands before a verb with its person in it can only take it back.
            let asks = roles & OTHERS != 0 && roles & (FIRST | KIN) == 0;
            return if asks { None } else { Some(Link { at: last_start, ..link }) };
        }
        if roles & (KIN | THIRD) != 0 && roles & FILLER == 0 && (verb || roles & KIN != 0) {
            return done(false, roles & CHILD != 0);
        }
        // "She's allergic".
        if roles & THEY_ARE != 0 && ways.others & IS != 0 {
            return done(false, false);
        }
        if verb && roles & (FIRST | I_AM) != 0 {
            return done(true, false);
        }
        // "My package is": the verb belongs to a thing.
        if verb && !follows && roles & (MY | THEIR) != 0 && roles & (HAS | IS | FILLER) == 0 {
            return None;
        }
        if roles & ways.own != 0 {
            if roles & (MY | THEIR) != 0 && roles & ways.own & (I_AM | I_HAVE) == 0 {
                return done(roles & MY != 0, false);
            }
            own_verb = true;
            link.first_person = roles & (I_AM | I_HAVE | I_TAKE | SUFFERS | MEMBER | VOTES) & ways.own != 0;
            last_start = start;
            continue;
        }
        if roles & ways.others != 0 {
            verb = true;
            touching = false;
            continue;
        }
        if roles & QUALIFIER != 0 || is_stage {
            if touching {
                link.from = start;
            }
            continue;
        }
        if roles & FILLER != 0 || is_number {
            // "Type 1" stays together.
            touching &= is_number;
            continue;
        }
        unknown += 1;
        touching = false;
        // Between somebody and the verb, a name may stand.
        if unknown > ways.unknown + usize::from(verb) * 2 || roles & OTHERS != 0 {
            return None;
        }
    }
    // "Recently divorced, …" and "on chemo, …": whoever leaves the pronoun out speaks of themselves.
    let elided = unknown == 0
        && ((verb && !follows && ways.others & TAKES != 0)
            // "Had a stroke …", "är gravid …".
            || (elides && !follows)
            // "22 weeks pregnant".
            || (counted && !verb && count > 1)
            || (!verb && link.from < term)
            || (ways.opens && !verb && count <= 1 && term < 24));
    (own_verb || elided).then_some(Link { at: last_start, ..link })
}

/// The word right behind `at`.
pub(super) fn word_after(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let rest = bytes.get(at..)?.strip_prefix(b" ")?;
    let length = rest.iter().take(24).take_while(|b| is_letter(**b) || **b == b'\'').count();
    (length > 0).then(|| &rest[..length])
}

/// "Type" in "type 1 diabetes".
fn is_stage(word: &[u8]) -> bool {
    [&b"type"[..], b"typ", b"stage", b"grade", b"tipo"].iter().any(|stage| word.eq_ignore_ascii_case(stage))
}
