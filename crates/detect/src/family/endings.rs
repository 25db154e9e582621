//! Top-level domains (IANA root zone): every country's, and the common others.

use crate::word_set::WordSet;

/// Endings that are no word and no file's ending: a bare `name.ending` is an address.
const PLAIN: &[&str] = &[
    "ac", "ae", "af", "ag", "al", "ao", "app", "aq", "ar", "arpa", "asia", "au", "aw", "ax", "az", "ba",
    "bb", "bd", "berlin", "bf", "bg", "bh", "biz", "bj", "blog", "bm", "bn", "bo", "br", "bs", "bt", "bw",
    "bz", "ca", "cat", "cd", "cf", "cg", "ch", "ci", "ck", "cl", "cloud", "club", "cm", "cn", "com", "coop",
    "cr", "cu", "cv", "cw", "cx", "cy", "cz", "de", "dev", "dj", "dk", "dm", "dz", "ec", "edu", "ee", "eg",
    "er", "eu", "fi", "fj", "fk", "fm", "fo", "fr", "ga", "gb", "gd", "gf", "gg", "gh", "gi", "gl", "gm",
    "gn", "gov", "gp", "gq", "gr", "gs", "gt", "gu", "gw", "gy", "hk", "hm", "hn", "hr", "ht", "hu", "icu",
    "ie", "im", "info", "int", "io", "iq", "ir", "je", "jm", "jobs", "jp", "ke", "kg", "kh", "ki", "km",
    "kn", "kp", "kr", "kw", "ky", "kz", "lb", "lc", "li", "lk", "london", "lr", "ls", "lt", "lu", "lv", "ly",
    "mc", "mg", "mh", "mil", "ml", "mm", "mn", "mobi", "mp", "mq", "mr", "mt", "mu", "museum", "mv", "mw",
    "mx", "mz", "nc", "ne", "net", "nf", "ng", "ni", "nl", "np", "nr", "nu", "nz", "online", "org", "pa",
    "pe", "pf", "ph", "pk", "pn", "pro", "pt", "qa", "re", "ro", "ru", "rw", "sa", "sb", "sc", "sd", "se",
    "sg", "shop", "si", "site", "sj", "sk", "sl", "sm", "sn", "sr", "ss", "store", "su", "sv", "sx", "sy",
    "sz", "tc", "td", "tech", "tf", "tg", "th", "tj", "tk", "tl", "tm", "tn", "tokyo", "top", "tr", "travel",
    "tt", "tv", "tw", "tz", "ua", "ug", "uk", "uy", "uz", "va", "vc", "ve", "vg", "vi", "vn", "vu",
    "website", "wien", "wf", "wiki", "ws", "xxx", "xyz", "ye", "yt", "za", "zm", "zw",
];

/// Endings that are also words or the endings of files: they need more than one dot, a path, or a
/// word that speaks of addresses.
const AMBIGUOUS: &[&str] = &[
    "ad",
    "ai",
    "am",
    "art",
    "as",
    "at",
    "be",
    "bi",
    "by",
    "bar",
    "bio",
    "buzz",
    "cab",
    "cafe",
    "care",
    "cars",
    "cash",
    "cc",
    "center",
    "chat",
    "city",
    "click",
    "co",
    "company",
    "cool",
    "deals",
    "digital",
    "do",
    "education",
    "email",
    "es",
    "et",
    "express",
    "fit",
    "fun",
    "fund",
    "ge",
    "games",
    "gift",
    "global",
    "group",
    "guru",
    "health",
    "help",
    "host",
    "house",
    "id",
    "il",
    "in",
    "ing",
    "is",
    "it",
    "jo",
    "la",
    "law",
    "life",
    "link",
    "live",
    "love",
    "ltd",
    "ma",
    "market",
    "md",
    "me",
    "media",
    "mk",
    "mo",
    "money",
    "mov",
    "ms",
    "my",
    "na",
    "name",
    "network",
    "news",
    "no",
    "now",
    "om",
    "one",
    "page",
    "pg",
    "pics",
    "pl",
    "place",
    "plus",
    "pm",
    "pr",
    "press",
    "ps",
    "pub",
    "pw",
    "py",
    "rent",
    "rest",
    "review",
    "rocks",
    "rs",
    "run",
    "sale",
    "school",
    "services",
    "sh",
    "social",
    "so",
    "software",
    "solutions",
    "space",
    "st",
    "studio",
    "style",
    "support",
    "systems",
    "team",
    "tel",
    "tips",
    "to",
    "today",
    "tools",
    "tours",
    "town",
    "trade",
    "us",
    "video",
    "vip",
    "win",
    "work",
    "world",
    "zip",
    "zone",
];

