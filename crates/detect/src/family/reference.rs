//! Numbers under which a brand knows a customer, by cue: policies and claims, customer numbers, bookings, cases, and
//! names to sign in with.

use super::reading::{is_filler, is_link, is_ordinary};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    folded::{OTHER, OTHER_LETTER},
    page::{Found, Page, What, is_letter, is_word},
};
use aside_taxonomy::DataType;

/// Words that are often something else than the label of a number.
const WEAK: &[&[u8]] = &[
    b"apolice",
    b"boeking",
    b"bokning",
    b"booking",
    b"buchung",
    b"reservering",
    b"reservierung",
    b"claim",
    b"client",
    b"kundenkarte",
    b"loyalty card",
    b"member card",
    b"rezervasyon",
    b"expediente",
    b"frequent flyer",
    b"insurance policy",
    b"locator",
    b"police d'assurance",
    b"policy",
    b"polis",
    b"polisa",
    b"poliza",
    b"polizza",
    b"prenotazione",
    b"reserva",
    b"reservation",
    b"rezerwacja",
    b"siniestro",
    b"sinistre",
    b"sinistro",
    b"szkoda",
];

/// Words that stand before what somebody says in a conversation, too.
const SPEAKERS: &[&[u8]] = &[
    b"benutzer",
    b"credentials",
    b"gebruiker",
    b"inlog",
    b"pseudo",
    b"user",
    b"usuario",
    b"utente",
    b"utilisateur",
    b"utilizador",
    b"uzytkownik",
    b"zugang",
    // What follows these is a name and a password, or a sentence about both.
    b"login details",
    b"login info",
    b"login data",
    b"zugangsdaten",
    b"logindaten",
    b"identifiants",
    b"mes identifiants",
    b"datos de acceso",
    b"credenciales",
    b"credenziali",
    b"credenciais",
    b"dados de acesso",
    b"inloggegevens",
    b"dane logowania",
    b"dane do logowania",
    b"inloggningsuppgifter",
    b"giris bilgileri",
    b"loginoplysninger",
];

/// What names such numbers.
pub(super) const TOPICS: &[Topic] = &[
    Topic::Claim,
    Topic::CustomerNumber,
    Topic::BookingReference,
    Topic::CaseReference,
    Topic::Username,
    Topic::Customer,
];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.iter() {
        match cue.topic {
            Topic::Claim => number(page, found, cue, DataType::FinInsuranceClaim, "insurance_claim"),
            Topic::CustomerNumber => number(page, found, cue, DataType::AccountCustomerNo, "customer_no"),
            Topic::BookingReference => number(page, found, cue, DataType::AccountBookingRef, "booking_ref"),
            Topic::CaseReference => number(page, found, cue, DataType::AccountCaseRef, "case_ref"),
            Topic::Username => username(page, found, cue),
            Topic::Customer => customer(page, found, cue),
            _ => {}
        }
    }
}

fn number(page: &Page<'_>, found: &mut Found, cue: Cue, data_type: DataType, kind: &'static str) {
    let Some((start, announced)) = value_after(page, cue.end) else { return };
    let end = token(page, start);
    let value = &page.bytes()[start..end];
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let capitals = value.iter().filter(|b| b.is_ascii_uppercase()).count();
    let small = value.iter().any(u8::is_ascii_lowercase);
    let weak = || WEAK.iter().any(|word| word.eq_ignore_ascii_case(&page.bytes()[cue.start..cue.end]));
    // A record locator ("PNR", which is a person's number in Swedish): five to eight capitals and digits.
    let locator = kind == "booking_ref"
        && (5..=8).contains(&value.len())
        && capitals + digits == value.len()
        && capitals > 0
        && (digits > 0 || value.len() == 6 && (announced || !weak()));
    let numbered = !(kind == "booking_ref" && cue.end - cue.start == 3)
        && digits >= 4
        && value.len() >= 5
        && (!small || capitals == 0 && digits >= 5);
    let typical = capitals > 0 || value.iter().any(|b| matches!(b, b'-' | b'/')) || digits >= 7;
    // "Confirmation code 482913" is a code to sign in with.
    let one_time = page.cues.nearest_after(cue.start, 0, |other| other.topic == Topic::Otp).is_some();
    if !(locator || numbered && (typical || !weak()))
        || one_time && capitals == 0
        || is_date_or_price(page, value, end)
    {
        return;
    }
    take(page, found, start, end, data_type, kind);
}

/// "policy 12/05/2024" and "claim 12000.50" are no numbers of a policy and a claim.
fn is_date_or_price(page: &Page<'_>, value: &[u8], end: usize) -> bool {
    let parts = || value.split(|b| !b.is_ascii_digit()).filter(|part| !part.is_empty());
    let date = value.iter().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'.' | b'-'))
        && matches!(parts().count(), 2 | 3)
        && parts().all(|part| part.len() <= 2 || part.len() == 4)
        && parts().filter(|part| part.len() == 4).count() <= 1
        && parts().nth(1).is_some_and(|part| part.len() <= 2);
    let price = matches!(page.byte(end), b'%' | OTHER) || value.iter().rev().nth(2) == Some(&b'.');
    date || price
}

