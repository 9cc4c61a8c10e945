// Tell the server that the page is being printed, and which it is.

/** @type {((address: string) => void) | undefined} */
let tell;
/** @type {string | undefined} What was printed while nobody could be told. */
let untold;

window.addEventListener("beforeprint", () => {
  const address = location.pathname + location.search;
  if (tell) tell(address);
  else untold = address;
});

/** @param {{ setTriggerValue: (name: string, value: unknown) => void }} component */
export default function ({ setTriggerValue }) {
  tell = (address) => setTriggerValue("printed", address);
  if (untold !== undefined) tell(untold);
  untold = undefined;
  document.documentElement.dataset.notesPrints = "";
  return () => {
    tell = undefined;
  };
}