/// The same, of those that were opened to everybody since 2014.
const NEWER: &[&str] = &[
    "academy", "actor", "adult", "agency", "attorney", "auction", "audio", "auto", "baby", "band", "bank",
    "bargains", "bayern", "beauty", "beer", "best", "bet", "bid", "bike", "bingo", "black", "blue", "boats",
    "bot", "boutique", "brussels", "builders", "business", "camera", "camp", "capital", "career", "careers",
    "casa", "casino", "catering", "ceo", "charity", "cheap", "church", "claims", "cleaning", "clinic",
    "clothing", "coach", "codes", "coffee", "college", "cologne", "computer", "condos", "contact", "cookies",
    "cooking", "country", "coupons", "courses", "credit", "cricket", "cruises", "dance", "date", "dating",
    "degree", "delivery", "democrat", "dental", "dentist", "design", "diamonds", "diet", "direct",
    "discount", "doctor", "dog", "domains", "download", "earth", "eco", "energy", "engineer", "estate",
    "eus", "events", "exchange", "expert", "exposed", "fail", "family", "fan", "fans", "farm", "fashion",
    "film", "finance", "fish", "fishing", "fitness", "flights", "florist", "flowers", "foo", "football",
    "forsale", "forum", "futbol", "fyi", "gal", "gallery", "garden", "gay", "gifts", "gives", "glass",
    "gmbh", "gold", "golf", "graphics", "gratis", "green", "gripe", "guide", "guitars", "hamburg", "haus",
    "hiphop", "hockey", "holdings", "holiday", "homes", "horse", "hospital", "hosting", "immo", "ink",
    "insure", "irish", "jetzt", "jewelry", "juegos", "kaufen", "kim", "kitchen", "koeln", "land", "lat",
    "lawyer", "lease", "legal", "lgbt", "lighting", "limited", "limo", "loan", "loans", "lol", "luxury",
    "madrid", "maison", "mba", "memorial", "men", "menu", "miami", "moda", "mom", "monster", "mortgage",
    "moscow", "movie", "nagoya", "navy", "ngo", "ninja", "nyc", "okinawa", "ong", "onl", "organic", "paris",
    "partners", "parts", "party", "pet", "photo", "photos", "physio", "pictures", "pink", "pizza",
    "plumbing", "poker", "porn", "promo", "property", "quebec", "racing", "recipes", "red", "rehab", "reise",
    "reisen", "rentals", "repair", "report", "rio", "rip", "rugby", "ruhr", "salon", "sarl", "science",
    "security", "sex", "shoes", "show", "singles", "ski", "soccer", "solar", "stream", "study", "supplies",
    "supply", "surf", "surgery", "swiss", "sydney", "tattoo", "tax", "taxi", "tennis", "theater", "tienda",
    "tires", "toys", "training", "ventures", "vet", "viajes", "villas", "vin", "vision", "vodka", "vote",
    "voyage", "wales", "watch", "webcam", "wedding", "whoswho", "wine", "works", "wtf", "yoga", "zuerich",
];

/// The longer ones of them.
const NEWER_LONG: &[&str] = &[
    "accountant",
    "amsterdam",
    "apartments",
    "associates",
    "barcelona",
    "christmas",
    "community",
    "construction",
    "consulting",
    "contractors",
    "creditcard",
    "directory",
    "engineering",
    "enterprises",
    "equipment",
    "financial",
    "foundation",
    "furniture",
    "healthcare",
    "immobilien",
    "industries",
    "institute",
    "international",
    "investments",
    "management",
    "marketing",
    "melbourne",
    "motorcycles",
    "photography",
    "productions",
    "properties",
    "realestate",
    "republican",
    "restaurant",
    "technology",
    "university",
    "vacations",
    "versicherung",
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    Plain,
    Ambiguous,
}

