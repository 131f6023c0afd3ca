"""Object files as sources: what is read of them, and that an incremental run gives the same bytes as a full one."""

import json
import os
import random
import re
import shutil
import unittest

from elf_writer import declaration, elf
from sandbox import Workspace, main

SEEDS = int(os.environ.get("REG_TEST_ROUNDS", "12"))
REGISTRIES = {"registries": {"Codec": {"fields": {"rank": "int"}}, "View": {}}}
# Whoever runs the tests; if that is root, whom no permission stops, somebody without rights.
OTHER_USER = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
FUNCTIONS = ["make_fast", "_ZN2ns9make_slowEi", "gemm", "_helper"]


def random_entries(rng, prefix):
    entries = []
    for line in range(rng.randrange(4)):
        more = {"oid": f"oid{rng.randrange(4)}", "select": rng.choice(["a == 1", "b > self.rank", "yes(3)"])}
        if rng.random() < 0.4:
            more["info"] = {"rank": rng.randrange(5)}
        if rng.random() < 0.1:
            more["when"] = 'build == "release"'
        entries.append(declaration(rng.choice(["Codec", "View"]), f"demo::{prefix}{rng.randrange(30)}", line + 1, **more))
    # What a compiler does to their order is no matter.
    rng.shuffle(entries)
    return entries


