// Load what draws charts and tables while nobody waits, so that the first page that needs it does not.

let begun = false;

/** @param {{ data: { files: string[] } }} component */
export default function ({ data }) {
  if (begun) return;
  begun = true;
  const script = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[type="module"][src*="static/js/"]'));
  if (!script) return;
  const load = () => data.files.forEach((file) => import(new URL(file, script.src).href).catch(() => undefined));
  (window.requestIdleCallback ?? setTimeout)(load);
}
