// From letting go of a thumb to the confirmed order, and to the shares that go with it.
() => {
  const panel = () => [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".panel")).find(Boolean);
  const first = () => [...document.querySelectorAll("[data-testid=stText]")].map((one) => one.textContent).find((text) => text.startsWith("1. "));
  window.arm = () => {
    window.told = {};
    const before = first();
    let released = 0;
    let wasStale = false;
    addEventListener("pointerup", (event) => (released = event.timeStamp), { once: true, capture: true });
    const look = () => {
      const now = performance.now();
      const stale = panel().querySelector(".share.stale") !== null;
      if (stale) wasStale = true;
      if (released && !window.told.confirmed && first() && first() !== before) window.told.confirmed = now - released;
      if (released && wasStale && !stale) {
        window.told.firm = now - released;
        window.told.confirmed ??= window.told.firm; // seen together
        return;
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
}
