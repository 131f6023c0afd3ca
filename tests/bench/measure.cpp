// Times whole processes beside each other.
//
//   measure [--runs N] [--against LABEL]… ::: LABEL COMMAND… [::: LABEL COMMAND…]…
//
// The commands take turns, so that whatever else the machine does hits all of them alike. Prints,
// for each, the median and the fastest time, the median as a multiple of each `--against`
// command's, and the peak memory.
//
// Linked statically and kept small: a process spawned with vfork starts with its parent's peak
// memory as its own.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "process.h"

namespace {

struct Peer {
  std::string label;
  std::vector<std::string> command;
  std::vector<double> times;
  long peak_kib = 0;

  double median() const { return times[times.size() / 2]; }  // of sorted times
};

struct Plan {
  int runs = 101;
  std::vector<std::string> against;
  std::vector<Peer> peers;
};

void parse_option(Plan& plan, std::string_view option, const char* value) {
  if (option == "--runs")
    plan.runs = std::max(std::atoi(value), 1);
  else if (option == "--against")
    plan.against.emplace_back(value);
  else
    throw std::invalid_argument(std::string(option));
}

Plan parse(int argc, char** argv) {
  Plan plan;
  int i = 1;
  for (; i < argc && std::string_view(argv[i]) != ":::"; i += 2) {
    if (i + 1 == argc) throw std::invalid_argument(argv[i]);
    parse_option(plan, argv[i], argv[i + 1]);
  }
  for (; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == ":::")
      plan.peers.emplace_back();
    else if (plan.peers.back().label.empty())
      plan.peers.back().label = word;
    else
      plan.peers.back().command.emplace_back(word);
  }
  for (const Peer& peer : plan.peers) {
    if (peer.command.empty()) throw std::invalid_argument("no command for '" + peer.label + "'");
  }
  if (plan.peers.empty()) throw std::invalid_argument("no commands");
  return plan;
}

const Peer& named(const std::vector<Peer>& peers, const std::string& label) {
  const auto found =
      std::find_if(peers.begin(), peers.end(), [&](const Peer& p) { return p.label == label; });
  if (found == peers.end()) throw std::invalid_argument("--against " + label);
  return *found;
}

void run_all(Plan& plan) {
  for (int run = 0; run < plan.runs; ++run) {
    for (Peer& peer : plan.peers) {
      const bench::Run one = bench::run_process(peer.command);
      peer.times.push_back(one.microseconds);
      peer.peak_kib = std::max(peer.peak_kib, one.peak_kib);
    }
  }
  for (Peer& peer : plan.peers) std::sort(peer.times.begin(), peer.times.end());
}

void print_head(const Plan& plan) {
  std::printf("  %-26s %11s %11s %9s", "", "median ms", "fastest ms", "peak MiB");
  for (const std::string& label : plan.against) std::printf("  %12s", ("x " + label).c_str());
  std::putchar('\n');
}

void print_row(const Plan& plan, const Peer& peer) {
  std::printf("  %-26s %11.3f %11.3f %9.1f", peer.label.c_str(), peer.median() / 1000,
              peer.times.front() / 1000, static_cast<double>(peer.peak_kib) / 1024);
  for (const std::string& label : plan.against) {
    std::printf("  %12.2f", peer.median() / named(plan.peers, label).median());
  }
  std::putchar('\n');
}

}  // namespace

int main(int argc, char** argv) {
  try {
    Plan plan = parse(argc, argv);
    for (const std::string& label : plan.against) named(plan.peers, label);
    run_all(plan);
    print_head(plan);
    for (const Peer& peer : plan.peers) print_row(plan, peer);
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "measure: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
