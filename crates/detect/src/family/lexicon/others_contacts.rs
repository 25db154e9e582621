//! Contact details that are said to be somebody else's: "my husband's number is …", "call my wife Anna on …".
//!
//! The number or address itself stays what it is; what is found here are the words that say whose it is, and the
//! name among them.

use super::{
    link::{Word, words_before},
    other_scripts::{clause_before, tokens, words},
    roles::{FILLER, FIRST, HAS, IS, KIN, MY, NOT, Roles, THEIR, roles},
};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    folded::OTHER_LETTER,
    other_letters::is_spaced,
    page::{Found, Page, What, is_letter},
    word_set::WordSet,
};
use aside_taxonomy::DataType;

/// How many bytes before a detail letters of other scripts are looked for.
const NEAR: usize = 48;

/// People who are no family.
static ACQUAINTANCES: WordSet<{ ACQUAINTANCE.len() }> = WordSet::new(ACQUAINTANCE);
const ACQUAINTANCE: &[&str] = &[
    "friend",
    "neighbour",
    "neighbor",
    "colleague",
    "coworker",
    "co-worker",
    "flatmate",
    "roommate",
    "housemate",
    "boss",
    "landlord",
    "landlady",
    "tenant",
    "carer",
    "lawyer",
    "solicitor",
    "accountant",
    "assistant",
    "ex",
    "ex-husband",
    "ex-wife",
    "mother-in-law",
    "father-in-law",
    "cousin",
    "nachbar",
    "nachbarn",
    "nachbarin",
    "kollege",
    "kollegen",
    "kollegin",
    "mitbewohner",
    "mitbewohnerin",
    "vermieter",
    "anwalt",
    "anwaltin",
    "chefs",
    "schwiegermutter",
    "voisin",
    "voisine",
    "collegue",
    "ami",
    "amie",
    "colocataire",
    "avocat",
    "belle-mere",
    "vecino",
    "vecina",
    "amigo",
    "amiga",
    "jefe",
    "abogado",
    "abogada",
    "vicino",
    "vicina",
    "collega",
    "amico",
    "amica",
    "avvocato",
    "coinquilino",
    "vizinho",
    "vizinha",
    "colega",
    "advogado",
    "buurman",
    "buurvrouw",
    "huisgenoot",
    "sasiada",
    "sasiadki",
    "kolegi",
    "kolezanki",
    "granne",
    "grannes",
    "kollega",
    "komsumun",
    "arkadasimin",
];

/// Family in the cases that "of" takes, and where "my" is in the word.
static OF_FAMILY: WordSet<{ OF_FAMILIES.len() }> = WordSet::new(OF_FAMILIES);
const OF_FAMILIES: &[&str] = &[
    "mannes",
    "bruders",
    "vaters",
    "sohnes",
    "sohns",
    "freundes",
    "partners",
    "opas",
    "omas",
    "mutters",
    "meza",
    "zony",
    "mamy",
    "taty",
    "ojca",
    "matki",
    "brata",
    "siostry",
    "corki",
    "syna",
    "babci",
    "mans",
    "frus",
    "mammas",
    "pappas",
    "brors",
    "systers",
    "dotters",
    "sons",
    "mors",
    "fars",
    "esimin",
    "annemin",
    "babamin",
    "kardesimin",
    "oglumun",
    "kizimin",
    "kocamin",
    "karimin",
];

/// Words that name a detail, or stand between it and whoever it belongs to.
static DETAILS: WordSet<{ DETAIL.len() }> = WordSet::new(DETAIL);
const DETAIL: &[&str] = &[
    "number",
    "no",
    "phone",
    "mobile",
    "cell",
    "telephone",
    "tel",
    "contact",
    "email",
    "e-mail",
    "mail",
    "address",
    "whatsapp",
    "work",
    "new",
    "under",
    "via",
    "au",
    "joindre",
    "by",
    "reach",
    "reached",
    "lives",
    "nummer",
    "telefonnummer",
    "handynummer",
    "handy",
    "telefon",
    "mailadresse",
    "e-mail-adresse",
    "adresse",
    "anschrift",
    "lautet",
    "unter",
    "erreichbar",
    "wohnt",
    "numero",
    "telephone",
    "portable",
    "habite",
    "telefono",
    "movil",
    "celular",
    "correo",
    "direccion",
    "vive",
    "cellulare",
    "indirizzo",
    "abita",
    "telemovel",
    "endereco",
    "mora",
    "telefoonnummer",
    "mobiel",
    "adres",
    "woont",
    "numer",
    "telefonu",
    "komorki",
    "to",
    "on",
    "mieszka",
    "numret",
    "mejl",
    "bor",
    "numarasi",
    "telefonu",
    "adresi",
];

