//! What people see instead of a value.

use aside_taxonomy::{DataType, MaskShape};

/// What stands for characters that are not shown. Always as many: length tells something too.
const HIDDEN: &str = "•••";

/// At most so many words show their first letter.
const MAX_WORDS: usize = 4;

/// What people see instead of a value: `•••• 1111`, `j•••@•••.com`, `J••• D•••`, `•••`.
///
/// The shape comes from the data type; `kind` refines it (of a phone number three digits are shown,
/// not four). Whatever the shape allows, never more than a third of the letters and digits are
/// shown, so a short value shows nothing, and letters and digits alone are ever copied from the
/// value. Masks are made when a value is sealed, and stored beside it: no page opens a value for one.
pub fn mask(data_type: DataType, kind: &str, value: &str) -> String {
    let budget = value.chars().filter(|c| c.is_alphanumeric()).count() / 3;
    match data_type.mask_shape() {
        MaskShape::Hidden => HIDDEN.to_owned(),
        MaskShape::Initials => initials(value, budget),
        MaskShape::LastTwo => ending(value, "••••", budget.min(2)),
        MaskShape::LastFour if matches!(kind, "phone" | "fax") => ending(value, HIDDEN, budget.min(3)),
        MaskShape::LastFour => ending(value, "••••", budget.min(4)),
        MaskShape::Email => email(value, budget),
    }
}

fn ending(value: &str, hidden: &str, shown: usize) -> String {
    // A single character helps nobody to recognise a value.
    if shown < 2 {
        return HIDDEN.to_owned();
    }
    let mut last: Vec<char> = value.chars().rev().filter(|c| c.is_alphanumeric()).take(shown).collect();
    last.reverse();
    format!("{hidden} {}", last.into_iter().collect::<String>())
}

fn initials(value: &str, budget: usize) -> String {
    let words = value.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let masked: Vec<String> =
        words.take(budget.min(MAX_WORDS)).map(|initial| format!("{initial}{HIDDEN}")).collect();
    if masked.is_empty() { HIDDEN.to_owned() } else { masked.join(" ") }
}

fn email(value: &str, budget: usize) -> String {
    let Some((mailbox, domain)) = value.rsplit_once('@') else {
        return HIDDEN.to_owned();
    };
    // A mailbox of one or two letters would be shown almost whole.
    let letters = mailbox.chars().filter(|c| c.is_alphanumeric());
    let first = letters.clone().next().filter(|_| budget > 0 && letters.count() > 2);
    let budget = budget - usize::from(first.is_some());
    let last = domain
        .rsplit_once('.')
        .filter(|(name, _)| name.chars().any(char::is_alphanumeric))
        .map(|(_, ending)| ending)
        .filter(|ending| !ending.is_empty() && ending.chars().all(char::is_alphabetic))
        .filter(|ending| ending.chars().count() <= budget);
    let first = first.map(String::from).unwrap_or_default();
    last.map_or_else(
        || format!("{first}{HIDDEN}@{HIDDEN}"),
        |last| format!("{first}{HIDDEN}@{HIDDEN}.{last}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(id: &str, kind: &str, value: &str) -> String {
        mask(id.parse().unwrap(), kind, value)
    }

    #[test]
    fn a_card_shows_its_last_four_digits_with_or_without_spaces() {
        assert_eq!(shown("fin.pan", "card", "4111111111111111"), "•••• 1111");
        assert_eq!(shown("fin.pan", "card", "4111 1111 1111 1112"), "•••• 1112");
        assert_eq!(shown("fin.pan", "card", "３７８２ ８２２４６３１ ０００５"), "•••• ０００５");
    }

    #[test]
    fn a_phone_number_shows_three_digits() {
        assert_eq!(shown("contact.phone", "phone", "+44 7700 900198"), "••• 198");
        assert_eq!(shown("contact.phone", "fax", "(020) 7946-0958"), "••• 958");
        assert_eq!(shown("contact.phone", "phone", "555-0198"), "••• 98");
    }

    #[test]
    fn an_email_address_shows_one_letter_and_the_ending() {
        assert_eq!(shown("contact.email", "email", "jane.doe@example.com"), "j•••@•••.com");
        assert_eq!(shown("contact.email", "email", "j@example.com"), "•••@•••.com");
        assert_eq!(shown("contact.email", "email", "jane@host.photography"), "j•••@•••");
        assert_eq!(shown("contact.email", "email", "jane.doe@[192.168.0.100]"), "j•••@•••");
        assert_eq!(shown("contact.email", "email", "user@例子.公司"), "u•••@•••");
        assert_eq!(shown("contact.email", "email", "jane@.com"), "j•••@•••");
        assert_eq!(shown("contact.email", "email", "a@b.c"), "•••@•••.c");
        assert_eq!(shown("contact.email", "email", "not an address"), "•••");
    }

    #[test]
    fn a_name_shows_the_first_letter_of_each_word() {
        assert_eq!(shown("contact.name", "person", "Jane Doe"), "J••• D•••");
        assert_eq!(shown("contact.name", "person", "  Zoë  O'Neill-Müller "), "Z••• O•••");
        assert_eq!(shown("contact.name", "person", "王小明"), "王•••");
        assert_eq!(shown("contact.name", "person", "李明"), "•••");
        assert_eq!(shown("contact.name", "person", "A B C"), "A•••");
        assert_eq!(shown("contact.name", "person", "one two three four five six"), "o••• t••• t••• f•••");
        assert_eq!(shown("contact.handle", "handle", "@jane_doe"), "j•••");
    }

    #[test]
    fn a_short_value_shows_less_or_nothing() {
        assert_eq!(shown("account.booking_ref", "booking_ref", "K7QX2M"), "•••• 2M");
        assert_eq!(shown("account.booking_ref", "booking_ref", "K7QX2"), "•••");
        assert_eq!(shown("fin.card_trunc", "card_last4", "1111"), "•••");
        assert_eq!(shown("gov.us_ssn_itin", "us_ssn", "078-05-1120"), "•••• 20");
        assert_eq!(shown("gov.us_ssn_itin", "us_ssn", ""), "•••");
    }

    #[test]
    fn what_is_prohibited_shows_nothing() {
        assert_eq!(shown("fin.sad_cvv", "cvv", "123"), "•••");
        assert_eq!(shown("cred.password", "password", "correct horse battery staple"), "•••");
    }

    #[test]
    fn marks_that_reorder_or_join_text_never_reach_the_mask() {
        assert_eq!(shown("fin.pan", "card", "4111111111111\u{202e}111\u{200d}"), "•••• 1111");
    }
}