static PLAIN_SET: WordSet<{ PLAIN.len() }> = WordSet::new(PLAIN);
static AMBIGUOUS_SET: WordSet<{ AMBIGUOUS.len() }> = WordSet::new(AMBIGUOUS);
static NEWER_SET: WordSet<{ NEWER.len() }> = WordSet::new(NEWER);
static NEWER_LONG_SET: WordSet<{ NEWER_LONG.len() }> = WordSet::new(NEWER_LONG);

/// What is known of a domain's last label.
pub(super) fn ending(label: &[u8]) -> Option<Ending> {
    if label.len() > 4 && label[..4].eq_ignore_ascii_case(b"xn--") {
        return Some(Ending::Plain);
    }
    if PLAIN_SET.has(label) {
        Some(Ending::Plain)
    } else {
        let listed = AMBIGUOUS_SET.has(label) || NEWER_SET.has(label) || NEWER_LONG_SET.has(label);
        listed.then_some(Ending::Ambiguous)
    }
}

/// A domain name that starts at some place.
pub(super) struct Domain {
    pub(super) end: usize,
    pub(super) ending: Option<Ending>,
    pub(super) labels: usize,
    /// A dot was written as a word.
    pub(super) spelled: bool,
    /// Where the last label begins.
    pub(super) last: usize,
}

pub(super) const fn is_label(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == crate::folded::OTHER_LETTER
}

const LABELS: usize = 10;

/// Reads a domain name of at least two labels. Where the last label is no known ending, an earlier
/// known one ends the name ("example.com.Thanks").
pub(super) fn domain(bytes: &[u8], from: usize, may_spell: bool) -> Option<Domain> {
    let (mut at, mut labels, mut spelled) = (from, 0, false);
    let (mut known, mut any) = (None, None);
    while labels < LABELS {
        let rest = bytes.get(at..)?;
        let mut len = rest.iter().take(63).take_while(|b| is_label(**b)).count();
        while len > 0 && rest[len - 1] == b'-' {
            len -= 1;
        }
        if len == 0 || rest[0] == b'-' {
            break;
        }
        labels += 1;
        let end = at + len;
        if labels > 1 {
            let label = &bytes[at..end];
            let ending = ending(label);
            let domain = Domain { end, ending, labels, spelled, last: at };
            if ending.is_some() {
                known = Some(domain);
            } else if len > 1
                && label.iter().all(|b| b.is_ascii_alphabetic() || *b == crate::folded::OTHER_LETTER)
            {
                any = Some(domain);
            }
        }
        match dot(bytes, end, may_spell) {
            // "…@example.com dot me" has its ending already.
            Some((_, true)) if known.is_some() && !spelled => break,
            Some((next, word)) => {
                at = next;
                spelled |= word;
            }
            None => break,
        }
    }
    known.or(any)
}

/// A dot between two labels at `at`, as a sign or as a word: where the next label begins.
pub(super) fn dot(bytes: &[u8], at: usize, may_spell: bool) -> Option<(usize, bool)> {
    let rest = bytes.get(at..)?;
    if let [b'.', next, ..] = rest {
        return is_label(*next).then_some((at + 1, false));
    }
    if !may_spell {
        return None;
    }
    let spaces = rest.iter().take(2).take_while(|b| **b == b' ').count();
    let word = &rest[spaces..];
    let signs: [&[u8]; 7] = [b"(dot)", b"[dot]", b"{dot}", b"(.)", b"[.]", b"(punkt)", b"[punkt]"];
    let words: [&[u8]; 9] =
        [b"dot ", b"punkt ", b"punto ", b"ponto ", b"kropka ", b"punt ", b"point ", b"prick ", b"tecka "];
    let begins = |with: &&&[u8]| word.len() >= with.len() && word[..with.len()].eq_ignore_ascii_case(with);
    let len = signs.iter().find(begins).or_else(|| words.iter().filter(|_| spaces > 0).find(begins))?.len();
    let after = word[len..].iter().take(2).take_while(|b| **b == b' ').count();
    Some((at + spaces + len + after, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_is_listed_once() {
        let mut all: Vec<_> = PLAIN.iter().chain(AMBIGUOUS).chain(NEWER).chain(NEWER_LONG).collect();
        all.sort();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn a_glued_sentence_does_not_belong_to_the_name() {
        let domain = domain(b"example.com.Thanks", 0, false).unwrap();
        assert_eq!((domain.end, domain.ending), (11, Some(Ending::Plain)));
    }
}
