/** This room is the list of what bot and Discord said to each other, and the buttons that make things go wrong. */

import { byId, h, unseen } from "./dom.js";

/**
 * @typedef {{number: number, kind: "rest" | "gateway", by: "bot" | "discord", name: string, status: string, timing: string,
 *   refused: boolean, verdict: string}} Row
 * @typedef {{verdict: string[], parts: {title: string, text: string}[]}} Detail
 * @typedef {{dms: boolean, restart: boolean}} Troubles
 * @typedef {{rows: () => Promise<Troubles & {rows: Row[]}>, entry: (number: number) => Promise<Detail>,
 *   trouble: (name: string) => Promise<Troubles & {sentence: string}>}} Source
 */

/** Lines that are kept on the page; the server keeps as many. */
const KEPT = 500;

const KEY = "inspector";
const NARROW = matchMedia("(max-width: 1100px)");

const TROUBLES = [
  ["close DMs", "Close my DMs", "Letters to this person are refused with 50007, until it is pressed again"],
  ["429", "Next call: 429", "The bot's next call is refused for a second"],
  ["500", "Next call: 500", "The bot's next call ends with a server error"],
  ["delay", "Next call: 5 s late", "The bot's next call is held back for five seconds"],
  ["drop", "Drop the gateway", "The connection is cut without a word"],
  ["restart", "Restart the bot", "The bot is stopped with its drain and started again"],
];

export class Inspector {
  /** @param {Source} source */
  constructor(source) {
    this.source = source;
    this.room = byId("inspector");
    this.opener = byId("open-inspector");
    /** @type {Row[]} */
    this.held = [];
    this.search = /** @type {HTMLInputElement} */ (h("input", { type: "search", placeholder: "Filter, e.g. callback", "aria-label": "Filter by name, status or verdict" }));
    this.kind = /** @type {HTMLSelectElement} */ (h("select", { "aria-label": "Kind of entry" }, ...KINDS.map(([value, label]) => h("option", { value }, label))));
    this.list = h("ol", { id: "entries", "aria-label": "What was said, newest last", tabindex: "0" });
    this.note = h("p", { class: "note", role: "status" });
    this.buttons = new Map(TROUBLES.map(([name, label, title]) => [name, this.#trouble(name, label, title)]));
    this.#draw();
    this.opener.addEventListener("click", () => (this.open ? this.close() : void this.show()));
    this.room.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    for (const field of [this.search, this.kind]) field.addEventListener("input", () => this.#filter());
  }

  get open() {
    return !this.room.hidden;
  }

  /** As it was left; never over the whole of a small window. */
  restore() {
    if (localStorage.getItem(KEY) === "open" && !NARROW.matches) void this.show({ focus: false });
  }

  /** @param {{focus?: boolean}} [how] */
  async show({ focus = true } = {}) {
    this.#opened(true);
    if (focus) this.search.focus();
    await this.refresh();
  }

  close() {
    this.#opened(false);
    this.opener.focus();
  }

  /** Fetches everything that is kept, and how the buttons stand for this person. */
  async refresh() {
    if (!this.open) return;
    const state = await this.source.rows();
    this.#stand(state);
    this.held = state.rows;
    this.list.replaceChildren(...state.rows.map((row) => this.#entry(row)));
    this.#filter();
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** @param {Row} row */
  add(row) {
    if (!this.open || (this.held.at(-1)?.number ?? 0) >= row.number) return;
    const along = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    this.held.push(row);
    this.list.append(this.#entry(row));
    if (this.held.length > KEPT) {
      this.held.shift();
      this.list.firstElementChild?.remove();
    }
    this.#filter();
    if (along) this.list.scrollTop = this.list.scrollHeight;
  }

  /** @param {boolean} open */
  #opened(open) {
    this.room.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("inspected", open);
    localStorage.setItem(KEY, open ? "open" : "closed");
    if (!open) this.list.replaceChildren();
  }

  #draw() {
    const away = h("button", { type: "button", class: "quiet", "aria-label": "Close the inspector", onclick: () => this.close() }, "✕");
    const troubles = h("div", { class: "troubles", role: "group", "aria-label": "Make something go wrong" }, ...this.buttons.values());
    this.room.append(
      h("header", {}, h("h2", { id: "inspector-title" }, "Inspector"), away),
      troubles, this.note, h("div", { class: "filters" }, this.search, this.kind), this.list);
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {string} title
   */
  #trouble(name, label, title) {
    return h("button", { type: "button", class: "chip", title, "data-trouble": name, onclick: () => this.#press(name) }, label);
  }

  /** @param {string} name */
  async #press(name) {
    const button = this.buttons.get(name);
    button?.setAttribute("aria-busy", "true");
    const done = await this.source.trouble(name);
    button?.removeAttribute("aria-busy");
    this.#stand(done);
    this.note.textContent = done.sentence;
  }

  /** @param {Troubles} troubles */
  #stand({ dms, restart }) {
    this.buttons.get("close DMs")?.setAttribute("aria-pressed", String(!dms));
    const again = this.buttons.get("restart");
    if (again) again.hidden = !restart;
  }

  /** @param {Row} row */
  #entry(row) {
    const way = h("span", { class: "way", "aria-hidden": "true" }, row.by === "bot" ? "←" : "→");
    const by = unseen(row.by === "bot" ? "from the bot: " : "to the bot: ");
    const status = row.status && h("span", { class: "status" }, row.status);
    const line = h("summary", {}, way, by, h("span", { class: "what" }, row.name), status,
      row.timing && h("span", { class: "timing" }, row.timing), row.verdict && h("span", { class: "verdict" }, row.verdict));
    const details = h("details", { class: row.refused ? "refused" : "" }, line);
    details.addEventListener("toggle", () => void this.#unfold(details, row.number));
    return h("li", { class: row.kind, "data-number": row.number }, details);
  }

  /**
   * @param {HTMLElement} details
   * @param {number} number
   */
  async #unfold(details, number) {
    if (!details.hasAttribute("open") || details.children.length > 1) return;
    const { verdict, parts } = await this.source.entry(number);
    details.append(
      h("div", { class: "said-in-full" }, verdict.length > 0 && h("ul", { class: "failure" }, ...verdict.map((line) => h("li", {}, line))),
        ...parts.flatMap(({ title, text }) => [h("h3", {}, title), h("pre", { tabindex: "0" }, text)]),
        !parts.length && h("p", { class: "note" }, "Nothing else was said.")));
    details.scrollIntoView({ block: "nearest" });
  }

  #filter() {
    const wanted = this.search.value.trim().toLowerCase();
    const kind = this.kind.value;
    for (const [index, item] of [...this.list.children].entries()) {
      const row = this.held[index];
      const words = `${row.name} ${row.status} ${row.verdict}`.toLowerCase();
      /** @type {HTMLElement} */ (item).hidden = !fits(row, kind) || !words.includes(wanted);
    }
  }
}

const KINDS = [["", "Everything"], ["calls", "No heartbeats"], ["rest", "REST calls"], ["gateway", "Gateway"], ["refused", "Refused"]];

/**
 * @param {Row} row
 * @param {string} kind
 */
function fits(row, kind) {
  if (kind === "refused") return row.refused;
  if (kind === "calls") return !row.name.startsWith("Heartbeat");
  return !kind || row.kind === kind;
}
