//! What the window is drawn with.

use tauri::WebviewWindow;

/// Has the processor draw the window directly where there is no graphics card. The web view would otherwise put every
/// frame together from layers, as for a card that then has to be imitated, and no frame would come in time.
///
/// The interface sees what was decided in the media feature `-webkit-transform-3d`.
#[cfg(target_os = "linux")]
pub(crate) fn suit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

    if has_graphics_card() {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Other systems' web views decide well by themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn suit(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Whether the kernel offers something to render with.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let mut nodes = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    nodes.any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
}
