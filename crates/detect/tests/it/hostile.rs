use crate::marked::check;
use aside_detect::Detector;

const SIZE: usize = 64 * 1024;

fn repeated(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len() + 1)
}

/// Counts instead of measuring time: a test that depends on the machine's load proves nothing.
#[test]
fn a_long_run_of_digits_gives_a_handful_of_findings() {
    let mut digits = String::new();
    let mut state = 1u32;
    while digits.len() < SIZE {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        digits.push(char::from(b'0' + (state >> 24) as u8 % 10));
    }
    assert!(Detector::new().detect(&digits).len() < 4);
    assert!(Detector::new().detect(&repeated("4111111111111111", SIZE)).len() < 4);
    assert!(Detector::new().detect(&repeated("1 ", SIZE)).is_empty());
}

/// What is repeated to be nasty: candidates without end, cues without values, pieces of values.
const UNITS: &[&str] = &[
    "1",
    "1 ",
    "4 ",
    "4111 ",
    "12 ",
    "a@",
    "a.",
    "@",
    "a@a.",
    "www.",
    "http://",
    "a:",
    "::",
    "1:",
    "12:34:",
    "+",
    "+1",
    "+49 ",
    "00 49 ",
    "(",
    "pin ",
    "cvv cvv ",
    "password: ",
    "password is ",
    "my name is ",
    "card order ",
    "imei ",
    "zip ",
    "DE89 ",
    "de",
    "12/",
    "1.1.",
    "12.05.",
    "march ",
    "3 march ",
    " at ",
    "a at ",
    " dot ",
    "a dot ",
    "-----BEGIN RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY",
    "eyJ",
    "eyJa.eyJ",
    "sk-",
    "AKIA",
    "ghp_a",
    "x*",
    "****",
    "**** 1",
    "rue 1 ",
    "12 rue ",
    "via a, ",
    "calle 1 #",
    "po box ",
    "po box 1 ",
    "10115 B, ",
    "A 1, ",
    "A 1\n",
    "SW1A 1AA ",
    "1012 AB ",
    "apt 1, ",
    "my address is ",
    "address 1 A ",
    "1.1234, ",
    "51.5072, ",
    "1°",
    "1°1'",
    "N 1.1234 ",
    "1年1月",
    "3 марта ",
    "birthday ",
    "+ (",
    "(0)",
    "06 12 ",
    "06 12 34 56 78 ",
    "0171 1234567 / ",
    "or 0612345678 ",
    "call ",
    "tel 1 ",
    "x1",
    "plus code 2+",
    "\"@a.de ",
    "arroba a punto ",
    "a punto ",
    " ",
    "VIC 1 ",
    "hauptstr. ",
    "1 a street ",
    "\u{200b}",
    "1\u{336}",
    "４",
    "é",
    "code 123-",
    "born ",
    "national id ",
    "id card 12 ",
    "tax id AB1",
    "bsn 1112.22.33 ",
    "passport no. ",
    "serial: a-1-",
    "IDFA 6D92078A-8246-",
    "89 49 ",
    "<<1",
    "P<",
    "инн 1 ",
    "身份证1",
    "756.",
    "12.345.678-",
    "1 84 12 76 ",
    "AB 12 34 ",
    "X1234567",
    "1-2-3-",
    "\"",
    "password \"",
    "eyJ-",
    "eyJ.",
    "a@a@",
    "a@a@a.com ",
    "card card ",
    "card ",
    "((",
    "1.1.1.1.",
    "> ",
    "> 4111 1111\n",
    "\n> 1",
    "\n>",
    "> > 1\n",
    "e\u{301}",
    "\u{301}",
    "1\u{fe0f}\u{20e3}",
    "DE89370400440532013000",
    "DE89 3704 0044 0532 0130 00 ",
    "GB29NWBK60161331926819 GB",
    "4111 1111 1111 1111 ",
    "4111111111111111",
    "0123456789abcdef",
    "deadbeef ",
    "0x00ab",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ",
    "5Kb8kLf9zgWQnogidDA76",
    "bc1q",
    "four ",
    "one ",
    "four one ",
    "double ",
    "double four ",
    "forty-one ",
    "quatre-vingt-dix-neuf ",
    "and ",
    "pin four ",
    "four, ",
    "four 1 ",
    "einundvierzig",
    "two two, ",
    "аa",
    "аa@",
    "х.a.",
    "日本語",
    "😀",
    "1😀",
    "ー1",
    "名",
    "born 12.05.1984 ",
    "name: ",
    "@a ",
    "\\n",
    "a.b@",
    "http://a",
    "https://a.com/",
    "abandon ",
    "abandon ability able ",
    "{\"key\": ",
    "token=",
    "api_key: ",
    "postgres://",
    "xoxb-",
    "the ",
    "st. 5 ",
    "12 baker street ",
    "SW1A 1AA ",
    "sort code 12-34-56 ",
    "my name is Anna ",
    "dear ",
    "1-800-",
    "+1 212 555 0198 ",
    "12/04/85 ",
    "3rd of March 1984 ",
    "twelfth of ",
    "a-",
    "_",
    "\\",
    "%20",
    "&amp;",
    "A1",
    "1a",
    "a1b2-",
    "é1",
    "ß@",
    "\r\n",
    "\n\n",
    "\u{202d}1",
    "original message ",
    "oorspronkelijk bericht 12/27 ",
    "forwarded message\n",
    "i work as ",
    "i bought ",
    "customer since ",
    "he wrote ",
    "call recording ",
    "my wife ",
    "my wife Anna 1 ",
    "i have diabetes ",
    "1 84 12 76 ",
];

