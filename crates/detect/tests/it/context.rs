//! Texts with what was said around them.

use aside_detect::{Certainty, Context, Detector, Evidence, Message};

/// The kinds and values found in an answer to a question.
fn answered(question: &str, answer: &str) -> Vec<(&'static str, String)> {
    let context = Context { question: Some(question), ..Context::default() };
    let found = Detector::new().detect_in(&context, answer);
    found.iter().map(|f| (f.finding.kind, answer[f.finding.start..f.finding.end].to_owned())).collect()
}

#[track_caller]
fn answers(cases: &[(&str, &str, &'static str, &str)]) {
    let mut wrong = Vec::new();
    for (question, answer, kind, value) in cases {
        let found = answered(question, answer);
        if found != [(*kind, (*value).to_owned())] {
            wrong.push(format!("\n{question} -> {answer}: {found:?}, not {kind} {value}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn a_date_that_answers_the_question_for_the_birthday_is_a_date_of_birth() {
    answers(&[
        ("What's your date of birth?", "12/04/85", "dob", "12/04/85"),
        ("Could you confirm your date of birth please?", "sure Feb 7 1991", "dob", "Feb 7 1991"),
        ("Nennen Sie mir bitte Ihr Geburtsdatum.", "7.2.85", "dob", "7.2.85"),
        ("Votre date de naissance s'il vous plaît ?", "07/02/85", "dob", "07/02/85"),
        ("¿Su fecha de nacimiento, por favor?", "7/2/85", "dob", "7/2/85"),
        ("Ci conferma la sua data di nascita?", "3 luglio 1991", "dob", "3 luglio 1991"),
        ("Qual a sua data de nascimento?", "25/08/1990", "dob", "25/08/1990"),
        ("Wat is uw geboortedatum?", "14-02-1979", "dob", "14-02-1979"),
        ("Doğum tarihinizi paylaşır mısınız?", "15.06.1987", "dob", "15.06.1987"),
        ("Vad är ditt födelsedatum?", "1985-04-12", "dob", "1985-04-12"),
        ("Назовите вашу дату рождения.", "15.07.1983", "dob", "15.07.1983"),
        ("ما هو تاريخ ميلادك؟", "12/03/1988", "dob", "12/03/1988"),
    ]);
}

#[test]
fn short_numbers_are_what_was_asked_for() {
    answers(&[
        ("Please enter your PIN.", "4711", "pin", "4711"),
        ("And the three digits on the back of the card?", "219", "cvv", "219"),
        ("Quel est le cryptogramme au dos de la carte ?", "219", "cvv", "219"),
        ("¿Me dice el código de seguridad del reverso?", "905", "cvv", "905"),
        ("Wie lautet die dreistellige Prüfziffer?", "317", "cvv", "317"),
        ("Can I have the last four digits of your card?", "8602", "card_last4", "8602"),
        ("Wie lauten die letzten vier Ziffern der Karte?", "8602", "card_last4", "8602"),
        ("Please type the six digits we just texted to you.", "118 402", "otp", "118 402"),
        ("Welchen Code haben wir Ihnen gerade per SMS geschickt?", "493021", "otp", "493021"),
        ("Quel est le code à six chiffres que vous venez de recevoir ?", "493 021", "otp", "493 021"),
        ("¿Qué código de seis cifras le acaba de llegar?", "493021", "otp", "493021"),
        ("Le abbiamo inviato un codice via SMS, ce lo può leggere?", "904417", "otp", "904417"),
        ("When does the card expire?", "04/29", "card_expiry", "04/29"),
        ("What is the best number to reach you on?", "0161 496 0345", "phone", "0161 496 0345"),
        ("Votre numéro de téléphone ?", "06 39 98 40 50", "phone", "06 39 98 40 50"),
        ("And your postcode?", "HX7 8AB", "postcode", "HX7 8AB"),
    ]);
}

#[test]
fn free_answers_are_taken_whole() {
    answers(&[
        ("May I have your full name?", "Harriet Bloom", "person", "Harriet Bloom"),
        ("May I have your full name?", "Sure, it's Harriet Bloom.", "person", "Harriet Bloom"),
        ("¿Me da su nombre completo?", "Rosa Delgado", "person", "Rosa Delgado"),
        ("What is your mother's maiden name?", "Featherstone", "security_answer", "Featherstone"),
        ("Wie hieß Ihr erstes Haustier?", "Schnuffi", "security_answer", "Schnuffi"),
        (
            "Domanda di sicurezza: il cognome da nubile di sua madre?",
            "Bellandi",
            "security_answer",
            "Bellandi",
        ),
        ("Quel est le nom de jeune fille de votre mère ?", "Lefèvre", "security_answer", "Lefèvre"),
        ("Nazwisko panieńskie matki?", "Zielińska", "security_answer", "Zielińska"),
        ("What's your password?", "it's Sunny-day7", "password", "Sunny-day7"),
        ("Wie ist Ihr Passwort?", "sommer2023", "password", "sommer2023"),
    ]);
}

#[test]
fn talk_instead_of_an_answer_is_no_answer() {
    for (question, answer) in [
        ("What's your date of birth?", "why do you need that for a sandwich refund"),
        ("Could you tell me your account number?", "don't have it here, I'm on the bus"),
        ("Please type the six digits we just texted to you.", "nothing came. 4 minutes and counting"),
        ("What is the best number to reach you on?", "the one you have is fine"),
        ("Can I have the last four digits of your card?", "no, you can have my order: 3004-118822"),
        ("What is your mother's maiden name?", "seriously? in 2024?"),
        ("May I have your full name?", "it is on top of this chat"),
        ("May I have your full name?", "why do you need it"),
        ("What's your password?", "I forgot it"),
        ("What's your password?", "no"),
        ("What's your password?", ""),
        ("Nennen Sie mir bitte Ihr Geburtsdatum.", "wozu das denn bitte"),
        ("¿Qué código de seis cifras le acaba de llegar?", "ninguno, llevo 4 minutos"),
        ("Proszę o podanie numeru PESEL w celu weryfikacji.", "nie podam tego na messengerze, sorry"),
        ("", "12 arrived"),
    ] {
        assert_eq!(answered(question, answer), [], "{question} -> {answer}");
    }
}

#[test]
fn an_answer_carries_the_question_as_its_evidence() {
    let context = Context { question: Some("your PIN?"), ..Context::default() };
    let found = &Detector::new().detect_in(&context, "4711")[0].finding;
    assert_eq!((found.certainty, found.evidence.as_slice()), (Certainty::Likely, &[Evidence::Question][..]));
}

#[test]
fn a_number_in_pieces_is_found_in_all_of_them() {
    let earlier = ["my card is 5391 6761", "2220"];
    let context = Context { earlier: &earlier, ..Context::default() };
    let found = Detector::new().detect_in(&context, "2974 sorry my thumb slipped");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].finding.kind, found[0].finding.start, found[0].finding.end), ("card", 0, 4));
    assert!(found[0].finding.evidence.contains(&Evidence::InPieces));
    let parts: Vec<_> = found[0].parts.iter().map(|p| (p.message, p.start, p.end)).collect();
    assert_eq!(parts, [(Message::Earlier(0), 11, 20), (Message::Earlier(1), 0, 4), (Message::This, 0, 4)]);
}

#[test]
fn a_number_that_goes_on_in_a_later_message_is_found_too() {
    let context = Context { earlier: &["4111 1111"], later: &["1111 thanks"], ..Context::default() };
    let found = Detector::new().detect_in(&context, "1111");
    let parts: Vec<_> = found[0].parts.iter().map(|p| (p.message, p.start, p.end)).collect();
    assert_eq!(parts, [(Message::Earlier(0), 0, 9), (Message::This, 0, 4), (Message::Later(0), 0, 4)]);
}

#[test]
fn an_account_in_pieces_is_found() {
    let context = Context { earlier: &["rekening NL91 ABNA"], ..Context::default() };
    let found = Detector::new().detect_in(&context, "0417 1643 00 zo, nu compleet");
    assert_eq!((found[0].finding.kind, found[0].finding.end), ("iban", 12));
    assert_eq!((found[0].parts[0].start, found[0].parts[0].end), (9, 18));
}

#[test]
fn what_stands_in_other_messages_alone_is_not_reported() {
    let context =
        Context { earlier: &["a.b@example.org"], later: &["c.d@example.org"], ..Context::default() };
    assert_eq!(Detector::new().detect_in(&context, "thanks"), []);
    let counted = Context { earlier: &["I ordered 4 of them"], ..Context::default() };
    assert_eq!(Detector::new().detect_in(&counted, "12 arrived"), []);
}

#[test]
fn our_own_codes_are_codes_wherever_they_stand() {
    let is_own = |digits: &str| digits == "408115";
    let context = Context { own_code: Some(&is_own), ..Context::default() };
    for (text, value) in
        [("here you go 408115", "408115"), ("order 408 115 then", "408 115"), ("４０８-115", "４０８-115")]
    {
        let found = Detector::new().detect_in(&context, text);
        let f = &found[0].finding;
        assert_eq!((f.kind, &text[f.start..f.end], f.certainty), ("otp", value, Certainty::Certain));
        assert_eq!(f.evidence, [Evidence::OwnCode]);
    }
    assert_eq!(Detector::new().detect_in(&context, "order 408116 and 4081150"), []);
}

#[test]
fn long_and_hostile_surroundings_are_looked_at_up_to_a_bound() {
    let long = "1 ".repeat(32 * 1024);
    let question = "your PIN? ".repeat(4_096);
    let context = Context {
        question: Some(&question),
        earlier: &[&long, &long],
        later: &[&long],
        ..Context::default()
    };
    for text in ["4711", &long, "é\u{301}", "\u{0}", "ß".repeat(600).as_str()] {
        for found in Detector::new().detect_in(&context, text) {
            assert!(text.get(found.finding.start..found.finding.end).is_some());
        }
    }
}

#[test]
fn a_date_of_birth_is_known_by_a_question_or_a_word_in_other_scripts() {
    for (question, answer) in [
        ("생년월일이 어떻게 되세요?", "1990년 7월 21일"),
        ("生年月日を教えてください。", "1985年3月12日"),
        ("您的出生日期是？", "1985年3月12日"),
        ("Назовите вашу дату рождения.", "15.07.1983"),
        ("ما هو تاريخ ميلادك؟", "12/03/1988"),
    ] {
        let context = Context { question: Some(question), ..Context::default() };
        let found = Detector::new().detect_in(&context, answer);
        assert_eq!(found.iter().map(|f| f.finding.kind).collect::<Vec<_>>(), ["dob"], "{question}");
    }
    for text in [
        "생년월일 1990년 7월 21일",
        "生年月日:1985年3月12日",
        "дата рождения 15.07.1983",
        "تاريخ الميلاد 12/03/1988",
    ] {
        let found = Detector::new().detect(text);
        assert_eq!(found.iter().map(|f| f.kind).collect::<Vec<_>>(), ["dob"], "{text}");
    }
    assert_eq!(Detector::new().detect("생일 선물 2개 주문했어요"), []);
}
