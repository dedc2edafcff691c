//! Which token comes next.

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::json_schema_to_grammar;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;

use super::text::Text;
use crate::protocol::{Constraint, Failure, Request};

/// llama.cpp's own defaults (`common_params_sampling`): the 40 likeliest tokens, of these as many as make 95 %, none
/// of them less than a twentieth as likely as the first.
const TOP_K: i32 = 40;
const TOP_P: f32 = 0.95;
const MIN_P: f32 = 0.05;

pub(super) struct Sampler<'m> {
    model: &'m LlamaModel,
    chain: LlamaSampler,
    grammar: Option<LlamaSampler>,
}

impl<'m> Sampler<'m> {
    /// A sampler for one request.
    pub(super) fn new(model: &'m LlamaModel, request: &Request) -> Result<Self, Failure> {
        let chain = if request.temperature > 0.0 {
            LlamaSampler::chain_simple([
                LlamaSampler::top_k(TOP_K),
                LlamaSampler::top_p(TOP_P, 1),
                LlamaSampler::min_p(MIN_P, 1),
                LlamaSampler::temp(request.temperature),
                LlamaSampler::dist(request.seed),
            ])
        } else {
            LlamaSampler::chain_simple([LlamaSampler::greedy()])
        };
        let grammar = request.constraint.as_ref().map(|constraint| grammar(model, constraint)).transpose()?;
        Ok(Self { model, chain, grammar })
    }

    /// The token after the last one that was decoded. `text` is what it will be added to.
    pub(super) fn next(&mut self, context: &LlamaContext<'_>, text: &Text<'_>) -> Result<LlamaToken, Failure> {
        let Some(grammar) = &mut self.grammar else {
            return Ok(self.chain.sample(context, -1));
        };
        // A model that was told of the form mostly keeps to it by itself; to look at its choice alone is some hundred
        // times less work than to judge the whole vocabulary.
        let mut candidates = context.token_data_array_ith(-1);
        candidates.apply_sampler(&mut self.chain);
        let choice = candidates.selected_token().map(|token| LlamaTokenData::new(token, 0.0, 0.0));
        let mut candidates = LlamaTokenDataArray::from_iter(choice, false);
        permit(&mut candidates, grammar, self.model, text);
        if candidates.data.is_empty() {
            candidates = context.token_data_array_ith(-1);
            permit(&mut candidates, grammar, self.model, text);
            if candidates.data.is_empty() {
                return Err(Failure::Grammar("it comes to a point where nothing can follow".into()));
            }
            candidates.apply_sampler(&mut self.chain);
        } else {
            candidates.selected = Some(0);
        }
        let token = candidates.selected_token().ok_or_else(|| Failure::Decode("no token was chosen".into()))?;
        let refused = |_| Failure::Grammar("what was chosen doesn't follow it".into());
        grammar.try_accept(token).map_err(refused)?;
        self.chain.accept(token);
        Ok(token)
    }
}

/// Leaves only what the grammar lets through and what keeps characters whole: a grammar counts the bytes of a
/// character and doesn't look at them.
fn permit(candidates: &mut LlamaTokenDataArray, grammar: &mut LlamaSampler, model: &LlamaModel, text: &Text<'_>) {
    candidates.apply_sampler(grammar);
    let vocabulary = model.vocab();
    candidates.data.retain(|candidate| {
        candidate.logit() > f32::NEG_INFINITY && text.fits(&vocabulary.token_to_piece(candidate.id(), false, None))
    });
}

fn grammar(model: &LlamaModel, constraint: &Constraint) -> Result<LlamaSampler, Failure> {
    let refused = |detail: &str| Failure::Grammar(detail.to_owned());
    let rules = match constraint {
        Constraint::Grammar(rules) => rules.clone(),
        Constraint::JsonSchema(schema) => {
            json_schema_to_grammar(schema).map_err(|_| refused("the JSON schema can't be understood"))?
        }
    };
    LlamaSampler::grammar(model, &rules, "root").map_err(|_| refused("the grammar can't be understood"))
}
