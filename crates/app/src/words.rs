//! What Aside itself says to customers, in four languages. Safe by construction: none of these texts
//! repeats what the customer wrote, and none confirms that somebody is a customer.

use aside_model::Language;

/// A text in the four languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    en: &'static str,
    de: &'static str,
    fr: &'static str,
    es: &'static str,
}

impl Words {
    /// The text in a language, with `{brand}`, `{link}`, `{code}`, `{address}` and `{phone}` still in it.
    pub(crate) const fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.en,
            Language::German => self.de,
            Language::French => self.fr,
            Language::Spanish => self.es,
        }
    }
}

/// Public reply when something personal was posted or the matter needs privacy.
pub(crate) const SAFE_REPLY: Words = Words {
    en: "Hello! This page is public, so please don't post personal details here. We have sent you a private message to go on.",
    de: "Hallo! Diese Seite ist öffentlich, bitte hier nichts Persönliches schreiben. Wir haben Ihnen eine private Nachricht geschickt, dort geht es weiter.",
    fr: "Bonjour ! Cette page est publique, merci de ne rien y écrire de personnel. Nous vous avons envoyé un message privé pour continuer.",
    es: "¡Hola! Esta página es pública; por favor, no escriba aquí datos personales. Le hemos enviado un mensaje privado para continuar.",
};

/// Public reply where no private reply can be sent any more.
pub(crate) const SAFE_REPLY_WITHOUT_PRIVATE: Words = Words {
    en: "Hello! This page is public, so please don't post personal details here. Write to us in a private message and we will go on there.",
    de: "Hallo! Diese Seite ist öffentlich, bitte hier nichts Persönliches schreiben. Schreiben Sie uns eine private Nachricht, dort helfen wir weiter.",
    fr: "Bonjour ! Cette page est publique, merci de ne rien y écrire de personnel. Écrivez-nous en message privé, nous continuerons là-bas.",
    es: "¡Hola! Esta página es pública; por favor, no escriba aquí datos personales. Escríbanos por mensaje privado y seguiremos allí.",
};

/// Public reply where a link that everybody may see opens the private messages.
pub(crate) const SAFE_REPLY_WITH_LINK: Words = Words {
    en: "Hello! Everybody can read along here, so please don't post personal details. Press this link to go on with us in private: {link}",
    de: "Hallo! Hier können alle mitlesen, bitte nichts Persönliches schreiben. Über diesen Link geht es privat mit uns weiter: {link}",
    fr: "Bonjour ! Tout le monde peut lire ici, merci de ne rien y écrire de personnel. Ce lien permet de continuer en privé avec nous : {link}",
    es: "¡Hola! Aquí puede leer cualquiera; por favor, no escriba datos personales. Con este enlace seguimos en privado: {link}",
};

/// Invitation into the secure channel, after something that does not belong where it was written.
pub(crate) const INVITATION: Words = Words {
    en: "To keep your details safe, let's go on in {brand}'s own secure chat. Your conversation comes along, nothing has to be repeated. This link is yours alone, works once and for 24 hours: {link}\nIf you'd rather not open a link, just answer \"no link\".",
    de: "Damit Ihre Daten sicher sind, machen wir im eigenen sicheren Chat von {brand} weiter. Ihr Gespräch kommt mit, Sie müssen nichts wiederholen. Dieser Link gehört nur Ihnen, gilt einmal und 24 Stunden: {link}\nWenn Sie keinen Link öffnen möchten, antworten Sie einfach „kein Link“.",
    fr: "Pour protéger vos données, continuons dans la messagerie sécurisée de {brand}. Votre conversation vous suit, rien à répéter. Ce lien est à vous seul, valable une fois et 24 heures : {link}\nSi vous préférez ne pas ouvrir de lien, répondez « pas de lien ».",
    es: "Para proteger sus datos, sigamos en el chat seguro de {brand}. Su conversación le acompaña, no hay que repetir nada. Este enlace es solo suyo, funciona una vez y durante 24 horas: {link}\nSi prefiere no abrir un enlace, responda «sin enlace».",
};

/// Added to the invitation when a value is held for the customer.
pub(crate) const HELD: Words = Words {
    en: "Something you wrote looked like a number that must not be sent here, so nobody can read it. If it was something harmless, such as an order number, open the link and release it.",
    de: "Etwas, das Sie geschrieben haben, sah aus wie eine Nummer, die hier nicht hingehört; niemand kann sie lesen. War es etwas Harmloses, etwa eine Bestellnummer, öffnen Sie den Link und geben Sie sie frei.",
    fr: "Une partie de votre message ressemblait à un numéro qui n'a pas sa place ici ; personne ne peut le lire. S'il était anodin, un numéro de commande par exemple, ouvrez le lien et libérez-le.",
    es: "Algo de lo que escribió parecía un número que no debe enviarse aquí; nadie puede leerlo. Si era inofensivo, por ejemplo un número de pedido, abra el enlace y libérelo.",
};

