//! Dutch.

use super::Language;

pub(super) const DUTCH: Language = Language {
    message: "Bericht",
    plain: &[
        "wanneer is de staande lamp weer op voorraad?",
        "mijn bestelling {order} staat al een week stil, is die kwijt?",
        "de kap kwam kapot aan, ik heb de doos nog. Wat nu?",
        "leveren jullie ook op de eilanden, en wat kost dat?",
        "op de factuur staat {price} maar op de site was het minder",
        "bedankt, alles is aangekomen en hij is nog mooier dan op de foto!",
        "welke lamp heb ik nodig voor de kleine, en kan hij gedimd worden? In de gang zit een oude schakelaar en ik laat \
         liever geen elektricien komen.",
        "dit is de derde keer dat ik het vraag. Is daar iemand?",
    ],
    personal: &[
        "schrijf het maar af van kaart {card}, geldig tot 11/28",
        "graag terugstorten op {iban}, {name}",
        "ik ben te bereiken op {email} of {phone}",
        "de code uit de sms is {code}",
        "mijn wachtwoord {password} werkt niet meer",
    ],
};
