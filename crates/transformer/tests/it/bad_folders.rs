//! Folders that are no model: each is refused with the file, the tensor and what is the matter.

use super::folder;
use aside_transformer::{LoadError, Transformer};
use serde_json::{Value, json};
use std::{fs, path::Path};
use tempfile::TempDir;

/// A copy of a good folder.
fn copy(model: &str) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder(model)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
    }
    to
}

/// What is said of a folder that is not loaded, less where it lies.
fn refused(folder: &Path) -> String {
    let said = Transformer::load(folder).unwrap_err().to_string();
    assert!(!said.contains('\n'), "{said}");
    said.replace(&format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR), "")
}

/// What is said of BERT with another `config.json`.
fn with_config(change: impl FnOnce(&mut Value)) -> String {
    changed("bert", "config.json", change)
}

fn changed(model: &str, file: &str, change: impl FnOnce(&mut Value)) -> String {
    let folder = copy(model);
    let path = folder.path().join(file);
    let mut value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut value);
    fs::write(&path, value.to_string()).unwrap();
    refused(folder.path())
}

/// What is said of BERT with another list of tensors, and other numbers.
fn with_tensors(change: impl FnOnce(&mut Value, &mut Vec<u8>)) -> String {
    let folder = copy("bert");
    let path = folder.path().join("model.safetensors");
    let file = fs::read(&path).unwrap();
    let length = u64::from_le_bytes(file[..8].try_into().unwrap()) as usize;
    let mut header = serde_json::from_slice(&file[8..8 + length]).unwrap();
    let mut numbers = file[8 + length..].to_vec();
    change(&mut header, &mut numbers);
    let header = header.to_string();
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.extend(numbers);
    fs::write(&path, file).unwrap();
    refused(folder.path())
}

#[test]
fn a_folder_that_is_whole_is_loaded() {
    for model in super::MODELS {
        assert!(Transformer::load(copy(model).path()).is_ok());
    }
}

#[test]
fn a_file_that_is_missing_is_named() {
    for (model, file) in [
        ("bert", "config.json"),
        ("bert", "model.safetensors"),
        ("bert", "tokenizer.json"),
        ("roberta", "tokenizer.json"),
    ] {
        let folder = copy(model);
        fs::remove_file(folder.path().join(file)).unwrap();
        assert!(refused(folder.path()).starts_with(&format!("{file} cannot be read: ")), "{file}");
    }
    let folder = copy("distilbert");
    fs::remove_file(folder.path().join("vocab.txt")).unwrap();
    assert!(refused(folder.path()).starts_with("tokenizer.json cannot be read: "));
    let nowhere = Transformer::load("no/such/folder").unwrap_err();
    assert!(matches!(nowhere, LoadError::Unreadable { .. }));
}

#[test]
fn a_file_that_is_no_json_is_named() {
    for file in ["config.json", "tokenizer.json"] {
        let folder = copy("bert");
        for content in [&b"{\"model_type\": \"be"[..], b"", b"[]", b"\xff\xfe", b"null"] {
            fs::write(folder.path().join(file), content).unwrap();
            assert!(refused(folder.path()).starts_with(&format!("{file} is not ")), "{file}");
        }
    }
}

#[test]
fn sizes_beyond_reason_are_refused_before_memory_is_taken() {
    for (size, is, says) in [
        ("hidden_size", json!(9_000), "config.json: hidden_size is 9000, and may be 8192 at most"),
        (
            "num_hidden_layers",
            json!(1_000_000),
            "config.json: num_hidden_layers is 1000000, and may be 128 at most",
        ),
        (
            "vocab_size",
            json!(u64::MAX),
            "config.json: vocab_size is 18446744073709551615, and may be 2000000 at most",
        ),
        ("intermediate_size", json!(0), "config.json has a intermediate_size of nought"),
        ("num_attention_heads", json!(5), "config.json has hidden_size 24, which 5 heads cannot share"),
        (
            "max_position_embeddings",
            json!(4),
            "config.json has a max_position_embeddings that is too short for a text",
        ),
        ("layer_norm_eps", json!(-1.0), "config.json has a layer_norm_eps that is not above nought"),
        ("hidden_size", Value::Null, "config.json has no hidden_size"),
    ] {
        assert_eq!(with_config(|config| config[size] = is), says);
    }
    assert!(
        with_config(|config| config["hidden_size"] = json!(-1))
            .starts_with("config.json is not understood: ")
    );
}

