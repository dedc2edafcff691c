/** Fails when the interface has grown beyond what it may weigh: script and style, compressed as the app embeds them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const LIMIT_KB = 350;
const assets = join(import.meta.dirname, "dist", "assets");

const weights = readdirSync(assets)
  .filter((file) => /\.(?:js|css)$/.test(file))
  .map((file) => ({ file, bytes: brotliCompressSync(readFileSync(join(assets, file))).length }))
  .sort((a, b) => b.bytes - a.bytes);
const kilobytes = (bytes) => (bytes / 1000).toFixed(1);
const sum = weights.reduce((all, { bytes }) => all + bytes, 0);

for (const { file, bytes } of weights.slice(0, 8)) console.log(`${kilobytes(bytes).padStart(7)} kB  ${file}`);
console.log(`${kilobytes(sum).padStart(7)} kB  of ${LIMIT_KB} kB in ${weights.length} files`);
if (sum > LIMIT_KB * 1000) process.exitCode = 1;
