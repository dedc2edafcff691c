//! From the published float weights to the integer model that the app runs.

mod bert;
mod graph;
mod onnx;
mod quantise;

use anyhow::Result;
use prost::Message;

/// The ONNX file made from `safetensors`.
pub(crate) fn convert(safetensors: &[u8]) -> Result<Vec<u8>> {
    Ok(bert::graph(safetensors)?.encode_to_vec())
}
