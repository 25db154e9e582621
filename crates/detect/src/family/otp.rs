//! One-time codes, by cue only.

use super::{
    card_extras::stands_alone,
    reading::{lead, number_after, number_before},
};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    folded::OTHER_LETTER,
    page::{Found, Page, What, is_letter, is_word},
};
use aside_taxonomy::DataType;

/// What names a code.
pub(super) const TOPICS: &[Topic] = &[Topic::Otp, Topic::Cvv, Topic::RecoveryCode, Topic::ByMessage];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    // "Sicherheitscode" and its like name a card's code and a code for signing in: six digits
    // are the latter.
    for cue in page.cues.iter().filter(|cue| matches!(cue.topic, Topic::Otp | Topic::Cvv)) {
        let shortest = if cue.topic == Topic::Cvv { 5 } else { 4 };
        if page
            .cue_before(cue.start, 16, |other| other.topic == Topic::Contrary && cue.topic == Topic::Otp)
            .is_some()
        {
            continue;
        }
        if page.bytes()[cue.start..cue.end].starts_with(b"to ")
            || page.bytes()[cue.start..cue.end].starts_with(b"To ")
        {
            if let Some((start, end)) = entered(page, found, cue) {
                let reasons = [Evidence::CueAfter];
                found.take(
                    page,
                    start,
                    end,
                    What::new(DataType::CredOtp, "otp", Certainty::Likely, &reasons),
                );
            }
            continue;
        }
        let after = number_after(page, cue.end, 48)
            .or_else(|| sent_to_me(page, cue.end))
            .filter(|i| is_calm(page, cue.end, page.groups[*i].start));
        let after = after
            .and_then(|i| code_at(page, found, i, shortest))
            .filter(|span| !is_bare(page, cue) || is_usual(page, cue, *span))
            .or_else(|| mixed(page, cue));
        let named = after.map(|span| (span, Evidence::CueBefore));
        let named = named.or_else(|| {
            let last = number_before(page, cue.start, 28)?;
            let first = if last > 0 && page.groups[last].len() == 3 && page.gap(last - 1).len() == 1 {
                last - 1
            } else {
                last
            };
            let span = code_at(page, found, first, shortest)?;
            let announced = page.bytes()[span.1..cue.start].iter().any(u8::is_ascii_alphabetic);
            (announced && span.1 >= page.groups[last].end).then_some((span, Evidence::CueAfter))
        });
        let named = named.or_else(|| typed(page, found, cue.start).map(|span| (span, Evidence::CueAfter)));
        if let Some(((start, end), evidence)) = named {
            found.take(page, start, end, What::new(DataType::CredOtp, "otp", Certainty::Likely, &[evidence]));
        }
    }
    for cue in page.cues.about(Topic::ByMessage) {
        if let Some(((start, end), evidence)) = by_message(page, found, cue) {
            found.take(page, start, end, What::new(DataType::CredOtp, "otp", Certainty::Likely, &[evidence]));
        }
    }
}

/// "I put in 20 44 17 and it says wrong code": six digits behind a word for typing.
fn typed(page: &Page<'_>, found: &Found, cue: usize) -> Option<(usize, usize)> {
    const TYPED: [&[u8]; 23] = [
        b"entered",
        b"typed",
        b"in",
        b"enter",
        b"tried",
        b"eingegeben",
        b"eingetippt",
        b"gebe",
        b"tippe",
        b"saisi",
        b"tape",
        b"entre",
        b"introduje",
        b"teclee",
        b"puse",
        b"meti",
        b"digitei",
        b"coloquei",
        b"inserito",
        b"messo",
        b"ingevoerd",
        b"wpisuje",
        b"skrev",
    ];
    let last = page.groups.partition_point(|g| g.end <= cue).checked_sub(1)?;
    let length = page.groups[last].len();
    let first = match length {
        2 => last.checked_sub(2)?,
        3 => last.checked_sub(1)?,
        6 => last,
        _ => return None,
    };
    let (start, end) = code_at(page, found, first, 6).filter(|(_, end)| *end == page.groups[last].end)?;
    let before = page.bytes()[start.saturating_sub(20)..start].trim_ascii_end();
    let mut words = before.rsplit(|b| !is_letter(*b)).filter(|word| !word.is_empty());
    let verb = words.next()?;
    let known = TYPED.iter().any(|typed| typed.eq_ignore_ascii_case(verb));
    let put = !verb.eq_ignore_ascii_case(b"in")
        || words
            .next()
            .is_some_and(|word| matches!(word, b"put" | b"type" | b"typed" | b"punched" | b"keyed"));
    (known && put && cue - end <= 48).then_some((start, end))
}

