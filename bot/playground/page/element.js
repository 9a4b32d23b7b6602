/** Makes an element: `element("button", {class: "key", onclick: press}, "Đã nhận", …)`. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== 0 && child !== ""));
  return made;
}

/** A drawn sign of the composer, by its SVG path. */
export function sign(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

const HUES = [4, 24, 150, 178, 202, 225, 262, 330];

/** A round picture of a name: two letters on a colour of its own. */
export function avatar(name, small = false) {
  const words = name.split(" ");
  const letters = words.slice(-2).map((word) => word[0]).join("").toUpperCase();
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  const hue = HUES[sum % HUES.length];
  return element("span", { class: small ? "avatar small" : "avatar", style: `--hue:${hue}`, "aria-hidden": "true" }, letters);
}
