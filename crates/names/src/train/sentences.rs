//! Writes labelled sentences from the templates and the lists.

use super::{
    conll::{Labelled, Unreadable, read_file},
    lists::{Culture, Lists},
};
use crate::Label;
use std::path::Path;

/// Chance that is the same every time.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() >> 32) as usize % n.max(1)
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn in_hundred(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a>(&mut self, list: &'a [String]) -> &'a str {
        list.get(self.below(list.len())).map_or("", String::as_str)
    }
}

/// Which names people have who write in a language.
const HOME: &[(&str, &[&str])] = &[
    ("en", &["english", "english", "english", "south_asian", "spanish", "nordic", "east_asian"]),
    ("de", &["german", "german", "german", "balkan_greek_turkish", "polish_czech_slovak"]),
    ("fr", &["french", "french", "french", "arabic_persian_hebrew"]),
    ("es", &["spanish"]),
    ("it", &["italian"]),
    ("pt", &["portuguese"]),
    ("nl", &["dutch", "dutch", "balkan_greek_turkish"]),
    ("pl", &["polish_czech_slovak"]),
    ("nordic", &["nordic"]),
    ("turkish", &["balkan_greek_turkish"]),
];

/// The languages of the templates.
const LANGUAGES: [&str; 11] = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "nordic", "turkish", "other"];

/// Where the scripts of `native.txt` are written.
const SCRIPTS: &[(&str, &str)] = &[
    ("cyrillic", "slavic_east"),
    ("greek", "balkan_greek_turkish"),
    ("arabic", "arabic_persian_hebrew"),
    ("hebrew", "arabic_persian_hebrew"),
    ("devanagari", "south_asian"),
    ("han", "east_asian"),
    ("kana", "east_asian"),
    ("hangul", "east_asian"),
];

fn in_script(word: &str, script: &str) -> bool {
    word.chars().next().is_some_and(|c| match script {
        "cyrillic" => ('\u{400}'..'\u{530}').contains(&c),
        "greek" => ('\u{370}'..'\u{400}').contains(&c),
        "arabic" => ('\u{600}'..'\u{700}').contains(&c),
        "hebrew" => ('\u{590}'..'\u{600}').contains(&c),
        "devanagari" => ('\u{900}'..'\u{980}').contains(&c),
        "hangul" => ('\u{ac00}'..'\u{d7b0}').contains(&c),
        _ => ('\u{3040}'..'\u{a000}').contains(&c),
    })
}

/// All sentences: each template `repeats` times with other names.
pub(crate) fn write(training: &Path, lists: &Lists, repeats: usize) -> Result<Vec<Labelled>, Unreadable> {
    let mut chance = Chance::new(2026);
    let mut out = Vec::new();
    for language in LANGUAGES {
        let templates = read_file(&training.join(format!("templates/{language}.txt")))?;
        let times = if language == "en" { repeats * 2 } else { repeats };
        for template in templates.lines().filter(|line| !line.trim().is_empty()) {
            for _ in 0..if template.contains('{') { times } else { times.div_ceil(3) } {
                let mut writer = Writer::new(lists, &mut chance, language);
                let sentence = writer.fill(&template.replace("\\n", "\n"));
                out.push(recase(sentence, &mut chance));
            }
        }
    }
    for prose in &lists.prose {
        for line in &prose.lines {
            for _ in 0..repeats.div_ceil(3) {
                out.push(recase(Labelled { text: line.clone(), ..Labelled::default() }, &mut chance));
            }
        }
        for _ in 0..repeats * 20 {
            let text = chatter(&prose.words, &mut chance);
            out.push(recase(Labelled { text, ..Labelled::default() }, &mut chance));
        }
    }
    let native = read_file(&training.join("templates/native.txt"))?;
    for line in native.lines() {
        let Some((script, template)) = line.strip_prefix('[').and_then(|l| l.split_once("] ")) else {
            continue;
        };
        for _ in 0..if template.contains('{') { repeats * 2 } else { repeats.div_ceil(2) } {
            let mut writer = Writer::new(lists, &mut chance, "native");
            writer.script = Some(script);
            out.push(writer.fill(template));
        }
    }
    Ok(out)
}