/// "I got 4711 by text", "code par SMS 4711", "you texted me 77 41 09": how it came says what it is.
fn by_message(page: &Page<'_>, found: &Found, cue: Cue) -> Option<((usize, usize), Evidence)> {
    let bytes = page.bytes();
    let word = &bytes[cue.start..cue.end];
    let texted = word.to_ascii_lowercase().starts_with(b"texted");
    // A mail brings many numbers.
    let mail = word.to_ascii_lowercase().windows(2).any(|two| two == b"ai") || word.ends_with(b"correo");
    if mail && page.cue_before(cue.start, 64, |other| other.topic == Topic::Otp).is_none() {
        return None;
    }
    let named = texted
        || word.contains(&OTHER_LETTER)
        || receipt_before(&bytes[..cue.start])
        || page.cue_before(cue.start, 32, |other| other.topic == Topic::Otp).is_some();
    if let Some(i) = number_after(page, cue.end, 16)
        && let Some(span) = code_at(page, found, i, 4)
        && (!is_amount(page, span) && named || receipt_after(&bytes[span.1..]))
    {
        return Some((span, Evidence::CueBefore));
    }
    let last = page.groups.partition_point(|g| g.end <= cue.start).checked_sub(1)?;
    let gap = &bytes[page.groups[last].end..cue.start];
    // "5512 kam per SMS": one short word between.
    let arrived = gap.trim_ascii().len() <= 8 && gap.iter().all(|b| *b == b' ' || is_letter(*b));
    let split = last > 0 && page.groups[last].len() == 3 && page.gap(last - 1) == b" ";
    let span = code_at(page, found, if split { last - 1 } else { last }, 4)?;
    let year = matches!(&bytes[span.0..span.1], [b'1', b'9', _, _] | [b'2', b'0', _, _]);
    let free = matches!(page.before(span.0), b' ' | b'\n' | b'"' | b'(');
    (arrived && free && !texted && !year && span.1 == page.groups[last].end && !is_addressee(page, span.0))
        .then_some((span, Evidence::CueAfter))
}

/// "Dostałem SMS-em", "kreeg per sms": a message came.
const RECEIPTS: [&[u8]; 29] = [
    b"aldim",
    b"arrivato",
    b"bekam",
    b"bekommen",
    b"chegou",
    b"dostalam",
    b"dostalem",
    b"erhalten",
    b"fick",
    b"fik",
    b"fikk",
    b"geldi",
    b"got",
    b"kam",
    b"kom",
    b"kreeg",
    b"llegado",
    b"llego",
    b"ontving",
    b"otrzymalam",
    b"otrzymalem",
    b"prisel",
    b"przyszedl",
    b"recebi",
    b"received",
    b"recibi",
    b"recu",
    b"ricevuto",
    b"tuli",
];

fn receipt_before(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(24)..];
    let word = near.trim_ascii_end().rsplit(|b| !is_letter(*b)).next().unwrap_or_default();
    RECEIPTS.iter().any(|receipt| receipt.eq_ignore_ascii_case(word))
}

fn receipt_after(behind: &[u8]) -> bool {
    let word = behind.get(1..).unwrap_or_default().split(|b| !is_letter(*b)).next().unwrap_or_default();
    RECEIPTS.iter().any(|receipt| receipt.eq_ignore_ascii_case(word))
}

/// "Text STOP to 12345": who a message goes to.
fn is_addressee(page: &Page<'_>, start: usize) -> bool {
    const TO: [&[u8]; 14] = [
        b"to", b"an", b"au", b"al", b"aan", b"till", b"til", b"na", b"para", b"a", b"o", b"numer", b"numero",
        b"nummer",
    ];
    let before = page.bytes()[start.saturating_sub(12)..start].trim_ascii_end();
    let word = before.rsplit(|b| !is_letter(*b)).next().unwrap_or_default();
    TO.iter().any(|to| to.eq_ignore_ascii_case(word))
}