/// The way out for whoever refuses the link.
pub(crate) const WAY_OUT: Words = Words {
    en: "That's fine. You can open {address} yourself and type this code there (it works once, for 30 minutes): {code}\nOr stay here: we gladly help with everything that needs no personal details.",
    de: "Kein Problem. Sie können {address} selbst öffnen und dort diesen Code eingeben (gilt einmal, 30 Minuten): {code}\nOder bleiben Sie hier: Bei allem, was keine persönlichen Daten braucht, helfen wir gern.",
    fr: "Très bien. Vous pouvez ouvrir vous-même {address} et y saisir ce code (valable une fois, 30 minutes) : {code}\nOu restez ici : nous aidons volontiers pour tout ce qui ne demande pas de données personnelles.",
    es: "De acuerdo. Puede abrir {address} por su cuenta y escribir allí este código (sirve una vez, durante 30 minutos): {code}\nO quédese aquí: ayudamos con gusto en todo lo que no requiera datos personales.",
};

/// Added to the way out when the brand has a telephone number.
pub(crate) const WAY_OUT_PHONE: Words = Words {
    en: "As a last resort you can call us: {phone}",
    de: "Als letzter Weg bleibt das Telefon: {phone}",
    fr: "En dernier recours, vous pouvez nous appeler : {phone}",
    es: "Como último recurso, puede llamarnos: {phone}",
};

/// Words with which a customer refuses a link or asks for another way, lower case.
pub(crate) const REFUSALS: Words = Words {
    en: "no link|not click|won't click|wont click|don't click|don't trust|do not trust|is this a scam|not opening|no links",
    de: "kein link|keinen link|klicke nicht|klicke keine|nicht anklicken|traue dem nicht|vertraue dem nicht|ist das betrug|keine links",
    fr: "pas de lien|aucun lien|ne clique pas|clique pas|pas confiance|arnaque|sans lien",
    es: "sin enlace|ningún enlace|no abro|no voy a abrir|no hago clic|no confío|es una estafa|sin link",
};

/// A reminder after an invitation that was not followed.
pub(crate) const REMINDER: Words = Words {
    en: "We are still here for you in {brand}'s secure chat. Your new link, yours alone, works once and for 24 hours: {link}",
    de: "Wir sind im sicheren Chat von {brand} weiter für Sie da. Ihr neuer Link, nur für Sie, gilt einmal und 24 Stunden: {link}",
    fr: "Nous sommes toujours là pour vous dans la messagerie sécurisée de {brand}. Votre nouveau lien, à vous seul, valable une fois et 24 heures : {link}",
    es: "Seguimos a su disposición en el chat seguro de {brand}. Su nuevo enlace, solo suyo, funciona una vez y durante 24 horas: {link}",
};

/// Standing notice of a public page.
pub(crate) const NOTICE_PUBLIC: Words = Words {
    en: "This page is public. Please don't post account, card, identity or health details. We will never ask for them here.",
    de: "Diese Seite ist öffentlich. Bitte keine Konto-, Karten-, Ausweis- oder Gesundheitsdaten schreiben. Wir fragen hier nie danach.",
    fr: "Cette page est publique. Merci de ne publier aucune donnée de compte, de carte, d'identité ou de santé. Nous ne les demanderons jamais ici.",
    es: "Esta página es pública. Por favor, no publique datos de cuentas, tarjetas, identidad o salud. Nunca los pediremos aquí.",
};

/// Standing notice of a direct-message channel, and the reminder in our first message there.
pub(crate) const NOTICE_DIRECT: Words = Words {
    en: "Please don't send card numbers, passwords or health details here: the network reads along. We have a secure chat for that.",
    de: "Bitte hier keine Kartennummern, Passwörter oder Gesundheitsdaten senden: Das Netzwerk liest mit. Dafür haben wir einen sicheren Chat.",
    fr: "Merci de ne pas envoyer ici de numéros de carte, mots de passe ou données de santé : le réseau lit aussi. Nous avons une messagerie sécurisée pour cela.",
    es: "Por favor, no envíe aquí números de tarjeta, contraseñas ni datos de salud: la red también lee. Para eso tenemos un chat seguro.",
};

