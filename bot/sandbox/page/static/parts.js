/** This room draws a message's components. */

import { h } from "./dom.js";
import { markup } from "./markup.js";
import { picture } from "./pictures.js";
import { selectMenu } from "./select.js";

/**
 * @typedef {{kind: string, [key: string]: any}} Part
 * @typedef {{press: (id: string) => void, choose: (id: string, values: string[]) => void}} Acts
 * @typedef {(part: Part, acts: Acts) => HTMLElement} Drawing
 */

/** @type {Record<string, Drawing>} */
const DRAWINGS = {
  row: (part, acts) => h("div", { class: "row" }, ...drawn(part.parts, acts)),
  button,
  select: (part, acts) => selectMenu(/** @type {any} */ (part), (values) => acts.choose(part.id, values)),
  text: (part) => markup("div", "text", part.html),
  container,
  section: (part, acts) =>
    h("div", { class: "section" }, h("div", {}, ...drawn(part.parts, acts)), ...drawn([part.beside], acts)),
  separator: (part) => (part.line ? h("hr") : h("div", { class: "gap" })),
  pictures: (part) => h("div", { class: "pictures" }, ...part.pictures.map(picture)),
  unknown: (part) => h("p", { class: "note" }, `A component of type ${part.type}, which this page cannot draw.`),
};

/**
 * @param {Part[]} parts
 * @param {Acts} acts
 */
export function drawn(parts, acts) {
  return parts.map((part) => DRAWINGS[part.kind](part, acts));
}

/** @type {Drawing} */
function button(part, acts) {
  const words = [part.emoji && h("span", { class: "emoji", "aria-hidden": part.label ? "true" : null }, part.emoji), part.label];
  if (part.style === "link" && !part.disabled) {
    const mark = h("span", { "aria-hidden": "true" }, "↗");
    return h("a", { class: "button link", href: part.url, target: "_blank", rel: "noopener noreferrer" }, ...words, mark);
  }
  const attributes = { type: "button", class: `button ${part.style}`, "data-id": part.id, disabled: part.disabled };
  return h("button", { ...attributes, onclick: () => acts.press(part.id) }, ...words);
}

/** @type {Drawing} */
function container(part, acts) {
  const box = h("div", { class: "container" }, ...drawn(part.parts, acts));
  if (part.colour) box.style.setProperty("--bar", part.colour);
  return box;
}
