"""Makes a workspace of plugin libraries: one is compiled, the others are copies of it with another name in them.

    make_plugins.py FOLDER COUNT INCLUDE [COMPILER]

The libraries are FOLDER/plugins/libplugin0000.so and so on, each with one implementation of demo::Codec, `Codec/codec`,
that applies where `number` is its own. FOLDER/codec.hpp is the interface, for hosts.
"""

import pathlib
import subprocess
import sys

INTERFACE = """#pragma once
#include <reg/plugin.hpp>

namespace demo {
struct Codec {
  using reg_interface = reg::Interface<"Codec", 1>;
  virtual ~Codec() = default;
  virtual int number() const = 0;
};
}  // namespace demo
"""
PLUGIN = """#include "codec.hpp"
#include <cstdlib>

namespace demo {
struct Plugin0000 : Codec {
  int number() const override { return std::atoi("Number0000" + 6); }
};
REG_SYMBOL(Codec, Plugin0000, .oid = "codec", .select = "number == 'Number0000'", .doc = "one of many");
}  // namespace demo
"""


def main():
    folder, count, include = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    compiler = sys.argv[4] if len(sys.argv) > 4 else "g++"
    plugins = folder / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    (folder / "registry.toml").write_text('[workspace]\nsources = ["plugins"]\n')
    (folder / "codec.hpp").write_text(INTERFACE)
    (folder / "plugin.cpp").write_text(PLUGIN)
    first = folder / "first.so"
    subprocess.run([compiler, "-std=c++20", "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-Wl,--build-id=none",
                    f"-I{include}", "plugin.cpp", "-o", first.name], cwd=folder, check=True)
    library = first.read_bytes()
    for number in range(count):
        data = library
        for name in (b"Plugin", b"Number"):
            data = data.replace(name + b"0000", name + b"%04d" % number)
        (plugins / f"libplugin{number:04}.so").write_bytes(data)
    (folder / "made").touch()


if __name__ == "__main__":
    main()
