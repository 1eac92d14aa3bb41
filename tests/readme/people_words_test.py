#!/usr/bin/env python3
"""Nobody is made a man or a woman by what gilir says: messages, help and documentation speak of "they", or by name."""

import ast
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORDS = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)


def messages():
    """Every text for people that the sources mark, from the template."""
    template = (ROOT / "po" / "gilir.pot").read_text(encoding="utf-8")
    for block in template.split("\n\n"):
        for literals in re.findall(r'^msgid(?:_plural)? ((?:".*"\n?)+)', block, re.MULTILINE):
            yield "".join(ast.literal_eval(literal) for literal in literals.splitlines())


def field_texts():
    """What core says of an operation's fields."""
    for file in sorted((ROOT / "core").rglob("*.cpp")):
        for text in re.findall(r'FieldSpec\{"[^"]*",\s*"((?:\\.|[^"\\])*)"', file.read_text(encoding="utf-8")):
            yield text


class PeopleWords(unittest.TestCase):
    def expect_none(self, texts):
        self.assertEqual([text for text in texts if WORDS.search(text)], [])

    def test_messages_and_help_call_nobody_he_or_she(self):
        texts = list(messages())
        self.assertGreater(len(texts), 500)
        self.expect_none(texts)

    def test_fields_call_nobody_he_or_she(self):
        texts = list(field_texts())
        self.assertGreater(len(texts), 50)
        self.expect_none(texts)

    def test_documentation_calls_nobody_he_or_she(self):
        pages = [*ROOT.glob("*.md"), *(ROOT / "plugins").rglob("*.md")]
        self.assertGreater(len(pages), 2)
        self.expect_none(line for page in pages for line in page.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    unittest.main()
