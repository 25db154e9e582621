//! Terms for what somebody is, has, takes, believes or did.

use super::{
    evidence,
    link::{
        BEING, BEING_OR_HAVING, HAVING, JOINING, KINSHIP, LIVING_ON, Link, STATUS, TAKING, VOTING, Ways,
        link_before, word_after, words_before,
    },
    other_scripts,
    roles::{AS, FILLER, FIRST, I_AM, I_HAVE, IS, MY, roles},
};
use crate::{
    Certainty,
    cue::{Cue, Said, Topic},
    folded::OTHER_LETTER,
    page::{Found, Page, What, is_letter, is_word},
};
use aside_taxonomy::DataType;

/// How near medicine stands behind an illness that makes it the writer's.
const NEAR_ILLNESS: usize = 80;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    // Where the last term ends that was taken, for "and asthma" and "my insulin".
    let mut last: Option<(Said, usize)> = None;
    for cue in page.cues.iter() {
        let Topic::Said(said) = cue.topic else { continue };
        if page.byte(cue.start) == OTHER_LETTER {
            other_scripts::find(page, found, said, cue);
            continue;
        }
        let Some((data_type, kind, ways)) = what(said) else { continue };
        if is_something_else(page.bytes(), cue) {
            continue;
        }
        let joined = last.is_some_and(|(before, end)| goes_on(page.bytes(), before, end, said, cue.start));
        let alone = Link { first_person: said == Said::Work, from: cue.start, at: cue.start, child: false };
        let link = match said {
            Said::Crisis | Said::Work => Some(alone),
            _ if has_its_person(&page.bytes()[cue.start..cue.end]) => {
                Some(Link { first_person: true, ..alone })
            }
            Said::Organisation | Said::Party if is_inside(page.bytes(), said, cue) => Some(alone),
            _ => link_before(page.bytes(), (cue.start, cue.end), ways),
        };
        let link = link.or_else(|| {
            let own = joined
                || (opens_a_clause(page.bytes(), cue.start) && says_whose(page.bytes(), said, cue.end));
            own.then_some(Link { first_person: !joined, ..alone })
        });
        let Some(link) = link else { continue };
        if said == Said::Colour && !stands_for_a_person(page.bytes(), cue.end) {
            continue;
        }
        // Of others, "she is a woman" is said by everybody.
        if said == Said::Gender && !link.first_person {
            continue;
        }
        let (start, end) = (span_start(page.bytes(), said, cue, &link), span_end(page, said, cue));
        if start >= end {
            // "I work as", and the text ends, or a line does: nothing is said.
            continue;
        }
        last = Some((said, end));
        let explicit = link.first_person
            && !matches!(
                said,
                Said::Party | Said::Medicine | Said::Aid | Said::Status | Said::Work | Said::Gender
            );
        let certainty = if explicit { Certainty::Likely } else { Certainty::Guessed };
        let evidence = evidence(link.first_person);
        found.add(page, start, end, What::new(data_type, kind, certainty, &evidence));
    }
}

/// What a term is reported as, and how sentences say it; `None` for terms that count only beside a number or date.
pub(super) const fn what(said: Said) -> Option<(DataType, &'static str, Ways)> {
    Some(match said {
        Said::Illness => (DataType::HealthCondition, "condition", HAVING),
        Said::Patient => (DataType::HealthCondition, "condition", BEING),
        Said::Allergy => (DataType::HealthCondition, "condition", BEING_OR_HAVING),
        Said::Medicine => (DataType::HealthCondition, "condition", TAKING),
        Said::Impaired | Said::Crisis => (DataType::HealthVulnerability, "vulnerability", BEING),
        Said::Aid => (DataType::HealthVulnerability, "vulnerability", BEING_OR_HAVING),
        Said::Death => (DataType::HealthVulnerability, "vulnerability", KINSHIP),
        Said::Gene => (DataType::BioGeneticNeural, "genetic_neural", HAVING),
        Said::Origin | Said::Colour => (DataType::SpecRace, "race", BEING),
        Said::Faith | Said::Unionist => (DataType::SpecBeliefUnion, "belief_union", BEING),
        Said::Organisation => (DataType::SpecBeliefUnion, "belief_union", JOINING),
        Said::Party => (DataType::SpecBeliefUnion, "belief_union", VOTING),
        Said::Orientation => (DataType::SpecSexOrientation, "sex_orientation", BEING),
        Said::Offender => (DataType::SpecCriminal, "criminal", BEING),
        Said::Record => (DataType::SpecCriminal, "criminal", HAVING),
        Said::Gender => (DataType::DemoAgeGender, "gender", BEING),
        Said::Status => (DataType::DemoFamily, "family", STATUS),
        Said::Migrant => (DataType::GovImmigration, "immigration", BEING),
        Said::Permit => (DataType::GovImmigration, "immigration", BEING_OR_HAVING),
        Said::Work => (DataType::DemoWorkEducation, "work_education", BEING),
        Said::Benefit => (DataType::DemoIncome, "income", LIVING_ON),
        Said::Income | Said::Balance | Said::Score | Said::Away | Said::Nothing => return None,
    })
}

