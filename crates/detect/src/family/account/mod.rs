//! National bank accounts: by a word for them, or by a form and check digits that nothing else has.

mod alone;
mod bic;
mod checks;
mod number;

pub(super) use bic::is_bic;

use super::reading::{lead, number_after};
use crate::{
    Certainty, Evidence,
    cue::{Bank, Cue, Topic},
    page::{Found, Page, What, is_word, sentence_ends_in},
};
use aside_taxonomy::DataType;
use number::{Number, Piece};

/// How far apart a bank's number and an account's may be named.
const NEAR: usize = 80;

/// No number that needs no word is shorter.
pub(super) const FEWEST_DIGITS: usize = 10;

/// Numbers whose form and check digits leave no doubt, before anything else wants their digits.
pub(super) fn find_proven(page: &Page<'_>, found: &mut Found) {
    alone::find(page, found, true);
}

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.iter() {
        let Topic::Bank(bank) = cue.topic else { continue };
        match bank {
            Bank::Bic => code(page, found, cue, "bic", bic::is_bic),
            Bank::Ifsc => code(page, found, cue, "bank_account", bic::is_ifsc),
            Bank::Rib => releve(page, found, cue),
            _ => by_cue(page, found, cue, bank),
        }
    }
    alone::find(page, found, false);
}

/// What the check digits of a piece say; `None` where it is no such number at all.
enum Verdict {
    Right,
    Wrong,
    /// Such numbers have no check digits.
    Unknown,
}

/// Whether the piece has the form of what the cue speaks of.
fn verdict(bank: Bank, piece: &Piece<'_>, least: usize) -> Option<Verdict> {
    let digits = piece.digits;
    let checked = |right: bool| Some(if right { Verdict::Right } else { Verdict::Wrong });
    let plain = |fits: bool| fits.then_some(Verdict::Unknown);
    match bank {
        Bank::Routing => (digits.len() == 9).then(|| checked(checks::routing(digits)))?,
        Bank::Clabe => (digits.len() == 18).then(|| checked(checks::clabe(digits)))?,
        Bank::Cbu => (digits.len() == 22).then(|| checked(checks::cbu(digits)))?,
        Bank::Giro => {
            ((7..=8).contains(&digits.len()) && super::luhn::is_right(digits)).then_some(Verdict::Right)
        }
        Bank::SortCode | Bank::Bsb => plain(digits.len() == 6),
        Bank::Blz => plain(matches!(digits.len(), 5 | 8)),
        Bank::Transit => plain(matches!(digits.len(), 5 | 8 | 9)),
        Bank::Institution => plain(digits.len() == 3),
        Bank::Agency => plain((3..=5).contains(&digits.len())),
        Bank::AbiCab => plain(digits.len() == 5),
        Bank::Clearing => plain((4..=5).contains(&digits.len())),
        Bank::RussianBic => plain(digits.len() == 9 && digits.starts_with(b"04")),
        Bank::Account | Bank::AccountToo => account(piece, least),
        Bank::Ifsc | Bank::Rib | Bank::Bic => None,
    }
}

fn account(piece: &Piece<'_>, least: usize) -> Option<Verdict> {
    let digits = piece.digits;
    let right = match digits.len() {
        26 => checks::polish(digits),
        24 => checks::hungarian(digits),
        22 => checks::cbu(digits),
        21 => checks::portuguese(digits),
        20 => checks::spanish(digits),
        12 if piece.is_grouped(&[3, 7, 2], b"- ") => checks::belgian(digits),
        11 => checks::norwegian(digits),
        // The Netherlands, before the IBAN.
        9 if piece.is_grouped(&[2, 2, 2, 3], b".") => checks::dutch(digits),
        _ => false,
    };
    if right {
        return Some(Verdict::Right);
    }
    // Behind six digits in a row a space ends the number: what follows is a date or an amount.
    let long = piece.lengths().next().is_some_and(|length| length >= 6);
    let goes_on = !(long && piece.gaps().contains(&b' '));
    // Russia: the class of the account, then the code of the currency.
    let russian = digits.len() == 20 && matches!(digits, [b'4', b'0' | b'2', ..]);
    (((least..=19).contains(&digits.len()) || russian) && goes_on).then_some(Verdict::Unknown)
}

