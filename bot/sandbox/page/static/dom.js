/** This room makes elements. */

/**
 * @typedef {Node | string | null | undefined | false} Child
 * @typedef {Record<string, unknown>} Attributes  functions named on… listen; true is an empty attribute; null and false are left out
 */

/**
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "")));
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}.`);
  return element;
}

let counted = 0;

/**
 * An id that no other element has, for labels and list boxes.
 * @param {string} stem
 */
export function freshId(stem) {
  counted += 1;
  return `${stem}-${counted}`;
}

/**
 * A round picture with a person's initial; the colour follows from the id, so it stays the same.
 * @param {{id: string, name: string, bot?: boolean}} person
 */
export function avatar(person) {
  const round = h("span", { class: person.bot ? "avatar bot" : "avatar", "aria-hidden": "true" }, [...person.name][0] ?? "?");
  // Ids that follow each other get colours far apart: the golden angle.
  round.style.setProperty("--hue", String(Number(BigInt(person.id) % 360n) * 137.5 % 360));
  return round;
}

/** @param {string} text */
export function unseen(text) {
  return h("span", { class: "unseen" }, text);
}

let spoken = 0;

/**
 * Tells a screen reader; the same sentence twice in a row is told twice.
 * @param {string} text
 */
export function announce(text) {
  spoken += 1;
  byId("announcer").textContent = text + (spoken % 2 ? "" : "\u00a0");
}
