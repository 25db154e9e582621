//! Long words of letters and digits: what addresses of wallets and keys look like.

use crate::page::Page;

/// No address and no key that is known by its form is shorter.
const SHORTEST: usize = 23;
/// Nor is one longer.
const LONGEST: usize = 128;

/// The runs of 23 to 128 ASCII letters and digits with at least one digit, as spans of the folded text, in order.
pub(super) fn long_runs<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (usize, usize)> + 'p {
    let bytes = page.bytes();
    let mut done = 0;
    page.groups.iter().filter_map(move |group| {
        if group.start < done {
            return None;
        }
        let back = bytes[done..group.start].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
        let start = group.start - back;
        let end = group.end + bytes[group.end..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        done = end;
        (SHORTEST..=LONGEST).contains(&(end - start)).then_some((start, end))
    })
}
