/** The list of people, grouped by unit, with what waits unread beside each. */
import { avatar, element } from "./element.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();

function grouped(people) {
  const units = new Map();
  for (const person of people) {
    const key = `${person.parent}|${person.unit}`;
    if (!units.has(key)) units.set(key, []);
    units.get(key).push(person);
  }
  return [...units.values()];
}

function heading({ unit, parent }, people) {
  const ambiguous = people.some((other) => other.unit === unit && other.parent !== parent);
  return element("h2", { class: "unit" }, unit, ambiguous && element("small", {}, ` · ${parent}`));
}

/** What follows the position: whether the bot can write to this person. */
function state(person) {
  if (person.blocked) return [" · ", element("span", { class: "state" }, "đã chặn bot")];
  return person.started ? [] : [" · chưa bắt đầu"];
}

export class Contacts {
  /** `open(person, beside)` is called for a choice; `unread(person)` tells the number beside. */
  constructor({ open, unread, isOpen }) {
    Object.assign(this, { open, unread, isOpen, people: [] });
    this.list = document.querySelector(".people");
    this.search = document.querySelector(".search input");
    this.search.addEventListener("input", () => this.draw());
  }

  draw(people = this.people) {
    this.people = people;
    const wanted = fold(this.search.value);
    const found = people.filter((one) => fold(`${one.name} ${one.position} ${one.unit} ${one.parent} ${one.username}`).includes(wanted));
    const rows = grouped(found).flatMap((unit) => [heading(unit[0], people), ...unit.map((person) => this.#row(person))]);
    this.list.replaceChildren(...rows);
  }

  #row(person) {
    const count = this.unread(person);
    const choose = element("button", { type: "button", "aria-label": person.name, "aria-pressed": String(this.isOpen(person)), onclick: () => this.open(person, false) },
      avatar(person.name),
      element("span", { class: "who" }, element("b", {}, person.name), element("small", {}, person.position || "không có trong danh sách", ...state(person))),
      count && element("span", { class: "badge", "aria-label": `${count} tin chưa đọc` }, String(count)));
    const beside = element("button", { type: "button", class: "beside", title: "Mở bên cạnh", "aria-label": `Mở ${person.name} bên cạnh`, onclick: () => this.open(person, true) }, "◫");
    return element("div", { class: this.isOpen(person) ? "contact open" : "contact" }, choose, beside);
  }
}
