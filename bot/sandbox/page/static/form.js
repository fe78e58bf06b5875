/** This room is a modal: a dialog that keeps what was typed until it is taken. */

import { byId, h } from "./dom.js";
import { formField } from "./fields.js";

/** @typedef {{title: string, fields: import("./fields.js").Part[]}} Form */

export class FormDialog {
  /**
   * @param {(values: Record<string, unknown>) => Promise<string>} submit  answers with a sentence where the form was not taken
   * @param {() => void} leave  closed without sending
   */
  constructor(submit, leave) {
    this.submit = submit;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("form"));
    this.taken = false;
    /** @type {import("./fields.js").Field[]} */
    this.fields = [];
    this.dialog.addEventListener("close", () => this.taken || leave());
  }

  /** @param {Form} form */
  open(form) {
    this.taken = false;
    this.fields = form.fields.map(formField);
    const cancel = h("button", { type: "button", class: "button secondary", onclick: () => this.dialog.close() }, "Cancel");
    this.send = /** @type {HTMLButtonElement} */ (h("button", { class: "button primary" }, "Submit"));
    this.failure = h("p", { class: "failure", role: "alert", hidden: true });
    const body = h("form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => this.#submit(event) },
      h("h2", { id: "form-title" }, form.title), h("div", { class: "form-fields" }, ...this.fields.map((field) => field.element)),
      this.failure, h("div", { class: "form-ends" }, cancel, this.send));
    this.dialog.replaceChildren(body);
    if (!this.dialog.open) this.dialog.showModal();
    /** @type {HTMLElement | null} */ (body.querySelector("input, textarea, select"))?.focus();
  }

  /** Closes it because somebody took it, or because another person looks at the page now. */
  close() {
    this.taken = true;
    this.dialog.close();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    if (!this.#complete()) return;
    this.#waiting(true);
    const sentence = await this.submit(await this.#values());
    this.#waiting(false);
    if (sentence) this.#fail(sentence);
    else this.close();
  }

  #complete() {
    const wrong = this.fields.filter((field) => {
      const sentence = field.problem?.() ?? "";
      field.complain?.(sentence);
      return sentence;
    });
    /** @type {HTMLElement | null | undefined} */ (wrong[0]?.element.querySelector("input, textarea, select"))?.focus();
    return wrong.length === 0;
  }

  async #values() {
    const values = /** @type {Record<string, unknown>} */ ({});
    for (const field of this.fields) if (field.id && field.value) values[field.id] = await field.value();
    return values;
  }

  /** @param {boolean} waits */
  #waiting(waits) {
    if (!this.send) return;
    this.send.disabled = waits;
    this.send.textContent = waits ? "Sending…" : "Submit";
  }

  /** @param {string} sentence */
  #fail(sentence) {
    if (!this.failure) return;
    this.failure.hidden = false;
    this.failure.textContent = sentence;
    this.send?.focus();
  }
}
