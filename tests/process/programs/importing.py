"""Imports all modules of the projects that it is given, one after the other, and prints what was registered."""

import importlib
import json
import os
import sys
import traceback
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "stand_ins"))
sys.dont_write_bytecode = True
warnings.simplefilter("ignore")

import recorder  # noqa: E402


def place_of(error):
    """The path and line of the project's code that is nearest to the error."""
    found = [(os.path.relpath(frame.filename, recorder.root), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)
             if frame.filename.startswith(recorder.root + os.sep)]
    return found[-1] if found else None


def records_of(project):
    """What importing `modules` (in that order, from `path`) registers, or why it fails."""
    before = set(sys.modules)
    search = list(sys.path)
    recorder.root = os.path.abspath(project["root"])
    recorder.records = []
    sys.path.insert(0, project["path"])
    importlib.invalidate_caches()
    try:
        for module in project["modules"]:
            importlib.import_module(module)
        return {"records": recorder.records}
    except Exception as error:  # whatever a random program raises
        return {"error": f"{type(error).__name__}: {error}", "at": place_of(error)}
    finally:
        sys.path[:] = search
        for name in set(sys.modules) - before:
            if not name.split(".")[0] in STAND_INS:
                del sys.modules[name]


STAND_INS = {name.split(".")[0] for name in os.listdir(os.path.join(HERE, "stand_ins"))}

for line in sys.stdin:
    print(json.dumps(records_of(json.loads(line))), flush=True)
