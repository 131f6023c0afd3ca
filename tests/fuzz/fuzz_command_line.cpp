// The command line, one word a line, in a workspace of its own: no crash, a documented exit code,
// and, under `-o json`, JSON on both stdout and stderr. An input of odd size is run with `-o json`.

#include <command_line.h>
#include <fcntl.h>
#include <reg/auto_register.h>
#include <reg/json.h>
#include <scratch.h>
#include <sys/mman.h>
#include <unistd.h>
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;
using reg_test::write_file;
using Words = std::vector<std::string>;

constexpr int most_exit_code = 5;

// The current folder, and the workspace in it, for as long as the program runs.
class Playground {
 public:
  Playground() {
    ::setenv("REG_WORKSPACE", ".", 1);
    restore();
  }
  ~Playground() { fs::current_path(fs::temp_directory_path()); }
  Playground(const Playground&) = delete;
  Playground& operator=(const Playground&) = delete;

  // As it was in the beginning.
  void restore() {
    fs::current_path(folder_.path());
    for (const auto& entry : fs::directory_iterator(folder_.path())) fs::remove_all(entry);
    write_file("registry.toml",
               "[workspace]\nname = 'fuzz'\nlock_timeout = 0.1\n[context]\ndevice = 'cpu'\n");
    write_file("ctx.json", "{\"sm\": 90}");
    write_file("kernels.reg.toml", R"([registries.Kernel]
fields = { device = "string", min_sm = "int" }
select = 'device == self.device'
[predicates]
gpu = 'device in ["cuda"]'
[[symbols]]
registry = "Kernel"
target = "lib.so:cpu"
oid = "gemm"
info = { device = "cpu" }
[[symbols]]
registry = "Kernel"
target = "lib.so:cuda"
oid = "gemm"
info = { device = "cuda", min_sm = 80 }
select = 'gpu() & sm >= self.min_sm & yes(2)'
[[symbols]]
registry = "Other"
target = "a.b.Only"
)");
    if (reg::auto_register(reg::Workspace::at(".")).failed) std::abort();
  }

 private:
  reg_test::ScratchFolder folder_;
};

// Takes what is written to a descriptor for as long as it lives.
class Capture {
 public:
  explicit Capture(int descriptor)
      : descriptor_(descriptor),
        kept_(::dup(descriptor)),
        file_(::memfd_create("output", MFD_CLOEXEC)) {
    ::dup2(file_, descriptor_);
  }
  ~Capture() {
    ::dup2(kept_, descriptor_);
    ::close(kept_);
    ::close(file_);
  }
  Capture(const Capture&) = delete;
  Capture& operator=(const Capture&) = delete;

  std::string text() const {
    std::string all(static_cast<std::size_t>(std::max<off_t>(::lseek(file_, 0, SEEK_END), 0)),
                    '\0');
    if (::pread(file_, all.data(), all.size(), 0) < 0) all.clear();
    return all;
  }

 private:
  int descriptor_;
  int kept_;
  int file_;
};

Words words_of(std::string_view input) {
  Words words;
  while (!input.empty()) {
    const std::size_t end = std::min({input.find('\n'), input.find('\0'), input.size()});
    words.emplace_back(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
  return words;
}

// No path may lead out of the playground: a slash stands only behind a name, and nothing goes up.
bool stays_inside(const std::string& word) {
  if (word.find("..") != std::string::npos) return false;
  for (std::size_t at = word.find('/'); at != std::string::npos; at = word.find('/', at + 1)) {
    const char before = at == 0 ? '/' : word[at - 1];
    if (std::isalnum(static_cast<unsigned char>(before)) == 0 && before != '_') return false;
  }
  return true;
}

bool has_any(const Words& words, std::initializer_list<std::string_view> wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

int run(const Words& words) {
  std::vector<const char*> arguments = {"reg"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  return reg::app::run_command_line(static_cast<int>(arguments.size()), arguments.data());
}

[[noreturn]] void fail(const char* what, const Words& words, const std::string& text) {
  std::fprintf(stderr, "%s:", what);
  for (const std::string& word : words) std::fprintf(stderr, " '%s'", word.c_str());
  std::fprintf(stderr, "\n%s\n", text.c_str());
  std::abort();
}

bool are_json_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!reg::Json::accept(text.substr(0, end))) return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

struct Outcome {
  int exit = 0;
  std::string out, error;
};

Outcome run_captured(const Words& words) {
  Outcome outcome;
  const Capture out(STDOUT_FILENO);
  const Capture error(STDERR_FILENO);
  outcome.exit = run(words);
  outcome.out = out.text();
  outcome.error = error.text();
  return outcome;
}

void check(const Words& words, bool json) {
  const Outcome outcome = run_captured(words);
  if (outcome.exit < 0 || outcome.exit > most_exit_code) fail("exit code", words, outcome.error);
  if (!json) return;
  if (!are_json_lines(outcome.error)) fail("stderr is not JSON", words, outcome.error);
  const bool query =
      has_any({words.front()}, {"list", "find", "show", "select", "possible", "test"});
  if (query && outcome.exit == 0 && !reg::Json::accept(outcome.out))
    fail("stdout is not JSON", words, outcome.out);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Playground playground;
  Words words = words_of({reinterpret_cast<const char*>(data), size});
  if (!std::all_of(words.begin(), words.end(), stays_inside)) return 0;
  // Help and versions are text in any case; behind `--`, options are none.
  const bool json = size % 2 == 1 && !words.empty() &&
                    !has_any(words, {"--", "-h", "--help", "--version", "-o", "--output"});
  if (json) words.insert(words.end(), {"-o", "json"});
  check(words, json);
  const bool writes = has_any(words, {"auto-register", "register", "unregister", "merge", "lock",
                                      "unlock", "cache", "init", "test"});
  if (writes) playground.restore();
  return 0;
}
