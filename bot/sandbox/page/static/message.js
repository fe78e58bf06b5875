/** This room draws one message. */

import { avatar, h, unseen } from "./dom.js";
import { embedBox } from "./embed.js";
import { markup } from "./markup.js";
import { drawn } from "./parts.js";
import { attachment } from "./pictures.js";
import { stamp } from "./times.js";

/**
 * @typedef {{id: string, name: string, bot: boolean}} Person
 * @typedef {{id: string, author: Person, at: string, edited: boolean, used: {by: Person, name: string} | null, html: string,
 *   embeds: import("./embed.js").Embed[], parts: import("./parts.js").Part[], files: import("./pictures.js").File[],
 *   ephemeral: boolean, thinking: boolean}} Message
 * @typedef {{press: (message: string, control: string) => void, choose: (message: string, control: string, values: string[]) => void,
 *   dismiss: (message: string) => void}} MessageActs
 */

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
export function messageItem(message, acts) {
  const kind = message.ephemeral ? "message ephemeral" : "message";
  return h("li", { class: kind, "data-message": message.id, tabindex: "-1" },
    message.used && h("p", { class: "used" }, avatar(message.used.by), h("strong", {}, message.used.by.name), " used ",
      h("span", { class: "mention" }, `/${message.used.name}`)),
    h("div", { class: "said" }, avatar(message.author), h("div", { class: "body" }, head(message), ...body(message, acts))));
}

/** @param {Message} message */
function head(message) {
  const { author } = message;
  return h("p", { class: "by" }, h("strong", {}, author.name), author.bot && h("span", { class: "app" }, "App"), stamp(message.at));
}

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
function body(message, acts) {
  const press = (/** @type {string} */ control) => acts.press(message.id, control);
  const choose = (/** @type {string} */ control, /** @type {string[]} */ values) => acts.choose(message.id, control, values);
  return [
    message.thinking && thinking(message.author.name),
    message.html && markup("div", "content", message.html),
    message.edited && !message.used && h("span", { class: "edited" }, "(edited)"),
    ...message.embeds.map(embedBox),
    ...message.files.map(attachment),
    ...drawn(message.parts, { press, choose }),
    h("p", { class: "failure", hidden: true, role: "alert" }),
    message.ephemeral && only(message, acts),
  ];
}

/** @param {string} name */
export function thinking(name) {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  return h("p", { class: "thinking" }, dots, unseen(`${name} is `), "thinking…");
}

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
function only(message, acts) {
  const away = h("button", { type: "button", class: "plain", "data-id": "dismiss", onclick: () => acts.dismiss(message.id) }, "Dismiss");
  return h("p", { class: "only" }, h("span", { "aria-hidden": "true" }, "◉ "), "Only you can see this · ", away);
}

/**
 * What a screen reader is told of a new or changed message.
 * @param {HTMLElement} item
 */
export function summary(item) {
  const words = item.querySelectorAll(".thinking, .content, .embed-title, .embed-text");
  const text = [...words].map((each) => readable(each)).join(". ");
  const by = item.querySelector(".by strong")?.textContent ?? "";
  return `${by}: ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}

/** @param {Element} element  a spoiler's words stay unsaid until it is opened */
function readable(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const veiled of copy.querySelectorAll("[inert]")) veiled.replaceWith("spoiler");
  for (const end of copy.querySelectorAll("br")) end.replaceWith(" ");
  return copy.textContent?.trim() ?? "";
}
