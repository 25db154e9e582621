//! Spanish.

use super::Language;

pub(super) const SPANISH: Language = Language {
    message: "Mensaje",
    plain: &[
        "¿cuándo vuelve la lámpara de pie?",
        "mi pedido {order} lleva una semana parado, ¿se ha perdido?",
        "la pantalla llegó rota, he guardado la caja. ¿Qué hago?",
        "¿enviáis a las islas y cuánto cuesta?",
        "¿podéis entregar un sábado por la mañana?",
        "la factura dice {price} y la web decía menos",
        "gracias, ya ha llegado todo y es más bonita que en la foto.",
        "¿qué bombilla lleva la pequeña y se puede regular? Tengo un interruptor viejo en el pasillo y preferiría no \
         llamar a un electricista.",
        "es la tercera vez que pregunto. ¿Hay alguien?",
        "¿cuánto dura la garantía de lo que compré en rebajas?",
    ],
    personal: &[
        "cobradlo en la tarjeta {card}, caduca 11/28",
        "el reembolso a {iban}, {name}",
        "mi correo es {email} y mi teléfono {phone}",
        "mi nueva dirección es calle Inventada {house}, 28000 Villaejemplo",
        "el código del SMS es {code}",
        "mi contraseña {password} no funciona",
        "nací el {birth}, por si hace falta",
    ],
};
