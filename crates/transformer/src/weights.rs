//! `model.safetensors`: one tensor at a time, so that no more of the file is held than is used.

use crate::{LoadError, folder::Folder};
use ndarray::{Array1, Array2};
use safetensors::{Dtype, tensor::Metadata};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// The file.
const FILE: &str = "model.safetensors";
/// How long the list of tensors may be, in bytes; those of large models take 0.1 MB.
const LONGEST_HEADER: u64 = 16 * 1024 * 1024;
/// The file's first eight bytes are the length of that list.
const LENGTH_BYTES: u64 = 8;

/// The weights of a model, to be read by name.
pub(crate) struct Weights {
    path: PathBuf,
    file: File,
    metadata: Metadata,
    /// Where the numbers begin.
    begin: u64,
    /// What stands before every name of the encoder's tensors.
    prefix: String,
}

impl Weights {
    /// Reads the list of tensors, and checks that the file is as long as it says. `prefix` is what the encoder's tensors
    /// are usually called by; some files leave it out.
    pub(crate) fn open(folder: &Folder<'_>, prefix: &str) -> Result<Self, LoadError> {
        let path = folder.path(FILE);
        let mut file = File::open(&path).map_err(|source| unreadable(&path, source))?;
        let (metadata, begin) = header(&path, &mut file)?;
        let length = file.metadata().map_err(|source| unreadable(&path, source))?.len();
        let wanted = begin + metadata.data_len() as u64;
        if length != wanted {
            let why = format!("is {length} bytes long and should be {wanted}: is it cut short?");
            return Err(LoadError::Malformed { path, why });
        }
        let mut weights = Self { path, file, metadata, begin, prefix: prefix.to_owned() };
        if !weights.has("embeddings.word_embeddings.weight") {
            weights.prefix.clear();
            if !weights.has("embeddings.word_embeddings.weight") {
                weights.prefix.push_str(prefix);
            }
        }
        Ok(weights)
    }

    /// Whether there is a tensor of the encoder with this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.metadata.info(&format!("{}{name}", self.prefix)).is_some()
    }

    /// A matrix of the encoder.
    pub(crate) fn matrix(
        &mut self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Array2<f32>, LoadError> {
        self.matrix_by_whole_name(&format!("{}{name}", self.prefix), rows, columns)
    }

    /// A row of numbers of the encoder.
    pub(crate) fn row(&mut self, name: &str, length: usize) -> Result<Array1<f32>, LoadError> {
        self.row_by_whole_name(&format!("{}{name}", self.prefix), length)
    }

    /// A matrix by its whole name.
    pub(crate) fn matrix_by_whole_name(
        &mut self,
        name: &str,
        rows: usize,
        columns: usize,
    ) -> Result<Array2<f32>, LoadError> {
        let numbers = self.numbers(name, &[rows, columns])?;
        Ok(Array2::from_shape_vec((rows, columns), numbers).expect("as many numbers as the shape has"))
    }

    /// A row of numbers by its whole name.
    pub(crate) fn row_by_whole_name(&mut self, name: &str, length: usize) -> Result<Array1<f32>, LoadError> {
        self.numbers(name, &[length]).map(Array1::from_vec)
    }

    fn numbers(&mut self, name: &str, needs: &[usize]) -> Result<Vec<f32>, LoadError> {
        let (path, tensor) = (self.path.clone(), name.to_owned());
        let Some(info) = self.metadata.info(name) else {
            return Err(LoadError::TensorMissing { path, tensor });
        };
        if info.shape != needs {
            let (has, needs) = (info.shape.clone(), needs.to_vec());
            return Err(LoadError::TensorShape { path, tensor, has, needs });
        }
        let read: fn(&[u8]) -> Vec<f32> = match info.dtype {
            Dtype::F32 => |bytes| in_fours(bytes, f32::from_le_bytes),
            Dtype::F16 => |bytes| in_twos(bytes, |two| from_half(u16::from_le_bytes(two))),
            Dtype::BF16 => {
                |bytes| in_twos(bytes, |two| f32::from_bits(u32::from(u16::from_le_bytes(two)) << 16))
            }
            other => return Err(LoadError::TensorNumbers { path, tensor, has: format!("{other:?}") }),
        };
        // The list of tensors was checked against itself and against the file's length.
        let (from, to) = info.data_offsets;
        let mut bytes = vec![0; to - from];
        let read_bytes = self
            .file
            .seek(SeekFrom::Start(self.begin + from as u64))
            .and_then(|_| self.file.read_exact(&mut bytes));
        read_bytes.map_err(|source| unreadable(&self.path, source))?;
        let numbers = read(&bytes);
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(LoadError::TensorNotFinite { path, tensor });
        }
        Ok(numbers)
    }
}

fn unreadable(path: &Path, source: io::Error) -> LoadError {
    LoadError::Unreadable { path: path.to_owned(), source }
}

/// The list of tensors, and where their numbers begin.
fn header(path: &Path, file: &mut File) -> Result<(Metadata, u64), LoadError> {
    let malformed = |why: String| LoadError::Malformed { path: path.to_owned(), why };
    let short = |e: io::Error| match e.kind() {
        io::ErrorKind::UnexpectedEof => malformed("ends before its list of tensors does".to_owned()),
        _ => unreadable(path, e),
    };
    let mut length = [0; LENGTH_BYTES as usize];
    file.read_exact(&mut length).map_err(short)?;
    let length = u64::from_le_bytes(length);
    if length > LONGEST_HEADER {
        let what = "the length of its list of tensors in bytes";
        return Err(LoadError::TooLarge { path: path.to_owned(), what, is: length, at_most: LONGEST_HEADER });
    }
    let mut header = vec![0; length as usize];
    file.read_exact(&mut header).map_err(short)?;
    let metadata = serde_json::from_slice(&header)
        .map_err(|e| malformed(format!("has a list of tensors that is not understood: {e}")))?;
    Ok((metadata, LENGTH_BYTES + length))
}

fn in_fours(bytes: &[u8], number: impl Fn([u8; 4]) -> f32) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|four| number(*four)).collect()
}

fn in_twos(bytes: &[u8], number: impl Fn([u8; 2]) -> f32) -> Vec<f32> {
    bytes.as_chunks::<2>().0.iter().map(|two| number(*two)).collect()
}

/// A half-precision number (IEEE 754 binary16) as a single-precision one, which it is exactly.
fn from_half(bits: u16) -> f32 {
    let bits = u32::from(bits);
    let (sign, exponent, fraction) = ((bits & 0x8000) << 16, (bits >> 10) & 0x1F, bits & 0x3FF);
    match exponent {
        // Below the smallest normal number: so many times two to the power of -24.
        0 => f32::from_bits(sign | (fraction as f32 * f32::from_bits(0x3380_0000)).to_bits()),
        31 => f32::from_bits(sign | 0x7F80_0000 | (fraction << 13)),
        _ => f32::from_bits(sign | ((exponent + 112) << 23) | (fraction << 13)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_numbers_are_read_exactly() {
        for (bits, number) in [
            (0x0000, 0.0),
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x7BFF, 65504.0),
            (0x0400, 0.000_061_035_156),
            (0x0001, 5.960_464_5e-8),
            (0x03FF, 6.097_555e-5),
            (0x3555, 0.333_251_95),
            (0x7C00, f32::INFINITY),
            (0xFC00, f32::NEG_INFINITY),
        ] {
            assert_eq!(from_half(bits).to_bits(), f32::to_bits(number), "{bits:#06x}");
        }
        assert!(from_half(0x8000).is_sign_negative());
        assert!(from_half(0x7E00).is_nan());
    }
}
