/** This room is the door to an age-restricted place: the client asks once, and remembers the answer as long as its tab. */

import { byId } from "./dom.js";

const PASSED = "passed";

export class Door {
  /** @param {() => void} leave  back to where one came from */
  constructor(leave) {
    this.section = byId("door");
    this.onward = () => {};
    byId("door-continue").addEventListener("click", () => this.onward());
    byId("door-leave").addEventListener("click", leave);
  }

  /**
   * Shows the door unless this person has passed it, and calls `enter` once they have.
   * @param {string} person
   * @param {import("./sidebar.js").Place} place
   * @param {() => void} enter
   */
  stops(person, place, enter) {
    const key = `${person} ${place.id}`;
    const closed = place.adult && !passed().includes(key);
    this.#show(closed);
    if (!closed) return false;
    this.onward = () => {
      sessionStorage.setItem(PASSED, JSON.stringify([...passed(), key]));
      enter();
    };
    byId("door-title").textContent = `${place.name} is age-restricted`;
    byId("door-continue").focus();
    return true;
  }

  get closed() {
    return !this.section.hidden;
  }

  /** @param {boolean} closed */
  #show(closed) {
    this.section.hidden = !closed;
    byId("scroller").hidden = closed;
    byId("composer").hidden = closed;
  }
}

/** @returns {string[]} */
function passed() {
  return JSON.parse(sessionStorage.getItem(PASSED) ?? "[]");
}
