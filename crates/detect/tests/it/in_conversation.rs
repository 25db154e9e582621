//! Values as people drop them into a conversation: unsure, without a sign, with how they came, in one breath.

use crate::marked::{check, check_clean};
use aside_detect::{Certainty, Context, Detector};

#[test]
fn a_code_is_found_behind_words_of_doubt() {
    check(&[
        "der code den ihr mir geschickt habt war glaub ich ‹otp:238814› und ist angeblich falsch",
        "le code que vous m'avez envoyé, je crois c'était ‹otp:559201›, marche pas",
        "de code die jullie stuurden was volgens mij ‹otp:448120› maar die is fout",
        "kod który wysłaliście to chyba ‹otp:338120› i nie działa",
        "il codice che mi avete mandato mi pare fosse ‹otp:662018›, non va",
        "koden i sendte var vist ‹otp:228104› virker ikke",
        "gönderdiğiniz kod galiba ‹otp:440918› idi",
        "код который вы прислали вроде ‹otp:449012› не подходит",
    ]);
    check_clean(&["der code für den artikel 238814 geht nicht", "код товара 449012 не найден"]);
}

#[test]
fn a_number_that_came_by_text_message_is_a_code() {
    check(&[
        "‹otp:5512› kam per sms, wohin damit??",
        "me ha llegado ‹otp:4471› por sms, es ese?",
        "kreeg net ‹otp:7713› per sms, wat nu",
        "fick ‹otp:9031› på sms vad gör jag",
        "it texted me ‹otp:77 41 09› just now",
        "dostałem smsem ‹otp:90217› i co dalej",
        "sms ile ‹otp:7712› geldi ne yapayım",
        "code reçu par sms ‹otp:8834› mais invalide",
        "пришло смс ‹otp:8821› куда вводить",
    ]);
    check_clean(&[
        "text STOP to 12345 by sms they said",
        "you texted me 1000 times today",
        "my contract of 2019 came per sms",
        "0,20 € per sms ist zu viel",
    ]);
}

#[test]
fn a_code_is_read_out_in_pairs_and_with_a_few_words_before_it() {
    check(&["your code is ‹otp:77 41 09›", "the code: ‹otp:90 31 24›, thanks"]);
    let answer = |question: &str, text: &str| -> Vec<(&'static str, String)> {
        Detector::new()
            .detect_in(&Context { question: Some(question), ..Context::default() }, text)
            .into_iter()
            .map(|found| (found.finding.kind, text[found.finding.start..found.finding.end].to_owned()))
            .collect()
    };
    let asked = "Bitte nennen Sie mir den Bestätigungscode aus der SMS.";
    assert_eq!(answer(asked, "moment... 77 31 08"), [("otp", "77 31 08".to_owned())]);
    assert_eq!(answer("Mi può dire il codice OTP che ha ricevuto?", "certo, 33 09 17")[0].1, "33 09 17");
    assert_eq!(answer("Kan du läsa upp koden du fick?", "117 920")[0].0, "otp");
    assert_eq!(answer("What's the code we sent?", "no idea, been waiting since 2019"), []);
}

#[test]
fn a_number_that_says_what_it_is_answers_nothing_else() {
    let warned = "Please don't send card numbers, passwords or health details here: the network reads along.";
    let text = "order 4111111111111111 has not arrived";
    let context = Context { question: Some(warned), ..Context::default() };
    let found = Detector::new().detect_in(&context, text);
    let found: Vec<_> = found.iter().map(|found| (found.finding.kind, found.finding.certainty)).collect();
    assert_eq!(found, [("card", Certainty::Likely)]);
}

#[test]
fn an_answer_to_a_security_question_needs_no_sign_at_the_end_of_its_sentence() {
    check(&[
        "mother's maiden name ‹security_answer:Hathersage›, first school no idea",
        "mother's maiden name? ‹security_answer:Hathersage›. happy now",
        "nom de jeune fille de ma mère ‹security_answer:Lecourtois›",
        "nazwisko panieńskie matki ‹security_answer:Wiśniowiecka›",
        "mors pigenavn ‹security_answer:Skovgaard›",
        "meisjesnaam moeder: ‹security_answer:Hoekstra›",
        "sicherheitsfrage: erstes haustier, antwort ‹security_answer:Schnuffi›",
        "девичья фамилия матери ‹security_answer:Воробьёва›",
    ]);
    check_clean(&[
        "why do you need my mother's maiden name? Stop asking me",
        "mother's maiden name Field is missing on the form",
        "nom de jeune fille de ma mère demandé deux fois",
    ]);
}

#[test]
fn a_login_name_stands_beside_its_password() {
    check(&[
        "gebruikersnaam ‹username:sjoerdv› wachtwoord ‹password:Ajax4ever!›",
        "utente ‹username:gigi.rossi› password ‹password:Juventus97› aiuto",
        "pass: ‹password:liverpool1892› user: ‹username:deanscouser› cant get in",
        "username ‹username:m.okafor›\npassword ‹password:Lagos2Leeds›\nnow look",
        "kullanıcı adı ‹username:mehmet_34› şifre ‹password:Fener1907!› giremiyorum",
        "логин ‹username:vasya_msk› пароль ‹password:Zenit2008› не пускает",
    ]);
    check_clean(&[
        "password manager breaks on your login page since v3.8",
        "the login page password field is too short",
        "Agent: password please\nUser: hello",
    ]);
}