/// Words behind a term that make something else of it.
const THINGS: &[&str] = &[
    "insurance",
    "policy",
    "policies",
    "cover",
    "charity",
    "awareness",
    "research",
    "foundation",
    "association",
    "friday",
    "market",
    "women",
    "men",
    "people",
    "customers",
    "users",
    "passengers",
    "patients",
    "friendly",
    "community",
    "communities",
    "rights",
    "pride",
    "week",
    "month",
    "day",
    "vaccine",
    "vaccines",
    "season",
    "screening",
    "test",
    "tests",
    "hospital",
    "centre",
    "center",
    "charities",
    "line",
    "ward",
    "support",
    "accessible",
    "access",
    "ramp",
    "ramps",
    "space",
    "spaces",
    "lift",
    "entrance",
    "screen",
    "box",
    "card",
    "cards",
    "colour",
    "color",
    "tie",
    "paper",
    "bar",
    "club",
    "bars",
    "church",
    "school",
    "wedding",
    "menschen",
    "leute",
    "personnes",
    "personas",
    "persone",
    "pessoas",
    "mensen",
    "osob",
    "stiftung",
    "hilfe",
    "forschung",
    "versicherung",
    "couple",
    "couples",
    "name",
    "prices",
    "price",
    "costs",
    "movie",
    "film",
    "book",
    "series",
    "episode",
    "of",
    "stripe",
];

fn is_something_else(bytes: &[u8], cue: Cue) -> bool {
    let hyphen = |at: usize| bytes.get(at) == Some(&b'-');
    let tagged =
        cue.start.checked_sub(1).is_some_and(|before| matches!(bytes[before], b'#' | b'@' | b'-' | b'/'));
    let compound = hyphen(cue.end) && bytes.get(cue.end + 1).is_some_and(|b| is_word(*b));
    let thing = word_after(bytes, cue.end)
        .is_some_and(|word| THINGS.iter().any(|thing| thing.as_bytes().eq_ignore_ascii_case(word)));
    // "Single mum of 3".
    let thing = thing
        && !(cue.topic == Topic::Said(Said::Status)
            && word_after(bytes, cue.end).is_some_and(|word| word.eq_ignore_ascii_case(b"of")));
    // "As a lesbian couple": the couple is the writer.
    let thing = thing
        && !(word_after(bytes, cue.end).is_some_and(|word| word.eq_ignore_ascii_case(b"couple"))
            && words_before(bytes, cue.start)
                .nth(1)
                .is_some_and(|(_, word)| roles(word) & (AS | I_AM | IS) != 0));
    tagged
        || compound
        || bytes.get(cue.end..).is_some_and(|rest| rest.starts_with(b"'s"))
        || (thing
            && !matches!(cue.topic, Topic::Said(Said::Allergy | Said::Crisis | Said::Death | Said::Work)))
}

/// Whether a term has its person in it, at its end: "terhes vagyok", "hamileyim".
fn has_its_person(term: &[u8]) -> bool {
    const ENDS: [&[u8]; 12] = [
        b" vagyok", b"siyim", b"liyim", b"leyim", b"manim", b"yanim", b"viyim", b"niyim", b"diyim", b"istim",
        b"selim", b"im var",
    ];
    const WHOLE: [&[u8]; 27] = [
        b"got out of prison",
        b"got out of jail",
        b"released from prison",
        b"released from jail",
        b"fait de la prison",
        b"bylem karany",
        b"bylam karana",
        b"sono separata",
        b"sono separato",
        b"issizim",
        b"iflas ettim",
        b"bosandik",
        b"sunniyim",
        b"yahudiyim",
        b"kurdum",
        b"zazayim",
        b"ermeniyim",
        b"cerkezim",
        b"rumum",
        b"gayim",
        b"lezbiyenim",
        b"biseksuelim",
        b"transim",
        b"solcuyum",
        b"hukumluyum",
        b"multeciyim",
        b"gocmenim",
    ];
    let lower = term.to_ascii_lowercase();
    ENDS.iter().any(|end| lower.ends_with(end)) || WHOLE.contains(&&lower[..])
}

