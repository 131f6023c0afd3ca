"""Writes a program's source from the example in a public header's comment.

    example.py HEADER GIVEN NAME OUT

The header is included first and twice, which shows that it compiles alone; then GIVEN (if there is
such a file), whose `struct Given` has as members what the examples take for granted. Each example
becomes a block of a function, in which `assert` counts; `void example_NAME()` calls it.
"""

import pathlib
import re
import sys


def examples(header):
    comment = re.sub(r"^\s*/// ?", "", header, flags=re.MULTILINE)
    return re.findall(r"^```cpp\n(.*?)^```", comment, flags=re.MULTILINE | re.DOTALL)


def source(header, given, name):
    included = header.as_posix().rpartition("/include/")[2]
    lines = [f"#include <{included}>"] * 2
    lines.append(f'#include "{given}"' if given.exists() else "namespace {\nstruct Given {};\n}")
    lines += ["#undef NDEBUG", "#include <cassert>", "namespace {"]
    lines.append("struct Example : Given {\nvoid run() {")
    for example in examples(header.read_text(encoding="utf-8")):
        lines += ["{", example.rstrip("\n"), "}"]
    lines += ["}\n};\n}", f"void example_{name}();"]
    lines.append(f"void example_{name}() {{ Example().run(); }}")
    return "\n".join([*lines, ""])


def main():
    header, given, out = (pathlib.Path(sys.argv[i]) for i in (1, 2, 4))
    out.write_text(source(header, given, sys.argv[3]), encoding="utf-8")


if __name__ == "__main__":
    main()
