//! Rows of the index as Arrow batches, both ways.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Int64Type};
use arrow_array::{ArrayRef, FixedSizeListArray, Float32Array, Int64Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use kernel::{DocumentId, PassageId, RoomId};

use library::vectors::{DIMENSIONS, StoredVector};

/// A passage as the index knows it, without its vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) passage: PassageId,
    pub(super) document: DocumentId,
    pub(super) room: RoomId,
    /// Place in the document, and what the passage holds: what a [`crate::Scope`] asks for.
    pub(super) ordinal: i64,
    pub(super) kinds: i64,
}

pub(super) const KEYS: [&str; 5] = ["passage", "document", "room", "ordinal", "kinds"];

/// The model is part of the schema: vectors of another one are another index.
pub(super) fn schema(model: &str) -> SchemaRef {
    let mut fields: Vec<Field> = KEYS.iter().map(|name| Field::new(*name, DataType::Int64, false)).collect();
    fields.push(Field::new("vector", vector_type(), false));
    let model = HashMap::from([("model".to_owned(), model.to_owned())]);
    Arc::new(Schema::new_with_metadata(fields, model))
}

/// Whether a stored table has the columns of this version, and this model.
pub(super) fn fits(stored: &Schema, model: &str) -> bool {
    let ours = schema(model);
    stored.metadata().get("model") == ours.metadata().get("model")
        && stored.fields().len() == ours.fields().len()
        && ours
            .fields()
            .iter()
            .all(|field| stored.field_with_name(field.name()).is_ok_and(|found| found.data_type() == field.data_type()))
}

fn vector_type() -> DataType {
    DataType::FixedSizeList(item(), DIMENSIONS as i32)
}

fn item() -> Arc<Field> {
    Arc::new(Field::new("item", DataType::Float32, true))
}

pub(super) fn batch(model: &str, rows: &[StoredVector]) -> Result<RecordBatch, ArrowError> {
    let column =
        |of: fn(&StoredVector) -> i64| -> ArrayRef { Arc::new(Int64Array::from_iter_values(rows.iter().map(of))) };
    let numbers = Float32Array::from_iter_values(rows.iter().flat_map(|row| row.vector));
    let vectors = FixedSizeListArray::try_new(item(), DIMENSIONS as i32, Arc::new(numbers), None)?;
    RecordBatch::try_new(
        schema(model),
        vec![
            column(|row| row.passage.0),
            column(|row| row.document.0),
            column(|row| row.room.0),
            column(|row| row.ordinal.into()),
            column(|row| row.kinds.into()),
            Arc::new(vectors),
        ],
    )
}

/// The keys in a batch; none when a column is not what it should be.
pub(super) fn keys(batch: &RecordBatch) -> Option<Vec<Key>> {
    let [passages, documents, rooms, ordinals, kinds] =
        KEYS.map(|name| batch.column_by_name(name).and_then(|column| column.as_primitive_opt::<Int64Type>()));
    let (passages, documents, rooms, ordinals, kinds) = (passages?, documents?, rooms?, ordinals?, kinds?);
    Some(
        (0..batch.num_rows())
            .map(|row| Key {
                passage: PassageId(passages.value(row)),
                document: DocumentId(documents.value(row)),
                room: RoomId(rooms.value(row)),
                ordinal: ordinals.value(row),
                kinds: kinds.value(row),
            })
            .collect(),
    )
}

/// The passages of a nearest-neighbour answer with their cosine.
pub(super) fn neighbours(batch: &RecordBatch) -> Option<Vec<(PassageId, f32)>> {
    let passages = batch.column_by_name("passage")?.as_primitive_opt::<Int64Type>()?;
    let distances = batch.column_by_name("_distance")?.as_primitive_opt::<Float32Type>()?;
    Some(
        passages
            .values()
            .iter()
            .zip(distances.values())
            .map(|(&passage, &distance)| (PassageId(passage), 1.0 - distance))
            .collect(),
    )
}
