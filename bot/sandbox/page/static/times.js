/** This room writes moments in the reader's own zone and language. */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];

/**
 * @param {Date} moment
 * @param {string} style  Discord's letter: t T d D f F R
 */
function written(moment, style) {
  return style === "R" ? relative(moment) : new Intl.DateTimeFormat(undefined, STYLES[style]).format(moment);
}

/** @param {Date} moment */
function relative(moment) {
  const seconds = (moment.getTime() - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** @param {ParentNode} root */
export function tellTimes(root) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (root.querySelectorAll("time[data-style]"))) {
    const moment = new Date(time.dateTime);
    time.textContent = written(moment, time.dataset.style ?? "f");
    time.title = written(moment, "F");
  }
}

/**
 * The time of a message: today's by the hour alone.
 * @param {string} iso
 */
export function stamp(iso) {
  const moment = new Date(iso);
  const today = moment.toDateString() === new Date().toDateString();
  const time = document.createElement("time");
  time.dateTime = iso;
  time.title = written(moment, "F");
  time.textContent = today ? `Today at ${written(moment, "t")}` : written(moment, "f");
  return time;
}

/** Keeps "3 minutes ago" true. */
export function keepTime() {
  setInterval(() => tellTimes(document), 20_000);
}
