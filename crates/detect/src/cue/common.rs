//! Words that stand in many messages whatever these are about.

/// Of eight letters at most where they matter: nothing else of a longer word is looked at.
pub(super) const COMMON: &[&str] = &[
    // English: small words, and what customers write about all the time.
    "a", "about", "account", "after", "again", "all", "am", "an", "and", "any", "app", "are", "as", "at",
    "back", "be", "been", "before", "but", "buy", "by", "call", "can", "card", "code", "colour", "could",
    "day", "days", "did", "do", "does", "email", "even", "first", "for", "from", "get", "go", "going",
    "good", "got", "had", "has", "have", "he", "help", "her", "here", "him", "his", "how", "i", "if", "in",
    "into", "is", "it", "its", "just", "know", "last", "like", "link", "long", "make", "me", "mean", "money",
    "more", "my", "need", "never", "new", "no", "not", "now", "number", "of", "off", "ok", "on", "one",
    "only", "or", "order", "other", "our", "out", "over", "page", "people", "phone", "please", "said",
    "same", "say", "see", "send", "sent", "service", "she", "ship", "should", "show", "so", "some", "still",
    "store", "take", "than", "thank", "thanks", "that", "the", "their", "them", "then", "there", "they",
    "thing", "think", "this", "through", "time", "to", "today", "two", "up", "us", "use", "very", "want",
    "was", "way", "we", "week", "well", "went", "were", "what", "when", "where", "which", "who", "why",
    "will", "with", "work", "works", "would", "year", "years", "yes", "you", "your", // German.
    "aber", "auf", "aus", "bei", "bin", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einen",
    "er", "es", "fuer", "habe", "ich", "ihr", "im", "ist", "mein", "meine", "mir", "mit", "nicht", "noch",
    "nummer", "sie", "sind", "und", "von", "wie", "wir", "zu", "zum", "zur",
    // French, Spanish, Italian, Portuguese.
    "au", "aux", "avec", "ce", "che", "com", "con", "d", "da", "de", "del", "della", "di", "do", "dos", "du",
    "e", "el", "em", "en", "est", "et", "eu", "il", "j", "je", "l", "la", "las", "le", "les", "lo", "los",
    "ma", "mais", "me", "meu", "mi", "mia", "minha", "mio", "mon", "n", "nao", "ne", "no", "non", "nous",
    "numero", "o", "os", "ou", "para", "pas", "per", "por", "pour", "que", "qui", "se", "si", "sono", "sou",
    "soy", "su", "sur", "te", "tu", "un", "una", "une", "vous", "y", // Dutch, Polish, Swedish.
    "att", "czy", "een", "en", "het", "i", "ik", "is", "jag", "jest", "mijn", "na", "nie", "niet", "numer",
    "och", "op", "som", "sie", "van", "voor", "w", "z", "ze",
];
