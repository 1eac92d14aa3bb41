"""Words for a report: a phrasing of its fault, its reporter's habits laid over it, and the names of things filled in."""

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import logs
import typos
from offices import Reporter

JAKARTA = 7 * 3600  # ahead of UTC, all year round
PHRASES = Path(__file__).with_name("phrases")
SINCE = (("tadi pagi", "this morning"), ("kemarin", "yesterday"), ("Senin", "Monday"), ("minggu lalu", "last week"),
         ("semalam", "last night"), ("dua hari lalu", "two days ago"))
# Names of things: no typing error ever falls on one of their words.
IDENTIFIERS = ("user", "host", "ip", "app", "version", "menu", "report", "folder", "code", "domain", "client", "queue")

CHOICE = re.compile(r"\[([^\]]*)\]")
SLOT = re.compile(r"\{(\w+)\}")
TOKEN = re.compile(r"\{\w+\}|[^\W\d_]+")
COMMA = re.compile(r"[.,](?=\s|$)")


@dataclass
class Text:
    """A report's title and body as written, its pasted log apart, and what it was made from."""

    title: str
    body: str
    log: str
    phrasing: str
    language: str
    protected: frozenset

    def whole_body(self):
        return "\n\n".join(part for part in (self.body, self.log) if part)


@dataclass
class Subject:
    """What a report is about and who writes it in which language; `things` are those of `draw_things`."""

    fault: dict
    things: dict
    reporter: Reporter
    language: str


def load_faults(half):
    """Kinds of fault of a half, each with its `half`; of both halves when that is empty."""
    faults = []
    for path in sorted(PHRASES.glob("[ab][0-9].json")):
        if half in ("", path.stem[0].upper()):
            for fault in json.loads(path.read_text(encoding="utf-8")):
                faults.append(fault | {"half": path.stem[0].upper()})
    return faults


def load_frames():
    """What is said around a fault, a table a half."""
    return json.loads((PHRASES / "frames.json").read_text(encoding="utf-8"))


