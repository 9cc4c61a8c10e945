// A field that finds people and posts while one types. What it finds lies over the page and moves nothing; arrow keys and
// Enter choose, Escape closes. An answer to an older text is never shown under a newer one.

/** @typedef {{ kind: string, key: string, line: string, hint: string }} Found */
/** @typedef {{ label: string, placeholder: string, text: string, found: Found[], nothing: string, notes: string[] }} Answer */

/** How long somebody must have stopped typing before it is looked for, in milliseconds. */
const REST = 140;

/** @param {HTMLElement} host @param {{ ask: (text: string) => void, choose: (kind: string, key: string) => void }} send */
function makeFinder(host, send) {
  const input = /** @type {HTMLInputElement} */ (host.querySelector("input"));
  const over = /** @type {HTMLElement} */ (host.querySelector(".over"));
  const list = /** @type {HTMLElement} */ (host.querySelector("ul"));
  const nothing = /** @type {HTMLElement} */ (host.querySelector(".nothing"));
  /** @type {Found[]} */
  let found = [];
  let active = -1;
  let timer = 0;
  let asked = "";

  const text = () => input.value.trim();

  function open(/** @type {boolean} */ shown) {
    over.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) activate(-1);
  }
  function activate(/** @type {number} */ at) {
    active = at;
    for (const [n, node] of [...list.children].entries()) node.setAttribute("aria-selected", String(n === at));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `mantel-found-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }
  function ask() {
    clearTimeout(timer);
    if (text() === asked) return;
    asked = text();
    if (asked) send.ask(asked);
    else open(false);
  }
  function choose(/** @type {number} */ at) {
    const { kind, key } = found[at];
    input.value = asked = "";
    found = [];
    open(false);
    input.blur();
    send.choose(kind, key);
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (!text()) ask();
    else timer = window.setTimeout(ask, REST);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!found.length) return;
      open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate((active + step + found.length + (active < 0 && step < 0 ? 1 : 0)) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (text() !== asked) ask();
      else if (!over.hidden && found.length) choose(Math.max(active, 0));
      else if (asked) open(true);
    } else if (event.key === "Escape") open(false);
  });
  input.addEventListener("focus", () => asked && text() === asked && open(true));
  input.addEventListener("blur", () => open(false));
  // Before the field loses the focus, which would close the list under the pointer.
  over.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const at = [...list.children].indexOf(/** @type {Element} */ (event.target).closest("li") ?? list);
    if (at >= 0) choose(at);
  });

  /** @param {Answer} answer */
  return (answer) => {
    input.setAttribute("aria-label", answer.label);
    input.placeholder = answer.placeholder;
    list.setAttribute("aria-label", answer.label);
    if (!answer.text || answer.text !== text()) return;
    found = answer.found;
    list.replaceChildren(
      ...found.map(({ kind, line, hint }, n) => {
        const node = document.createElement("li");
        node.id = `mantel-found-${n}`;
        node.setAttribute("role", "option");
        node.dataset.kind = kind;
        const main = document.createElement("span");
        main.textContent = line; // a name is a name, never markup
        const more = document.createElement("small");
        more.textContent = hint;
        node.append(main, more);
        return node;
      }),
    );
    nothing.textContent = [...(found.length ? [] : [answer.nothing]), ...answer.notes].join(" ");
    open(host.contains(document.activeElement) || /** @type {any} */ (host.getRootNode()).activeElement === input);
  };
}

const finders = new WeakMap();

/** @param {{ data: Answer, parentElement: HTMLElement, setStateValue: (name: string, value: any) => void, setTriggerValue: (name: string, value: any) => void }} component */
export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  if (!finders.has(parentElement)) {
    const send = {
      ask: (text) => setStateValue("asked", text),
      choose: (kind, key) => setTriggerValue("chosen", [kind, key]),
    };
    finders.set(parentElement, makeFinder(parentElement, send));
  }
  finders.get(parentElement)(data);
}
