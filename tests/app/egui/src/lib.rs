//! egui's demo windows on the canvas of the page.

use eframe::{egui, App, CreationContext, Frame, WebOptions, WebRunner};
use wasm_bindgen::prelude::*;

struct Demo {
    windows: egui_demo_lib::DemoWindows,
}

impl App for Demo {
    fn update(&mut self, ctx: &egui::Context, _: &mut Frame) {
        self.windows.ui(ctx);
    }
}

fn create(_: &CreationContext<'_>) -> Result<Box<dyn App>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Box::new(Demo { windows: Default::default() }))
}

/// What a page holds on to while the application runs.
#[wasm_bindgen]
pub struct Handle {
    runner: WebRunner,
}

#[wasm_bindgen]
impl Handle {
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { runner: WebRunner::new() }
    }

    /// Starts drawing; resolves once the first frame can be drawn.
    pub async fn start(&self, canvas: web_sys::HtmlCanvasElement) -> Result<(), JsValue> {
        self.runner.start(canvas, WebOptions::default(), Box::new(create)).await
    }

    pub fn destroy(&self) {
        self.runner.destroy();
    }

    pub fn has_panicked(&self) -> bool {
        self.runner.has_panicked()
    }

    pub fn panic_message(&self) -> Option<String> {
        self.runner.panic_summary().map(|summary| summary.message())
    }
}
