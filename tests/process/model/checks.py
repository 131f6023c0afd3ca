"""What must hold after every step."""

import collections
import json
import os
import re

from .commands import (BY_HAND, EXIT_CODES, REFUSING_WHEN_FROZEN, WRITERS, define_options, defines_of, is_full_run, is_partial_run,
                       is_refreshing, is_rehearsal, is_under, manual_with, registered, targets_of, values_of)
from .declarations import oid_of, registries_of
from .foretelling import Files, Foretelling, Knowledge
from .pins import can_be_carried_out, pin_problem
from .selection import CONTEXTS, applicable, question
from .sources import CONFIG, MANUAL, UNREADABLE, ordered, parsed
from .views import (View, cached_fields, cached_pins, cached_registries, cached_selects, cached_symbols, differences,
                    expected_fields, expected_pins, expected_selects, expected_symbols, facts_problem, settled, targets_in)

CHANGED = re.compile(r"warning(?:: |\":\{\"message\":\")\d+ sources? changed since the cache was written: ")
NAMES_SOMETHING = re.compile(r"^(?:reg|\S+): error: \S", re.MULTILINE)
PLACE = re.compile(r"^(\S+):(\d+):\d+: error: \S", re.MULTILINE)
QUERIES = [("list", "-o", "json"), ("list", "Alpha"), ("find", "o1"), ("select", "o2", "--registry", "Alpha", "--ctx", "a=1"),
           ("list", "--all", "-o", "json"), ("show", "Beta/o1"), ("possible", "Gamma", "--ctx", "device=cuda")]