fn username(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let Some((start, announced)) = value_after(page, cue.end) else { return };
    let quoted = usize::from(matches!(page.byte(start), b'"' | b'\''));
    let start = start + quoted;
    let rest = page.bytes().get(start..).unwrap_or_default();
    let mut length =
        rest.iter().take(40).take_while(|b| is_word(**b) || matches!(b, b'_' | b'.' | b'-')).count();
    while length > 0 && matches!(rest[length - 1], b'.' | b'-') {
        length -= 1;
    }
    let value = &rest[..length];
    let typical =
        value.iter().any(u8::is_ascii_digit) && value.iter().any(|b| is_letter(*b)) || value.contains(&b'_');
    let by_sign = page.bytes()[cue.end..start].iter().any(|b| matches!(b, b':' | b'='));
    // "Your code for login is 829337": digits behind a word for codes are a code.
    let code = |other: Cue| matches!(other.topic, Topic::Otp | Topic::Password);
    if value.iter().all(|b| !is_letter(*b)) && page.cue_before(cue.start, 24, code).is_some() {
        return;
    }
    let whole = page.byte(start + length) != b'@' && page.byte(start + length) != b'\''
        || quoted > 0 && page.byte(start + length) == page.byte(start - 1);
    let in_quotes = quoted > 0 && page.byte(start + length) == page.byte(start - 1);
    let speaker = || SPEAKERS.iter().any(|word| word.eq_ignore_ascii_case(&page.bytes()[cue.start..cue.end]));
    let beside = || {
        beside_password(page, cue, start + length + quoted, by_sign)
            && !is_ordinary(value)
            && !is_filler(value)
    };
    if (3..=32).contains(&length)
        && whole
        && (beside()
            || typical && (announced || !matches!(value, [b'0'..=b'9', ..]))
            || by_sign && !is_ordinary(value) && (!speaker() || in_quotes || page.byte(cue.end) == b'=')
            || length > 4
                && (announced || cue.end - cue.start > 5)
                && !speaker()
                && ends_clause(page, start + length + quoted)
                && !is_ordinary(value))
    {
        take(page, found, start, start + length, DataType::AccountUsername, "username");
        password_behind(page, found, start + length);
    } else if (1..=32).contains(&length) && by_sign && whole && !is_ordinary(value) {
        // "Login: lulu.martin / Biarritz64!"
        if password_behind(page, found, start + length) {
            take(page, found, start, start + length, DataType::AccountUsername, "username");
        }
    }
}

/// The password behind "/" or "," and what has the form of one: whether it was there.
fn password_behind(page: &Page<'_>, found: &mut Found, from: usize) -> bool {
    let bytes = page.bytes();
    let gap = bytes[from..].iter().take(3).take_while(|b| matches!(b, b' ' | b'/' | b'|')).count();
    let len = bytes[from + gap..].iter().take(40).take_while(|b| !b.is_ascii_whitespace()).count();
    let value = &bytes[from + gap..from + gap + len];
    let value = value.strip_suffix(b",").or_else(|| value.strip_suffix(b".")).unwrap_or(value);
    let parted = bytes[from..from + gap].iter().any(|b| *b != b' ');
    if !parted || !super::password::is_unmistakable(value) {
        return false;
    }
    let reasons = [Evidence::CueBefore, Evidence::Format];
    let what = What::new(DataType::CredPassword, "password", Certainty::Likely, &reasons);
    found.take(page, from + gap, from + gap + value.len(), what);
    true
}

/// "I'm customer 40882210": the number right behind the word.
fn customer(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let direct = page.byte(cue.end) == b' ';
    let Some(i) = page.group_at(cue.end + 1).filter(|_| direct) else { return };
    let group = page.groups[i];
    let sign = matches!(page.byte(group.end), b'.' | b',' | b'/' | b'-' | b':');
    let goes_on = is_word(page.byte(group.end + usize::from(sign)));
    if (6..=12).contains(&group.len()) && !goes_on {
        take(page, found, group.start, group.end, DataType::AccountCustomerNo, "customer_no");
    }
}

/// Whether the text, the line or the sentence ends there.
fn ends_clause(page: &Page<'_>, end: usize) -> bool {
    let rest = page.bytes().get(end..).unwrap_or_default();
    matches!(rest.first(), None | Some(b'\n'))
        || matches!(rest[0], b'.' | b',' | b'!' | b'?' | b';' | b')')
            && rest.get(1).is_none_or(u8::is_ascii_whitespace)
}

