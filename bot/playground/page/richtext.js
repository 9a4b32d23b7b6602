/** Telegram's entities as elements; offsets are UTF-16, as JavaScript counts. */
import { element } from "./element.js";

const PLAIN = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };

function spoiler() {
  const hidden = element("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Nội dung ẩn" });
  const reveal = () => { hidden.classList.add("shown"); hidden.removeAttribute("aria-label"); };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return hidden;
}

function quote(folds) {
  const made = element("blockquote", { class: folds ? "folded" : null });
  if (folds) made.addEventListener("click", () => made.classList.toggle("folded"));
  return made;
}

function link(url, text) {
  return element("a", { href: url.includes("://") ? url : `https://${url}`, target: "_blank", rel: "noreferrer", title: url }, text);
}

function shape(entity, text, onCommand) {
  const covered = text.slice(entity.offset, entity.offset + entity.length);
  switch (entity.type) {
    case "text_link": return link(entity.url, "");
    case "url": return link(covered, "");
    case "email": return element("a", { href: `mailto:${covered}` });
    case "mention": case "hashtag": case "text_mention": return element("a", {});
    case "bot_command": return element("button", { type: "button", class: "command", onclick: () => onCommand(covered) });
    case "pre": return element("pre");
    case "spoiler": return spoiler();
    case "blockquote": return quote(false);
    case "expandable_blockquote": return quote(true);
    default: return element(PLAIN[entity.type] ?? "span");
  }
}

/** A fragment of `text` with its entities, nested as they are. */
export function richText(text, entities = [], onCommand = () => {}, from = 0, to = text.length) {
  const made = document.createDocumentFragment();
  let place = from;
  for (let index = 0; index < entities.length;) {
    const entity = entities[index++];
    const end = Math.min(entity.offset + entity.length, to);
    const inside = [];
    while (index < entities.length && entities[index].offset < end) inside.push(entities[index++]);
    if (entity.offset < place) continue;
    made.append(text.slice(place, entity.offset));
    const around = shape(entity, text, onCommand);
    around.append(richText(text, inside, onCommand, entity.offset, end));
    made.append(around);
    place = end;
  }
  made.append(text.slice(place, to));
  return made;
}
