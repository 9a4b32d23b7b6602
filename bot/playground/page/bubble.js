/** One message as an element: who, reply, file, text, time, keyboard. */
import { hourOf } from "./clock.js";
import { element } from "./element.js";
import { richText } from "./richtext.js";

const KILO = 1024;
const touch = window.matchMedia("(hover: none)");

export const textOf = (message) => message.text ?? message.caption ?? "";

/** What Telegram itself says of a group, in place of a bubble; empty for what somebody wrote. */
export function serviceOf(message) {
  const who = message.from.first_name;
  if (message.new_chat_members) return `${who} đã thêm ${message.new_chat_members[0].first_name}`;
  if (message.left_chat_member) return `${who} đã đưa ${message.left_chat_member.first_name} ra khỏi nhóm`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "Nhóm đã thành siêu nhóm";
  return "";
}

/** What a short mention of a message says. */
export function gist(message) {
  if (textOf(message)) return textOf(message).replaceAll("\n", " ");
  if (message.photo) return "🖼 Ảnh";
  if (message.voice) return "🎤 Ghi âm";
  return `📎 ${message.document?.file_name ?? "Tệp"}`;
}

function size(bytes) {
  if (bytes < KILO) return `${bytes} B`;
  if (bytes < KILO * KILO) return `${Math.round(bytes / KILO)} KB`;
  return `${(bytes / KILO / KILO).toFixed(1).replace(".", ",")} MB`;
}

function picture(message) {
  const largest = message.photo.at(-1);
  const url = `/play/files/${largest.file_id}`;
  const image = element("img", { src: url, alt: message.caption || "Ảnh", width: largest.width, height: largest.height, style: `aspect-ratio:${largest.width}/${largest.height}` });
  return element("a", { class: "picture", href: url, target: "_blank", "aria-label": "Mở ảnh" }, image);
}

function file(found) {
  const name = found.file_name ?? "tệp";
  const kind = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "tệp";
  const about = element("span", {}, element("b", {}, name), element("small", {}, size(found.file_size)));
  return element("a", { class: "file", href: `/play/files/${found.file_id}`, download: name, "aria-label": `Tải tệp ${name}` }, element("i", {}, kind), about);
}

function replied(message, actions) {
  const target = message.reply_to_message;
  return element("button", { type: "button", class: "reply", onclick: () => actions.show(target.message_id) },
    element("b", {}, target.from.first_name), element("span", {}, gist(target)));
}

function forwarded(origin) {
  return element("span", { class: "forward" }, `Chuyển tiếp từ ${origin.sender_user?.first_name ?? origin.sender_user_name}`);
}

function meta(message, mine, read) {
  const ticks = mine && element("span", { class: "ticks", "aria-label": read ? "bot đã nhận" : "đã gửi" }, read ? "✓✓" : "✓");
  const edited = message.edit_date && element("span", {}, "đã sửa");
  const time = element("time", { datetime: new Date(message.date * 1000).toISOString() }, hourOf(message.date));
  return element("span", { class: "meta" }, edited, time, ticks);
}

function key(button, message, actions) {
  const marked = button.url ? "↗" : button.copy_text ? "⧉" : "";
  const made = element("button", { type: "button", class: `key ${button.style ?? ""}`, onclick: () => actions.press(button, message, made) }, button.text,
    marked && element("span", { class: "sign", "aria-hidden": "true" }, marked));
  if (button.callback_data) made.dataset.data = button.callback_data;
  return made;
}

/** Rows of inline buttons, laid out exactly as the bot did. */
function keys(message, actions) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    element("div", { class: "keys-row" }, ...row.map((button) => key(button, message, actions))));
  return element("div", { class: "keys", role: "group", "aria-label": "Các nút" }, ...rows);
}

/**
 * `view` says whose eyes: {me, group, read, topic}; `actions` what a touch does: press, show, command, more.
 */
export function bubble(message, view, actions) {
  const mine = message.from.id === view.me;
  const text = textOf(message);
  const entities = message.entities ?? message.caption_entities ?? [];
  const more = element("button", { type: "button", class: "more", "aria-label": "Thêm", "aria-haspopup": "menu", onclick: (event) => actions.more(message, event.currentTarget) }, "⋯");
  const inside = element("div", { class: "bubble" },
    view.group && !mine && element("span", { class: "sender" }, message.from.first_name),
    view.topic && element("span", { class: "topic" }, `# ${view.topic}`),
    message.forward_origin && forwarded(message.forward_origin),
    message.reply_to_message && !message.reply_to_message.forum_topic_created && replied(message, actions),
    message.photo && picture(message),
    message.document && file(message.document),
    message.voice && element("audio", { controls: true, src: `/play/files/${message.voice.file_id}` }),
    text && element("span", { class: "body" }, richText(text, entities, actions.command)),
    meta(message, mine, view.read), more);
  if (touch.matches) inside.addEventListener("click", (event) => !event.target.closest("a, button, [role=button], audio") && actions.more(message, inside));
  inside.addEventListener("contextmenu", (event) => { event.preventDefault(); actions.more(message, more); });
  const keyed = message.reply_markup?.inline_keyboard;
  return element("article", { class: `message ${mine ? "mine" : ""} ${keyed ? "keyed" : ""}`, "data-id": message.message_id },
    inside, keyed && keys(message, actions));
}
