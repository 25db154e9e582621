//! The parts that a transformer is put together from, over a matrix with one row a token.

use crate::{LoadError, config::Activation, weights::Weights};
use ndarray::{Array1, Array2, linalg::general_mat_mul, s};

/// A matrix and what is added behind it.
#[derive(Clone)]
pub(crate) struct Linear {
    /// One row an output, as it lies in the file.
    weight: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    pub(crate) const fn new(weight: Array2<f32>, bias: Array1<f32>) -> Self {
        Self { weight, bias }
    }

    pub(crate) fn read(weights: &mut Weights, name: &str, from: usize, to: usize) -> Result<Self, LoadError> {
        let weight = weights.matrix(&format!("{name}.weight"), to, from)?;
        Ok(Self::new(weight, weights.row(&format!("{name}.bias"), to)?))
    }

    /// One row of outputs a row of inputs.
    pub(crate) fn apply(&self, inputs: &Array2<f32>) -> Array2<f32> {
        let mut outputs = Array2::zeros((inputs.nrows(), self.bias.len()));
        outputs += &self.bias;
        general_mat_mul(1.0, inputs, &self.weight.t(), 1.0, &mut outputs);
        outputs
    }
}

/// Brings every row to mean nought and variance one, then stretches and moves it.
#[derive(Clone)]
pub(crate) struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

impl Norm {
    /// Also by the names `gamma` and `beta`, as old files have them.
    pub(crate) fn read(
        weights: &mut Weights,
        name: &str,
        length: usize,
        epsilon: f32,
    ) -> Result<Self, LoadError> {
        let old = weights.has(&format!("{name}.gamma"));
        let (weight, bias) = if old { ("gamma", "beta") } else { ("weight", "bias") };
        Ok(Self {
            weight: weights.row(&format!("{name}.{weight}"), length)?,
            bias: weights.row(&format!("{name}.{bias}"), length)?,
            epsilon,
        })
    }

    pub(crate) fn apply(&self, rows: &mut Array2<f32>) {
        for mut row in rows.rows_mut() {
            let length = row.len() as f32;
            let mean = row.sum() / length;
            let variance = row.fold(0.0, |sum, x| sum + (x - mean) * (x - mean)) / length;
            let stretch = 1.0 / (variance + self.epsilon).sqrt();
            row.zip_mut_with(&self.weight, |x, weight| *x = (*x - mean) * stretch * weight);
            row += &self.bias;
        }
    }
}

/// Each token's look at every other one.
#[derive(Clone)]
pub(crate) struct Attention {
    pub(crate) query: Linear,
    pub(crate) key: Linear,
    pub(crate) value: Linear,
    pub(crate) output: Linear,
    pub(crate) heads: usize,
}

impl Attention {
    pub(crate) fn apply(&self, tokens: &Array2<f32>) -> Array2<f32> {
        let (query, key, value) =
            (self.query.apply(tokens), self.key.apply(tokens), self.value.apply(tokens));
        let (count, hidden) = tokens.dim();
        let width = hidden / self.heads;
        let scale = 1.0 / (width as f32).sqrt();
        let mut seen = Array2::zeros((count, hidden));
        let mut shares = Array2::zeros((count, count));
        for head in 0..self.heads {
            let part = s![.., head * width..(head + 1) * width];
            general_mat_mul(scale, &query.slice(part), &key.slice(part).t(), 0.0, &mut shares);
            for mut row in shares.rows_mut() {
                softmax(row.as_slice_mut().expect("rows of a matrix of our own lie in one piece"));
            }
            general_mat_mul(1.0, &shares, &value.slice(part), 0.0, &mut seen.slice_mut(part));
        }
        self.output.apply(&seen)
    }
}

/// Turns numbers into shares of one.
pub(crate) fn softmax(row: &mut [f32]) {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for x in &mut *row {
        *x = (*x - most).exp();
        sum += *x;
    }
    for x in row {
        *x /= sum;
    }
}

/// Attention, then two linear maps with something bent in between; each added to what it was given.
#[derive(Clone)]
pub(crate) struct Layer {
    pub(crate) attention: Attention,
    pub(crate) after_attention: Norm,
    pub(crate) widen: Linear,
    pub(crate) narrow: Linear,
    pub(crate) after_all: Norm,
    pub(crate) activation: Activation,
}

impl Layer {
    pub(crate) fn apply(&self, tokens: &Array2<f32>) -> Array2<f32> {
        let mut seen = self.attention.apply(tokens);
        seen += tokens;
        self.after_attention.apply(&mut seen);
        let mut wide = self.widen.apply(&seen);
        match self.activation {
            Activation::Gelu => wide.mapv_inplace(gelu),
            Activation::GeluTanh => wide.mapv_inplace(gelu_by_tanh),
            Activation::Relu => wide.mapv_inplace(|x| x.max(0.0)),
        }
        let mut narrow = self.narrow.apply(&wide);
        narrow += &seen;
        self.after_all.apply(&mut narrow);
        narrow
    }
}

/// x Φ(x), with Φ the normal distribution.
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

fn gelu_by_tanh(x: f32) -> f32 {
    let inner = (2.0 / std::f32::consts::PI).sqrt() * (0.044_715 * x * x).mul_add(x, x);
    0.5 * x * (1.0 + inner.tanh())
}

/// The error function, to 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26).
fn erf(x: f32) -> f32 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    (1.0 - sum * (-x * x).exp()).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_is_what_tables_say() {
        for (x, wanted) in
            [(0.0, 0.0), (0.1, 0.112_462_92), (0.5, 0.520_499_9), (1.0, 0.842_700_8), (2.0, 0.995_322_3)]
        {
            assert!((erf(x) - wanted).abs() < 1e-6, "erf({x})");
            assert!((erf(-x) + wanted).abs() < 1e-6, "erf(-{x})");
        }
        assert!((erf(50.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn both_forms_of_the_gaussian_unit_agree_roughly() {
        for x in [-3.0, -1.0, -0.2, 0.0, 0.7, 2.5] {
            assert!((gelu(x) - gelu_by_tanh(x)).abs() < 1e-3, "{x}");
        }
    }
}