/// "I'm in Unison", "bin in der SPD". A party needs its article: "I'm in labour" is said in hospital.
fn is_inside(bytes: &[u8], said: Said, cue: Cue) -> bool {
    const IN: &[&[u8]] =
        &[b"in", b"bei", b"beim", b"a", b"au", b"nel", b"nella", b"no", b"na", b"en", b"bij", b"w", b"i"];
    const THE: &[&[u8]] =
        &[b"the", b"der", b"die", b"den", b"dem", b"la", b"le", b"el", b"il", b"de", b"het"];
    let is = |list: &[&[u8]], word: &[u8]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    if bytes[cue.start..cue.end].eq_ignore_ascii_case(b"union") {
        return false;
    }
    let mut words = words_before(bytes, cue.start).map(|(_, word)| word);
    let Some(mut word) = words.next() else { return false };
    let article = is(THE, word);
    if article {
        let Some(next) = words.next() else { return false };
        word = next;
    } else if said == Said::Party {
        return false;
    }
    is(IN, word) && words.next().is_some_and(|word| roles(word) & I_AM != 0)
}

/// Whether nothing but an article stands before `at` in its clause.
fn opens_a_clause(bytes: &[u8], at: usize) -> bool {
    words_before(bytes, at).take(2).all(|(_, word)| roles(word) & FILLER != 0)
}

/// "Diabetic here", "residence permit expired": what stands right behind says that it is the writer's.
fn says_whose(bytes: &[u8], said: Said, end: usize) -> bool {
    const HAPPENED: &[&str] = &[
        "expired",
        "expires",
        "expiring",
        "refused",
        "rejected",
        "denied",
        "pending",
        "abgelaufen",
        "lauft",
        "abgelehnt",
        "expiree",
        "expire",
        "refusee",
        "refuse",
        "caducado",
        "caducada",
        "vencido",
        "vencida",
        "denegado",
        "denegada",
        "scaduto",
        "scaduta",
        "rifiutato",
        "rifiutata",
        "recusada",
        "recusado",
        "verlopen",
        "geweigerd",
        "afgewezen",
        "wygasla",
        "wygasa",
        "odrzucony",
        "utgangen",
        "udlobet",
    ];
    // "Lactose intolerant, I asked …".
    let speaks = FIRST | I_AM | I_HAVE | MY;
    if matches!(said, Said::Patient | Said::Impaired | Said::Allergy | Said::Faith | Said::Migrant)
        && bytes.get(end) == Some(&b',')
        && word_after(bytes, end + 1).is_some_and(|word| roles(word) & speaks != 0)
    {
        return true;
    }
    let Some(word) = word_after(bytes, end) else { return false };
    let asks = bytes.get(end + 1 + word.len()) == Some(&b'?');
    match said {
        Said::Permit => HAPPENED.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word)),
        Said::Aid | Said::Party | Said::Organisation | Said::Death | Said::Colour => false,
        _ => word.eq_ignore_ascii_case(b"here") && !asks,
    }
}

/// A colour speaks of a person when nothing follows that could have it, or a word for people.
fn stands_for_a_person(bytes: &[u8], end: usize) -> bool {
    const PEOPLE: &[&str] = &[
        "man", "woman", "person", "family", "girl", "boy", "guy", "mum", "mom", "and", "but", "so", "und",
        "et", "y", "e", "en", "i", "mann", "frau", "homme", "femme", "hombre", "mujer", "uomo", "donna",
        "homem", "mulher", "vrouw", "bin", "ben",
    ];
    match bytes.get(end) {
        Some(b' ') => word_after(bytes, end)
            .is_none_or(|word| PEOPLE.iter().any(|person| person.as_bytes().eq_ignore_ascii_case(word))),
        _ => true,
    }
}

