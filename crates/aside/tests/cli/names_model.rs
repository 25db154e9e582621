//! Names by a transformer from a folder: `--names-model`.

use crate::stage::{Home, Ran, copy_folder};
use std::{fs, path::Path};

/// A model of a few kilobytes that knows made-up names.
const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../transformer/tests/fixtures/bert");
const ROW: &str = "{\"id\":1,\"text\":\"parcel for Kwabiq Whitcombe in Zolmar, card 4111 1111 1111 1111\"}";

fn run(arguments: &[&str]) -> Ran {
    Home::new().aside_reading(arguments, ROW.as_bytes())
}

#[test]
fn a_transformer_from_a_folder_finds_names_beside_everything_else() {
    let answer = run(&["detect", "--names-model", MODEL]).well();
    for (kind, start, end) in [("person", 11, 27), ("place", 31, 37), ("card", 44, 63)] {
        assert!(
            answer.contains(&format!("\"kind\":\"{kind}\",\"start\":{start},\"end\":{end},")),
            "{answer}"
        );
    }
    assert!(answer.contains("\"evidence\":[\"name_model\"]"), "{answer}");
    let safe = run(&["anonymise", "--names-model", MODEL]).well();
    assert!(safe.contains("\"text\":\"parcel for <PERSON> in <PLACE>, card <CARD>\""), "{safe}");
}

#[test]
fn a_folder_that_is_no_model_is_refused_with_what_is_missing() {
    let missing = run(&["detect", "--names-model", "nowhere"]).fails(1);
    assert!(missing.contains("--names-model: nowhere/config.json cannot be read: "), "{missing}");
    let home = Home::new();
    let folder = home.path("model");
    copy_folder(Path::new(MODEL), &folder);
    fs::write(folder.join("model.safetensors"), b"short").unwrap();
    let short = run(&["anonymise", "--names-model", folder.to_str().unwrap()]).fails(1);
    assert!(short.contains("model.safetensors ends before its list of tensors does"), "{short}");
}

#[test]
fn one_model_reads_names() {
    for other in ["--names", "--no-names"] {
        let said = run(&["detect", "--names-model", MODEL, other]).fails(2);
        assert!(said.contains("cannot be used with"), "{said}");
    }
}