/// Standing notice of the brand's own messenger.
pub(crate) const NOTICE_SECURE: Words = Words {
    en: "You are in {brand}'s own secure chat. What you write is stored encrypted; sensitive details are masked, and every opening is recorded. Passwords and card security codes are never needed.",
    de: "Sie sind im eigenen sicheren Chat von {brand}. Was Sie schreiben, wird verschlüsselt gespeichert; Sensibles wird maskiert, jedes Öffnen wird festgehalten. Passwörter und Kartenprüfnummern brauchen wir nie.",
    fr: "Vous êtes dans la messagerie sécurisée de {brand}. Vos messages sont stockés chiffrés ; les données sensibles sont masquées et chaque ouverture est consignée. Mots de passe et cryptogrammes ne sont jamais nécessaires.",
    es: "Está en el chat seguro de {brand}. Lo que escribe se guarda cifrado; los datos sensibles se ocultan y cada apertura queda registrada. Nunca hacen falta contraseñas ni códigos de seguridad.",
};

/// What the conversation shows after a code was asked for, whether the address is known or not.
pub(crate) const CODE_ASKED: Words = Words {
    en: "If we hold that e-mail address, a code is on its way to it. Type it here within 10 minutes.",
    de: "Wenn wir diese E-Mail-Adresse kennen, ist ein Code dorthin unterwegs. Geben Sie ihn hier innerhalb von 10 Minuten ein.",
    fr: "Si nous connaissons cette adresse e-mail, un code y est envoyé. Saisissez-le ici dans les 10 minutes.",
    es: "Si tenemos esa dirección de correo, un código va en camino. Escríbalo aquí en un plazo de 10 minutos.",
};

/// Subject of the mail that carries a one-time code.
pub(crate) const CODE_SUBJECT: Words = Words {
    en: "Your code for {brand}",
    de: "Ihr Code für {brand}",
    fr: "Votre code pour {brand}",
    es: "Su código para {brand}",
};

/// The mail that carries a one-time code.
pub(crate) const CODE_MAIL: Words = Words {
    en: "Your code: {code}\n\nType it in the secure chat that you have open. It works once, for 10 minutes.\nNever tell it to anybody, nor to us. If you did not ask for it, ignore this mail.",
    de: "Ihr Code: {code}\n\nGeben Sie ihn im sicheren Chat ein, den Sie geöffnet haben. Er gilt einmal, 10 Minuten.\nSagen Sie ihn niemandem, auch uns nicht. Haben Sie ihn nicht angefordert, ignorieren Sie diese Mail.",
    fr: "Votre code : {code}\n\nSaisissez-le dans la messagerie sécurisée que vous avez ouverte. Il est valable une fois, 10 minutes.\nNe le donnez à personne, pas même à nous. Si vous ne l'avez pas demandé, ignorez ce message.",
    es: "Su código: {code}\n\nEscríbalo en el chat seguro que tiene abierto. Sirve una vez, durante 10 minutos.\nNo se lo diga a nadie, tampoco a nosotros. Si no lo pidió, ignore este mensaje.",
};

/// Topics that need privacy before anything personal is written, in lower case, by language.
pub(crate) const PRIVATE_TOPICS: Words = Words {
    en: "my account|my bill|my invoice|my order|my refund|my payment|my contract|my card|my password|my booking|my policy|charged me|charged twice|log in|login",
    de: "mein konto|meine rechnung|meine bestellung|meine erstattung|meine zahlung|mein vertrag|meine karte|mein passwort|meine buchung|abgebucht|einloggen|anmelden",
    fr: "mon compte|ma facture|ma commande|mon remboursement|mon paiement|mon contrat|ma carte|mon mot de passe|ma réservation|débité|me connecter",
    es: "mi cuenta|mi factura|mi pedido|mi reembolso|mi pago|mi contrato|mi tarjeta|mi contraseña|mi reserva|me cobraron|iniciar sesión",
};

/// Whether a text contains one of the phrases of `words`, in any of the four languages.
pub(crate) fn mentions(words: &Words, text: &str) -> bool {
    let text = text.to_lowercase().replace('’', "'");
    Language::ALL.iter().any(|l| {
        words.in_language(*l).split('|').any(|phrase| {
            text.match_indices(phrase).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + phrase.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_understood_in_four_languages() {
        for text in
            ["No link please", "Ich will keinen Link!", "je ne clique pas là-dessus", "Prefiero sin enlace."]
        {
            assert!(mentions(&REFUSALS, text), "{text}");
        }
        for text in ["thanks, the link works", "no linkage", "ok"] {
            assert!(!mentions(&REFUSALS, text), "{text}");
        }
    }

    #[test]
    fn a_private_topic_is_noticed_before_anything_slips_out() {
        assert!(mentions(&PRIVATE_TOPICS, "You CHARGED ME twice!!"));
        assert!(mentions(&PRIVATE_TOPICS, "Wo bleibt meine Bestellung?"));
        assert!(!mentions(&PRIVATE_TOPICS, "Are you open on Sunday?"));
    }
}
