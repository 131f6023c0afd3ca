#pragma once
/// @file host.h
/// The facts of the machine that this process runs on.
///
/// They are read from the system's files and from uname(2) and sched_getaffinity(2): nothing is
/// run, loaded or asked over a network. They do not change from one call to the next while the
/// machine stays as it is, so that a selection can be repeated; how much memory is free just now is
/// none of them.
///
/// ```cpp
/// const reg::Context host = reg::host_facts();
/// assert(host.is_object());
/// assert(reg::host_facts("/no/such/folder").contains("arch"));
/// ```

#include <reg/json.h>
#include <filesystem>

namespace reg {

/// An object of these facts, without those that are not known. Texts but `arch`, `cpu.vendor`,
/// `cpu.model` and those in lists are small letters or versions: dotted numbers, without what
/// distributions add to them.
///
///     arch                  text     as uname(2) has it: "x86_64", "aarch64"
///     os.name               text     "linux"
///     os.kernel             version  "6.1.0" of 6.1.0-18-amd64
///     os.distribution       text     ID of os-release(5): "debian"
///     os.like               texts    the same, and those that it is like (ID_LIKE)
///     os.version            version  VERSION_ID: "12", "22.04"
///     cpu.vendor            text     "GenuineIntel"; the implementer's number on ARM: "0x41"
///     cpu.model             text     the name that the processor has for people
///     cpu.features          texts    sorted, as the kernel names them: "avx2", "asimd"
///     cpu.cores             number   that are online
///     cpu.threads           number   that are online
///     cpu.usable            number   of threads, for this process: its affinity, and `cpu.max` of
///                                    its control groups (version 2), rounded up
///     memory.total          number   MiB
///     memory.usable         number   MiB, for this process: that, and `memory.max`
///     accelerators.ids      texts    PCI vendor and device, each once: "10de:2330"
///     accelerators.vendors  object   how many of each PCI vendor: {"10de": 8}
///     accelerators.drivers  object   the versions of their drivers: {"nvidia": "550.54.15"}; null
///                                    for one that has none but the kernel's
///
/// Accelerators are the PCI devices of the classes 03 (display) and 12 (processing accelerators).
///
/// `root`: where `proc`, `sys`, `etc` and `usr/lib` are looked for, such as where a container has
/// those of its host; uname(2) and the affinity are this process's. Whatever is there, a file that
/// is missing, unreadable or not as it should be is a fact that is not known: it throws nothing but
/// std::bad_alloc. Any thread may call it.
[[nodiscard]] Context host_facts(const std::filesystem::path& root = "/");

}  // namespace reg
