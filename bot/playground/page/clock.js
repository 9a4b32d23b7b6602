/** The clock of the playground: real time plus an offset, shown as the office's time. */
import { post } from "./control.js";

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const hour = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayKey = new Intl.DateTimeFormat("sv-SE", zone);
const weekday = new Intl.DateTimeFormat("vi-VN", { ...zone, weekday: "long" });
const date = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });

/** The hours in which the bot reminds people: its default setting, which the playground keeps. */
const [WAKES, SLEEPS, MORNING] = ["07:15", "17:30", "07:30"];
const DAY = 86400e3;

let offset = 0;
let daysOff = new Set();

export const now = () => new Date(Date.now() + offset * 1000);
export const hourOf = (seconds) => hour.format(new Date(seconds * 1000));
export const dayOf = (seconds) => dayKey.format(new Date(seconds * 1000));

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const fullDay = (instant) => `${capital(weekday.format(instant))}, ${date.format(instant)}`;

/** "Hôm nay", "Hôm qua" or the weekday and date of a message. */
export function dayLabel(seconds) {
  const day = dayOf(seconds);
  if (day === dayKey.format(now())) return "Hôm nay";
  if (day === dayKey.format(new Date(now() - DAY))) return "Hôm qua";
  return fullDay(new Date(seconds * 1000));
}

const works = (instant) => !daysOff.has(dayKey.format(instant));

function isAsleep(instant) {
  const clock = hour.format(instant);
  return !works(instant) || clock < WAKES || clock > SLEEPS;
}

/** Half past seven of the next working day, today's where it is still ahead. */
function nextMorning() {
  let day = now();
  if (hour.format(day) >= MORNING) day = new Date(+day + DAY);
  while (!works(day)) day = new Date(+day + DAY);
  return new Date(`${dayKey.format(day)}T${MORNING}:00+07:00`);
}

function show() {
  document.querySelector(".clock-time").textContent = hour.format(now());
  document.querySelector(".clock-date").textContent = fullDay(now());
  const note = document.querySelector(".asleep");
  note.hidden = !isAsleep(now());
  if (note.hidden) return;
  note.querySelector("span").textContent = works(now()) ? "Ngoài giờ làm việc: bot vẫn nhận việc nhưng chưa nhắc ai." : "Ngày nghỉ: bot vẫn nhận việc nhưng chưa nhắc ai.";
  note.querySelector("button").textContent = `Đến ${MORNING} ${fullDay(nextMorning()).replace(/^T/, "t")}`;
}

/** Takes over the offset the playground tells; the face jumps so that one sees it. */
export function setOffset(seconds) {
  const moved = Math.abs(seconds - offset) > 1;
  offset = seconds;
  show();
  if (!moved) return;
  const clock = document.querySelector(".clock");
  clock.classList.remove("jump");
  void clock.offsetWidth;
  clock.classList.add("jump");
}

/** `off` are the days on which the office does not work, as "2026-12-26". */
export function startClock(off) {
  daysOff = new Set(off);
  document.querySelector("#morning").addEventListener("click", () => post("clock", { at: nextMorning().toISOString() }));
  for (const button of document.querySelectorAll("[data-advance]"))
    button.addEventListener("click", () => post("clock", { advance: Number(button.dataset.advance) }));
  show();
  setInterval(show, 1000);
}
