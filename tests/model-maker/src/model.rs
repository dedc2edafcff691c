use std::fs;
use std::io;
use std::path::Path;

use seeded::Random;

use crate::gguf::{self, Tensor, Value};
use crate::vocabulary::TurnTokens;
use crate::weights::{Precision, matrix, ones};

/// The usual template of turns between `<|im_start|>` and `<|im_end|>`.
pub const CHATML: &str = "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + \
                          message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}\
                          {{ '<|im_start|>assistant\n' }}{% endif %}";

/// A model to make.
#[derive(Clone, Debug)]
pub struct Model {
    /// What its random weights are made from.
    pub seed: u64,
    /// What it is called in its metadata.
    pub name: String,
    /// The architecture it claims to have; its tensors are always llama's.
    pub architecture: String,
    /// Layers.
    pub layers: u32,
    /// Width of the vector of a token; a multiple of 32 times the heads where weights are quantised.
    pub width: u32,
    /// Heads of attention, two for each pair of keys and values.
    pub heads: u32,
    /// Inner width of a layer's second half.
    pub feed_forward: u32,
    /// The tokens it claims to have been trained on at once.
    pub context: u32,
    /// How its weights are stored.
    pub precision: Precision,
    /// Its chat template, if any.
    pub template: Option<String>,
    /// Whether a token sees only those before it; models of embeddings see all.
    pub causal: bool,
    /// What the ends of turns are.
    pub turn_tokens: TurnTokens,
}

impl Model {
    /// Two layers, some 400 kB, 2048 tokens of context, ChatML.
    pub fn tiny() -> Self {
        Self {
            seed: 1,
            name: "Tiny".into(),
            architecture: "llama".into(),
            layers: 2,
            width: 64,
            heads: 4,
            feed_forward: 128,
            context: 2048,
            precision: Precision::Full,
            template: Some(CHATML.into()),
            causal: true,
            turn_tokens: TurnTokens::Control,
        }
    }

    /// So many layers of a width, quantised: 8 × 768 has some 50 million parameters.
    pub fn sized(layers: u32, width: u32) -> Self {
        Self {
            name: format!("{layers} × {width}"),
            layers,
            width,
            heads: width / 64,
            feed_forward: 3 * width,
            context: 4096,
            precision: Precision::Quantised,
            ..Self::tiny()
        }
    }

    /// The file's bytes; the same for the same model.
    pub fn bytes(&self) -> Vec<u8> {
        gguf::file(&self.metadata(), &self.tensors())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, self.bytes())
    }

    fn metadata(&self) -> Vec<(String, Value)> {
        let of = |key: &str, value| (format!("{}.{key}", self.architecture), value);
        let mut all = vec![
            ("general.architecture".into(), Value::Text(self.architecture.clone())),
            ("general.name".into(), Value::Text(self.name.clone())),
            of("context_length", Value::U32(self.context)),
            of("embedding_length", Value::U32(self.width)),
            of("block_count", Value::U32(self.layers)),
            of("feed_forward_length", Value::U32(self.feed_forward)),
            of("attention.head_count", Value::U32(self.heads)),
            of("attention.head_count_kv", Value::U32(self.heads / 2)),
            of("attention.causal", Value::Bool(self.causal)),
            of("attention.layer_norm_rms_epsilon", Value::F32(1e-5)),
            of("rope.dimension_count", Value::U32(self.width / self.heads)),
        ];
        all.extend(self.turn_tokens.metadata());
        if let Some(template) = &self.template {
            all.push(("tokenizer.chat_template".into(), Value::Text(template.clone())));
        }
        all
    }

    fn tensors(&self) -> Vec<Tensor> {
        let mut random = Random::new(self.seed);
        let (width, inner, tokens) = (u64::from(self.width), u64::from(self.feed_forward), self.turn_tokens.size());
        let mut make = |name: String, shape, gain| matrix(name, shape, gain, self.precision, &mut random);
        let mut all = vec![make("token_embd.weight".into(), (width, tokens), 1.0)];
        for layer in 0..self.layers {
            let name = |part: &str| format!("blk.{layer}.{part}.weight");
            all.push(ones(name("attn_norm"), width));
            all.push(make(name("attn_q"), (width, width), 1.0));
            all.push(make(name("attn_k"), (width, width / 2), 1.0));
            all.push(make(name("attn_v"), (width, width / 2), 1.0));
            all.push(make(name("attn_output"), (width, width), 1.0));
            all.push(ones(name("ffn_norm"), width));
            all.push(make(name("ffn_gate"), (width, inner), 1.0));
            all.push(make(name("ffn_up"), (width, inner), 1.0));
            all.push(make(name("ffn_down"), (inner, width), 1.0));
        }
        all.push(ones("output_norm.weight".into(), width));
        // Spread enough that tokens are far from equally likely.
        all.push(make("output.weight".into(), (width, tokens), 2.0));
        all
    }
}