/// Words of a language in any order, a third of them put together from two, so that words nobody has seen
/// are known to be ordinary as well.
fn chatter(words: &[String], chance: &mut Chance) -> String {
    let mut text = String::new();
    for i in 0..2 + chance.below(9) {
        let word = if chance.in_hundred(35) { blend(words, chance) } else { chance.pick(words).to_owned() };
        if i == 0 && chance.in_hundred(50) {
            text.push_str(&capitalised(&word));
        } else {
            text.push_str(&word);
        }
        match chance.below(30) {
            0 => text.push(','),
            1 => {
                text.push(' ');
                text.push_str(&chance.below(900).to_string());
            }
            2 => text.push_str(". "),
            _ => {}
        }
        text.push(' ');
    }
    text.truncate(text.trim_end().len());
    text.push_str(["", "", ".", "?", "!"][chance.below(5)]);
    text
}

/// The first half of one word and the second half of another.
fn blend(list: &[String], chance: &mut Chance) -> String {
    let name = chance.pick(list);
    let other = chance.pick(list);
    let head: String = name.chars().take(name.chars().count().div_ceil(2)).collect();
    let tail: String = other.chars().skip(other.chars().count() / 2).flat_map(char::to_lowercase).collect();
    if name.contains(' ') || other.contains([' ', '-', '\'']) || head.len() + tail.len() < 4 {
        return name.to_owned();
    }
    head + &tail
}

