/** This room is a text field with a list of suggestions. */

import { Listbox } from "./listbox.js";

/** @typedef {import("./listbox.js").Choice} Choice */

export class Combobox {
  /**
   * @param {HTMLInputElement} input
   * @param {string} label
   * @param {{suggest: (text: string) => Choice[] | Promise<Choice[] | string>, choose: (choice: Choice) => void, wait?: number}} plan
   *   `suggest` answers with choices, or with a sentence in their place; `wait` is how long typing must rest, in ms
   */
  constructor(input, label, plan) {
    this.input = input;
    this.plan = plan;
    this.asked = 0;
    this.timer = 0;
    /** The list shows what fitted an earlier text. */
    this.stale = false;
    /** Enter was pressed before the list had caught up. */
    this.eager = false;
    this.list = new Listbox(input, label, (choice) => this.#choose(choice));
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("autocomplete", "off");
    input.addEventListener("input", () => this.#later());
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Asks for suggestions now; an answer to an earlier question is thrown away. */
  async open() {
    clearTimeout(this.timer);
    this.asked += 1;
    const question = this.asked;
    const suggestion = this.plan.suggest(this.input.value);
    const choices = suggestion instanceof Promise ? await suggestion : suggestion;
    if (question === this.asked && document.activeElement === this.input) this.#show(choices);
  }

  close() {
    this.asked += 1;
    this.stale = this.eager = false;
    clearTimeout(this.timer);
    this.list.hide();
  }

  /** @param {Choice[] | string} choices */
  #show(choices) {
    const { eager } = this;
    this.stale = this.eager = false;
    if (typeof choices === "string") this.list.say(choices);
    else if (choices.length) this.list.show(choices);
    else this.list.hide();
    if (eager) this.list.take();
  }

  #later() {
    this.stale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), this.plan.wait ?? 0);
  }

  /** @param {Choice} choice */
  #choose(choice) {
    this.close();
    this.plan.choose(choice);
  }

  #hurry() {
    this.eager = true;
    void this.open();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.list.open) this.list.move(step);
    else if (step) this.open();
    else if (event.key === "Enter" && this.stale) this.#hurry();
    else if (event.key === "Enter" && this.list.active >= 0) this.list.take();
    else if (event.key === "Tab" && !event.shiftKey && this.list.open && this.input.value) return void this.list.take();
    else if (event.key === "Escape" && this.list.open) this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
