#!/usr/bin/env python3
"""Builds plugins with what an installed reg brings for CMake, and looks at what is registered.

    plugins_test.py --prefix INSTALLED --scratch FOLDER --compiler g++ [--launcher ccache] [--program reg]
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
TIMEOUT_SECONDS = 300
COUNT = 5


class Project:
    """A project of COUNT plugins, and what both tools have to do right."""

    options = argparse.Namespace()
    generator = ""
    nothing_to_do = ""

    @classmethod
    def setUpClass(cls):
        cls.folder = cls.options.scratch / f"{cls.__name__} in here"
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        """All as at first but for what has been built."""
        shutil.copytree(HERE / "plugins", self.folder, dirs_exist_ok=True)
        for name in ("more.cmake", "more.cpp", "more.py", "late.reg.toml"):
            (self.folder / name).unlink(missing_ok=True)
        for number in range(1, COUNT + 1):
            self.write(number, f'REG_CODEC(P{number}, "n == {number}");')
        for file in [*self.folder.glob("build/cache.json*"), *self.folder.glob("build/found/*"),
                     *self.folder.glob("build/Debug/*"), *self.folder.glob("build/Debug/.reg/*")]:
            if file.is_file():
                file.unlink()
        self.configure()

    def write(self, number, declaration):
        (self.folder / f"sources/p{number}.cpp").write_text(f"#include <codec.h>\n{declaration}\n")

    def write_more(self, text):
        (self.folder / "more.cmake").write_text(text + "\n")

    def run_command(self, *command):
        return subprocess.run([str(word) for word in command], cwd=self.folder, stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.STDOUT, timeout=TIMEOUT_SECONDS, check=False, env=self.environment())

    def environment(self):
        return os.environ | {"LC_ALL": "C.UTF-8"}

    def configure(self):
        done = self.run_command("cmake", "-S", ".", "-B", "build", "-G", self.generator,
                                f"-DCMAKE_CXX_COMPILER={self.options.compiler}",
                                f"-DCMAKE_CXX_COMPILER_LAUNCHER={self.options.launcher}",
                                f"-DCMAKE_PREFIX_PATH={self.options.prefix}", f"-DREG_PROGRAM={self.options.program}")
        self.assertEqual(done.returncode, 0, done.stdout)

    def build(self, *words):
        done = self.run_command("cmake", "--build", "build", *words)
        return done.returncode, done.stdout

    def assert_builds(self, *words):
        code, text = self.build(*words)
        self.assertEqual(code, 0, text)
        return text

    place = ("--workspace", ".", "--cache", "build/cache.json")
    cache = "build/cache.json"

    def registered(self):
        """The classes in the cache, with their predicates."""
        done = self.run_command(self.options.program, "list", "Codec", "-o", "jsonl", *self.place, "-q")
        self.assertEqual(done.returncode, 0, done.stdout)
        symbols = [json.loads(line) for line in done.stdout.splitlines()]
        return {symbol["target"].split(":")[-1].split(".")[-1]: symbol["select"] for symbol in symbols}

    def test_a_parallel_build_registers_all_and_the_next_one_does_nothing(self):
        self.assert_builds("-j8")
        self.assertEqual(self.registered(), {f"P{n}": f"n == {n}" for n in range(1, COUNT + 1)})
        before = (self.folder / self.cache).stat()
        text = self.assert_builds("-j8")
        self.assertIn(self.nothing_to_do, text)
        self.assertNotIn("Registering", text)
        self.assertEqual((self.folder / self.cache).stat(), before)

    def test_a_plugin_that_is_built_alone_is_registered_with_and_without_a_cache(self):
        self.assert_builds("--target", "p3")
        self.assertEqual(self.registered(), {"P3": "n == 3"})
        self.assert_builds("-j8")
        self.write(3, 'REG_CODEC(P3, "n == 33");')
        self.write(4, 'REG_CODEC(P4, "n == 44");')
        self.assert_builds("--target", "p3")
        self.assertEqual((self.registered()["P3"], self.registered()["P4"]), ("n == 33", "n == 4"))

    def test_what_is_wrong_fails_the_build_with_its_words_until_it_is_right(self):
        self.assert_builds("-j8")
        slow = 'struct P2 : Codec {};\nREG_SYMBOL(Codec, P2, .oid = "image", .info = {{"spede", 1}}, .select = "n == 2");'
        self.write(2, slow)
        for words in ((), ("--target", "p2"), ("-j8",)):
            code, text = self.build(*words)
            self.assertNotEqual(code, 0, text)
            self.assertIn('no field "spede"', text)
            self.assertNotIn("CMake Error", text)
        self.assertIn("P2", self.registered())
        self.write(2, slow.replace("spede", "speed"))
        self.assert_builds("-j8")

    def test_a_manifest_alone_is_read_anew(self):
        self.assert_builds("-j8")
        manifest = self.folder / "fields.reg.toml"
        manifest.write_text(manifest.read_text() + '[[symbols]]\nregistry = "Codec"\ntarget = "m:M"\noid = "image"\nselect = "n == 0"\n')
        self.assert_builds()
        self.assertEqual(self.registered()["M"], "n == 0")
        self.assertIn(self.nothing_to_do, self.assert_builds())


class WithNinja(Project, unittest.TestCase):
    generator = "Ninja"
    nothing_to_do = "no work to do"

    def test_a_plugin_and_the_manifest_that_it_needs_may_change_together(self):
        self.assert_builds("-j8")
        manifest = self.folder / "fields.reg.toml"
        manifest.write_text(manifest.read_text().replace("speed", "size"))
        self.write(1, 'struct P1 : Codec {};\nREG_SYMBOL(Codec, P1, .oid = "image", .info = {{"size", 1}}, .select = "n == self.size");')
        self.assert_builds("--target", "p1")
        self.assertEqual(self.registered()["P1"], "n == self.size")

    def test_what_only_one_plugin_may_declare_can_move_from_one_to_the_other(self):
        only = 'struct Only : Codec {};\nREG_SYMBOL(Codec, Only, .oid = "fallback");\n'
        for origin, target in ((1, 2), (2, 1)):
            for number in (1, 2):
                self.write(number, f'REG_CODEC(P{number}, "n == {number}");\n' + (only if number == origin else ""))
            self.assert_builds("-j8")
            for number in (1, 2):
                self.write(number, f'REG_CODEC(P{number}, "n == {number}");\n' + (only if number == target else ""))
            self.assert_builds("-j1")
            self.assertIn("Only", self.registered())

    def test_two_plugins_that_exclude_each_other_fail_the_build(self):
        self.assert_builds("-j8")
        for number in (1, 2):
            self.write(number, f'struct P{number} : Codec {{}};\nREG_SYMBOL(Codec, P{number}, .oid = "fallback");')
        for _ in range(2):
            code, text = self.build("-j8")
            self.assertNotEqual(code, 0, text)
            self.assertIn("fallback", text)

    def test_a_plugin_that_is_no_target_any_more_is_not_found_any_more(self):
        self.assert_builds("-j8")
        (self.folder / "sources/p5.cpp").unlink()
        self.configure()
        self.assert_builds("-j8")
        self.assertFalse((self.folder / "build/found/libp5.so").exists())
        self.assertEqual(set(self.registered()), {f"P{n}" for n in range(1, COUNT + 1)} - {"P5"})

    def test_a_plugin_with_another_file_than_before_is_found_once(self):
        self.assert_builds("-j8")
        self.write_more("set_target_properties(p5 PROPERTIES OUTPUT_NAME renamed)")
        self.configure()
        self.assert_builds("-j8")
        self.assertEqual({file.name for file in (self.folder / "build/found").glob("*.so")},
                         {f"libp{n}.so" for n in range(1, COUNT)} | {"librenamed.so"})
        self.assertEqual(set(self.registered()), {f"P{n}" for n in range(1, COUNT + 1)})
        file = self.folder / "sources/CMakeLists.txt"
        file.write_text(file.read_text().replace("${name} ${source}", "${name} STATIC ${source}"))
        self.write_more("")
        self.configure()
        self.assert_builds("-j8")
        self.assertEqual(list((self.folder / "build/found").glob("*.so")), [])

    def test_what_was_a_plugin_and_is_another_library_is_left_alone(self):
        self.assert_builds("-j8")
        file = self.folder / "sources/CMakeLists.txt"
        file.write_text("include_directories(${PROJECT_SOURCE_DIR})\n"
                        "add_library(p1 MODULE p1.cpp)\ntarget_link_libraries(p1 PRIVATE reg::plugin)\n")
        self.configure()
        self.assert_builds("-j8")
        self.assertEqual([file.name for file in (self.folder / "build/found").glob("*.so")], ["libp1.so"])

    def test_the_build_notices_new_manifests_matched_libraries_and_code_that_begins_to_declare(self):
        registry = self.folder / "registry.toml"
        registry.write_text(registry.read_text().replace('"fields.reg.toml"', '"*.reg.toml"') +
                            '[[scan]]\nregistry = "Codec"\nlanguage = "python"\nsources = ["*.py"]\ndecorator = "marks.register"\n'
                            '[[match]]\nregistry = "Codec"\nfrom = "build/libmore.so"\n')
        (self.folder / "more.py").write_text("# nothing\n")
        (self.folder / "more.cpp").write_text('extern "C" int first() { return 1; }\n')
        self.write_more("set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})\nadd_library(more SHARED more.cpp)")
        self.configure()
        self.assert_builds("-j8")
        known = {f"P{n}" for n in range(1, COUNT + 1)} | {"first"}
        self.assertEqual(set(self.registered()), known)
        self.assertIn(self.nothing_to_do, self.assert_builds())
        (self.folder / "late.reg.toml").write_text('[[symbols]]\nregistry = "Codec"\ntarget = "m:Late"\noid = "late"\n')
        (self.folder / "more.py").write_text("import marks\n@marks.register\nclass Marked: pass\n")
        (self.folder / "more.cpp").write_text('extern "C" int second() { return 1; }\n')
        self.assert_builds()
        self.assertEqual(set(self.registered()), known - {"first"} | {"Late", "Marked", "second"})
        (self.folder / "late.reg.toml").unlink()
        self.assert_builds()
        self.assertNotIn("Late", self.registered())
        self.assertIn(self.nothing_to_do, self.assert_builds())

    def test_libraries_and_programs_are_read_when_they_are_linked_and_a_program_may_need_the_cache(self):
        registry = self.folder / "registry.toml"
        registry.write_text(registry.read_text().replace('"build/found"', '"build/found", "build/program"'))
        (self.folder / "more.cpp").write_text('#include <codec.h>\nREG_CODEC(Own, "n == 0");\nint main() {}\n')
        self.write_more("""
            include_directories(.)
            add_executable(program more.cpp)
            target_link_libraries(program PRIVATE reg::plugin)
            set(slow ${CMAKE_BINARY_DIR}/slow.sh)
            file(WRITE ${slow} "#!/bin/sh\\nfor last; do :; done\\n: > \\"${CMAKE_BINARY_DIR}/found/libslow.so\\"\\nsleep 1\\nexec \\"$@\\"\\n")
            file(CHMOD ${slow} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
            add_library(slow SHARED sources/linked.cpp)
            target_link_libraries(slow PRIVATE reg::plugin)
            set_target_properties(slow PROPERTIES RULE_LAUNCH_LINK "\\"${slow}\\"")
            add_executable(tool host.cpp)
            target_link_libraries(tool PRIVATE reg::plugin)
            add_dependencies(tool auto_register)
            add_executable(user_of_tool host.cpp)
            target_link_libraries(user_of_tool PRIVATE reg::plugin)
            add_dependencies(user_of_tool tool)""")
        self.configure()
        self.assert_builds("-j8")
        self.assertEqual(set(self.registered()), {f"P{n}" for n in range(1, COUNT + 1)} | {"Own", "Linked"})
        self.assertIn(self.nothing_to_do, self.assert_builds("-j8"))

    def test_all_of_what_is_linked_statically_is_there_and_names_its_sources_from_the_project_on(self):
        self.assert_builds("--target", "host", "host_of_archive")
        self.assertEqual(len(self.registered()), COUNT, "the host needs the cache")
        self.assertEqual(set(self.run_command("build/host").stdout.splitlines()),
                         {"Linked sources/linked.cpp", "Generated generated.cpp"})
        self.assertIn("Linked ", self.run_command("build/host_of_archive").stdout)


class WithMultiConfig(Project, unittest.TestCase):
    generator = "Ninja Multi-Config"
    nothing_to_do = "no work to do"
    place = ("--workspace", "build/Debug")
    cache = "build/Debug/.reg/registry_cache.json"

    def test_each_configuration_is_registered_by_itself(self):
        self.assert_builds("-j8")
        self.write(1, 'REG_CODEC(P1, "n == 11");')
        self.assert_builds("-j8", "--config", "Release")
        self.assertEqual(self.registered()["P1"], "n == 1")
        self.assertIn(self.nothing_to_do, self.assert_builds("--config", "Release"))
        self.assert_builds("-j8")
        self.assertEqual(self.registered()["P1"], "n == 11")


class WithMake(Project, unittest.TestCase):
    generator = "Unix Makefiles"
    nothing_to_do = "Built target auto_register"
    test_folders_and_matched_libraries_are_noticed = (
        WithNinja.test_the_build_notices_new_manifests_matched_libraries_and_code_that_begins_to_declare)
    test_what_is_linked_is_waited_for = (
        WithNinja.test_libraries_and_programs_are_read_when_they_are_linked_and_a_program_may_need_the_cache)
    test_a_former_file_is_removed = WithNinja.test_a_plugin_with_another_file_than_before_is_found_once


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Builds plugins with an installed reg.")
    parser.add_argument("--prefix", required=True, type=pathlib.Path)
    parser.add_argument("--scratch", required=True, type=pathlib.Path, help="kept, so that a launcher may know the sources")
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--launcher", default="")
    parser.add_argument("--program", type=pathlib.Path, help="default: the one below the prefix")
    Project.options, rest = parser.parse_known_args()
    Project.options.program = Project.options.program or Project.options.prefix / "bin/reg"
    unittest.main(argv=sys.argv[:1] + rest, verbosity=2)