/// "His", "her": only before a detail.
static PRONOUNS: WordSet<{ PRONOUN.len() }> = WordSet::new(PRONOUN);
const PRONOUN: &[&str] =
    &["his", "her", "their", "seine", "leur", "suo", "zijn", "haar", "jego", "jej", "hans", "hennes"];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let contacts: Vec<(usize, usize)> = found
        .findings
        .iter()
        .filter(|finding| {
            matches!(
                finding.data_type,
                DataType::ContactPhone | DataType::ContactEmail | DataType::ContactAddress
            )
        })
        .map(|finding| page.folded.folded(finding.start, finding.end))
        .collect();
    for (start, end) in contacts {
        let owner = owner_before(page.bytes(), start)
            .or_else(|| owner_after(page.bytes(), end))
            .or_else(|| owner_in_another_script(page, start));
        if let Some(owner) = owner {
            add(page, found, owner.words, &[Evidence::OtherPerson]);
            if let Some(name) = owner.name {
                add(page, found, name, &[Evidence::OtherPerson, Evidence::Capitals]);
            }
        }
    }
    for cue in page.cues.about(Topic::OthersName) {
        let start = cue.end + usize::from(page.byte(cue.end) == b' ');
        let Some(name) = name(page.bytes(), start) else { continue };
        let somebody = words_before(page.bytes(), cue.start).take(3).any(|(_, word)| is_somebody(word));
        let denied = words_before(page.bytes(), cue.start).take(3).any(|(_, word)| roles(word) & NOT != 0);
        if somebody && !denied {
            add(page, found, name, &[Evidence::CueBefore, Evidence::OtherPerson, Evidence::Capitals]);
        }
    }
}

fn add(page: &Page<'_>, found: &mut Found, span: (usize, usize), evidence: &[Evidence]) {
    let what = What::new(DataType::ContactThirdParty, "third_party", Certainty::Guessed, evidence);
    found.add(page, span.0, span.1, what);
}

/// Whose a detail is said to be.
struct Owner {
    words: (usize, usize),
    name: Option<(usize, usize)>,
}

/// A word without the ending that makes it an owner.
fn stem(word: &[u8]) -> &[u8] {
    let word = word.strip_suffix(b"'s").filter(|stem| stem.len() > 1).unwrap_or(word);
    word.strip_suffix(b"'").unwrap_or(word)
}

/// Whether a word stands for somebody who belongs to the writer.
fn is_somebody(word: &[u8]) -> bool {
    let word = stem(word);
    let role: Roles = roles(word);
    role & KIN != 0 && role & FILLER == 0 || ACQUAINTANCES.has(word) || OF_FAMILY.has(word)
}

/// Whether the language says "my" in the word itself.
fn is_mine_by_itself(word: &[u8]) -> bool {
    let stem = stem(word);
    stem.len() > 4
        && [&b"im"[..], b"imin", b"umun", b"amin", b"em", b"emin", b"um"]
            .iter()
            .any(|end| stem.to_ascii_lowercase().ends_with(end))
}

