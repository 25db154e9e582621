use super::*;
use DataType::*;

/// Drafts that ask, and what for.
const REQUESTS: &[(&str, &[DataType])] = &[
    // English
    ("please send me your card number", &[FinPan]),
    ("Could you tell me your date of birth?", &[DemoDob]),
    ("What's your e-mail address?", &[ContactEmail]),
    (
        "May I have your full name, date of birth and postcode, please?",
        &[ContactName, DemoDob, ContactAddress],
    ),
    ("Can you confirm your Social Security Number for me?", &[GovUsSsnItin]),
    ("I need your phone number to call you back.", &[ContactPhone]),
    ("Your password, please?", &[CredPassword]),
    ("To verify it's you, reply with the verification code.", &[CredOtp]),
    ("Please provide the CVV and the expiry date", &[FinSadCvv, FinCardExpiry]),
    ("I can't find you under that name, please send me your date of birth.", &[DemoDob]),
    ("Do not send your card number here, please send me your phone number instead", &[ContactPhone]),
    ("Hi Anna!\nWhat is your IBAN so we can refund you?", &[FinBankAccount]),
    ("Your date of birth is required to continue.", &[DemoDob]),
    ("When were you born?", &[DemoDob]),
    ("Please upload a photo of your passport", &[GovIdImage]),
    ("Could you share your diagnosis with us?", &[HealthCondition]),
    ("Please tell me the last four digits of your card number", &[FinCardTrunc]),
    ("Just DM us your address", &[ContactAddress]),
    ("let us know your PIN", &[FinSadPinTrack]),
    ("What is your mother's maiden name?", &[CredKba]),
    ("I have to ask you for your order number.", &[AccountBookingRef]),
    // German
    ("könnten Sie mir Ihr Geburtsdatum nennen", &[DemoDob]),
    ("Bitte schicken Sie mir Ihre Kreditkartennummer.", &[FinPan]),
    ("Wie lautet Ihre Telefonnummer?", &[ContactPhone]),
    ("Darf ich bitte Ihre E-Mail-Adresse haben?", &[ContactEmail]),
    ("Ich benötige noch Ihre IBAN und Ihr Geburtsdatum.", &[FinBankAccount, DemoDob]),
    ("Bitte teilen Sie uns Ihr Passwort mit", &[CredPassword]),
    ("Nennen Sie mir bitte die Prüfziffer Ihrer Karte", &[FinSadCvv]),
    ("Ich bitte Sie, mir Ihre Anschrift zu schicken.", &[ContactAddress]),
    ("Kannst du mir deine Handynummer geben?", &[ContactPhone]),
    ("Wann sind Sie geboren?", &[DemoDob]),
    ("Zur Bearbeitung wird Ihre Kundennummer benötigt: Ihre Kundennummer bitte", &[AccountCustomerNo]),
    // French
    ("votre mot de passe", &[CredPassword]),
    ("Pouvez-vous m'envoyer votre numéro de carte ?", &[FinPan]),
    ("Quelle est votre date de naissance ?", &[DemoDob]),
    ("J'ai besoin de votre adresse e-mail.", &[ContactEmail]),
    ("Merci de nous communiquer votre numéro de téléphone", &[ContactPhone]),
    ("Veuillez indiquer votre IBAN et votre code postal", &[FinBankAccount, ContactAddress]),
    ("Pourriez-vous me donner le code de vérification ?", &[CredOtp]),
    // Spanish
    ("¿me da su número de tarjeta?", &[FinPan]),
    ("¿Cuál es su fecha de nacimiento?", &[DemoDob]),
    ("Por favor, envíeme su contraseña", &[CredPassword]),
    ("Necesito su número de teléfono", &[ContactPhone]),
    ("¿Podría facilitarnos su correo electrónico y su DNI?", &[ContactEmail, GovEuNationalId]),
    ("Indíquenos su dirección, por favor", &[ContactAddress]),
    // As agents write
    ("Can you please DM us your order number and email address?", &[AccountBookingRef, ContactEmail]),
    ("We'll need your date of birth and the postcode on file.", &[DemoDob, ContactAddress]),
    ("Would you mind sharing your mobile number so that I can ring you?", &[ContactPhone]),
    ("What email address did you use?", &[ContactEmail]),
    ("Für die Erstattung bräuchte ich noch Ihre Bankverbindung.", &[FinBankAccount]),
    ("Mit welcher E-Mail-Adresse haben Sie sich registriert?", &[ContactEmail]),
    ("Envíanos tu correo electrónico por privado", &[ContactEmail]),
    ("If you send me your phone number, I can call you back.", &[ContactPhone]),
    ("Could I grab your postcode?", &[ContactAddress]),
    ("What are the last 4 digits of your card?", &[FinCardTrunc]),
    ("Do you have your order number?", &[AccountBookingRef]),
    ("Bitte noch das Geburtsdatum und die Anschrift.", &[DemoDob, ContactAddress]),
    ("Lassen Sie uns bitte Ihre Telefonnummer zukommen.", &[ContactPhone]),
    ("Auf welche Kreditkarte haben Sie gebucht?", &[FinPan]),
    ("Déjanos tu teléfono y te llamamos", &[ContactPhone]),
    // Written otherwise
    ("PLEASE SEND YOUR CARD NUMBER", &[FinPan]),
    ("ko\u{308}nnten Sie mir Ihr Geburtsdatum nennen", &[DemoDob]),
    ("please send me your card\u{a0}number", &[FinPan]),
];

