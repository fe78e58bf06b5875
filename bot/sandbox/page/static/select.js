/** This room is a message's select menu: a button with a list; nothing is sent before a choice is made. */

import { h } from "./dom.js";
import { Listbox } from "./listbox.js";

/**
 * @typedef {{value: string, label: string, description: string, emoji: string, default: boolean}} Option
 * @typedef {{id: string, placeholder: string, least: number, most: number, disabled: boolean, options: Option[]}} Select
 */

class SelectMenu {
  /**
   * @param {Select} select
   * @param {(values: string[]) => void} send
   */
  constructor(select, send) {
    this.select = select;
    this.send = send;
    this.many = select.most > 1;
    this.values = new Set(select.options.filter((option) => option.default).map((option) => option.value));
    this.button = /** @type {HTMLButtonElement} */ (h("button", {
      type: "button", class: "select", role: "combobox", "aria-haspopup": "listbox", "data-id": select.id,
      "aria-label": select.placeholder, disabled: select.disabled,
      onclick: () => (this.list.open ? this.close() : this.open()),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event), onblur: () => this.close(),
    }));
    this.list = new Listbox(this.button, select.placeholder, (choice) => this.#choose(choice), this.many);
    this.element = h("div", { class: "select-menu" }, this.button, this.list.element);
    this.#tell();
  }

  open() {
    this.#show(Math.max(0, this.select.options.findIndex((option) => this.values.has(option.value))));
  }

  /** A menu for several sends what was ticked when it closes, as Discord's client does. */
  close() {
    if (!this.list.open) return;
    this.list.hide();
    if (this.many && this.changed && this.values.size >= this.select.least) this.send([...this.values]);
    this.changed = false;
  }

  /** @param {number} active */
  #show(active) {
    this.list.show(this.select.options.map((option) => ({ ...option, chosen: this.values.has(option.value) })), active);
  }

  /** @param {import("./listbox.js").Choice} choice */
  #choose(choice) {
    const value = String(choice.value);
    if (!this.many) {
      this.values = new Set([value]);
      this.list.hide();
      this.send([value]);
    } else {
      if (!this.values.delete(value) && this.values.size < this.select.most) this.values.add(value);
      this.changed = true;
      this.#show(this.select.options.findIndex((option) => option.value === value));
    }
    this.#tell();
  }

  #tell() {
    const chosen = this.select.options.filter((option) => this.values.has(option.value)).map((option) => option.label);
    this.button.replaceChildren(h("span", { class: chosen.length ? "chosen" : "placeholder" }, chosen.join(", ") || this.select.placeholder));
    this.button.setAttribute("aria-label", [this.select.placeholder, ...chosen].join(": "));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.list.open) this.list.move(step);
    else if (step) this.open();
    else if ((event.key === "Enter" || event.key === " ") && this.list.open) this.list.take();
    else if (event.key === "Escape" && this.list.open) this.close();
    else if (event.key.length === 1 && this.list.open) this.#seek(event.key.toLowerCase());
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {string} letter */
  #seek(letter) {
    const { options } = this.select;
    const order = options.map((_, index) => (this.list.active + 1 + index) % options.length);
    const found = order.find((index) => options[index].label.toLowerCase().startsWith(letter));
    if (found !== undefined) this.list.activate(found);
  }
}

/**
 * @param {Select} select
 * @param {(values: string[]) => void} send
 */
export function selectMenu(select, send) {
  return new SelectMenu(select, send).element;
}
