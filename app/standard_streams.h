#pragma once
// The three descriptors that every program expects to be open.

namespace reg::app {

// A program may be started with stdin, stdout or stderr closed; the next file it opened would take
// that number, and messages would be written into it. Occupies what is free with descriptors that
// fail when they are used, so that writing to a closed stdout stays an error.
void occupy_standard_descriptors();

// A file that grows beyond the process's limit is then an error like a full disk, not the end by
// SIGXFSZ.
void survive_file_size_limit();

}  // namespace reg::app
