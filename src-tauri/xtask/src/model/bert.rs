//! The graph of all-MiniLM-L6-v2: a BERT encoder of 6 layers, its matrix products in 8-bit integers.
//!
//! Activations are quantised while the model runs (one scale per tensor), weights when the file is made (one scale
//! per output channel). The nodes stand in the form that ONNX Runtime fuses into its own integer kernels.

use anyhow::{Context, Result, ensure};
use safetensors::{Dtype, SafeTensors};

use super::graph::GraphBuilder;
use super::onnx::{Attribute, Element, Model};
use super::quantise;

const LAYERS: usize = 6;
const HEADS: usize = 12;
const WIDTH: usize = 384;
const INNER: usize = 1536;
const EPSILON: f32 = 1e-12;
/// What is added to the attention of a padded position before the softmax.
const MASKED: f32 = -10000.0;

/// Builds the integer model from the file of float weights.
pub(crate) fn graph(safetensors: &[u8]) -> Result<Model> {
    let weights = SafeTensors::deserialize(safetensors).context("the model's weights are no safetensors file")?;
    let mut bert = Bert { weights, graph: GraphBuilder::default() };
    let ids = bert.graph.input("input_ids", Element::Int64, &["batch", "sequence"]);
    let mask = bert.graph.input("attention_mask", Element::Int64, &["batch", "sequence"]);
    let kinds = bert.graph.input("token_type_ids", Element::Int64, &["batch", "sequence"]);

    let mut x = bert.embeddings(&ids, &kinds)?;
    let mask = bert.mask(&mask);
    for layer in 0..LAYERS {
        x = bert.layer(layer, &x, &mask)?;
    }
    bert.graph.output(&x, "last_hidden_state", Element::Float, &["batch", "sequence", "384"]);
    Ok(bert.graph.finish("all-MiniLM-L6-v2"))
}

struct Bert<'a> {
    weights: SafeTensors<'a>,
    graph: GraphBuilder,
}

