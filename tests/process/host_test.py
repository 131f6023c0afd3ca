"""The facts of this machine: those that lscpu and /proc tell, and nothing but missing ones where these cannot be read."""

import json
import os
import shutil
import subprocess
import unittest

from sandbox import REG, Workspace

OTHER_USER = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
# Mounts of its own, as a container has them.
CONTAINER = ["unshare", "--mount", "--map-root-user", "--user"] if os.geteuid() != 0 else ["unshare", "--mount"]


def can_mount():
    return subprocess.run([*CONTAINER, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0


def host(*command, **options):
    """The facts, as a program that is run by `command` sees them; quick, and without a word on stderr."""
    done = subprocess.run([*command, REG, "facts", "--host", "-o", "json"], cwd="/", capture_output=True, timeout=30,
                          **options)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return json.loads(done.stdout)


def in_container(*setup):
    """The same, after these commands of the shell, in mounts of its own."""
    return host(*CONTAINER, "sh", "-ec", "\n".join([*setup, 'exec "$@"']), "sh")


def cpuinfo():
    """The first paragraph of /proc/cpuinfo."""
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as file:
        lines = file.read().split("\n\n")[0].splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


class OfThisMachine(unittest.TestCase):
    def test_what_proc_says(self):
        facts, cpu = host(), cpuinfo()
        features = sorted(set(cpu.get("flags", cpu.get("Features", "")).split()))
        if features:
            self.assertEqual(facts["cpu"]["features"], features)
        with open("/proc/meminfo", encoding="utf-8") as file:
            self.assertEqual(facts["memory"]["total"], int(file.readline().split()[1]) // 1024)
        self.assertLessEqual(facts["memory"]["usable"], facts["memory"]["total"])
        self.assertLessEqual(facts["cpu"]["usable"], len(os.sched_getaffinity(0)))
        self.assertEqual(facts["arch"], os.uname().machine)
        self.assertTrue(os.uname().release.startswith(facts["os"]["kernel"]))

    @unittest.skipUnless(shutil.which("lscpu"), "there is no lscpu")
    def test_what_lscpu_says(self):
        done = subprocess.run(["lscpu", "-J"], capture_output=True, env={**os.environ, "LC_ALL": "C"}, check=True)
        said = {}

        def add(entries):
            for entry in entries:
                said[entry["field"].rstrip(":")] = entry["data"]
                add(entry.get("children", []))

        add(json.loads(done.stdout)["lscpu"])
        online = subprocess.run(["lscpu", "-p=CORE,SOCKET"], capture_output=True, text=True, check=True).stdout
        cores = [line for line in online.splitlines() if not line.startswith("#")]
        cpu = host()["cpu"]
        self.assertEqual(cpu["threads"], len(cores))
        self.assertEqual(cpu["cores"], len(set(cores)))
        if "Flags" in said:
            self.assertEqual(cpu["features"], sorted(set(said["Flags"].split())))
        if host()["arch"] == "x86_64":
            self.assertEqual(cpu["vendor"], said["Vendor ID"])
            self.assertEqual(cpu["model"], said["Model name"])

    def test_the_process_may_use_what_its_affinity_allows(self):
        one = min(os.sched_getaffinity(0))
        self.assertEqual(host(preexec_fn=lambda: os.sched_setaffinity(0, {one}))["cpu"]["usable"], 1)

    def test_nothing_is_run_and_no_socket_is_opened(self):
        if not shutil.which("strace"):
            self.skipTest("there is no strace")
        done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=execve,fork,vfork,clone,clone3,socket", REG, "facts",
                               "--host", "-q"], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        self.assertEqual([line for line in done.stderr.splitlines() if not line.startswith("execve")], [])
        self.assertEqual(done.stderr.count("execve"), 1)

    def test_no_workspace_is_needed_and_none_is_looked_at(self):
        done = subprocess.run([REG, "facts", "--host", "--workspace", "/no/such", "-o", "name"], capture_output=True,
                              text=True, timeout=30)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("arch\n", done.stdout)


class Selections(unittest.TestCase):
    def test_a_selection_for_this_host_is_that_for_what_was_printed(self):
        with Workspace() as workspace:
            workspace.write("a.reg.json", {"symbols": [
                {"registry": "K", "oid": "k", "target": "here", "select": f'arch == "{os.uname().machine}" & yes(3)'},
                {"registry": "K", "oid": "k", "target": "many", "select": "cpu.threads >= 1 & yes(1)"}]})
            workspace.run("auto-register")
            workspace.write("host.json", workspace.run("facts", "--host", "-o", "json").stdout)
            answers = [workspace.run("select", "k", "--ctx", context, "--explain", "-o", "json").stdout
                       for context in ("@host", "@host.json")]
            of_host, of_file = (json.loads(answer) for answer in answers)
            self.assertEqual(of_host["winner"], "here")
            self.assertEqual(of_host["context"], of_file["context"])
            self.assertEqual(of_host["candidates"], of_file["candidates"])
            self.assertEqual(of_host["origins"]["arch"], "@host")


@unittest.skipUnless(can_mount(), "mounts of its own are not to be had")
class InContainers(unittest.TestCase):
    def test_without_sys(self):
        facts = in_container("mount -t tmpfs none /sys")
        self.assertNotIn("accelerators", facts)
        self.assertEqual(facts["cpu"]["features"], host()["cpu"]["features"])
        self.assertEqual(facts["memory"]["total"], host()["memory"]["total"])

    def test_without_sys_and_proc(self):
        facts = in_container("mount -t tmpfs none /sys", "mount -t tmpfs none /proc")
        self.assertEqual(facts["arch"], os.uname().machine)
        self.assertNotIn("memory", facts)
        self.assertEqual(set(facts["cpu"]), {"usable"})

    def test_with_pipes_in_place_of_files(self):
        setup = ["mkfifo /mnt/pipe", "mount --bind /mnt/pipe /proc/cpuinfo",
                 "mount --bind /mnt/pipe /proc/meminfo"]
        facts = in_container("mount -t tmpfs none /mnt", *setup)
        self.assertNotIn("memory", facts)
        self.assertNotIn("features", facts["cpu"])

    @unittest.skipUnless(OTHER_USER, "another user's files are not to be had")
    def test_with_files_that_nobody_may_read(self):
        setup = ["mount -t tmpfs none /mnt", "echo secret > /mnt/file", "chmod 0 /mnt/file",
                 "mount --bind /mnt/file /proc/cpuinfo", "mount --bind /mnt/file /proc/meminfo",
                 "mount -t tmpfs -o mode=0 none /sys"]
        facts = in_container(*setup, "set -- setpriv --reuid 65534 --regid 65534 --clear-groups \"$@\"")
        self.assertNotIn("memory", facts)
        self.assertNotIn("accelerators", facts)
        self.assertEqual(set(facts["cpu"]), {"usable"})


if __name__ == "__main__":
    unittest.main()
