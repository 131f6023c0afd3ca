"""Makes a workspace of plugin libraries, which differ in the name of their class alone.

    make_plugins.py COMPILER INCLUDE… -- FOLDER COUNT

One library is compiled, with the class Plugin0000; the others are copies in which the digits are replaced. The class
PluginNNNN is declared in the registry Bench under the oid pNNNN, in its library as in bench.reg.toml, for those who
read only one of them. Does nothing where FOLDER is as the last run with the same source left it.
"""

import pathlib
import subprocess
import sys

SOURCE = r"""
#include <reg/plugin.hpp>

namespace bench {

struct Worker {
  using reg_interface = reg::Interface<"Bench", 1>;
  virtual ~Worker() = default;
  virtual int work(int value) const = 0;
};
struct Plugin0000 : Worker {
  int work(int value) const override { return value + 1; }
};

}  // namespace bench

REG_SYMBOL(bench::Worker, bench::Plugin0000, .oid = "p0000", .info = {{"rank", 1}}, .select = "device == 'cpu'");
"""


def library(number):
    return f"libplugin{number:04}.so"


def manifest(count):
    yield '[registries.Bench]\nfields = { rank = "int" }\n'
    for number in range(count):
        yield (
            f"[[symbols]]\nregistry = 'Bench'\noid = 'p{number:04}'\n"
            f"target = '{library(number)}:bench::Plugin{number:04}'\ninfo = {{ rank = 1 }}\nselect = \"device == 'cpu'\"\n"
        )


def settings(sources):
    return f"[workspace]\nsources = {sources}\n"


def main():
    split = sys.argv.index("--")
    compiler, *includes = sys.argv[1:split]
    folder, count = pathlib.Path(sys.argv[split + 1]), int(sys.argv[split + 2])
    made = folder / "made.cpp"
    if made.exists() and made.read_text() == SOURCE + f"// {count}\n":
        return
    (folder / "plugins").mkdir(parents=True, exist_ok=True)
    (folder / "plugin.cpp").write_text(SOURCE)
    first = folder / "plugins" / library(0)
    flags = ["-std=c++20", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", *(f"-I{path}" for path in includes)]
    subprocess.run([compiler, *flags, folder / "plugin.cpp", "-o", first], check=True)
    code = first.read_bytes()
    for number in range(1, count):
        digits = f"{number:04}".encode()
        named = code.replace(b"Plugin0000", b"Plugin" + digits).replace(b"p0000", b"p" + digits)
        (folder / "plugins" / library(number)).write_bytes(named)
    (folder / "plugins" / "bench.reg.toml").write_text("\n".join(manifest(count)))
    (folder / "registry.toml").write_text(settings("['plugins/bench.reg.toml']"))
    made.write_text(SOURCE + f"// {count}\n")


if __name__ == "__main__":
    main()
