//! Sums of money as people write them.

use crate::{
    folded::{OTHER, OTHER_LETTER},
    page::Page,
};

/// Currency signs outside ASCII.
const SIGNS: &[char] = &['€', '£', '¥', '₹', '₺', '₽', '₩', '₴', '₪', '₦', '₱', '₫', '฿', '₡', '₲'];

/// Currency words behind a sum.
const WORDS_AFTER: &[&str] = &[
    "eur", "euro", "euros", "eure", "usd", "dollar", "dollars", "gbp", "pound", "pounds", "quid", "bucks",
    "zl", "zlotych", "pln", "chf", "franken", "francs", "kr", "sek", "nok", "dkk", "kronor", "kroner", "tl",
    "lira", "liras", "try", "reais", "real", "brl", "rupees", "inr", "rs", "pesos", "mxn", "cad", "aud",
    "grand", "k", "czk", "kc", "ft", "huf", "lei", "ron",
];

/// Currency words behind a sum in letters of other scripts; endings may follow those of words.
const OTHER_WORDS_AFTER: &[&str] = &[
    "рублей",
    "рубля",
    "руб",
    "р",
    "тысяч",
    "тыс",
    "гривень",
    "гривні",
    "гривен",
    "грн",
    "тенге",
    "лв",
    "ευρώ",
    "ευρω",
    "ريال",
    "درهم",
    "جنيه",
    "دينار",
    "ليرة",
    "שקלים",
    "שקל",
    "ש\"ח",
    "רופי",
    "रुपये",
    "रुपए",
    "रुपया",
    "रु",
    "हजार",
    "लाख",
    "บาท",
    "万元",
    "萬元",
    "元",
    "块",
    "塊",
    "万円",
    "円",
    "만원",
    "만 원",
    "원",
    "万",
];

/// Currency words before a sum.
const WORDS_BEFORE: &[&str] =
    &["eur", "usd", "gbp", "chf", "rs", "inr", "kr", "pln", "sek", "r", "us", "a", "c", "brl", "tl"];

/// Where the sum ends whose first digits are group `i`, where it begins with its currency and sign, and whether a currency
/// is there. Both ends lie in the folded text.
pub(super) struct Sum {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) has_currency: bool,
    /// The last group of its digits.
    pub(super) last: usize,
}

pub(super) fn sum_at(page: &Page<'_>, first: usize) -> Option<Sum> {
    let bytes = page.bytes();
    let mut last = first;
    while last < first + 4
        && let Some(next) = page.groups.get(last + 1)
    {
        let grouped = matches!(page.gap(last), b"." | b"," | b" " | b"'")
            && next.len() == 3
            && page.groups[last].len() <= 3;
        let cents = matches!(page.gap(last), b"." | b",") && next.len() <= 2;
        if !grouped && !cents {
            break;
        }
        last += 1;
        if cents {
            break;
        }
    }
    let (mut start, mut end) = (page.groups[first].start, page.groups[last].end);
    if end - start > 16 || matches!(page.byte(end), b'%' | b':') {
        return None;
    }
    let sign =
        |at: usize| bytes[at] == b'$' || (bytes[at] == OTHER && SIGNS.contains(&page.folded.character(at)));
    let mut has_currency = false;
    let space = usize::from(page.before(start) == b' ');
    if let Some(at) = start.checked_sub(1 + space) {
        if sign(at) {
            (start, has_currency) = (at, true);
            let letters = bytes[..at].iter().rev().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
            if (1..=2).contains(&letters) && listed(WORDS_BEFORE, &bytes[at - letters..at]) {
                start -= letters;
            }
        } else {
            let letters = bytes[..=at].iter().rev().take(5).take_while(|b| b.is_ascii_alphabetic()).count();
            if letters > 1 && listed(WORDS_BEFORE, &bytes[at + 1 - letters..=at]) {
                (start, has_currency) = (at + 1 - letters, true);
            }
        }
    }
    if page.before(start) == b'-' && !page.before(start - 1).is_ascii_alphanumeric() {
        start -= 1;
    }
    let gap = usize::from(page.byte(end) == b' ');
    if end + gap < bytes.len() {
        if sign(end + gap) {
            (end, has_currency) = (end + gap + 1, true);
        } else {
            let letters = bytes[end + gap..].iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
            if let Some(currency) = other_currency_end(page, end + gap) {
                (end, has_currency) = (currency, true);
            } else if letters > 0 && listed(WORDS_AFTER, &bytes[end + gap..end + gap + letters]) {
                (end, has_currency) = (end + gap + letters, true);
            } else if gap == 0 && letters > 0 {
                return None;
            }
        }
    }
    Some(Sum { start, end, has_currency, last })
}

/// Where a currency in letters of other scripts ends that begins at `at`.
fn other_currency_end(page: &Page<'_>, at: usize) -> Option<usize> {
    if page.byte(at) != OTHER_LETTER {
        return None;
    }
    let (start, _) = page.folded.original(at, at + 1);
    let rest = &page.folded.text()[start..];
    let word = OTHER_WORDS_AFTER.iter().find(|word| {
        let goes_on =
            rest.get(word.len()..).is_some_and(|rest| rest.starts_with(crate::other_letters::is_spaced));
        rest.starts_with(**word) && !goes_on
    })?;
    Some(page.folded.folded(start, start + word.len()).1)
}

/// Where "a month" ends behind a sum.
pub(super) fn period_end(bytes: &[u8], end: usize) -> usize {
    const PERIODS: &[&str] = &[
        " a month",
        " per month",
        "/month",
        " monthly",
        " pcm",
        " a year",
        " per year",
        " per annum",
        " p.a.",
        " pa",
        " a week",
        " per week",
        " an hour",
        " im monat",
        " pro monat",
        " monatlich",
        "/monat",
        " im jahr",
        " pro jahr",
        " par mois",
        "/mois",
        " par an",
        " mensuels",
        " net par mois",
        " al mes",
        " por mes",
        " mensuales",
        " al ano",
        " al mese",
        " mensili",
        "/mese",
        " all'anno",
        " por ano",
        " per maand",
        " p/m",
        " per jaar",
        " miesiecznie",
        " na miesiac",
        " rocznie",
        " i manaden",
        " i maneden",
        " om maneden",
        " om aret",
        " miesiecznie na reke",
        " aylik",
        " per manad",
        " ayda",
    ];
    let rest = &bytes[end..];
    let fits = |period: &&&str| {
        rest.get(..period.len()).is_some_and(|head| head.eq_ignore_ascii_case(period.as_bytes()))
            && rest.get(period.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
    };
    end + PERIODS.iter().find(fits).map_or(0, |period| period.len())
}

fn listed(list: &[&str], word: &[u8]) -> bool {
    list.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word))
}