#[test]
fn models_of_another_kind_are_refused() {
    assert_eq!(
        with_config(|config| config["model_type"] = json!("gpt2")),
        "config.json: model_type \"gpt2\" is not supported; bert, distilbert, roberta, xlm-roberta and camembert are"
    );
    let said = with_config(|config| config["hidden_act"] = json!("swish"));
    assert_eq!(said, "config.json: hidden_act \"swish\" is not supported; gelu, gelu_new and relu are");
    let said = with_config(|config| config["position_embedding_type"] = json!("relative_key"));
    assert_eq!(said, "config.json: position_embedding_type \"relative_key\" is not supported; absolute is");
}

#[test]
fn labels_must_name_a_person_or_a_place() {
    let none =
        "config.json: id2label names no person and no place; wanted are labels such as B-PER and I-LOC";
    let labels = |label: &'static str| {
        move |config: &mut Value| {
            for (_, name) in config["id2label"].as_object_mut().unwrap() {
                *name = json!(label);
            }
        }
    };
    assert_eq!(with_config(labels("LABEL_1")), none);
    assert_eq!(with_config(labels("B-ORG")), none);
    assert_eq!(with_config(|config| config["id2label"] = Value::Null), "config.json has no id2label");
    let said = with_config(|config| config["id2label"] = json!({"0": "O", "7": "B-PER"}));
    assert_eq!(said, "config.json has ids in id2label that are not 0, 1, 2 and so on");
    let said = with_config(|config| config["id2label"] = json!({"0": "O", "00": "B-PER"}));
    assert_eq!(said, "config.json has an id twice in id2label");
    let said = with_config(|config| config["id2label"] = json!({"0": "O", "1": "B-PER"}));
    assert_eq!(said, "model.safetensors: classifier.weight is [9 × 24], config.json asks for [2 × 24]");
}

#[test]
fn a_tensor_that_is_missing_or_of_another_shape_is_named() {
    let said = with_config(|config| config["num_hidden_layers"] = json!(3));
    assert_eq!(
        said,
        "model.safetensors: there is no tensor bert.encoder.layer.2.attention.self.query.weight"
    );
    let said = with_config(|config| config["intermediate_size"] = json!(80));
    let tensor = "bert.encoder.layer.0.intermediate.dense.weight";
    assert_eq!(said, format!("model.safetensors: {tensor} is [40 × 24], config.json asks for [80 × 24]"));
    let said = with_tensors(|header, _| {
        let tensor = header.as_object_mut().unwrap().remove("classifier.bias").unwrap();
        header["classifier.bios"] = tensor;
    });
    assert_eq!(said, "model.safetensors: there is no tensor classifier.bias");
}

#[test]
fn a_tensor_of_other_numbers_is_named() {
    let said = with_tensors(|header, _| header["classifier.bias"]["dtype"] = json!("I32"));
    assert_eq!(said, "model.safetensors: classifier.bias is of I32; F32, F16 and BF16 are read");
}

