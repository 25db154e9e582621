//! German.

super::says! { German;
    Public "Wann gibt es die Stehlampe wieder?" [];
    Public "Bestellung 4471-3390, seit drei Wochen keine Antwort. Unverschämt!" [];
    Public "Schönes Regal, passt das auch an eine Dachschräge?" [];
    Public "Ihr habt doppelt abgebucht, Kartennummer 4242 4242 4242 4242, bitte klären" [FinPan];
    Public "Ruft mich endlich an: 030 23125 014, Otto Mustermann" [ContactPhone, ContactName];
    Direct "Hallo, die Sendung 00340434161094022115 hängt seit Montag in Neuwied." [];
    Direct "Auf der Rechnung stehen 89,90 €, im Laden waren es 79,90 €." [];
    Direct "Geht die Lieferung auch am 5.12. vormittags?" [];
    Direct "Der Schirm hat einen Riss. Karton ist noch da, was soll ich tun?" [];
    Direct "Artikel 600 812 44 in Eiche, gibt es den noch?" [];
    Direct "Bitte von der Karte 4111-1111-1111-1111 abbuchen, gültig bis 11/28, Prüfnummer 737" [FinPan, FinCardExpiry, FinSadCvv];
    Direct "Erstattung bitte auf DE89 3704 0044 0532 0130 00, Anke Musterfrau" [FinBankAccount, ContactName];
    Direct "Neue Adresse: Lindenallee 7a, 12345 Musterstadt. Geht das noch?" [ContactAddress];
    Direct "Ich bin unter jonas@example.org oder 030 23125 077 zu erreichen" [ContactEmail, ContactPhone];
    Direct "Meine TAN ist 593 204, hilft das?" [CredOtp];
    Direct "Geboren bin ich am 3.8.1979, Kundennummer 88120" [DemoDob, AccountCustomerNo];
    Direct "Mein Kennwort Gartenzwerg#1 geht nicht mehr" [CredPassword];
    Direct "Danke, das ging schnell. Die Lampe steht!" [];
}
