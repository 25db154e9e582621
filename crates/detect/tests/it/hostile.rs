use aside_detect::Detector;
use std::collections::HashMap;

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

/// Sixteen times the text must take about sixteen times the processor's time; quadratic work takes 256
/// times. The bound lies far from both.
#[test]
fn the_work_grows_with_the_length_and_not_faster() {
    let detector = Detector::new();
    let units = [
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
        "hauptstr. ",
        "1 a street ",
        "\u{200b}",
        "1\u{336}",
        "４",
        "é",
        "code 123-",
        "born ",
        "1-2-3-",
        "\"",
        "password \"",
        "eyJ-",
        "eyJ.",
    ];
    let mut slow = HashMap::new();
    for unit in units {
        // A number first: what looks back for one must not go back all the way.
        let number = "12 ";
        let (long, longer) =
            (number.to_owned() + &repeated(unit, SIZE / 32), number.to_owned() + &repeated(unit, SIZE / 2));
        let quick = (0..5).map(|_| time(&detector, &long)).min().unwrap_or_default();
        let slower = (0..2).map(|_| time(&detector, &longer)).min().unwrap_or_default();
        if slower > quick * 64 + 5_000 {
            slow.insert(unit, (quick, slower));
        }
    }
    assert!(slow.is_empty(), "microseconds for 2 and 32 KiB: {slow:?}");
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
