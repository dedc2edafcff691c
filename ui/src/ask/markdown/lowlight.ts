// Loaded by itself, it comes without the grammars of all languages that the package also exports.
export { createLowlight } from "lowlight";