impl Bert<'_> {
    /// The weights called `name`, which must have `shape`.
    fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
        let tensor = self.weights.tensor(name).with_context(|| format!("the model has no weights called {name}"))?;
        ensure!(tensor.dtype() == Dtype::F32, "{name} holds {:?}, not 32-bit floats", tensor.dtype());
        ensure!(tensor.shape() == shape, "{name} has the shape {:?}, not {shape:?}", tensor.shape());
        Ok(tensor.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    fn embeddings(&mut self, ids: &str, kinds: &str) -> Result<String> {
        const WORDS: usize = 30522;
        const POSITIONS: usize = 512;
        let words = self.tensor("embeddings.word_embeddings.weight", &[WORDS, WIDTH])?;
        let words = quantise::by_row(&words, WIDTH);
        let bytes = self.graph.bytes("words", &[WORDS, WIDTH], &words.values);
        let scales = self.graph.floats("words.scale", &[WORDS, 1], &words.scales);
        let bytes = self.graph.node("Gather", &[&bytes, ids], vec![]);
        let scales = self.graph.node("Gather", &[&scales, ids], vec![]);
        let bytes = self.graph.node("Cast", &[&bytes], vec![Attribute::of_int("to", Element::Float as i64)]);
        let words = self.graph.node("Mul", &[&bytes, &scales], vec![]);

        let kind_table = self.tensor("embeddings.token_type_embeddings.weight", &[2, WIDTH])?;
        let kind_table = self.graph.floats("kinds", &[2, WIDTH], &kind_table);
        let kinds = self.graph.node("Gather", &[&kind_table, kinds], vec![]);
        let sum = self.graph.node("Add", &[&words, &kinds], vec![]);

        let positions = self.tensor("embeddings.position_embeddings.weight", &[POSITIONS, WIDTH])?;
        let positions = self.graph.floats("positions", &[POSITIONS, WIDTH], &positions);
        let shape = self.graph.node("Shape", &[ids], vec![Attribute::of_int("start", 1), Attribute::of_int("end", 2)]);
        let zero = self.graph.integers("zero", &[1], &[0]);
        let positions = self.graph.node("Slice", &[&positions, &zero, &shape, &zero], vec![]);
        let sum = self.graph.node("Add", &[&sum, &positions], vec![]);
        self.normalise(&sum, "embeddings.LayerNorm")
    }

    /// From ones and zeros to what is added to the attention: 0 for a token, `MASKED` for padding.
    fn mask(&mut self, mask: &str) -> String {
        let axes = self.graph.integers("mask.axes", &[2], &[1, 2]);
        let one = self.graph.floats("one", &[], &[1.0]);
        let masked = self.graph.floats("masked", &[], &[MASKED]);
        let mask = self.graph.node("Unsqueeze", &[mask, &axes], vec![]);
        let mask = self.graph.node("Cast", &[&mask], vec![Attribute::of_int("to", Element::Float as i64)]);
        let mask = self.graph.node("Sub", &[&one, &mask], vec![]);
        self.graph.node("Mul", &[&mask, &masked], vec![])
    }

    fn layer(&mut self, layer: usize, x: &str, mask: &str) -> Result<String> {
        let p = format!("encoder.layer.{layer}");
        let attended = self.attention(&p, x, mask)?;
        let sum = self.graph.node("Add", &[&attended, x], vec![]);
        let x = self.normalise(&sum, &format!("{p}.attention.output.LayerNorm"))?;

        let inner = self.linear(&x, &[&format!("{p}.intermediate.dense")], WIDTH, INNER)?;
        let inner = self.graph.runtime_node("Gelu", &[&inner], vec![]);
        let outer = self.linear(&inner, &[&format!("{p}.output.dense")], INNER, WIDTH)?;
        let sum = self.graph.node("Add", &[&outer, &x], vec![]);
        self.normalise(&sum, &format!("{p}.output.LayerNorm"))
    }

    fn attention(&mut self, p: &str, x: &str, mask: &str) -> Result<String> {
        const HEAD: usize = WIDTH / HEADS;
        let a = format!("{p}.attention.self");
        let both =
            self.linear(x, &[&format!("{a}.query"), &format!("{a}.key"), &format!("{a}.value")], WIDTH, WIDTH)?;
        let split = self.graph.integers(&format!("{a}.split"), &[3], &[WIDTH as i64; 3]);
        let parts = self.graph.nodes(None, "Split", &[&both, &split], vec![Attribute::of_int("axis", 2)], 3);
        let heads = self.graph.integers(&format!("{a}.heads"), &[4], &[0, 0, HEADS as i64, HEAD as i64]);
        let mut by_head = |part: usize, order: [i64; 4]| {
            let split = self.graph.node("Reshape", &[&parts[part], &heads], vec![]);
            self.graph.node("Transpose", &[&split], vec![Attribute::of_ints("perm", &order)])
        };
        let (query, key, value) = (by_head(0, [0, 2, 1, 3]), by_head(1, [0, 2, 3, 1]), by_head(2, [0, 2, 1, 3]));

        let scale = self.graph.floats(&format!("{a}.scale"), &[], &[(HEAD as f32).sqrt()]);
        let scores = self.graph.node("MatMul", &[&query, &key], vec![]);
        let scores = self.graph.node("Div", &[&scores, &scale], vec![]);
        let scores = self.graph.node("Add", &[&scores, mask], vec![]);
        let shares = self.graph.node("Softmax", &[&scores], vec![Attribute::of_int("axis", -1)]);
        let mixed = self.graph.node("MatMul", &[&shares, &value], vec![]);
        let mixed = self.graph.node("Transpose", &[&mixed], vec![Attribute::of_ints("perm", &[0, 2, 1, 3])]);
        let flat = self.graph.integers(&format!("{a}.flat"), &[3], &[0, 0, WIDTH as i64]);
        let mixed = self.graph.node("Reshape", &[&mixed, &flat], vec![]);
        self.linear(&mixed, &[&format!("{p}.attention.output.dense")], WIDTH, WIDTH)
    }

    /// x · Wᵀ + b in integers; several layers of the same shape side by side give one product.
    fn linear(&mut self, x: &str, layers: &[&str], rows: usize, columns: usize) -> Result<String> {
        let all = columns * layers.len();
        let mut weights = vec![0.0; rows * all];
        let mut bias = Vec::with_capacity(all);
        for (number, layer) in layers.iter().enumerate() {
            // A layer's weights stand as output × input; the product wants input × output.
            let from = self.tensor(&format!("{layer}.weight"), &[columns, rows])?;
            for (column, values) in from.chunks_exact(rows).enumerate() {
                for (row, &value) in values.iter().enumerate() {
                    weights[row * all + number * columns + column] = value;
                }
            }
            bias.extend(self.tensor(&format!("{layer}.bias"), &[columns])?);
        }
        let weights = quantise::by_column(&weights, all);
        let name = layers.concat();
        let bytes = self.graph.bytes(&name, &[rows, all], &weights.values);
        let scales = self.graph.floats(&format!("{name}.scale"), &[all], &weights.scales);
        let zeros = self.graph.bytes(&format!("{name}.zero"), &[all], &vec![0; all]);
        let bias = self.graph.floats(&format!("{name}.bias"), &[all], &bias);

        let dynamic = self.graph.nodes(None, "DynamicQuantizeLinear", &[x], vec![], 3);
        let (x, x_scale, x_zero) = (&dynamic[0], &dynamic[1], &dynamic[2]);
        let product = self.graph.node("MatMulInteger", &[x, &bytes, x_zero, &zeros], vec![]);
        let product = self.graph.node("Cast", &[&product], vec![Attribute::of_int("to", Element::Float as i64)]);
        let scale = self.graph.node("Mul", &[x_scale, &scales], vec![]);
        let product = self.graph.node("Mul", &[&product, &scale], vec![]);
        Ok(self.graph.node("Add", &[&product, &bias], vec![]))
    }

    fn normalise(&mut self, x: &str, name: &str) -> Result<String> {
        let gain = self.tensor(&format!("{name}.weight"), &[WIDTH])?;
        let shift = self.tensor(&format!("{name}.bias"), &[WIDTH])?;
        let gain = self.graph.floats(&format!("{name}.gain"), &[WIDTH], &gain);
        let shift = self.graph.floats(&format!("{name}.shift"), &[WIDTH], &shift);
        let attributes = vec![Attribute::of_int("axis", -1), Attribute::of_float("epsilon", EPSILON)];
        Ok(self.graph.node("LayerNormalization", &[x, &gain, &shift], attributes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use safetensors::tensor::TensorView;

    #[test]
    fn weights_that_are_missing_or_of_another_shape_are_named() {
        assert!(graph(b"nothing").unwrap_err().to_string().contains("no safetensors file"));
        let bytes = [0; 8];
        let small = TensorView::new(Dtype::F32, vec![1, 2], &bytes).unwrap();
        let file = safetensors::serialize([("embeddings.word_embeddings.weight", small)], None).unwrap();
        let error = graph(&file).unwrap_err().to_string();
        assert_eq!(error, "embeddings.word_embeddings.weight has the shape [1, 2], not [30522, 384]");
    }

    #[test]
    fn layers_side_by_side_give_one_product_with_the_columns_in_their_order() {
        let floats = |values: &[f32]| values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
        let (a, b) = (floats(&[1.0, 2.0, 3.0, 4.0]), floats(&[5.0, 6.0, 7.0, 8.0]));
        let (bias_a, bias_b) = (floats(&[0.1, 0.2]), floats(&[0.3, 0.4]));
        let square = |bytes| TensorView::new(Dtype::F32, vec![2, 2], bytes).unwrap();
        let line = |bytes| TensorView::new(Dtype::F32, vec![2], bytes).unwrap();
        let tensors = [
            ("a.weight", square(&a[..])),
            ("a.bias", line(&bias_a)),
            ("b.weight", square(&b)),
            ("b.bias", line(&bias_b)),
        ];
        let file = safetensors::serialize(tensors, None).unwrap();
        let mut bert = Bert { weights: SafeTensors::deserialize(&file).unwrap(), graph: GraphBuilder::default() };
        bert.linear("x", &["a", "b"], 2, 2).unwrap();
        let graph = bert.graph.finish("test").graph.unwrap();
        let constant = |name: &str| {
            let found = graph.initializers.iter().find(|t| t.name.as_deref() == Some(name)).unwrap();
            found.bytes.clone().unwrap()
        };
        let scales = constant("ab.scale");
        let scales: Vec<f32> = scales.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        // The first row of the product's matrix is the first input's weight in each output.
        let row: Vec<f32> = (0..4).map(|i| f32::from(constant("ab")[i] as i8) * scales[i]).collect();
        for (found, wanted) in row.iter().zip([1.0, 3.0, 5.0, 7.0]) {
            assert!((found - wanted).abs() < 0.05, "{row:?}");
        }
        assert_eq!(constant("ab.bias"), floats(&[0.1, 0.2, 0.3, 0.4]));
    }
}
