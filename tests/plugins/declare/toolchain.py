"""Compilers and object files, for the tests beside this file."""

import pathlib
import shutil
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
COMPILERS = [name for name in ("g++", "clang++") if shutil.which(name)]
WARNINGS = [
    "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wsign-conversion",
    "-Wmissing-declarations", "-Wnon-virtual-dtor", "-Wold-style-cast", "-Wredundant-decls",
    "-Wunused", "-Werror",
]


def run(command, **options):
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def compile_command(compiler, include, *options):
    return [compiler, "-std=c++20", f"-I{include}", f"-I{HERE}", *options]


class Elf:
    """The sections of a 64-bit little-endian ELF file, and its dynamic symbols."""

    def __init__(self, path):
        self.bytes = pathlib.Path(path).read_bytes()
        assert self.bytes[:6] == b"\x7fELF\x02\x01", path
        (offset,) = struct.unpack_from("<Q", self.bytes, 0x28)
        size, count, names = struct.unpack_from("<HHH", self.bytes, 0x3A)
        headers = [struct.unpack_from("<IIQQQQIIQQ", self.bytes, offset + i * size) for i in range(count)]
        strings = headers[names]
        self.sections = {
            self.text(strings[4] + header[0]): self.bytes[header[4] : header[4] + header[5]]
            for header in headers
        }

    def text(self, at):
        return self.bytes[at : self.bytes.index(b"\0", at)].decode()

    def entries(self):
        """The JSON texts of the section."""
        found = self.sections.get("reg_manifest", b"").replace(b"\0", b"").split(b"\x1eREG1 ")
        assert found[0] == b"" and all(entry.endswith(b"\n") for entry in found[1:]), found
        return [entry.decode() for entry in found[1:]]

    def exported(self):
        """Name, binding and visibility of the symbols that others can see; 10 is GNU_UNIQUE."""
        symbols, strings = self.sections[".dynsym"], self.sections[".dynstr"]
        for at in range(24, len(symbols), 24):
            name, info, other, section, _, _ = struct.unpack_from("<IBBHQQ", symbols, at)
            if section != 0:
                yield strings[name : strings.index(b"\0", name)].decode(), info >> 4, other & 3


def main(tests):
    """Runs the functions that are given include folder, printing program and a scratch folder."""
    import tempfile

    include, program = sys.argv[1:3]
    assert COMPILERS, "no compiler"
    with tempfile.TemporaryDirectory() as folder:
        for test in tests:
            test(pathlib.Path(include), pathlib.Path(program), pathlib.Path(folder))
            print(f"{test.__name__}: ok")
