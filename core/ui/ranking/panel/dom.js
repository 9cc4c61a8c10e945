// Making elements, and writing only what changed: a browser does work even for the same text.

/** What each element shows already: texts and attributes by name. @type {WeakMap<Element, Record<string, string>>} */
const shown = new WeakMap();

/** @param {Element} node */
function shownOn(node) {
  let values = shown.get(node);
  if (!values) shown.set(node, (values = {}));
  return values;
}

/** @param {string} tag @param {string} [className] @param {string} [text] @returns {any} */
export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** Set the text of an element where it differs. @param {Element} node @param {unknown} text */
export function write(node, text) {
  const value = String(text);
  const values = shownOn(node);
  if (values.text === value) return;
  node.textContent = values.text = value;
}

/** Set an attribute where it differs. @param {Element} node @param {string} name @param {string} value */
export function mark(node, name, value) {
  const values = shownOn(node);
  if (values[name] === value) return;
  values[name] = value;
  node.setAttribute(name, value);
}

/** Set a style where it differs. @param {HTMLElement} node @param {string} name @param {string} value */
export function paintStyle(node, name, value) {
  const values = shownOn(node);
  if (values[`style ${name}`] === value) return;
  values[`style ${name}`] = value;
  node.style.setProperty(name, value);
}

/** An element of the panel's own markup. @param {ParentNode} host @param {string} selector @returns {any} */
export const find = (host, selector) => host.querySelector(selector);

/** The shade of a measure: the criterion's colour, lighter from one to the next. @param {string} color @param {number} index @param {number} count */
export function tint(color, index, count) {
  return index ? `color-mix(in srgb, ${color} ${Math.round(100 - (62 * index) / Math.max(1, count - 1))}%, white)` : color;
}

/** @param {[string, string, Record<string, string | number>][]} shapes */
function icon(...shapes) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  for (const [tag, name, values] of shapes) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
    shape.setAttribute("class", name);
    for (const [key, value] of Object.entries(values)) shape.setAttribute(key, String(value));
    drawn.append(shape);
  }
  return drawn;
}

export const ICONS = {
  lock: () =>
    icon(
      ["rect", "body", { x: 5, y: 11, width: 14, height: 9, rx: 1.5 }],
      ["path", "shackle-shut", { d: "M8 11V8a4 4 0 0 1 8 0v3" }],
      ["path", "shackle-open", { d: "M8 11V6a4 4 0 0 1 7.6-1.8" }],
    ),
  undo: () => icon(["path", "line", { d: "M9 7L4 12l5 5M4 12h10a5 5 0 0 1 5 5" }]),
  redo: () => icon(["path", "line", { d: "M15 7l5 5-5 5M20 12H10a5 5 0 0 0-5 5" }]),
  pin: () => icon(["path", "star", { d: "M12 3.6l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.8l5.9-.8z" }]),
  expand: () => icon(["path", "line", { d: "M9 6l6 6-6 6" }]),
};

/** A button with an icon; nameButton gives it the name that is read out. @param {string} className @param {() => Element} make */
export function iconButton(className, make) {
  const button = element("button", className);
  button.type = "button";
  button.append(make());
  return button;
}

/** @param {HTMLElement} button @param {string} text */
export function nameButton(button, text) {
  mark(button, "aria-label", text);
  if (button.title !== text) button.title = text;
}
