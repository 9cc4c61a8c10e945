// Ask for the session's event number and tell Python when it is another: what others do reaches this page within a second.
// A page that nobody looks at does not ask; it catches up when it is looked at again.
// One part of a page asks; another that only a new stage concerns (phase, data, candidates) listens to what the first has drawn.

/** How long to wait after an answer that failed, in milliseconds; doubled each time up to the longest. */
const AGAIN = 500;
const LONGEST = 8000;
/** How long the page may take to begin to be drawn anew before it is told once more. */
const TOLD = 2000;
/** How often it is looked whether Streamlit is still drawing. */
const PAUSE = 50;

/** @typedef {{ session: number, event: number, stage: number }} Drawn */

/** @param {number} time @param {AbortSignal} signal */
const rest = (time, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });

/** @param {AbortSignal} signal */
const seen = (signal) =>
  new Promise((resolve) => {
    if (!document.hidden) return resolve(undefined);
    const look = () => {
      if (document.hidden && !signal.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve(undefined);
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
  });

/** What is just being drawn may bring the news by itself, and end this asking; a run more would only move what is pressed.
 * @param {AbortSignal} signal */
async function drawn(signal) {
  const app = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-testid=stApp]"));
  const running = () => ["running", "rerunRequested"].includes(app()?.dataset.testScriptState ?? "");
  if (!running()) return;
  while (!signal.aborted && running()) await rest(PAUSE, signal);
  // What was drawn is handed to this place a moment after Streamlit is at rest: once the browser has nothing left to do.
  await rest(2 * PAUSE, signal);
  await new Promise((resolve) =>
    "requestIdleCallback" in window ? requestIdleCallback(resolve, { timeout: TOLD }) : setTimeout(resolve, PAUSE),
  );
}

/** @type {WeakMap<HTMLElement, AbortController>} What ends the asking that a place began with an older number. */
const asking = new WeakMap();

/** @param {{ data: Drawn & { asks: boolean }, parentElement: HTMLElement, setTriggerValue: (name: string, value: unknown) => void }} component */
export default function ({ data, parentElement, setTriggerValue }) {
  asking.get(parentElement)?.abort();
  const stop = new AbortController();
  asking.set(parentElement, stop);
  const { signal } = stop;

  /** Tell Python until this is drawn anew, which ends it: where another run took the word away it is said again.
   * @param {() => number | undefined} news */
  async function tell(news) {
    for (;;) {
      await drawn(signal);
      const event = signal.aborted ? undefined : news();
      if (event === undefined) return;
      setTriggerValue("event", event);
      await rest(TOLD, signal);
    }
  }

  async function ask() {
    let pause = AGAIN;
    while (!signal.aborted) {
      await seen(signal);
      if (signal.aborted) return;
      try {
        const answer = await fetch(`/session/follow?session=${data.session}&after=${data.event}`, { signal });
        if (answer.status === 401 || answer.status === 404) return;
        if (!answer.ok) throw new Error(String(answer.status));
        const { event } = await answer.json();
        pause = AGAIN;
        if (event !== data.event) await tell(() => event);
      } catch {
        await rest(pause, signal);
        pause = Math.min(pause * 2, LONGEST);
      }
    }
  }

  if (data.asks) {
    document.documentElement.dataset.mantelSession = JSON.stringify(data);
    window.dispatchEvent(new Event("mantel-session"));
    ask();
  } else {
    const newer = () => {
      /** @type {Drawn} */
      const other = JSON.parse(document.documentElement.dataset.mantelSession ?? "{}");
      const news = other.session === data.session && other.stage !== data.stage && other.event > data.event;
      return news ? other.event : undefined;
    };
    window.addEventListener("mantel-session", () => tell(newer), { signal });
    tell(newer);
  }
  return () => stop.abort();
}