pub(crate) struct Writer<'a> {
    lists: &'a Lists,
    chance: &'a mut Chance,
    language: &'a str,
    script: Option<&'a str>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(lists: &'a Lists, chance: &'a mut Chance, language: &'a str) -> Self {
        Self { lists, chance, language, script: None }
    }

    fn fill(&mut self, template: &str) -> Labelled {
        let mut out = Labelled::default();
        let mut rest = template;
        while let Some((before, slot, after)) =
            rest.split_once('{').and_then(|(b, r)| r.split_once('}').map(|(s, a)| (b, s, a)))
        {
            out.text.push_str(before);
            let (value, label) = self.slot(slot);
            let start = out.text.len();
            out.text.push_str(&value);
            if let Some(label) = label {
                out.spans.push((start, out.text.len(), label));
            }
            rest = after;
        }
        out.text.push_str(rest);
        out
    }

    fn slot(&mut self, slot: &str) -> (String, Option<Label>) {
        let language = self.language;
        let of_language = |lists: &'a Lists, what: &str| -> &'a [String] {
            let list = lists.list(&format!("{what}_{language}"));
            if list.is_empty() { lists.list(what) } else { list }
        };
        match slot {
            "person" => (self.person(), Some(Label::Person)),
            "first" => (self.given(), Some(Label::Person)),
            "tag" => {
                let person = self.given() + &capitalised(&self.surname());
                let name: String = person.chars().filter(|c| c.is_alphabetic()).collect();
                (format!("#{name}"), Some(Label::Person))
            }
            // A given name that is a word, too: the sentence has to tell.
            "nameword" => (self.chance.pick(self.lists.list(slot)).to_owned(), Some(Label::Person)),
            "last" => (self.surname(), Some(Label::Person)),
            "place" | "country" | "street" => {
                let section = match slot {
                    "street" => "street",
                    "country" => "country",
                    _ if self.chance.in_hundred(15) => "region",
                    _ => "city",
                };
                let place = if slot == "street" { self.street() } else { self.place(section) };
                (place, Some(Label::Place))
            }
            "org" => (self.organisation(), Some(Label::Organisation)),
            "title" => (self.chance.pick(&self.lists.list("title")[..16]).to_owned(), None),
            "num" => (self.number(), None),
            "weekday" | "month" => (self.chance.pick(of_language(self.lists, slot)).to_owned(), None),
            other => (self.chance.pick(self.lists.list(other)).to_owned(), None),
        }
    }

    fn culture(&mut self) -> &'a Culture {
        let cultures = &self.lists.cultures;
        let home = HOME.iter().find(|(language, _)| *language == self.language).map(|(_, home)| *home);
        if let Some(home) = home.filter(|_| self.chance.in_hundred(60)) {
            let wanted = home[self.chance.below(home.len())];
            if let Some(culture) = cultures.iter().find(|c| c.file == wanted) {
                return culture;
            }
        }
        &cultures[self.chance.below(cultures.len())]
    }

    fn native(&mut self, script: &str, surname: bool) -> String {
        let file = SCRIPTS.iter().find(|(s, _)| *s == script).map_or("", |(_, f)| f);
        let Some(culture) = self.lists.cultures.iter().find(|c| c.file == file) else { return String::new() };
        let list = if surname { &culture.native_surnames } else { &culture.native };
        let fitting: Vec<&String> = list.iter().filter(|w| in_script(w, script)).collect();
        fitting.get(self.chance.below(fitting.len())).map_or_else(String::new, |w| (*w).clone())
    }

    fn given(&mut self) -> String {
        if let Some(script) = self.script {
            return self.native(script, false);
        }
        let culture = self.culture();
        self.from(&culture.given)
    }

    fn surname(&mut self) -> String {
        if let Some(script) = self.script {
            return self.native(script, true);
        }
        let culture = self.culture();
        self.from(&culture.surnames)
    }

    /// A name of the list, or one that stands in no list, put together from two that do.
    fn from(&mut self, list: &[String]) -> String {
        if self.chance.in_hundred(35) { blend(list, self.chance) } else { self.chance.pick(list).to_owned() }
    }

    fn person(&mut self) -> String {
        if let Some(script) = self.script {
            let (given, surname) = (self.native(script, false), self.native(script, true));
            return match script {
                "han" | "kana" | "hangul" => surname + &given,
                _ if self.chance.in_hundred(20) => given,
                _ => format!("{given} {surname}"),
            };
        }
        let culture = self.culture();
        let given = self.from(&culture.given);
        let surname = self.from(&culture.surnames);
        let initial = |name: &str| name.chars().next().map_or_else(String::new, |c| c.to_string());
        match self.chance.below(100) {
            0..58 => format!("{given} {surname}"),
            58..66 => given,
            66..70 => format!("{given} {}. {surname}", initial(self.chance.pick(&culture.given))),
            70..73 => format!("{given} {} {surname}", initial(self.chance.pick(&culture.given))),
            73..76 => format!("{}. {surname}", initial(&given)),
            76..78 => format!("{given} {}.", initial(&surname)),
            78..82 => format!("{given} {} {surname}", self.from(&culture.given)),
            82..85 => format!("{given} {surname}-{}", self.from(&culture.surnames)),
            85..88 => format!("{given}-{} {surname}", self.from(&culture.given)),
            88..91 => format!("{given} {surname} {}", self.from(&culture.surnames)),
            91..94 => format!("{surname} {given}"),
            94..96 => {
                let particle = self.chance.pick(self.lists.list("particle"));
                format!("{given} {particle} {surname}")
            }
            96..98 => format!("{surname}, {given}"),
            _ => surname,
        }
    }

    /// A name of this many words: a given name more often than a surname alone, or several of them.
    pub(crate) fn name_of(&mut self, words: usize) -> String {
        let culture = self.culture();
        match words {
            0 | 1 if self.chance.in_hundred(70) => self.from(&culture.given),
            0 | 1 => self.from(&culture.surnames),
            2 => format!("{} {}", self.from(&culture.given), self.from(&culture.surnames)),
            _ if self.chance.in_hundred(50) => {
                let initial: String = self.chance.pick(&culture.given).chars().take(1).collect();
                format!("{} {initial}. {}", self.from(&culture.given), self.from(&culture.surnames))
            }
            _ => {
                let second = self.from(&culture.given);
                format!("{} {second} {}", self.from(&culture.given), self.from(&culture.surnames))
            }
        }
    }

    fn place(&mut self, section: &str) -> String {
        let list = self.lists.list(section);
        if let Some(script) = self.script {
            let fitting: Vec<&String> = list.iter().filter(|w| in_script(w, script)).collect();
            if !fitting.is_empty() {
                return fitting[self.chance.below(fitting.len())].clone();
            }
        }
        let name = self.chance.pick(list).to_owned();
        if section == "city" && self.chance.in_hundred(25) {
            let endings = [
                "ton", "ville", "burg", "ham", "field", "ford", "dorf", "hausen", "heim", "grad", "pur",
                "wood", "bury", "mouth", "port", "ingen", "owo", "ice", "ano", "ella",
            ];
            let head: String = name.split([' ', '-']).next().unwrap_or("").chars().take(5).collect();
            return head + endings[self.chance.below(endings.len())];
        }
        name
    }

    /// A street of the list, or one named after somebody, as the language builds such names.
    fn street(&mut self) -> String {
        if self.chance.in_hundred(20) {
            return self.place("street");
        }
        let culture = self.culture();
        let name = match self.chance.below(4) {
            0 => self.from(&culture.given),
            1 => format!("{} {}", self.from(&culture.given), self.from(&culture.surnames)),
            2 => self.place("city"),
            _ => self.from(&culture.surnames),
        };
        let front = self.lists.list(&format!("streetfront_{}", self.language));
        let back = self.lists.list(&format!("streetword_{}", self.language));
        if !front.is_empty() {
            return format!("{} {name}", self.chance.pick(front));
        }
        if !back.is_empty() {
            let back = self.chance.pick(back);
            let name = name.replace(' ', "-");
            return if name.contains('-') { format!("{name}-{}", capitalised(back)) } else { name + back };
        }
        format!("{name} {}", self.chance.pick(self.lists.list("streetword")))
    }

    fn organisation(&mut self) -> String {
        let sections = ["company", "company", "company", "institution", "club", "band"];
        let section = sections[self.chance.below(sections.len())];
        let name = self.chance.pick(self.lists.list(section)).to_owned();
        match self.chance.below(100) {
            0..65 => name,
            65..80 => {
                let culture = self.culture();
                format!("{} {}", self.from(&culture.surnames), self.chance.pick(self.lists.list("suffix")))
            }
            80..84 => {
                let culture = self.culture();
                format!("{} & {}", self.from(&culture.surnames), self.from(&culture.surnames))
            }
            84..88 => {
                let culture = self.culture();
                let mut name = || self.from(&culture.surnames);
                format!("{}, {} and {}", name(), name(), name())
            }
            88..94 => format!("{} {}", self.place("city"), self.chance.pick(self.lists.list("suffix"))),
            _ => format!("{name} {}", self.chance.pick(self.lists.list("suffix"))),
        }
    }

    fn number(&mut self) -> String {
        match self.chance.below(5) {
            0 => self.chance.below(200).to_string(),
            1 => format!("#{}", self.chance.below(900_000)),
            2 => format!("{}.{}", self.chance.below(20), self.chance.below(10)),
            3 => format!("A{}-{}", self.chance.below(900), self.chance.below(9000)),
            _ => (10_000 + self.chance.below(80_000)).to_string(),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Writes some sentences small, some in capitals, some without their last sign.
fn recase(mut sentence: Labelled, chance: &mut Chance) -> Labelled {
    if chance.in_hundred(20) && sentence.text.ends_with(['.', '!', '?']) {
        sentence.text.pop();
        let end = sentence.text.len();
        for span in &mut sentence.spans {
            span.1 = span.1.min(end);
        }
    }
    match chance.below(100) {
        0..16 => recased(&sentence, |c, out| out.extend(c.to_lowercase())),
        16..20 => recased(&sentence, |c, out| out.extend(c.to_uppercase())),
        _ => sentence,
    }
}

/// The same with every character changed, spans moved along.
pub(crate) fn recased(sentence: &Labelled, change: impl Fn(char, &mut String)) -> Labelled {
    let mut out = Labelled::default();
    let mut places = vec![0; sentence.text.len() + 1];
    for (at, c) in sentence.text.char_indices() {
        places[at] = out.text.len();
        change(c, &mut out.text);
    }
    places[sentence.text.len()] = out.text.len();
    out.spans = sentence.spans.iter().map(|(s, e, label)| (places[*s], places[*e], *label)).collect();
    out.handles = sentence.handles.iter().map(|(s, e)| (places[*s], places[*e])).collect();
    out
}
