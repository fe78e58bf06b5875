/** This room is the list at the left: who one is, and where one is; a drawer on narrow screens. */

import { avatar, byId, h, unseen } from "./dom.js";
import { personMenu } from "./message.js";

/**
 * @typedef {{id: string, key: string, name: string, note: string, unread: number}} Person
 * @typedef {{id: string, name: string, kind: "channel" | "thread" | "dm", guild: string, adult: boolean, unread: boolean}} Place
 */

const NARROW = matchMedia("(max-width: 760px)");

/**
 * Draws a list anew and gives the focus back to the entry that had it.
 * @param {HTMLElement} room
 * @param {Node[]} children
 */
function redraw(room, children) {
  const focused = /** @type {HTMLElement | null} */ (room.contains(document.activeElement) ? document.activeElement : null);
  room.replaceChildren(...children);
  if (focused?.id) document.getElementById(focused.id)?.focus();
}

/**
 * @param {Person[]} persons
 * @param {string} current  the key of the person one is
 * @param {(key: string) => void} become
 * @param {Pick<import("./message.js").MessageActs, "menus" | "use">} acts
 */
export function drawPersons(persons, current, become, acts) {
  const list = /** @type {HTMLElement} */ (byId("persons").querySelector("ul"));
  const menu = (/** @type {Person} */ person) => acts.menus().person.length > 0
    && personMenu(person, acts, { id: `menu-${person.id}`, class: "quiet", "aria-label": `Apps for ${person.name}` }, "⋯");
  redraw(list, persons.map((person) => h("li", {}, personLink(person, current, become), menu(person))));
}

/**
 * A link, so that a second window can be opened from it as from any other.
 * @param {Person} person
 * @param {string} current
 * @param {(key: string) => void} become
 */
function personLink(person, current, become) {
  const here = person.key === current;
  const words = h("span", { class: "words" }, h("span", { class: "name" }, person.name), person.note && h("small", {}, person.note));
  const unread = !here && person.unread > 0 && badge(person.unread);
  const attributes = { id: `person-${person.id}`, href: `?as=${encodeURIComponent(person.key)}`, "aria-current": here ? "true" : null };
  return h("a", { ...attributes, onclick: (/** @type {MouseEvent} */ event) => followed(event, () => become(person.key)) },
    avatar(person), words, unread);
}

/** @param {number} count */
function badge(count) {
  return h("span", { class: "badge" }, String(count), unseen(count === 1 ? " unread message" : " unread messages"));
}

/**
 * A plain press stays on the page; one with a modifier opens a window, as the browser does it.
 * @param {MouseEvent} event
 * @param {() => void} act
 */
function followed(event, act) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  closeDrawer();
  act();
}

const SIGNS = { channel: "#", thread: "↳", dm: "@" };

/**
 * @param {Place[]} places
 * @param {string} current
 * @param {(id: string) => void} enter
 */
export function drawPlaces(places, current, enter) {
  const groups = Map.groupBy ? Map.groupBy(places, (place) => place.guild) : grouped(places);
  redraw(byId("places"), [...groups].flatMap(([guild, inside]) => [
    h("h2", {}, guild), h("ul", {}, ...inside.map((place) => h("li", { class: place.kind }, placeButton(place, current, enter))))]));
}

/** @param {Place[]} places */
function grouped(places) {
  /** @type {Map<string, Place[]>} */
  const groups = new Map();
  for (const place of places) groups.set(place.guild, [...(groups.get(place.guild) ?? []), place]);
  return groups;
}

/**
 * @param {Place} place
 * @param {string} current
 * @param {(id: string) => void} enter
 */
function placeButton(place, current, enter) {
  const here = place.id === current;
  const unread = place.unread && !here;
  const attributes = { type: "button", id: `place-${place.id}`, class: unread ? "unread" : "", "aria-current": here ? "page" : null };
  const press = () => {
    closeDrawer();
    enter(place.id);
  };
  return h("button", { ...attributes, onclick: press },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[place.kind]), h("span", { class: "name" }, place.name),
    place.adult && h("span", { class: "adult", title: "Age-restricted" }, "18+", unseen(" age-restricted")),
    unread && h("span", { class: "dot" }, unseen("unread")));
}

function closeDrawer() {
  drawer(false);
}

/** @param {boolean} open */
function drawer(open) {
  const sidebar = byId("sidebar");
  const opener = byId("open-drawer");
  const held = sidebar.contains(document.activeElement);
  sidebar.classList.toggle("open", open);
  byId("main").inert = open;
  byId("backdrop").hidden = !open;
  opener.setAttribute("aria-expanded", String(open));
  if (open) byId("close-drawer").focus();
  else if (held && NARROW.matches) opener.focus();
}

export function startDrawer() {
  byId("open-drawer").addEventListener("click", () => drawer(true));
  byId("close-drawer").addEventListener("click", closeDrawer);
  byId("backdrop").addEventListener("click", closeDrawer);
  byId("sidebar").addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDrawer();
  });
  NARROW.addEventListener("change", closeDrawer);
  closeDrawer();
}
