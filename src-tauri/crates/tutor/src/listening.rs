//! Short requests to an executor, whose answer is needed whole.

use llm_chain::Parameters;
use llm_chain::output::{OutputStream, StreamExt, StreamSegment};
use llm_chain::step::Step;

use crate::executor::{Executor, ExecutorFault};

/// The stream of a step's answer.
///
/// # Errors
/// The executor's, if it can't even begin.
pub(crate) async fn stream(
    executor: &Executor,
    step: &Step,
    parameters: &Parameters,
) -> Result<OutputStream, ExecutorFault> {
    let broken = |why: String| ExecutorFault::Broken { why };
    let output = step.run(parameters, executor).await.map_err(|error| broken(error.to_string()))?;
    output.as_stream().await.map_err(|error| broken(error.to_string()))
}

/// The whole answer of a step.
///
/// # Errors
/// The executor's.
pub(crate) async fn whole(executor: &Executor, step: &Step, parameters: &Parameters) -> Result<String, ExecutorFault> {
    let mut stream = stream(executor, step, parameters).await?;
    let mut said = String::new();
    while let Some(segment) = stream.next().await {
        match segment {
            StreamSegment::Content(text) => said.push_str(&text),
            StreamSegment::Role(_) => {}
            StreamSegment::Err(error) => return Err(ExecutorFault::from(&error)),
        }
    }
    Ok(said)
}
