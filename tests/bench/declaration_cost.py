"""What REG_SYMBOL costs a compiler, in milliseconds of its processor time.

    declaration_cost.py INCLUDE_FOLDER [RUNS]

For each compiler and level of optimisation that is there: a source with 20 classes and the standard
headers that declarations need, the same with reg/plugin.hpp, with one declaration, and with twenty.
The smallest of RUNS (7) is taken. Fails where a declaration costs more than 30 ms.
"""

import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

LIMIT = 30
STANDARD = ["array", "cstddef", "cstdint", "initializer_list", "string_view", "type_traits", "utility"]
DECLARATION = """REG_SYMBOL(Codec, Codec{0}, .oid = "image",
           .info = {{{{"ext", "png"}}, {{"rank", {0}}}, {{"quality", 0.75}},
                    {{"limits", reg::Object{{{{"width", 4096}}, {{"height", 4096}}}}}}}},
           .select = "ext == self.ext & (device in ['cuda', 'rocm'] | sm >= 80) & yes(2)",
           .doc = "An implementation");
"""


def source(included, declarations):
    lines = [f"#include <{header}>" for header in STANDARD]
    lines += ["#include <reg/plugin.hpp>"] if included else []
    lines += ["struct Codec {", "virtual ~Codec() = default;", "virtual int level() const = 0;"]
    lines += ['using reg_interface = reg::Interface<"Codec", 2>;'] if included else []
    lines += ["};"]
    lines += [f"struct Codec{i} : Codec {{ int level() const override {{ return {i}; }} }};" for i in range(20)]
    return "\n".join([*lines, *(DECLARATION.format(i) for i in range(declarations)), ""])


def processor_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main():
    include, runs = sys.argv[1], int((sys.argv[2:] or ["7"])[0])
    most = 0
    print(f"{'':14}{'empty':>8}{'header':>8}{'1 use':>8}{'20 uses':>9}{'each':>8}{'header / empty':>16}")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "plugin.cpp"
        for compiler in filter(shutil.which, ("g++", "clang++")):
            for level in ("-O0", "-O2"):
                command = [compiler, "-std=c++20", level, "-fPIC", f"-I{include}", "-c", file, "-o", "/dev/null"]
                times = []
                for included, declarations in ((False, 0), (True, 0), (True, 1), (True, 20)):
                    file.write_text(source(included, declarations), encoding="utf-8")
                    times.append(min(processor_time(command) for _ in range(runs)))
                each = (times[3] - times[1]) / 20
                most = max(most, each)
                shown = "".join(f"{time:8.0f}" for time in times)
                print(f"{compiler + ' ' + level:14}{shown}{each:9.1f}{times[1] / times[0]:16.2f}")
    print(f"A declaration costs at most {most:.1f} ms (goal: at most {LIMIT})")
    return 1 if most > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