const fn is_bank_code(bank: Bank) -> bool {
    matches!(
        bank,
        Bank::Routing
            | Bank::SortCode
            | Bank::Transit
            | Bank::Institution
            | Bank::Bsb
            | Bank::Ifsc
            | Bank::Blz
            | Bank::Agency
            | Bank::AbiCab
            | Bank::Clearing
            | Bank::RussianBic
            | Bank::Bic
    )
}

/// The bank's number that is named nearest to the cue.
fn bank_beside(page: &Page<'_>, cue: Cue) -> Option<Bank> {
    let wanted = |cue: Cue| matches!(cue.topic, Topic::Bank(bank) if is_bank_code(bank));
    let near = page
        .cues
        .nearest_before(cue.start, NEAR, wanted)
        .or_else(|| page.cues.nearest_after(cue.end, NEAR, wanted));
    match near?.topic {
        Topic::Bank(bank) => Some(bank),
        _ => None,
    }
}

fn account_beside(page: &Page<'_>, cue: Cue) -> bool {
    let wanted = |other: Cue| {
        matches!(other.topic, Topic::Bank(Bank::Account | Bank::AccountToo)) && other.start != cue.start
    };
    page.cues.nearest_before(cue.start, NEAR, wanted).is_some()
        || page.cues.nearest_after(cue.end, NEAR, wanted).is_some()
}

const fn kind(bank: Option<Bank>) -> &'static str {
    match bank {
        Some(Bank::Routing) => "us_account",
        Some(Bank::SortCode) => "uk_account",
        _ => "bank_account",
    }
}

fn by_cue(page: &Page<'_>, found: &mut Found, cue: Cue, bank: Bank) {
    let beside = bank_beside(page, cue);
    let weak = matches!(bank, Bank::Clearing | Bank::Agency | Bank::Institution | Bank::AbiCab);
    if bank == Bank::AccountToo && beside.is_none() || weak && !account_beside(page, cue) {
        return;
    }
    let Some(first) = number_after(page, cue.end, 28) else { return };
    // "SC12345" and the like are no bank's.
    if found.is_used(first)
        || is_word(page.before(page.groups[first].start)) && page.groups[first].start > cue.end
    {
        return;
    }
    let least = if beside.is_some() { 5 } else { 6 };
    let number = Number::at(page, found, first);
    let fits = |piece: Piece<'_>| {
        let ends = !is_word(page.byte(piece.end));
        verdict(bank, &piece, least).filter(|_| ends).map(|verdict| (piece.end, verdict))
    };
    let mut pieces = number.pieces().filter_map(fits);
    let Some((end, verdict)) = number
        .pieces()
        .filter_map(fits)
        .find(|(_, verdict)| matches!(verdict, Verdict::Right))
        .or_else(|| pieces.next())
    else {
        return;
    };
    let own = if is_bank_code(bank) { Some(bank) } else { beside };
    // "Acc 41882207 sort 30-90-89": eight digits, and a sort code right behind them.
    let sort_code = if bank == Bank::Account && end - number.start == 8 {
        sort_code_behind(page, found, end)
    } else {
        None
    };
    let own = if sort_code.is_some() { Some(Bank::SortCode) } else { own };
    let (certainty, evidence): (_, &[Evidence]) = match verdict {
        Verdict::Right => (Certainty::Certain, &[Evidence::CueBefore, Evidence::CheckDigit]),
        Verdict::Wrong => (Certainty::Likely, &[Evidence::CueBefore, Evidence::CheckFailed]),
        Verdict::Unknown => (Certainty::Likely, &[Evidence::CueBefore]),
    };
    take(page, found, (number.start, end), kind(own), certainty, evidence);
    if let Some(span) = sort_code {
        take(page, found, span, "uk_account", Certainty::Likely, &[Evidence::CueBefore, Evidence::Grouping]);
    }
    if is_bank_code(bank) && !weak {
        right_behind(page, found, end, bank);
    }
}