/// Drafts that do not ask, although they name data.
const NO_REQUESTS: &[&str] = &[
    // English
    "please do not send your card number",
    "Please don't post your card number, date of birth or password here.",
    "we will never ask for your password",
    "Never share your PIN with anyone.",
    "Never, under any circumstances, tell anybody your PIN.",
    "You don't need to give us your date of birth.",
    "We have sent the code to your e-mail address.",
    "We will send a confirmation to your email address",
    "I will send you my phone number.",
    "Please send us an email",
    "Thank you for your email",
    "Our phone number is on the website.",
    "Give me a moment, I have your date of birth here.",
    "We'll send it to your postal address",
    "Your password was changed yesterday.",
    "You will need your booking reference at the counter.",
    "What is a CVV? It is the code on your card.",
    "For your safety, no card number is needed here.",
    "Let me give you our IBAN.",
    "The expiry date of the milk is on the lid.",
    "Thanks, your phone number is now up to date.",
    "",
    "Nobody at Acme will ever ask for your PIN.",
    "If you share your password, your account is at risk.",
    "Please let us know if your phone number changes.",
    "Please tell me more about the problem with your card.",
    "Do you have access to your email?",
    "You can choose which email address we use.",
    // German
    "Bitte geben Sie Ihre PIN niemandem.",
    "Geben Sie Ihre PIN nicht weiter.",
    "Sie finden Ihre Kundennummer auf der Rechnung.",
    "Wir werden Sie nie nach Ihrem Passwort fragen.",
    "nie nach Ihrem Passwort fragen",
    "Bitte senden Sie uns nicht Ihre Kartennummer.",
    "Bitte schreiben Sie keine Kartennummer in den Chat",
    "Wir senden Ihnen den Code an Ihre Telefonnummer.",
    "Geben Sie niemals Ihre PIN weiter.",
    "Ich schicke Ihnen unsere Kontonummer.",
    "Ihre Telefonnummer ist bei uns hinterlegt.",
    // French
    "Nous ne vous demanderons jamais votre mot de passe.",
    "N'envoyez pas votre numéro de carte ici.",
    "Je vous envoie un lien à votre adresse e-mail",
    "Ne donnez jamais votre code PIN",
    // Spanish
    "Nunca le pediremos su contraseña.",
    "Por favor, no envíe su número de tarjeta",
    "Vamos a enviar un enlace a su correo electrónico",
    "No comparta nunca su PIN",
];

#[test]
fn a_draft_that_asks_for_data_is_recognised_in_four_languages() {
    let missed: Vec<_> = REQUESTS
        .iter()
        .map(|(draft, expected)| (draft, asks_for(draft), *expected))
        .filter(|(_, asked, expected)| asked != expected)
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn a_warning_or_a_mention_is_not_a_request() {
    let wrong: Vec<_> = NO_REQUESTS
        .iter()
        .map(|draft| (draft, asks_for(draft)))
        .filter(|(_, asked)| !asked.is_empty())
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_words_are_written_as_they_are_compared() {
    let names = [&WORDS.names, &WORDS.own_names, &WORDS.questions];
    let names = names.into_iter().flat_map(|list| list.values().flatten());
    let cues =
        [&WORDS.before, &WORDS.after].into_iter().flat_map(words::Verbs::lists).flat_map(|(_, list)| list);
    for phrase in names.chain(cues).chain(&WORDS.turns).chain(&WORDS.warnings) {
        let folded = sentences(phrase);
        assert_eq!(folded.len(), 1, "{phrase}");
        assert_eq!(folded[0].words.join(" "), *phrase);
    }
}

#[test]
fn no_name_stands_for_two_types() {
    for list in [&WORDS.names, &WORDS.own_names, &WORDS.questions] {
        let mut seen = std::collections::BTreeMap::new();
        for (data_type, phrases) in list {
            for phrase in phrases {
                assert_eq!(seen.insert(phrase, data_type), None, "{phrase} is also {data_type}");
            }
        }
    }
}

#[test]
fn a_very_long_draft_is_read_in_reasonable_time() {
    let long = "please send me your card number and not a word about it ".repeat(400);
    assert_eq!(asks_for(&long), [FinPan]);
}