/// "My husband's number is", "die Nummer meines Mannes ist", "call my wife Anna on", "his number is".
fn owner_before(bytes: &[u8], at: usize) -> Option<Owner> {
    let before = bytes[..at].trim_ascii_end();
    let before = before.strip_suffix(b":").unwrap_or(before);
    let (mut name, mut detail) = (None::<(usize, usize)>, false);
    let mut words = words_before(bytes, before.len()).peekable();
    while let Some((start, word)) = words.next() {
        let role = roles(word);
        if is_somebody(word) {
            let whose = words.peek().is_some_and(|(_, word)| roles(word) & MY != 0);
            let first = if whose { words.next().map(|(start, _)| start) } else { None };
            let from = first.or_else(|| is_mine_by_itself(word).then_some(start))?;
            if words.next().is_some_and(|(_, word)| roles(word) & NOT != 0) {
                return None;
            }
            let end = start + stem(word).len();
            // A name stands right behind the word for the person.
            let name = name.filter(|(first, _)| bytes.get(end..*first) == Some(b" "));
            return Some(Owner { words: (from, end), name });
        }
        if PRONOUNS.has(word) && role & THEIR != 0 {
            return detail.then_some(Owner { words: (start, start + word.len()), name: None });
        }
        if role & (MY | NOT) != 0 && role & FILLER == 0 && !DETAILS.has(word) {
            return None;
        }
        if DETAILS.has(word) {
            detail = true;
        } else if word[0].is_ascii_uppercase()
            && word.len() > 1
            && name.is_none_or(|(first, _)| first == start + word.len() + 1)
        {
            let end = name.map_or(start + stem(word).len(), |(_, end)| end);
            name = Some((start, end));
        } else if role & (FILLER | IS | HAS) == 0 {
            return None;
        }
    }
    None
}

/// "У моего мужа телефон", "夫の電話番号は": read from the text itself.
fn owner_in_another_script(page: &Page<'_>, at: usize) -> Option<Owner> {
    if page.folded.is_original() || !page.bytes()[at.saturating_sub(NEAR)..at].contains(&OTHER_LETTER) {
        return None;
    }
    let text = page.folded.text();
    let (at, _) = page.folded.original(at, at + 1);
    let before = text[..at].trim_end_matches([' ', ':', '：', '(', '（']);
    let clause = clause_before(before, before.len());
    let near: Vec<Word> = if clause.contains(is_spaced) {
        words(clause, before.len()).collect()
    } else {
        tokens(clause, before.len()).collect()
    };
    let who = near.iter().take(5).position(|word| word.roles & KIN != 0)?;
    let own = near[..who].iter().any(|word| word.roles & (FIRST | MY | NOT) != 0 && word.roles & FILLER == 0);
    let unknown = near[..who].iter().filter(|word| word.roles == 0).count();
    if own || unknown > 1 || near.get(who + 1).is_some_and(|word| word.roles & NOT != 0) {
        return None;
    }
    let mine = near.get(who + 1).filter(|word| word.roles & (MY | FIRST) != 0);
    let end = near[who].start
        + match who.checked_sub(1).map(|next| near[next].start) {
            Some(next) => text[near[who].start..next].trim_end().len(),
            None => before.len() - near[who].start,
        };
    let (from, to) = page.folded.folded(mine.map_or(near[who].start, |word| word.start), end);
    Some(Owner { words: (from, to), name: None })
}

/// "07700 900123 is my husband's", "(my wife)".
fn owner_after(bytes: &[u8], at: usize) -> Option<Owner> {
    let window = &bytes[at..bytes.len().min(at + 32)];
    let lead = window.iter().take_while(|b| matches!(b, b' ' | b'(' | b'-')).count();
    let (mut from, mut mine) = (at + lead, None);
    for _ in 0..4 {
        let length =
            bytes[from..].iter().take(24).take_while(|b| is_letter(**b) || matches!(b, b'\'' | b'-')).count();
        let word = &bytes[from..from + length];
        if word.is_empty() {
            return None;
        }
        let role = roles(word);
        if let Some(start) = mine {
            return is_somebody(word).then(|| Owner { words: (start, from + stem(word).len()), name: None });
        }
        if role & MY != 0 {
            mine = Some(from);
        } else if role & (IS | FILLER) == 0 && !DETAILS.has(word) {
            return None;
        }
        from += length + 1;
        if bytes.get(from - 1) != Some(&b' ') {
            return None;
        }
    }
    None
}

/// One to three words with capitals.
fn name(bytes: &[u8], start: usize) -> Option<(usize, usize)> {
    let (mut at, mut end) = (start, start);
    for _ in 0..3 {
        if !bytes.get(at).is_some_and(u8::is_ascii_uppercase) {
            break;
        }
        let length =
            bytes[at..].iter().take(24).take_while(|b| is_letter(**b) || matches!(b, b'\'' | b'-')).count();
        if length < 2 {
            break;
        }
        end = at + length;
        at = end + 1;
        if bytes.get(end) != Some(&b' ') {
            break;
        }
    }
    (end > start).then_some((start, end))
}
