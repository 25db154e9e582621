//! Months' names, full and short, in eight languages.

/// The names of one language in one form, January first.
pub(super) type Names = [&'static str; 12];

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Polish (as in dates); then the short forms.
pub(super) const ALL: [Names; 16] = [
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"],
    ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
    ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
    ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
    ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    ["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"],
];

const GERMAN: usize = 1;
const SPANISH: usize = 3;
const PORTUGUESE: usize = 5;

/// Which list a month's name is of, and which month it is. Where several languages have the name, what stands in the
/// date decides: a full stop after the day is German, `de` is Spanish or Portuguese; else the first language.
pub(super) fn find(word: &str, date: &str) -> Option<(&'static Names, u8)> {
    let word = word.to_lowercase();
    let wanted = |language: usize| {
        let points = date.as_bytes().windows(2).any(|two| two[0].is_ascii_digit() && two[1] == b'.');
        match language {
            GERMAN => points,
            SPANISH | PORTUGUESE => date.split_whitespace().any(|word| word.eq_ignore_ascii_case("de")),
            _ => false,
        }
    };
    let mut found: Option<(usize, u8)> = None;
    for (list, names) in ALL.iter().enumerate() {
        let Some(month) = names.iter().position(|name| *name == word) else { continue };
        if found.is_none() || wanted(list % 8) && !found.is_some_and(|(list, _)| wanted(list % 8)) {
            found = Some((list, month as u8 + 1));
        }
    }
    found.map(|(list, month)| (&ALL[list], month))
}
