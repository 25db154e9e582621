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

#[test]
fn a_full_date_in_figures_is_found_in_every_order_and_with_its_time() {
    check(&[
        "due ‹date?:2024/05/12›",
        "‹date?:12-05-2024›",
        "‹date?:1.5.2024›",
        "‹date?:1. 5. 2024›",
        "‹date?:05/12/2024, 9:05 pm› and",
        "am ‹date?:12.05.2024 um 14:30 Uhr›",
        "‹date?:2024-05-12T10:00:00+02:00›",
        "‹date?:2024-05-12 10:00:00.123 UTC›",
        "‹date?:2024. 05. 12›",
        "on ‹date?:12/05/24› it broke",
        "am ‹date?:12.05.24› bestellt",
        "le ‹date?:12/05/24›",
        "‹date?:12.05.24 14:30›",
        "‹date?:1985年3月12日›です",
        "‹date?:平成5年3月12日›",
        "‹date?:1990년 7월 21일›",
    ]);
    check_clean(&[
        "won 12-05-24",
        "version 1.2.2024",
        "10/10/10",
        "rated 10/10/24",
        "on 10/10/10",
        "score 21-15-21",
        "1/2/3",
        "v12.05.24",
        "12.05.2024.1",
        "2024-05-12-0001",
        "99/99/2024",
        "2024年",
        "part 12-05-2024-7",
        "$12.05.2024",
    ]);
}

#[test]
fn a_full_date_in_words_is_found_in_many_languages() {
    check(&[
        "on ‹date?:March 3rd, 1984›",
        "on ‹date?:the 3rd of March 1984›".replace("the ", "").as_str(),
        "‹date?:3rd day of March, 1984›",
        "‹date?:Dec. 3, 1984›",
        "the ‹date?:third of March 1984›",
        "on ‹date?:twenty-first March, 1984›",
        "‹date?:October 28–30, 1999›, Berlin",
        "‹date?:3-Mar-84›",
        "‹date?:03-MAR-1984›",
        "‹date?:1984 March 3›",
        "‹date?:3 Mar '84›",
        "‹date?:Feb 7 1991›",
        "den ‹date?:3. März 1984›",
        "am ‹date?:3. Dezember 2024 um 10:00 Uhr›",
        "le ‹date?:1er mars 1984›",
        "el ‹date?:3 de marzo de 1984›",
        "el ‹date?:3 de marzo del 2024›",
        "il ‹date?:3 marzo 1984›",
        "em ‹date?:3 de março de 1984›",
        "op ‹date?:3 maart 1984›",
        "dnia ‹date?:3 marca 1984›",
        "den ‹date?:3 mars 1984›",
        "den ‹date?:3. maj 1984›",
        "‹date?:3. toukokuuta 1984›",
        "‹date?:3. března 1984›",
        "‹date?:3 martie 1984›",
        "‹date?:3 Mart 1984›",
        "‹date?:1984. március 3›.",
        "‹date?:3 d'abril de 1984›",
        "‹date?:3 марта 1984› г.",
        "‹date?:3 березня 1984›",
        "‹date?:3 Μαρτίου 1984›",
        "‹date?:3 مارس 1984›",
        "‹date?:3 मार्च 1984›",
    ]);
    check_clean(&[
        "on March 3",
        "3 March",
        "in March 1984",
        "you may 3 times",
        "3 рубля 1984",
        "31 June 2024",
        "March 32, 2024",
        "Tuesday",
        "am Montag",
    ]);
}

#[test]
fn a_birthday_needs_no_year() {
    check(&[
        "my birthday is ‹dob:March 3rd›",
        "born on the ‹dob:3rd of March›",
        "‹dob:March 3rd› is my birthday",
        "doğum tarihi ‹dob:3 Mart 1979›",
        "jeg er født ‹dob:17.05.1990›",
        "född ‹dob:850412›".replace("‹dob:850412›", "‹dob:1985-04-12›").as_str(),
        "nacido el ‹dob:3/5/84›",
        "DOB ‹dob:3 Mar 84›",
        "syntynyt ‹dob:24.12.1982›",
        "datum narození: ‹dob:1. 4. 1986›",
    ]);
}

#[test]
fn a_date_in_figures_that_can_be_nothing_else_needs_no_word() {
    check(&[
        "‹date?:03/09/69› was the day",
        "The contract was signed on ‹date?:20190715›.",
        "As of ‹date?:13 1 2020›, the balance is open.",
    ]);
    check_clean(&["10/10/10 would buy again", "lot 20190715", "sets of 12 8 2000 pieces"]);
}

#[test]
fn a_star_before_a_date_says_birth_in_german() {
    check(&["Erika Beispiel, *‹dob:12.5.1984›, ledig"]);
}

#[test]
fn a_date_is_found_as_it_is_stamped_counted_or_said_after_a_word_for_days() {
    check(&[
        "best before ‹date?:03 FEB 25› on the tin",
        "sono nata il ‹dob:1° maggio 1988›",
        "nacida el ‹dob:primero de mayo de 1977›",
        "Vertrag vom ‹date?:1.7.23›",
        "F. nac: ‹dob:25.12.1980›",
        "mi cumple es el ‹dob:01-02-1999›",
    ]);
    check_clean(&["Version 1.7.23", "since 1.7.23 it crashes", "from 1.7.23", "12 oz 25", "20 € Mai"]);
}