/// "Texted me 1000 times".
fn is_amount(page: &Page<'_>, (_, end): (usize, usize)) -> bool {
    const UNITS: [&[u8]; 6] = [b"times", b"x", b"msgs", b"messages", b"texts", b"spam"];
    let word = page.bytes().get(end + 1..).unwrap_or_default();
    let word = word.split(|b| !is_letter(*b)).next().unwrap_or_default();
    UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(word))
}

/// "Use 483 920 to log in", "enter 4711 to verify your account": the code before what it is for.
fn entered(page: &Page<'_>, found: &Found, cue: Cue) -> Option<(usize, usize)> {
    const VERBS: [&[u8]; 6] = [b"use", b"enter", b"type", b"input", b"submit", b"provide"];
    let last = page.groups.partition_point(|g| g.end <= cue.start).checked_sub(1)?;
    let split = last > 0 && page.groups[last].len() == 3 && page.gap(last - 1).len() == 1;
    let (start, end) = code_at(page, found, if split { last - 1 } else { last }, 4)?;
    let before = page.bytes()[..start].trim_ascii_end();
    let verb = VERBS.iter().any(|verb| {
        before.len() >= verb.len() && before[before.len() - verb.len()..].eq_ignore_ascii_case(verb)
    });
    (verb && page.bytes()[end..cue.start].iter().all(|b| *b == b' ')).then_some((start, end))
}

/// "Код который вы прислали вроде 449012": words in letters that the folded view does not tell apart say that the code
/// was sent.
fn sent_to_me(page: &Page<'_>, from: usize) -> Option<usize> {
    const SENT: [&str; 14] = [
        "прислал",
        "отправил",
        "выслал",
        "пришел",
        "пришёл",
        "пришло",
        "пришла",
        "получил",
        "надіслал",
        "прийшов",
        "أرسلتم",
        "وصلني",
        "भेजा",
        "आया",
    ];
    let i = page.group_from(from)?;
    let start = page.groups[i].start;
    let gap = page.bytes().get(from..start).filter(|gap| gap.len() <= 48)?;
    let foreign = gap.iter().all(|b| matches!(b, &OTHER_LETTER | b' ' | b','));
    (foreign && SENT.iter().any(|word| page.original(from, start).contains(word))).then_some(i)
}

/// A word that names codes of all sorts.
fn is_bare(page: &Page<'_>, cue: Cue) -> bool {
    const WORDS: [&[u8]; 9] =
        [b"code", b"codice", b"codigo", b"kod", b"kode", b"koden", b"kodet", b"koodi", b"cod"];
    let word = &page.bytes()[cue.start..cue.end];
    WORDS.iter().any(|bare| bare.eq_ignore_ascii_case(word))
}

/// Directly behind a word that says little, only four or six digits are a code that was sent.
fn is_usual(page: &Page<'_>, cue: Cue, (start, end): (usize, usize)) -> bool {
    let direct = page.bytes()[cue.end..start].iter().all(|b| *b == b' ');
    !direct
        || matches!(end - start, 4 | 6..=8)
            && matches!(page.bytes()[start..end].iter().filter(|b| b.is_ascii_digit()).count(), 4 | 6)
}

/// Capitals and digits mixed: "your verification code is A7K9QZ".
fn mixed(page: &Page<'_>, cue: Cue) -> Option<(usize, usize)> {
    if cue.topic == Topic::Cvv || is_bare(page, cue) {
        return None;
    }
    let start = lead(page, cue.end).at;
    let rest = page.bytes().get(start..)?;
    let len = rest.iter().take(11).take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    let both = rest[..len].iter().any(u8::is_ascii_digit) && rest[..len].iter().any(u8::is_ascii_uppercase);
    let ends = rest.get(len).is_none_or(|b| !is_word(*b) && *b != b'-');
    // Six signs behind "confirmation code" open a booking.
    let booking =
        page.cues.nearest_after(cue.start, 0, |other| other.topic == Topic::BookingReference).is_some();
    (start > cue.end && both && ends && !booking && (5..=10).contains(&len)).then_some((start, start + len))
}

