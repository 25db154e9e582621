use crate::stage::{Home, Ran};
use serde_json::Value;
use std::{fs, io::Write, process::Stdio};

const KEY: &str = "2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a";
const TEXT: &str = "card 4111 1111 1111 1111, mail anna@example.com, born 12.03.1984";

fn anonymise(arguments: &[&str], input: &str) -> Ran {
    Home::new().aside_reading(&[&["anonymise"], arguments].concat(), input.as_bytes())
}

fn with_key(arguments: &[&str], input: &str) -> Ran {
    let home = Home::new();
    let key = home.write("key", &format!("{KEY}\n"));
    home.aside_reading(&[&["anonymise", "--key-file", &key], arguments].concat(), input.as_bytes())
}

#[test]
fn the_example_in_the_help_is_what_the_program_answers() {
    let help = Home::new().aside(&["anonymise", "--help"]).well();
    let example = help.lines().find_map(|line| line.trim().strip_prefix("$ echo '")).unwrap();
    let answer = anonymise(&[], example.strip_suffix("' | aside anonymise").unwrap()).well();
    assert!(help.lines().any(|line| line.trim() == answer.trim()), "{help}");
}

#[test]
fn each_type_is_treated_as_asked() {
    let out = anonymise(
        &[
            "--format",
            "text",
            "--default",
            "redact",
            "--for",
            "fin.pan=mask",
            "--for",
            "email=replace:[gone]",
            "--for",
            "dob=keep",
        ],
        TEXT,
    );
    assert_eq!(out.well(), "card •••• 1111, mail [gone], born 12.03.1984");
}

#[test]
fn what_was_encrypted_is_put_back_and_so_is_the_rest_by_its_mapping() {
    let row = format!("{{\"id\":\"a\",\"text\":\"{TEXT}\"}}");
    let rules = ["--default", "hash:16", "--for", "card=encrypt", "--mapping"];
    let made: Value = serde_json::from_str(&with_key(&rules, &row).well()).unwrap();
    let text = made["text"].as_str().unwrap();
    assert!(text.starts_with("card [CARD:") && !text.contains("anna") && !text.contains("1984"), "{text}");
    let mut restored = text.to_owned();
    for part in made["mapping"].as_array().unwrap().iter().rev() {
        let at = |name: &str| part[name].as_u64().unwrap() as usize;
        restored.replace_range(at("start")..at("end"), part["original"].as_str().unwrap());
    }
    assert_eq!(restored, TEXT);
    let opened = with_key(&["--decrypt"], &format!("{{\"id\":\"a\",\"text\":\"{text}\"}}")).well();
    let opened: Value = serde_json::from_str(&opened).unwrap();
    assert!(opened["text"].as_str().unwrap().starts_with("card 4111 1111 1111 1111, mail "), "{opened}");
    assert_eq!((&opened["opened"], &opened["unopened"]), (&1.into(), &0.into()));
    let whole = with_key(&["--format", "text", "--default", "encrypt:random"], TEXT).well();
    assert_ne!(whole, TEXT);
    assert_eq!(with_key(&["--format", "text", "--decrypt"], &whole).well(), TEXT);
}

#[test]
fn dates_move_by_subject() {
    let rows = "{\"id\":1,\"text\":\"born 1984-03-12\",\"subject\":\"a\"}\n\
                {\"id\":2,\"text\":\"born 1984-03-12\",\"subject\":\"b\"}\n\
                {\"id\":3,\"text\":\"born 1984-03-12\",\"subject\":\"a\"}\n";
    let out = with_key(&["--default", "shift-dates"], rows).well();
    let texts: Vec<String> = out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    assert!(texts[0] == texts[2] && texts[0] != texts[1] && !texts[0].contains("1984-03-12"), "{texts:?}");
}

#[test]
fn a_key_is_needed_where_one_is_and_comes_from_a_private_file_or_the_environment() {
    for operator in ["hash", "encrypt", "shift-dates", "pseudonym"] {
        let told = anonymise(&["--default", operator], "").fails(1);
        assert!(told.contains("needs a key") && told.contains("--key-file"), "{told}");
    }
    assert!(anonymise(&["--decrypt"], "").fails(1).contains("without a key"));
    let home = Home::new();
    let bad = home.write("bad", "not a key");
    let told = home.aside(&["anonymise", "--default", "hash", "--key-file", &bad]).fails(1);
    assert!(told.contains("64 hexadecimal digits") && !told.contains("not a key\n"), "{told}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = home.write("open", KEY);
        fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
        let told = home.aside(&["anonymise", "--default", "hash", "--key-file", &open]).fails(1);
        assert!(told.contains("can be read by other users"), "{told}");
    }
    let mut command = home.command(&["anonymise", "--format", "text", "--default", "hash:16"]);
    let mut child = command.env("ASIDE_ANONYMISE_KEY", KEY).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"anna@example.com").unwrap();
    let from_variable = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(
        from_variable,
        with_key(&["--format", "text", "--default", "hash:16"], "anna@example.com").well()
    );
}

#[test]
fn an_operator_or_type_that_is_none_is_refused() {
    assert!(anonymise(&["--default", "shred"], "").fails(2).contains("shift-dates"));
    assert!(anonymise(&["--for", "fin.gold=mask"], "").fails(2).contains("fin.gold"));
    assert!(anonymise(&["--for", "fin.pan"], "").fails(2).contains("TYPE=OPERATOR"));
    assert!(anonymise(&["--decrypt", "--mapping"], "").fails(2).contains("--mapping"));
    let told = anonymise(&[], "{\"id\":1,\"text\":\"4111 1111 1111 1111\"}\n4111\n").fails(1);
    assert!(told.contains("line 2 is not") && !told.contains("4111"), "{told}");
}
