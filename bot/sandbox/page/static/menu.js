/** This room is the menu that opens from a button or a right click: arrows move in it, Escape gives the focus back. */

import { freshId, h } from "./dom.js";

/** Pixels between the menu and what opened it, and the window's edge. */
const GAP = 6;

/** @typedef {{label: string, act: () => void}} Item */

/** @type {HTMLElement | null} */
let opened = null;

/**
 * @param {HTMLElement} opener  keeps aria-expanded, and gets the focus back
 * @param {string} title
 * @param {Item[]} items
 * @param {string} [look]  a class that lays the items out in its own way
 */
export function openMenu(opener, title, items, look = "") {
  opened?.hidePopover();
  const rows = items.map(({ label, act }) => h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => chosen(act) }, label));
  const heading = h("p", { id: freshId("menu"), class: "menu-title" }, title);
  const group = h("div", { role: "menu", "aria-labelledby": heading.id }, ...rows);
  const menu = h("div", { class: `menu ${look}`, popover: "auto", onkeydown: (/** @type {KeyboardEvent} */ event) => moved(event, rows) }, heading, group);
  const close = (/** @type {boolean} */ back) => {
    if (back) opener.focus({ preventScroll: true });
    menu.hidePopover();
  };
  const chosen = (/** @type {() => void} */ act) => {
    close(true);
    act();
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") close(true);
    if (event.key === "Escape") event.preventDefault();
  });
  menu.addEventListener("toggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") gone(opener, menu);
  });
  (opener.closest("#main, #sidebar") ?? document.body).append(menu);
  menu.showPopover();
  opened = menu;
  opener.setAttribute("aria-expanded", "true");
  place(menu, opener.getBoundingClientRect());
  rows[0]?.focus();
}

/**
 * @param {HTMLElement} opener
 * @param {HTMLElement} menu
 */
function gone(opener, menu) {
  opener.setAttribute("aria-expanded", "false");
  if (opened === menu) opened = null;
  menu.remove();
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLElement[]} rows
 */
function moved(event, rows) {
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  rows[(to + rows.length) % rows.length].focus();
}

/**
 * Below what opened it, or above where there is more room; never beyond the window.
 * @param {HTMLElement} menu
 * @param {DOMRect} from
 */
function place(menu, from) {
  const { width, height } = menu.getBoundingClientRect();
  const below = from.bottom + GAP + height < innerHeight;
  menu.style.left = `${Math.max(GAP, Math.min(from.right - width, innerWidth - width - GAP))}px`;
  menu.style.top = `${below ? from.bottom + GAP : Math.max(GAP, from.top - GAP - height)}px`;
}
