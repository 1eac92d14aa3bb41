#!/usr/bin/env python3
"""What gilir says in Indonesian: complete, with the places of the English, and up to date with the sources.

The catalogue is po/id.po; `./dev messages` collects new messages into it and says which are not translated.
"""

import ast
import json
import os
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "po" / "id.po"
DEMO = ROOT / "tests" / "system" / "demo"
GILIR = os.environ.get("GILIR", str(ROOT / "build" / "release" / "bin" / "gilir"))

PLACE = re.compile(r"\{(\d*)\}")
# A message may read the same in both languages when it has no other words than these.
SHARED_WORDS = {
    "admin", "bash", "desktop", "enter", "fish", "full", "gilir", "id", "libssh", "locale", "log", "login", "pid", "plugin", "port", "rdp", "server",
    "sqlite", "ssh", "status", "supervisor", "terminal", "tier", "token", "unit", "url", "webhook", "zsh",
}
PAGE_WIDTH = 80
# A literal handed straight to what shows it, or put into an error that is shown.
SAID_DIRECTLY = re.compile(
    r'\b(?:phrase|line|note|heading|dim|bold|good|bad|warning|accent|usage_error|say)\s*[({]\s*'
    r'(?:std::string(?:_view)?\s*[({]\s*)?"((?:\\.|[^"\\])*)"'
    r'|"(?:problem|because|question)",\s*(?:std::string\()?"((?:\\.|[^"\\])*)"')
# Command lines to type are no words of a language.
TYPED = ("gilir", "export ")


def entries(file=CATALOGUE):
    """(msgid, msgid_plural or None, [msgstr…]) of every message that is in use."""
    text = subprocess.run(["msgattrib", "--no-obsolete", "--no-wrap", file], capture_output=True, text=True,
                          check=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout
    for block in text.strip().split("\n\n"):
        parts = {}
        for line in block.split("\n"):
            field = re.match(r'(msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
            if field:
                name = field[1]
                parts[name] = ast.literal_eval(field[2])
            elif line.startswith('"'):
                parts[name] += ast.literal_eval(line)
        if parts.get("msgid"):
            translations = [value for name, value in parts.items() if name.startswith("msgstr")]
            yield parts["msgid"], parts.get("msgid_plural"), translations


def places(text):
    """Which of its parts a sentence shows, as fill_phrase (cli/output/style.cpp) counts them."""
    shown, following = [], 0
    for place in PLACE.finditer(text):
        if place[1]:
            shown.append(int(place[1]))
        else:
            shown.append(following)
            following += 1
    return sorted(shown)


def edges(text):
    """The blanks around a message, which join it to what stands beside it."""
    return len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))


