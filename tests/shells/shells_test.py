#!/usr/bin/env python3
"""Completion as a person meets it: in a real shell on a terminal, with the installed scripts.

    shells_test.py SHELL BUILD-FOLDER     bash, zsh or fish; skipped (77) where it is not there

A partial line and a TAB are typed, and the screen is read.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from terminal import Terminal

SKIPPED = 77
PROMPT = "READY> "

WORKSPACE = """
[workspace]
sources = []
[registries.Kernel]
doc = "kernels by device"
fields = { device = "string", fast = "bool", rank = "int" }
select = 'device == self.device'
[registries.Kernel.context]
device = { type = "string", values = ["cpu", "cuda"], doc = "where it runs" }
sm     = "int"
"`bundle.name`" = { type = "string", values = ["a b"] }
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_cuda"
info = { device = "cuda" }
doc = "for cards"
[[symbols]]
registry = "nav::Planner"
oid = "a=b:c"
target = "nav::Odd"
[[symbols]]
registry = "nav::Planner"
oid = "gemm"
target = "nav::Gemm"
"""

# What is typed before the TAB, and the line after it.
COMPLETED = {
    "a command": ("reg sel", "reg select "),
    "an option": ("reg select --regi", "reg select --registry "),
    "a registry": ("reg list Ker", "reg list Kernel "),
    "a registry with colons": ("reg list nav::P", "reg list nav::Planner "),
    "a registry before its oids": ("reg show Ker", "reg show Kernel/"),
    "an oid": ("reg show Kernel/g", "reg show Kernel/gemm "),
    "an oid with an equals sign and a colon": ("reg find a=b", "reg find a=b:c "),
    "an oid after a registry with colons": ("reg get nav::Planner/a", "reg get nav::Planner/a=b:c "),
    "a fact": ("reg possible Kernel --ctx dev", "reg possible Kernel --ctx device="),
    "a value of a fact": ("reg possible Kernel --ctx device=cu", "reg possible Kernel --ctx device=cuda "),
    "a value behind an option's =": ("reg list --output=cs", "reg list --output=csv "),
    "a format": ("reg list -o cs", "reg list -o csv "),
    "the last of a list of fields": ("reg list Kernel --fields device,fa", "reg list Kernel --fields device,fast "),
    "a descending column": ("reg list Kernel --sort=-ra", "reg list Kernel --sort=-rank "),
    "the only registry of an oid": ("reg select a=b:c --registry ", "reg select a=b:c --registry nav::Planner "),
    "the only registry, behind =": ("reg select a=b:c --registry=", "reg select a=b:c --registry=nav::Planner "),
    "a target": ("reg unregister Kernel gemm lib", "reg unregister Kernel gemm libgemm.so:make_cuda "),
    "a field of a new symbol": ("reg register Kernel libx.so:x --info ra", "reg register Kernel libx.so:x --info rank="),
    "a file": ("reg auto-register man", "reg auto-register many.reg.toml "),
    "a file after an option": ("reg list --cache man", "reg list --cache many.reg.toml "),
    "a file behind an option's =": ("reg list --cache=man", "reg list --cache=many.reg.toml "),
    "a folder, and no file": ("reg list --workspace m", "reg list --workspace much/"),
    "a file of facts": ("reg select gemm --ctx @man", "reg select gemm --ctx @many.reg.toml "),
    "in quotes": ("reg possible Kernel --ctx '`bundle.name`=", "reg possible Kernel --ctx '`bundle.name`=a b' "),
    "behind quotes": ("reg list 'Kernel' --sort 'ran", "reg list 'Kernel' --sort 'rank' "),
    "another workspace": ("reg --workspace ../other list O", "reg --workspace ../other list Other "),
}
# bash closes the quote, and goes on all the same behind it.
IN_QUOTES = ("reg possible Kernel --ctx '`bun", "reg possible Kernel --ctx '`bundle.name`=")
# bash keeps assignments to itself.
BEFORE_THE_COMMAND = ("REG_WORKSPACE=../other reg list O", "REG_WORKSPACE=../other reg list Other ")

# What is typed, what is shown then, and what is not; of the shown, the descriptions that zsh and fish have.
OFFERED = {
    "commands": ("reg ", ["auto-register", "select", "completion"], ["query"], ["thaw the cache"]),
    "options": ("reg select --", ["--explain", "--or-none"], ["--fields"], ["a tie is an error"]),
    "registries": ("reg list ", ["Kernel", "nav::Planner"], ["gemm"], ["kernels by device"]),
    "registries of an oid": ("reg select gemm --registry ", ["Kernel", "nav::Planner"], [], ["kernels by device"]),
    "facts": ("reg possible Kernel --ctx ", ["device=", "sm="], ["rank"], ["string: where it runs"]),
    "values": ("reg possible Kernel --ctx device=", ["cpu", "cuda"], ["rocm"], []),
    "fields that are not there yet": ("reg list Kernel --fields device,", ["fast", "rank", "source"], ["oid"], ["bool"]),
}

START = {
    "bash": """
source /usr/share/bash-completion/bash_completion
bind 'set show-all-if-ambiguous on'
bind 'set bell-style none'
PS1='READY> '
""",
    "zsh": """
