#!/usr/bin/env python3
"""Makes the Debian packages of a build, looks at them, and uses them where they are unpacked.

    packages_test.py BUILD SCRATCH VERSION [LAUNCHER] COMPILER
"""

import gzip
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT_SECONDS = 300
NEEDED = {"nlohmann-json3-dev", "libexpat1-dev", "libelf-dev", "zlib1g-dev"}


def output_of(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=TIMEOUT_SECONDS, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}")
    return done.stdout


class Packages(unittest.TestCase):
    build = pathlib.Path()
    scratch = pathlib.Path()
    version = ""
    compiler = []

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(cls.scratch, ignore_errors=True)
        cls.root = cls.scratch / "root"
        cls.root.mkdir(parents=True)
        output_of("cpack", "-G", "DEB", "--config", cls.build / "CPackConfig.cmake", "-B", cls.scratch / "made",
                  cwd=cls.scratch)
        cls.packages = {file.name.split("_")[0]: file for file in (cls.scratch / "made").glob("*.deb")}
        for file in cls.packages.values():
            output_of("dpkg-deb", "-x", file, cls.root)

    def field(self, package, name):
        return output_of("dpkg-deb", "-f", self.packages[package], name).strip()

    def contents(self, package):
        """The paths with who owns them and their rights."""
        lines = output_of("dpkg-deb", "-c", self.packages[package]).splitlines()
        return {line.split()[5]: line.split()[:2] for line in lines}

    def depends(self, package):
        return {one.split()[0] for one in self.field(package, "Depends").split(",") if one.strip()}

    def test_the_packages_are_there_with_the_fields_that_debian_asks_for(self):
        sections = {"reg": "utils", "libreg-dev": "libdevel"} | ({"reg-fleet": "utils"} if self.has_fleet() else {})
        self.assertEqual(set(self.packages), set(sections))
        for package, section in sections.items():
            self.assertEqual(self.field(package, "Section"), section)
            self.assertEqual(self.field(package, "Priority"), "optional")
            self.assertEqual(self.field(package, "Version"), self.version)
            self.assertIn("registries of interchangeable implementations", self.field(package, "Description"))

    def test_a_static_program_depends_on_nothing_and_another_one_on_its_libraries(self):
        linked = subprocess.run(["ldd", self.root / "usr/bin/reg"], capture_output=True, text=True, check=False)
        static = "statically linked" in linked.stdout or "not a dynamic" in linked.stderr
        self.assertEqual("libc6" in self.depends("reg"), not static)
        self.assertEqual(self.depends("reg") == set(), static)

    def has_fleet(self):
        return (self.build / "reg-fleet").exists()

    def test_what_speaks_to_etcd_depends_on_libcurl_and_on_the_program_and_brings_its_units(self):
        if not self.has_fleet():
            self.skipTest("this build has no reg-fleet")
        self.assertTrue([one for one in self.depends("reg-fleet") if one.startswith("libcurl")])
        self.assertIn(f"reg (= {self.version})", self.field("reg-fleet", "Depends"))
        self.assertIn("./usr/bin/reg-fleet", self.contents("reg-fleet"))
        self.assertTrue(list(self.root.glob("usr/lib/systemd/system/*.timer")))

    def test_the_library_depends_on_what_it_is_linked_with(self):
        config = output_of("pkg-config", "--libs", "reg", env=self.environment())
        needed = NEEDED | ({"libtree-sitter-dev"} if "-ltree-sitter" in config else set())
        self.assertEqual(self.depends("libreg-dev"), needed)

    def test_all_belongs_to_root_and_lies_where_a_package_may_put_it(self):
        for package in self.packages:
            for path, (rights, owner) in self.contents(package).items():
                self.assertTrue(path.startswith("./usr/"), path)
                self.assertEqual(owner, "root/root", path)
                self.assertIn(rights, ("drwxr-xr-x", "-rw-r--r--", "-rwxr-xr-x"), path)
            for name in ("copyright", "changelog.gz"):
                self.assertIn(f"./usr/share/doc/{package}/{name}", self.contents(package))
        self.assertEqual(set(self.contents("reg")) & {p for p in self.contents("libreg-dev") if not p.endswith("/")}, set())

    def test_the_program_comes_with_its_manual_and_its_completions(self):
        self.assertIn("shared objects", self.field("reg", "Description"))
        for page in ("reg", "reg-select"):
            with gzip.open(self.root / f"usr/share/man/man1/{page}.1.gz", "rt") as text:
                self.assertIn(f'.TH "{page.upper().replace("-", chr(92) + "-")}" 1', text.read())
        for path in ("bash-completion/completions/reg", "zsh/vendor-completions/_reg", "fish/vendor_completions.d/reg.fish"):
            self.assertIn(f"./usr/share/{path}", self.contents("reg"))

    def test_the_program_runs_where_it_is_unpacked(self):
        self.assertEqual(output_of(self.root / "usr/bin/reg", "--version"), f"reg {self.version}\n")

    def environment(self):
        folders = sorted({str(file.parent) for file in self.root.rglob("*.pc")})
        return os.environ | {"PKG_CONFIG_PATH": ":".join(folders)}

    def test_a_host_is_built_of_the_unpacked_library_and_runs(self):
        flags = output_of("pkg-config", "--cflags", "--libs", "reg", env=self.environment()).split()
        host = self.scratch / "host"
        output_of(*self.compiler, "-std=c++20", "-c", HERE / "consumer/consumer.cpp", "-o", self.scratch / "host.o",
                  *[flag for flag in flags if not flag.startswith(("-l", "-L"))])
        output_of(self.compiler[-1], self.scratch / "host.o", "-o", host, *flags)
        shutil.copytree(HERE / "workspace", self.scratch / "workspace")
        self.assertEqual(output_of(host, self.scratch / "workspace"), (HERE / "printed.txt").read_text())


if __name__ == "__main__":
    Packages.build, Packages.scratch = (pathlib.Path(word) for word in sys.argv[1:3])
    Packages.version, Packages.compiler = sys.argv[3], sys.argv[4:]
    unittest.main(argv=sys.argv[:1], verbosity=2)
