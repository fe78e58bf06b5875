/** This room brings the page together: one person, one place, and what happens there. */

import { Api } from "./api.js";
import { Composer } from "./composer.js";
import { announce, byId } from "./dom.js";
import { Door } from "./door.js";
import { FormDialog } from "./form.js";
import { Inspector } from "./inspector.js";
import { openSpoilers } from "./markup.js";
import { drawPersons, drawPlaces, startDrawer } from "./sidebar.js";
import { startTheme } from "./theme.js";
import { keepTime } from "./times.js";
import { Timeline } from "./timeline.js";

/** For how long, in milliseconds, the commands of a place are taken to be the same. */
const FRESH = 5_000;

/**
 * A command whose answer is not there yet, and that one's id once it is known.
 * @typedef {{item: HTMLElement, name: string, place: string, answer: string}} Pending
 */

class Page {
  constructor() {
    this.api = new Api(new URLSearchParams(location.search).get("as") ?? "");
    this.place = "";
    this.left = "";
    this.coming = Promise.resolve();
    this.door = new Door(() => void this.enter(this.left || this.places[0].id));
    /** @type {{api: Api, place: string, at: number, list: Promise<import("./composer.js").Command[]>} | null} */
    this.offered = null;
    /** @type {import("./sidebar.js").Person[]} */
    this.persons = [];
    /** @type {import("./sidebar.js").Place[]} */
    this.places = [];
    /** @type {Set<Pending>} */
    this.pendings = new Set();
    this.unwatch = () => {};
    /** @type {import("./message.js").Menus} */
    this.menus = { message: [], person: [] };
    this.inspector = new Inspector({
      rows: () => this.api.get("inspector"),
      entry: (number) => this.api.get("entry", { number: String(number) }),
      trouble: (name) => this.#trouble(name),
    });
    this.acts = {
      menus: () => this.menus,
      use: (/** @type {string} */ command, /** @type {{message: string} | {person: string}} */ on) => this.#use(command, on),
    };
    this.timeline = new Timeline({
      ...this.acts,
      react: (message, emoji) => this.#react(message, emoji),
      press: (message, control) => this.#act("press", message, control),
      choose: (message, control, values) => this.#act("choose", message, control, { values }),
      dismiss: (id) => this.#dismiss(id),
    });
    this.form = new FormDialog((values) => this.#submit(values), () => this.api.post("leave", {}));
    this.composer = new Composer({
      commands: () => this.#commands(),
      run: (command, values) => this.#run(command.name, values),
      complete: (command, values, focused) => this.#complete(command.name, values, focused),
    });
  }

  /**
   * The commands of this place, asked for every few seconds at most: who types fast does not wait for each letter.
   * @returns {Promise<import("./composer.js").Command[]>}
   */
  #commands() {
    const { api, place, offered } = this;
    if (!place) return this.coming.then(() => this.#commands());
    if (offered && offered.api === api && offered.place === place && Date.now() - offered.at < FRESH) return offered.list;
    const list = api.get("commands", { place }).then(({ commands, menus }) => {
      if (place === this.place) this.menus = menus;
      return commands;
    });
    this.offered = { api, place, at: Date.now(), list };
    list.catch(() => (this.offered = null));
    return list;
  }

  /**
   * Looks at the page with another person's eyes.
   * @param {string} key
   */
  become(key) {
    this.coming = this.#become(key);
    return this.coming;
  }

  /** @param {string} key */
  async #become(key) {
    this.unwatch();
    this.api = new Api(key);
    this.left = "";
    const place = this.place;
    this.place = "";
    this.pendings.clear();
    this.composer.rest();
    if (this.form.dialog.open) this.form.close();
    const { api } = this;
    const lost = () => (byId("lost").hidden = false);
    const end = await api.watch((change) => this.#changed(change), lost, () => void this.catchUp());
    if (api !== this.api) return void end();
    this.unwatch = end;
    await this.refresh(place);
  }

  /**
   * Fetches who and where; unless a place is open, goes to the wanted one or to the first.
   * @param {string} [wanted]
   */
  async refresh(wanted = "") {
    const state = await this.api.get("state");
    this.api.person = state.you;
    this.persons = state.persons;
    this.places = state.places;
    this.#drawLists();
    const [here, there] = [this.place, wanted].map((id) => this.places.find((place) => place.id === id));
    if (!here) await this.enter((there ?? this.places[0]).id);
    if (state.form) this.form.open(state.form);
    await this.inspector.refresh();
  }

  /** After a break in the connection: what was missed is fetched. */
  async catchUp() {
    byId("lost").hidden = true;
    await this.refresh();
    await this.enter(this.place);
  }

  /** @param {string} id */
  async enter(id) {
    const place = this.places.find((each) => each.id === id);
    if (!place) return;
    if (!place.adult) this.left = id;
    this.place = id;
    this.#drawHead(place);
    if (this.door.stops(this.api.person, place, () => void this.enter(id))) return this.#drawLists();
    byId("timeline").setAttribute("aria-busy", "true");
    const [{ messages }] = await Promise.all([this.api.get("messages", { place: id }), this.#commands()]);
    if (this.place !== id) return;
    this.timeline.fill(messages);
    this.#keepPending();
    await this.#read();
    byId("timeline").setAttribute("aria-busy", "false");
  }

  /** @param {string} command */
  begin(command) {
    return this.composer.begin(command);
  }

  /** @param {import("./sidebar.js").Place} place */
  #drawHead(place) {
    const sign = place.kind === "dm" ? "@" : "#";
    byId("place-title").textContent = `${sign} ${place.name}`;
    byId("place-note").textContent = place.adult ? "Age-restricted" : "";
    byId("timeline").setAttribute("aria-label", `Messages in ${place.name}`);
    const private_ = `This is the beginning of your messages with ${place.name}.`;
    byId("opening").textContent = place.kind === "dm" ? private_ : `This is the beginning of ${sign}${place.name}.`;
    document.title = `${sign}${place.name} · ${this.persons.find((person) => person.key === this.api.person)?.name ?? ""} · Local Discord`;
  }

  #drawLists() {
    drawPersons(this.persons, this.api.person, (key) => {
      history.pushState(null, "", `?as=${encodeURIComponent(key)}`);
      void this.become(key);
    }, this.acts);
    drawPlaces(this.places, this.place, (id) => void this.enter(id));
  }

  async #read() {
    for (const place of this.places) if (place.id === this.place) place.unread = false;
    this.#drawLists();
    await this.api.post("read", { place: this.place });
  }

