//! Postal addresses and postcodes.
//!
//! An address is seen by its postcode (house and street are looked for before it), by a word for a
//! street beside a number, by a post-office box, or by a word that says that an address follows;
//! from there it grows to both sides as far as flats, places, postcodes and countries reach.

mod grow;
mod place;
mod post_box;
mod postcode;
mod street;
mod token;

use super::reading::lead;
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in page.heads() {
        if !found.is_used(i) {
            around_postcode(page, found, i);
        }
    }
    for cue in page.cues.iter() {
        let street = match cue.topic {
            Topic::Street => street::number_first(page, found, cue),
            Topic::StreetGerman => street::number_last(page, found, cue),
            Topic::StreetBefore => street::name_after(page, found, cue),
            Topic::PostBox => {
                if let Some((start, end)) = post_box::read(page, found, cue) {
                    let (end, coded) = grow::on(page, found, end);
                    report(page, found, (start, end), Seen { coded, named: true, clear: true });
                }
                None
            }
            Topic::Address => after_cue(page, found, cue),
            _ => None,
        };
        if let Some(street) = street {
            let (end, coded) = grow::on(page, found, street.end);
            let before = code_before(page, found, street.start)
                .or_else(|| grow::flat_before(page, found, street.start));
            let named = cue.topic == Topic::Address || is_named(page, street.start);
            let seen = Seen {
                coded: coded || before.is_some_and(|at| page.group_at(at).is_some()),
                named,
                clear: street.clear,
            };
            if seen.coded || seen.named || seen.clear {
                report(page, found, (before.unwrap_or(street.start), end), seen);
            }
        }
    }
    for cue in page.cues.about(Topic::Postcode) {
        postcode_by_cue(page, found, cue);
    }
    postcodes_with_place(page, found);
}

/// What speaks for an address.
#[derive(Clone, Copy)]
struct Seen {
    coded: bool,
    named: bool,
    clear: bool,
}

fn report(page: &Page<'_>, found: &mut Found, (start, end): (usize, usize), seen: Seen) {
    let reasons = [
        (seen.clear).then_some(Evidence::Street),
        seen.coded.then_some(Evidence::PostcodeNearby),
        seen.named.then_some(Evidence::CueBefore),
    ];
    let mut evidence = [Evidence::Street; 3];
    let mut count = 0;
    for reason in reasons.into_iter().flatten() {
        evidence[count] = reason;
        count += 1;
    }
    let certainty = if seen.coded || seen.named { Certainty::Likely } else { Certainty::Guessed };
    let what = What::new(DataType::ContactAddress, "address", certainty, &evidence[..count]);
    found.take(page, start, end, what);
}

fn is_named(page: &Page<'_>, start: usize) -> bool {
    page.cue_before(start, 28, |cue| cue.topic == Topic::Address).is_some()
}

/// Looks for house and street before the postcode that group `i` begins.
fn around_postcode(page: &Page<'_>, found: &mut Found, i: usize) {
    let Some(code) = postcode::at(page, i) else { return };
    if let Some(start) = post_box::military(page, code) {
        report(
            page,
            found,
            (start, code.end),
            Seen { coded: true, named: is_named(page, start), clear: true },
        );
        return;
    }
    if let Some(end) = japanese(page, code) {
        report(page, found, (code.start, end), Seen { coded: true, named: false, clear: true });
        return;
    }
    let placed = code.place_follows && place::follows(page, code.end);
    let stated = stated(page, code.start);
    let Some(begin) = grow::back(page, found, code) else { return };
    let named = is_named(page, begin.start);
    let likely_year = page.groups[i].len() == 4 && matches!(&page.digits(i)[..2], b"19" | b"20");
    let cued = |cue: Cue| matches!(cue.topic, Topic::Street | Topic::StreetGerman | Topic::StreetBefore);
    let street = begin.street || page.cues.between(begin.start, code.start, cued).is_some();
    let long = page.groups[i].len() != 4;
    let enough = if code.strong {
        true
    } else if likely_year {
        stated || (placed && begin.apart && (street || named))
    } else {
        stated || (placed && (long || street || named)) || (begin.apart && long && (street || named))
    };
    if !enough {
        return;
    }
    // The end of the postcode, its place, its country.
    let (end, _) = grow::on(page, found, code.start - gap_before(page, code.start));
    let end = end.max(code.end);
    let start = grow::flat_before(page, found, begin.start).unwrap_or(begin.start);
    report(page, found, (start, end), Seen { coded: true, named, clear: true });
}

/// "〒100-0001 東京都千代田区千代田1-1": a code of three and four digits and the characters behind it, up to the
/// last number.
fn japanese(page: &Page<'_>, code: postcode::Code) -> Option<usize> {
    use crate::folded::OTHER_LETTER;
    if code.end - code.start != 8 || page.byte(code.start + 3) != b'-' {
        return None;
    }
    let rest = page.bytes().get(code.end..)?;
    let space = rest.iter().take(1).take_while(|b| matches!(b, b' ' | b'\n')).count();
    let run = rest[space..].iter().take(40).take_while(|b| matches!(**b, OTHER_LETTER | b'-' | b'0'..=b'9'));
    let run = &rest[space..space + run.count()];
    let letters = run.iter().take_while(|b| **b == OTHER_LETTER).count();
    let last = run.iter().rposition(u8::is_ascii_digit)?;
    (letters >= 3).then_some(code.end + space + last + 1)
}

