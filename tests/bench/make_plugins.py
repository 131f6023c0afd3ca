"""Makes a workspace of plugin libraries, which differ in the name of their class and its oid alone.

    make_plugins.py COMPILER INCLUDE… -- FOLDER COUNT

One library is compiled, with the class Plugin0000 under the oid p0000 in the registry Bench; the others are copies in
which the digits are replaced. Does nothing where FOLDER is as the last run with the same source left it.
"""

import pathlib
import subprocess
import sys

SOURCE = r"""
#include <reg/plugin.hpp>

#include "worker.h"

namespace bench {

struct Plugin0000 : Worker {
  int work(int value) const override { return value + 1; }
};

}  // namespace bench

REG_SYMBOL(bench::Worker, bench::Plugin0000, .oid = "p0000", .info = {{"rank", 1}}, .select = "device == 'cpu'");
"""
SETTINGS = """
[workspace]
sources = ["plugins"]
[registries.Bench]
fields = { rank = "int" }
"""
FLAGS = ["-std=c++20", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-Wl,--build-id=none"]


def library(folder, number):
    return folder / "plugins" / f"libplugin{number:04}.so"


def main():
    split = sys.argv.index("--")
    compiler, *includes = sys.argv[1:split]
    folder, count = pathlib.Path(sys.argv[split + 1]), int(sys.argv[split + 2])
    (folder / "plugins").mkdir(parents=True, exist_ok=True)
    source = folder / "plugin.cpp"
    source.write_text(SOURCE)
    first = library(folder, 0).with_name("first")
    subprocess.run([compiler, *FLAGS, *(f"-I{path}" for path in includes), source, "-o", first], check=True)
    code = first.read_bytes()
    first.unlink()
    if library(folder, 0).exists() and library(folder, 0).read_bytes() == code and library(folder, count - 1).exists():
        return
    for number in range(count):
        digits = b"%04d" % number
        named = code.replace(b"Plugin0000", b"Plugin" + digits).replace(b"p0000", b"p" + digits)
        library(folder, number).write_bytes(named)
    (folder / "registry.toml").write_text(SETTINGS)


if __name__ == "__main__":
    main()
