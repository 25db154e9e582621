//! Pictures and copies that somebody says they hand over: of a document, of a person, of a body's measures, of other
//! people's messages.
//!
//! The picture itself is not looked at, only what the text says of it: "attached a scan of my passport".

use super::{
    link::words_before,
    roles::{FILLER, HAS, I_HAVE, KIN, MY, Roles, THEIR, roles},
    words_around::{is_denied, is_given, words_after},
};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What},
    word_set::WordSet,
};
use aside_taxonomy::DataType;

static DOCUMENTS: WordSet<{ DOCUMENT.len() }> = WordSet::new(DOCUMENT);
const DOCUMENT: &[&str] = &[
    "passport",
    "passports",
    "id",
    "ids",
    "identity",
    "identification",
    "driving",
    "driver's",
    "drivers",
    "licence",
    "license",
    "residence",
    "visa",
    "birth",
    "marriage",
    "ausweis",
    "ausweises",
    "personalausweis",
    "perso",
    "reisepass",
    "reisepasses",
    "pass",
    "passes",
    "fuhrerschein",
    "fuhrerscheins",
    "aufenthaltstitel",
    "geburtsurkunde",
    "passeport",
    "permis",
    "d'identite",
    "identite",
    "cni",
    "sejour",
    "pasaporte",
    "dni",
    "nie",
    "carnet",
    "cedula",
    "ine",
    "licencia",
    "passaporto",
    "d'identita",
    "patente",
    "passaporte",
    "rg",
    "cnh",
    "cpf",
    "identidade",
    "cidadao",
    "paspoort",
    "identiteitskaart",
    "rijbewijs",
    "id-kaart",
    "paszportu",
    "paszport",
    "dowodu",
    "dowod",
    "korkort",
    "korkortet",
    "id-kort",
    "legitimation",
    "pasaportumun",
    "pasaportumu",
    "kimligimin",
    "kimligimi",
    "ehliyetimin",
    "passin",
    "ajokortin",
    "pasu",
];

/// Whether a word names a document; the longest ones go on.
fn is_document(word: &[u8]) -> bool {
    let head = &word[..word.len().min(15)];
    DOCUMENTS.has(word)
        || head.eq_ignore_ascii_case(b"personalausweis")
        || head.eq_ignore_ascii_case(b"identiteitsbewi")
}

static PEOPLE: WordSet<{ PERSON.len() }> = WordSet::new(PERSON);
const PERSON: &[&str] = &[
    "me", "myself", "us", "face", "mir", "uns", "gesicht", "gesichts", "moi", "nous", "visage", "mi", "cara",
    "rostro", "faccia", "viso", "volto", "mim", "rosto", "mij", "mezelf", "ons", "gezicht", "mnie", "twarzy",
    "mig", "oss", "ansikte", "yuzumun",
];

static MEASURES: WordSet<{ MEASURE.len() }> = WordSet::new(MEASURE);
const MEASURE: &[&str] = &[
    "fingerprint",
    "fingerprints",
    "thumbprint",
    "iris",
    "retina",
    "fingerabdruck",
    "fingerabdrucks",
    "fingerabdrucke",
    "empreinte",
    "empreintes",
    "huella",
    "huellas",
    "impronta",
    "impronte",
    "digital",
    "digitais",
    "vingerafdruk",
    "vingerafdrukken",
    "odcisku",
    "odciskow",
    "fingeravtryck",
];

static CHATS: WordSet<{ CHAT.len() }> = WordSet::new(CHAT);
const CHAT: &[&str] = &[
    "chat",
    "chats",
    "conversation",
    "messages",
    "message",
    "whatsapp",
    "texts",
    "dm",
    "dms",
    "group",
    "chatverlauf",
    "nachrichten",
    "nachricht",
    "unterhaltung",
    "sms",
    "conversacion",
    "mensajes",
    "conversazione",
    "messaggi",
    "conversa",
    "mensagens",
    "gesprek",
    "berichten",
    "rozmowy",
    "wiadomosci",
    "konversationen",
    "meddelanden",
];

/// Words that already say what is in the picture.
static DOCUMENT_PICTURES: WordSet<{ DOCUMENT_PICTURE.len() }> = WordSet::new(DOCUMENT_PICTURE);
const DOCUMENT_PICTURE: &[&str] =
    &["ausweiskopie", "ausweisfoto", "ausweisscan", "passkopie", "passscan", "paspoortkopie", "paspoortfoto"];

