"""Writes a tree of code to be read: python FOLDER FILES | cpp FOLDER FILES.

Files are of ordinary length; every fifth registers something. The same arguments write the same bytes.
"""

import pathlib
import random
import sys

WORDS = "alpha beta gamma delta layer block scale batch kernel state value index offset buffer shape".split()


def names(rng, count):
    return [f"{rng.choice(WORDS)}_{rng.choice(WORDS)}_{rng.randrange(100)}" for _ in range(count)]


def python_function(rng, indent=""):
    name, first, second, third = names(rng, 4)
    return f'''{indent}def {name}(self, {first}, {second}=None, *, {third}=1.0):
{indent}    """Computes {name} of {first}.

{indent}    Args:
{indent}        {first} (list): what is computed from.
{indent}        {second} (str, optional): how it is named.
{indent}    """
{indent}    result = []
{indent}    for position, item in enumerate({first}):
{indent}        if {second} is not None and item.name == {second}:
{indent}            continue
{indent}        result.append(self.scale(item, position) * {third} + {rng.randrange(100)})
{indent}    return {{"{name}": result, "length": len(result)}}
'''


def python_module(rng, number):
    registers = number % 5 == 0
    lines = ["import math", "from collections import OrderedDict", ""]
    if registers:
        lines.append(f"from ...registry import {rng.choice(['MODELS', 'LOSSES'])} as REGISTRY")
    for part in range(3):
        if registers and part == 0:
            lines.append("\n\n@REGISTRY.register_module()")
        lines.append(f"class Part{number}x{part}(OrderedDict):\n    \"\"\"Part {part} of {number}.\"\"\"\n")
        lines += [python_function(rng, "    ") for _ in range(5)]
    lines += [python_function(rng) for _ in range(3)]
    return "\n".join(lines)


def write_python(folder, files):
    rng = random.Random(1)
    package = folder / "pkg"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("from .registry import LOSSES, MODELS\n")
    (package / "registry.py").write_text(
        "from mmengine.registry import Registry\n\nMODELS = Registry('model')\nLOSSES = Registry('loss')\n")
    for number in range(files):
        place = package / f"area{number // 200}" / f"group{number // 20 % 10}"
        place.mkdir(parents=True, exist_ok=True)
        for each in (place, place.parent):
            (each / "__init__.py").touch()
        (place / f"module{number}.py").write_text(python_module(rng, number))


def cpp_function(rng):
    name, first, second = names(rng, 3)
    return f'''// Computes {name} of {first}.
template <typename T>
T {name}(const std::vector<T>& {first}, std::size_t {second}) {{
  T result{{}};
  for (std::size_t i = 0; i < {first}.size(); ++i) {{
    if (i == {second}) continue;  /* not this one */
    result += {first}[i] * static_cast<T>({rng.randrange(100)});
  }}
  logger.info("{name}: {{}} of {{}}", result, {first}.size());
  return result;
}}
'''


def write_cpp(folder, files):
    rng = random.Random(2)
    for number in range(files):
        place = folder / f"area{number // 100}"
        place.mkdir(parents=True, exist_ok=True)
        text = "#include <string>\n#include <vector>\n\nnamespace parts {\n\n"
        text += "\n".join(cpp_function(rng) for _ in range(12))
        text += f"\nclass Part{number} : public Base {{}};\n\n}}  // namespace parts\n"
        if number % 5 == 0:
            text += f"\nPLUGINLIB_EXPORT_CLASS(parts::Part{number}, parts::Base)\n"
        (place / f"part{number}.cpp").write_text(text)


def main():
    language, folder, files = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
    {"python": write_python, "cpp": write_cpp}[language](folder, files)
    preset = {"python": "mmengine", "cpp": "pluginlib"}[language]
    (folder / "registry.toml").write_text(f'[workspace]\nname = "bench"\nsources = ["."]\n\n[[scan]]\npreset = "{preset}"\n')


if __name__ == "__main__":
    main()