#[test]
fn a_tensor_with_numbers_that_are_none_is_named() {
    let said = with_tensors(|header, numbers| {
        let at = header["classifier.bias"]["data_offsets"][0].as_u64().unwrap() as usize;
        numbers[at..at + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    });
    assert_eq!(said, "model.safetensors: classifier.bias has values that are no finite numbers");
}

#[test]
fn weights_that_are_cut_short_are_refused_wherever_they_end() {
    let folder = copy("bert");
    let path = folder.path().join("model.safetensors");
    let whole = fs::read(&path).unwrap();
    for length in [0, 7, 8, 100, 3_000, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let said = refused(folder.path());
        assert!(
            said.contains("ends before its list of tensors does") || said.contains("is it cut short?"),
            "{said}"
        );
    }
    let mut longer = whole.clone();
    longer.push(0);
    fs::write(&path, longer).unwrap();
    assert!(refused(folder.path()).contains("bytes long and should be"));
}

#[test]
fn a_list_of_tensors_that_lies_is_refused() {
    let begins = "model.safetensors has a list of tensors that is not understood: ";
    let lies: [fn(&mut Value); 5] = [
        |header| header["classifier.bias"]["data_offsets"] = json!([0, u64::MAX]),
        |header| header["classifier.bias"]["data_offsets"] = json!([36, 0]),
        |header| header["classifier.bias"]["shape"] = json!([u64::MAX, u64::MAX, 2]),
        |header| header["classifier.bias"]["shape"] = json!([10]),
        |header| header["classifier.bias"]["dtype"] = json!("F31"),
    ];
    for lie in lies {
        let said = with_tensors(|header, _| lie(header));
        assert!(said.starts_with(begins), "{said}");
    }
    let folder = copy("bert");
    let path = folder.path().join("model.safetensors");
    fs::write(&path, [&u64::MAX.to_le_bytes()[..], b"{}"].concat()).unwrap();
    assert!(
        refused(folder.path()).contains("the length of its list of tensors in bytes is 18446744073709551615")
    );
}

#[test]
fn a_vocabulary_that_does_not_fit_the_model_is_refused() {
    let vocabulary = |tokenizer: &mut Value, token: &str, id: Option<u64>| {
        let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
        match id {
            Some(id) => vocabulary.insert(token.to_owned(), json!(id)),
            None => vocabulary.remove(token),
        };
    };
    let said = changed("bert", "tokenizer.json", |t| vocabulary(t, "beyond", Some(232)));
    assert_eq!(said, "tokenizer.json: the highest number in its vocabulary is 232, and may be 231 at most");
    let said = changed("bert", "tokenizer.json", |t| vocabulary(t, "[SEP]", None));
    assert_eq!(said, "tokenizer.json: the vocabulary has no [SEP]");
    let said = changed("roberta", "tokenizer.json", |t| vocabulary(t, "a", None));
    assert_eq!(said, "tokenizer.json has a vocabulary without every single byte");
    let said = changed("roberta", "tokenizer.json", |t| t["model"]["merges"] = json!([["o", "nothing"]]));
    assert_eq!(said, "tokenizer.json has merges of pieces that its vocabulary lacks");
}

#[test]
fn tokenisers_of_another_kind_are_refused() {
    let (pairs, unigram) =
        ("byte-level BPE as RoBERTa has it is", "Precompiled, with Strip and Replace for spaces, is");
    for (model, (part, kind), what, instead) in [
        (
            "bert",
            ("model", "WordLevel"),
            "a tokeniser of the type \"WordLevel\"",
            "WordPiece, BPE, and Unigram without byte_fallback are",
        ),
        ("bert", ("normalizer", "NFC"), "WordPiece with the normalizer \"NFC\"", "BertNormalizer is"),
        (
            "bert",
            ("pre_tokenizer", "Whitespace"),
            "WordPiece with the pre_tokenizer \"Whitespace\"",
            "BertPreTokenizer is",
        ),
        (
            "roberta",
            ("pre_tokenizer", "Whitespace"),
            "BPE with a normalizer, or without the pre_tokenizer ByteLevel",
            pairs,
        ),
        ("xlm-roberta", ("normalizer", "NFC"), "Unigram with a normalizer of its own", unigram),
    ] {
        let said = changed(model, "tokenizer.json", |t| t[part]["type"] = json!(kind));
        assert_eq!(said, format!("tokenizer.json: {what} is not supported; {instead}"));
    }
}

#[test]
fn a_broken_table_of_unigrams_is_refused() {
    let change = |change: fn(&mut Value)| changed("xlm-roberta", "tokenizer.json", change);
    for table in ["%", "", "AAAA", "/////w==", "BAAAAAAAAAD/////", "AwAAAAAAAA=="] {
        let folder = copy("xlm-roberta");
        let path = folder.path().join("tokenizer.json");
        let mut tokenizer: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        tokenizer["normalizer"]["precompiled_charsmap"] = json!(table);
        fs::write(&path, tokenizer.to_string()).unwrap();
        assert_eq!(
            refused(folder.path()),
            "tokenizer.json has a precompiled_charsmap that is none",
            "{table}"
        );
    }
    let said = change(|t| t["model"]["unk_id"] = json!(5_000));
    assert_eq!(said, "tokenizer.json has no unk_id that is a piece's");
    let said = change(|t| t["model"]["vocab"] = json!({"a": 1}));
    assert_eq!(said, "tokenizer.json has a vocabulary of Unigram that is no list of pieces with shares");
    let said = changed("bert", "tokenizer.json", |t| t["model"]["vocab"] = json!([["a", 1.0]]));
    assert_eq!(said, "tokenizer.json has a vocabulary of WordPiece that is no table of pieces with ids");
}

#[test]
fn a_table_of_characters_that_goes_in_circles_ends() {
    // Each unit leads to itself and calls itself a leaf; what is spelled goes on behind the list's end.
    let array: Vec<u8> = (0..=255_u32).flat_map(|byte| (0x100 | byte).to_le_bytes()).collect();
    let table = [&(array.len() as u32).to_le_bytes()[..], &array, b"x \0y"].concat();
    let folder = copy("xlm-roberta");
    let path = folder.path().join("tokenizer.json");
    let mut tokenizer: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let written = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, table);
    tokenizer["normalizer"]["precompiled_charsmap"] = json!(written);
    fs::write(&path, tokenizer.to_string()).unwrap();
    let transformer = Transformer::load(folder.path()).unwrap();
    for text in ["Kwabiq", "a\u{1}b\u{2}\u{3}", "\u{1}\u{1}", "é é"] {
        assert!(transformer.pieces(&text.repeat(500)).len() <= 4 * text.len() * 500);
    }
}

