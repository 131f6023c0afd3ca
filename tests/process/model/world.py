"""A workspace that steps happen to, and the other places that they need."""

import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile

from sandbox import REG

ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
               **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}
# In memory where that is possible: what a disk survives is another test's matter, and fsync takes most of the time.
FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
USUAL_CACHE = ".reg/registry_cache.json"


class Result:
    """What came of one command."""

    def __init__(self, arguments, environment, code, output, error):
        self.arguments, self.environment, self.code = arguments, environment, code
        self.output, self.error = output.decode(errors="replace"), error.decode(errors="replace")

    def __str__(self):
        return f"{shell(self.arguments, self.environment)}: exit {self.code}\n{self.output}{self.error}"


def shell(arguments, environment=()):
    return " ".join([*(f"{name}={value}" for name, value in environment), "reg", shlex.join(arguments)])


class World:
    """`elsewhere` is where --cache puts the cache, from the workspace; None: the usual place."""

    def __init__(self, elsewhere=None):
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="reg-model-", dir=FOLDER))
        self.kept = self.base / "kept"
        self.kept.mkdir()
        self.options = ("--cache", elsewhere) if elsewhere else ()
        self.cache = elsewhere or USUAL_CACHE
        self.state, self.stamps, self.frozen = (f"{self.cache}.{ending}" for ending in ("state", "stamps", "frozen"))
        self.number, self.log, self.results = 0, ["mkdir kept w1; cd w1"], []
        self.root = self.next_root()
        self.root.mkdir()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        shutil.rmtree(self.base)

    def next_root(self):
        self.number += 1
        return self.base / f"w{self.number}"

    def did(self, line):
        self.log.append(line)

    def put(self, path, content):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_symlink():
            self.remove(path)
        file.write_text(content)
        folder = f"mkdir -p {os.path.dirname(path)}; " if "/" in path else ""
        self.did(f"{folder}cat >{path} <<'END'\n{content}{'' if content.endswith(chr(10)) else chr(10)}END")

    def remove(self, path):
        file = self.root / path
        shutil.rmtree(file) if file.is_dir() and not file.is_symlink() else file.unlink()
        self.did(f"rm -r {path}")

    def content(self, path):
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def start(self, arguments, environment=(), root=None):
        return subprocess.Popen([REG, *arguments], cwd=root or self.root, env={**ENVIRONMENT, **dict(environment)},
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, close_fds=False)

    def run(self, *commands, environment=()):
        """Starts commands at once, and waits for all of them."""
        commands = [(*command, *self.options) for command in commands]
        running = [self.start(command, environment) for command in commands]
        outputs = [process.communicate(timeout=120) for process in running]
        return [Result(command, environment, process.returncode, *output)
                for command, process, output in zip(commands, running, outputs)]

    def reg(self, *arguments):
        return self.run(arguments)[0]

    def fresh(self, sources, *options):
        """The exit code and the cache of a full run over these sources alone, in another folder."""
        root = self.base / "checkout" / "deeper"
        for path, content in sources.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        process = self.start(("auto-register", *options), root=root)
        process.communicate(timeout=120)
        cache = root / USUAL_CACHE
        content = cache.read_bytes() if cache.is_file() else None
        shutil.rmtree(root)
        return process.returncode, content
