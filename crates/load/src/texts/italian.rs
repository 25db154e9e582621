//! Italian.

use super::Language;

pub(super) const ITALIAN: Language = Language {
    message: "Messaggio",
    plain: &[
        "quando torna la lampada da terra?",
        "il mio ordine {order} è fermo da una settimana, è andato perso?",
        "il paralume è arrivato rotto, ho tenuto la scatola. Che faccio?",
        "consegnate anche sulle isole, e quanto costa?",
        "la fattura dice {price} ma sul sito era meno",
        "grazie, è arrivato tutto ed è più bella che in foto!",
        "quale lampadina serve per la piccola, e si può regolare? In corridoio ho un vecchio interruttore e non vorrei \
         chiamare l'elettricista.",
        "è la terza volta che chiedo. C'è qualcuno?",
    ],
    personal: &[
        "addebitate sulla carta {card}, scade 11/28",
        "il rimborso su {iban}, {name}",
        "la mia mail è {email} e il telefono {phone}",
        "il codice ricevuto per SMS è {code}",
        "la mia password {password} non funziona più",
    ],
};