/// Whether a term goes on what the one before it began: "diabetes and asthma", "diabetes … the insulin".
fn goes_on(bytes: &[u8], before: Said, end: usize, said: Said, start: usize) -> bool {
    let Some(gap) = bytes.get(end..start) else { return false };
    let ill = matches!(before, Said::Illness | Said::Patient | Said::Allergy | Said::Medicine);
    match said {
        Said::Medicine => ill && gap.len() <= NEAR_ILLNESS && !gap.contains(&b'\n'),
        Said::Illness => {
            ill && [
                &b" and "[..],
                b" und ",
                b" et ",
                b" y ",
                b" e ",
                b" en ",
                b" i ",
                b" och ",
                b" ve ",
                b", ",
                b" & ",
            ]
            .contains(&gap)
        }
        _ => false,
    }
}

fn span_start(bytes: &[u8], said: Said, cue: Cue, link: &Link) -> usize {
    match said {
        Said::Organisation | Said::Death => link.at,
        Said::Work => cue.end + bytes[cue.end..].iter().take_while(|b| **b == b' ').count(),
        _ => link.from,
    }
}

fn span_end(page: &Page<'_>, said: Said, cue: Cue) -> usize {
    let bytes = page.bytes();
    let end = cue.end + bytes[cue.end..].iter().take(24).take_while(|b| is_letter(**b)).count();
    match said {
        Said::Allergy | Said::Offender | Said::Record => object_end(bytes, end),
        Said::Work => work_end(bytes, end),
        Said::Illness => stage_end(bytes, end),
        _ => end,
    }
}

/// Where "nuts" ends in "allergic to nuts", if the term ends in a preposition.
fn object_end(bytes: &[u8], end: usize) -> usize {
    const PREPOSITIONS: &[&str] = &[
        "to", "for", "of", "gegen", "auf", "wegen", "a", "aux", "au", "pour", "al", "por", "alle", "per",
        "ao", "voor", "na", "za", "mot",
    ];
    let last = bytes[..end].rsplit(|b| *b == b' ').next().unwrap_or_default();
    if !PREPOSITIONS.iter().any(|p| p.as_bytes().eq_ignore_ascii_case(last)) {
        return end;
    }
    let mut at = end;
    for _ in 0..2 {
        let Some(word) = word_after(bytes, at) else { break };
        at += 1 + word.len();
        let article = matches!(
            word,
            b"the" | b"los" | b"las" | b"la" | b"le" | b"les" | b"de" | b"il" | b"o" | b"a" | b"de l'"
        );
        if !article {
            break;
        }
    }
    at
}

/// Where "nurse at St Mary's" ends: at most six words, up to a comma or a word that begins something else.
fn work_end(bytes: &[u8], end: usize) -> usize {
    const STOPS: &[&str] = &[
        "and", "but", "so", "i", "because", "who", "which", "und", "aber", "ich", "weil", "et", "mais", "je",
        "y", "pero", "e", "ma", "mas", "en", "maar", "ik", "ale", "och", "since", "seit", "depuis", "desde",
        "da", "od", "all", "full", "every", "from",
    ];
    let (mut at, mut words) = (end, 0);
    while words < 6 {
        let Some(word) = word_after(bytes, at) else { break };
        if STOPS.iter().any(|stop| stop.as_bytes().eq_ignore_ascii_case(word)) {
            break;
        }
        at += 1 + word.len();
        words += 1;
    }
    at
}

/// Where "Diabetes Typ 1", "diabète de type 1" end.
fn stage_end(bytes: &[u8], end: usize) -> usize {
    let mut at = end;
    if let Some(word) = word_after(bytes, at)
        && matches!(word, b"de" | b"di" | b"do")
    {
        at += 1 + word.len();
    }
    let Some(word) = word_after(bytes, at) else { return end };
    if ![&b"type"[..], b"typ", b"tipo", b"typu", b"stadium", b"stage"]
        .iter()
        .any(|t| t.eq_ignore_ascii_case(word))
    {
        return end;
    }
    at += 1 + word.len();
    match bytes.get(at..at + 2) {
        Some([b' ', b'1'..=b'4']) if !bytes.get(at + 2).is_some_and(|b| is_word(*b)) => at + 2,
        _ => end,
    }
}
