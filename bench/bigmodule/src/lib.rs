//! A shader translator and an SVG renderer behind a few exports: the size of a real application, and nothing of JavaScript's in
//! the libraries. For measuring how long binding a large module takes; the functions really work.

use naga::{back, front, proc, valid};
use resvg::{tiny_skia, usvg};
use wasm_bindgen::prelude::*;

/// A shader, parsed and validated.
#[wasm_bindgen]
pub struct Shader {
    module: naga::Module,
    info: valid::ModuleInfo,
}

#[wasm_bindgen]
impl Shader {
    /// Parses WGSL.
    pub fn from_wgsl(source: &str) -> Result<Shader, JsError> {
        Shader::validated(front::wgsl::parse_str(source)?)
    }

    /// Parses a vertex shader written in GLSL.
    pub fn from_glsl(source: &str) -> Result<Shader, JsError> {
        let options = front::glsl::Options::from(naga::ShaderStage::Vertex);
        let module = front::glsl::Frontend::default().parse(&options, source).map_err(|e| JsError::new(&e.emit_to_string(source)))?;
        Shader::validated(module)
    }

    /// Parses SPIR-V, as bytes.
    pub fn from_spirv(bytes: &[u8]) -> Result<Shader, JsError> {
        Shader::validated(front::spv::parse_u8_slice(bytes, &front::spv::Options::default())?)
    }

    /// The shader in `wgsl`, `hlsl`, `msl` or `dot`.
    pub fn to_text(&self, language: &str) -> Result<String, JsError> {
        match language {
            "wgsl" => Ok(back::wgsl::write_string(&self.module, &self.info, back::wgsl::WriterFlags::empty())?),
            "hlsl" => self.to_hlsl(),
            "msl" => Ok(back::msl::write_string(&self.module, &self.info, &Default::default(), &Default::default())?.0),
            "dot" => Ok(back::dot::write(&self.module, Some(&self.info), Default::default())?),
            _ => Err(JsError::new("no such language")),
        }
    }

    /// One entry point of the shader in GLSL.
    pub fn to_glsl(&self, entry_point: &str) -> Result<String, JsError> {
        let stage = self.module.entry_points.iter().find(|e| e.name == entry_point).map(|e| e.stage);
        let pipeline = back::glsl::PipelineOptions {
            shader_stage: stage.ok_or_else(|| JsError::new("no such entry point"))?,
            entry_point: entry_point.into(),
            multiview: None,
        };
        let mut out = String::new();
        let options = back::glsl::Options::default();
        let policies = proc::BoundsCheckPolicies::default();
        back::glsl::Writer::new(&mut out, &self.module, &self.info, &options, &pipeline, policies)?.write()?;
        Ok(out)
    }

    /// The shader in SPIR-V, as words.
    pub fn to_spirv(&self) -> Result<Vec<u32>, JsError> {
        Ok(back::spv::write_vec(&self.module, &self.info, &back::spv::Options::default(), None)?)
    }
}

impl Shader {
    fn validated(module: naga::Module) -> Result<Shader, JsError> {
        let mut validator = valid::Validator::new(valid::ValidationFlags::all(), valid::Capabilities::all());
        let info = validator.validate(&module)?;
        Ok(Shader { module, info })
    }

    fn to_hlsl(&self) -> Result<String, JsError> {
        let mut out = String::new();
        back::hlsl::Writer::new(&mut out, &back::hlsl::Options::default()).write(&self.module, &self.info, None)?;
        Ok(out)
    }
}

/// Renders an SVG picture at its own size; `font` is a font file for its text. RGBA bytes.
#[wasm_bindgen]
pub fn render_svg(svg: &str, font: Option<Vec<u8>>) -> Result<Vec<u8>, JsError> {
    let mut options = usvg::Options::default();
    if let Some(font) = font {
        options.fontdb_mut().load_font_data(font);
    }
    let tree = usvg::Tree::from_str(svg, &options)?;
    let size = tree.size().to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| JsError::new("empty picture"))?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    Ok(pixels.take())
}
