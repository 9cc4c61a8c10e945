"""What the browser does for slides: page up and page down of a remote control turn them, the pointer shows the controls."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
/** How long the controls stay after the pointer has moved, in milliseconds. */
const REST = 4000;

export default function () {
  let timer = 0;
  const rest = () => delete document.documentElement.dataset.mantelPointer;
  const wake = () => {
    document.documentElement.dataset.mantelPointer = "moves";
    clearTimeout(timer);
    timer = setTimeout(rest, REST);
  };
  const press = (event) => {
    const key = { PageDown: "slide_on", PageUp: "slide_back" }[event.key];
    const button = key && document.querySelector(`.st-key-${key} button`);
    if (!button || event.repeat) return;
    event.preventDefault();
    button.click();
  };
  wake();
  document.addEventListener("keydown", press);
  document.addEventListener("pointermove", wake);
  return () => {
    document.removeEventListener("keydown", press);
    document.removeEventListener("pointermove", wake);
    clearTimeout(timer);
    rest();
  };
}
"""

#: To be mounted on the page; it shows nothing.
CONTROLS = st.components.v2.component("mantel.slide_controls", js=_SCRIPT)
