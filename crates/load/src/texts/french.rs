//! French.

use super::Language;

pub(super) const FRENCH: Language = Language {
    message: "Message",
    plain: &[
        "le lampadaire en laiton, il revient quand ?",
        "ma commande {order} n'avance plus depuis une semaine, que se passe-t-il ?",
        "l'abat-jour est arrivé fendu, j'ai gardé le carton. Que faire ?",
        "livrez-vous dans les îles, et à quel prix ?",
        "est-ce possible de livrer un samedi matin ?",
        "la facture indique {price} mais le site affichait moins",
        "merci beaucoup, tout est arrivé et c'est encore plus beau qu'en photo !",
        "quelle ampoule faut-il pour la petite, et peut-on faire varier la lumière ? J'ai un vieil interrupteur dans \
         l'entrée et je ne veux pas appeler un électricien.",
        "troisième message. Il y a quelqu'un ?",
        "la garantie dure combien de temps pour un article soldé ?",
    ],
    personal: &[
        "vous pouvez prélever sur ma carte {card}, expire 09/29",
        "remboursez-moi sur {iban}, {name}",
        "vous pouvez m'écrire à {email} ou appeler le {phone}",
        "ma nouvelle adresse : {house} rue des Exemples, 75000 Villefictive",
        "le code reçu par SMS est {code}",
        "mon mot de passe {password} ne marche plus",
        "je suis née le {birth}, si vous en avez besoin",
    ],
};
