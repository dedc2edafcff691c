//! The file format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, version 3, little endian.

/// Where a tensor's bytes begin within the data, and the data within the file.
const ALIGNMENT: usize = 32;

/// A value of the metadata.
pub(crate) enum Value {
    U32(u32),
    F32(f32),
    Bool(bool),
    Text(String),
    Texts(Vec<String>),
    I32s(Vec<i32>),
}

/// A tensor: its shape, the fastest dimension first, its type's number, and its bytes.
pub(crate) struct Tensor {
    pub(crate) name: String,
    pub(crate) shape: Vec<u64>,
    pub(crate) kind: u32,
    pub(crate) bytes: Vec<u8>,
}

/// The whole file.
pub(crate) fn file(metadata: &[(String, Value)], tensors: &[Tensor]) -> Vec<u8> {
    let mut out = b"GGUF".to_vec();
    out.extend(3_u32.to_le_bytes());
    out.extend((tensors.len() as u64).to_le_bytes());
    out.extend((metadata.len() as u64).to_le_bytes());
    for (key, value) in metadata {
        text(&mut out, key);
        put(&mut out, value);
    }
    let mut offset = 0;
    for tensor in tensors {
        text(&mut out, &tensor.name);
        out.extend((tensor.shape.len() as u32).to_le_bytes());
        tensor.shape.iter().for_each(|length| out.extend(length.to_le_bytes()));
        out.extend(tensor.kind.to_le_bytes());
        out.extend((offset as u64).to_le_bytes());
        offset += tensor.bytes.len().next_multiple_of(ALIGNMENT);
    }
    for tensor in tensors {
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend(&tensor.bytes);
    }
    out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
    out
}

fn text(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

fn put(out: &mut Vec<u8>, value: &Value) {
    let mut kind = |number: u32| out.extend(number.to_le_bytes());
    match value {
        Value::U32(number) => {
            kind(4);
            out.extend(number.to_le_bytes());
        }
        Value::F32(number) => {
            kind(6);
            out.extend(number.to_le_bytes());
        }
        Value::Bool(is) => {
            kind(7);
            out.push(u8::from(*is));
        }
        Value::Text(value) => {
            kind(8);
            text(out, value);
        }
        Value::Texts(texts) => {
            kind(9);
            kind(8);
            out.extend((texts.len() as u64).to_le_bytes());
            texts.iter().for_each(|value| text(out, value));
        }
        Value::I32s(numbers) => {
            kind(9);
            kind(5);
            out.extend((numbers.len() as u64).to_le_bytes());
            numbers.iter().for_each(|number| out.extend(number.to_le_bytes()));
        }
    }
}
