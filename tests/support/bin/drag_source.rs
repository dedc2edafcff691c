//! A second window to drag files out of: the tests need a real drag between two programs.

#[cfg(target_os = "linux")]
fn main() {
    use gtk::prelude::*;

    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter_map(|path| gtk::glib::filename_to_uri(path, None).ok())
        .map(|uri| uri.to_string())
        .collect();
    if gtk::init().is_err() {
        return;
    }
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_title("Files to drag");
    window.set_default_size(220, 220);
    let files_box = gtk::EventBox::new();
    files_box.add(&gtk::Label::new(Some("Drag me")));
    files_box.drag_source_set(gtk::gdk::ModifierType::BUTTON1_MASK, &[], gtk::gdk::DragAction::COPY);
    files_box.drag_source_add_uri_targets();
    files_box.connect_drag_data_get(move |_, _, selection, _, _| {
        let uris: Vec<&str> = files.iter().map(String::as_str).collect();
        selection.set_uris(&uris);
    });
    window.add(&files_box);
    window.connect_destroy(|_| gtk::main_quit());
    window.show_all();
    gtk::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {}