  /** Somebody has changed whom the commands are for; messages are drawn anew only where their menus are others now. */
  async #offeredAnew() {
    const before = JSON.stringify(this.menus);
    this.offered = null;
    await this.#commands();
    if (JSON.stringify(this.menus) !== before) await this.enter(this.place);
  }

  /** @param {any} change  what the server saw happen before this person's eyes, or to another person */
  #changed(change) {
    if (change.kind === "said") this.inspector.add(change.row);
    else if (change.kind === "unread") this.#unreadOf(change.person, change.count);
    else if (change.kind === "channel") void this.refresh();
    else if (change.kind === "commands") void this.#offeredAnew();
    else if (change.kind === "reloaded") void this.catchUp();
    else if (change.place !== this.place || this.door.closed) this.#elsewhere(change);
    else if (change.kind === "message") this.#arrived(change.message);
    else if (change.kind === "deleted") this.timeline.remove(change.id);
  }

  /** @param {import("./message.js").Message} message */
  #arrived(message) {
    const first = message.used?.name.split(" ")[0];
    const pending = [...this.pendings].find(({ answer, name }) => (answer ? answer === message.id : name.split(" ")[0] === first));
    if (pending) this.#settle(pending);
    this.timeline.put(message);
    void this.#read();
  }

  /** @param {any} change */
  #elsewhere(change) {
    const place = this.places.find((each) => each.id === change.place);
    if (!place) return void this.refresh();
    if (change.kind !== "message" || !change.fresh) return;
    place.unread = true;
    this.#drawLists();
    announce(`New message in ${place.name}`);
  }

  /**
   * @param {string} key
   * @param {number} count
   */
  #unreadOf(key, count) {
    for (const person of this.persons) if (person.key === key) person.unread = count;
    this.#drawLists();
  }

  /** What is on its way is shown below what has come, unless that is its answer. */
  #keepPending() {
    for (const pending of this.pendings) {
      if (pending.place !== this.place) continue;
      if (this.timeline.has(pending.answer)) this.#settle(pending);
      else this.timeline.append(pending.item);
    }
  }

  /** @param {Pending} pending */
  #settle(pending) {
    pending.item.remove();
    this.pendings.delete(pending);
  }

  /**
   * @param {string} name
   * @param {Record<string, unknown>} values
   */
  async #run(name, values) {
    return this.#pend(name, `/${name}`, "run", { command: name, values });
  }

  /**
   * A command of a menu.
   * @param {string} command
   * @param {{message: string} | {person: string}} on
   */
  async #use(command, on) {
    const sentence = await this.#pend(command, command, "use", { command, ...on });
    if (sentence) announce(sentence);
  }

  /**
   * Shows that the command is on its way until there is an answer, or a sentence why there is none.
   * @param {string} name
   * @param {string} shown
   * @param {string} act
   * @param {Record<string, unknown>} body
   */
  async #pend(name, shown, act, body) {
    const you = this.persons.find((person) => person.key === this.api.person);
    const item = this.timeline.pending({ id: you?.id ?? "", name: you?.name ?? "" }, shown);
    const pending = { name, item, place: this.place, answer: "" };
    this.pendings.add(pending);
    const outcome = await this.api.act(act, { place: this.place, ...body });
    pending.answer = outcome.message ?? "";
    if (pending.answer && !this.timeline.has(pending.answer)) return ""; // it takes the line's place when it comes
    if (!this.pendings.delete(pending)) return "";
    if (outcome.sentence) this.timeline.fail(pending.item, outcome.sentence);
    else pending.item.remove();
    if (outcome.form) this.form.open(outcome.form);
    return outcome.sentence ?? "";
  }

  /**
   * @param {string} command
   * @param {Record<string, unknown>} values
   * @param {string} focused
   */
  async #complete(command, values, focused) {
    const body = { place: this.place, command, values, focused };
    const { choices, sentence } = /** @type {any} */ (await this.api.act("complete", body));
    return sentence || choices;
  }

  /**
   * @param {"press" | "choose"} act
   * @param {string} message
   * @param {string} control
   * @param {Record<string, unknown>} [body]
   */
  async #act(act, message, control, body = {}) {
    this.timeline.busy(message, control, true);
    const outcome = await this.api.act(act, { message, control, place: this.place, ...body });
    this.timeline.busy(message, control, false);
    if (outcome.sentence) this.timeline.failed(message, outcome.sentence);
    if (outcome.form) this.form.open(outcome.form);
  }

  /**
   * @param {string} message
   * @param {string} emoji
   */
  async #react(message, emoji) {
    const { sentence } = await this.api.act("react", { message, emoji, place: this.place });
    if (sentence) this.timeline.failed(message, sentence);
  }

  /** @param {string} name */
  async #trouble(name) {
    const done = await this.api.post("trouble", { trouble: name });
    await this.refresh();
    return done;
  }

  /** @param {Record<string, unknown>} values */
  async #submit(values) {
    return (await this.api.act("submit", { values })).sentence ?? "";
  }

  /** @param {string} id */
  async #dismiss(id) {
    await this.api.post("dismiss", { message: id });
    this.timeline.remove(id);
  }
}

const page = new Page();
startTheme();
startDrawer();
keepTime();
openSpoilers(byId("timeline"));
byId("timeline").addEventListener("click", (event) => {
  const named = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-command], [data-place]"));
  if (named?.dataset.command) void page.begin(named.dataset.command);
  else if (named?.dataset.place) void page.enter(named.dataset.place);
});
addEventListener("popstate", () => void page.become(new URLSearchParams(location.search).get("as") ?? ""));
page.inspector.restore();
await page.become(page.api.person);
if (document.activeElement === document.body) page.composer.focus(); // who was quicker stays where they are
