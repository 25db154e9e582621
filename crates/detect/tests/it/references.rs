//! Numbers under which a brand knows somebody.

use crate::marked::{check, check_clean};

#[test]
fn policies_and_claims_are_found_by_their_words() {
    check(&[
        "policy number ‹insurance_claim:HX-4471-99203›, claim ‹insurance_claim:CLM0083321›, 6 weeks no answer",
        "claim no. ‹insurance_claim:2024/77810/A› for the flooded kitchen",
        "Schadennummer ‹insurance_claim:24-77810-KH›, seit 6 Wochen keine Antwort",
        "n° de sinistre ‹insurance_claim:24-77810-KH›",
        "nº de póliza: ‹insurance_claim:998877-01›",
        "polizza n. ‹insurance_claim:50/887123/A›, sinistro mai aperto",
        "apólice ‹insurance_claim:1234567-8›",
        "schadenummer ‹insurance_claim:SCH-2024-55671› ligt er 9 weken",
        "szkoda nr ‹insurance_claim:PL/2024/88123/01› cisza od miesiąca",
    ]);
    check_clean(&[
        "your policy on refunds is 30 days",
        "I want to claim 25 pounds back",
        "the claim 12/05 was rejected",
        "privacy policy 2024",
        "policy number?",
    ]);
}

#[test]
fn customer_numbers_are_found_by_their_words() {
    check(&[
        "customer number ‹customer_no:7719 3320› since 2009",
        "membership number is ‹customer_no:300 481 2277›, points still missing",
        "Kundennummer: ‹customer_no:7719 3320›, seit 2009 dabei",
        "Vertragskonto ‹customer_no:2001 447 812›",
        "numéro client ‹customer_no:77193320›",
        "número de cliente ‹customer_no:77193320›",
        "codice cliente ‹customer_no:AB771933›",
        "número do cliente: ‹customer_no:77193320›",
        "mijn klantnr ‹customer_no:8812345› staat op de brief",
        "numer klienta ‹customer_no:40118233›",
        "kundnummer ‹customer_no:40118233›",
        "müşteri no: ‹customer_no:40118233›",
    ]);
    check_clean(&[
        "I don't have a customer number because I AM NOT YET A CUSTOMER",
        "customer number one again!",
        "Kundennummer vergessen",
    ]);
}

#[test]
fn bookings_are_found_by_their_words() {
    check(&[
        "booking reference ‹booking_ref:X7KQ2M›, two seats",
        "pnr ‹booking_ref:LPVKRT› add a bag",
        "confirmation code ‹booking_ref:QW8ZLD› wont open in the app",
        "Buchungscode ‹booking_ref:X7KQ2M›, wo bleibt meine Erstattung",
        "référence de réservation ‹booking_ref:X7KQ2M›",
        "localizador ‹booking_ref:QWZ7LP›",
        "codice prenotazione ‹booking_ref:K7XWQ3›",
        "boekingscode ‹booking_ref:ZX4TQ9› op naam",
        "rezerwacja ‹booking_ref:M8PLX2›",
        "booking number: ‹booking_ref:123456789›",
        "pnr ‹se_personnummer!:199001012393›",
    ]);
    check_clean(&[
        "booking for 2 people on 12/05",
        "my booking is PENDING since monday",
        "booking 2024 was easier",
        "reserva para 4 personas a las 20:30",
        "the booking code is wrong",
    ]);
}

#[test]
fn login_names_are_found_by_their_words() {
    check(&[
        "user ‹username:jhartley77› pw ‹password:tr0ub4dor&3› try it yourself",
        "login: ‹username:mick_the_brick›",
        "username: ‹username:Anna›",
        "Benutzername: ‹username:jbecker77›",
        "identifiant : ‹username:cmoreau69›",
        "usuario ‹username:lromero77›",
        "nome utente: ‹username:gferrari›",
        "gebruikersnaam: ‹username:jdevries›",
        "nazwa użytkownika: ‹username:kasia_88›",
    ]);
    check_clean(&[
        "login does not work",
        "the username is wrong",
        "login: failed",
        "I am a user since 2009",
        "user error 404",
        "Bot: how can I help? User: Where is my parcel",
        "User: 6108 is the number of my house",
    ]);
}

#[test]
fn case_numbers_are_found_only_where_they_are_called_a_reference() {
    check(&["Aktenzeichen ‹case_ref:12-4471/24›", "case reference: ‹case_ref:CR-2024-7781›"]);
    check_clean(&[
        "ticket INC0048213, INC0048877",
        "Case #48213377 open since forever",
        "protocolo 99120/24",
    ]);
}

#[test]
fn a_sign_for_number_stands_before_a_number() {
    check(&[
        "Claim #‹insurance_claim:CLM-2024-80377› - any news?",
        "Member #‹customer_no:MB97410138›",
        "passeport n° ‹passport:12AB34567›",
    ]);
}

#[test]
fn a_login_name_of_letters_alone_is_found_at_the_end_of_its_sentence() {
    check(&[
        "my username is ‹username:brownlisa›.",
        "log in as ‹username:theresaschaaf›",
        "INFO login user=‹username:onordio› ok",
    ]);
    check_clean(&[
        "my username is taken",
        "my username is associated with another mail",
        "sourced for login shells.",
        "user: thanks",
    ]);
}
