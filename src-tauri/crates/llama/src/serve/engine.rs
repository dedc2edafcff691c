//! Reading prompts and writing text.

use std::io;
use std::num::NonZeroU32;
use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;

use super::loading::Loaded;
use super::prompt::Prompts;
use super::sampler::Sampler;
use super::text::Text;
use crate::protocol::{Answer, Failure, Finished, Load, Reason, Request};

/// Floating-point operations a second that a core brings at the least with AVX2 and quantised weights.
const CORE_SPEED: f64 = 20e9;
/// How long a batch of the prompt may take: a cancellation is seen between two.
const BATCH_SECONDS: f64 = 0.1;
/// Below the least, weights are fetched from memory more often than is worth it; above the most nothing is won.
const BATCH: (f64, f64) = (8.0, 256.0);

/// The model at work, with what it has read.
pub(super) struct Engine<'m> {
    model: &'m LlamaModel,
    prompts: &'m Prompts<'m>,
    context: LlamaContext<'m>,
    /// The tokens whose keys and values are in the cache.
    cached: Vec<LlamaToken>,
    batch: LlamaBatch<'m>,
    batch_tokens: usize,
    context_tokens: u32,
}

/// Why a text wasn't finished.
pub(super) enum Broken {
    Failure(Failure),
    /// The parent is gone.
    Pipe(io::Error),
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Pipe(error)
    }
}

/// What an answer is told to.
type Say<'a> = dyn FnMut(Answer) -> io::Result<()> + 'a;