#[test]
fn a_customer_s_number_is_found_behind_short_words_for_it_in_any_script() {
    check(&[
        "Cust no. ‹customer_no:KD-229018›, 3rd complaint",
        "mon numéro client c'est ‹customer_no:40889213› et toujours pas de box",
        "n° client : ‹customer_no:C 2208 441› merci",
        "nº cliente ‹customer_no:ES-88210› llamadme",
        "номер клиента ‹customer_no:40088217› никто не отвечает",
        "会員番号は‹customer_no:88120047›です",
        "客户号‹customer_no:40088217›没人回复",
        "policy no ‹insurance_claim:MRH 4418 0092› is mine",
        "бронь ‹booking_ref:K8T2WX› рейс отменен",
    ]);
    check_clean(&["policy NO 2024 changes please", "i don't have a customer number, 3 emails sent"]);
}

#[test]
fn what_is_said_to_be_an_account_or_an_order_is_no_card_of_an_odd_length() {
    check(&[
        "ifsc ‹bank_account:HDFC0000123› ac no ‹bank_account:50100123456789› as per account",
        "расчетный счет ‹bank_account:40817810099910004312› бик ‹bank_account:044525225›",
        "nib ‹bank_account!:000201231234567890154› acho",
        "ag ‹bank_account:1234-5› cc ‹bank_account:00123456-7› banco do brasil",
    ]);
    check_clean(&[
        "order #4485275742308327 says processing",
        "paczka 520000012345678901234567 w paczkomacie? jakim",
        "DHL 003404 3416 1094 0427 sagt zugestellt",
        "reg.nr. fehlt auf der rechnung",
        "gift card no. 6035 7100 2213 8841 pin scratched off",
    ]);
}

#[test]
fn what_stands_beside_a_card_is_found_in_everyday_words() {
    check(&[
        "mastercard - ‹card!:2223 0031 2200 3222› - expires ‹card_expiry:march 2027›",
        "its ‹card!:4012 8888 8888 1881› exp ‹card_expiry:09/28› and the 3 on the back are ‹cvv!:617› ta",
        "the one that ends in ‹card_last4:0329›, not ‹card_last4:8851›",
        "sonu ‹card_last4:4418› ile biten karttan çekildi",
        "cartão final ‹card_last4:4471› cobrado 2x",
        "laatste vier cijfers zijn ‹card_last4:8802›",
        "PUK ‹pin:39918274› steht auf der karte",
    ]);
    check_clean(&["the milk expires march 2027"]);
}

#[test]
fn a_code_that_was_typed_in_is_found_before_what_the_program_said() {
    check(&[
        "i put in ‹otp:20 44 17› like the text said and it says incorrect code",
        "entered ‹otp:118 823› and got wrong code",
        "verification text said ‹otp:5093›, where do i enter that",
        "Your app asked for a code, I got ‹otp:118823› by email.",
        "kod blik ‹otp:448 120› odrzucony",
        "the code is ‹otp:4 4 9 1 0 2›",
    ]);
    check_clean(&[
        "I sent order 118823 by email and you asked for no code",
        "put in 118823 as the reference and nothing",
        "code for rooms 1 2 3 please",
    ]);
}

#[test]
fn a_password_stands_behind_an_adjective_or_a_login_name_and_a_slash() {
    check(&[
        "le mot de passe provisoire ‹password:zT8#pLq2› ne marche plus",
        "contraseña temporal ‹password:Hx92!kkP›",
        "login details: ‹username:sarahk_91› / ‹password:Cupcake!77›",
        "mes identifiants : ‹username:lulu.martin› / ‹password:Biarritz64!›",
    ]);
    check_clean(&["the password page crashes on iPhone12 too", "login details: app / website, both broken"]);
}

#[test]
fn a_customer_and_a_second_telephone_are_found_without_the_word_number() {
    check(&[
        "I'm ‹relationship?:customer› ‹customer_no:40882210› and i want to leave",
        "imei 1: ‹imei!:356938035643809› imei 2: ‹imei!:490154203237518› both blocked",
        "flight conf # ‹booking_ref:Y7RT4Q›, bag still in denver",
    ]);
    check_clean(&["customers 100000 strong and no phone line", "kunde 3 jahre, 2 umzüge"]);
}

#[test]
fn the_bank_stands_right_behind_the_account() {
    check(&[
        "acct no ‹uk_account:41882207› sort ‹uk_account:30-90-89› thats lloyds",
        "wire it to ‹iban!:DE89370400440532013000› ‹bic:COBADEFFXXX› please",
        "rib : banque ‹bank_account:30003› guichet ‹bank_account:01234› compte ‹bank_account!:00050123456›",
    ]);
}

#[test]
fn the_last_four_digits_stand_behind_dots_or_a_short_word_beside_a_card() {
    check(&[
        "from my visa (‹card_last4:...9920›) on the 3rd",
        "the card ending ‹card_last4:7003› is closed, the new one ends ‹card_last4:1518›.",
        "la carta con finale ‹card_last4:4029› è bloccata",
        "kortet slutar ‹card_last4:7718› och är spärrat",
    ]);
    check_clean(&["the sale ends 1530 today", "waiting for my card... 4471 people before me"]);
}

#[test]
fn a_code_in_two_halves_is_no_card_s_code() {
    check(&[
        "sicherheitscode ‹otp:902 114› kam an, seite lädt nicht",
        "password's ‹password:Teapot_1984› if someone wants to try",
        "şifre ‹password:Kartal!1903› kabul etmiyor",
        "tecleé ‹otp:118 204› y dice código incorrecto",
        "booked under ‹booking_ref:R4T9QX›, no mail though",
    ]);
    check_clean(&["booked under protest, 2 nights", "the password's strength meter shows 3 of 5"]);
}
