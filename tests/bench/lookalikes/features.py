#!/usr/bin/env python3
"""Writes what fit.py fits weights on: how the tickets of a data set compare with those before them.

  features.py DRIVER SET > FEATURES

DRIVER is gilir_bench_lookalikes; for SET and how it is replayed see score.py, for FEATURES see fit.py.
"""
import json
import os
import sys
import tempfile

from score import DataSet, Finder, replay


def main(driver, folder):
    data = DataSet(folder)
    number = {ticket["id"]: place for place, ticket in enumerate(data.tickets)}
    names = []
    early = []  # queries before the first that is compared with any, which tells the names
    with tempfile.TemporaryDirectory() as desk:
        finder = Finder([driver, desk], os.environ)
        for ticket, compared in replay(data, finder, {*data.queries, *data.ordinary}, op="compare"):
            right = data.gold.get(ticket["id"], ())
            if compared and not names:
                names = [name for name in compared[0] if name != "id"]
                print(json.dumps({"set": data.name, "features": names, "ordinary": data.all_ordinary,
                                  "asked": len(data.ordinary)}))
                for line in early:
                    print(line)
            line = json.dumps({"repeats": ticket["id"] in data.gold, "candidates": [
                [int(one["id"] in right), data.group.get(one["id"], -1 - number[one["id"]]),
                 *(float("%.5g" % one[name]) for name in names)] for one in compared]})
            if names:
                print(line)
            else:
                early.append(line)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
