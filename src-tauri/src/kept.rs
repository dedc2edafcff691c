//! What the window keeps among the library's settings, read so that one part which another version wrote in another way
//! does not cost the rest.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The value of a key. What was never kept, and what can't be read any more, is as in a new library.
pub(crate) fn get<T>(connection: &library::Connection, key: &str) -> Result<T, library::Error>
where
    T: Default + Serialize + DeserializeOwned,
{
    let kept = library::settings::get::<Value>(connection, key)?;
    Ok(kept.map(by_parts).unwrap_or_default())
}

/// The object's fields one by one, each where it can be read.
fn by_parts<T>(kept: Value) -> T
where
    T: Default + Serialize + DeserializeOwned,
{
    let mut value = T::default();
    let (Value::Object(parts), Ok(mut whole)) = (kept, serde_json::to_value(&value)) else { return value };
    for (name, part) in parts {
        let Some(place) = whole.get_mut(&name) else { continue };
        let before = std::mem::replace(place, part);
        match T::deserialize(&whole) {
            Ok(read) => value = read,
            Err(_) => whole[&name] = before,
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
    struct Kept {
        count: u32,
        name: String,
    }

    #[test]
    fn a_part_that_is_missing_unknown_or_of_another_kind_costs_nothing_else() {
        let read = |json| by_parts::<Kept>(json);
        let kept = |count, name: &str| Kept { count, name: name.into() };
        assert_eq!(read(json!({ "count": 3, "name": "a" })), kept(3, "a"));
        assert_eq!(read(json!({ "count": 3 })), kept(3, ""));
        assert_eq!(read(json!({ "count": -3, "name": "a", "later": true })), kept(0, "a"));
        assert_eq!(read(json!("nothing of ours")), Kept::default());
    }
}