/// The codes that a cue for them is followed by, as many as stand in a list.
pub(super) fn find_recovery_codes(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::RecoveryCode) {
        let mut at = lead(page, cue.end).at;
        for _ in 0..20 {
            let Some((start, end)) = recovery_code(page.bytes(), at) else { break };
            found.take(
                page,
                start,
                end,
                What::new(DataType::CredOtp, "recovery_code", Certainty::Likely, &[Evidence::CueBefore]),
            );
            at = end;
        }
    }
}

/// Eight or more letters and digits in groups behind spaces, commas and list marks.
fn recovery_code(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let between =
        |b: &&u8| matches!(**b, b' ' | b',' | b';' | b'\n' | b'\r' | b'\t' | b'*' | b'|' | b'(' | b'"');
    let start = from + bytes.get(from..)?.iter().take(6).take_while(between).count();
    let sign = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'-';
    let mut end = start + bytes[start..].iter().take(80).take_while(sign).count();
    if bytes[start..end].iter().all(u8::is_ascii_digit)
        && matches!(end - start, 4 | 5)
        && bytes.get(end) == Some(&b' ')
    {
        let second = bytes[end + 1..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
        if second == end - start {
            end += 1 + second;
        }
    }
    let code = &bytes[start..end];
    let digits = code.iter().filter(|b| b.is_ascii_digit()).count();
    let ends = bytes.get(end).is_none_or(|b| !is_word(*b) && *b != b'@');
    (code.len() >= 8 && digits >= 2 && ends && code[0] != b'-').then_some((start, end))
}

/// Nothing else is named between the cue and the number.
fn is_calm(page: &Page<'_>, from: usize, to: usize) -> bool {
    let other = |cue: Cue| {
        // "Ni" is "you" in Swedish, too.
        let short =
            cue.end - cue.start == 2 && page.bytes()[cue.start..cue.end].iter().all(u8::is_ascii_lowercase);
        !short
            && !matches!(
                cue.topic,
                Topic::Otp
                    | Topic::ByMessage
                    | Topic::Email
                    | Topic::Phone
                    | Topic::SpelledAt
                    | Topic::Username
                    | Topic::Call
            )
    };
    page.cues.between(from, to, other).is_none()
}

/// 4 to 8 digits, two times three, or three times two.
fn code_at(page: &Page<'_>, found: &Found, i: usize, shortest: usize) -> Option<(usize, usize)> {
    let group = page.groups[i];
    let left = page.before(group.start);
    let left_is_cue = page.cues.nearest_before(group.start, 0, |_| true).is_some();
    let prefixed = left == b'-' && page.before(group.start - 1).is_ascii_alphabetic();
    if found.is_used(i) || (left.is_ascii_alphanumeric() && !left_is_cue) {
        return None;
    }
    if group.len() == 3
        && let Some(next) = page.groups.get(i + 1)
        && next.len() == 3
        && matches!(page.gap(i), b" " | b"-" | b".")
        && !found.is_used(i + 1)
        && !page.byte(next.end).is_ascii_alphanumeric()
    {
        return Some((group.start, next.end));
    }
    // "77 41 09", as it is read out.
    let pair = |at: usize| {
        page.groups.get(at).is_some_and(|g| g.len() == 2) && !found.is_used(at) && page.gap(at - 1) == b" "
    };
    // "4 4 9 1 0 2"
    if group.len() == 1 {
        let single = |at: usize| page.groups[at].len() == 1 && !found.is_used(at);
        let more =
            (i + 1..page.groups.len().min(i + 9)).take_while(|at| page.gap(at - 1) == b" " && single(*at));
        let last = page.groups[i + more.count()];
        let six = matches!(last.end - group.start, 7 | 11);
        return (six && stands_alone(page, i) && !is_word(page.byte(last.end)))
            .then_some((group.start, last.end));
    }
    if group.len() == 2 && pair(i + 1) && pair(i + 2) && !pair(i + 3) {
        let last = page.groups[i + 2];
        let ends = !page.byte(last.end).is_ascii_alphanumeric() && stands_alone(page, i + 2);
        return ends.then_some((group.start, last.end));
    }
    let free = prefixed || stands_alone(page, i);
    ((shortest..=8).contains(&group.len()) && free && !page.byte(group.end).is_ascii_alphanumeric())
        .then_some((group.start, group.end))
}
