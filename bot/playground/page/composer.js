/** The line to write on: text, files, commands, what is replied to or edited. */
import { get, post } from "./control.js";
import { element, sign } from "./element.js";
import { gist, textOf } from "./bubble.js";

const CLIP = "M21 11.500l-8.600 8.600a5.500 5.500 0 0 1-7.800-7.800l8.900-8.900a3.700 3.700 0 0 1 5.200 5.200l-8.900 8.900a1.800 1.800 0 0 1-2.600-2.600l8.200-8.200";
const PLANE = "M3 20.500l18.500-8.500L3 3.500v6.600l12 1.900-12 1.900z";
const SLASH = "M4 7h10M4 12h16M4 17h12";

export class Composer {
  /** `place()` gives {person_id, chat_id, topic}; `failed(error)` shows what was refused. */
  constructor({ place, failed }) {
    Object.assign(this, { place, failed, file: null, replying: null, editing: null });
    this.input = element("textarea", { rows: "1", placeholder: "Tin nhắn", "aria-label": "Tin nhắn" });
    this.pick = element("input", { type: "file", hidden: true, "aria-label": "Chọn tệp" });
    this.context = element("div", { class: "context", hidden: true });
    this.commands = element("div", { class: "commands", role: "menu", "aria-label": "Lệnh của bot", hidden: true });
    this.keyboard = element("div", { class: "reply-keys", hidden: true });
    this.element = element("div", {}, this.commands, this.context, this.#line(), this.keyboard, this.pick);
    this.#wire();
  }

  #line() {
    const menu = element("button", { type: "button", class: "round", "aria-label": "Lệnh", "aria-haspopup": "menu", onclick: () => this.#toggleCommands() }, sign(SLASH));
    const clip = element("button", { type: "button", class: "round", "aria-label": "Đính kèm tệp", onclick: () => this.pick.click() }, sign(CLIP));
    const send = element("button", { type: "button", class: "round send", "aria-label": "Gửi", onclick: () => this.send() }, sign(PLANE));
    return element("div", { class: "line" }, menu, clip, this.input, send);
  }

  #wire() {
    this.input.addEventListener("input", () => this.#grow());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
      if (event.key === "Escape") this.clear();
    });
    this.input.addEventListener("paste", (event) => {
      const pasted = event.clipboardData.files[0];
      if (pasted) { event.preventDefault(); this.attach(pasted); }
    });
    this.pick.addEventListener("change", () => { if (this.pick.files[0]) this.attach(this.pick.files[0]); this.pick.value = ""; });
  }

  #grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  async #toggleCommands() {
    if (!this.commands.hidden) { this.commands.hidden = true; return; }
    const { person_id: person, chat_id: chat } = this.place();
    const offered = await get("menu", { person, chat });
    const rows = offered.map((one) => element("button", { type: "button", role: "menuitem", onclick: () => this.say(`/${one.command}`) },
      element("b", {}, `/${one.command}`), element("span", {}, one.description)));
    this.commands.replaceChildren(...(rows.length ? rows : [element("p", { class: "hint" }, "Bot chưa đưa ra lệnh nào.")]));
    this.commands.hidden = false;
  }

  /** Shows the bot's reply keyboard, or takes it away. */
  offer(keyboard) {
    const rows = keyboard?.keyboard ?? [];
    this.keyboard.hidden = rows.length === 0;
    this.keyboard.replaceChildren(...rows.map((row) => element("div", { class: "keys-row" }, ...row.map((button) => {
      const label = button.text ?? button;
      return element("button", { type: "button", class: "key", onclick: () => this.say(label) }, label);
    }))));
  }

  attach(file) {
    this.file = file;
    const picture = file.type.startsWith("image/");
    const shown = picture && element("img", { src: URL.createObjectURL(file), alt: "" });
    this.asFile = element("input", { type: "checkbox" });
    this.#setContext(shown, file.name, picture ? element("label", {}, this.asFile, " Gửi dạng tệp") : "Viết chú thích rồi bấm Gửi");
  }

  replyTo(message) { this.clear(); this.replying = message; this.#setContext(null, `Trả lời ${message.from.first_name}`, gist(message)); }

  edit(message) { this.clear(); this.editing = message; this.#setContext(null, "Sửa tin nhắn", gist(message)); this.input.value = textOf(message); this.#grow(); }

  #setContext(picture, title, about) {
    const drop = element("button", { type: "button", class: "quiet", "aria-label": "Thôi", onclick: () => this.clear() }, "✕");
    this.context.replaceChildren(...[picture, element("div", {}, element("b", {}, title), element("span", {}, about)), drop].filter(Boolean));
    this.context.hidden = false;
    this.input.focus();
  }

  clear() {
    if (this.editing) this.input.value = "";
    this.file = this.replying = this.editing = null;
    this.context.hidden = this.commands.hidden = true;
    this.#grow();
  }

  /** Sends a text as it is: a command of the menu, a key of a reply keyboard. */
  async say(text) {
    this.commands.hidden = true;
    await post("say", { ...this.place(), text }).catch(this.failed);
  }

  async send() {
    const text = this.input.value.trim();
    if (!text && !this.file) return;
    try {
      await this.#deliver(text);
      this.input.value = "";
      this.clear();
    } catch (error) { this.failed(error); }
  }

  #deliver(text) {
    const place = this.place();
    const reply = this.replying ? { reply_to: this.replying.message_id } : {};
    if (this.editing) return post("edit", { person_id: place.person_id, chat_id: place.chat_id, message_id: this.editing.message_id, text });
    if (!this.file) return post("say", { ...place, ...reply, text });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...place, ...reply, caption: text, kind: this.#kind() })) form.append(name, value);
    form.append("file", this.file, this.file.name);
    return post("upload", form);
  }

  #kind() {
    if (/^image\/(png|jpeg|gif)$/.test(this.file.type) && !this.asFile.checked) return "photo";
    return /^audio\/(ogg|webm)/.test(this.file.type) ? "voice" : "document";
  }
}
