// A table of scores to type: a row a candidate, a field a part. What is typed stays in the field whatever the server does
// meanwhile; each field is sent when it is left or Enter goes down to the next, and all that was typed is sent each time,
// so that nothing is lost where two answers cross.

/** @typedef {{ start: string, head: string, names: string[], parts: string[], values: (number | null)[][], readonly: boolean, comma: boolean, wrong: string, of: string }} Sheet */

/** @param {string} text */
function parse(text) {
  const plain = text.trim().replace(",", ".");
  if (plain === "") return null;
  const value = Number(plain);
  return /^[0-9]{1,3}(\.[0-9]{1,2})?$/.test(plain) && value <= 100 ? value : undefined;
}

/** @param {string} tag @param {string} [text] */
function made(tag, text) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text; // a name is a name, never markup
  return node;
}

/** @param {HTMLElement} host @param {Sheet} sheet @param {(value: object) => void} send */
function lay(host, sheet, send) {
  /** @type {Record<string, number | null>} */
  const typed = {};
  const table = made("table");
  const head = made("tr");
  head.append(made("th", sheet.head), ...sheet.parts.map((part) => made("th", part)));
  table.append(head);
  /** @type {HTMLInputElement[][]} */
  const fields = sheet.names.map((name, row) => {
    const line = made("tr");
    const title = made("th", name);
    title.setAttribute("scope", "row");
    line.append(title);
    const inputs = sheet.parts.map((part, column) => {
      const input = document.createElement("input");
      const value = sheet.values[row][column];
      input.inputMode = "decimal";
      input.autocomplete = "off";
      input.maxLength = 6;
      input.readOnly = sheet.readonly;
      input.value = value === null ? "" : String(value).replace(".", sheet.comma ? "," : ".");
      input.setAttribute("aria-label", sheet.of.replace("{part}", part).replace("{name}", name));
      const cell = made("td");
      cell.append(input);
      line.append(cell);
      input.addEventListener("focus", () => input.select());
      input.addEventListener("change", () => keep(input, `${row}:${column}`));
      input.addEventListener("keydown", (event) => go(event, row, column));
      return input;
    });
    table.append(line);
    return inputs;
  });
  const wrong = made("p");
  wrong.setAttribute("role", "alert");
  host.replaceChildren(table, wrong);

  function keep(/** @type {HTMLInputElement} */ input, /** @type {string} */ cell) {
    const value = parse(input.value);
    input.toggleAttribute("aria-invalid", value === undefined);
    wrong.textContent = value === undefined ? sheet.wrong.replace("{value}", input.value) : "";
    if (value === undefined || sheet.readonly) return;
    typed[cell] = value;
    send({ start: sheet.start, cells: { ...typed } });
  }
  function go(/** @type {KeyboardEvent} */ event, /** @type {number} */ row, /** @type {number} */ column) {
    const step = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey) ? -1 : 1;
    if (!["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const next = fields[row + step]?.[column];
    if (next) next.focus(); // leaving the field sends it
    else fields[row][column].blur();
    if (!next) fields[row][column].focus();
  }
}

/** @type {WeakMap<HTMLElement, string>} Which sheet a place holds. */
const laid = new WeakMap();

/** @param {{ data: Sheet, parentElement: HTMLElement, setStateValue: (name: string, value: any) => void }} component */
export default function ({ data, parentElement, setStateValue }) {
  const host = /** @type {HTMLElement} */ (parentElement.querySelector(".scores"));
  if (laid.get(host) === data.start) return;
  laid.set(host, data.start);
  lay(host, data, (value) => setStateValue("scores", value));
}
