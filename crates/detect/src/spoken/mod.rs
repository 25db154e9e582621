//! Numbers written as they are spoken: "four one one one", "double four", "vierundzwanzig".
//!
//! A run of number words that is long enough for a card, a telephone number or an account, or that
//! follows a word for a code, becomes digits in the view that the families look at. Each digit
//! covers its word, so that spans lead back to what was written. Amounts, ages and years are too short.

mod number;
mod words;

use crate::{
    cue::{Cue, Cues, Topic},
    folded::{Folded, View},
};
use number::Number;

/// How many digits make a number by themselves.
const LONG: usize = 6;
/// So many are no code any more.
const CARD: usize = 9;
/// How many do behind a word for a code.
const SHORT: usize = 3;

/// The view with every spoken number in digits; nothing if there is none. `gates` are the number words that the
/// cues' automaton has found.
pub(crate) fn in_digits<'t>(folded: &Folded<'t>, gates: &[Cue], cues: &Cues) -> Option<Folded<'t>> {
    let bytes = folded.bytes();
    let mut view: Option<View> = None;
    let (mut done, mut copied) = (0, 0);
    for gate in gates {
        if gate.start < done {
            continue;
        }
        let number = number::around(bytes, done, gate.start);
        done = number.end.max(gate.end);
        let code = number.all < CARD && number.spoken >= SHORT && is_named(cues, &number);
        if code || number.spoken >= LONG || (number.spoken >= SHORT && number.all >= LONG) {
            let view = view.get_or_insert_with(|| View::with_capacity(bytes.len()));
            view.copy(folded, copied, number.start);
            // However a code is said, it is one number.
            for digit in number.digits.iter().filter(|digit| !code || digit.byte != b' ') {
                view.put(folded, digit.byte, digit.start, digit.end);
            }
            copied = number.end;
        }
    }
    let mut view = view?;
    view.copy(folded, copied, bytes.len());
    Some(folded.seen_as(view))
}

/// Whether a word for a code stands before the number, or right behind it.
fn is_named(cues: &Cues, number: &Number) -> bool {
    let names = |cue: Cue| {
        matches!(
            cue.topic,
            Topic::Cvv | Topic::Pin | Topic::Otp | Topic::LastFour | Topic::Expiry | Topic::Postcode
        )
    };
    cues.nearest_before(number.start, 40, names).is_some()
        || cues.nearest_after(number.end, 24, names).is_some()
}
