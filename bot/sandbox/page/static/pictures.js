/** This room shows pictures and files; a picture of another server is named, not loaded. */

import { h } from "./dom.js";

/**
 * @typedef {{src: string | null, name: string, alt: string}} Picture
 * @typedef {Picture & {size: number, picture: boolean}} File
 */

/** @param {Picture} image */
export function picture(image) {
  if (image.src) return h("img", { src: image.src, alt: image.alt || image.name });
  return h("span", { class: "note" }, `Picture “${image.alt || image.name}” lies on another server and is not loaded here.`);
}

/** @param {File} file */
export function attachment(file) {
  if (file.picture) return picture(file);
  const size = file.size < 1024 ? `${file.size} bytes` : `${(file.size / 1024).toFixed(1)} KB`;
  const name = file.src ? h("a", { href: file.src, download: file.name }, file.name) : file.name;
  return h("div", { class: "file" }, h("span", { "aria-hidden": "true" }, "🗎"), name, h("small", {}, size));
}
