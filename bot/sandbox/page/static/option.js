/** This room is one option of a command: a field with its suggestions and its value. */

import { Combobox } from "./combobox.js";
import { freshId, h, unseen } from "./dom.js";
import { encoded } from "./fields.js";

/**
 * @typedef {import("./listbox.js").Choice} Choice
 * @typedef {{name: string, shown: string, description: string, kind: string, required: boolean, autocomplete: boolean,
 *   choices: Choice[], least: number | null, most: number | null}} Option
 */

/** How long typing must rest before the bot is asked, in ms. */
const REST = 180;

export class OptionField {
  /**
   * @param {Option} option
   * @param {(name: string) => Promise<Choice[] | string>} complete  asks the bot
   */
  constructor(option, complete) {
    this.option = option;
    /** @type {Choice | null} */
    this.chosen = null;
    this.input = /** @type {HTMLInputElement} */ (h("input", this.#attributes()));
    const note = h("small", { id: freshId("note") }, option.description);
    const error = h("small", { id: freshId("error"), class: "failure", hidden: true, role: "alert" });
    this.error = error;
    this.input.setAttribute("aria-describedby", `${note.id} ${error.id}`);
    const mark = option.required && h("span", { class: "required" }, h("span", { "aria-hidden": "true" }, " *"), unseen(" required"));
    const label = h("label", { for: this.input.id }, option.shown, mark);
    this.element = h("div", { class: "option" }, label, h("div", { class: "field" }, this.input), note, error);
    this.#listen(complete);
  }

  /** What is sent: a chosen value, else the text as typed; undefined where nothing is. */
  get value() {
    const text = this.input.value.trim();
    if (this.chosen?.label === this.input.value) return this.chosen.value;
    if (!text) return undefined;
    return ["integer", "number"].includes(this.option.kind) ? Number(text) : text;
  }

  /** A sentence where the value cannot be sent, else an empty one. */
  get problem() {
    const { shown, required, kind, choices, autocomplete } = this.option;
    const value = this.value;
    if (value === undefined) return required ? `Please fill in “${shown}”.` : "";
    if (choices.length && !autocomplete && !choices.some((choice) => choice.value === value)) return `Choose ${shown} from the list.`;
    if (kind === "integer" && !Number.isInteger(value)) return `${shown} takes a whole number.`;
    if (kind === "number" && Number.isNaN(value)) return `${shown} takes a number.`;
    return this.#beyond(value);
  }

  /** Shows the problem, if there is one. */
  check() {
    const sentence = this.problem;
    this.complain(sentence);
    return !sentence;
  }

  /** @param {string} sentence */
  complain(sentence) {
    this.error.hidden = !sentence;
    this.error.textContent = sentence;
    this.input.setAttribute("aria-invalid", String(Boolean(sentence)));
  }

  focus() {
    this.input.focus();
  }

  async #load() {
    const file = this.input.files?.[0];
    this.chosen = file ? { label: this.input.value, value: await encoded(file) } : null;
  }

  #attributes() {
    const { kind, required } = this.option;
    const type = kind === "attachment" ? "file" : "text";
    const numeric = { integer: "numeric", number: "decimal" }[kind] ?? null;
    return { id: freshId("option"), type, inputmode: numeric, "aria-required": required ? "true" : null, "data-option": this.option.name };
  }

  /** @param {unknown} value */
  #beyond(value) {
    const { shown, least, most } = this.option;
    const size = typeof value === "number" ? value : String(value).length;
    const unit = typeof value === "number" ? "" : " characters";
    if (least !== null && size < least) return `${shown} must be at least ${least}${unit}.`;
    if (most !== null && size > most) return `${shown} must be at most ${most}${unit}.`;
    return "";
  }

  /** @param {(name: string) => Promise<Choice[] | string>} complete */
  #listen(complete) {
    const { autocomplete, choices, name, shown, kind } = this.option;
    this.input.addEventListener("input", () => this.complain(""));
    if (kind === "attachment") this.input.addEventListener("change", () => this.#load());
    if (!autocomplete && !choices.length) return;
    const suggest = autocomplete ? () => complete(name) : (/** @type {string} */ text) => this.#matching(text);
    const box = new Combobox(this.input, `${shown}: suggestions`, { suggest, choose: (choice) => this.#choose(choice), wait: autocomplete ? REST : 0 });
    this.input.addEventListener("focus", () => this.value === undefined && box.open());
    this.input.after(box.list.element);
  }

  /** @param {string} text */
  #matching(text) {
    const wanted = this.chosen?.label === text ? "" : text.toLowerCase();
    return this.option.choices.filter((choice) => choice.label.toLowerCase().includes(wanted)).slice(0, 25);
  }

  /** @param {Choice} choice */
  #choose(choice) {
    this.chosen = choice;
    this.input.value = choice.label;
    this.complain("");
  }
}
