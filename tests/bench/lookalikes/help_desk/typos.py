"""Slips of the finger: a neighbouring key, a letter dropped, doubled or swapped; never in a number or an identifier."""

import re

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

# Words of letters only, four or more, with nothing but ordinary punctuation around them.
WORD = re.compile(r"(?<!\S)([«\"(]?)([A-Za-z]{4,})([.,!?:;»\")]*)(?!\S)")


def make_neighbours():
    """Keys that touch each other on a QWERTY keyboard, whose rows are each shifted by half a key."""
    near = {letter: set() for row in ROWS for letter in row}
    for depth, row in enumerate(ROWS):
        for column, letter in enumerate(row):
            beside = [(depth, column - 1), (depth, column + 1), (depth - 1, column), (depth - 1, column + 1),
                      (depth + 1, column), (depth + 1, column - 1)]
            for other, place in beside:
                if 0 <= other < len(ROWS) and 0 <= place < len(ROWS[other]):
                    near[letter].add(ROWS[other][place])
    return {letter: sorted(found) for letter, found in near.items()}


NEIGHBOURS = make_neighbours()


def slip(rng, word):
    """One typing error in a word of letters; always another word."""
    place = rng.randrange(1, len(word))
    how = rng.choice(("neighbour", "neighbour", "dropped", "doubled", "swapped"))
    if how == "swapped" and word[place - 1].lower() != word[place].lower() and place > 1:
        return word[:place - 1] + word[place] + word[place - 1] + word[place + 1:]
    if how == "dropped":
        return word[:place] + word[place + 1:]
    if how == "doubled":
        return word[:place] + word[place] + word[place:]
    wrong = rng.choice(NEIGHBOURS[word[place].lower()])
    return word[:place] + (wrong.upper() if word[place].isupper() else wrong) + word[place + 1:]


def chances(text, protected):
    """Where the words stand that may be mistyped."""
    shouted = text.isupper()
    return [match.span(2) for match in WORD.finditer(text)
            if match[2].lower() not in protected and (shouted or match[2][1:].islower())]


def mistype(rng, parts, protected, count):
    """`count` errors at most, spread over the parts of a text, one a word; the changed parts and the errors made."""
    open_places = [(index, span) for index, part in enumerate(parts) for span in chances(part, protected)]
    chosen = rng.sample(open_places, min(count, len(open_places)))
    changed = list(parts)
    for index, (start, end) in sorted(chosen, key=lambda place: place[1], reverse=True):
        changed[index] = changed[index][:start] + slip(rng, changed[index][start:end]) + changed[index][end:]
    return changed, len(chosen)
