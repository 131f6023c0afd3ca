#!/usr/bin/env python3
"""Compares the manual pages with the help that they are made of, and has groff read them.

    man_pages.py --reg build/dev/reg --pages build/dev/app/man1
"""

import argparse
import pathlib
import re
import subprocess
import sys


def words_of(text):
    """What stands there, whatever the layout: words without brackets, quotes and colons at their ends."""
    return {word.strip("[]`,.;:()").lower() for word in text.split()} - {""}


def shown(page):
    """A page as a terminal would show it, and what groff says against it."""
    done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-P-cbou", "-rLL=400n", "-rHY=0", page],
                          capture_output=True, text=True, check=False)
    return done.stdout.replace("\N{HYPHEN}", "-"), done.stderr


def problems_of(page, helped):
    text, complaints = shown(page)
    if complaints:
        yield complaints.strip()
    headings = re.findall(r"^\S.*$", text, re.MULTILINE)[1:-1]
    for heading in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS FOR EVERY COMMAND", "EXAMPLE", "EXIT STATUS"):
        if headings.count(heading) != 1:
            yield f"{headings.count(heading)} sections {heading}"
    layout = r"Usage:.*|Example:|Exit codes besides 0:|`reg help COMMAND` tells more about one\."
    missing = words_of(re.sub(layout, "", helped)) - words_of(text)
    if missing:
        yield f"the help has, and the page has not: {sorted(missing)}"


def help_of(words, reg):
    return subprocess.run([reg, *words], capture_output=True, text=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description="Compares the manual pages with the help.")
    parser.add_argument("--reg", required=True, type=pathlib.Path, help="the program to test")
    parser.add_argument("--pages", required=True, type=pathlib.Path, help="the folder with its manual")
    arguments = parser.parse_args()
    general = help_of(["--help"], arguments.reg)
    listed = re.findall(r"^  ([a-z][a-z-]*) {2,}", general, re.MULTILINE)
    # A list of commands names the pages of these.
    helps = {"reg.1": re.sub(r"^  ([a-z][a-z-]*) {2,}", r"  reg-\1(1) ", general, flags=re.MULTILINE)}
    helps |= {f"reg-{name}.1": help_of(["help", name], arguments.reg) for name in listed}
    there = {page.name for page in arguments.pages.iterdir()}
    problems = [f"{name}: a page without a command, or the other way round" for name in there ^ helps.keys()]
    for name in sorted(there & helps.keys()):
        problems += [f"{name}: {problem}" for problem in problems_of(arguments.pages / name, helps[name])]
    print("\n".join(problems) or f"{len(there)} pages")
    return 1 if problems or len(there) < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
