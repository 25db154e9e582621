//! Spanish.

super::says! { Spanish;
    Public "¿Cuándo vuelve la lámpara de pie?" [];
    Public "Pedido 4471-7781, tres semanas sin respuesta. Qué vergüenza." [];
    Public "¡Qué bonito! ¿Tenéis tienda en Valencia?" [];
    Public "Me habéis cobrado dos veces, tarjeta 4242 4242 4242 4242, revisadlo" [FinPan];
    Public "Llamadme al 202-555-0171, soy Lucía Ejemplo" [ContactPhone, ContactName];
    Direct "Hola, el paquete PQ4F7K0712345 lleva cinco días parado. ¿Se ha perdido?" [];
    Direct "La factura dice 99,50 € y la web decía 89,50 €." [];
    Direct "¿Podéis entregar el 5/12 por la mañana?" [];
    Direct "La pantalla llegó rota, he guardado la caja." [];
    Direct "¿El artículo 7350 0412 existe en roble?" [];
    Direct "Cobradlo en la tarjeta 4111111111111111, caduca 11/28, código 737" [FinPan, FinCardExpiry, FinSadCvv];
    Direct "El reembolso a ES91 2100 0418 4502 0005 1332, Marta Inventada" [FinBankAccount, ContactName];
    Direct "Mi nueva dirección es calle Inventada 14, 2.º B, 28000 Villaejemplo" [ContactAddress];
    Direct "Mi correo es lucia@example.org y mi teléfono 202-555-0188" [ContactEmail, ContactPhone];
    Direct "El código del SMS es 771 305" [CredOtp];
    Direct "Nací el 9 de mayo de 1985 y mi contraseña Girasol!8 no funciona" [DemoDob, CredPassword];
    Direct "Gracias, ya ha llegado todo." [];
    Direct "¿Qué bombilla lleva, E14 o E27?" [];
}