impl<'m> Engine<'m> {
    pub(super) fn new(
        backend: &LlamaBackend,
        loaded: &'m Loaded,
        load: &Load,
        prompts: &'m Prompts<'m>,
    ) -> Result<Self, Failure> {
        let batch_tokens = batch_tokens(loaded.model.n_params(), load.threads);
        let threads = i32::try_from(load.threads).unwrap_or(i32::MAX);
        let parameters = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(loaded.context))
            .with_n_batch(batch_tokens)
            .with_n_ubatch(batch_tokens)
            .with_n_threads(threads)
            .with_n_threads_batch(threads);
        let context = loaded.model.new_context(backend, parameters).map_err(|_| Failure::NoContext)?;
        Ok(Self {
            model: &loaded.model,
            prompts,
            // llama.cpp rounds up, to more than the model may have been trained with.
            context_tokens: context.n_ctx().min(loaded.context),
            context,
            cached: Vec::new(),
            batch: LlamaBatch::new(batch_tokens as usize, 1),
            batch_tokens: batch_tokens as usize,
        })
    }

    /// The tokens that prompt and output may have together.
    pub(super) fn context_tokens(&self) -> u32 {
        self.context_tokens
    }

    /// Reads the prompt as far as it isn't in the cache, and writes. Whether it is cancelled is looked at between two
    /// batches and between two tokens.
    pub(super) fn generate(
        &mut self,
        request: &Request,
        cancelled: &dyn Fn() -> bool,
        say: &mut Say<'_>,
    ) -> Result<Finished, Broken> {
        let start = Instant::now();
        let mut sampler = Sampler::new(self.model, request)?;
        let prompt = self.prompts.tokens(&request.messages)?;
        let prompt_tokens = self.checked(&prompt, request.max_tokens)?;
        let reused = self.reuse(&prompt)?;
        let mut finished = Finished {
            reason: Reason::Cancelled,
            prompt_tokens,
            reused_tokens: count(reused),
            generated_tokens: 0,
            prompt_ms: 0.0,
            generate_ms: 0.0,
        };
        let read = self.read(&prompt, reused, cancelled, say)?;
        finished.prompt_ms = start.elapsed().as_secs_f64() * 1e3;
        if read {
            let start = Instant::now();
            finished.reason = self.write(request, &mut sampler, cancelled, say, &mut finished.generated_tokens)?;
            finished.generate_ms = start.elapsed().as_secs_f64() * 1e3;
        }
        Ok(finished)
    }

    /// The prompt's length, if the output has room behind it.
    fn checked(&self, prompt: &[LlamaToken], max_tokens: u32) -> Result<u32, Failure> {
        let (prompt_tokens, context) = (count(prompt.len()), self.context_tokens);
        if prompt_tokens.saturating_add(max_tokens) > context {
            return Err(Failure::PromptTooLong { prompt_tokens, max_tokens, context });
        }
        Ok(prompt_tokens)
    }

    /// Keeps of the cache what the prompt begins with, and says how many tokens that are: fewer than the prompt has,
    /// as the last one has to be read for the first to be chosen.
    fn reuse(&mut self, prompt: &[LlamaToken]) -> Result<usize, Failure> {
        let common = self.cached.iter().zip(prompt).take_while(|(cached, token)| cached == token).count();
        let kept = common.min(prompt.len().saturating_sub(1));
        let from = count(kept);
        if kept == self.cached.len() {
            return Ok(kept);
        }
        // A model that keeps a state instead of keys and values can't go back to the middle.
        if kept > 0 && self.context.kv_cache_seq_rm(0, Some(from), None).is_ok() {
            self.cached.truncate(kept);
            return Ok(kept);
        }
        self.forget();
        Ok(0)
    }

    fn forget(&mut self) {
        self.context.clear_kv_cache();
        self.cached.clear();
    }

    /// Reads the prompt from `done` on; false if it was cancelled.
    fn read(
        &mut self,
        prompt: &[LlamaToken],
        mut done: usize,
        cancelled: &dyn Fn() -> bool,
        say: &mut Say<'_>,
    ) -> Result<bool, Broken> {
        while let Some(rest) = prompt.get(done..).filter(|rest| !rest.is_empty()) {
            if cancelled() {
                return Ok(false);
            }
            let batch = rest.get(..self.batch_tokens).unwrap_or(rest);
            self.decode(batch)?;
            done += batch.len();
            say(Answer::Read(count(done), count(prompt.len())))?;
        }
        Ok(true)
    }

    fn write(
        &mut self,
        request: &Request,
        sampler: &mut Sampler<'_>,
        cancelled: &dyn Fn() -> bool,
        say: &mut Say<'_>,
        generated: &mut u32,
    ) -> Result<Reason, Broken> {
        let vocabulary = self.model.vocab();
        let mut text = Text::new(&request.stop);
        let reason = loop {
            if cancelled() {
                break Reason::Cancelled;
            }
            if *generated == request.max_tokens {
                break Reason::Length;
            }
            let token = sampler.next(&self.context, &text)?;
            if vocabulary.is_eog(token) {
                break Reason::End;
            }
            *generated += 1;
            let (piece, stopped) = text.push(&vocabulary.token_to_piece(token, false, None));
            if !piece.is_empty() {
                say(Answer::Piece(piece))?;
            }
            if stopped {
                return Ok(Reason::Stop);
            }
            // The last token's own keys and values are of use only to a token behind it.
            if *generated < request.max_tokens {
                self.decode(&[token])?;
            }
        };
        let rest = text.rest();
        if !rest.is_empty() {
            say(Answer::Piece(rest))?;
        }
        Ok(reason)
    }

    /// Puts tokens behind those in the cache.
    fn decode(&mut self, tokens: &[LlamaToken]) -> Result<(), Failure> {
        self.batch.clear();
        let first = self.cached.len();
        for (i, &token) in tokens.iter().enumerate() {
            let place = i32::try_from(first + i).unwrap_or(i32::MAX);
            let failed = |error: llama_cpp_2::llama_batch::BatchAddError| Failure::Decode(error.to_string());
            self.batch.add(token, place, &[0], i + 1 == tokens.len()).map_err(failed)?;
        }
        if let Err(error) = self.context.decode(&mut self.batch) {
            // What is in the cache now is not known.
            self.forget();
            return Err(Failure::Decode(error.to_string()));
        }
        self.cached.extend_from_slice(tokens);
        Ok(())
    }
}

/// The tokens of a prompt that are read at once: as many as take a tenth of a second by a careful guess, two
/// operations a parameter and token. It depends on the machine's cores and not on measured time, as other batches
/// give other roundings and then, with the same seed, another text.
fn batch_tokens(parameters: u64, threads: u32) -> u32 {
    let tokens = BATCH_SECONDS * CORE_SPEED * f64::from(threads) / (2.0 * parameters as f64).max(1.0);
    1 << (tokens.clamp(BATCH.0, BATCH.1) as u32).ilog2()
}

fn count(tokens: usize) -> u32 {
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::batch_tokens;

    #[test]
    fn batches_shrink_with_the_model_and_stay_worth_while() {
        assert_eq!(batch_tokens(100_000, 2), 256);
        assert_eq!(batch_tokens(60_000_000, 2), 32);
        assert_eq!(batch_tokens(1_000_000_000, 8), 8);
        assert_eq!(batch_tokens(8_000_000_000, 2), 8);
    }
}