class Broken(Exception):
    """An invariant that does not hold."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind


def demand(holds, kind, *what):
    if not holds:
        raise Broken(kind, "\n".join(map(str, what)))


class Checker:
    def __init__(self, world):
        self.world = world
        self.knowledge = Knowledge()
        self.checkouts = {}  # what a full run over a fresh checkout came to
        self.count = collections.Counter()
        self.now = Files(world)

    def take(self, step):
        self.world.results = []
        step.apply(self.world)
        before, self.now = self.now, Files(self.world)
        for result in self.world.results:
            self.check_result(result, before)
        if self.world.results:
            self.check_commands(before)
        if self.now.sources is not None:
            self.check_state()
        self.count["steps"] += 1
        self.count["commands"] += len(self.world.results)

    # every command

    def check_result(self, result, before):
        demand(result.code >= 0 and "internal" not in result.error, "crash", result)
        demand(result.code in self.exit_codes(result, before), "exit code", result)
        demand(result.code in (0, 1) or NAMES_SOMETHING.search(result.error), "an error that names nothing", result)

    def exit_codes(self, result, before):
        command = result.arguments[0]
        codes = EXIT_CODES[command] | ({1} if "--check" in result.arguments else set())
        if before.frozen and command in REFUSING_WHEN_FROZEN and not is_rehearsal(result.arguments):
            must_refuse = command in WRITERS and len(self.world.results) == 1
            codes = {5} if must_refuse else codes | {5}
        unreadable = before.unreadable or any((self.world.root / path).is_symlink() for path in targets_of(result.arguments))
        if None in (before.sources, self.now.sources) or unreadable or self.knowledge.state(before) != "well":
            codes = codes | {2, 5}
        return codes | {2, 5} if "--fresh" in result.arguments else codes

    def check_commands(self, before):
        results = self.world.results
        if None in (before.sources, self.now.sources):
            return self.check_without_sources(before)
        wrote = [result for result in results if self.may_have_written(result, before)]
        for result in results:
            if result not in wrote:
                self.check_idle(result, before)
        if not wrote:
            return self.check_untouched(before)
        self.learn(Foretelling(self.knowledge, before, self.now).after(wrote))
        if len(results) == 1:
            self.check_written(before, results[0])

    def check_without_sources(self, before):
        """Where registry.toml cannot be understood, nothing is written, except what keep-going makes of it."""
        if self.now.pair != before.pair and self.now.cache is not None:
            demand(any("--keep-going" in result.arguments for result in self.world.results), "written without sources",
                   *self.world.results)
            self.adopt(None)

    def may_have_written(self, result, before):
        if is_refreshing(result):
            return self.now.pair != before.pair
        if result.arguments[0] not in WRITERS or is_rehearsal(result.arguments):
            return False
        failing = (2, 5) if self.now.unreadable else (2,)
        went_on = "--keep-going" in result.arguments and result.code in failing and self.now.pair != before.pair
        return result.code == 0 or went_on

    def check_untouched(self, before):
        cleared = self.world.results[0].arguments[:2] == ("cache", "clear")
        demand(self.now.cache == before.cache or cleared, "a command that fails or only looks writes the cache",
               *self.world.results)
        demand(self.now.manual == before.manual, "a command that fails or only looks writes manual.reg.json",
               *self.world.results)

    def learn(self, views):
        """Keeps of the views those that the cache shows."""
        if views is None:
            return self.adopt(None)
        symbols, fields = cached_symbols(self.now.cache), cached_fields(self.now.cache)
        demand(views, "a run succeeds though something is wrong in its targets", *self.world.results)
        shown = [view for view in views if not settled(view).fails and expected_symbols(view) == symbols]
        demand(shown, "other symbols than foretold", differences(expected_symbols(views[0]), symbols),
               f"wrong: {settled(views[0]).problems}", f"left out: {views[0].left_out}")
        wrong = [differences(expected_fields(view), {name: fields.get(name) for name in expected_fields(view)}) for view in shown]
        demand("" in wrong, "other fields than foretold", *wrong)
        shown = [view for view, difference in zip(shown, wrong) if not difference]
        selects = [view for view in shown if settled(view).declared.wrong_selects
                   or expected_selects(view) == cached_selects(self.now.cache)]
        demand(selects, "other selects of registries than foretold", expected_selects(shown[0]), cached_selects(self.now.cache))
        shown = [view for view in selects if expected_pins(view, self.now.cache) == cached_pins(self.now.cache)]
        demand(shown, "other pins than foretold", expected_pins(selects[0], self.now.cache), cached_pins(self.now.cache))
        facts = [facts_problem(view, self.now.cache) for view in shown]
        demand(None in facts, "other facts than foretold", *facts)
        self.count["foretold"] += 1
        return self.adopt(shown)

    def adopt(self, views):
        if self.now.cache is not None and self.knowledge.state(self.now) == "broken":
            verified = self.world.reg("cache", "verify")
            demand(verified.code == 0, "verify", verified)
        self.knowledge.learn(self.now, views)

    # one command

    def check_written(self, before, result):
        if is_full_run(result.arguments):
            self.check_full_run(result, defines_of(result.arguments))
        elif is_refreshing(result):
            self.check_full_run(result, self.knowledge.defines(before))
        elif result.arguments[0] in BY_HAND:
            self.check_by_hand(before, result)

    def check_full_run(self, result, defines):
        if self.now.unreadable:
            return demand(result.code != 0, "full run over an unreadable source", result)
        view = View(ordered(self.now.sources), defines)
        ambiguous = result.arguments[0] == "select" and result.code == 2  # an oid of several registries
        demand(settled(view).is_foretold(result.code) or ambiguous, "a full run fails or succeeds otherwise than foretold",
               f"wrong: {settled(view).problems}", result)
        self.check_places(settled(view), result)
        options = ["--keep-going"] if "--keep-going" in result.arguments else []
        code, cache = self.fresh_checkout(view, options)
        demand(code == result.code or is_refreshing(result), "a fresh checkout ends otherwise", code, result)
        demand(cache == self.now.cache, "other bytes than a fresh checkout's",
               f"fresh:\n{(cache or b'none').decode()}\nhere:\n{self.now.cache.decode()}")
        self.count["full runs"] += 1

    def check_places(self, found, result):
        """All that is wrong in the sources by itself is reported, and where: in one run."""
        places = {match.group(1): int(match.group(2)) for match in PLACE.finditer(result.error)}
        wrong = {problem.place[0] for problem in found.declared.wrong_by_itself}
        demand(wrong <= places.keys(), "an error is not reported", wrong - places.keys(), result)
        for path, line in places.items():
            content = self.now.sources.get(path, b"")
            demand(content == UNREADABLE or line <= content.count(b"\n") + 1, "an error at no line of its source", path, result)

    def fresh_checkout(self, view, options):
        key = view, *options
        if key not in self.checkouts:
            self.checkouts[key] = self.world.fresh(dict(view.sources), *options, *define_options(view.defines))
        return self.checkouts[key]

    def check_idle(self, result, before):
        """A command that wrote nothing had a reason for it."""
        if is_refreshing(result) and len(self.world.results) == 1 and not self.now.unreadable:
            check = self.check_fresh_answer if "--fresh" in result.arguments else self.check_refreshed_answer
            check(result, before)
        without_cache = result.code == 1 and self.knowledge.state(before) != "well"
        if is_full_run(result.arguments) and not without_cache and result.code != 5 and not self.now.unreadable:
            defines = defines_of(result.arguments)
            if "--check" in result.arguments and not defines:
                defines = self.knowledge.defines(before)
            view = View(ordered(self.now.sources), defines)
            demand(settled(view).is_foretold(result.code) or len(self.world.results) > 1,
                   "a full run fails or succeeds otherwise than foretold", f"wrong: {settled(view).problems}", result)
            if len(self.world.results) == 1:
                self.check_places(settled(view), result)
        elif is_partial_run(result.arguments) and result.code == 2 and len(self.world.results) == 1:
            self.check_partial_refusal(result, before)
        elif result.arguments[0] in ("pin", "unpin") and result.code == 3 and len(self.world.results) == 1:
            demand(not can_be_carried_out(result.arguments, before), "refused without need", result)
        elif result.arguments[0] in ("register", "merge") and result.code == 2 and len(self.world.results) == 1:
            self.check_refusal(result, before)

    def check_fresh_answer(self, result, before):
        """It fails where a full run would, and else answers from what the sources say."""
        if result.arguments[0] == "select" and result.code == 2:
            return  # an oid of several registries
        view = View(ordered(self.now.sources), self.knowledge.defines(before))
        demand(result.code == 5 or settled(view).is_foretold(result.code), "--fresh fails or succeeds otherwise than a full run",
               f"wrong: {settled(view).problems}", result)
        if result.code not in (2, 5):
            demand(expected_symbols(view) == cached_symbols(self.now.cache), "--fresh answers from what is stale", result)

    def check_refreshed_answer(self, result, before):
        """Under REG_REFRESH=auto a query answers from what the sources say, where nothing stands against it."""
        view = View(ordered(self.now.sources), self.knowledge.defines(before))
        changed = self.knowledge.changed(before)
        if self.knowledge.state(before) != "well" or settled(view).doubtful:
            return
        if not before.frozen and not settled(view).fails:
            demand(expected_symbols(view) == cached_symbols(self.now.cache), "REG_REFRESH=auto answers from what is stale", result)
        elif changed:
            demand(bool(CHANGED.search(result.error)) in changed, "REG_REFRESH=auto warns otherwise than foretold", changed, result)
        self.count["refreshed answers"] += 1

    def check_warning(self, done):
        """A query warns if sources have another content than those that the cache was written from, and only then."""
        changed = self.knowledge.changed(self.now)
        if changed is None or len(changed) > 1:
            return
        demand(bool(CHANGED.search(done.error)) in (changed or {False}), "a query warns otherwise than foretold", changed, done)
        self.count["warnings" if changed == {True} else "no warnings"] += 1

    def check_partial_refusal(self, result, before):
        """Something is wrong in what it read, or a target is no source."""
        views = Foretelling(self.knowledge, before, self.now).partially(result)
        paths = {*self.now.sources, *(path for view in views or () for path in dict(view.sources))}
        if not all(any(is_under(path, [target]) for path in paths) for target in targets_of(result.arguments)):
            return
        demand(views is None or any(settled(view).fails or settled(view).doubtful for view in views), "refused without need", result)

    def check_refusal(self, result, before):
        """It would have been wrong as an entry at the end of manual.reg.json, or not have had its effect."""
        views, document = self.knowledge.views(before), parsed(MANUAL, before.manual or b"{}")
        if not views or not self.knowledge.is_named(before) or not isinstance(document, dict):
            return
        last = dict(views[0].sources)
        if before.manual != last.get(MANUAL) or before.sources.get(CONFIG) != last.get(CONFIG):
            return  # what was edited meanwhile may be the reason
        if any(MANUAL in view.failed for view in views):
            return  # what was wrong in it already is
        content = json.dumps(manual_with(document, result.arguments)).encode()
        for view in views:
            after = view.with_manual(content)
            if settled(after).fails or settled(after).doubtful:
                return
            if result.arguments[0] == "register" and not is_there(registered(result.arguments), expected_symbols(after)):
                return
        raise Broken("refused without need", str(result))

    def check_by_hand(self, before, result):
        command, registry, *words = result.arguments
        if command in ("pin", "unpin"):
            wrong = pin_problem(result.arguments, before, self.now, self.knowledge.state(before) == "well")
            demand(wrong is None, wrong, result)
            return self.check_kept_entries(before, registry.split("/")[0])
        symbols = cached_symbols(self.now.cache)
        if command == "register":
            demand(is_there(registered(result.arguments), symbols), "what was registered is not there", result)
        elif command == "unregister":
            demand(words[1] not in targets_in(symbols, registry, words[0]), "what was unregistered is there", result)
        self.check_kept_entries(before, registry)

    def check_kept_entries(self, before, registry):
        """What manual.reg.json says of other registries stays in it."""
        old, new = (parsed(MANUAL, content or b"{}") or {} for content in (before.manual, self.now.manual))
        for table in ("symbols", "merge", "unregister", "pins"):
            for entry in old.get(table, []):
                names = registries_of(entry) if "registry" in entry else [entry["into"]]
                demand(entry in new.get(table, []) or registry in names, "lost from manual.reg.json", entry)

    # after every step

    def check_state(self):
        state = self.knowledge.state(self.now)
        self.check_leftovers()
        if state == "broken":
            verified = self.world.reg("cache", "verify")
            demand(verified.code == 5, "verify finds no damage", verified)
            listed = self.world.reg("list", "--all")
            return demand(listed.code in (0, 1, 5), "a query of a damaged cache", listed)
        self.check_status(state)
        if state == "well":
            self.check_query()

    def check_leftovers(self):
        folder = (self.world.root / self.world.cache).parent
        left = [name for name in os.listdir(folder) if name.endswith(".tmp")] if folder.is_dir() else []
        demand(not left, "a temporary file is left", left)

    def check_status(self, state):
        """`status` and `--check` say what is known, and agree."""
        done = self.world.reg("status", "-o", "json")
        if UNREADABLE in (self.now.sources.get(MANUAL), self.now.sources.get(CONFIG)):
            return demand(done.code in (0, 5), "status", done)
        demand(done.code == 0, "status", done)
        status = json.loads(done.output)
        demand(status["cache"]["state"] in (state, "frozen"), "the cache's state", state, done)
        for pin in status["pins"]:
            there = pin["target"] in targets_in(cached_symbols(self.now.cache), pin["registry"], pin["oid"])
            demand(pin["registered"] == there, "what is said of a pin", done)
        fresh = status["cache"]["state"] == "well" and all(source["state"] == "fresh" for source in status["sources"])
        defines = tuple((name, json.dumps(value)) for name, value in status["cache"]["define"].items())
        checked = self.world.reg("auto-register", "--check", *define_options(defines))
        demand(self.now.frozen or fresh == (checked.code == 0), "status and --check differ", done, checked)
        if self.knowledge.is_named(self.now):
            self.check_sources(status["sources"], self.knowledge.views(self.now) or [], done)

    def check_sources(self, found, views, done):
        states = {source["source"]: source["state"] for source in found}
        expected = [self.expected_states(view) for view in views]
        agreeing = [states.keys() == one.keys() and all(states[path] in one[path] for path in states) for one in expected]
        demand(any(agreeing) or not views, "other states of sources", *expected, done)

    def expected_states(self, view):
        read = dict(view.sources)
        return {path: self.expected_state(view, path, read.get(path), self.now.sources.get(path))
                for path in {*read, *self.now.sources}}

    def expected_state(self, view, path, read, there):
        if there is None:
            return {"gone"}
        if read != there:
            return {"new", "failed"} if read is None else {"changed", "failed"}
        if path in view.failed:
            return {"failed"}
        # What uses a wrong definition is left out, and not wrong itself.
        return {"fresh", "failed"} if path in {place[0] for place in view.left_out} else {"fresh"}

    def check_query(self):
        self.check_selection()
        query = pick(QUERIES, len(self.world.log))
        done = self.world.reg(*query)
        codes = {0, 1, 2, 3} if self.gives_undeclared(query) else {0, 1, 3}
        demand(done.code in codes, "a query of a well cache", done)
        self.check_warning(done)
        if query == ("list", "--all", "-o", "json"):
            listed = [(symbol["registry"], symbol["oid"], symbol["target"]) for symbol in json.loads(done.output)]
            held = [(line["registry"], line["oid"], line["target"]) for line in json.loads(self.now.cache)["symbols"]]
            demand(listed == held, "list shows another cache", listed, held)

    def gives_undeclared(self, query):
        """Whether it gives a fact that its registry does not have in its context, which may come from merges alone."""
        name = (values_of(query, "--registry") or query[1:2] or ("",))[0]
        context = cached_registries(self.now.cache).get(name, {}).get("context", ())
        known = {fact for fact, *_ in context}
        return bool(known) and any(given.split("=")[0] not in known for given in values_of(query, "--ctx"))

    def check_selection(self):
        views = self.knowledge.views(self.now) if self.knowledge.is_named(self.now) else None
        oids = sorted(expected_symbols(views[0])) if views else []
        if not oids:
            return
        (registry, oid), context = pick(oids, self.count["steps"]), pick(CONTEXTS, self.count["commands"])
        context, query = question(views[0], registry, oid, context)
        done = self.world.reg(*query)
        expected = [applicable(view, registry, oid, context) for view in views]
        found = [(symbol["target"], symbol["score"]) for symbol in json.loads(done.output)] if done.code == 0 else []
        demand(found in expected and done.code == (0 if found else 1), "another selection than foretold", *expected, done)
        self.count["selections"] += 1


def pick(choices, number):
    return choices[number % len(choices)]


def is_there(entry, symbols):
    return entry["target"] in targets_in(symbols, entry["registry"], oid_of(entry))
