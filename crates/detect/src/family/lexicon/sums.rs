//! Earnings, balances, debts and credit scores: a sum beside a word that says what it is.

use super::{
    evidence,
    link::words_before,
    roles::{NOT, OTHERS, roles},
    sum::{Sum, period_end, sum_at},
};
use crate::{
    Certainty,
    cue::{Cue, Said, Topic},
    page::{Found, Page, What, sentence_ends_in},
};
use aside_taxonomy::DataType;

/// How far behind its word a sum may begin, and how far before it may end.
const AFTER: usize = 32;
const BEFORE: usize = 16;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.iter() {
        match cue.topic {
            Topic::Said(said @ (Said::Income | Said::Benefit | Said::Balance)) => {
                let what = if said == Said::Balance {
                    (DataType::FinBalanceCredit, "balance_credit")
                } else {
                    (DataType::DemoIncome, "income")
                };
                if is_anybodys(page, cue) {
                    continue;
                }
                let Some(sum) = after(page, cue).or_else(|| before(page, cue)) else { continue };
                let end = if said == Said::Balance { sum.end } else { period_end(page.bytes(), sum.end) };
                add(page, found, (sum.start, end), what);
            }
            Topic::Said(Said::Score) => scores(page, found, cue),
            _ => {}
        }
    }
}

fn add(page: &Page<'_>, found: &mut Found, span: (usize, usize), what: (DataType, &'static str)) {
    found.add(page, span.0, span.1, What::new(what.0, what.1, Certainty::Guessed, &evidence(true)[..1]));
}

/// "Your balance", "no debt": not the writer's.
fn is_anybodys(page: &Page<'_>, cue: Cue) -> bool {
    words_before(page.bytes(), cue.start).take(1).any(|(_, word)| {
        roles(word) & NOT != 0 || (roles(word) & OTHERS != 0 && word.eq_ignore_ascii_case(b"your"))
    })
}

/// The sum that the word announces.
fn after(page: &Page<'_>, cue: Cue) -> Option<Sum> {
    let group = page.group_from(cue.end)?;
    let gap = &page.bytes()[cue.end..page.groups[group].start];
    if gap.len() > AFTER
        || sentence_ends_in(gap)
        || gap.contains(&b';')
        || gap.contains(&b'\n')
        || gap.contains(&b',')
    {
        return None;
    }
    sum_at(page, group).filter(|sum| sum.has_currency || is_pay(page, cue, sum))
}

/// "Verdiene 1800 netto", "recebo 2.300 por mês", "household income 32,000": a sum without its currency. It needs the
/// words for a wage behind it, or nothing but the word for earnings around it.
fn is_pay(page: &Page<'_>, cue: Cue, sum: &Sum) -> bool {
    const NET: &[&str] = &[
        " netto",
        " brutto",
        " net",
        " gross",
        " after tax",
        " before tax",
        " take home",
        " na reke",
        " liquidos",
        " liquido",
        " limpios",
        " netos",
        " nets",
        " bruts",
        " lordi",
        " netti",
        " efter skatt",
        " efter skat",
    ];
    let bytes = page.bytes();
    let digits = bytes[sum.start..sum.end].iter().filter(|b| b.is_ascii_digit()).count();
    if cue.topic == Topic::Said(Said::Balance) || !(3..=6).contains(&digits) {
        return false;
    }
    let rest = &bytes[sum.end..];
    let net = NET.iter().any(|net| {
        rest.get(..net.len()).is_some_and(|head| head.eq_ignore_ascii_case(net.as_bytes()))
            && rest.get(net.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
    });
    let gap = bytes[cue.end..sum.start].trim_ascii();
    let alone = matches!(gap, [] | [b':' | b'='] | b"is" | b"of")
        && matches!(rest, [] | [b'.' | b',' | b'\n' | b';', ..])
        && cue.end - cue.start > 5
        && digits > 3;
    net || period_end(bytes, sum.end) > sum.end || alone
}

/// The sum that stands right before the word: "980 euro di pensione".
fn before(page: &Page<'_>, cue: Cue) -> Option<Sum> {
    let last = page.groups.partition_point(|g| g.end <= cue.start).checked_sub(1)?;
    let near = |sum: &Sum| {
        sum.has_currency
            && sum.last == last
            && sum.end <= cue.start
            && cue.start - sum.end <= BEFORE
            && !page.bytes()[sum.end..cue.start]
                .iter()
                .any(|b| matches!(b, b',' | b'.' | b'\n' | b';' | b'?' | b'!'))
    };
    (last.saturating_sub(3)..=last).filter_map(|first| sum_at(page, first)).find(near)
}

/// Up to two numbers from 100 to 1999 after a word for a credit score.
fn scores(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let named = cue.end - cue.start > b"score".len();
    let Some(first) = page.group_from(cue.end) else { return };
    let mut from = cue.end;
    for i in (first..page.groups.len()).take(2) {
        let Some(gap) = page.bytes().get(from..page.groups[i].start) else { continue };
        if !named || gap.len() > 24 || sentence_ends_in(gap) || gap.contains(&b',') {
            return;
        }
        let thousand = page.groups[i].len() == 1
            && matches!(page.gap(i), b"." | b",")
            && page.groups.get(i + 1).is_some_and(|next| next.len() == 3);
        let (start, end) = (page.groups[i].start, page.groups[if thousand { i + 1 } else { i }].end);
        let alone = !matches!(page.byte(end), b'%' | b':' | b'/') && !page.byte(end).is_ascii_alphanumeric();
        if !(thousand || page.groups[i].len() == 3) || !alone {
            return;
        }
        add(page, found, (start, end), (DataType::FinBalanceCredit, "balance_credit"));
        from = end;
    }
}