/// Words between a picture and what is in it.
static PARTS: WordSet<{ PART.len() }> = WordSet::new(PART);
const PART: &[&str] = &[
    "front",
    "back",
    "both",
    "sides",
    "first",
    "page",
    "showing",
    "holding",
    "national",
    "vorderseite",
    "ruckseite",
    "recto",
    "verso",
    "carte",
    "titre",
    "carta",
    "cartao",
    "tarjeta",
    "documento",
    "del",
    "su",
    "dos",
    "mia",
    "meus",
    "voor-",
    "achterkant",
    "mojego",
    "prawa",
];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Picture) {
        let Some((start, end, what)) = object(page.bytes(), cue) else { continue };
        let bytes = page.bytes();
        if is_given(bytes, start, end) && !is_denied(bytes, start, end) {
            add(page, found, (start, end), what);
        }
    }
    for cue in page.cues.about(Topic::Biometric) {
        let near: Roles =
            words_before(page.bytes(), cue.start).take(3).fold(0, |all, (_, word)| all | roles(word));
        let whose = near & (MY | THEIR | I_HAVE | HAS) != 0 || is_given(page.bytes(), cue.start, cue.end);
        if whose && !is_denied(page.bytes(), cue.start, cue.end) {
            add(page, found, (cue.start, cue.end), TEMPLATE);
        }
    }
}

type Shown = (DataType, &'static str);
const DOCUMENT_SHOWN: Shown = (DataType::GovIdImage, "id_image");
const PHOTO: Shown = (DataType::BioPhoto, "photo");
const TEMPLATE: Shown = (DataType::BioTemplate, "template");
const MESSAGES: Shown = (DataType::CommThirdPartyMsg, "third_party_msg");

fn add(page: &Page<'_>, found: &mut Found, span: (usize, usize), what: Shown) {
    let evidence = [Evidence::Lexicon];
    found.add(page, span.0, span.1, What::new(what.0, what.1, Certainty::Guessed, &evidence));
}

/// What a picture shows, and the span that says it.
fn object(bytes: &[u8], cue: Cue) -> Option<(usize, usize, Shown)> {
    let word = &bytes[cue.start..cue.end];
    if DOCUMENT_PICTURES.has(word) {
        return Some((cue.start, cue.end, DOCUMENT_SHOWN));
    }
    // "Passport scan", "ID photo".
    if let Some((at, before)) = words_before(bytes, cue.start).next()
        && (is_document(before)
            || before.len() > 3 && before.ends_with(b"-") && is_document(&before[..before.len() - 1]))
        && cue.start - at <= before.len() + 1
    {
        return Some((at, cue.end, DOCUMENT_SHOWN));
    }
    let selfie = word.to_ascii_lowercase().starts_with(b"selfie");
    let mut whose = false;
    for (start, end) in words_after(bytes, cue.end).take(6) {
        if bytes[cue.end..start].iter().any(|b| matches!(b, b',' | b':' | b'(')) {
            break;
        }
        let word = &bytes[start..end];
        let role = roles(word);
        if is_document(word) {
            let what = if selfie { PHOTO } else { DOCUMENT_SHOWN };
            return Some((cue.start, end, what));
        }
        if MEASURES.has(word) {
            return Some((cue.start, end, TEMPLATE));
        }
        if PEOPLE.has(word) && !whose_follows(bytes, end) || role & KIN != 0 && role & FILLER == 0 && whose {
            return Some((cue.start, end, PHOTO));
        }
        if CHATS.has(word) {
            return Some((cue.start, end, MESSAGES));
        }
        whose |= role & (MY | THEIR) != 0;
        if role & (FILLER | MY | THEIR) == 0 && !PARTS.has(word) && !is_of(word) {
            break;
        }
    }
    let mine = words_before(bytes, cue.start).next().is_some_and(|(_, word)| roles(word) & MY != 0);
    (selfie && mine).then_some((cue.start, cue.end, PHOTO))
}

/// "Mi DNI", "ons paspoort": the word belongs to what follows.
fn whose_follows(bytes: &[u8], at: usize) -> bool {
    words_after(bytes, at).next().is_some_and(|(start, end)| {
        start == at + 1
            && (is_document(&bytes[start..end])
                || PEOPLE.has(&bytes[start..end])
                || PARTS.has(&bytes[start..end]))
    })
}

fn is_of(word: &[u8]) -> bool {
    [
        &b"von"[..],
        b"vom",
        b"meu",
        b"minha",
        b"sur",
        b"sobre",
        b"mit",
        b"avec",
        b"con",
        b"com",
        b"met",
        b"z",
        b"d'une",
    ]
    .iter()
    .any(|of| of.eq_ignore_ascii_case(word))
}