/// How many separators stand right before `at`.
fn gap_before(page: &Page<'_>, at: usize) -> usize {
    page.bytes()[..at].iter().rev().take(4).take_while(|b| matches!(b, b' ' | b',' | b'\n' | b'-')).count()
}

const UNITED_STATES: &[u8] =
    b"AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV \
    NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU \
    AS FM MH MP PW AA AE AP";

/// Whether two letters, in whatever case, are those of a state of the United States.
fn is_state(letters: &[u8]) -> bool {
    UNITED_STATES.split(|b| *b == b' ').any(|state| state.eq_ignore_ascii_case(letters))
}

/// Whether the letters of a state stand before a postcode: "DC 20500", "NSW 2000".
fn stated(page: &Page<'_>, at: usize) -> bool {
    const AUSTRALIA: &[u8] = b"NSW VIC QLD WA SA TAS ACT NT";
    let bytes = page.bytes();
    let spaces = gap_before(page, at);
    let end = at - spaces;
    let letters = bytes[..end].iter().rev().take(4).take_while(|b| b.is_ascii_uppercase()).count();
    let states = match page.group_at(at).map(|i| page.groups[i].len()) {
        Some(5) => UNITED_STATES,
        Some(4) => AUSTRALIA,
        _ => return false,
    };
    let state = &bytes[end - letters..end];
    spaces > 0
        && letters > 1
        && states.split(|b| *b == b' ').any(|known| known == state)
        && matches!(page.before(end - letters), b' ' | b',' | b'\n' | b'-')
}

/// "my address is Rosenheim 5", "lives on Via Tasso 129": a name and a number behind the word.
fn after_cue(page: &Page<'_>, found: &Found, cue: Cue) -> Option<street::Street> {
    use token::Kind;
    let bytes = page.bytes();
    let lead = lead(page, cue.end);
    if lead.at == cue.end {
        return None;
    }
    let (mut at, mut end, mut names, mut numbers, mut street) = (lead.at, lead.at, 0, 0, false);
    for _ in 0..7 {
        let Some(token) = token::after(bytes, at) else { break };
        match token.kind {
            Kind::Number => {
                let i = page.group_from(token.start)?;
                if found.is_used(i) || page.groups[i].len() > 5 {
                    break;
                }
                numbers += 1;
                end = token.end;
                if names > 0 && numbers > 0 {
                    break;
                }
            }
            Kind::Name if bytes[token.start].is_ascii_uppercase() => {
                names += 1;
                end = token.end;
            }
            Kind::Ordinal | Kind::Street | Kind::Unit => {
                street |= token.kind == Kind::Street && numbers > 0;
                names += 1;
            }
            Kind::Link if names > 0 => {}
            // "3 impasse du moulin": the name of a street in small letters.
            Kind::Other if street && token.end - token.start > 2 => {
                end = token.end;
                break;
            }
            _ => break,
        }
        at = token.end;
    }
    let end = if street { end } else { street::house_end(page, end) };
    (names > 0 && numbers > 0).then_some(street::Street { start: lead.at, end, clear: false })
}

/// "10115 Berlin, Hauptstraße 5": where the postcode and place before a street begin.
fn code_before(page: &Page<'_>, found: &Found, street: usize) -> Option<usize> {
    let i = page.groups.partition_point(|g| g.end <= street).checked_sub(1)?;
    let group = page.groups[i];
    let place = page.bytes().get(group.end..street)?;
    let fits = (4..=5).contains(&group.len())
        && !found.is_used(i)
        && !crate::page::is_word(page.before(group.start))
        && place.len() <= 32
        && matches!(place, [b' ', b'A'..=b'Z', ..])
        && matches!(place.trim_ascii_end().last(), Some(b',')) | place.ends_with(b"\n")
        && place.iter().all(|b| crate::page::is_letter(*b) || matches!(b, b' ' | b'-' | b',' | b'\n'));
    fits.then_some(group.start)
}

/// "PLZ 10115", "ZIP: 90210-1234", "postcode is SW1A 1AA".
fn postcode_by_cue(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let mut start = lead(page, cue.end).at;
    if let Some(answer) = super::reading::answer_after(page, cue.end) {
        start = answer;
    }
    if start == cue.end || start - cue.end > 48 {
        return;
    }
    let brazilian = page.bytes()[cue.start..cue.end].eq_ignore_ascii_case(b"cep");
    if let Some(end) = postcode::named(page, start, brazilian)
        && page.group_from(start).is_some_and(|i| !found.is_used(i))
    {
        let what = What::new(DataType::ContactAddress, "postcode", Certainty::Likely, &[Evidence::CueBefore]);
        found.take(page, start, end, what);
    }
}

/// "geb. 12.05.1984, 10115 Berlin": five digits and a place beside what else tells who someone is.
fn postcodes_with_place(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        let group = page.groups[i];
        let personal = |cue: Cue| matches!(cue.topic, Topic::Birth | Topic::Name);
        if group.len() == 5
            && !found.is_used(i)
            && page.byte(group.end) == b' '
            && page.byte(group.end + 1).is_ascii_uppercase()
            && page.byte(group.end + 2).is_ascii_lowercase()
            && matches!(page.before(group.start), b' ' | b'\n' | b'-')
            && (page.cues.nearest_before(group.start, 64, personal).is_some()
                || page.cues.nearest_after(group.end, 64, personal).is_some())
        {
            let reasons = [Evidence::NationalFormat];
            let what = What::new(DataType::ContactAddress, "postcode", Certainty::Likely, &reasons);
            found.take(page, group.start, group.end, what);
        }
    }
}
