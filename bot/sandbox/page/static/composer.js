/** This room is the line at the bottom: `/` opens the commands, a chosen command shows its options, Enter runs it. */

import { Combobox } from "./combobox.js";
import { announce, byId, h } from "./dom.js";
import { OptionField } from "./option.js";

/**
 * @typedef {import("./listbox.js").Choice} Choice
 * @typedef {{name: string, shown: string, description: string, options: import("./option.js").Option[]}} Command
 * @typedef {Record<string, unknown>} Values
 * @typedef {{commands: () => Promise<Command[]>, run: (command: Command, values: Values) => Promise<string>,
 *   complete: (command: Command, values: Values, focused: string) => Promise<Choice[] | string>}} Bot
 *   `run` answers with a sentence where the command was not accepted, else with an empty one
 */

const HINT = "Type / for the commands";

export class Composer {
  /** @param {Bot} bot */
  constructor(bot) {
    this.bot = bot;
    this.room = byId("composer");
    /** @type {OptionField[]} */
    this.fields = [];
    this.rest();
  }

  /** Back to the empty line. */
  rest() {
    this.fields = [];
    const input = /** @type {HTMLInputElement} */ (h("input", { id: "line", type: "text", placeholder: HINT, "aria-label": "Command" }));
    const box = new Combobox(input, "Commands", { suggest: (text) => this.#matching(text), choose: (choice) => this.#pick(choice) });
    input.addEventListener("keydown", (event) => this.#plain(event, input));
    this.room.replaceChildren(h("div", { class: "line field" }, input, box.list.element));
  }

  focus() {
    this.room.querySelector("input")?.focus();
  }

  /**
   * Opens a command as if it had been picked from the list.
   * @param {string} name
   */
  async begin(name) {
    const command = (await this.bot.commands()).find((each) => each.name === name);
    if (command) this.#open(command);
    else announce(`/${name} cannot be used here.`);
  }

  /**
   * @param {string} text
   * @returns {Promise<Choice[] | string>}
   */
  async #matching(text) {
    if (!text.startsWith("/")) return [];
    const wanted = text.slice(1).trim().toLowerCase();
    const found = (await this.bot.commands()).filter(({ name, shown }) => shown.includes(wanted) || name.includes(wanted));
    found.sort((one, other) => Number(other.shown.startsWith(wanted)) - Number(one.shown.startsWith(wanted)));
    return found.length ? found.map(asChoice) : "No command here has that name.";
  }

  /** @param {Choice} choice */
  #pick(choice) {
    const command = /** @type {Command} */ (choice.value);
    if (command.options.length) this.#open(command);
    else this.#run(command);
  }

  /** @param {Command} command */
  #open(command) {
    const away = h("button", { type: "button", class: "quiet", "aria-label": "Leave this command", onclick: () => this.#leave() }, "✕");
    const head = h("p", { class: "command" }, h("strong", {}, `/${command.shown}`), h("span", {}, command.description), away);
    const row = h("div", { class: "options" });
    const more = h("div", { class: "more" });
    const send = h("button", { class: "button primary" }, "Run");
    const form = h("form", { class: "call", "aria-label": `/${command.shown}`, novalidate: true }, head, row, h("div", { class: "ends" }, more, send));
    form.addEventListener("submit", (event) => this.#submit(event, command));
    form.addEventListener("keydown", (event) => this.#key(event, form));
    this.fields = [];
    this.room.replaceChildren(form);
    for (const option of command.options) this.#offer(option, command, row, more);
    (this.fields[0] ?? send).focus();
  }

  /**
   * Required options stand open; the others are added by a press.
   * @param {import("./option.js").Option} option
   * @param {Command} command
   * @param {HTMLElement} row
   * @param {HTMLElement} more
   */
  #offer(option, command, row, more) {
    if (option.required) return this.#add(option, command, row);
    const add = h("button", { type: "button", class: "chip", title: option.description }, h("span", { "aria-hidden": "true" }, "+ "), option.shown);
    add.setAttribute("aria-label", `Add the option ${option.shown}: ${option.description}`);
    add.addEventListener("click", () => {
      add.remove();
      this.#add(option, command, row).focus();
    });
    more.append(add);
    return undefined;
  }

  /**
   * @param {import("./option.js").Option} option
   * @param {Command} command
   * @param {HTMLElement} row
   */
  #add(option, command, row) {
    const field = new OptionField(option, (name) => this.bot.complete(command, this.#typed(name), name));
    this.fields.push(field);
    row.append(field.element);
    return field;
  }

  /**
   * What is typed so far, the named option last: that is how the bot learns which one is being typed.
   * @param {string} focused
   */
  #typed(focused) {
    const values = this.#values();
    const last = this.fields.find((field) => field.option.name === focused);
    delete values[focused];
    return { ...values, [focused]: last?.input.value ?? "" };
  }

  /** @returns {Values} */
  #values() {
    const filled = this.fields.filter((field) => field.value !== undefined);
    return Object.fromEntries(filled.map((field) => [field.option.name, field.value]));
  }

  /**
   * @param {Event} event
   * @param {Command} command
   */
  #submit(event, command) {
    event.preventDefault();
    const wrong = this.fields.filter((field) => !field.check());
    if (wrong.length) wrong[0].focus();
    else this.#run(command, this.#values());
  }

  /**
   * @param {Command} command
   * @param {Values} [values]
   */
  async #run(command, values = {}) {
    this.#leave();
    const sentence = await this.bot.run(command, values);
    if (sentence) announce(sentence);
  }

  #leave() {
    this.rest();
    this.focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLElement} form
   */
  #key(event, form) {
    const input = form.querySelector("input");
    const empty = event.key === "Backspace" && event.target === input && input?.value === "";
    if (event.key !== "Escape" && !empty) return;
    event.preventDefault();
    this.#leave();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {HTMLInputElement} input
   */
  #plain(event, input) {
    if (event.key !== "Enter" || !input.value || input.value.startsWith("/")) return;
    announce("Bots without the message content intent read commands alone: begin with /.");
    input.value = "";
  }
}

/**
 * @param {Command} command
 * @returns {Choice}
 */
function asChoice(command) {
  const detail = command.options.map((option) => (option.required ? option.shown : `${option.shown}?`)).join("  ");
  return { value: command, label: `/${command.shown}`, description: command.description, detail };
}
