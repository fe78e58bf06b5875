/** This room draws an embed. */

import { h } from "./dom.js";
import { markup } from "./markup.js";
import { picture } from "./pictures.js";
import { stamp } from "./times.js";

/**
 * @typedef {{name: string, url: string | null}} Named
 * @typedef {{name: string, html: string, inline: boolean}} Field
 * @typedef {{colour: string | null, author: Named | null, title: string, url: string | null, html: string, fields: Field[],
 *   image: import("./pictures.js").Picture | null, thumbnail: import("./pictures.js").Picture | null,
 *   footer: string | null, at: string | null}} Embed
 */

/** @param {Embed} embed */
export function embedBox(embed) {
  const box = h("div", { class: "embed" }, h("div", { class: "embed-words" }, ...words(embed)));
  if (embed.thumbnail) box.append(h("div", { class: "thumbnail" }, picture(embed.thumbnail)));
  if (embed.image) box.append(h("div", { class: "image" }, picture(embed.image)));
  if (embed.footer || embed.at) box.append(footer(embed));
  if (embed.colour) box.style.setProperty("--bar", embed.colour);
  return box;
}

/** @param {Embed} embed */
function words(embed) {
  return [
    embed.author && h("p", { class: "embed-author" }, linked(embed.author.url, embed.author.name)),
    embed.title && h("p", { class: "embed-title" }, linked(embed.url, markup("span", "title", embed.title))),
    embed.html && markup("div", "embed-text", embed.html),
    embed.fields.length > 0 && h("dl", { class: "fields" }, ...embed.fields.map(field)),
  ];
}

/** @param {Field} each */
function field(each) {
  return h("div", { class: each.inline ? "inline" : "" }, markup("dt", "", each.name), markup("dd", "", each.html));
}

/**
 * @param {string | null} url
 * @param {Node | string} inside
 */
function linked(url, inside) {
  return url ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inside) : inside;
}

/** @param {Embed} embed */
function footer(embed) {
  return h("p", { class: "embed-footer" }, embed.footer, embed.footer && embed.at && " · ", embed.at && stamp(embed.at));
}
