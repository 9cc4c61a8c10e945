"""What the weight panel says, in the session's language."""

from __future__ import annotations

from core.talent.eligibility.rules import Eligibility
from core.ui.language import t
from core.ui.terms import answer_name, say_rules


def panel_text(rule: str, eligibility: Eligibility) -> dict[str, object]:
    """The words that the panel shows and says."""
    order = {
        "box": t(
            "Order: eligible first, then to be reviewed, then not eligible; within these box 9 to 1; within a box by score."
        ),
        "eligible": t("Order: eligible first, then to be reviewed, then not eligible; within these by score."),
        "score": t("Order: by score alone, whatever the box and the gates say."),
    }[rule]
    return {
        "simulation": t("simulation"),
        "simulation_note": t("not the official weights"),
        "official_button": t("Back to official weights"),
        "rule": t(
            "The sum is always 100 %: move one, the others follow in proportion; a lock keeps a weight. "
            "The small mark is the official weight, the bracket where the first three stay. Keys: arrows 1 %, with Shift 5 %."
        ),
        "order": f"{order} {say_rules(eligibility)}" if rule != "score" else order,
        "sum": t("Sum"),
        "heads": ["", t("Rank"), "", t("Name"), t("Weighted points"), t("Score"), t("First 3"), t("Box")],
        "list": t("Ranking of candidates"),
        "lock": t("Lock {name}"),
        "tied": t("tie: equal scores"),
        "interval": t("not fully assessed: the score if the missing criteria were 0, if they were 100"),
        "box": t("Box {box}"),
        "not_assessed": t("not assessed"),
        "inseparable": t("missing records could still put {count} others of its group before or behind this one"),
        "explain": t("Where do these numbers come from?"),
        "answers": [answer_name(answer) for answer in range(3)],
        "up": t("up {count}"),
        "down": t("down {count}"),
        "row": t("Rank {rank}, {name}, score {score}, box {box}, {state}"),
        "announce": t("{name}: rank {rank}"),
        "weights": t("Weights as one bar: drag a border, what one criterion gains the next one loses"),
        "weight_of": t("Weight of {name} in percent"),
        "not_percent": t("“{value}” is no weight; expected 0 to 100."),
        "official_weight": t("official weight {weight}"),
        "border": t("Border between {left} and {right}"),
        "stay": t("the first three stay from {from} to {to} %"),
        "align": t("Line up by {name}"),
        "expand": t("Parts of {name}"),
        "undo": t("Undo"),
        "redo": t("Redo"),
        "pin": t("Watch {name}"),
        "unpin": t("Stop watching {name}"),
        "watched": t("Watched names"),
        "most_pins": t("At most {count} names can be watched; take one off first."),
        "decides": t("decides {rank} of the order"),
        "decides_nothing": t("decides nothing: all score alike"),
        "no_pairs": t("no two names compete by score"),
        "decides_why": t(
            "Influence: how far places hang on the own value of this criterion (Shapley value, ShaRP 2025); {first} of who is within the first three"
        ),
        "by_group": t("Gates and boxes decide {share} of all pairs; the criteria decide within them."),
        "map": t("Two weights at once"),
        "map_x": t("To the right"),
        "map_y": t("Upwards"),
        "map_keys": t("Map of two weights; arrows move the point by 1 %"),
        "map_said": t(
            "{x} {xs} %, {y} {ys} %, the others in proportion. Blue: the first three stay as they are now, on {share} of the map; paler: fewer of them stay. Drag the point."
        ),
        "share": t(
            "of random weightings near these {three} keep this name within the first three, {first} in first place"
        ),
    }
