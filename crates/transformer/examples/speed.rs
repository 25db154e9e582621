//! How fast a model reads: processor time of one core, on messages as customers write them and on a long text.
//!
//! `cargo run --release --package aside-transformer --example speed [-- DIR]`
//!
//! Without a folder it makes one of the size of BERT-base (110 million weights, drawn at random, as BF16: 0.2 GB) in the
//! system's folder for what is temporary, and removes it. What is read takes as long whatever the weights are.

use aside_detect::Tagger;
use aside_transformer::Transformer;
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Map, json};
use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

const HIDDEN: usize = 768;
const INNER: usize = 3072;
const LAYERS: usize = 12;
const POSITIONS: usize = 512;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,!?'-@";
const WORDS: usize = 28_996;

const MESSAGES: [&str; 4] = [
    "Hi, I ordered two weeks ago and my parcel still has not arrived, can you check please?",
    "this is Maria Schneider from Leeds, my order number is 4417-2231",
    "Thanks!!",
    "I have been charged twice for the same subscription. I want my money back and somebody to call me tomorrow, \
     my colleague Daniel already wrote to you on Monday and nobody answered him.",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let made = tempfile::tempdir()?;
    let given = std::env::args().nth(1);
    let folder = given.as_deref().map_or(made.path(), Path::new);
    if given.is_none() {
        make(folder)?;
    }
    let before = seconds();
    let transformer = Transformer::load(folder)?;
    let mut out = io::stdout().lock();
    writeln!(out, "loaded in {:.1} s: {transformer:?}", seconds() - before)?;
    let long = MESSAGES.join(" ").repeat(8);
    for (what, texts) in [("messages", &MESSAGES[..]), ("one long text", &[long.as_str()])] {
        let pieces: usize = texts.iter().map(|text| transformer.pieces(text).len()).sum();
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        let taken = (0..5).map(|_| {
            let before = seconds();
            for text in texts {
                std::hint::black_box(transformer.tag(text));
            }
            seconds() - before
        });
        let best = taken.fold(f64::INFINITY, f64::min);
        writeln!(
            out,
            "{what}: {:.0} tokens/s, {:.1} texts/s, {:.1} KB/s a core ({pieces} tokens, {bytes} bytes)",
            pieces as f64 / best,
            texts.len() as f64 / best,
            bytes as f64 / best / 1000.0,
        )?;
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("memory: not known here");
    writeln!(out, "{peak}")?;
    Ok(())
}

/// Processor time of this program.
fn seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// A folder with a model of random weights.
fn make(folder: &Path) -> io::Result<()> {
    let config = json!({
        "model_type": "bert", "hidden_size": HIDDEN, "intermediate_size": INNER, "num_hidden_layers": LAYERS,
        "num_attention_heads": 12, "max_position_embeddings": POSITIONS, "type_vocab_size": 2, "vocab_size": WORDS,
        "id2label": {"0": "O", "1": "B-PER", "2": "I-PER", "3": "B-LOC", "4": "I-LOC"},
    });
    fs::write(folder.join("config.json"), config.to_string())?;
    fs::write(folder.join("tokenizer_config.json"), "{\"do_lower_case\": false}")?;
    let mut vocabulary = String::from("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
    for text in MESSAGES {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1) {
            if !vocabulary.lines().any(|known| known == word) {
                let _ = writeln!(vocabulary, "{word}");
            }
        }
    }
    for letter in LETTERS.chars() {
        let _ = writeln!(vocabulary, "{letter}\n##{letter}");
    }
    for number in vocabulary.lines().count()..WORDS {
        let _ = writeln!(vocabulary, "unused{number}");
    }
    fs::write(folder.join("vocab.txt"), vocabulary)?;
    weights(&folder.join("model.safetensors"))
}

fn weights(path: &Path) -> io::Result<()> {
    let mut shapes: Vec<(String, Vec<usize>)> = Vec::new();
    let mut linear = |name: String, from: usize, to: usize| {
        shapes.push((format!("{name}.weight"), vec![to, from]));
        shapes.push((format!("{name}.bias"), vec![to]));
    };
    for layer in 0..LAYERS {
        let name = |part: &str| format!("bert.encoder.layer.{layer}.{part}");
        for part in
            ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]
        {
            linear(name(part), HIDDEN, HIDDEN);
        }
        linear(name("intermediate.dense"), HIDDEN, INNER);
        linear(name("output.dense"), INNER, HIDDEN);
    }
    linear("classifier".to_owned(), HIDDEN, 5);
    for (table, rows) in [("word", WORDS), ("position", POSITIONS), ("token_type", 2)] {
        shapes.push((format!("bert.embeddings.{table}_embeddings.weight"), vec![rows, HIDDEN]));
    }
    let norms = (0..LAYERS).flat_map(|layer| {
        ["attention.output", "output"].map(|part| format!("bert.encoder.layer.{layer}.{part}"))
    });
    for norm in norms.chain(["bert.embeddings".to_owned()]) {
        shapes.push((format!("{norm}.LayerNorm.weight"), vec![HIDDEN]));
        shapes.push((format!("{norm}.LayerNorm.bias"), vec![HIDDEN]));
    }
    let (mut header, mut end) = (Map::new(), 0);
    for (name, shape) in &shapes {
        let begin = end;
        end += 2 * shape.iter().product::<usize>();
        let tensor = json!({"dtype": "BF16", "shape": shape, "data_offsets": [begin, end]});
        header.insert(name.clone(), tensor);
    }
    let header = serde_json::to_vec(&header)?;
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(&(header.len() as u64).to_le_bytes())?;
    file.write_all(&header)?;
    let mut state = 1_u64;
    for _ in 0..end / 2 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Between -0.05 and 0.05.
        let number = ((state >> 40) as f32 / (1 << 24) as f32 - 0.5) / 10.0;
        file.write_all(&((number.to_bits() >> 16) as u16).to_le_bytes())?;
    }
    file.flush()
}
