"""A declaration and its row survive optimisation, garbage collection of sections, LTO, strip and
archives, in shared objects and executables; nothing but the table is exported.

    survives.py INCLUDE_FOLDER PRINT_TABLE
"""

import json
import shutil
import subprocess

from toolchain import COMPILERS, HERE, WARNINGS, Elf, compile_command, main, run

ROWS = sorted([
    "demo::Png Codec image demo::Codec/2 40",
    "demo::Png Other Png demo::Codec/2 40",
    "demo::Gemm<unsigned_long,3> Codec Gemm<unsigned_long,3> demo::Codec/2 43",
    "demo::Factory Codec Factory demo::Codec/2 40",
    "make_png - - demo::Codec/2 40",
    "Png Codec twice demo::Codec/2 80",
])
COLLECT = ["-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"]
# Each way has the options of both steps, those of linking, and what is done to the result.
WAYS = {
    "plain": (["-O0", "-g"], [], []),
    "O1": (["-O1"], [], []),
    "collected": (["-O2", *COLLECT[:2], "-fvisibility=hidden"], [COLLECT[2]], []),
    "O3, stripped": (["-O3", *COLLECT[:2]], [COLLECT[2]], ["strip"]),
    "LTO": (["-O2", "-flto", "-fvisibility=hidden"], ["-Wl,--gc-sections"], ["strip"]),
    "sanitized": (["-O1", "-fsanitize=undefined"], [], []),
    "no exceptions, no RTTI": (["-O2", "-fno-exceptions", "-fno-rtti"], [], []),
}


# Where clang exports the types of functions, for its own checks.
ONLY_GCC = ["sanitized"]


def rows_of(library, program):
    """Without the lines, and the sizes of what was declared."""
    lines = [line.split() for line in run([program, library]).splitlines()]
    for line in lines:
        assert int(line[3]) > 0 and (int(line[5]) == 0) == (line[1] == "-"), line
    return sorted(" ".join([*line[:3], line[4], line[6]]) for line in lines)


def check_entries(path):
    entries = [json.loads(text) for text in Elf(path).entries()]
    assert len(entries) == 5, entries
    (image,) = [entry for entry in entries if entry["oid"] == "image"]
    assert image["info"] == {"ext": "png", "quality": 0.1}, image
    assert image["select"] == "ext == self.ext" and image["doc"] == 'A "codec", ä', image
    assert image["declared"]["path"].endswith("codecs.cpp"), image
    (gemm,) = [entry for entry in entries if "Gemm" in entry["target"]]
    assert gemm["info"] == {"limits": {"width": 4096}}, gemm


def check_exports(path):
    for name, binding, _ in Elf(path).exported():
        assert binding != 10, f"{path}: {name} would keep the library from being unloaded"
        ours = "reg" in name and "demo" not in name
        allowed = name == "reg_plugin_table_1" or name.startswith(("__start_", "__stop_"))
        assert not ours or allowed, f"{path}: exports {name}"


def objects(compiler, include, folder, options):
    made = []
    for name in ("codecs", "more"):
        made.append(folder / f"{name}.o")
        run([*compile_command(compiler, include, *options), "-fPIC", *WARNINGS, "-c",
             HERE / f"{name}.cpp", "-o", made[-1]])
    return made


def linkers(compiler):
    yield []
    if shutil.which("ld.lld") and compiler == "clang++":
        yield ["-fuse-ld=lld"]


def shared_objects(include, program, folder):
    for compiler in COMPILERS:
        for way, (options, linking, then) in WAYS.items():
            if way in ONLY_GCC and compiler != "g++":
                continue
            made = objects(compiler, include, folder, options)
            for linker in linkers(compiler):
                library = folder / "libcodecs.so"
                run([compiler, *options, *linking, *linker, "-shared", *made, "-o", library])
                for tool in then:
                    run([tool, library])
                try:
                    check_entries(library)
                    check_exports(library)
                    assert rows_of(library, program) == ROWS, rows_of(library, program)
                except AssertionError as error:
                    raise AssertionError(f"{compiler}, {way} {linker}: {error}") from error


def archives_whole_and_executables(include, program, folder):
    main_source = folder / "main.cpp"
    main_source.write_text(
        '#include <reg/plugin/abi.hpp>\n'
        "int main() { auto t = reg::plugin::own_table(); return static_cast<int>(t.end - t.begin); }\n"
    )
    for compiler in COMPILERS:
        made = objects(compiler, include, folder, ["-O2", *COLLECT[:2]])
        archive = folder / "libcodecs.a"
        archive.unlink(missing_ok=True)
        run(["ar", "rcs", archive, *made])
        whole = ["-Wl,--whole-archive", archive, "-Wl,--no-whole-archive", COLLECT[2]]
        library, host = folder / "libwhole.so", folder / "host"
        run([compiler, "-shared", *whole, "-o", library])
        check_entries(library)
        assert rows_of(library, program) == ROWS
        run([*compile_command(compiler, include, "-O2"), main_source, *whole, "-o", host])
        run(["strip", host])
        check_entries(host)
        done = subprocess.run([host], check=False)
        assert done.returncode == len(ROWS), done.returncode
        # Without a declaration there is no section, and the table is empty.
        run([*compile_command(compiler, include, "-O2"), main_source, "-o", host])
        assert subprocess.run([host], check=False).returncode == 0


if __name__ == "__main__":
    main([shared_objects, archives_whole_and_executables])