/// Three pairs with dashes between them, at most two short words behind an account.
fn sort_code_behind(page: &Page<'_>, found: &Found, end: usize) -> Option<(usize, usize)> {
    let i = page.group_from(end)?;
    let near =
        page.groups[i].start - end <= 16 && !sentence_ends_in(&page.bytes()[end..page.groups[i].start]);
    let pair = |at: usize| page.groups.get(at).is_some_and(|g| g.len() == 2) && !found.is_used(at);
    let pairs = pair(i) && pair(i + 1) && pair(i + 2) && page.gap(i) == b"-" && page.gap(i + 1) == b"-";
    let last = page.groups.get(i + 2)?;
    (near && pairs && !is_word(page.byte(last.end)) && page.byte(last.end) != b'-')
        .then_some((page.groups[i].start, last.end))
}

/// "Sort code 20-00-00 55779911": the account follows without a word.
fn right_behind(page: &Page<'_>, found: &mut Found, end: usize, bank: Bank) {
    let Some(i) = page.group_from(end) else { return };
    let group = page.groups[i];
    let calm = group.start - end <= 4 && page.bytes()[end..group.start].iter().all(|b| !is_word(*b));
    let lengths = match bank {
        Bank::SortCode => 8..=8,
        Bank::Bsb => 5..=9,
        _ => 6..=17,
    };
    if calm && !found.is_used(i) && lengths.contains(&group.len()) && !is_word(page.byte(group.end)) {
        let evidence = [Evidence::CueBefore, Evidence::Grouping];
        take(page, found, (group.start, group.end), kind(Some(bank)), Certainty::Likely, &evidence);
    }
}

fn take(
    page: &Page<'_>,
    found: &mut Found,
    (start, end): (usize, usize),
    kind: &'static str,
    certainty: Certainty,
    evidence: &[Evidence],
) {
    found.take(page, start, end, What::new(DataType::FinBankAccount, kind, certainty, evidence));
}

/// A code of letters and digits that follows the cue.
fn code(page: &Page<'_>, found: &mut Found, cue: Cue, kind: &'static str, is_code: fn(&[u8]) -> bool) {
    let direct = lead(page, cue.end).at;
    let start = announced(page, cue.end).filter(|_| kind == "bic").unwrap_or(direct);
    let rest = page.bytes().get(start..).unwrap_or_default();
    let length = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
    if start > cue.end && is_code(&rest[..length]) {
        let evidence = [Evidence::CueBefore, Evidence::Format];
        take(page, found, (start, start + length), kind, Certainty::Likely, &evidence);
    }
}

/// Where a value begins that is announced later in the same sentence: "the SWIFT code for the transfer is …".
fn announced(page: &Page<'_>, from: usize) -> Option<usize> {
    let near = &page.bytes()[from..page.bytes().len().min(from + 40)];
    let link = near.windows(4).position(|four| four.eq_ignore_ascii_case(b" is "))?;
    (!sentence_ends_in(&near[..link])).then_some(from + link + 4)
}

/// France: 23 signs, in groups or not; the key proves it.
fn releve(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let start = lead(page, cue.end).at;
    let (mut signs, mut count, mut at) = ([0u8; 23], 0, start);
    while count < 23 {
        match page.byte(at) {
            byte if byte.is_ascii_alphanumeric() => {
                signs[count] = byte;
                count += 1;
            }
            b' ' | b'-' | b'.' if count > 0 => {}
            _ => return,
        }
        at += 1;
    }
    if checks::french(&signs) && !is_word(page.byte(at)) {
        let evidence = [Evidence::CueBefore, Evidence::CheckDigit];
        take(page, found, (start, at), "bank_account", Certainty::Certain, &evidence);
    }
}
