//! English.

use super::Language;

pub(super) const ENGLISH: Language = Language {
    message: "Message",
    plain: &[
        "is the brass floor lamp back in stock?",
        "my order {order} still says processing, it has been a week now",
        "the shade arrived broken, I have kept the box. What now?",
        "do you deliver to the islands, and what does it cost?",
        "could you bring it on a Saturday morning instead?",
        "the invoice says {price} but the page said less. Which one is right?",
        "I pressed return by mistake, please leave the order as it is",
        "thanks a lot, it is here and it works. The photo on your page does not do it justice, by the way.",
        "which bulb do I need for the small one, and can it be dimmed? I have an old switch in the hall and would \
         rather not have an electrician in.",
        "third time I ask. Is anybody there?",
        "how long is the guarantee if I bought it in the sale?",
        "great service last time, so I am trying you again: can I swap the black one for the oak one?",
    ],
    personal: &[
        "please charge it to my card {card} exp 09/29",
        "send the refund to {iban} please, name {name}",
        "you can reach me at {email} or on {phone}",
        "my new address is {house} Larch Lane, Exampleton. Can you still change it?",
        "the code you texted me is {code}, does that help?",
        "I can't log in, my password {password} stopped working",
        "for the credit check: I was born on {birth}",
        "nobody called back. Once more: {phone}, {name}",
        "my IP address is {ip} if that helps you find the session",
    ],
};
