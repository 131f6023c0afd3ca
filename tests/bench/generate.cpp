// Writes a workspace of many symbols, and the same symbols as JSON lines for the peers that it is
// compared with.
//
//   generate FOLDER [--symbols N] [--manifests N] [--registries N]
//
// FOLDER/registry.toml, FOLDER/manifests/*.reg.json   the workspace
// FOLDER/symbols.jsonl                                every symbol, one a line
// FOLDER/sample                                       "REGISTRY OID" of some symbols, one a line,
// all selectable with
//                                                     --ctx device=cuda --ctx sm=90
// The content depends on the numbers only.

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace fs = std::filesystem;

struct Shape {
  fs::path folder;
  std::uint64_t symbols = 1000, manifests = 0, registries = 0;
};

constexpr std::uint64_t registries_per_manifest = 4;
constexpr std::uint64_t distinct_selects = 48;
constexpr std::array<std::string_view, 8> families = {"resnet", "convnext", "swin", "beit",
                                                      "deit",   "regnet",   "gemm", "attention"};
constexpr std::array<std::string_view, 4> devices = {"cuda", "cpu", "rocm", "xpu"};
constexpr std::array<std::string_view, 4> clauses = {"", R"( & precision in [\"fp16\", \"bf16\"])",
                                                     " & batch <= 64", " & (~has(batch) | yes(2))"};

// One in four brings none, one in twenty one that nothing else has, the others share a few dozen.
std::string select_of(std::uint64_t i) {
  if (i % 4 == 3) return {};
  if (i % 20 == 1) return fmt::format(R"(device == \"cuda\" & batch <= {})", i);
  const std::uint64_t kind = i / 4 % distinct_selects;
  return fmt::format(R"(device == \"{}\" & sm >= {}{})", devices[kind % 4], 50 + kind / 16 * 10,
                     clauses[kind / 4 % 4]);
}

// Symbols whose predicate is the first of the shared ones: device == "cuda" & sm >= 50.
bool selectable(std::uint64_t i) { return i % (4 * distinct_selects) == 0; }

std::string registry_of(std::uint64_t i, const Shape& shape) {
  const std::uint64_t manifest = i * shape.manifests / shape.symbols;
  const std::uint64_t stride =
      std::max<std::uint64_t>(shape.registries / registries_per_manifest, 1);
  return fmt::format("bench.r{:04}",
                     (manifest + i % registries_per_manifest * stride) % shape.registries);
}

std::string oid_of(std::uint64_t i) {
  return fmt::format("{}_{:07}_patch{}", families[i * 7 % families.size()], i, 8 << i % 3);
}

void append_symbol(std::string& out, std::uint64_t i, const Shape& shape) {
  const std::string oid = oid_of(i);
  const std::string_view family = families[i * 7 % families.size()];
  fmt::format_to(
      std::back_inserter(out),
      R"({{"registry":"{}","oid":"{}","target":"zoo.{}.{}","info":{{"family":"{}","rank":{}}})",
      registry_of(i, shape), oid, family, oid, family, i * 7919 % 1000);
  if (const std::string select = select_of(i); !select.empty()) {
    fmt::format_to(std::back_inserter(out), R"(,"select":"{}")", select);
  }
  out += '}';
}

void write(const fs::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string registry_table(std::uint64_t first, const Shape& shape) {
  std::string out;
  const std::uint64_t count = std::min(registries_per_manifest, shape.registries);
  for (std::uint64_t k = 0; k < count; ++k) {
    fmt::format_to(std::back_inserter(out),
                   R"({}"{}":{{"fields":{{"family":"string","rank":"int"}}}})", k == 0 ? "" : ",\n",
                   registry_of(first + k, shape));
  }
  return out;
}

void write_manifest(std::uint64_t number, const Shape& shape, std::ofstream& lines) {
  const auto first_of = [&](std::uint64_t m) {
    return (m * shape.symbols + shape.manifests - 1) / shape.manifests;
  };
  const std::uint64_t begin = first_of(number);
  const std::uint64_t end = first_of(number + 1);
  std::string text = "{\"registries\":{\n" + registry_table(begin, shape) + "\n},\n\"symbols\":[\n";
  std::string symbol;
  for (std::uint64_t i = begin; i < end; ++i) {
    symbol.clear();
    append_symbol(symbol, i, shape);
    text += symbol;
    text += i + 1 < end ? ",\n" : "\n";
    lines << symbol << '\n';
  }
  write(shape.folder / "manifests" / fmt::format("m{:05}.reg.json", number), text + "]}\n");
}

void write_sample(const Shape& shape) {
  constexpr std::uint64_t wanted = 16;
  std::string text;
  for (std::uint64_t k = 0; k < wanted; ++k) {
    std::uint64_t i = k * shape.symbols / wanted;
    while (!selectable(i)) i = (i + 1) % shape.symbols;
    text += registry_of(i, shape) + ' ' + oid_of(i) + '\n';
  }
  write(shape.folder / "sample", text);
}

void generate(const Shape& shape) {
  fs::create_directories(shape.folder / "manifests");
  std::ofstream lines(shape.folder / "symbols.jsonl", std::ios::binary);
  for (std::uint64_t m = 0; m < shape.manifests; ++m) write_manifest(m, shape, lines);
  if (!lines.flush()) throw std::runtime_error("cannot write symbols.jsonl");
  write_sample(shape);
  write(shape.folder / "registry.toml",
        "[workspace]\nname = \"bench\"\nsources = [\"manifests\"]\n");
}

std::uint64_t number(const std::string& text) {
  std::size_t used = 0;
  const std::uint64_t value = std::stoull(text, &used);
  if (used != text.size() || value == 0 || value > 100'000'000) throw std::invalid_argument(text);
  return value;
}

Shape parse(int argc, char** argv) {
  Shape shape;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument.substr(0, 2) != "--") {
      shape.folder = argument;
      continue;
    }
    if (i + 1 == argc) throw std::invalid_argument(std::string(argument));
    const std::uint64_t value = number(argv[++i]);
    if (argument == "--symbols")
      shape.symbols = value;
    else if (argument == "--manifests")
      shape.manifests = value;
    else if (argument == "--registries")
      shape.registries = value;
    else
      throw std::invalid_argument(std::string(argument));
  }
  if (shape.folder.empty()) throw std::invalid_argument("no folder");
  if (shape.manifests == 0) shape.manifests = std::max<std::uint64_t>(shape.symbols / 1000, 1);
  if (shape.registries == 0) shape.registries = std::max<std::uint64_t>(shape.symbols / 2000, 1);
  shape.manifests = std::min(shape.manifests, shape.symbols);
  return shape;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    generate(parse(argc, argv));
    return EXIT_SUCCESS;
  } catch (const std::invalid_argument& error) {
    fmt::print(stderr,
               "generate: bad argument: {}\nusage: generate FOLDER [--symbols N] [--manifests N] "
               "[--registries N]\n",
               error.what());
  } catch (const std::exception& error) {
    fmt::print(stderr, "generate: {}\n", error.what());
  }
  return EXIT_FAILURE;
}
