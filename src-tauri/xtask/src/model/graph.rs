//! Builds an ONNX graph node by node; a value is known by its name.

use super::onnx::{Attribute, Element, Graph, Model, Node, OperatorSet, Tensor, Value};

/// The operator set of ONNX itself.
const OPERATORS: i64 = 17;
/// The version of the file format that belongs to it in the pinned runtime.
const IR_VERSION: i64 = 9;
/// ONNX Runtime's own operators.
pub(crate) const RUNTIME: &str = "com.microsoft";

/// A graph that grows.
#[derive(Default)]
pub(crate) struct GraphBuilder {
    graph: Graph,
}

impl GraphBuilder {
    /// Adds a node of ONNX itself with one output; gives that output's name.
    pub(crate) fn node(&mut self, operator: &str, inputs: &[&str], attributes: Vec<Attribute>) -> String {
        self.nodes(None, operator, inputs, attributes, 1).swap_remove(0)
    }

    /// Adds a node of ONNX Runtime's own set with one output; an input that is left out is "".
    pub(crate) fn runtime_node(&mut self, operator: &str, inputs: &[&str], attributes: Vec<Attribute>) -> String {
        self.nodes(Some(RUNTIME), operator, inputs, attributes, 1).swap_remove(0)
    }

    /// Adds a node with several outputs.
    pub(crate) fn nodes(
        &mut self,
        domain: Option<&str>,
        operator: &str,
        inputs: &[&str],
        attributes: Vec<Attribute>,
        outputs: usize,
    ) -> Vec<String> {
        let name = format!("{operator}_{}", self.graph.nodes.len());
        let outputs: Vec<String> = (0..outputs).map(|i| format!("{name}:{i}")).collect();
        self.graph.nodes.push(Node {
            inputs: inputs.iter().map(|&i| i.to_owned()).collect(),
            outputs: outputs.clone(),
            name: Some(name),
            operator: Some(operator.to_owned()),
            attributes,
            domain: domain.map(str::to_owned),
        });
        outputs
    }

    /// Adds a constant of floats.
    pub(crate) fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) -> String {
        self.constant(name, Element::Float, shape, values.iter().flat_map(|v| v.to_le_bytes()).collect())
    }

    /// Adds a constant of signed bytes.
    pub(crate) fn bytes(&mut self, name: &str, shape: &[usize], values: &[i8]) -> String {
        self.constant(name, Element::Int8, shape, values.iter().flat_map(|v| v.to_le_bytes()).collect())
    }

    /// Adds a constant of 64-bit integers.
    pub(crate) fn integers(&mut self, name: &str, shape: &[usize], values: &[i64]) -> String {
        self.constant(name, Element::Int64, shape, values.iter().flat_map(|v| v.to_le_bytes()).collect())
    }

    fn constant(&mut self, name: &str, element: Element, shape: &[usize], bytes: Vec<u8>) -> String {
        self.graph.initializers.push(Tensor {
            shape: shape.iter().map(|&d| d as i64).collect(),
            element: Some(element as i32),
            name: Some(name.to_owned()),
            bytes: Some(bytes),
        });
        name.to_owned()
    }

    /// Declares an input.
    pub(crate) fn input(&mut self, name: &str, element: Element, dimensions: &[&str]) -> String {
        self.graph.inputs.push(Value::tensor(name, element, dimensions));
        name.to_owned()
    }

    /// Declares `value` as the output `name`.
    pub(crate) fn output(&mut self, value: &str, name: &str, element: Element, dimensions: &[&str]) {
        for node in &mut self.graph.nodes {
            for output in node.outputs.iter_mut().chain(&mut node.inputs) {
                if output == value {
                    name.clone_into(output);
                }
            }
        }
        self.graph.outputs.push(Value::tensor(name, element, dimensions));
    }

    /// The finished model.
    pub(crate) fn finish(mut self, name: &str) -> Model {
        self.graph.name = Some(name.to_owned());
        Model {
            ir_version: Some(IR_VERSION),
            producer: Some("smart-study-room".to_owned()),
            graph: Some(self.graph),
            operators: vec![
                OperatorSet { domain: Some(String::new()), version: Some(OPERATORS) },
                OperatorSet { domain: Some(RUNTIME.to_owned()), version: Some(1) },
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_is_read_is_written_before() {
        let mut graph = GraphBuilder::default();
        let x = graph.input("x", Element::Float, &["n"]);
        let one = graph.floats("one", &[], &[1.0]);
        let y = graph.node("Add", &[&x, &one], vec![]);
        let z = graph.node("Relu", &[&y], vec![]);
        graph.output(&z, "answer", Element::Float, &["n"]);
        let graph = graph.finish("sum").graph.unwrap_or_default();
        assert_eq!(graph.nodes[1].inputs, graph.nodes[0].outputs);
        assert_eq!(graph.nodes[1].outputs, ["answer"]);
        assert_eq!(graph.initializers[0].bytes.as_deref(), Some(&1.0_f32.to_le_bytes()[..]));
    }
}