class Writer:
    """Writes reports; `frames` are those of `load_frames`."""

    def __init__(self, rng, frames):
        self.rng = rng
        self.frames = frames

    def write(self, subject, said=(), lead="", kept=None):
        """A report in words other than the phrasings in `said`; `lead` is a frame to start with (again, colleague).

        `kept` is the number of a phrasing whose title or body is said again, as people do who repeat themselves.
        """
        fault, language, reporter = subject.fault, subject.language, subject.reporter
        number = self.pick_phrasing(fault, reporter, language, said)
        style, title, body = fault[language][number]
        if kept is not None:
            title, body = self.keep(fault, title, body, fault[language][kept])
        things = self.per_report(subject.things, language)
        if lead:
            body = f"{self.frame(subject, lead)} {body}".strip()
        title, body = self.surround(subject, title, self.extend(subject, body, style))
        title, body = (SLOT.sub(lambda found: things[found[1]], self.dress(part, subject)) for part in (title, body))
        title, body = self.shout(reporter, title, body)
        protected = protected_words(things)
        if self.rng.random() < reporter.sloppy:
            (title, body), _ = typos.mistype(self.rng, (title, body), protected, 1)
        log = self.paste(fault, things, reporter)
        return Text(title, body, log, f"{fault['name']}/{language}/{number}", language, protected)

    def frame(self, subject, name):
        """Something said around a fault, of its half and in its language."""
        return self.rng.choice(self.frames[subject.fault["half"]][f"{name}_{subject.language}"])

    def pick_phrasing(self, fault, reporter, language, said):
        """The number of a phrasing not said yet, after the reporter's taste."""
        numbers = [n for n in range(len(fault[language])) if f"{fault['name']}/{language}/{n}" not in said]
        numbers = numbers or list(range(len(fault[language])))
        return self.rng.choices(numbers, [reporter.styles[fault[language][n][0]] for n in numbers])[0]

    def keep(self, fault, title, body, old):
        """Title or body of the old phrasing with the rest of the new, where that still names the thing."""
        mixed = self.rng.choice(((old[1], body), (title, old[2])))
        named = all(f"{{{key}}}" in " ".join(mixed) for key in fault["keys"])
        return mixed if named and mixed[1] else (title, body)

    def per_report(self, things, language):
        """What each report tells anew: a count, who waits; and the names in its language."""
        since = things["since"][0 if language == "id" else 1]
        place = things["place"][0 if language == "id" else 1]
        return things | {"count": str(self.rng.randrange(2, 60)), "waiting": str(self.rng.randrange(4, 45)),
                         "since": since, "place": place}

    def extend(self, subject, body, style):
        """The body with a line or two of what people add."""
        if style != "short" and self.rng.random() < subject.reporter.adds:
            lines = {self.frame(subject, "extra"): None for _ in range(self.rng.choice((1, 1, 2)))}
            body = f"{body} {' '.join(lines)}"
        return body

    def surround(self, subject, title, body):
        """Title and body with a greeting and a closing, and a title that says nothing from those who write such."""
        reporter, language = subject.reporter, subject.language
        if self.rng.random() < reporter.vague:
            said = title if title.endswith(("?", ".")) else f"{title}."
            title, body = self.frame(subject, "vague"), f"{said} {body}".strip()
        if self.rng.random() < reporter.greets:
            # People greet the same way each time.
            if (subject.fault["half"], language) not in reporter.greeting:
                reporter.greeting[subject.fault["half"], language] = self.frame(subject, "greet")
            body = f"{reporter.greeting[subject.fault['half'], language]} {body}".strip()
        if self.rng.random() < reporter.closes:
            body = f"{body} {self.frame(subject, 'close')}".strip()
        return title, body

    def dress(self, text, subject):
        """Choices made, then slang, small letters and missing punctuation, as this reporter writes."""
        text = CHOICE.sub(lambda found: self.rng.choice(found[1].split("|")), text)
        slang = self.frames[subject.fault["half"]][f"slang_{subject.language}"]

        def shorten(found):
            short = slang.get(found[0].lower())
            return self.rng.choice(short) if short and self.rng.random() < subject.reporter.slang else found[0]

        text = TOKEN.sub(shorten, text)
        if subject.reporter.plain:
            text = COMMA.sub("", text)
        return text.lower() if subject.reporter.lower else text

    def shout(self, reporter, title, body):
        """Capitals: of everything, of the title, or of its first letter unless it begins with an identifier."""
        everything = self.rng.random() < reporter.caps_all
        if everything or self.rng.random() < reporter.caps_title:
            title = title.upper()
        elif not reporter.lower and title.split()[0].rstrip(",:").isalpha():
            title = title[0].upper() + title[1:]
        return title, body.upper() if everything else body

    def paste(self, fault, things, reporter):
        if fault.get("logs") and self.rng.random() < reporter.pastes_logs:
            return logs.paste(self.rng, self.rng.choice(fault["logs"]), things)
        return ""

    def mistype(self, text):
        """The same report typed again with one to three errors; None when it has no word that could take one."""
        count = self.rng.choice((1, 1, 2, 2, 3))
        (title, body), made = typos.mistype(self.rng, (text.title, text.body), text.protected, count)
        if not made:
            return None
        return Text(title, body, text.log, text.phrasing, text.language, text.protected)


def protected_words(things):
    """All words that name things, in small letters."""
    return frozenset(word for name in IDENTIFIERS if things.get(name)
                     for word in re.split(r"[^a-z]+", things[name].lower()) if word)


def draw_things(rng, one):
    """What an occurrence is about, the same in each of its reports; its `values` fix the fault's keys."""
    fault, office, server = one.fault, one.office, one.server
    noticed = time.gmtime(one.start + JAKARTA - rng.randrange(5, 60) * 60)
    things = {
        "place": rng.choice(office.places), "user": rng.choice(office.accounts), "menu": rng.choice(office.pool("menu")),
        "report": rng.choice(office.pool("report")), "folder": rng.choice(office.pool("folder")),
        "app": server.app, "version": server.version, "host": server.host, "ip": server.address, "domain": office.domain,
        "code": rng.choice(fault.get("codes", ("",))), "since": rng.choice(SINCE),
        "clock": time.strftime("%H.%M", noticed), "day": time.strftime("%Y-%m-%d", noticed),
        "queue": f"{rng.choice('ABCD')}-{rng.randrange(1, 200):03}",
        "amount": f"{rng.randrange(1, 900)}.{rng.randrange(0, 1000):03}.{rng.randrange(0, 1000):03}",
        "ext": str(rng.randrange(200, 800)), "client": f"{server.address.rsplit('.', 1)[0]}.{rng.randrange(40, 250)}",
    }
    return things | one.values
