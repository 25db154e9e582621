//! Places and countries behind a street.

use super::token::{self, Kind};
use crate::page::{Page, is_letter, is_word};

/// How many words a place has at most.
const PLACE: usize = 5;

/// Words with capitals, small ones between them, a district's number behind: where they end.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<usize> {
    const NO_PLACES: &[&str] = &[
        "please",
        "thanks",
        "thank",
        "regards",
        "best",
        "kind",
        "cheers",
        "phone",
        "tel",
        "telefon",
        "mobile",
        "fax",
        "email",
        "mail",
        "call",
        "the",
        "my",
        "i",
        "it",
        "and",
        "but",
        "bitte",
        "danke",
        "merci",
        "gracias",
        "grazie",
        "obrigado",
        "name",
        "order",
        "date",
        "dob",
        "is",
        "can",
        "when",
        "hello",
        "hi",
        "your",
        "we",
        "they",
        "this",
        "cordiali",
        "cordialement",
        "saludos",
        "mit",
        "ich",
        "je",
        "website",
        "desk",
        "office",
        "personal",
    ];
    let bytes = page.bytes();
    let (mut end, mut from) = (None, at);
    for _ in 0..PLACE {
        let Some(token) = token::after(bytes, from) else { break };
        let text = &bytes[token.start..token.end];
        match token.kind {
            Kind::Name | Kind::Unit if text[0].is_ascii_uppercase() => {
                let word = token::letters(text);
                if NO_PLACES.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word)) {
                    break;
                }
                end = Some(token.end);
            }
            Kind::Link if end.is_some() => {}
            _ => break,
        }
        from = token.end;
    }
    end
}

/// The end of the place behind a postcode, or the postcode's own.
pub(super) fn after_code(page: &Page<'_>, end: usize) -> usize {
    let bytes = page.bytes();
    if page.byte(end) != b' ' {
        return end;
    }
    let Some(mut stop) = read(page, end + 1) else { return end };
    // "Praha 1", "Torino (TO)".
    if let [b' ', digit, after, ..] = bytes[stop..]
        && digit.is_ascii_digit()
        && !after.is_ascii_alphanumeric()
    {
        stop += 2;
    } else if let [b' ', digit] = bytes[stop..]
        && digit.is_ascii_digit()
    {
        stop += 2;
    } else if let [b' ', b'(', a, b, b')', ..] = bytes[stop..]
        && a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
    {
        stop += 5;
    }
    stop
}

/// Whether a place is written behind the postcode that ends at `end`.
pub(super) fn follows(page: &Page<'_>, end: usize) -> bool {
    let stop = after_code(page, end);
    let letters = page.bytes()[end..stop].iter().filter(|b| is_letter(**b)).count();
    letters > 2
}

/// The name of a country that begins at `at`: its end.
pub(super) fn country(bytes: &[u8], at: usize) -> Option<usize> {
    const COUNTRIES: &[&str] = &[
        "argentina",
        "australia",
        "austria",
        "belgie",
        "belgien",
        "belgique",
        "belgium",
        "brasil",
        "brazil",
        "bulgaria",
        "canada",
        "ceska republika",
        "chile",
        "china",
        "colombia",
        "croatia",
        "cyprus",
        "czech republic",
        "czechia",
        "danmark",
        "denmark",
        "deutschland",
        "eire",
        "england",
        "espana",
        "estonia",
        "finland",
        "france",
        "germany",
        "greece",
        "greenland",
        "hrvatska",
        "hungary",
        "iceland",
        "india",
        "indonesia",
        "ireland",
        "israel",
        "italia",
        "italy",
        "japan",
        "latvia",
        "lithuania",
        "luxembourg",
        "malaysia",
        "malta",
        "mexico",
        "nederland",
        "netherlands",
        "new zealand",
        "norge",
        "northern ireland",
        "norway",
        "osterreich",
        "pakistan",
        "peru",
        "philippines",
        "poland",
        "polska",
        "portugal",
        "romania",
        "russia",
        "schweiz",
        "scotland",
        "serbia",
        "singapore",
        "slovakia",
        "slovenia",
        "slovenija",
        "south africa",
        "spain",
        "suisse",
        "suomi",
        "sverige",
        "sweden",
        "switzerland",
        "svizzera",
        "the netherlands",
        "tunisia",
        "turkey",
        "turkiye",
        "u.k.",
        "u.s.a.",
        "ukraine",
        "united arab emirates",
        "united kingdom",
        "united states",
        "united states of america",
        "uruguay",
        "usa",
        "uk",
        "vietnam",
        "wales",
    ];
    let rest = bytes.get(at..)?;
    COUNTRIES
        .iter()
        .filter(|name| {
            rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
                && !rest.get(name.len()).is_some_and(|b| is_word(*b))
        })
        .map(|name| at + name.len())
        .max()
}
