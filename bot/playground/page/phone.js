/** One person's phone: the chat with the bot, or a group, as that person sees it. */
import { bubble, serviceOf, textOf } from "./bubble.js";
import { dayLabel, dayOf, hourOf } from "./clock.js";
import { Composer } from "./composer.js";
import { get, post } from "./control.js";
import { avatar, element } from "./element.js";
import { alertBox, menu, toast } from "./overlays.js";
import { groups, groupsOf, listen, openChat, people, unread } from "./store.js";

const NEAR_END = 80;

export class Phone {
  constructor(person, bot, { close, heard }) {
    Object.assign(this, { id: person.id, chatId: person.id, topic: null, bot, heard, waiting: new Map(), missed: 0, lastTop: 0, pinned: true });
    this.composer = new Composer({ place: () => this.#place(), failed: (error) => this.toast(error.message) });
    this.log = element("div", { class: "log", role: "log", "aria-label": "Cuộc trò chuyện" });
    this.wall = element("div", { class: "wall", tabindex: "-1" }, this.log);
    this.down = element("button", { type: "button", class: "down", "aria-label": "Xuống cuối", hidden: true, onclick: () => this.toEnd() }, "↓");
    this.foot = element("footer", { class: "composer" });
    this.element = element("section", { class: "phone", "aria-label": `Điện thoại của ${person.name}` }, this.#head(person, close), this.wall, this.down, this.foot);
    this.wall.addEventListener("scroll", () => this.#scrolled());
    this.sized = new ResizeObserver(() => this.pinned && this.toEnd());
    this.sized.observe(this.log);
    this.sized.observe(this.wall);
    this.#acceptDrops();
    this.stop = listen((event) => this.#take(event));
    this.opened = this.openChat(person.id);
  }

  get person() { return people.get(this.id); }

  #head(person, close) {
    this.status = element("small", {}, [person.position, person.unit].filter(Boolean).join(" · "));
    this.about = this.status.textContent;
    this.places = element("select", { "aria-label": "Nơi nhắn", hidden: true, onchange: () => this.#goTo(this.places.value) });
    const more = element("button", { type: "button", class: "round", "aria-label": "Tùy chọn", "aria-haspopup": "menu", onclick: (event) => this.#options(event.currentTarget) }, "⋮");
    const shut = element("button", { type: "button", class: "round", "aria-label": `Đóng điện thoại của ${person.name}`, onclick: close }, "✕");
    return element("header", { class: "phone-head" }, avatar(person.name, true), element("div", { class: "who" }, element("b", {}, person.name), this.status), this.places, more, shut);
  }

  #place() {
    return { person_id: this.id, chat_id: this.chatId, ...(this.topic ? { topic: this.topic } : {}) };
  }

  /** Where this person can write: the bot, groups, topics of groups. */
  #drawPlaces() {
    const options = [[`${this.id}:`, "Đôn Đốc"]];
    for (const group of groupsOf(this.id)) {
      options.push([`${group.id}:`, group.title]);
      for (const topic of group.topics) options.push([`${group.id}:${topic.id}`, `# ${topic.name}`]);
    }
    this.places.hidden = options.length === 1;
    this.places.replaceChildren(...options.map(([value, label]) => element("option", { value }, label)));
    this.places.value = `${this.chatId}:${this.topic ?? ""}`;
  }

  #goTo(value) {
    const [chat, topic] = value.split(":").map(Number);
    this.topic = topic || null;
    this.openChat(chat);
  }

  async openChat(chatId) {
    this.chatId = chatId;
    this.messages = await openChat(chatId);
    this.#drawPlaces();
    this.draw();
    this.#drawFoot();
  }

  draw() {
    this.log.replaceChildren();
    this.lastDay = null;
    for (const message of this.messages.values()) if (this.#isHere(message)) this.#append(message);
    if (this.messages.size === 0 && this.chatId === this.id) this.log.append(this.#intro());
    this.#offerKeyboard();
    this.toEnd();
  }

  #intro() {
    return element("div", { class: "intro" }, element("img", { src: "icon.svg", alt: "", width: "56", height: "56" }),
      element("b", {}, this.bot.first_name), element("p", {}, "Bot giao việc và đôn đốc thực hiện. Bấm Bắt đầu để bot được phép nhắn cho đồng chí."));
  }

  /** A topic shows its own messages; the group as a whole shows all. */
  #isHere(message) { return !this.topic || message.message_thread_id === this.topic; }

  #append(message) {
    const day = dayOf(message.date);
    if (day !== this.lastDay) this.log.append(element("div", { class: "day" }, dayLabel(message.date)));
    this.lastDay = day;
    const service = serviceOf(message);
    this.log.append(service ? element("div", { class: "service", "data-id": message.message_id }, service) : this.#bubble(message));
  }

  #bubble(message) {
    const group = groups.get(this.chatId);
    const topic = !this.topic && group?.topics.find((one) => one.id === message.message_thread_id)?.name;
    const view = { me: this.id, group: Boolean(group), topic, read: message.play.read };
    return bubble(message, view, { press: (...press) => this.#press(...press), show: (id) => this.#show(id), command: (text) => this.composer.say(text), more: (one, anchor) => this.#choices(one, anchor) });
  }

  #at(messageId) { return this.log.querySelector(`[data-id="${messageId}"]`); }

  #take(event) {
    if (event.kind === "person" && event.person.id === this.id) this.#drawFoot();
    if (event.kind === "group") this.#drawPlaces();
    if (event.chat_id !== this.chatId || !this.messages) return;
    if (event.kind === "new") this.#arrive(event.message);
    if (event.kind === "edit") this.#change(event.message);
    if (event.kind === "delete") this.#at(event.message_id)?.remove();
    if (event.kind === "read") this.#refresh(event.message_id);
    if (event.kind === "action") this.#typing();
    if (event.kind === "toast" && event.person_id === this.id) this.#answered(event);
  }

  #arrive(message) {
    if (message.migrate_to_chat_id) { this.openChat(message.migrate_to_chat_id); return; }
    if (!this.#isHere(message)) return;
    const stay = !this.pinned && message.play.by_bot;
    this.log.querySelector(".intro")?.remove();
    if (!this.#at(message.message_id)) this.#append(message);
    this.#offerKeyboard();
    if (message.play.by_bot) this.#typing(false);
    if (stay) { this.missed += 1; this.#drawDown(); } else this.toEnd();
  }

  #refresh(messageId) {
    const message = this.messages.get(messageId);
    if (message && !serviceOf(message)) this.#at(messageId)?.replaceWith(this.#still(this.#bubble(message)));
  }

  #still(made) { made.style.animation = "none"; return made; }

  #change(message) {
    const made = this.#still(this.#bubble(message));
    made.classList.add("changed");
    this.#at(message.message_id)?.replaceWith(made);
    if (this.pinned) this.toEnd();
  }

  #offerKeyboard() {
    const keyboards = [...this.messages.values()].filter((message) => message.play.keyboard);
    this.composer.offer(keyboards.at(-1)?.play.keyboard);
  }

  #typing(on = true) {
    clearTimeout(this.typingEnds);
    this.status.textContent = on ? "Đôn Đốc đang nhập…" : this.about;
    this.status.classList.toggle("typing", on);
    if (on) this.typingEnds = setTimeout(() => this.#typing(false), 5000);
  }

  async #press(button, message, key) {
    if (button.url?.startsWith(`https://t.me/${this.bot.username}`)) { this.#goTo(`${this.id}:`); return; }
    if (button.url) { window.open(button.url, "_blank", "noreferrer"); return; }
    if (button.copy_text) { await navigator.clipboard.writeText(button.copy_text.text); this.toast("Đã chép"); return; }
    key.classList.add("waiting");
    try {
      const { query_id: query } = await post("press", { person_id: this.id, chat_id: this.chatId, message_id: message.message_id, data: button.callback_data, label: button.text });
      this.waiting.set(query, key);
      setTimeout(() => this.#endWaiting(query), 15000);
      if (this.early === query) this.#endWaiting(query);
    } catch (error) { key.classList.remove("waiting"); this.toast(error.message); }
  }

  #endWaiting(query) {
    this.waiting.get(query)?.classList.remove("waiting");
    this.waiting.delete(query);
  }

  #answered({ query_id: query, text, alert, url }) {
    if (!this.waiting.has(query)) this.early = query;
    this.#endWaiting(query);
    if (url) window.open(url, "_blank", "noreferrer");
    if (text) alert ? alertBox(this.element, text) : this.toast(text);
  }

  toast(text) { toast(this.element, text); }

  #drawFoot() {
    const { started, blocked, name } = this.person;
    const private_ = this.chatId === this.id;
    const wide = (label, gesture) => element("button", { type: "button", class: "wide-button", onclick: () => post(gesture, { person_id: this.id }).catch((error) => this.toast(error.message)) }, label);
    this.foot.setAttribute("aria-label", `Ô nhắn của ${name}`);
    if (private_ && blocked) this.foot.replaceChildren(wide("Bỏ chặn", "unblock"));
    else if (private_ && !started) this.foot.replaceChildren(wide("Bắt đầu", "start"));
    else if (this.foot.firstChild !== this.composer.element) this.foot.replaceChildren(this.composer.element);
  }

  #options(anchor) {
    const gesture = (name, place = {}) => () => post(name, { person_id: this.id, ...place }).catch((error) => this.toast(error.message));
    const group = groups.get(this.chatId);
    if (group) { menu(this.element, anchor, this.#groupOptions(group, gesture)); return; }
    menu(this.element, anchor, [this.person.blocked ? ["Bỏ chặn bot", gesture("unblock")] : ["Chặn bot", gesture("block")], ["Gửi lại /start", gesture("start")]]);
  }

  /** What a member can do with the group's bot. */
  #groupOptions(group, gesture) {
    const here = { chat_id: group.id };
    const bot = group.has_bot ? ["Đưa bot ra khỏi nhóm", gesture("remove_bot", here)] : ["Thêm bot vào nhóm", gesture("add_bot", here)];
    return group.basic ? [bot, ["Nâng thành siêu nhóm", gesture("upgrade_group", here)]] : [bot];
  }

  #choices(message, anchor) {
    const choices = [["Trả lời", () => this.composer.replyTo(message)]];
    if (message.from.id === this.id) choices.push(["Sửa", () => this.composer.edit(message)]);
    if (textOf(message)) choices.push(["Chép chữ", () => navigator.clipboard.writeText(textOf(message))]);
    if (message.play.edits) choices.push(["Các bản trước", () => this.#history(message)]);
    menu(this.element, anchor, choices);
  }

  async #history(message) {
    const versions = await get("history", { chat: this.chatId, message_id: message.message_id });
    const dialog = document.querySelector("#history");
    dialog.querySelector(".versions").replaceChildren(...versions.map((one) => element("li", {}, element("time", {}, hourOf(one.edit_date ?? one.date)), textOf(one) || "(tệp)")));
    dialog.showModal();
  }

  #show(messageId) {
    const target = this.#at(messageId);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1000);
  }

  /** Only scrolling up lets go of the end; content that grows does not. */
  #scrolled() {
    const up = this.wall.scrollTop < this.lastTop;
    this.lastTop = this.wall.scrollTop;
    this.pinned = this.#atEnd() || (this.pinned && !up);
    if (this.pinned) this.#seeEnd(); else this.#drawDown();
  }

  #atEnd() { return this.wall.scrollHeight - this.wall.scrollTop - this.wall.clientHeight < NEAR_END; }

  toEnd() { this.pinned = true; this.wall.scrollTop = this.wall.scrollHeight; this.#seeEnd(); }

  #seeEnd() {
    this.missed = 0;
    this.#drawDown();
    this.markRead();
  }

  /** What is on the screen is not unread. */
  markRead() {
    if (this.element.offsetParent === null || !unread.get(this.chatId)) return;
    unread.delete(this.chatId);
    this.heard();
  }

  #drawDown() {
    this.down.hidden = this.missed === 0 && this.pinned;
    this.down.replaceChildren("↓", ...(this.missed ? [element("span", { class: "badge" }, String(this.missed))] : []));
  }

  #acceptDrops() {
    const over = (event) => { event.preventDefault(); this.element.classList.add("dropping"); };
    const leave = () => this.element.classList.remove("dropping");
    this.element.addEventListener("dragover", over);
    this.element.addEventListener("dragleave", leave);
    this.element.addEventListener("drop", (event) => { event.preventDefault(); leave(); if (event.dataTransfer.files[0]) this.composer.attach(event.dataTransfer.files[0]); });
  }
}
