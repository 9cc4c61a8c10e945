// Streamlit's own words in the viewer's language: it has no setting for them. Only its own elements are looked at, by
// the places that Python names; what data say is left as it is.

/** @type {MutationObserver | null} */
let observer = null;

/** A rule out of English words: "#" stands for a number; what follows a colon or a blank stays. @param {string} english */
function makePattern(english) {
  const escaped = english.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replaceAll("#", "([\\d.,]+)");
  return new RegExp(`^${escaped}(?=$|[: ])`);
}

/** @param {{ data: { places: string, words: [string, string][] } }} component */
export default function ({ data }) {
  observer?.disconnect();
  observer = null;
  if (!data.words.length) return;
  /** @type {[RegExp, string][]} */
  const rules = data.words.map(([english, own]) => [makePattern(english), own.replaceAll("#", "$1")]);
  /** @param {string | null} text */
  function say(text) {
    const bare = text?.trim();
    if (!bare) return text;
    for (const [pattern, own] of rules) if (pattern.test(bare)) return bare.replace(pattern, own);
    return text;
  }
  /** @param {Element} node */
  function translate(node) {
    for (const name of ["aria-label", "title", "placeholder"]) {
      const said = node.getAttribute(name);
      const own = say(said);
      if (own !== said) node.setAttribute(name, String(own));
    }
    for (const child of node.childNodes) {
      if (child.nodeType !== Node.TEXT_NODE) continue;
      const own = say(child.nodeValue);
      if (own !== child.nodeValue) child.nodeValue = own;
    }
  }
  let waiting = false;
  function look() {
    waiting = false;
    document.querySelectorAll(data.places).forEach(translate);
  }
  // Once a frame at most, however much changes.
  function soon() {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  }
  observer = new MutationObserver(soon);
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label", "title", "placeholder"] });
  soon();
}
