//! French.

super::says! { French;
    Public "Le lampadaire en laiton, il revient quand ?" [];
    Public "Commande 4471-5512 : trois semaines sans nouvelles, c'est long." [];
    Public "Très joli ! Vous avez une boutique à Lyon ?" [];
    Public "Vous m'avez débité deux fois, carte 4111 1111 1111 1111, merci de vérifier" [FinPan];
    Public "Rappelez-moi au 01 99 00 12 34 s'il vous plaît, Chloé Exemple" [ContactPhone, ContactName];
    Direct "Bonjour, mon colis 6A12345678901 est bloqué depuis lundi, que se passe-t-il ?" [];
    Direct "La facture indique 129,90 € mais le site affichait 119,90 €." [];
    Direct "Est-ce possible de livrer le 05/12 entre 9 h et midi ?" [];
    Direct "L'abat-jour est arrivé fendu, j'ai gardé le carton." [];
    Direct "Le modèle réf. 7350-0412 existe-t-il en chêne ?" [];
    Direct "Vous pouvez prélever sur ma carte 5555 5555 5555 4444, expire 09/29, cryptogramme 123" [FinPan, FinCardExpiry, FinSadCvv];
    Direct "Remboursez-moi sur FR14 2004 1010 0505 0001 3M02 606, Jean Dupont-Fictif" [FinBankAccount, ContactName];
    Direct "Ma nouvelle adresse : 8 rue des Exemples, 75000 Villefictive" [ContactAddress];
    Direct "Vous pouvez m'écrire à chloe@example.com ou appeler le 01 99 00 45 67" [ContactEmail, ContactPhone];
    Direct "Le code reçu par SMS est 204 881" [CredOtp];
    Direct "Je suis née le 21/06/1990, mon mot de passe Tournesol!7 ne marche plus" [DemoDob, CredPassword];
    Direct "Merci beaucoup, tout est arrivé !" [];
    Direct "Quelle ampoule faut-il, E14 ou E27 ?" [];
}
