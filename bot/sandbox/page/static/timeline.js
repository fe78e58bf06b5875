/** This room keeps the list of messages: newest at the bottom, focus and reading place kept when it changes. */

import { announce, byId, h } from "./dom.js";
import { messageItem, summary, thinking } from "./message.js";

/** How near to the end, in pixels, still counts as reading along. */
const NEAR = 120;

export class Timeline {
  /** @param {import("./message.js").MessageActs} acts */
  constructor(acts) {
    this.acts = acts;
    this.list = byId("timeline");
    this.list.addEventListener("contextmenu", (event) => rightClicked(event));
    this.scroller = byId("scroller");
    this.along = true;
    this.top = 0;
    this.scroller.addEventListener("scroll", () => this.#look());
    const grown = new ResizeObserver(() => this.#follow());
    grown.observe(this.scroller);
    grown.observe(this.list);
  }

  /** @param {import("./message.js").Message[]} messages */
  fill(messages) {
    this.list.replaceChildren(...messages.map((message) => messageItem(message, this.acts)));
    this.#toEnd();
  }

  /** @param {import("./message.js").Message} message */
  put(message) {
    const item = messageItem(message, this.acts);
    const old = this.#item(message.id);
    if (old) replaceKeepingFocus(old, item);
    else this.#add(item, message.id);
    announce(summary(item));
    this.#follow();
  }

  /** @param {string} id */
  remove(id) {
    const item = this.#item(id);
    if (item?.contains(document.activeElement)) byId("composer").querySelector("input")?.focus();
    item?.remove();
  }

  /**
   * A line that is only on this page: a command on its way, or one that failed.
   * @param {{id: string, name: string}} person
   * @param {string} command
   */
  pending(person, command) {
    const words = h("p", { class: "used" }, h("strong", {}, person.name), " used ", h("span", { class: "mention" }, command));
    const item = h("li", { class: "message pending" }, words, thinking("The application"));
    this.append(item);
    return item;
  }

  /** @param {HTMLElement} item */
  append(item) {
    this.list.append(item);
    this.#toEnd();
  }

  /** @param {string} id */
  has(id) {
    return this.#item(id) !== null;
  }

  /**
   * @param {HTMLElement} item
   * @param {string} sentence
   */
  fail(item, sentence) {
    const away = h("button", { type: "button", class: "plain", onclick: () => this.#drop(item) }, "Dismiss");
    item.querySelector(".thinking")?.replaceWith(h("p", { class: "failure", role: "alert" }, sentence), h("p", { class: "only" }, away));
    this.#toEnd();
  }

  /**
   * A button or menu waits for its answer.
   * @param {string} id
   * @param {string} control
   * @param {boolean} waits
   */
  busy(id, control, waits) {
    const item = this.#item(id);
    item?.querySelector(`[data-id="${CSS.escape(control)}"]`)?.toggleAttribute("data-busy", waits);
    if (waits) this.failed(id, "");
  }

  /**
   * @param {string} id
   * @param {string} sentence  empty: takes an earlier one away
   */
  failed(id, sentence) {
    const line = /** @type {HTMLElement | null | undefined} */ (this.#item(id)?.querySelector(".failure"));
    if (!line) return;
    line.hidden = !sentence;
    line.textContent = sentence;
  }

  /** @param {string} id */
  #item(id) {
    return /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-message="${CSS.escape(id)}"]`));
  }

  /**
   * @param {HTMLElement} item
   * @param {string} id  a snowflake: greater is later
   */
  #add(item, id) {
    const later = [...this.list.children].find((each) => before(id, /** @type {HTMLElement} */ (each).dataset.message));
    this.list.insertBefore(item, later ?? null);
  }

  /** @param {HTMLElement} item */
  #drop(item) {
    item.remove();
    byId("composer").querySelector("input")?.focus();
  }

  /** Who goes up stops reading along; what grows below does not move anybody, and is no reason to stop. */
  #look() {
    const { scrollTop } = this.scroller;
    if (this.#nearEnd()) this.along = true;
    else if (scrollTop < this.top) this.along = false;
    this.top = scrollTop;
  }

  /** Stays at the end when a picture has come or the line below has grown. */
  #follow() {
    if (this.along) this.#toEnd();
  }

  #nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

/**
 * Opens the message's own menu; links and marked text keep the browser's.
 * @param {MouseEvent} event
 */
function rightClicked(event) {
  const on = /** @type {Element} */ (event.target);
  const button = /** @type {HTMLElement | null | undefined} */ (on.closest("li.message")?.querySelector(".more-acts"));
  if (!button || on.closest("a, input") || String(getSelection())) return;
  event.preventDefault();
  button.click();
}

/**
 * @param {string} id
 * @param {string | undefined} other
 */
function before(id, other) {
  return other !== undefined && BigInt(id) < BigInt(other);
}

const CONTROLS = "button, a[href], [tabindex='0']";

/**
 * The control with the focus is found again by its words, then by its id, then by its place; else the message has it.
 * @param {HTMLElement} old
 * @param {HTMLElement} item
 */
function replaceKeepingFocus(old, item) {
  const focused = /** @type {HTMLElement | null} */ (old.contains(document.activeElement) ? document.activeElement : null);
  const at = focused ? [...old.querySelectorAll(CONTROLS)].indexOf(focused) : -1;
  old.replaceWith(item);
  if (focused) (heir(focused, at, item) ?? item).focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} focused
 * @param {number} at
 * @param {HTMLElement} item
 */
function heir(focused, at, item) {
  const able = /** @type {HTMLElement[]} */ ([...item.querySelectorAll(CONTROLS)]);
  const same = able.find((each) => focused.dataset.id && each.dataset.id === focused.dataset.id);
  const alike = able.find((each) => each.textContent && each.textContent === focused.textContent);
  return [alike, same, able[at], ...able].find((each) => each && !each.matches(":disabled"));
}
