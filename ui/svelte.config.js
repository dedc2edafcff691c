import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/** A short name for the styles of one component: what it is made of tells the two of any pair apart. */
const cssHash = ({ hash, css }) => `s${hash(css).slice(0, 5)}`;

export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true, cssHash },
  vitePlugin: {
    dynamicCompileOptions: ({ filename }) =>
      filename.includes("node_modules") ? { runes: undefined } : undefined,
  },
};
