#pragma once
// Files of code with the scans that read them, and what idioms find in them.

#include <resolve/idioms.h>
#include <scan/languages.h>
#include <deque>
#include <string>
#include <vector>

struct CodeWorld {
  std::vector<reg::Scan> scans;
  std::deque<reg::Account> accounts;
  std::vector<reg::CodeFile> files;

  void add(const std::string& path, reg::Language language, reg::Account account) {
    accounts.push_back(std::move(account));
    reg::CodeFile file;
    file.path = path;
    file.language = language;
    file.account = &accounts.back();
    for (std::size_t i = 0; i < scans.size(); ++i) file.scans.push_back(i);
    files.push_back(std::move(file));
  }

  template <typename Find>
  std::vector<reg::Found> found(Find find) const {
    reg::ResolveInput input;
    input.scans = scans;
    input.files = files;
    std::vector<reg::Found> found(files.size());
    find(input, found);
    return found;
  }

  // A line for each thing that was found.
  template <typename Find>
  std::string shown(Find find) const {
    std::string all;
    const std::vector<reg::Found> result = found(find);
    for (std::size_t i = 0; i < files.size(); ++i) {
      const auto place = [&](reg::Position at) {
        return files[i].path + ":" + std::to_string(at.line) + " ";
      };
      for (const reg::FoundRegistry& each : result[i].registries)
        all += place(each.at) + "registry " + each.name + "\n";
      for (const reg::FoundSymbol& each : result[i].symbols) {
        all += place(each.at) + each.registries.at(0) + "/" + each.oid + " " + each.target;
        if (!each.info.empty()) all += " " + each.info.dump();
        if (each.force) all += " force";
        all += each.doc.empty() ? "\n" : " # " + each.doc + "\n";
      }
      for (const reg::Diagnostic& each : result[i].diagnostics)
        all +=
            (each.severity == reg::Severity::Error ? "error " : "warning ") + each.message + "\n";
      for (const reg::Seen& each : result[i].seen)
        all += place(each.at) + "seen " + each.what + "\n";
    }
    return all;
  }
};