class Objects(unittest.TestCase):
    def assert_as_a_full_run(self, workspace, code, good, what):
        with Workspace() as copy:
            shutil.copytree(workspace.root, copy.root, dirs_exist_ok=True, symlinks=True,
                            ignore=shutil.ignore_patterns(".reg"))
            full = copy.run("auto-register", "-q", expect=None).returncode
            self.assertEqual(code, full, what)
            if full == 0:
                good = copy.cache.read_bytes()
        self.assertEqual(workspace.cache.read_bytes(), good, what)
        self.assertEqual(workspace.run("cache", "verify", expect=None).returncode, 0, what)
        return good

    def replace(self, workspace, name, data):
        """As linkers do: another file under the name."""
        file = workspace.root / name
        file.parent.mkdir(exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(data)

    def edit(self, rng, workspace):
        if self.damaged and rng.random() < 0.8:
            return (workspace.root / self.damaged.pop()).unlink(missing_ok=True)
        name = f"{rng.choice(['', 'lib/'])}lib{rng.randrange(4)}.so"
        file = workspace.root / name
        choice = rng.random()
        if choice < 0.1:
            file.unlink(missing_ok=True)
        elif choice < 0.2 and file.exists():
            os.utime(file)
        elif choice < 0.3 and file.exists():
            file.rename(workspace.root / f"{rng.choice(['', 'lib/'])}lib{rng.randrange(4)}.so.{rng.randrange(3)}")
        elif choice < 0.35:
            self.damaged.append(name)
            self.replace(workspace, name, elf(random_entries(rng, "T"))[:rng.choice([0, 3, 30, 80, 200])])
        elif choice < 0.4:
            self.replace(workspace, name, b"INPUT(libother.so)\n")
        elif choice < 0.5:
            # Built again: other code, the same declarations.
            if file.exists() and not file.is_symlink():
                file.write_bytes(file.read_bytes() + b"\0" * rng.randrange(1, 9))
        elif choice < 0.6:
            self.replace(workspace, "lib/libmatched.so", elf(None, rng.sample(FUNCTIONS, rng.randrange(5))))
        elif choice < 0.63:
            (workspace.root / "lib/libmatched.so").unlink(missing_ok=True)
        elif choice < 0.65:
            self.damaged.append("lib/libmatched.so")
            self.replace(workspace, "lib/libmatched.so", elf(None, FUNCTIONS)[:rng.choice([0, 30, 200])])
        elif choice < 0.7:
            workspace.write("match.reg.toml", '[[match]]\nregistry = "Fn"\nfrom = "lib/libmatched.so"\n'
                                              f'exclude = ["{rng.choice(["_*", "gemm", "ns::*"])}"]\n'
                                              + rng.choice(["", '[[merge]]\ninto = "Merged"\nfrom = ["Fn"]\n']))
        elif choice < 0.75:
            link = workspace.root / f"lib{rng.randrange(4)}.so.9"
            link.unlink(missing_ok=True)
            link.symlink_to(name)
        else:
            self.replace(workspace, name, elf(random_entries(rng, f"{name[-4]}x"), rng.sample(FUNCTIONS, 2),
                                              rng.choice([32, 64]), rng.choice(["little", "big"]),
                                              padding=rng.randrange(99)))

    def test_an_incremental_run_gives_the_bytes_of_a_full_one(self):
        successes = 0
        for seed in range(SEEDS):
            rng = random.Random(seed)
            self.damaged = []
            with Workspace() as workspace:
                workspace.write("base.reg.json", REGISTRIES)
                (workspace.root / "lib").mkdir()
                workspace.run("auto-register", "-q")
                good = workspace.cache.read_bytes()
                for step in range(25):
                    self.edit(rng, workspace)
                    code = workspace.run("auto-register", "-q", expect=None).returncode
                    good = self.assert_as_a_full_run(workspace, code, good, f"seed {seed}, step {step}")
                    successes += code == 0
                    if code == 0:
                        self.assertEqual(workspace.run("auto-register", "--check", expect=None).returncode, 0)
                        warned = workspace.run("list").stderr.decode()
                        self.assertNotIn("changed", warned, f"seed {seed}, step {step}")
        self.assertGreater(successes, 5 * SEEDS)

    def test_a_library_that_is_built_again_with_the_same_declarations_is_no_change(self):
        with Workspace() as workspace:
            entries = [declaration("Codec", "demo::Png", oid="image")]
            self.replace(workspace, "libpng.so", elf(entries))
            workspace.run("auto-register")
            before = os.stat(workspace.cache)
            self.replace(workspace, "libpng.so", elf(entries, FUNCTIONS, padding=5000))
            self.assertEqual(workspace.run("list").stderr, b"")
            self.assertEqual(workspace.run("auto-register", "--check").returncode, 0)
            workspace.run("auto-register")
            self.assertEqual(os.stat(workspace.cache).st_ino, before.st_ino)

    def test_a_query_notices_a_library_with_other_declarations(self):
        with Workspace() as workspace:
            self.replace(workspace, "libpng.so", elf([declaration("Codec", "demo::Png", oid="image")]))
            workspace.run("auto-register")
            self.replace(workspace, "libpng.so", elf([declaration("Codec", "demo::Jpg", oid="image")]))
            self.assertIn(b"libpng.so", workspace.run("list").stderr)
            self.assertIn(b"demo::Jpg", workspace.run("find", "image", "--fresh").stdout)

    def test_a_query_notices_what_a_matched_library_exports_and_when_it_comes_and_goes(self):
        with Workspace() as workspace:
            workspace.write("base.reg.json", REGISTRIES)
            workspace.write("m/a.reg.toml", '[[match]]\nregistry = "Fn"\nfrom = "libblas.so"\ninclude = ["*gemm*"]\n')
            done = workspace.run("auto-register")
            self.assertIn(b"there is no m/libblas.so to match functions in", done.stderr)
            self.assertEqual(workspace.run("list").stderr, b"")
            for functions, targets in [(["dgemm", "axpy"], {"libblas.so:dgemm"}),
                                       (["dgemm", "sgemm"], {"libblas.so:dgemm", "libblas.so:sgemm"}), (None, set())]:
                if functions is None:
                    (workspace.root / "m/libblas.so").unlink()
                else:
                    self.replace(workspace, "m/libblas.so", elf(None, functions))
                self.assertIn(b"m/libblas.so", workspace.run("list").stderr)
                self.assertIn(b"is matched, and ", workspace.run("status").stdout)
                self.assertEqual(workspace.run("auto-register", "--check", expect=None).returncode, 1)
                workspace.run("auto-register")
                self.assertNotIn(b"is matched, and ", workspace.run("status").stdout)
                self.assertEqual(workspace.targets("Fn"), targets)
                self.assertEqual(workspace.run("list").stderr, b"")
                self.assertEqual(workspace.run("auto-register", "--check").returncode, 0)

    def test_a_partial_run_does_not_hide_that_a_matched_library_changed(self):
        with Workspace() as workspace:
            workspace.write("a.reg.toml", '[[match]]\nregistry = "Fn"\nfrom = "libblas.so"\n')
            workspace.write("b.reg.toml", '[[match]]\nregistry = "Other"\nfrom = "libother.so"\n')
            self.replace(workspace, "libblas.so", elf(None, ["dgemm"]))
            self.replace(workspace, "libother.so", elf(None, ["one"]))
            workspace.run("auto-register")
            self.replace(workspace, "libblas.so", elf(None, ["sgemm"]))
            workspace.write("b.reg.toml", '[[match]]\nregistry = "Other"\nfrom = "libother.so"\nexclude = ["one"]\n')
            workspace.run("auto-register", "b.reg.toml")
            self.assertEqual(workspace.targets("Fn"), {"libblas.so:dgemm"})
            self.assertIn(b"libblas.so", workspace.run("list").stderr)
            workspace.run("auto-register")
            self.assertEqual(workspace.targets("Fn"), {"libblas.so:sgemm"})

    def test_all_that_a_match_takes_is_merged(self):
        with Workspace() as workspace:
            workspace.write("a.reg.toml", '[[match]]\nregistry = "Fn"\nfrom = "libblas.so"\n'
                                          '[[merge]]\ninto = "All"\nfrom = ["Fn"]\n')
            for functions in (["dgemm", "sgemm", "axpy"], ["dgemm", "axpy", "trsm", "gemv"]):
                self.replace(workspace, "libblas.so", elf(None, functions))
                workspace.run("auto-register")
                self.assertEqual(workspace.targets("All"), {f"libblas.so:{name}" for name in functions})
                self.assertEqual(workspace.targets("All"), workspace.targets("Fn"))

    def test_a_damaged_library_that_is_matched_is_an_error_until_it_is_mended(self):
        with Workspace() as workspace:
            workspace.write("base.reg.json", REGISTRIES)
            workspace.write("a.reg.toml", '[[match]]\nregistry = "Fn"\nfrom = "libblas.so"\n')
            workspace.run("auto-register")  # there is none yet
            whole = elf(None, ["dgemm"])
            for data, why in ((whole[:80], b"is truncated"), (b"no ELF file", b"is no ELF file"), (b"", b"is truncated")):
                self.replace(workspace, "libblas.so", data)
                for more in ([], ["--full"], []):
                    done = workspace.run("auto-register", *more, expect=2)
                    self.assertIn(b"a.reg.toml:1:1: error: libblas.so: " + why, done.stderr)
                self.assertRegex(workspace.run("status").stdout, rb"failed +matched object +libblas.so +is matched, and " + why)
                workspace.run("auto-register", "--keep-going", expect=2)
                self.assertNotIn(b"libblas.so", workspace.run("list").stderr)
                self.assertIn(b"is matched, and " + why, workspace.run("status").stdout)
            self.replace(workspace, "libblas.so", whole)
            self.assertIn(b"libblas.so", workspace.run("list").stderr)
            workspace.run("auto-register")
            self.assertEqual(workspace.targets("Fn"), {"libblas.so:dgemm"})

    def test_a_run_for_a_manifest_or_a_library_takes_what_is_matched_anew(self):
        for target in ("m/a.reg.toml", "m/libblas.so", "m"):
            with self.subTest(target), Workspace() as workspace:
                workspace.write("m/a.reg.toml", '[[match]]\nregistry = "Fn"\nfrom = "libblas.so"\n')
                workspace.write("b.reg.toml", '[[match]]\nregistry = "Other"\nfrom = "libother.so"\n')
                self.replace(workspace, "m/libblas.so", elf(None, ["dgemm"]))
                self.replace(workspace, "libother.so", elf(None, ["one"]))
                workspace.run("auto-register")
                self.replace(workspace, "m/libblas.so", elf(None, ["dgemm", "sgemm"]))
                self.replace(workspace, "libother.so", elf(None, ["two"]))
                workspace.run("auto-register", target)
                self.assertEqual(workspace.targets("Fn"), {"libblas.so:dgemm", "libblas.so:sgemm"})
                self.assertEqual(workspace.targets("Other"), {"libother.so:one"})
                self.assertIn(b"libother.so", workspace.run("list").stderr)
                workspace.run("auto-register")
                self.assertEqual(workspace.targets("Other"), {"libother.so:two"})

    def test_a_match_that_registers_nothing_is_told_with_its_place(self):
        with Workspace() as workspace:
            workspace.write("a.reg.toml", '\n[[match]]\nregistry = "Fn"\nfrom = "libblas.so"\ninclude = ["gemm"]\n')
            self.replace(workspace, "libblas.so", elf(None, ["dgemm"]))
            done = workspace.run("auto-register")
            self.assertIn(b"a.reg.toml:2:1: warning: this [[match]] registers nothing of \"libblas.so\"", done.stderr)

    def test_libraries_that_declare_nothing_come_and_go_without_a_word(self):
        with Workspace() as workspace:
            self.replace(workspace, "libpng.so", elf([declaration("Codec", "demo::Png")]))
            workspace.run("auto-register")
            for change in (lambda file: self.replace(workspace, file, elf()),
                           lambda file: self.replace(workspace, file, b"INPUT(libpng.so)\n"),
                           lambda file: (workspace.root / file).unlink()):
                change("libplain.so")
                self.assertEqual(workspace.run("list").stderr, b"")
                done = workspace.run("auto-register", "--check")
                self.assertIn(b"nothing changed", done.stderr)
                workspace.run("auto-register")
                self.assertEqual(workspace.run("list").stderr, b"")
            self.replace(workspace, "libplain.so", elf([declaration("Codec", "demo::New")]))
            self.assertIn(b"libplain.so", workspace.run("list").stderr)
            workspace.run("auto-register", "--check", expect=1)

    def test_a_program_that_was_cut_off_or_cannot_be_read_is_an_error_and_not_gone(self):
        for entry in ("bin/host", "b*/host"):
            with self.subTest(entry), Workspace(f'[workspace]\nname = "w"\nsources = ["{entry}"]\n') as workspace:
                self.replace(workspace, "bin/host", elf([declaration("Codec", "demo::Png")]))
                host = workspace.root / "bin/host"
                workspace.root.chmod(0o777)
                host.chmod(0o755)
                workspace.run("auto-register", **OTHER_USER)
                for size in (0, 2, 30):
                    host.write_bytes(elf()[:size])
                    done = workspace.run("auto-register", expect=2, **OTHER_USER)
                    self.assertIn(b"bin/host: error: is truncated", done.stderr)
                host.chmod(0)
                done = workspace.run("auto-register", expect=5, **OTHER_USER)
                self.assertIn(b"bin/host: error: cannot be read: Permission denied", done.stderr)
                self.assertEqual(workspace.targets("Codec"), {"host:demo::Png"})

    def test_where_the_compiler_put_a_declaration_does_not_matter(self):
        entries = [declaration("Codec", f"demo::T{line}", line, oid="image", select="yes()") for line in range(1, 5)]
        caches = set()
        for order in (entries, entries[::-1], entries[2:] + entries[:2]):
            with Workspace() as workspace:
                self.replace(workspace, "libimage.so", elf(order))
                workspace.run("auto-register")
                caches.add(workspace.cache.read_bytes())
        self.assertEqual(len(caches), 1)

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_nothing_but_headers_and_the_section_is_read(self):
        with Workspace() as workspace:
            entries = [declaration("Codec", "demo::Png")]
            self.replace(workspace, "libpng.so", elf(entries, FUNCTIONS, padding=4_000_000))
            trace = workspace.root / "trace.txt"
            workspace.strace(["auto-register", "--jobs", "1"], "-o", trace, "-y", "-e", "trace=read,pread64,mmap")
            calls = [line for line in trace.read_text().splitlines() if "libpng.so>" in line]
            self.assertTrue(calls)
            self.assertTrue(all("pread64(" in line for line in calls), calls)
            self.assertLess(sum(int(re.search(r"= (\d+)$", line).group(1)) for line in calls), 2000, calls)

    def test_a_sparse_file_that_says_it_is_huge_costs_nothing(self):
        with Workspace() as workspace:
            data = bytearray(elf([declaration("Codec", "demo::Png")]))
            data[60:62] = b"\0\0"  # the number of sections: the first section says it
            at = int.from_bytes(data[40:48], "little")
            data[at + 32:at + 40] = (1 << 33).to_bytes(8, "little")
            file = workspace.write("libbad.so", bytes(data))
            os.truncate(file, 1 << 40)
            done = workspace.run("auto-register", expect=2)
            self.assertIn(b"libbad.so: error: is damaged: it says that it has 8589934592 sections", done.stderr)
            data = bytearray(elf([declaration("Codec", "demo::Png")]))
            at = int.from_bytes(data[40:48], "little") + 3 * 64  # the header of reg_manifest
            data[at + 32:at + 40] = (1 << 39).to_bytes(8, "little")
            file.write_bytes(bytes(data))
            os.truncate(file, 1 << 40)
            done = workspace.run("auto-register", expect=2)
            self.assertIn(b"its section reg_manifest has 549755813888 bytes, and may have 67108864", done.stderr)


if __name__ == "__main__":
    main()
