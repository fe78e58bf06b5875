/** This room draws one message. */

import { avatar, h, unseen } from "./dom.js";
import { openMenu } from "./menu.js";
import { embedBox } from "./embed.js";
import { markup } from "./markup.js";
import { drawn } from "./parts.js";
import { attachment } from "./pictures.js";
import { stamp } from "./times.js";

/**
 * @typedef {{id: string, name: string, bot: boolean}} Person
 * @typedef {{id: string, author: Person, at: string, edited: boolean, used: {by: Person, name: string, slash: boolean} | null, html: string,
 *   embeds: import("./embed.js").Embed[], parts: import("./parts.js").Part[], files: import("./pictures.js").File[],
 *   ephemeral: boolean, thinking: boolean, pinned: boolean, reactions: {emoji: string, count: number}[]}} Message
 * @typedef {{press: (message: string, control: string) => void, choose: (message: string, control: string, values: string[]) => void,
 *   dismiss: (message: string) => void, react: (message: string, emoji: string) => void, menus: () => Menus,
 *   use: (command: string, on: {message: string} | {person: string}) => void}} MessageActs
 * @typedef {{message: string[], person: string[]}} Menus  names of commands
 */

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
export function messageItem(message, acts) {
  const kind = message.ephemeral ? "message ephemeral" : "message";
  return h("li", { class: kind, "data-message": message.id, tabindex: "-1" },
    message.used && h("p", { class: "used" }, avatar(message.used.by), h("strong", {}, message.used.by.name), " used ",
      h("span", { class: "mention" }, `${message.used.slash ? "/" : ""}${message.used.name}`)),
    h("div", { class: "said" }, avatar(message.author), h("div", { class: "body" }, head(message, acts), ...body(message, acts))),
    tools(message, acts));
}

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
function head(message, acts) {
  const { author } = message;
  const pinned = message.pinned && h("span", { class: "edited" }, "Pinned");
  return h("p", { class: "by" }, name(author, acts), author.bot && h("span", { class: "app" }, "App"), stamp(message.at), pinned);
}

/**
 * A name opens the person's menu, where the bot has commands for it.
 * @param {Person} author
 * @param {MessageActs} acts
 */
function name(author, acts) {
  if (!acts.menus().person.length) return h("strong", {}, author.name);
  return personMenu(author, acts, { class: "name-button" }, author.name);
}

/**
 * @param {{id: string, name: string}} person
 * @param {Pick<MessageActs, "menus" | "use">} acts
 * @param {import("./dom.js").Attributes} attributes
 * @param {string} label
 */
export function personMenu(person, acts, attributes, label) {
  const items = () => acts.menus().person.map((command) => ({ label: command, act: () => acts.use(command, { person: person.id }) }));
  const button = h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...attributes,
    onclick: () => openMenu(button, `Apps for ${person.name}`, items()) }, label);
  return button;
}

/** What people put below messages most; the bot's own stand there already. */
const EMOJI = ["👍", "❤️", "😂", "😮", "😢", "🎉", "🔥", "👏", "🙏", "⭐", "📖", "🏮"];

/**
 * What appears beside a message one points at: reactions and the *Apps* menu. What one person sees has neither.
 * @param {Message} message
 * @param {MessageActs} acts
 */
function tools(message, acts) {
  return !message.ephemeral && h("div", { class: "tools" }, smile(message, acts), more(message, acts));
}

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
function smile(message, acts) {
  const items = EMOJI.map((emoji) => ({ label: emoji, act: () => acts.react(message.id, emoji) }));
  const button = h("button", { type: "button", class: "quiet", "aria-haspopup": "menu", "aria-expanded": "false", "data-id": "react",
    "aria-label": `React to the message by ${message.author.name}`, onclick: () => openMenu(button, "React with", items, "emoji") }, "☺");
  return button;
}

/**
 * The *Apps* menu, also by a right click.
 * @param {Message} message
 * @param {MessageActs} acts
 */
function more(message, acts) {
  const names = acts.menus().message;
  if (!names.length) return null;
  const items = names.map((command) => ({ label: command, act: () => acts.use(command, { message: message.id }) }));
  const button = h("button", { type: "button", class: "quiet more-acts", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": `Apps for the message by ${message.author.name}`, onclick: () => openMenu(button, "Apps", items) }, "⋯");
  return button;
}

/**
 * @param {Message} message
 * @param {MessageActs} acts
 */
function reactions(message, acts) {
  const chips = message.reactions.map(({ emoji, count }) =>
    h("li", {}, h("button", { type: "button", "data-id": `react-${emoji}`, onclick: () => acts.react(message.id, emoji) }, emoji,
      h("span", {}, String(count), unseen(count === 1 ? " reaction" : " reactions")))));
  return chips.length > 0 && h("ul", { class: "reactions" }, ...chips);
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
    reactions(message, acts),
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
  const by = item.querySelector(".by :is(strong, .name-button)")?.textContent ?? "";
  return `${by}: ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}

/** @param {Element} element  a spoiler's words stay unsaid until it is opened */
function readable(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const veiled of copy.querySelectorAll("[inert]")) veiled.replaceWith("spoiler");
  for (const end of copy.querySelectorAll("br")) end.replaceWith(" ");
  return copy.textContent?.trim() ?? "";
}