#[test]
fn weights_may_leave_the_models_name_out_and_use_the_old_names_of_norms() {
    let folder = copy("bert");
    let path = folder.path().join("model.safetensors");
    let file = fs::read(&path).unwrap();
    let length = u64::from_le_bytes(file[..8].try_into().unwrap()) as usize;
    let header = String::from_utf8(file[8..8 + length].to_vec()).unwrap();
    let header = header
        .replace("\"bert.", "\"")
        .replace("LayerNorm.weight", "LayerNorm.gamma")
        .replace("LayerNorm.bias", "LayerNorm.beta");
    let mut old = (header.len() as u64).to_le_bytes().to_vec();
    old.extend(header.as_bytes());
    old.extend(&file[8 + length..]);
    fs::write(&path, old).unwrap();
    let (new, ids) = (Transformer::load(folder.path()).unwrap(), [2, 30, 40, 3]);
    assert_eq!(new.logits(&ids), super::load("bert").logits(&ids));
}

#[test]
fn a_vocabulary_of_two_files_is_that_of_one() {
    let folder = copy("roberta");
    let text = fs::read_to_string(folder.path().join("tokenizer.json")).unwrap();
    let tokenizer: Value = serde_json::from_str(&text).unwrap();
    fs::remove_file(folder.path().join("tokenizer.json")).unwrap();
    fs::write(folder.path().join("vocab.json"), tokenizer["model"]["vocab"].to_string()).unwrap();
    let pair = |pair: &Value| format!("{} {}\n", pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
    let merges: String = tokenizer["model"]["merges"].as_array().unwrap().iter().map(pair).collect();
    fs::write(folder.path().join("merges.txt"), format!("#version: 0.2\n{merges}")).unwrap();
    let text = "the parcel from Kwabiq Whitcombe's 北京, it's 12:30 😀";
    assert_eq!(Transformer::load(folder.path()).unwrap().pieces(text), super::load("roberta").pieces(text));
}
