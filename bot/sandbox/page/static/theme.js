/** This room switches between light and dark; without a choice the system's own holds. */

import { byId } from "./dom.js";

const KEY = "theme";

function current() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  return document.documentElement.dataset.theme ?? dark;
}

function label() {
  const other = current() === "dark" ? "light" : "dark";
  byId("theme").textContent = other === "dark" ? "☾" : "☀";
  byId("theme").setAttribute("aria-label", `Use ${other} colours`);
  byId("theme").title = `Use ${other} colours`;
}

function turn() {
  const other = current() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = other;
  localStorage.setItem(KEY, other);
  label();
}

export function startTheme() {
  const chosen = localStorage.getItem(KEY);
  if (chosen) document.documentElement.dataset.theme = chosen;
  byId("theme").addEventListener("click", turn);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", label);
  label();
}
