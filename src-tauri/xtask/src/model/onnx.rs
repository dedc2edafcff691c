//! The part of the ONNX format that the embedding model needs, as protobuf messages.
//!
//! Field numbers are those of `onnx.proto` (IR version 9). ONNX is a proto2 format: single numbers are optional, so
//! that a zero is written and not left out, and repeated numbers are not packed.

/// Element types of `TensorProto.DataType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, prost::Enumeration)]
#[repr(i32)]
pub(crate) enum Element {
    /// 32-bit float.
    Float = 1,
    /// Signed byte.
    Int8 = 3,
    /// 32-bit integer.
    Int32 = 6,
    /// 64-bit integer.
    Int64 = 7,
}

/// Kinds of `AttributeProto.AttributeType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, prost::Enumeration)]
#[repr(i32)]
pub(crate) enum AttributeKind {
    /// One float.
    Float = 1,
    /// One integer.
    Int = 2,
    /// Several integers.
    Ints = 7,
}

/// A whole model file.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Model {
    #[prost(int64, optional, tag = "1")]
    pub(crate) ir_version: Option<i64>,
    #[prost(string, optional, tag = "2")]
    pub(crate) producer: Option<String>,
    #[prost(message, optional, tag = "7")]
    pub(crate) graph: Option<Graph>,
    #[prost(message, repeated, tag = "8")]
    pub(crate) operators: Vec<OperatorSet>,
}

/// A domain of operators and its version; the empty domain is ONNX itself.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct OperatorSet {
    #[prost(string, optional, tag = "1")]
    pub(crate) domain: Option<String>,
    #[prost(int64, optional, tag = "2")]
    pub(crate) version: Option<i64>,
}

/// Nodes in execution order, the constants they use, and what goes in and out.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Graph {
    #[prost(message, repeated, tag = "1")]
    pub(crate) nodes: Vec<Node>,
    #[prost(string, optional, tag = "2")]
    pub(crate) name: Option<String>,
    #[prost(message, repeated, tag = "5")]
    pub(crate) initializers: Vec<Tensor>,
    #[prost(message, repeated, tag = "11")]
    pub(crate) inputs: Vec<Value>,
    #[prost(message, repeated, tag = "12")]
    pub(crate) outputs: Vec<Value>,
}

/// One operation.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Node {
    #[prost(string, repeated, tag = "1")]
    pub(crate) inputs: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    pub(crate) outputs: Vec<String>,
    #[prost(string, optional, tag = "3")]
    pub(crate) name: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(crate) operator: Option<String>,
    #[prost(message, repeated, tag = "5")]
    pub(crate) attributes: Vec<Attribute>,
    #[prost(string, optional, tag = "7")]
    pub(crate) domain: Option<String>,
}

/// A named setting of a node.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Attribute {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(float, optional, tag = "2")]
    pub(crate) float: Option<f32>,
    #[prost(int64, optional, tag = "3")]
    pub(crate) int: Option<i64>,
    #[prost(int64, repeated, packed = "false", tag = "8")]
    pub(crate) ints: Vec<i64>,
    #[prost(enumeration = "AttributeKind", optional, tag = "20")]
    pub(crate) kind: Option<i32>,
}

impl Attribute {
    /// A setting that is one integer.
    pub(crate) fn of_int(name: &str, value: i64) -> Self {
        Self { name: Some(name.to_owned()), int: Some(value), kind: Some(AttributeKind::Int as i32), ..Self::default() }
    }

    /// A setting that is a list of integers.
    pub(crate) fn of_ints(name: &str, values: &[i64]) -> Self {
        Self {
            name: Some(name.to_owned()),
            ints: values.to_vec(),
            kind: Some(AttributeKind::Ints as i32),
            ..Self::default()
        }
    }

    /// A setting that is one float.
    pub(crate) fn of_float(name: &str, value: f32) -> Self {
        Self {
            name: Some(name.to_owned()),
            float: Some(value),
            kind: Some(AttributeKind::Float as i32),
            ..Self::default()
        }
    }
}

/// A constant: its shape, and its elements as little-endian bytes.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Tensor {
    #[prost(int64, repeated, packed = "false", tag = "1")]
    pub(crate) shape: Vec<i64>,
    #[prost(enumeration = "Element", optional, tag = "2")]
    pub(crate) element: Option<i32>,
    #[prost(string, optional, tag = "8")]
    pub(crate) name: Option<String>,
    #[prost(bytes = "vec", optional, tag = "9")]
    pub(crate) bytes: Option<Vec<u8>>,
}

/// The name and type of an input or output.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Value {
    #[prost(string, optional, tag = "1")]
    pub(crate) name: Option<String>,
    #[prost(message, optional, tag = "2")]
    pub(crate) kind: Option<ValueKind>,
}

/// The type of a value; only tensors are used.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct ValueKind {
    #[prost(message, optional, tag = "1")]
    pub(crate) tensor: Option<TensorKind>,
}

/// Element type and shape.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct TensorKind {
    #[prost(enumeration = "Element", optional, tag = "1")]
    pub(crate) element: Option<i32>,
    #[prost(message, optional, tag = "2")]
    pub(crate) shape: Option<Shape>,
}

/// The dimensions of a value.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Shape {
    #[prost(message, repeated, tag = "1")]
    pub(crate) dimensions: Vec<Dimension>,
}

/// One dimension: a number, or a name for what is only known when the model runs.
#[derive(Clone, PartialEq, prost::Message)]
pub(crate) struct Dimension {
    #[prost(int64, optional, tag = "1")]
    pub(crate) size: Option<i64>,
    #[prost(string, optional, tag = "2")]
    pub(crate) symbol: Option<String>,
}

impl Value {
    /// A tensor value; dimensions that parse as a number are fixed, the others are symbols.
    pub(crate) fn tensor(name: &str, element: Element, dimensions: &[&str]) -> Self {
        let dimensions = dimensions
            .iter()
            .map(|d| match d.parse() {
                Ok(size) => Dimension { size: Some(size), symbol: None },
                Err(_) => Dimension { size: None, symbol: Some((*d).to_owned()) },
            })
            .collect();
        Self {
            name: Some(name.to_owned()),
            kind: Some(ValueKind {
                tensor: Some(TensorKind { element: Some(element as i32), shape: Some(Shape { dimensions }) }),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost::Message;

    #[test]
    fn an_attribute_keeps_its_zero_and_its_field_numbers() {
        let bytes = Attribute::of_int("axis", 0).encode_to_vec();
        // name = field 1 (bytes), i = field 3 (varint), type = field 20 (varint, two-byte tag)
        assert_eq!(bytes, [0x0a, 4, b'a', b'x', b'i', b's', 0x18, 0, 0xa0, 0x01, 2]);
    }

    #[test]
    fn repeated_integers_are_not_packed() {
        let tensor = Tensor { shape: vec![2, 3], ..Tensor::default() };
        assert_eq!(tensor.encode_to_vec(), [0x08, 2, 0x08, 3]);
    }

    #[test]
    fn a_value_tells_fixed_and_open_dimensions_apart() {
        let value = Value::tensor("x", Element::Int64, &["batch", "384"]);
        let shape = value.kind.and_then(|k| k.tensor).and_then(|t| t.shape).unwrap_or_default();
        assert_eq!(shape.dimensions[0].symbol.as_deref(), Some("batch"));
        assert_eq!(shape.dimensions[1].size, Some(384));
    }
}
