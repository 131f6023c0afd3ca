"""Writes small ELF files: the headers, a section reg_manifest, and the dynamic symbols of functions.

    elf_writer.py FILE [--bits 32|64] [--order little|big] [--functions a,b] [--cut BYTES] [JSON…]

Each JSON is a declaration as REG_SYMBOL writes it; with @TEXT, TEXT goes into the section as it is.
"""

import argparse
import json
import pathlib
import struct

STT_FUNC, STB_GLOBAL, SHT_PROGBITS, SHT_STRTAB, SHT_DYNSYM, ET_DYN = 2, 1, 1, 3, 11, 3


def declaration(registry, name, line=1, path="plugin.cpp", **more):
    """An entry's members, in the order that REG_SYMBOL has."""
    return {"registry": registry, "target": name, **more, "declared": {"path": path, "line": line},
            "interface": {"type": "demo::Interface", "version": 1, "size": 8, "abi": "itanium"}}


def entry(members):
    text = members if isinstance(members, str) else json.dumps(members, separators=(",", ":"))
    return f"\x1eREG1 {text}\n".encode()


def section_of(entries):
    return b"\0\0\0".join(each if isinstance(each, bytes) else entry(each) for each in entries)


def names_table(names):
    table, offsets = b"\0", {}
    for name in names:
        offsets[name] = len(table)
        table += name.encode() + b"\0"
    return table, offsets


def elf(entries=None, functions=(), bits=64, order="little", machine=62, padding=0):
    """The file's bytes; without entries, it has no section reg_manifest."""
    end = "<" if order == "little" else ">"
    wide = bits == 64
    strings, at = names_table(functions)
    symbols = bytes(24 if wide else 16)
    for name in functions:
        info = STB_GLOBAL << 4 | STT_FUNC
        symbols += (struct.pack(end + "IBBHQQ", at[name], info, 0, 1, 0x1000, 1) if wide
                    else struct.pack(end + "IIIBBH", at[name], 0x1000, 1, info, 0, 1))
    sections = [(".dynsym", SHT_DYNSYM, symbols, 2, 24 if wide else 16), (".dynstr", SHT_STRTAB, strings, 0, 0)]
    if entries is not None:
        sections.append(("reg_manifest", SHT_PROGBITS, section_of(entries), 0, 0))
    names, name_at = names_table([section[0] for section in sections] + [".shstrtab"])
    sections.append((".shstrtab", SHT_STRTAB, names, 0, 0))
    header_size, entry_size = (64, 64) if wide else (52, 40)
    offset = header_size + padding
    body, headers = bytes(padding), bytes(entry_size)
    for name, kind, data, link, item in sections:
        values = (name_at[name], kind, 0, 0, offset, len(data), link, 0, 1, item)
        headers += struct.pack(end + ("IIQQQQIIQQ" if wide else "10I"), *values)
        body += data
        offset += len(data)
    identity = b"\x7fELF" + bytes([2 if wide else 1, 1 if order == "little" else 2, 1]) + bytes(9)
    header = identity + struct.pack(end + ("HHIQQQIHHHHHH" if wide else "HHIIIIIHHHHHH"), ET_DYN, machine, 1, 0, 0,
                                    offset, 0, header_size, 0, 0, entry_size, len(sections) + 1, len(sections))
    return header + body + headers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--bits", type=int, default=64)
    parser.add_argument("--order", default="little")
    parser.add_argument("--functions", default="")
    parser.add_argument("--cut", type=int)
    parser.add_argument("entries", nargs="*")
    options = parser.parse_args()
    entries = [text[1:].encode() if text.startswith("@") else text for text in options.entries]
    functions = [name for name in options.functions.split(",") if name]
    data = elf(entries or None, functions, options.bits, options.order)
    options.file.parent.mkdir(parents=True, exist_ok=True)
    options.file.write_bytes(data[:options.cut] if options.cut is not None else data)


if __name__ == "__main__":
    main()
