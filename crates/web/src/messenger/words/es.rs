//! Spanish.

use super::{Words, data_types};
use aside_model::Language;

pub(super) const WORDS: Words = Words {
    tag: "es",
    language: Language::Spanish,

    landing_title: "Siga en privado con {brand}",
    landing_text: "Está saliendo de la red social. Lo que escriba a partir de aquí llega solo a la empresa. Su conversación le acompaña, no hay que repetir nada.",
    landing_button: "Continuar",
    landing_once: "Este enlace funciona una vez, en un solo dispositivo. Es solo suyo: no lo comparta nunca.",
    link_used: (
        "Este enlace ya se usó",
        "Funciona una sola vez. Si fue usted, siga en el navegador que usó entonces. Si no, avise a la empresa donde le escribió.",
    ),
    link_expired: (
        "Este enlace es demasiado antiguo",
        "Los enlaces valen un tiempo limitado, para que nadie más los use después.",
    ),
    link_unknown: (
        "Este enlace no funciona",
        "Quizá falte una parte. Cópielo entero del mensaje o pida uno nuevo.",
    ),

    door: (
        "Su conversación privada",
        "En este dispositivo no hay ninguna conversación abierta. Hay dos formas de entrar:",
    ),
    door_link_title: "Pedir un enlace",
    door_link_text: "Escriba a la empresa donde lo hizo antes, por ejemplo por mensaje directo. Allí recibirá un enlace nuevo, solo para usted.",
    door_code_title: "O escribir el código",
    door_code_label: "Código del mensaje",
    door_code_button: "Abrir",
    door_code_wrong: "Este código no funciona. Está mal escrito, ya se usó o es demasiado antiguo. Pida uno nuevo donde escribió antes.",

    writing_to: "Está escribiendo a {brand}",
    kept_title: "Qué se guarda",
    kept: [
        "Lo que escribe se guarda cifrado. El personal lo lee para ayudarle.",
        "Los datos sensibles, como un número de tarjeta, se ocultan. Solo se abren con un fin declarado, y cada apertura queda registrada.",
        "Las contraseñas y los códigos de seguridad de tarjetas se destruyen antes de guardar nada. Aquí nadie los necesita.",
        "Todo puede borrarse cuando usted lo pida.",
    ],
    phone: "Como último recurso, puede llamar: {phone}",
    leave: "Cerrar sesión en este dispositivo",
    assurances: [
        "sin confirmar",
        "abierto con su propio enlace",
        "correo confirmado",
        "sesión iniciada",
        "sesión iniciada",
    ],

    talk_label: "Conversación",
    nothing_said: "Aún no se ha dicho nada. Escriba abajo.",
    new_message: "Mensaje nuevo",
    you: "Usted",
    rungs: ["en público", "mensaje directo", "aquí, en privado", "por teléfono"],
    held: "retenido, nadie puede leerlo",
    removed: "destruido, no guardado",
    unchecked: "Este mensaje no se pudo comprobar. Está sellado y nadie lo ve.",
    taken_back: "Retirado.",
    attachment: "Venía con un archivo adjunto. Nadie lo ha mirado.",
    edited: "editado",
    queued: "en camino",
    failed: "no enviado",

    hold_title: "Retenido: quizá {what}",
    hold_text: "Nadie puede leerlo. Si era inofensivo, solo usted puede liberarlo.",
    hold_until: "Si no, se destruirá el",
    hold_release: "Era mi número de pedido: enviarlo",
    hold_discard: "Borrarlo ahora",

    miss_title: "¿Todavía se ve algo personal?",
    miss_text: "Cópielo aquí. Se ocultará o destruirá en todos los mensajes guardados aquí.",
    miss_label: "Lo que todavía se ve",
    miss_type: "Qué es",
    miss_choose: "Elija…",
    miss_button: "Ocultar en todas partes",
    miss_not_marked: "No se ocultó nada: ese texto no está en ningún mensaje de aquí. Copie de 3 a 400 caracteres del mensaje. Quizá ya esté oculto.",

    identify_title: "Confirmar que es usted",
    identify_text: "Si la empresa ya conoce su correo, se envía allí un código. La dirección no se guarda aquí.",
    email_label: "Correo electrónico",
    ask_code: "Enviarme un código",
    ask_again: "Enviar otro código",
    code_sent: "Si la empresa conoce la dirección, hay un código en camino. Sirve una vez, durante diez minutos.",
    code_label: "Código del correo",
    code_button: "Confirmar",
    code_wrong: "Este código no funciona. Está mal escrito, ya se usó o es demasiado antiguo.",

    write_label: "Escribir un mensaje",
    send: "Enviar",
    empty: "Todavía no hay texto.",
    too_long: "No enviado: un mensaje puede tener {most} caracteres. Envíelo por partes.",
    not_sent_offline: "No enviado: no hay conexión. Su texto sigue aquí; inténtelo de nuevo.",
    draft_found: "Esto parece algo confidencial. Si puede, no lo escriba; se comprueba otra vez al enviarlo.",
    draft_masked: (
        "Se ocultará:",
        "esto parece: {what}. El personal lo ve cubierto y solo lo abre si es necesario.",
    ),
    draft_destroyed: (
        "Nunca hace falta:",
        "esto parece: {what}. Se destruirá al llegar. Por favor, no lo escriba.",
    ),

    did_released: "Enviado. El personal ya puede verlo.",
    did_discarded: "Borrado. Nadie puede recuperarlo.",
    did_marked: "Oculto en todos los mensajes guardados aquí.",
    did_code_sent: "Si la empresa conoce la dirección, hay un código en camino.",
    did_checked: "Gracias. Su identidad está confirmada.",

    privacy_title: "Sus datos aquí",
    rights_title: "Sus derechos",
    rights_text: "Puede ver lo que se guarda sobre usted, corregirlo y hacerlo borrar. Pídalo en su conversación; no cuesta nada y le ayudamos igualmente.",
    to_talk: "A la conversación",

    back: "Volver a la conversación",
    stale: (
        "Esta página está anticuada",
        "No se ha hecho nada. Vuelva atrás, cargue la página de nuevo y repítalo.",
    ),
    not_found: ("No encontrado", "Aquí no hay nada. Quizá se borró."),
    too_large: (
        "Demasiado largo",
        "Es más de lo que se acepta de una vez. No se guardó nada. Envíelo por partes.",
    ),
    too_many: ("Demasiados intentos", "Espere unos minutos e inténtelo de nuevo."),
    busy: ("Un momento", "Hay demasiado a la vez. No se ha perdido ni hecho nada; inténtelo en un momento."),
    unavailable: (
        "Fuera de alcance por un momento",
        "Su conversación está a salvo, pero ahora no se puede mostrar ni continuar. Vuelva en unos minutos y mire si su último mensaje está antes de enviarlo otra vez.",
    ),
    broke: ("Algo falló", "El fallo es nuestro, no suyo. Nada quedó a medias; inténtelo de nuevo."),
    not_understood: ("No ha funcionado", "Vuelva atrás y use los botones de la página."),
    signed_out: (
        "Sesión cerrada",
        "Su conversación ya no está abierta en este dispositivo. Lo que envió no se recibió. Pida un enlace nuevo donde escribió antes.",
    ),

    data_types: data_types::SPANISH,
    some_data: "dato personal",
};