/// Four times the text must take about four times the processor's time; quadratic work takes sixteen times. The
/// bound lies between, and a measurement counts only if it comes out the same again and again.
fn grows_as_its_length(
    detector: &Detector,
    name: &str,
    text: impl Fn(usize) -> String,
) -> Result<(), String> {
    let (long, longer) = (text(SIZE / 4), text(SIZE));
    let (mut quick, mut slow) = (u128::MAX, u128::MAX);
    for _ in 0..4 {
        quick = quick.min(time(detector, &long));
        slow = slow.min(time(detector, &longer));
        if slow < quick * 8 + 2_000 {
            return Ok(());
        }
    }
    Err(format!("{name:?}: {quick} µs for {} bytes, {slow} µs for {}", long.len(), longer.len()))
}

/// The parts of a list that are looked at side by side.
const PARTS: usize = 8;

fn every_unit(part: usize) {
    let detector = Detector::new();
    let slow: Vec<String> = (UNITS.iter().skip(part).step_by(PARTS))
        // A number first: what looks back for one must not go back all the way.
        .filter_map(|unit| {
            grows_as_its_length(&detector, unit, |size| "12 ".to_owned() + &repeated(unit, size)).err()
        })
        .collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

macro_rules! parts {
    ($($name:ident: $part:literal;)+) => {
        $(
            #[test]
            fn $name() {
                every_unit($part);
            }
        )+
    };
}

parts! {
    hostile_texts_take_time_as_their_length_1: 0;
    hostile_texts_take_time_as_their_length_2: 1;
    hostile_texts_take_time_as_their_length_3: 2;
    hostile_texts_take_time_as_their_length_4: 3;
    hostile_texts_take_time_as_their_length_5: 4;
    hostile_texts_take_time_as_their_length_6: 5;
    hostile_texts_take_time_as_their_length_7: 6;
    hostile_texts_take_time_as_their_length_8: 7;
}

#[test]
fn a_run_of_any_one_byte_takes_time_as_its_length() {
    let detector = Detector::new();
    let slow: Vec<String> = (0..128u8)
        .filter_map(|byte| {
            let unit = char::from(byte).to_string();
            grows_as_its_length(&detector, &unit, |size| repeated(&unit, size)).err()
        })
        .collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// Cue after cue, value after value, in an order that never comes again.
#[test]
fn a_shuffle_of_everything_hostile_takes_time_as_its_length() {
    let shuffled = |size: usize| {
        let (mut text, mut state) = (String::new(), 7u32);
        while text.len() < size {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(UNITS[(state >> 8) as usize % UNITS.len()]);
        }
        text
    };
    assert_eq!(grows_as_its_length(&Detector::new(), "shuffled", shuffled), Ok(()));
}

/// Microseconds that this thread has spent on a processor: time in which others had it does not count, so a
/// busy machine does not matter.
fn processor_time() -> u128 {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    u128::from(spent.tv_sec.unsigned_abs()) * 1_000_000 + u128::from(spent.tv_nsec.unsigned_abs()) / 1_000
}

fn time(detector: &Detector, text: &str) -> u128 {
    let start = processor_time();
    std::hint::black_box(detector.detect(text));
    processor_time() - start
}

#[test]
fn a_text_of_many_megabytes_is_looked_at_to_its_end() {
    let value = "é card 4111 1111 1111 1111";
    let text = "\n".repeat(17 * 1024 * 1024) + value;
    let findings = Detector::new().detect(&text);
    assert_eq!(findings.len(), 1);
    assert_eq!(&text[findings[0].start..findings[0].end], "4111 1111 1111 1111");
}

/// What fuzzing found, each once.
#[test]
fn pieces_of_values_that_once_were_too_short_are_harmless() {
    check(&["konto ‹bank_account:501-2/34›", "tel. 501-2/3", "123456-1/2"]);
    let text = "login: / Biarritz64!";
    assert!(Detector::new().detect(text).iter().all(|finding| finding.start < finding.end));
}
