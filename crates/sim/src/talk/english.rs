//! English.

super::says! { English;
    Public "Is the brass floor lamp back in stock?" [];
    Public "Third week without an answer. Order 4471-2086, anybody there?" [];
    Public "Love the new colours! When do they come to the Leeds shop?" [];
    Public "You charged me twice, my card is 4111 1111 1111 1111, fix it!" [FinPan];
    Public "Nobody called back. Once more: 202-555-0134, Tom" [ContactPhone, ContactName];
    Direct "Hi, my parcel 1Z 999 AA1 01 2345 6784 has been in Louisville for five days. Is it lost?" [];
    Direct "The invoice says 1,249.00 but the page said 1,149.00. Which one is right?" [];
    Direct "Could you deliver on 12/05 between 9 and 12 instead?" [];
    Direct "The shade arrived broken, I have kept the box. What now?" [];
    Direct "Do you ship to the Isle of Man, and how much is it?" [];
    Direct "please charge it to my mastercard 5555555555554444 exp 09/29 cvv 123" [FinPan, FinCardExpiry, FinSadCvv];
    Direct "Send the refund to GB82 WEST 1234 5698 7654 32 please, name Priya Sampleton" [FinBankAccount, ContactName];
    Direct "My new address is 12 Larch Lane, Exampleton EX4 6PL. Can you still change it?" [ContactAddress];
    Direct "you can reach me at mara@example.com or on 020 7946 0958" [ContactEmail, ContactPhone];
    Direct "The code you texted me is 482913, does that help?" [CredOtp];
    Direct "I can't log in, my password Sunflower!42 stopped working" [CredPassword];
    Direct "For the credit check: born 14 March 1987, SSN 078-05-1120" [DemoDob, GovUsSsnItin];
    Direct "It's 3 am and I am writing to a lamp shop. Item 7350 0412 please, in oak." [];
}
