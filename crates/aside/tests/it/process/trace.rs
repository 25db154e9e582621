//! A program's system calls, as `strace` writes them down.

use std::{
    collections::HashMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The calls by which bytes reach files and sockets, become durable, or get cut off.
const CALLS: &str =
    "network,fsync,fdatasync,sync_file_range,ftruncate,pwrite64,pwritev,pwritev2,write,writev";
/// More bytes than one call of ours carries: a page of the database, a webhook, an answer.
const LONGEST: &str = "16384";

/// A call, with the lines of the trace at which it began and ended: between those of any two calls of whatever
/// threads, the kernel had the order of the lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) arguments: String,
    /// What it returned; negative for an error.
    pub(super) result: i64,
    pub(super) began: usize,
    pub(super) ended: usize,
}

/// A command that runs a program and writes its calls into a file.
pub(super) fn traced<S: AsRef<OsStr>>(program: &str, arguments: &[S], into: &Path) -> Command {
    let version = Command::new("strace").arg("-V").output();
    assert!(
        version.is_ok_and(|v| v.status.success()),
        "strace is not installed: rule 3 is proved from the system calls and by nothing else"
    );
    let mut command = Command::new("strace");
    command.args(["-f", "-ttt", "-yy", "-s", LONGEST, "-e"]).arg(format!("trace={CALLS}"));
    command.arg("-o").arg(into).arg(program).args(arguments);
    command
}

/// Reads a trace that has ended.
pub(super) fn read(path: &Path) -> Vec<Call> {
    let text = String::from_utf8(fs::read(path).unwrap()).expect("strace escapes what is not ASCII");
    let calls = parse(&text);
    assert!(!calls.is_empty(), "the trace holds no calls:\n{}", text.lines().take(5).collect::<String>());
    calls
}

fn parse(text: &str) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut unfinished: HashMap<&str, (usize, String)> = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        let Some((pid, rest)) = line.split_once(' ') else { continue };
        let Some((_, rest)) = rest.trim_start().split_once(' ') else { continue };
        if let Some(begun) = rest.strip_suffix(" <unfinished ...>") {
            unfinished.insert(pid, (number, begun.to_owned()));
        } else if let Some(resumed) = rest.strip_prefix("<... ") {
            let Some((began, begun)) = unfinished.remove(pid) else { continue };
            let Some((_, end)) = resumed.split_once(" resumed>") else { continue };
            calls.extend(call(&(begun + end), began, number));
        } else {
            calls.extend(call(rest, number, number));
        }
    }
    calls.sort_by_key(|call| call.ended);
    calls
}

/// `name(arguments) = result …`; nothing for signals and ends of threads.
fn call(text: &str, began: usize, ended: usize) -> Option<Call> {
    let (name, rest) = text.split_once('(')?;
    if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        return None;
    }
    // Spaces align short calls, so the last `= ` is looked for on its own.
    let (arguments, result) = rest.rsplit_once("= ")?;
    let arguments = arguments.trim_end().strip_suffix(')')?.to_owned();
    // `?`: the thread ended within the call.
    let result = result.split_whitespace().next().and_then(|r| r.parse().ok()).unwrap_or(-1);
    Some(Call { name: name.to_owned(), arguments, result, began, ended })
}

impl Call {
    /// What its first argument stands for: a file's path, or `TCP:[here->there]`.
    pub(super) fn target(&self) -> &str {
        let target = self.arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        let Some((path, rest)) = target else { return "" };
        match path.strip_suffix('-') {
            // The arrow between a connection's two ends.
            Some(_) => {
                rest.split_once('>').map_or("", |(there, _)| &self.arguments[self.begin_of(path, there)])
            }
            None => path,
        }
    }

    fn begin_of(&self, here: &str, there: &str) -> std::ops::Range<usize> {
        let from = self.arguments.find('<').map_or(0, |at| at + 1);
        from..from + here.len() + 1 + there.len()
    }

    /// The file that it is about.
    pub(super) fn file(&self) -> PathBuf {
        PathBuf::from(self.target())
    }

    /// The port of the other end of the connection that it is about.
    pub(super) fn peer_port(&self) -> Option<u16> {
        let ends = self.target().strip_prefix("TCP:[")?.strip_suffix(']')?;
        ends.split_once("->")?.1.rsplit_once(':')?.1.parse().ok()
    }

    /// The bytes that it carries: every string among its arguments.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut rest = self.arguments.as_bytes();
        while let Some(start) = rest.iter().position(|b| *b == b'"') {
            let length = unescape(&rest[start + 1..], &mut bytes);
            rest = &rest[start + 1 + length..];
            assert!(!rest.starts_with(b"..."), "{} carries more than {LONGEST} bytes", self.name);
        }
        bytes
    }

    /// The argument at a place, counted from the end, as a number.
    pub(super) fn number_from_end(&self, place: usize) -> Option<i64> {
        self.arguments.rsplit(", ").nth(place)?.trim().parse().ok()
    }
}

/// Reads a C string up to its closing quotation mark. Returns how many bytes of the text it took.
fn unescape(text: &[u8], out: &mut Vec<u8>) -> usize {
    let mut at = 0;
    loop {
        match text[at] {
            b'"' => return at + 1,
            b'\\' => {
                let digits = text[at + 1..].iter().take(3).take_while(|b| (b'0'..=b'7').contains(*b)).count();
                let (byte, length) = match (text[at + 1], digits) {
                    (_, 1..) => {
                        let octal = std::str::from_utf8(&text[at + 1..=at + digits]).unwrap();
                        (u8::from_str_radix(octal, 8).unwrap(), digits)
                    }
                    (b'n', _) => (b'\n', 1),
                    (b'r', _) => (b'\r', 1),
                    (b't', _) => (b'\t', 1),
                    (b'v', _) => (0x0b, 1),
                    (b'f', _) => (0x0c, 1),
                    (other, _) => (other, 1),
                };
                out.push(byte);
                at += 1 + length;
            }
            byte => {
                out.push(byte);
                at += 1;
            }
        }
    }
}

#[test]
fn calls_of_several_threads_are_put_together_and_their_bytes_decoded() {
    let trace = "\
7 1.000001 fdatasync(12</d/aside.db-wal> <unfinished ...>
8 1.000002 pwrite64(12</d/aside.db-wal>, \"\\0\\1\\18a\\\"\\n\\377\", 7, 4096) = 7
7 1.000003 <... fdatasync resumed>)      = 0
8 1.000004 writev(15<TCP:[127.0.0.1:80->127.0.0.1:45678]>, [{iov_base=\"HTTP\", iov_len=4}, {iov_base=\"/1\", iov_len=2}], 2) = 6
8 1.000005 fsync(3<TCP:[1]>) = -1 EINVAL (Invalid argument)
8 1.000006 +++ exited with 0 +++
";
    let calls = parse(trace);
    assert_eq!(calls.len(), 4);
    assert_eq!((calls[0].began, calls[0].ended), (1, 1));
    assert_eq!(calls[0].bytes(), b"\0\x01\x018a\"\n\xff");
    assert_eq!(calls[0].number_from_end(0), Some(4096));
    assert_eq!((calls[1].name.as_str(), calls[1].began, calls[1].ended), ("fdatasync", 0, 2));
    assert_eq!(calls[1].file(), Path::new("/d/aside.db-wal"));
    assert_eq!((calls[2].peer_port(), calls[2].bytes()), (Some(45678), b"HTTP/1".to_vec()));
    assert_eq!(calls[3].result, -1);
}
