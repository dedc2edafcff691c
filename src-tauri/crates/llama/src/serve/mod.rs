//! The process that runs the model.

mod engine;
mod inbox;
mod loading;
mod prompt;
mod sampler;
mod text;

use std::io::{self, BufReader};
use std::process::ExitCode;

use kernel::child::{frame, limit};
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::token::LlamaToken;

use crate::protocol::{Answer, Ask, Description, Failure, FromServer, Load};
use engine::{Broken, Engine};
use inbox::Inbox;
use loading::Loaded;
use prompt::Prompts;

/// The main of the process that runs a model: serves requests from standard input until it closes.
///
/// Everything it needs comes by standard input.
pub fn serve() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody is left to tell: the pipe is what broke.
        Err(_) => ExitCode::FAILURE,
    }
}

fn run() -> io::Result<()> {
    let mut stdin = BufReader::new(io::stdin());
    let Some(load) = frame::read::<Load>(&mut stdin)? else {
        return Ok(());
    };
    limit::no_core_dump();
    limit::resident(load.available_bytes)?;
    let inbox = Inbox::listen(stdin)?;
    let failed = |failure| frame::write(&mut io::stdout(), &FromServer::Failed(failure));
    if let Some(missing) = missing_instructions() {
        return failed(Failure::Processor(missing));
    }
    let backend = LlamaBackend::init().map_err(io::Error::other)?;
    let loaded = match loading::load(&backend, &load) {
        Ok(loaded) => loaded,
        Err(failure) => return failed(failure),
    };
    let prompts = Prompts::new(&loaded.model);
    match Engine::new(&backend, &loaded, &load, &prompts) {
        Ok(mut engine) => answer_all(&inbox, &loaded, &prompts, &mut engine),
        Err(failure) => failed(failure),
    }
}

fn answer_all(inbox: &Inbox, loaded: &Loaded, prompts: &Prompts<'_>, engine: &mut Engine<'_>) -> io::Result<()> {
    let mut to = io::stdout();
    frame::write(&mut to, &FromServer::Loaded)?;
    while let Some((id, ask)) = inbox.next() {
        let mut say = |answer| frame::write(&mut to, &FromServer::Answer(id, answer));
        let answer = match ask {
            Ask::Describe => Answer::Description(describe(loaded, prompts, engine.context_tokens())),
            Ask::Tokenize(text) => Answer::Tokens(prompts.tokens_of(&text).into_iter().map(|token| token.0).collect()),
            Ask::Detokenize(tokens) => Answer::Text(prompts.text_of(tokens.into_iter().map(LlamaToken))),
            Ask::Count(messages) => match prompts.tokens(&messages) {
                Ok(tokens) => Answer::Count(u32::try_from(tokens.len()).unwrap_or(u32::MAX)),
                Err(failure) => Answer::Failed(failure),
            },
            Ask::Generate(request) => match engine.generate(&request, &|| inbox.is_cancelled(id), &mut say) {
                Ok(finished) => Answer::Finished(finished),
                Err(Broken::Failure(failure)) => Answer::Failed(failure),
                Err(Broken::Pipe(error)) => return Err(error),
            },
        };
        say(answer)?;
    }
    Ok(())
}

fn describe(loaded: &Loaded, prompts: &Prompts<'_>, context: u32) -> Description {
    Description {
        name: loaded.header.name().map(str::to_owned),
        architecture: loaded.header.architecture().to_owned(),
        parameters: loaded.model.n_params(),
        trained_context: loaded.model.n_ctx_train(),
        context,
        template: prompts.template(),
    }
}

/// What llama.cpp is compiled to use and the processor doesn't have; see `.cargo/config.toml`.
fn missing_instructions() -> Option<String> {
    #[cfg(target_arch = "x86_64")]
    {
        let needed = [
            ("AVX2", std::arch::is_x86_feature_detected!("avx2")),
            ("FMA", std::arch::is_x86_feature_detected!("fma")),
            ("F16C", std::arch::is_x86_feature_detected!("f16c")),
            ("BMI2", std::arch::is_x86_feature_detected!("bmi2")),
        ];
        let missing: Vec<&str> = needed.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    }
    #[cfg(not(target_arch = "x86_64"))]
    None
}
