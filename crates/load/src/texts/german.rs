//! German.

use super::Language;

pub(super) const GERMAN: Language = Language {
    message: "Nachricht",
    plain: &[
        "wann gibt es die Stehlampe wieder?",
        "die Bestellung {order} hängt seit einer Woche, geht da noch etwas?",
        "der Schirm hat einen Riss. Karton ist noch da, was soll ich tun?",
        "liefern Sie auch auf die Inseln, und was kostet das?",
        "ginge die Lieferung auch am Samstag vormittag?",
        "auf der Rechnung stehen {price}, im Laden war es weniger. Was stimmt?",
        "schönes Regal, passt das auch an eine Dachschräge?",
        "danke, das ging schnell. Die Lampe steht und sieht besser aus als auf dem Bild!",
        "welche Birne brauche ich für die kleine, und lässt sie sich dimmen? Im Flur ist ein alter Schalter, und ich \
         möchte ungern den Elektriker holen.",
        "ich frage zum dritten Mal. Ist da jemand?",
        "wie lange gilt die Garantie auf Ausstellungsstücke?",
    ],
    personal: &[
        "bitte von der Karte {card} abbuchen, gültig bis 11/28",
        "Erstattung bitte auf {iban}, {name}",
        "ich bin unter {email} oder {phone} zu erreichen",
        "neue Adresse: Lindenallee {house}, 12345 Musterstadt. Geht das noch?",
        "meine TAN ist {code}, hilft das?",
        "mein Kennwort {password} geht nicht mehr",
        "geboren bin ich am {birth}, falls Sie das für die Bonität brauchen",
        "ruft mich endlich an: {phone}, {name}",
    ],
};
