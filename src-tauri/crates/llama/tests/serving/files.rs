use kernel::{Code, Coded};
use llama::Error;
use model_maker::{Model, Precision, broken};
use proptest::prelude::*;

use super::*;

async fn refused(bytes: &[u8]) -> Error {
    let desk = Desk::of_bytes(bytes);
    let error = desk.llama.describe().await.unwrap_err();
    assert!(error.to_string().contains(desk.file().to_str().unwrap()), "{error}");
    error
}

#[tokio::test]
async fn what_is_no_model_is_refused_with_its_reason() {
    assert!(matches!(refused(&broken::not_a_gguf()).await, Error::NotAGguf(_)));
    assert!(matches!(refused(b"").await, Error::NotAGguf(_)));
    let mut old = Model::tiny().bytes();
    old[4] = 1;
    assert!(matches!(refused(&old).await, Error::Version { version: 1, .. }));
}

#[tokio::test]
async fn an_architecture_that_is_not_known_is_named() {
    let error = refused(&Model { architecture: "abacus".into(), ..Model::tiny() }.bytes()).await;
    assert!(matches!(&error, Error::UnknownArchitecture { architecture, .. } if architecture == "abacus"), "{error}");
}

#[tokio::test]
async fn a_model_of_embeddings_is_told_from_one_that_writes() {
    let error = refused(&Model { causal: false, ..Model::tiny() }.bytes()).await;
    assert!(matches!(error, Error::Unusable { .. }), "{error}");
}

#[tokio::test]
async fn a_file_that_is_cut_off_is_refused_wherever_it_is_cut() {
    for thousandths in [1, 5, 200, 700, 990] {
        let error = refused(&broken::truncated(Model::tiny().bytes(), thousandths)).await;
        assert_eq!(error.code(), Code::Damaged, "{thousandths}: {error}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_said_so() {
    let desk = Desk::new(&Model::tiny());
    std::fs::remove_file(desk.file()).unwrap();
    assert_eq!(desk.llama.describe().await, Err(Error::NotFound(desk.file().to_owned())));
    std::fs::create_dir(desk.file()).unwrap();
    assert_eq!(desk.llama.describe().await.unwrap_err().code(), Code::Unreadable);
    // It is looked for at each request.
    std::fs::remove_dir(desk.file()).unwrap();
    Model::tiny().write(desk.file()).unwrap();
    assert!(desk.llama.describe().await.is_ok());
}

#[tokio::test]
async fn a_program_that_is_none_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Worker { program: folder.path().join("missing"), ..worker() };
    let desk = Desk::with(&Model::tiny().bytes(), missing);
    assert!(matches!(desk.llama.describe().await, Err(Error::Start { .. })));
}

#[tokio::test]
async fn quantised_weights_are_read() {
    let model = Model { precision: Precision::Quantised, ..Model::tiny() };
    let (_, finished) = Desk::new(&model).write(request(vec![user("Go on.")], 5)).await;
    assert!(finished.prompt_tokens > 0);
}

proptest! {
    // Each case is a process.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_file_with_other_bytes_loads_or_is_refused(
        seed: u64, count in 1_usize..4, within in prop_oneof![Just(1200_usize), Just(6500), Just(usize::MAX)]
    ) {
        let bytes = broken::flipped(Model::tiny().bytes(), within, count, seed);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let again = runtime.block_on(async {
            let desk = Desk::of_bytes(&bytes);
            // Whatever comes of it: an answer.
            let _ = desk.llama.generate(request(vec![user("Go on.")], 3)).finish().await;
            // And the handle lives: with the right file it works.
            Model::tiny().write(desk.file()).unwrap();
            desk.llama.unload().await;
            desk.llama.describe().await
        });
        prop_assert!(again.is_ok(), "{again:?}");
    }
}
