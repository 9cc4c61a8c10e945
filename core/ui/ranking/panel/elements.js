// Small helpers of the panel: making elements, writing only what changed, icons, texts.

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** Set the text of an element where it differs: a browser does work even for the same text. */
function write(node, text) {
  const value = String(text);
  if (node.shownText === value) return;
  node.shownText = value;
  node.textContent = value;
}

/** Set an attribute where it differs. */
function mark(node, name, value) {
  const key = `shown-${name}`;
  if (node[key] === value) return;
  node[key] = value;
  node.setAttribute(name, value);
}

function icon(...shapes) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  for (const [tag, name, values] of shapes) {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", tag);
    shape.setAttribute("class", name);
    for (const [key, value] of Object.entries(values)) shape.setAttribute(key, value);
    drawn.append(shape);
  }
  return drawn;
}

const ICONS = {
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

/** A button with an icon and a name that is read out. */
function iconButton(className, make) {
  const button = element("button", className);
  button.type = "button";
  button.append(make());
  return button;
}

function name(button, text) {
  mark(button, "aria-label", text);
  if (button.title !== text) button.title = text;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);

/** A number cut to some digits, as the language writes it. */
function formatter(comma) {
  return (value, digits) => {
    const scale = 10 ** digits;
    const text = (Math.floor(value * scale + 1e-6) / scale).toFixed(digits);
    return comma ? text.replace(".", ",") : text;
  };
}

/** A share in percent: never 0 for what happened, never 100 for what did not always. */
function percent(share, format) {
  const value = share * 100;
  if (value > 0 && value < 1) return "< 1 %";
  if (value > 99 && value < 100 - 1e-9) return "> 99 %";
  return `${format(value, 0)} %`;
}
