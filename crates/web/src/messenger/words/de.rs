//! German.

use super::{Words, data_types};
use aside_model::Language;

pub(super) const WORDS: Words = Words {
    tag: "de",
    language: Language::German,

    landing_title: "Vertraulich weiter mit {brand}",
    landing_text: "Sie verlassen das soziale Netzwerk. Was Sie ab hier schreiben, geht nur an das Unternehmen. Ihr Gespräch kommt mit, Sie müssen nichts wiederholen.",
    landing_button: "Weiter",
    landing_once: "Dieser Link gilt einmal, auf einem Gerät. Er ist nur für Sie: Geben Sie ihn nie weiter.",
    link_used: (
        "Dieser Link wurde schon benutzt",
        "Er gilt einmal. Waren Sie es selbst, machen Sie in dem Browser weiter, den Sie damals benutzt haben. Wenn nicht, sagen Sie es dem Unternehmen dort, wo Sie geschrieben haben.",
    ),
    link_expired: (
        "Dieser Link ist zu alt",
        "Links gelten nur eine Zeit lang, damit sie später niemand anderes benutzen kann.",
    ),
    link_unknown: (
        "Dieser Link funktioniert nicht",
        "Vielleicht fehlt ein Teil. Kopieren Sie ihn ganz aus der Nachricht, oder bitten Sie um einen neuen.",
    ),

    door: (
        "Ihr vertrauliches Gespräch",
        "Auf diesem Gerät ist kein Gespräch offen. Es gibt zwei Wege hinein:",
    ),
    door_link_title: "Um einen Link bitten",
    door_link_text: "Schreiben Sie dem Unternehmen dort, wo Sie zuvor geschrieben haben, etwa als Direktnachricht. Dort bekommen Sie einen neuen Link, nur für Sie.",
    door_code_title: "Oder den Code eingeben",
    door_code_label: "Code aus der Nachricht",
    door_code_button: "Öffnen",
    door_code_wrong: "Dieser Code funktioniert nicht. Er ist vertippt, schon benutzt oder zu alt. Bitten Sie dort um einen neuen, wo Sie zuvor geschrieben haben.",

    writing_to: "Sie schreiben an {brand}",
    kept_title: "Was gespeichert wird",
    kept: [
        "Was Sie schreiben, wird verschlüsselt gespeichert. Die Mitarbeitenden lesen es, um Ihnen zu helfen.",
        "Sensibles wie eine Kartennummer wird maskiert. Es wird nur für einen genannten Zweck geöffnet, und jedes Öffnen wird festgehalten.",
        "Passwörter und Kartenprüfnummern werden vernichtet, bevor etwas gespeichert wird. Niemand hier braucht sie.",
        "Auf Ihren Wunsch kann alles gelöscht werden.",
    ],
    phone: "Als letzter Weg bleibt das Telefon: {phone}",
    leave: "Auf diesem Gerät abmelden",
    assurances: [
        "nicht bestätigt",
        "mit Ihrem eigenen Link geöffnet",
        "E-Mail-Adresse bestätigt",
        "angemeldet",
        "angemeldet",
    ],

    talk_label: "Gespräch",
    nothing_said: "Noch wurde nichts gesagt. Schreiben Sie unten.",
    new_message: "Neue Nachricht",
    you: "Sie",
    rungs: ["öffentlich", "Direktnachricht", "hier, vertraulich", "am Telefon"],
    held: "zurückgehalten, niemand kann es lesen",
    removed: "vernichtet, nicht gespeichert",
    unchecked: "Diese Nachricht konnte nicht geprüft werden. Sie ist versiegelt, niemand sieht sie.",
    taken_back: "Zurückgenommen.",
    attachment: "Ein Anhang kam mit. Niemand hat hineingesehen.",
    edited: "bearbeitet",
    queued: "unterwegs",
    failed: "nicht gesendet",

    hold_title: "Zurückgehalten: vielleicht {what}",
    hold_text: "Niemand kann es lesen. War es harmlos, können nur Sie es freigeben.",
    hold_until: "Sonst wird es vernichtet am",
    hold_release: "Das war meine Bestellnummer – senden",
    hold_discard: "Jetzt löschen",

    miss_title: "Ist noch etwas Persönliches zu sehen?",
    miss_text: "Kopieren Sie es hierher. Es wird in allen Nachrichten, die hier gespeichert sind, verdeckt oder vernichtet.",
    miss_label: "Was noch zu sehen ist",
    miss_type: "Was es ist",
    miss_choose: "Bitte wählen …",
    miss_button: "Überall verdecken",
    miss_not_marked: "Nichts wurde verdeckt: Dieser Text steht hier in keiner Nachricht. Kopieren Sie 3 bis 400 Zeichen aus der Nachricht. Vielleicht ist er schon verdeckt.",

    identify_title: "Bestätigen, dass Sie es sind",
    identify_text: "Kennt das Unternehmen Ihre E-Mail-Adresse schon, geht ein Code dorthin. Die Adresse selbst wird hier nicht gespeichert.",
    email_label: "E-Mail-Adresse",
    ask_code: "Code senden",
    ask_again: "Neuen Code senden",
    code_sent: "Kennt das Unternehmen die Adresse, ist ein Code unterwegs. Er gilt einmal, zehn Minuten lang.",
    code_label: "Code aus der E-Mail",
    code_button: "Bestätigen",
    code_wrong: "Dieser Code funktioniert nicht. Er ist vertippt, schon benutzt oder zu alt.",

    write_label: "Nachricht schreiben",
    send: "Senden",
    empty: "Es steht noch kein Text da.",
    too_long: "Nicht gesendet: Eine Nachricht darf {most} Zeichen haben. Senden Sie sie in Teilen.",
    not_sent_offline: "Nicht gesendet: keine Verbindung. Ihr Text ist noch da; versuchen Sie es noch einmal.",
    draft_found: "Das sieht nach etwas Vertraulichem aus. Lassen Sie es weg, wenn es geht; beim Senden wird es noch einmal geprüft.",
    draft_masked: (
        "Wird maskiert:",
        "Das sieht aus wie: {what}. Die Mitarbeitenden sehen es verdeckt und öffnen es nur, wenn sie müssen.",
    ),
    draft_destroyed: (
        "Wird nie gebraucht:",
        "Das sieht aus wie: {what}. Es wird bei der Ankunft vernichtet. Bitte lassen Sie es weg.",
    ),

    did_released: "Gesendet. Die Mitarbeitenden können es jetzt sehen.",
    did_discarded: "Gelöscht. Niemand kann es zurückholen.",
    did_marked: "In allen Nachrichten verdeckt, die hier gespeichert sind.",
    did_code_sent: "Kennt das Unternehmen die Adresse, ist ein Code unterwegs.",
    did_checked: "Danke. Sie sind bestätigt.",

    privacy_title: "Ihre Daten hier",
    rights_title: "Ihre Rechte",
    rights_text: "Sie können sehen, was über Sie gespeichert ist, es berichtigen und löschen lassen. Bitten Sie im Gespräch darum; es kostet nichts, und geholfen wird Ihnen trotzdem.",
    to_talk: "Zum Gespräch",

    back: "Zurück zum Gespräch",
    stale: (
        "Diese Seite ist veraltet",
        "Es ist nichts geschehen. Gehen Sie zurück, laden Sie die Seite neu und wiederholen Sie es.",
    ),
    not_found: ("Nicht gefunden", "Hier ist nichts. Vielleicht wurde es gelöscht."),
    too_large: (
        "Zu lang",
        "Das ist mehr, als auf einmal geht. Nichts wurde behalten. Senden Sie es in Teilen.",
    ),
    too_many: ("Zu viele Versuche", "Warten Sie ein paar Minuten und versuchen Sie es dann noch einmal."),
    busy: (
        "Einen Moment",
        "Gerade ist zu viel los. Nichts ging verloren und nichts ist geschehen; versuchen Sie es gleich noch einmal.",
    ),
    unavailable: (
        "Gerade nicht erreichbar",
        "Ihr Gespräch ist sicher, kann aber gerade weder gezeigt noch fortgesetzt werden. Bitte kommen Sie in ein paar Minuten wieder, und sehen Sie nach, ob Ihre letzte Nachricht da ist, bevor Sie sie noch einmal senden.",
    ),
    broke: (
        "Etwas ist schiefgegangen",
        "Der Fehler liegt bei uns, nicht bei Ihnen. Nichts ist halb geschehen; bitte versuchen Sie es noch einmal.",
    ),
    not_understood: ("Das hat nicht geklappt", "Gehen Sie zurück und benutzen Sie die Knöpfe der Seite."),
    signed_out: (
        "Abgemeldet",
        "Ihr Gespräch ist auf diesem Gerät nicht mehr offen. Was Sie gesendet haben, wurde nicht angenommen. Bitten Sie dort um einen neuen Link, wo Sie zuvor geschrieben haben.",
    ),

    data_types: data_types::GERMAN,
    some_data: "persönliche Angabe",
};
