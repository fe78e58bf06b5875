/** This room draws the fields of a form, each with its label, its note and its check. */

import { freshId, h, unseen } from "./dom.js";
import { markup } from "./markup.js";

/**
 * @typedef {{kind: string, id?: string, label?: string, description?: string, required?: boolean, [key: string]: any}} Part
 * @typedef {{element: HTMLElement, id?: string, value?: () => unknown, problem?: () => string, complain?: (sentence: string) => void}} Field
 * @typedef {{input: HTMLElement, value: () => unknown, problem: () => string, group?: boolean, after?: HTMLElement}} Control
 */

/** @type {Record<string, (part: Part) => Control>} */
const CONTROLS = { short: text, paragraph: text, menu, radios: ticks, ticks, tick, upload };

/**
 * @param {Part} part
 * @returns {Field}
 */
export function formField(part) {
  if (part.kind === "text") return { element: markup("div", "text", part.html) };
  const control = CONTROLS[part.kind](part);
  const note = h("small", { id: freshId("note") }, part.description);
  const error = h("small", { id: freshId("error"), class: "failure", hidden: true, role: "alert" });
  control.input.setAttribute("aria-describedby", `${note.id} ${error.id}`);
  const element = control.group ? group(part, control, note, error) : labelled(part, control, note, error);
  const complain = (/** @type {string} */ sentence) => {
    error.hidden = !sentence;
    error.textContent = sentence;
    control.input.setAttribute("aria-invalid", String(Boolean(sentence)));
  };
  control.input.addEventListener("input", () => complain(""));
  return { element, id: part.id, value: control.value, problem: control.problem, complain };
}

/** @param {Part} part */
function title(part) {
  return [part.label, part.required && h("span", { class: "required" }, h("span", { "aria-hidden": "true" }, " *"), unseen(" required"))];
}

/** @type {(part: Part, control: Control, note: HTMLElement, error: HTMLElement) => HTMLElement} */
function labelled(part, control, note, error) {
  control.input.id = freshId("input");
  const label = h("label", { for: control.input.id }, ...title(part));
  return h("div", { class: "form-field" }, label, part.description && note, control.input, control.after, error);
}

/** @type {(part: Part, control: Control, note: HTMLElement, error: HTMLElement) => HTMLElement} */
function group(part, control, note, error) {
  control.input.prepend(h("legend", {}, ...title(part)), part.description ? note : "");
  return h("div", { class: "form-field" }, control.input, error);
}

/** @type {(part: Part) => Control} */
function text(part) {
  const { placeholder, most, required } = part;
  const tag = part.kind === "paragraph" ? "textarea" : "input";
  const shared = { placeholder, maxlength: most, "aria-required": required ? "true" : null, "data-id": part.id };
  const input = /** @type {HTMLInputElement} */ (h(tag, tag === "input" ? { ...shared, type: "text" } : { ...shared, rows: 4 }));
  input.value = part.value;
  const counter = h("small", { class: "counter", "aria-hidden": "true" });
  const count = () => (counter.textContent = most < 4000 || input.value.length > 3500 ? `${input.value.length} / ${most}` : "");
  input.addEventListener("input", count);
  count();
  return { input, after: counter, value: () => input.value, problem: () => textProblem(part, input.value) };
}

/**
 * @param {Part} part
 * @param {string} typed
 */
function textProblem(part, typed) {
  if (!typed) return part.required ? `Please fill in “${part.label}”.` : "";
  return typed.length < part.least ? `Write at least ${part.least} characters; these are ${typed.length}.` : "";
}

/** @type {(part: Part) => Control} */
function menu(part) {
  const options = part.options.map((/** @type {any} */ option) =>
    h("option", { value: option.value, selected: option.default }, `${option.emoji} ${option.label}`.trim()));
  const none = h("option", { value: "" }, part.placeholder);
  const input = /** @type {HTMLSelectElement} */ (h("select", { "data-id": part.id }, none, ...options));
  const problem = () => (part.required && !input.value ? `Please choose something for “${part.label}”.` : "");
  return { input, problem, value: () => (input.value ? [input.value] : []) };
}

/** Radio buttons where one may be chosen, boxes to tick where more may. @type {(part: Part) => Control} */
function ticks(part) {
  const name = freshId("ticks");
  const type = part.kind === "radios" ? "radio" : "checkbox";
  const rows = part.options.map((/** @type {any} */ option) => {
    const box = h("input", { type, name, value: option.value, checked: option.default });
    return h("label", { class: "tick-row" }, box, h("span", {}, option.label, option.description && h("small", {}, option.description)));
  });
  const input = h("fieldset", { "data-id": part.id }, ...rows);
  const chosen = () => [...input.querySelectorAll("input:checked")].map((each) => /** @type {HTMLInputElement} */ (each).value);
  const value = () => (type === "radio" ? chosen()[0] : chosen());
  return { input, group: true, value, problem: () => ticksProblem(part, chosen().length) };
}

/**
 * @param {Part} part
 * @param {number} count
 */
function ticksProblem(part, count) {
  if (!count) return part.required ? `Please choose something for “${part.label}”.` : "";
  if (count < part.least) return `Choose at least ${part.least}.`;
  return count > part.most ? `Choose at most ${part.most}.` : "";
}

/** @type {(part: Part) => Control} */
function tick(part) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", checked: part.ticked, "data-id": part.id }));
  return { input, value: () => input.checked, problem: () => "" };
}

/** @type {(part: Part) => Control} */
function upload(part) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "file", multiple: part.most > 1, "data-id": part.id }));
  const files = () => [...(input.files ?? [])];
  const problem = () => {
    if (!files().length) return part.required ? `Please choose a file for “${part.label}”.` : "";
    return files().length > part.most ? `Choose at most ${part.most} files.` : "";
  };
  return { input, problem, value: () => Promise.all(files().map(encoded)) };
}

/**
 * A file as JSON can carry it.
 * @param {File} file
 * @returns {Promise<{name: string, base64: string}>}
 */
export async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { name: file.name, base64: btoa(binary) };
}
