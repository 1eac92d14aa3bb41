"""Tickets on desks of a thousand, a hundred thousand and a million, and Taskwarrior where it can follow."""

import json
import os
import re
import shutil
import subprocess

# Rises with every change of what gilir_bench_make_desk makes: older desks are made anew.
desk_version = 4
page = 50

NEW = "ticket new, with the search for duplicates"
SHOW = "ticket show"
LIST = "ticket list, its first page"
SEARCH = "search"


class Desk:
    """A made desk, kept between runs; `ticket new` adds some dozens of tickets to it each time."""

    def __init__(self, bench, count, programs=None, kind="", texts=None):
        """Made by the programs under test unless `programs` says others, whose desks are a `kind` of their own; of
        invented text, or of `texts` (a path), which make a kind of their own as well."""
        self.count = count
        programs = programs or bench.programs
        self.folder = bench.desks / f"{desk_version}{kind}" / str(count)
        if not self.folder.exists():
            bench.say(f"making a desk of {in_words(count)} tickets, once")
            part = self.folder.with_name(f"{count}.part")
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            made_of = [str(texts)] if texts else []
            subprocess.run([str(programs / "gilir_bench_make_desk"), str(part), str(count), *made_of], env=bench.environment, check=True)
            part.rename(self.folder)
        # What a run files is the like of what the next one files: each works on a copy, or it would find ever more.
        self.copy = bench.scratch / f"desk-of-{count}{kind}"
        shutil.copytree(self.folder / "desk", self.copy)

    def command(self, bench, *words):
        return [bench.gilir, "--desk", str(self.copy), *words]

    def lines(self, name):
        return f"@{self.folder / name}"


def in_words(count):
    return f"{count:,}".replace(",", " ")


def commands_of(desk, bench):
    """What is measured, by name."""
    commands = {
        NEW: desk.command(
            bench, "ticket", "new", "-t", desk.lines("titles"), "-m", desk.lines("bodies"), "--reporter",
            desk.lines("reporters"), "--office", desk.lines("offices"), "--server", desk.lines("offices")),
        SHOW: desk.command(bench, "ticket", "show", desk.lines("numbers")),
        LIST: desk.command(bench, "ticket", "list", "--limit", str(page)),
    }
    if has_search(bench):
        commands[SEARCH] = desk.command(bench, "search", desk.lines("searches"))
    return commands


def has_search(bench):
    return re.search(r"^  search ", bench.run(bench.gilir, "help"), re.MULTILINE) is not None


aims_ms = {NEW: 25, LIST: 15}


class Taskwarrior:
    """As many tasks with the titles of tickets. It reads all of them each time, so that it cannot follow far."""

    import_takes_at_most_s = 60

    def __init__(self, bench, desk):
        self.bench, self.desk = bench, desk
        folder = bench.scratch / f"task-{desk.count}"
        folder.mkdir()
        self.command = ["task", f"rc.data.location={folder}", "rc.confirmation=off", "rc.verbose=nothing",
                        "rc.news.version=2.6.0"]
        (bench.scratch / "home" / "taskrc").touch()

    def follows(self):
        """Whether it could take over so many tasks in time."""
        titles = (self.desk.folder / "titles").read_text().splitlines()
        tasks = self.bench.scratch / "tasks.json"
        tasks.write_text(json.dumps([{"description": f"{titles[i % len(titles)]} {i}", "status": "pending"}
                                     for i in range(self.desk.count)]))
        try:
            self.bench.run(*self.command, "import", tasks, timeout=self.import_takes_at_most_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def commands(self):
        """By the names of what is measured."""
        return {
            NEW: ("task add", [*self.command, "add", self.desk.lines("titles")]),
            SHOW: ("task N info", [*self.command, self.desk.lines("numbers"), "info"]),
            LIST: ("task list", [*self.command, f"limit:{page}", "list"]),
            SEARCH: ("task list, description.contains", [*self.command, f"limit:{page}", "description.contains:printer", "list"]),
        }


def sizes(bench):
    return (1000, 10_000) if bench.quick else (1000, 100_000, 1_000_000)


def growth_of_digits(count, smallest):
    """How much more a million may cost than a thousand when cost grows by the logarithm: it has twice the digits."""
    return round((len(str(count)) - 1) / (len(str(smallest)) - 1), 2)


def measure_growth(bench, desks):
    """Each thing on all desks, in the same rounds."""
    for what in commands_of(desks[0], bench):
        bench.say(f"{what}, on desks of {', '.join(in_words(desk.count) for desk in desks)}")
        smallest, *larger = bench.paired(*(commands_of(desk, bench)[what] for desk in desks))
        bench.time_row(f"{what}, among {in_words(desks[0].count)}", smallest, most_ms=aims_ms.get(what))
        for desk, taken in zip(desks[1:], larger):
            bench.time_row(f"{what}, among {in_words(desk.count)}", taken, f"gilir, among {in_words(desks[0].count)}", smallest,
                           most_ratio=growth_of_digits(desk.count, desks[0].count), most_ms=aims_ms.get(what))
    if not has_search(bench):
        bench.left_out(SEARCH, "this gilir has no search")


def measure_task(bench, desk):
    on = f"among {in_words(desk.count)}"
    bench.say(f"Taskwarrior with {in_words(desk.count)} tasks")
    task = Taskwarrior(bench, desk)
    if not task.follows():
        bench.left_out(f"all of these, {on}", f"task import given up after {task.import_takes_at_most_s} s")
        return
    rounds = bench.rounds if desk.count <= 1000 else max(3, bench.rounds // 12)
    for what, command in commands_of(desk, bench).items():
        peer, peer_command = task.commands()[what]
        own, theirs = bench.paired(command, peer_command, rounds=rounds)
        bench.time_row(f"{what}, {on}", own, peer, theirs)


def measure(bench):
    desks = [Desk(bench, count) for count in sizes(bench)]
    # Or the disk would still be writing the copies while durable changes are timed.
    os.sync()
    measure_growth(bench, desks)
    if not bench.has("task"):
        bench.left_out("all of these", "there is no Taskwarrior here")
        return
    for desk in desks:
        measure_task(bench, desk)