/// Whether a password is named right behind the value, or shortly before the cue: who says both says both.
fn beside_password(page: &Page<'_>, cue: Cue, end: usize, by_sign: bool) -> bool {
    let password = |other: Cue| other.topic == Topic::Password;
    // "The login page password field": the word has other meanings.
    let login = page.bytes()[cue.start..cue.end].to_ascii_lowercase().starts_with(b"log");
    let behind = || page.cues.nearest_after(end, 6, password).is_some();
    // On the line before, somebody else may have spoken.
    let before = || {
        page.cue_before(cue.start, 40, password)
            .is_some_and(|before| !page.bytes()[before.end..cue.start].contains(&b'\n'))
    };
    by_sign && before() || (by_sign || !login) && behind()
}

fn take(
    page: &Page<'_>,
    found: &mut Found,
    start: usize,
    end: usize,
    data_type: DataType,
    kind: &'static str,
) {
    let from = page.groups.partition_point(|group| group.end <= start);
    let used =
        (from..page.groups.len()).take_while(|i| page.groups[*i].start < end).any(|i| found.is_used(i));
    if !used {
        found.take(page, start, end, What::new(data_type, kind, Certainty::Likely, &[Evidence::CueBefore]));
    }
}

/// Where the value begins behind signs and meaningless words ("no.", "n°", "is", ":"), and whether something
/// announced it.
fn value_after(page: &Page<'_>, from: usize) -> Option<(usize, bool)> {
    let bytes = page.bytes();
    let (mut at, mut announced) = (from, false);
    while at < bytes.len().min(from + 32) {
        match bytes[at] {
            b':' | b'=' | b'#' => announced = true,
            b' ' | b'\t' | b'\n' | b'\r' | b'.' | b'-' | b'(' | b'"' | OTHER => {}
            // "it's", "c'est"
            b'\'' if is_letter(page.before(at)) && bytes.get(at + 1).is_some_and(|b| is_letter(*b)) => {}
            OTHER_LETTER if particle(bytes, at).is_some() => {
                announced = true;
                at += particle(bytes, at).unwrap_or_default();
                continue;
            }
            byte if is_letter(byte) => {
                let len = bytes[at..].iter().take(9).take_while(|b| is_letter(**b)).count();
                let word = &bytes[at..at + len];
                let word = word.strip_suffix(&[OTHER_LETTER]).unwrap_or(word);
                let ends = bytes.get(at + len).is_none_or(|b| !is_word(*b));
                let elided = matches!(word, [b'c' | b'C']) && bytes.get(at + len) == Some(&b'\'');
                // "ES-88210", "KD-229018": the number begins with them.
                let begins = word.iter().all(u8::is_ascii_uppercase)
                    && bytes.get(at + len) == Some(&b'-')
                    && bytes.get(at + len + 1).is_some_and(u8::is_ascii_digit);
                if begins || !ends || !(is_link(word) || is_filler(word) || elided) {
                    break;
                }
                announced |= is_link(word);
                at += len;
                continue;
            }
            _ => break,
        }
        at += 1;
    }
    // "Claim #4711": the sign is the end of the word.
    let signed = from > 0 && (bytes[from - 1] == b'#' || bytes[from - 1] == OTHER_LETTER);
    ((at > from || signed) && at < bytes.len()).then_some((at, announced || signed))
}

/// How many letters of another script stand between a word and its value: "は", "是".
fn particle(bytes: &[u8], at: usize) -> Option<usize> {
    let letters = bytes[at..].iter().take(3).take_while(|b| **b == OTHER_LETTER).count();
    (letters < 3 && bytes.get(at + letters).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b':'))
        .then_some(letters)
}

/// The end of a number of letters, digits and signs between them, or of digits in groups.
fn token(page: &Page<'_>, start: usize) -> usize {
    let bytes = page.bytes();
    let sign = |at: usize| {
        matches!(bytes[at], b'-' | b'/' | b'.')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
            && bytes[at - 1].is_ascii_alphanumeric()
    };
    let mut end = start;
    while end < bytes.len()
        && end < start + 32
        && (bytes[end].is_ascii_alphanumeric() || end > start && sign(end))
    {
        end += 1;
    }
    // "MRH 4418 0092": a few capitals before the groups.
    let capitals = end - start <= 4
        && bytes[start..end].iter().all(u8::is_ascii_uppercase)
        && bytes.get(end) == Some(&b' ')
        && bytes.get(end + 1..end + 4).is_some_and(|next| next.iter().all(u8::is_ascii_digit));
    if capitals {
        end += 1 + bytes[end + 1..].iter().take(16).take_while(|b| b.is_ascii_digit()).count();
        if bytes.get(end).is_some_and(|b| is_word(*b)) {
            return end;
        }
    } else if !bytes[start..end].iter().all(u8::is_ascii_digit) || end - start > 5 {
        return end;
    }
    for _ in 0..3 {
        let digits = bytes
            .get(end + 1..)
            .unwrap_or_default()
            .iter()
            .take(6)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let next = end + 1 + digits;
        if bytes.get(end) != Some(&b' ')
            || !(2..=5).contains(&digits)
            || bytes.get(next).is_some_and(|b| is_word(*b))
        {
            break;
        }
        end = next;
    }
    end
}
