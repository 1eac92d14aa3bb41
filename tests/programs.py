"""Where tests find what they start, in the system or in build/deps: the one place, for Python tests and spec scripts.

./dev test gives every test one folder as its PATH (tests/lay_out_programs): the programs that cmake/packages.bash names
and those that every Debian has, and nothing else. So a test that starts something else fails on every machine, as it would
on a small one. The C++ twin of this file is tests/programs.h.
"""

import glob
import os
import pathlib
import shutil

ROOT = pathlib.Path(__file__).resolve().parents[1]
DEPS = ROOT / "build" / "deps"


class Missing(Exception):
    """A package is not there; the text says what to do."""


def package_file(pattern):
    """The path of a file of some package, such as usr/lib/*/libnss_wrapper.so, unpacked or installed."""
    for root in (DEPS, pathlib.Path("/")):
        found = sorted(glob.glob(str(root / pattern)))
        if found:
            return found[0]
    raise Missing(f"there is no {pattern}; ./dev setup brings it")


def search_path():
    """Our own PATH, and for who runs a test by hand the programs that were unpacked."""
    unpacked = [str(DEPS / "usr" / folder) for folder in ("bin", "sbin")]
    return os.pathsep.join([os.environ["PATH"], *unpacked])


def program(name):
    """The path of a program."""
    found = shutil.which(name, path=search_path())
    if not found:
        raise Missing(f"there is no program {name} for tests: cmake/packages.bash names those that there are")
    return found


def surroundings(*first, **more):
    """The environment of a program that gets none of ours: where programs and libraries are, and more as given.
    Directories named first come first in PATH."""
    environment = {"PATH": os.pathsep.join([*map(str, first), search_path()])}
    # PulseAudio keeps a library of its own, which xfreerdp needs.
    libraries = [path for pattern in ("", "/pulseaudio") for path in sorted(glob.glob(str(DEPS / f"usr/lib/*-linux-gnu{pattern}")))]
    if libraries:
        environment["LD_LIBRARY_PATH"] = os.pathsep.join(libraries)
    if (DEPS / "usr/bin/openssl").exists():
        environment["OPENSSL_CONF"] = str(DEPS / "etc/ssl/openssl.cnf")
    for modules in glob.glob(str(DEPS / "usr/lib/*/ossl-modules")):
        environment["OPENSSL_MODULES"] = modules
    return {**environment, **{name: str(value) for name, value in more.items()}}
