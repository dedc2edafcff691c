//! A second embedding model.

use std::path::Path;

use kernel::NativeParts;

use crate::app::native_parts;

/// Makes `folder` a model of its own by its file and so by its name, with the weights of the one that comes with the app.
pub fn another(folder: &Path) {
    std::fs::create_dir(folder).unwrap();
    for file in std::fs::read_dir(NativeParts::new(native_parts()).model()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    let weights = folder.join("model.onnx");
    let mut model = std::fs::read(&weights).unwrap();
    // Field 6 of ONNX's ModelProto: a description for people.
    model.extend([0x32, 5]);
    model.extend(b"other");
    std::fs::write(&weights, model).unwrap();
}
