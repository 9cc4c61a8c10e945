"""Colours and sizes that all charts share."""

#: Safe for colour-blind eyes and readable on light and dark ground.
ACCENT = "#0b5cad"
WARNING = "#d55e00"
GREY = "#7b8794"
INK = "#1d2329"

#: Quiet grounds of the three zones of the nine boxes.
ZONES = {"pool": "#dbe8f6", "steady": "#eef0f3", "attention": "#faeadb", "none": "#ffffff"}

FONT_SIZE = 15