fpath=("$PREFIX_SHARE/zsh/site-functions" $fpath)
autoload -Uz compinit && compinit -u
unsetopt listambiguous beep
PS1='READY> '
RPS1=
""",
    "fish": """
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
function fish_prompt; printf 'READY> '; end
""",
}


# Where the shell does not look by itself, as the help says.
BY_HAND = {
    "bash": "source <(reg completion bash)",
    "zsh": "autoload -Uz compinit && compinit -u\nsource <(reg completion zsh)",
    "fish": "reg completion fish > ~/.config/fish/completions/reg.fish",
}


class Completion(unittest.TestCase):
    shell = ""
    build = pathlib.Path()

    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix=f"reg-{cls.shell}-")).resolve()
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        cls.share = cls.scratch / "prefix/share"
        for component in ("program", "zsh"):
            subprocess.run(["cmake", "--install", cls.build, "--component", component, "--prefix",
                            cls.scratch / "prefix"], check=True, stdout=subprocess.DEVNULL)
        cls.environment = cls.make_environment()
        cls.make_workspace("work", WORKSPACE)
        cls.make_workspace("other", '[workspace]\nsources = []\n[registries.Other]\n')
        for name in ("many.reg.toml", "much/x"):
            path = cls.scratch / "work" / name
            path.parent.mkdir(exist_ok=True)
            path.touch()

    @classmethod
    def make_environment(cls):
        home = cls.scratch / "home"
        (home / ".config/fish/completions").mkdir(parents=True)
        cls.start_file = home / {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}[cls.shell]
        cls.start_file.write_text(START[cls.shell])
        keep = {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}
        return keep | {
            "HOME": str(home), "PATH": f"{cls.build}:/usr/local/bin:/usr/bin:/bin", "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "XDG_DATA_DIRS": f"{cls.share}:/usr/local/share:/usr/share",
            "PREFIX_SHARE": str(cls.share)}

    @classmethod
    def make_workspace(cls, name, text):
        folder = cls.scratch / name
        folder.mkdir()
        (folder / "registry.toml").write_text(text)
        subprocess.run(["reg", "auto-register", "-q"], cwd=folder, env=cls.environment, check=True)

    def terminal(self):
        return Terminal([self.shell, "-i"], self.environment, self.scratch / "work")

    def press_tab_after(self, terminal, typed):
        terminal.wait_for(lambda: PROMPT.rstrip() in terminal.lines(), "the prompt")
        terminal.type(typed)
        terminal.wait_for(lambda: (PROMPT + typed).rstrip() in terminal.lines(), typed)
        terminal.type("\t")

    def check_completed(self, typed, expected):
        with self.terminal() as terminal:
            self.press_tab_after(terminal, typed)
            # What is typed after the TAB stands where the completion has put the cursor.
            terminal.type("END")
            line = PROMPT + expected + "END"
            terminal.wait_for(lambda: any(shown.startswith(line) for shown in terminal.lines()), line)

    def check_offered(self, typed, shown, hidden, described):
        expected = shown + (described if self.shell != "bash" else [])
        with self.terminal() as terminal:
            self.press_tab_after(terminal, typed)
            def offers():
                begin = next((k for k, line in enumerate(terminal.lines()) if line.startswith(PROMPT)), 0)
                return "\n".join(terminal.lines()[begin + 1:])
            terminal.wait_for(lambda: all(text in offers() for text in expected), f"{expected}")
            for text in hidden:
                self.assertNotIn(text, offers())

    def test_a_tab_completes(self):
        for name, (typed, expected) in COMPLETED.items():
            with self.subTest(name):
                self.check_completed(typed, expected)

    def test_a_workspace_may_stand_before_the_command(self):
        if self.shell != "bash":
            self.check_completed(*BEFORE_THE_COMMAND)

    def test_a_tab_completes_in_quotes(self):
        typed, expected = IN_QUOTES
        self.check_completed(typed, expected + ("'" if self.shell == "bash" else ""))

    def test_a_tab_shows_what_there_is(self):
        for name, (typed, shown, hidden, described) in OFFERED.items():
            with self.subTest(name):
                self.check_offered(typed, shown, hidden, described)

    def test_without_a_cache_a_tab_is_quiet(self):
        (self.scratch / "work/nothing").mkdir()
        (self.scratch / "work/nothing/registry.toml").touch()
        self.check_completed("reg --workspace nothing list ", "reg --workspace nothing list ")

    def test_it_can_be_loaded_by_hand(self):
        """Also before what fish has for another program of this name."""
        here = {k: v for k, v in self.environment.items() if k != "XDG_DATA_DIRS"}
        lines = START[self.shell].splitlines()
        lines = [line for line in lines if not line.startswith(("source", "fpath", "autoload"))]
        self.start_file.write_text("\n".join([*lines, BY_HAND[self.shell], ""]))
        self.environment, before = here, self.environment
        try:
            self.check_completed("reg list Kernel --sort=-ra", "reg list Kernel --sort=-rank ")
            self.check_offered(*OFFERED["commands"])
        finally:
            self.start_file.write_text(START[self.shell])
            self.environment = before
            (self.scratch / "home/.config/fish/completions/reg.fish").unlink(missing_ok=True)

    def test_the_script_that_is_printed_is_the_one_that_is_installed(self):
        printed = subprocess.run(["reg", "completion", self.shell], env=self.environment, check=True,
                                 capture_output=True).stdout
        place = {"bash": "bash-completion/completions/reg", "zsh": "zsh/site-functions/_reg",
                 "fish": "fish/vendor_completions.d/reg.fish"}[self.shell]
        self.assertEqual((self.share / place).read_bytes(), printed)


if __name__ == "__main__":
    Completion.shell, Completion.build = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if shutil.which(Completion.shell) is None:
        print(f"skipped: there is no {Completion.shell} here; `scripts/setup test` installs it")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
