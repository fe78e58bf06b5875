/** This room is the only one that writes HTML: what the server made of Discord's Markdown. */

import { h } from "./dom.js";
import { tellTimes } from "./times.js";

const plain = { createHTML: (/** @type {string} */ html) => html };
const policy = globalThis.trustedTypes?.createPolicy("markdown", plain) ?? plain;

/**
 * @param {string} tag
 * @param {string} name  the class
 * @param {string} html  from the server, which lets no tag of a message pass
 */
export function markup(tag, name, html) {
  const element = h(tag, { class: `${name} markdown` });
  element.innerHTML = /** @type {string} */ (policy.createHTML(html));
  tellTimes(element);
  return element;
}

/**
 * Spoilers open by pointer, Enter or Space, and stay open.
 * @param {HTMLElement} root
 */
export function openSpoilers(root) {
  root.addEventListener("click", (event) => reveal(event));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") reveal(event);
  });
}

/** @param {Event} event */
function reveal(event) {
  const spoiler = /** @type {Element} */ (event.target).closest(".spoiler[role=button]");
  if (!spoiler) return;
  event.preventDefault();
  for (const name of ["role", "aria-label"]) spoiler.removeAttribute(name);
  spoiler.setAttribute("tabindex", "-1");
  spoiler.firstElementChild?.removeAttribute("inert");
}
