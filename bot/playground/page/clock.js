/** The clock of the playground: real time plus an offset, shown as the office's time. */
import { post } from "./control.js";

const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const hour = new Intl.DateTimeFormat("vi-VN", { ...zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayKey = new Intl.DateTimeFormat("sv-SE", zone);
const weekday = new Intl.DateTimeFormat("vi-VN", { ...zone, weekday: "long" });
const date = new Intl.DateTimeFormat("vi-VN", { ...zone, day: "2-digit", month: "2-digit", year: "numeric" });

let offset = 0;

export const now = () => new Date(Date.now() + offset * 1000);
export const hourOf = (seconds) => hour.format(new Date(seconds * 1000));
export const dayOf = (seconds) => dayKey.format(new Date(seconds * 1000));

const capital = (text) => text[0].toUpperCase() + text.slice(1);
const fullDay = (instant) => `${capital(weekday.format(instant))}, ${date.format(instant)}`;

/** "Hôm nay", "Hôm qua" or the weekday and date of a message. */
export function dayLabel(seconds) {
  const day = dayOf(seconds);
  if (day === dayKey.format(now())) return "Hôm nay";
  if (day === dayKey.format(new Date(now() - 86400e3))) return "Hôm qua";
  return fullDay(new Date(seconds * 1000));
}

function show() {
  document.querySelector(".clock-time").textContent = hour.format(now());
  document.querySelector(".clock-date").textContent = fullDay(now());
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

export function startClock() {
  for (const button of document.querySelectorAll("[data-advance]"))
    button.addEventListener("click", () => post("clock", { advance: Number(button.dataset.advance) }));
  show();
  setInterval(show, 1000);
}
