#!/usr/bin/env python3
# ruff: noqa: B905  (zip knows no strict= before Python 3.10)
"""Verify the file of a committee's session without Mantel: digests, the audit trail's proofs, every order, the consensus.

    python3 verify_decision.py FILE [PUBLIC-KEY]

Python 3.9 or newer and nothing else. PUBLIC-KEY are the 64 hexadecimal digits that the office gives out ("core audit key");
without it everything is verified but who signed. It prints one line for each thing that is not as it should be, then what was
verified; it ends with 1 when anything is wrong. What it does not do: compute the values out of the facts ("core replay" does).
"""

import base64
import hashlib
import json
import math
import sys

FORMAT = "mantel-session-1"
STEP = 1e-9  # scores are compared as whole multiples of this


def check_digests(file):
    """Each part against its digest."""
    for name in sorted({*file["parts"], *file["digests"]}):
        text = json.dumps(file["parts"].get(name), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if name not in file["parts"]:
            yield f"{name}: the part is missing"
        elif hashlib.sha256(text.encode()).hexdigest() != file["digests"].get(name):
            yield f"{name}: the part does not fit its digest"


def node_of(left, right):
    """RFC 9162, 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def leads_to(leaf, index, size, path, root):
    """RFC 9162, 2.1.3.2: whether a path leads from a leaf to the root."""
    if not 0 <= index < size:
        return False
    at, last, joined = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            joined = node_of(sibling, joined)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            joined = node_of(joined, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and joined == root


def check_trail(file, key):
    """The entries against the checkpoint, the digests against the entry of the closing, the signature against the key."""
    trail, closing = file["trail"], None
    size, root = trail["size"], bytes.fromhex(trail["root"])
    lines = trail["checkpoint"].split("\n")
    if lines[0] != "mantel audit trail" or int(lines[1]) != size or base64.b64decode(lines[2]) != root:
        yield "trail: the checkpoint is of other entries"
    for told in trail["entries"]:
        content = told["content"].encode("utf-8", "surrogatepass")
        entry = json.loads(content)
        leaf, path = hashlib.sha256(b"\x00" + content).digest(), [bytes.fromhex(node) for node in told["path"]]
        if not leads_to(leaf, entry[0] - 1, size, path, root):
            yield f"trail: entry {entry[0]} is not in the tree"
        if entry[2] == "session:closed" and entry[10]:
            closing = json.loads(entry[10])
    if closing is None:
        yield "trail: nothing tells of the session's closing"
    elif closing["digests"] != file["digests"]:
        for name in sorted({*closing["digests"], *file["digests"]}):
            if closing["digests"].get(name) != file["digests"].get(name):
                yield f"{name}: at the closing the part was another"
    if key is not None:
        text = "\n".join(lines[:4]) + "\n"
        signature = next((line[7:] for line in lines if line.startswith("signed ")), "")
        if not verify_signature(key, text.encode(), base64.b64decode(signature)):
            yield "trail: the checkpoint was not signed with this key"


P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add_points(one, other):
    """Sum of two points of the curve in extended coordinates."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply_point(factor, point):
    """A multiple of a point."""
    product = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            product = add_points(product, point)
        point, factor = add_points(point, point), factor >> 1
    return product


def recover_x(y, sign):
    """The x of a point; None where there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (not x and sign):
        return None
    return x if x & 1 == sign else P - x


def read_point(text):
    """A point from its 32 bytes; None where it is none."""
    y = int.from_bytes(text, "little") % 2**255
    x = recover_x(y, text[31] >> 7) if len(text) == 32 else None
    return None if x is None else (x, y, 1, x * y % P)


def verify_signature(key, message, signature):
    """Whether a signature is that of a message."""
    base_y = 4 * pow(5, P - 2, P) % P
    base_x = recover_x(base_y, 0)
    public, point = read_point(key), read_point(signature[:32])
    factor = int.from_bytes(signature[32:], "little")
    if public is None or point is None or len(signature) != 64 or factor >= Q:
        return False
    digest = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left = multiply_point(factor, (base_x, base_y, 1, base_x * base_y % P))
    right = add_points(point, multiply_point(digest, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def score(values, weights):
    """The weighted sum; None where something that carries weight is missing."""
    total = 0.0
    for value, weight in zip(values, weights):
        if weight and value is None:
            return None
        total += value * weight if weight else 0.0
    return total


def steps(value):
    """A score as a whole number of steps."""
    return None if value is None else math.floor(value / STEP + 0.5)


def rank(scores, groups):
    """Places by group, then score; ties share one, 0 where there is no score."""
    keys = [(groups[row], scores[row] is None, -(steps(scores[row]) or 0)) for row in range(len(scores))]
    places, count, before = [0] * len(scores), 0, None
    for row in sorted(range(len(scores)), key=lambda row: keys[row]):
        if scores[row] is None:
            continue
        count += 1
        places[row] = places[before] if before is not None and keys[before] == keys[row] else count
        before = row
    return places


def place_by_points(points, groups):
    """Places by points within groups; ties share one."""
    order = sorted(range(len(points)), key=lambda row: (groups[row], -points[row]))
    places, before = [0] * len(points), None
    for at, row in enumerate(order):
        same = before is not None and points[before] == points[row] and groups[before] == groups[row]
        places[row] = places[before] if same else at + 1
        before = row
    return places


def share_places(ranks, groups):
    """Places as means of those shared; who has none comes last in the group."""
    count = len(ranks)
    keys = [groups[row] * (count + 2) + (ranks[row] or count + 1) for row in range(count)]
    return [sum(other < key for other in keys) + (sum(other == key for other in keys) + 1) / 2 for key in keys]


def order_by_kemeny(places):
    """Rows from first to last with the least sum of disagreements, by dynamic programming over sets."""
    count = len(places[0])
    borda = [sum(count - member[row] for member in places) for row in range(count)]
    start = sorted(range(count), key=lambda row: -borda[row])

    def before(one, other):
        return sum((m[one] < m[other]) + 0.5 * (m[one] == m[other]) for m in places)

    cost = [[before(start[i], start[j]) for j in range(count)] for i in range(count)]
    least, choice = {0: 0.0}, {}
    for left in range(1, 1 << count):
        rows = [row for row in range(count) if left >> row & 1]
        found = [
            (round(least[left ^ 1 << r] + sum(cost[o][r] for o in rows if o != r), 6), at) for at, r in enumerate(rows)
        ]
        best = rows[min(found)[1]]
        least[left] = least[left ^ 1 << best] + sum(cost[other][best] for other in rows if other != best)
        choice[left] = best
    order, left = [], (1 << count) - 1
    while left:
        order.append(start[choice[left]])
        left ^= 1 << choice[left]
    return order


def compute_orders(part):
    """Each member's order, the official one and all proposals, out of values, weights and scores."""
    value, groups, scores = part["value"], part["groups"], part["scores"]
    left, count, members = 1.0 - sum(part["part_weights"]), len(value), range(len(part["weights"]))

    def under(weights, own):
        full = [weight * left for weight in weights] + part["part_weights"]
        return [score(value[row] + own[row], full) for row in range(count)]

    def mean_of(given):
        known = [each for each in given if each is not None]
        return sum(known) / len(known) if known else None

    parts = range(len(part["part_weights"]))
    mean_scores = [[mean_of([scores[member][row][at] for member in members]) for at in parts] for row in range(count)]
    each = [under(part["weights"][member], scores[member]) for member in members]
    ranks = [rank(own, groups) for own in each]
    columns = list(zip(*part["weights"]))
    mean = [mean_of(column) for column in columns]
    middle = [(sorted(c)[(len(c) - 1) // 2] + sorted(c)[len(c) // 2]) / 2 for c in columns]
    median = [weight / sum(middle) for weight in middle] if sum(middle) > 0 else mean
    points = [-1 if None in own else steps(mean_of(own)) for own in zip(*each)]
    places = [share_places(own, groups) for own in ranks]
    borda = [sum(count - own[row] for own in places) for row in range(count)]
    by_borda = place_by_points(borda, groups)
    order = sorted(range(count), key=lambda row: by_borda[row])
    head = order_by_kemeny([[own[row] for row in order[:10]] for own in places])
    order = [order[row] for row in head] + order[10:]
    kemeny, first = [0] * count, 0
    for at, row in enumerate(order):
        wins = [sum((o[row] < o[other]) - (o[other] < o[row]) for o in places) for other in order[first:at]]
        first = at if any(wins) else first
        kemeny[row] = first + 1
    return {
        "orders": ranks,
        "official": rank(under(part["official_weights"], mean_scores), groups),
        "weights_mean": [place or count + 1 for place in rank(under(mean, mean_scores), groups)],
        "weights_median": [place or count + 1 for place in rank(under(median, mean_scores), groups)],
        "scores_mean": place_by_points(points, groups),
        "borda": by_borda,
        "kemeny": kemeny,
    }


def check_orders(file):
    """The orders of each post against those computed here; what the consensus says."""
    for post in file["parts"]["session"]["posts"]:
        part = file["parts"][f"orders/{post['post']}"]
        if not part["members"]:
            continue
        said = {"orders": part["orders"], "official": part["official"], **part["proposals"]}
        for name, found in compute_orders(part).items():
            if said[name] != found:
                yield f"orders/{post['post']}: {name} comes out otherwise"


def main(arguments):
    """Verify a file; returns how many things are wrong."""
    if not 1 <= len(arguments) <= 2:
        sys.exit(__doc__)
    try:
        with open(arguments[0], "rb") as opened:
            file = json.loads(opened.read())
        if file["format"] != FORMAT:
            raise ValueError(file["format"])
        key = bytes.fromhex(arguments[1]) if len(arguments) > 1 else None
        faults = [*check_digests(file), *check_trail(file, key), *check_orders(file)]
        consensus = file["parts"]["session"]["settings"]["consensus"]
        firsts = []
        for post in file["parts"]["session"]["posts"]:
            part = file["parts"][f"orders/{post['post']}"]
            places = sorted(zip(part["proposals"].get(consensus, []), part["candidates"]))
            firsts.append(f"{post['post']}: {', '.join(nip for place, nip in places if place <= post['places'])}")
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        print(f"this is no file of a session, or one that cannot be read: {type(error).__name__} {error}")
        return 1
    for fault in faults:
        print(fault)
    print(
        len(file["digests"]),
        "parts;",
        "the signature was compared with the key" if key else "who signed was not compared",
    )
    print(f"consensus ({consensus})", *firsts, sep="\n  ")
    print("NOT as it was: see above" if faults else "everything is as it was")
    return len(faults)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
