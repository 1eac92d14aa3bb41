#!/usr/bin/env python3
"""Fits the weights of core/duplicate/weights.h to what finders of duplicates saw. Standard library only.

  fit.py FEATURES... [--weight SET=0.3]... [--keep NAME=VALUE]... [--all]

FEATURES, from features.py: lines of JSON. The first of a file: {"set": name, "features": [names, as in FeatureVector],
"ordinary": how many tickets of the set repeat none, "asked": how many of those are among the queries}. Then one a query: {"repeats": true when a
ticket is known that it repeats, "candidates": [[1 if it is one of those, group, value, ...], ...]}, candidates best first
by the weights of today, groups of one duplicate the same.

For each query that repeats one, the right candidates are to have the most of the softmax over all (listwise); a weight whose
sign would make no sense stays 0; sets count equally unless --weight says otherwise. Features that trackers do not know are
left out by --keep, which sets them in the final table. All is then scaled, and the bias found, so that the best candidate's
score is its probability of being right on the natural mix of the first set (Platt, 1999). Prints the table, how each set ranks
by it, and how each half of the queries ranks by what was fitted on the other half.
"""
import argparse
import json
import math

NEGATIVE = {"other_category", "age", "finished_for", "other_office", "other_server", "same_reporter_elsewhere"}
CANDIDATES = 150  # a query: the first so many and all right ones
ROUNDS = 120
RIDGE = 0.002


class Set:
    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            head = json.loads(next(lines))
            self.name, self.features = head["set"], head["features"]
            self.ordinary_weight = head["ordinary"] / head["asked"] if head["asked"] else 0
            self.queries = [json.loads(line) for line in lines]
        self.repeats = [query["candidates"] for query in self.queries if query["repeats"]]


def lists(queries, columns):
    """For each query that can be learnt from: rows of the columns' values, the right ones first; how many are right."""
    found = []
    for candidates in queries:
        right = [c for c in candidates if c[0]]
        wrong = [c for c in candidates[:CANDIDATES] if not c[0]]
        if right and wrong:
            found.append(([[c[2 + at] for at in columns] for c in right + wrong], len(right)))
    return found


def scales(groups):
    """The root of the mean square of each column, so that all weights are of one size while they are fitted."""
    rows = [row for group, _ in groups for rows_of, _ in group for row in rows_of]
    return [math.sqrt(sum(v * v for v in column) / len(rows)) or 1 for column in zip(*rows)]


def gradient(group, weights, share, total):
    for rows, right in group:
        scores = [sum(map(float.__mul__, weights, row)) for row in rows]
        top = max(scores)
        odds = [math.exp(score - top) for score in scores]
        of_all, of_right = sum(odds), sum(odds[:right])
        for at, row in enumerate(rows):
            pull = share * (odds[at] / of_all - (odds[at] / of_right if at < right else 0))
            if abs(pull) > 1e-9:
                for column, value in enumerate(row):
                    total[column] += pull * value


def fit(groups, signs):
    """`groups`: (lists, weight of the set). Adam, with each weight held on its side of 0."""
    scale = scales(groups)
    groups = [([([[v / s for v, s in zip(row, scale)] for row in rows], right) for rows, right in group], share)
              for group, share in groups]
    size = len(signs)
    weights, mean, square = [0.0] * size, [0.0] * size, [0.0] * size
    for step in range(1, ROUNDS + 1):
        slope = [2 * RIDGE * weight for weight in weights]
        for group, share in groups:
            gradient(group, weights, share / len(group), slope)
        rate = 0.2 * min(1, 2.03 - 2 * step / ROUNDS)
        for at in range(size):
            mean[at] = 0.9 * mean[at] + 0.1 * slope[at]
            square[at] = 0.98 * square[at] + 0.02 * slope[at] ** 2
            weights[at] -= rate * mean[at] / (1 - 0.9**step) / (math.sqrt(square[at] / (1 - 0.98**step)) + 1e-6)
            if weights[at] * signs[at] < 0:
                weights[at] = 0.0
    return [weight / s for weight, s in zip(weights, scale)]


def best_first(candidates, columns, weights):
    return sorted(candidates, key=lambda c: -sum(w * c[2 + at] for w, at in zip(weights, columns)))


def figures(queries, columns, weights):
    """R@1/5/10 by distinct groups, among the first twenty."""
    hits = [0, 0, 0]
    for candidates in queries:
        seen = set()
        for candidate in best_first(candidates, columns, weights)[:20]:
            if candidate[0]:
                for at, most in enumerate((1, 5, 10)):
                    hits[at] += len(seen) < most
                break
            seen.add(candidate[1])
    return "/".join("%.3f" % (hit / len(queries)) for hit in hits)


def platt(tops):
    """Slope and bias that make probabilities of scores. `tops`: (score, right, weight)."""
    slope, bias = 0.5, -5.0
    for _ in range(50):
        g = [0.0, 0.0]
        h = [1e-9, 0.0, 1e-9]
        for score, right, weight in tops:
            p = 1 / (1 + math.exp(-max(-40, min(40, slope * score + bias))))
            g[0] += weight * (p - right) * score
            g[1] += weight * (p - right)
            for at, product in enumerate((score * score, score, 1)):
                h[at] += weight * p * (1 - p) * product
        determinant = h[0] * h[2] - h[1] * h[1]
        slope -= (h[2] * g[0] - h[1] * g[1]) / determinant
        bias -= (h[0] * g[1] - h[1] * g[0]) / determinant
    return slope, bias


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", nargs="+")
    parser.add_argument("--weight", action="append", default=[], metavar="SET=WEIGHT")
    parser.add_argument("--keep", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--all", action="store_true", help="leave out the halves")
    options = parser.parse_args()
    sets = [Set(path) for path in options.features]
    shares = dict(pair.split("=") for pair in options.weight)
    kept = dict(pair.split("=") for pair in options.keep)
    names = sets[0].features
    columns = [at for at, name in enumerate(names) if name not in kept]
    signs = [-1 if names[at] in NEGATIVE else 1 for at in columns]

    def fitted(half=None):
        chosen = [s.repeats if half is None else s.repeats[half::2] for s in sets]
        return fit([(lists(queries, columns), float(shares.get(s.name, 1))) for s, queries in zip(sets, chosen)], signs)

    weights = fitted()
    first = sets[0]
    tops = []
    for query in first.queries:
        if query["candidates"]:
            top = best_first(query["candidates"], columns, weights)[0]
            score = sum(w * top[2 + at] for w, at in zip(weights, columns))
            tops.append((score, top[0], 1 if query["repeats"] else first.ordinary_weight))
    slope, bias = platt(tops)
    table = {names[at]: slope * weight for at, weight in zip(columns, weights)}
    for name in names:
        print("    .%s = %s," % (name, kept[name] if name in kept else "%.2f" % table[name]))
    print("bias = %.2f" % bias)
    for s in sets:
        print("%s, R@1/5/10: %s" % (s.name, figures(s.repeats, columns, weights)))
    if not options.all:
        for half in (0, 1):
            other = fitted(half)
            for s in sets:
                print("%s, half %d by the other: %s" % (s.name, 2 - half, figures(s.repeats[1 - half :: 2], columns, other)))


if __name__ == "__main__":
    main()
