/** What lies over a phone for a moment: toasts, alerts, menus. */
import { element } from "./element.js";

/** A line that fades by itself; a new one takes the place of the old. */
export function toast(host, text) {
  host.querySelector(".toast")?.remove();
  const shown = element("div", { class: "toast", role: "status" }, text);
  host.append(shown);
  setTimeout(() => shown.remove(), 4000);
}

/** A box that stays until OK. */
export function alertBox(host, text) {
  const ok = element("button", { type: "button", class: "primary", onclick: () => shown.remove() }, "OK");
  const shown = element("div", { class: "alert", role: "alertdialog", "aria-label": "Thông báo của bot" }, element("div", {}, element("p", {}, text), element("div", {}, ok)));
  host.append(shown);
  ok.focus();
}

/** A menu below `anchor`, inside the host; `choices` are [label, act] pairs. */
export function menu(host, anchor, choices) {
  document.querySelector(".choices")?.remove();
  const item = ([label, act]) => element("button", { type: "button", role: "menuitem", onclick: () => { close(); act(); } }, label);
  const shown = element("div", { class: "choices", role: "menu" }, ...choices.map(item));
  const close = () => { shown.remove(); anchor.setAttribute("aria-expanded", "false"); document.removeEventListener("pointerdown", outside, true); };
  const outside = (event) => { if (!shown.contains(event.target)) close(); };
  shown.addEventListener("keydown", (event) => { if (event.key === "Escape") { close(); anchor.focus(); } });
  host.append(shown);
  const [from, frame] = [anchor.getBoundingClientRect(), host.getBoundingClientRect()];
  shown.style.left = `${Math.max(6, Math.min(from.left - frame.left - 120, frame.width - shown.offsetWidth - 8))}px`;
  shown.style.top = `${Math.max(6, Math.min(from.bottom - frame.top + 4, frame.height - shown.offsetHeight - 8))}px`;
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  shown.querySelector("button").focus();
}
