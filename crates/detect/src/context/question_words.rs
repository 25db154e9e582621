//! The phrases with which people are asked for something: folded and lower case in the Latin script, as written in
//! others. Their ends are open, so that "Kontonummern" and "PESELu" count.

use super::question::Asked;

/// What is asked for, and how it is asked.
pub(super) const PHRASES: &[(Asked, &[&str])] = &[
    (
        Asked::Cue("date of birth: "),
        &[
            "date of birth", "birth date", "birthdate", "birthday", "dob", "when were you born", "born on",
            "geburtsdatum", "geburtstag", "wann sind sie geboren", "wann bist du geboren", "geburtsdaten",
            "date de naissance", "quand etes-vous ne", "ne(e) le", "fecha de nacimiento", "cuando nacio", "cuando naciste",
            "data di nascita", "quando e nato", "quando e nata", "data de nascimento", "quando nasceu", "nascimento",
            "geboortedatum", "wanneer bent u geboren", "data urodzenia", "daty urodzenia", "date urodzenia",
            "dogum tarih", "fodelsedatum", "fodelsedag", "fodselsdato", "fodselsdag", "syntymaaika", "datum narozeni",
            "дата рождения", "дату рождения", "дата народження", "生年月日", "出生日期", "생년월일", "تاريخ ميلاد", "تاريخ الميلاد",
            "जन्म तिथि", "जन्मतिथि", "ημερομηνία γέννησης",
        ],
    ),
    (
        Asked::Cue("PIN: "),
        &[
            "pin", "pin code", "pin-code", "your pin", "geheimzahl", "pin-nummer", "code pin", "codigo pin",
            "codice pin", "kod pin", "pincode", "numero secreto", "code secret", "пин-код", "пин код",
        ],
    ),
    (
        Asked::Cue("CVV: "),
        &[
            "cvv", "cvc", "security code", "card verification", "three digits on the back", "3 digits on the back",
            "three-digit", "3-digit code", "digits on the back", "prufziffer", "sicherheitscode", "kartenprufnummer",
            "dreistellige", "cryptogramme", "trois chiffres au dos", "code de securite", "codigo de seguridad",
            "tres digitos", "tres cifras", "codice di sicurezza", "tre cifre", "codigo de seguranca", "tres digitos atras",
            "beveiligingscode", "drie cijfers", "kod cvv", "trzy cyfry", "kod zabezpieczajacy", "sakerhetskod",
            "guvenlik kodu",
        ],
    ),
    (
        Asked::Cue("card ending "),
        &[
            "last four", "last 4", "final four digits", "letzten vier", "letzten 4", "quatre derniers chiffres",
            "4 derniers chiffres", "ultimos cuatro", "ultimas cuatro", "ultimos 4", "ultime quattro", "ultime 4 cifre",
            "ultimos quatro", "ultimas quatro", "laatste vier", "laatste 4", "ostatnie cztery", "ostatnie 4",
            "cztery ostatnie", "son dort", "sista fyra", "siste fire", "sidste fire", "последние четыре",
        ],
    ),
    (
        Asked::Cue("one-time code: "),
        &[
            "one-time code", "one time code", "verification code", "otp", "six digits", "six-digit", "6-digit", "6 digits",
            "code we just sent", "code we sent", "code we have sent", "code did you receive", "just texted", "sms code",
            "passcode", "confirmation code we", "code haben wir", "code per sms", "sms-code", "bestatigungscode",
            "verifizierungscode", "einmalcode", "sechsstellige", "tan", "code a six chiffres", "code a 6 chiffres",
            "code que vous venez", "code recu", "code de verification", "code par sms", "seis cifras", "seis digitos",
            "codigo que le", "codigo de verificacion", "codigo que te", "codigo recibido", "codice via sms",
            "codice che", "codice di verifica", "sei cifre", "codigo de verificacao", "codigo que enviamos",
            "codigo por sms", "codigo que recebeu", "verificatiecode", "code die we", "sms'en", "zescijferige",
            "kod z sms", "kod weryfikacyjny", "kod sms", "kod, ktory", "dogrulama kodu", "verifieringskod", "engangskod",
            "koden vi", "код из смс", "код подтверждения", "认证码", "验证码", "認証コード", "인증번호", "رمز التحقق",
        ],
    ),
    (
        Asked::Cue("postcode: "),
        &[
            "postcode", "post code", "postal code", "zip", "postleitzahl", "plz", "code postal", "codigo postal",
            "codice postale", "cap", "cep", "kod pocztowy", "kodu pocztowego", "postnummer", "posta kodu", "postinumero",
            "почтовый индекс", "индекс", "郵便番号", "우편번호",
        ],
    ),
    (
        Asked::Cue("my phone number: "),
        &[
            "phone number", "number to reach you", "number can we reach", "number to call", "telephone number",
            "mobile number", "contact number", "cell number", "best number", "call you on", "call you back", "telefonnummer",
            "handynummer", "rufnummer", "mobilnummer", "telefonisch erreichen", "numero de telephone", "votre telephone",
            "numero de portable", "numero de telefono", "telefono", "numero de movil", "numero di telefono", "recapito",
            "numero de telefone", "telefone", "telemovel", "celular", "telefoonnummer", "mobiele nummer", "numer telefonu",
            "telefon numara", "numer komorki", "puhelinnumero", "номер телефона", "電話番号", "전화번호", "رقم الهاتف", "رقم هاتفك",
            "फ़ोन नंबर", "मोबाइल नंबर",
        ],
    ),
    (
        Asked::Cue("e-mail: "),
        &["e-mail", "email", "mail address", "mailadresse", "courriel", "correo", "posta elettronica", "adres mailowy"],
    ),
    (
        Asked::Cue("account number: "),
        &[
            "account number", "bank account", "account no", "kontonummer", "bankverbindung", "numero de compte",
            "numero de cuenta", "cuenta bancaria", "numero di conto", "conto corrente", "numero da conta", "conta bancaria",
            "rekeningnummer", "bankrekening", "numer konta", "numeru konta", "numer rachunku", "hesap numara", "tilinumero",
            "номер счета", "номер счёта", "口座番号",
        ],
    ),
    (Asked::Cue("sort code: "), &["sort code"]),
    (Asked::Cue("routing number: "), &["routing number", "aba number"]),
    (Asked::Cue("IBAN: "), &["iban"]),
    (
        Asked::Cue("card number: "),
        &[
            "card number", "long number on", "16 digits", "kartennummer", "kreditkartennummer", "numero de carte",
            "numero de la carte", "numero de tarjeta", "numero de la tarjeta", "numero della carta", "numero di carta",
            "numero do cartao", "numero de cartao", "kaartnummer", "numer karty", "numeru karty", "kart numara",
            "kortnummer", "номер карты",
        ],
    ),
    (
        Asked::Cue("card expiry date: "),
        &[
            "card expire", "expiry date", "expiration date", "valid until", "expires on", "ablaufdatum", "gultig bis",
            "date d'expiration", "expire votre carte", "fecha de caducidad", "fecha de vencimiento", "caduca",
            "data di scadenza", "scadenza", "data de validade", "validade do cartao", "vervaldatum", "geldig tot",
            "data waznosci", "date waznosci", "son kullanma", "utgangsdatum", "giltighetstid",
        ],
    ),
    (
        Asked::Cue("customer number: "),
        &[
            "customer number", "customer id", "client number", "membership number", "kundennummer", "numero client",
            "numero de cliente", "codice cliente", "numero cliente", "klantnummer", "numer klienta", "musteri numara",
            "kundnummer",
        ],
    ),
    (
        Asked::Cue("booking reference: "),
        &[
            "booking reference", "booking number", "booking code", "reservation number", "confirmation number", "pnr",
            "buchungsnummer", "buchungscode", "numero de reservation", "reference de reservation", "localizador",
            "numero de reserva", "codice prenotazione", "numero di prenotazione", "codigo de reserva", "boekingsnummer",
            "boekingscode", "numer rezerwacji", "rezervasyon numara", "bokningsnummer",
        ],
    ),
    (
        Asked::Cue("policy number: "),
        &[
            "policy number", "claim number", "versicherungsnummer", "schadennummer", "policennummer", "numero de police",
            "numero de sinistre", "numero de poliza", "numero di polizza", "numero da apolice", "polisnummer",
            "numer polisy",
        ],
    ),
    (Asked::Cue("social security number: "), &["social security number", "ssn", "last four of your social"]),
    (Asked::Cue("PESEL: "), &["pesel"]),
    (Asked::Cue("CPF: "), &["cpf"]),
    (Asked::Cue("BSN: "), &["bsn", "burgerservicenummer"]),
    (Asked::Cue("codice fiscale: "), &["codice fiscale"]),
    (Asked::Cue("DNI: "), &["dni", "nie"]),
    (Asked::Cue("NHS number: "), &["nhs number"]),
    (Asked::Cue("national insurance number: "), &["national insurance", "ni number"]),
    (Asked::Cue("T.C. kimlik no: "), &["kimlik numara", "t.c. kimlik"]),
    (Asked::Cue("personnummer: "), &["personnummer"]),
    (Asked::Cue("passport number: "), &["passport number", "passnummer", "numero de passeport", "numero de pasaporte"]),
    (Asked::Cue("Steuer-ID: "), &["steuer-id", "steueridentifikationsnummer", "steuernummer"]),
    (
        Asked::Name,
        &[
            "your name", "full name", "first name", "last name", "surname", "who am i speaking", "who am i talking",
            "ihr name", "ihren namen", "dein name", "deinen namen", "vor- und nachname", "wie heisen sie", "wie heisst du",
            "votre nom", "nom complet", "votre prenom", "comment vous appelez", "su nombre", "tu nombre", "nombre completo",
            "como se llama usted", "nome e cognome", "suo nome", "tuo nome", "il cognome", "nome completo", "seu nome",
            "teu nome", "uw naam", "je naam", "volledige naam", "imie i nazwisko", "pana imie", "pani imie", "adiniz",
            "ditt namn", "dit navn", "ditt navn", "ваше имя", "как вас зовут", "お名前", "성함", "您的姓名",
        ],
    ),
    (
        Asked::Password,
        &[
            "your password", "current password", "account password", "which password", "what password", "ihr passwort",
            "dein passwort", "das passwort", "ihr kennwort", "votre mot de passe", "le mot de passe", "su contrasena",
            "tu contrasena", "la contrasena", "sua password", "la password", "sua senha", "a senha", "palavra-passe",
            "uw wachtwoord", "je wachtwoord", "haslo", "sifreniz", "parolaniz", "ditt losenord", "ваш пароль", "パスワード",
        ],
    ),
    (
        Asked::SecurityAnswer,
        &[
            "mother's maiden name", "mothers maiden name", "maiden name", "first pet", "name of your pet", "security question",
            "security answer", "memorable word", "memorable name", "secret answer", "first school", "favourite teacher",
            "favorite teacher", "city were you born", "town were you born", "sicherheitsfrage", "erstes haustier",
            "ihr haustier", "madchenname", "geheime antwort", "geburtsname ihrer mutter", "nom de jeune fille",
            "premier animal", "question de securite", "question secrete", "reponse secrete", "pregunta de seguridad",
            "apellido de soltera", "primera mascota", "pregunta secreta", "domanda di sicurezza", "cognome da nubile",
            "primo animale", "pergunta de seguranca", "nome de solteira", "primeiro animal", "pergunta secreta",
            "beveiligingsvraag", "meisjesnaam", "eerste huisdier", "nazwisko panienskie", "pytanie bezpieczenstwa",
            "pierwszego zwierz", "kizlik soyad", "guvenlik sorusu", "sakerhetsfraga", "flicknamn", "девичья фамилия",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_latin_phrase_is_folded_and_lower_case() {
        for phrase in PHRASES.iter().flat_map(|(_, phrases)| *phrases) {
            let folded = crate::folded::Folded::new(phrase);
            let latin = folded.bytes().is_ascii();
            assert!(!latin || folded.bytes() == phrase.to_lowercase().as_bytes(), "{phrase}");
            assert_eq!(*phrase, phrase.to_lowercase(), "{phrase}");
        }
    }
}
