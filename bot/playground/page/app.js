/** The page: the list of people, one or two phones side by side, tabs on a narrow screen. */
import { startClock } from "./clock.js";
import { Contacts } from "./contacts.js";
import { post } from "./control.js";
import { element } from "./element.js";
import { Phone } from "./phone.js";
import { groupsOf, listen, people, startStore, unread } from "./store.js";

const narrow = window.matchMedia("(max-width: 860px)");
const stage = document.querySelector(".phones");
const tabs = document.querySelector(".tabs");
const phones = [];
let front = null;
let bot;

const short = (name) => name.split(" ").slice(-2).join(" ");
const waiting = (person) => [person.id, ...groupsOf(person.id).map((group) => group.id)].reduce((sum, chat) => sum + (unread.get(chat) ?? 0), 0);
const contacts = new Contacts({ open, unread: waiting, isOpen: (person) => phones.some((phone) => phone.id === person.id) });

/** Opens a phone in place of the front one, or `beside` it; on a narrow screen as one more tab. */
function open(person, beside) {
  const known = phones.find((phone) => phone.id === person.id);
  if (known) { toFront(known); return; }
  const made = new Phone(person, bot, { close: () => shut(made), heard: redraw });
  const full = narrow.matches ? phones.length >= 4 : phones.length >= 2;
  const replaced = narrow.matches ? (full && phones[0]) : (full ? (beside ? phones.find((phone) => phone !== front) : front) : !beside && phones.length === 1 && phones[0]);
  if (replaced) { replaced.element.replaceWith(made.element); phones.splice(phones.indexOf(replaced), 1, made); replaced.stop(); }
  else { stage.append(made.element); phones.push(made); }
  made.element.addEventListener("pointerdown", () => { front = made; });
  toFront(made);
}

function shut(phone) {
  phone.stop();
  phone.element.remove();
  phones.splice(phones.indexOf(phone), 1);
  if (front === phone) front = phones[0] ?? null;
  if (!front) showContacts(); else toFront(front);
}

function toFront(phone) {
  front = phone;
  for (const one of phones) one.element.classList.toggle("front", one === phone);
  document.body.dataset.tab = "phone";
  history.replaceState(null, "", `#${phones.map((one) => one.id).join(",")}`);
  phone.opened.then(() => { phone.toEnd(); redraw(); });
  redraw();
}

function showContacts() {
  document.body.dataset.tab = "contacts";
  redraw();
}

function tab(label, selected, count, act) {
  return element("button", { type: "button", role: "tab", "aria-selected": String(selected), onclick: act }, label, count ? element("span", { class: "badge" }, String(count)) : null);
}

function redraw() {
  contacts.draw([...people.values()]);
  const list = document.body.dataset.tab === "contacts";
  tabs.replaceChildren(tab("Danh bạ", list, 0, showContacts),
    ...phones.map((phone) => tab(short(phone.person.name), !list && phone === front, waiting(phone.person), () => toFront(phone))));
}

/** Who is shown first on a wide screen: a leader and someone who gets work. */
function pair() {
  const all = [...people.values()];
  return [all.find((one) => one.role === "leader"), all.find((one) => one.position === "Chuyên viên")].filter(Boolean);
}

function wireDialogs() {
  const differences = document.querySelector("#differences");
  document.querySelector("#differences-open").setAttribute("aria-label", "Khác Telegram ở đâu");
  document.querySelector("#differences-open").addEventListener("click", () => differences.showModal());
  document.querySelector(".add-stranger").addEventListener("click", async () => {
    const count = [...people.values()].filter((person) => person.role === "").length;
    const person = await post("people", { name: `Người Lạ ${count + 1}` });
    people.set(person.id, person);
    open(person, false);
  });
}

async function begin() {
  wireDialogs();
  const state = await startStore();
  startClock(state.days_off);
  bot = state.bot;
  showContacts();
  const asked = location.hash.slice(1).split(",").map((id) => people.get(Number(id))).filter(Boolean);
  const shown = asked.length || narrow.matches ? asked : pair();
  shown.forEach((person) => open(person, true));
  listen((event) => {
    for (const phone of phones) if (event.chat_id === phone.chatId) phone.markRead();
    if (["new", "person", "group"].includes(event.kind)) redraw();
  });
}

begin();
