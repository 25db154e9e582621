//! French.

use super::{Words, data_types};
use aside_model::Language;

pub(super) const WORDS: Words = Words {
    tag: "fr",
    language: Language::French,

    landing_title: "Continuer en privé avec {brand}",
    landing_text: "Vous quittez le réseau social. Ce que vous écrivez à partir d'ici ne va qu'à l'entreprise. Votre conversation vous suit, rien à répéter.",
    landing_button: "Continuer",
    landing_once: "Ce lien fonctionne une fois, sur un seul appareil. Il est à vous seul : ne le transmettez jamais.",
    link_used: (
        "Ce lien a déjà servi",
        "Il fonctionne une seule fois. Si c'était vous, continuez dans le navigateur utilisé alors. Sinon, dites-le à l'entreprise là où vous lui avez écrit.",
    ),
    link_expired: (
        "Ce lien est trop ancien",
        "Les liens ne valent qu'un temps, pour que personne d'autre ne s'en serve plus tard.",
    ),
    link_unknown: (
        "Ce lien ne fonctionne pas",
        "Il en manque peut-être une partie. Copiez-le en entier depuis le message, ou demandez-en un nouveau.",
    ),

    door: (
        "Votre conversation privée",
        "Aucune conversation n'est ouverte sur cet appareil. Il y a deux façons d'entrer :",
    ),
    door_link_title: "Demander un lien",
    door_link_text: "Écrivez à l'entreprise là où vous l'avez déjà fait, par exemple en message privé. Vous y recevrez un nouveau lien, pour vous seul.",
    door_code_title: "Ou saisir le code",
    door_code_label: "Code reçu dans le message",
    door_code_button: "Ouvrir",
    door_code_wrong: "Ce code ne fonctionne pas. Il est mal saisi, déjà utilisé ou trop ancien. Demandez-en un nouveau là où vous aviez écrit.",

    writing_to: "Vous écrivez à {brand}",
    kept_title: "Ce qui est conservé",
    kept: [
        "Vos messages sont stockés chiffrés. Le personnel les lit pour vous aider.",
        "Les données sensibles, comme un numéro de carte, sont masquées. Elles ne s'ouvrent que dans un but déclaré, et chaque ouverture est consignée.",
        "Les mots de passe et cryptogrammes de carte sont détruits avant tout stockage. Personne ici n'en a besoin.",
        "Tout peut être effacé à votre demande.",
    ],
    phone: "En dernier recours, vous pouvez appeler : {phone}",
    leave: "Se déconnecter sur cet appareil",
    assurances: [
        "non confirmé",
        "ouvert avec votre propre lien",
        "adresse e-mail confirmée",
        "connecté",
        "connecté",
    ],

    talk_label: "Conversation",
    nothing_said: "Rien n'a encore été dit. Écrivez ci-dessous.",
    new_message: "Nouveau message",
    you: "Vous",
    rungs: ["en public", "message privé", "ici, en privé", "par téléphone"],
    held: "retenu, personne ne peut le lire",
    removed: "détruit, non conservé",
    unchecked: "Ce message n'a pas pu être vérifié. Il est scellé et personne ne le voit.",
    taken_back: "Retiré.",
    attachment: "Une pièce jointe l'accompagnait. Personne ne l'a ouverte.",
    edited: "modifié",
    queued: "en cours d'envoi",
    failed: "non envoyé",

    hold_title: "Retenu : peut-être {what}",
    hold_text: "Personne ne peut le lire. S'il était anodin, vous seul pouvez le libérer.",
    hold_until: "Sinon il sera détruit le",
    hold_release: "C'était mon numéro de commande – envoyer",
    hold_discard: "Supprimer maintenant",

    miss_title: "Quelque chose de personnel est encore visible ?",
    miss_text: "Copiez-le ici. Il sera masqué ou détruit dans tous les messages conservés ici.",
    miss_label: "Ce qui est encore visible",
    miss_type: "De quoi il s'agit",
    miss_choose: "Choisissez…",
    miss_button: "Masquer partout",
    miss_not_marked: "Rien n'a été masqué : ce texte ne figure dans aucun message ici. Copiez de 3 à 400 caractères du message. Il est peut-être déjà masqué.",

    identify_title: "Confirmer que c'est vous",
    identify_text: "Si l'entreprise connaît déjà votre adresse e-mail, un code y est envoyé. L'adresse elle-même n'est pas conservée ici.",
    email_label: "Adresse e-mail",
    ask_code: "M'envoyer un code",
    ask_again: "Envoyer un autre code",
    code_sent: "Si l'entreprise connaît l'adresse, un code est en route. Il vaut une fois, dix minutes.",
    code_label: "Code reçu par e-mail",
    code_button: "Confirmer",
    code_wrong: "Ce code ne fonctionne pas. Il est mal saisi, déjà utilisé ou trop ancien.",

    write_label: "Écrire un message",
    send: "Envoyer",
    empty: "Il n'y a pas encore de texte.",
    too_long: "Non envoyé : un message peut avoir {most} caractères. Envoyez-le en plusieurs fois.",
    not_sent_offline: "Non envoyé : pas de connexion. Votre texte est toujours là ; réessayez.",
    draft_found: "Cela semble confidentiel. Si possible, ne l’écrivez pas ; une nouvelle vérification a lieu à l’envoi.",
    draft_masked: (
        "Sera masqué :",
        "ceci ressemble à : {what}. Le personnel le voit couvert et ne l'ouvre que s'il le faut.",
    ),
    draft_destroyed: (
        "Jamais nécessaire :",
        "ceci ressemble à : {what}. Ce sera détruit à l'arrivée. Merci de ne pas l'écrire.",
    ),

    did_released: "Envoyé. Le personnel peut le voir maintenant.",
    did_discarded: "Supprimé. Personne ne peut le récupérer.",
    did_marked: "Masqué dans tous les messages conservés ici.",
    did_code_sent: "Si l'entreprise connaît l'adresse, un code est en route.",
    did_checked: "Merci. Votre identité est confirmée.",

    privacy_title: "Vos données ici",
    rights_title: "Vos droits",
    rights_text: "Vous pouvez voir ce qui est conservé sur vous, le corriger et le faire effacer. Demandez-le dans votre conversation ; c'est gratuit, et l'on vous aide de toute façon.",
    to_talk: "Vers la conversation",

    back: "Retour à la conversation",
    stale: (
        "Cette page n'est plus à jour",
        "Rien n'a été fait. Revenez en arrière, rechargez la page et recommencez.",
    ),
    not_found: ("Introuvable", "Il n'y a rien ici. Cela a peut-être été effacé."),
    too_large: (
        "Trop long",
        "C'est plus que ce qui est accepté en une fois. Rien n'a été gardé. Envoyez-le en plusieurs fois.",
    ),
    too_many: ("Trop d'essais", "Attendez quelques minutes, puis réessayez."),
    busy: (
        "Un instant",
        "Il se passe trop de choses à la fois. Rien n'est perdu ni fait ; réessayez dans un instant.",
    ),
    unavailable: (
        "Momentanément inaccessible",
        "Votre conversation est en sécurité, mais ne peut être ni affichée ni poursuivie pour le moment. Revenez dans quelques minutes, et regardez si votre dernier message est là avant de le renvoyer.",
    ),
    broke: (
        "Quelque chose a échoué",
        "La faute est de notre côté. Rien n'a été fait à moitié ; veuillez réessayer.",
    ),
    not_understood: ("Cela n'a pas fonctionné", "Revenez en arrière et utilisez les boutons de la page."),
    signed_out: (
        "Déconnecté",
        "Votre conversation n'est plus ouverte sur cet appareil. Votre envoi n'a pas été pris. Demandez un nouveau lien là où vous aviez écrit.",
    ),

    data_types: data_types::FRENCH,
    some_data: "donnée personnelle",
};