def run(*words, language="id_ID.UTF-8"):
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(("LC_", "LANG", "GILIR_", "XDG_"))}
    environment.update(LANG=language, HOME="/nonexistent", GILIR_PLUGINS="/nonexistent", NO_COLOR="1")
    done = subprocess.run([GILIR, *words], capture_output=True, text=True, env=environment, check=False,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done.stdout


def commands():
    return [item["path"] for item in json.loads(run("help", "--json"))["data"]]


def help_pages():
    """(what was asked for, its page in Indonesian, the same in English)."""
    asked = [("help",)]
    asked += [("help", noun) for noun in sorted({path.split()[0] for path in commands()})]
    asked += [(*path.split(), "--help") for path in commands()]
    for words in asked:
        yield " ".join(words), run(*words), run(*words, language="C")


def is_prose(line):
    """Not a heading that names a noun, a command line, or a label alone."""
    text = line.strip()
    return " " in text and not text.startswith(("gilir ", "-")) and re.search(r"[a-z]{3,} [a-z]{2,}", text) is not None


class Messages(unittest.TestCase):
    maxDiff = None

    def test_template_is_what_the_sources_say(self):
        done = subprocess.run([ROOT / "po" / "update", "--check"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_every_message_is_translated(self):
        missing = [message for message, _, translations in entries() if not all(translations)]
        self.assertEqual(missing, [], "translate these in po/id.po")

    def test_no_translation_is_a_guess(self):
        self.assertNotRegex(CATALOGUE.read_text(encoding="utf-8"), r"(?m)^#,.*fuzzy", "msgfmt leaves these out")

    def test_catalogue_has_every_message_of_the_template(self):
        template = {message for message, _, _ in entries(ROOT / "po" / "gilir.pot")}
        self.assertEqual(template - {message for message, _, _ in entries()}, set(), "./dev messages adds them")

    def test_translations_show_the_same_parts(self):
        wrong = []
        for message, several, translations in entries():
            for translation in translations:
                if places(translation) != places(several or message):
                    wrong.append((message, translation))
        self.assertEqual(wrong, [], "each {} or {0} must be there once again")

    def test_translations_keep_the_blanks_and_line_breaks_at_their_edges(self):
        wrong = [(message, translation) for message, _, translations in entries() for translation in translations
                 if edges(message) != edges(translation) or message.count("\n") != translation.count("\n")]
        self.assertEqual(wrong, [])

    def test_translations_end_as_the_english_does(self):
        ends = ".?:!)]"
        wrong = [(message, translation) for message, _, translations in entries() for translation in translations
                 if translation and (message.rstrip()[-1] in ends or translation.rstrip()[-1] in ends)
                 and message.rstrip()[-1] != translation.rstrip()[-1]]
        self.assertEqual(wrong, [], "gilir adds full stops by itself where the English has none")

    def test_translations_name_the_same_options_and_commands(self):
        typed = re.compile(r"--[a-z][a-z-]+|\$[A-Z_]+|gilir [a-z]+ [a-z]+(?= [A-Z{]|$)")
        wrong = []
        for message, _, translations in entries():
            for translation in translations:
                named = {name for name in typed.findall(message) if name.startswith(("--", "$"))}
                if named - set(typed.findall(translation)):
                    wrong.append((message, translation))
        self.assertEqual(wrong, [])

    def test_nothing_stays_english_but_words_that_both_languages_have(self):
        same = []
        for message, _, translations in entries():
            words = {word.lower() for word in re.findall(r"[A-Za-z]+", PLACE.sub("", message))}
            if message in translations and words - SHARED_WORDS:
                same.append(message)
        self.assertEqual(same, [])

    def test_text_for_people_goes_through_gettext(self):
        direct = []
        for file in sorted((ROOT / "cli").rglob("*.cpp")) + sorted((ROOT / "cli").rglob("*.h")):
            source = re.sub(r"^\s*//.*$", "", file.read_text(encoding="utf-8"), flags=re.M)
            for call in SAID_DIRECTLY.finditer(source):
                text = call[1] or call[2] or ""
                if re.search("[A-Za-z]{2,}", text) and not text.startswith(TYPED):
                    direct.append(f"{file.relative_to(ROOT)}: {call[0]}")
        self.assertEqual(direct, [], 'write _("...") where it is shown, N_("...") where a constant is marked')

    def test_no_line_of_help_is_english(self):
        english = []
        for asked, page, original in help_pages():
            self.assertNotEqual(page.strip(), "", asked)
            known = {line for line in original.splitlines() if is_prose(line)}
            english += [f"{asked}: {line}" for line in page.splitlines() if line in known]
        self.assertEqual(english, [])

    def test_help_fits_the_terminal(self):
        wide = [f"{asked}: {line}" for asked, page, _ in help_pages() for line in page.splitlines()
                if len(line) > PAGE_WIDTH]
        self.assertEqual(wide, [])

    def test_demo_tells_the_same_in_both_languages(self):
        told = {" ".join(node.value.split()) for file in sorted(DEMO.glob("*.py")) if file.name != "texts.py"
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        asked = {" ".join(node.args[0].value.split()) for file in sorted(DEMO.glob("*.py"))
                 for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                 if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "words"
                 and isinstance(node.args[0], ast.Constant)}
        table = next(ast.literal_eval(node.value) for node in ast.parse((DEMO / "texts.py").read_text("utf-8")).body
                     if isinstance(node, ast.Assign) and node.targets[0].id == "INDONESIAN")
        known = {" ".join(english.split()): text for english, text in table.items()}
        self.assertEqual(asked - known.keys(), set(), "add these to the demo's texts.py")
        self.assertEqual(known.keys() - told, set(), "nobody tells these any more")
        part = re.compile(r"\{[^}]*\}")
        self.assertEqual([text for english, text in known.items()
                          if sorted(part.findall(english)) != sorted(part.findall(text))], [])


if __name__ == "__main__":
    unittest.main()
