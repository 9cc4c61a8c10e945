// Light or dark by the viewer's choice. Streamlit keeps the choice in the browser, one entry for the address a visit began
// at, and has no button for it outside its own menu; here it is written for every page, then the page is read anew.

const NAMES = ["System", "Light", "Dark"];

/** @param {string} path */
const entry = (path) => `stActiveTheme-${path}-v2`;

/** @param {{ data: { names: string[], label: string, pages: string[] }, parentElement: HTMLElement }} component */
export default function ({ data, parentElement }) {
  const chosen = JSON.parse(localStorage.getItem(entry(location.pathname)) ?? '"System"');
  const group = document.createElement("div");
  group.className = "themes";
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", data.label);
  NAMES.forEach((name, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = data.names[n];
    button.setAttribute("aria-pressed", String(name === chosen));
    button.addEventListener("click", () => {
      const root = location.pathname.replace(/[^/]*$/, "");
      for (const page of data.pages) localStorage.setItem(entry(root + page), JSON.stringify(name));
      location.reload();
    });
    group.append(button);
  });
  parentElement.querySelector(".themes")?.remove();
  parentElement.append(group);
}
