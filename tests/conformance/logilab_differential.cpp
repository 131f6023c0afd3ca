// Compares this library with logilab.common.registry, which the script answers for.
//
//   logilab_differential PYTHON SCRIPT FOLDER [CASES [SEED]]
//
// Exits with 1, and prints the case and both answers, at the first disagreement.

#include "logilab_case.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

namespace {

using reg::Json;
using reg::conformance::answer;
using reg::conformance::CaseGenerator;

void write_cases(const std::string& file, std::uint64_t seed, std::size_t count) {
  std::ofstream out(file);
  CaseGenerator generator(seed);
  for (std::size_t i = 0; i < count; ++i) out << generator.next().dump() << '\n';
}

// The registries of the two libraries are asked oid by oid in different orders.
Json comparable(Json answers) {
  std::sort(answers["reports"].begin(), answers["reports"].end());
  return answers;
}

bool agree(const std::string& case_line, const std::string& their_line) {
  Json ours = comparable(answer(Json::parse(case_line)));
  Json theirs = comparable(Json::parse(their_line));
  if (ours == theirs) return true;
  std::cout << "they disagree:\n"
            << Json::diff(theirs, ours).dump(1) << "\ncase: " << case_line
            << "\nlogilab.common: " << theirs << "\nthis library:   " << ours << '\n';
  return false;
}

int compare(const std::string& cases, const std::string& answers, std::size_t count) {
  std::ifstream questions(cases), replies(answers);
  std::string question, reply;
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::getline(questions, question) || !std::getline(replies, reply)) {
      std::cout << "only " << i << " of " << count << " cases were answered\n";
      return 1;
    }
    if (!agree(question, reply)) return 1;
  }
  std::cout << count << " cases, no disagreement\n";
  return 0;
}

std::string shell_quoted(const std::string& path) { return "'" + path + "'"; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: logilab_differential PYTHON SCRIPT FOLDER [CASES [SEED]]\n";
    return 2;
  }
  std::size_t count = argc > 4 ? std::stoul(argv[4]) : 3000;
  std::uint64_t seed = argc > 5 ? std::stoull(argv[5]) : 20130531;
  std::string cases = std::string(argv[3]) + "/logilab_cases.jsonl";
  std::string answers = std::string(argv[3]) + "/logilab_answers.jsonl";
  std::cout << "seed " << seed << std::endl;
  write_cases(cases, seed, count);
  std::string command = shell_quoted(argv[1]) + " " + shell_quoted(argv[2]) + " < " +
                        shell_quoted(cases) + " > " + shell_quoted(answers);
  if (std::system(command.c_str()) != 0) {
    std::cerr << "this test needs logilab.common (Debian: python3-logilab-common)\n";
    return 1;
  }
  return compare(cases, answers, count);
}
