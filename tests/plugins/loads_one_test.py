"""A host loads the library of the implementation that it selects, and no other: the dynamic linker's own account."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["REG_PROGRAM"]
HOST = os.environ["REG_CODEC_HOST"]
PLUGINS = pathlib.Path(os.environ["REG_PLUGINS"])

LIBRARIES = ["png", "any", "twin_one"]


class LoadsOne(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="reg-plugins-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        (self.folder / "registry.toml").write_text("[workspace]\nsources = ['.']\n")
        for library in LIBRARIES:
            shutil.copy(PLUGINS / "good" / f"lib{library}.so", self.folder)
        subprocess.run([PROGRAM, "-q", "auto-register", "--workspace", self.folder], check=True)

    def loaded_for(self, oid, ext):
        trace = self.folder / "trace"
        environment = {**os.environ, "LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(trace)}
        host = subprocess.run([HOST, self.folder, oid, ext], env=environment, capture_output=True, text=True)
        self.assertEqual(host.returncode, 0, host.stderr)
        lines = "".join(path.read_text() for path in self.folder.glob("trace.*")).splitlines()
        begun = {line.split("calling init: ")[1] for line in lines if "calling init: " in line}
        return host.stdout.strip(), {path for path in begun if path.startswith(str(self.folder))}

    def test_exactly_the_library_of_the_best_implementation_is_loaded(self):
        for oid, ext, library in [("image", "png", "png"), ("image", "gif", "any"), ("twin", "", "twin_one")]:
            with self.subTest(oid=oid, ext=ext):
                self.assertEqual(self.loaded_for(oid, ext), (library, {f"{self.folder}/lib{library}.so"}))
                for trace in self.folder.glob("trace.*"):
                    trace.unlink()


if __name__ == "__main__":
    unittest.main()
