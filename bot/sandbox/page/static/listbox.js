/** This room is the list that opens beside a field: arrows move in it while the field keeps the focus. */

import { freshId, h } from "./dom.js";

/**
 * @typedef {{value: unknown, label: string, description?: string, detail?: string, emoji?: string, chosen?: boolean}} Choice
 */

/** Pixels: how high a list grows, and how far it keeps from its field and from the window's edge. */
const HIGHEST = 320;
const GAP = 6;

export class Listbox {
  /**
   * @param {HTMLElement} owner  the field or button that keeps the focus
   * @param {string} label  what the list is, for a screen reader
   * @param {(choice: Choice) => void} choose
   * @param {boolean} [many]  more than one may be chosen
   */
  constructor(owner, label, choose, many = false) {
    this.owner = owner;
    this.choose = choose;
    this.many = many;
    this.active = -1;
    /** @type {AbortController | null} */
    this.moves = null;
    /** @type {Choice[]} */
    this.choices = [];
    this.element = h("ul", { class: "listbox", id: freshId("list"), role: "listbox", "aria-label": label, popover: "manual" });
    if (many) this.element.setAttribute("aria-multiselectable", "true");
    this.element.addEventListener("pointerdown", (event) => this.#press(event));
    owner.setAttribute("aria-controls", this.element.id);
    owner.setAttribute("aria-expanded", "false");
  }

  get open() {
    return this.element.matches(":popover-open");
  }

  /**
   * @param {Choice[]} choices
   * @param {number} [active]  -1: none until an arrow is pressed
   */
  show(choices, active = 0) {
    this.choices = choices;
    this.element.replaceChildren(...choices.map((choice) => this.#row(choice)));
    this.#opened(true);
    this.activate(Math.min(active, choices.length - 1));
  }

  /**
   * A sentence where choices would be.
   * @param {string} sentence
   */
  say(sentence) {
    this.choices = [];
    this.element.replaceChildren(h("li", { class: "sentence", role: "option", "aria-disabled": "true" }, sentence));
    this.#opened(true);
    this.activate(-1);
  }

  hide() {
    this.#opened(false);
    this.activate(-1);
  }

  /** @param {number} at */
  activate(at) {
    this.active = at;
    for (const [index, row] of [...this.element.children].entries()) row.classList.toggle("active", index === at);
    const row = this.element.children[at];
    if (row) this.owner.setAttribute("aria-activedescendant", row.id);
    else this.owner.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} by */
  move(by) {
    const count = this.choices.length;
    if (count) this.activate((this.active + by + (this.active < 0 && by < 0 ? 1 : 0) + count) % count);
  }

  /** Chooses the active row, if there is one. */
  take() {
    const choice = this.choices[this.active];
    if (choice) this.choose(choice);
    return choice !== undefined;
  }

  /** @param {Choice} choice */
  #row(choice) {
    const attributes = { role: "option", id: freshId("choice"), "aria-selected": String(Boolean(choice.chosen)) };
    const words = h("span", { class: "words" }, h("span", { class: "name" }, choice.label));
    if (choice.detail) words.append(h("span", { class: "detail" }, choice.detail));
    if (choice.description) words.append(h("span", { class: "description" }, choice.description));
    const tick = this.many && h("span", { class: "tick", "aria-hidden": "true" }, choice.chosen ? "✓" : "");
    return h("li", attributes, tick, choice.emoji && h("span", { "aria-hidden": "true" }, choice.emoji), words);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    event.preventDefault();
    const row = /** @type {Element} */ (event.target).closest("li");
    const choice = row && this.choices[[...this.element.children].indexOf(row)];
    if (choice) this.choose(choice);
  }

  /** @param {boolean} open */
  #opened(open) {
    this.owner.setAttribute("aria-expanded", String(open));
    this.moves?.abort();
    this.element.togglePopover(open && this.element.isConnected);
    if (!this.open) return;
    this.moves = new AbortController();
    const { signal } = this.moves;
    for (const event of ["scroll", "resize"]) addEventListener(event, () => this.#place(), { capture: true, signal });
    this.#place();
  }

  /** Below its field, or above the field's label where there is more room; never beyond the window. */
  #place() {
    const { left, width, bottom } = this.owner.getBoundingClientRect();
    const { top } = (this.owner.closest(".option, .select-menu, .line") ?? this.owner).getBoundingClientRect();
    const below = innerHeight - bottom;
    const above = below < Math.min(this.element.scrollHeight, HIGHEST) + 2 * GAP && top > below;
    const { style } = this.element;
    style.left = `${left}px`;
    style.width = `${width}px`;
    style.maxHeight = `${Math.min(HIGHEST, (above ? top : below) - 2 * GAP)}px`;
    style.top = above ? "auto" : `${bottom + GAP}px`;
    style.bottom = above ? `${innerHeight - top + GAP}px` : "auto";
  }
}
