use crate::marked::{check, check_clean};

#[test]
fn a_date_of_birth_is_found_by_cue_in_many_notations() {
    check(&[
        "born on ‹dob:2/8/1935›.",
        "DOB: ‹dob:1984-05-12›",
        "my date of birth is ‹dob:12/05/84›",
        "date of birth: ‹dob:May 12, 1984›",
        "born ‹dob:3rd of March 1984›",
        "geboren am ‹dob:12.05.1984›",
        "Geburtsdatum: ‹dob:12. Mai 1984›",
        "geb. ‹dob:1. 5. 1984›",
        "né le ‹dob:3 mars 1984›",
        "née le ‹dob:03/05/1984›",
        "date de naissance : ‹dob:1er février 1984›",
        "nací el ‹dob:3 de marzo de 1984›",
        "fecha de nacimiento ‹dob:12-05-1984›",
        "nato il ‹dob:3 maggio 1984›",
        "data di nascita ‹dob:12/5/1984›",
        "nascido em ‹dob:3 de março de 1984›",
        "data de nascimento: ‹dob:12/05/1984›",
        "geboortedatum ‹dob:12 mei 1984›",
        "data urodzenia ‹dob:3 maja 1984›",
        "urodzony ‹dob:12.05.1984›",
        "‹dob:12.05.1984› geboren",
        "dob ‹dob:12051984›",
    ]);
}

#[test]
fn a_date_without_a_word_of_birth_is_only_a_date() {
    check(&[
        "ordered on ‹date?:12.05.2024›",
        "‹date?:2024-05-12›",
        "Date: ‹date?:2003-08-28 12:13:52›",
        "‹date?:2024-05-12T10:00:00Z›",
        "on ‹date?:3rd of March 1984›",
        "on ‹date?:March 3, 1984›",
        "am ‹date?:3. Dezember 2024›",
        "since ‹date?:12/1/1981›",
    ]);
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    check_clean(&[
        "10/10/10",
        "version 1.2.2024.5",
        "31/31/2024",
        "30.02.1984",
        "1/2",
        "you may 3",
        "ratio 12:05:19",
        "in 1984",
        "section 1.2.3",
    ]);
}
