#pragma once
// Programs as tests write them: texts by path, read and resolved as `auto-register` does.

#include <manifest/scan_presets.h>
#include <resolve/program.h>
#include <resolve/resolve.h>
#include <scan/scanner.h>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace reg {

class Sources {
 public:
  // Not copied: what it resolves points into it.
  Sources(const Sources&) = delete;
  Sources& operator=(const Sources&) = delete;
  // (without a default for the scans, or a list of two files could be a map of two iterators)
  Sources(std::map<std::string, std::string> texts, std::vector<Scan> scans)
      : scans_(std::move(scans)) {
    for (auto& [path, text] : texts) {
      CodeFile file;
      file.path = path;
      file.language = *language_of(path);
      for (std::size_t i = 0; i < scans_.size(); ++i) file.scans.push_back(i);
      files_.push_back(std::move(file));
      texts_.push_back(std::move(text));
    }
    read_all();
  }

  // Only the words' files are read, and those that are asked for.
  Resolved run() const {
    ResolveInput input{scans_, files_, matches_, &fields_};
    return resolve(input);
  }
  std::size_t file(std::string_view path) const {
    for (std::size_t i = 0; i < files_.size(); ++i)
      if (files_[i].path == path) return i;
    throw std::out_of_range(std::string(path));
  }
  // Every symbol as `registry/oid = target`, with `!` where it is forced and its info.
  std::vector<std::string> symbols() const;
  std::vector<std::string> seen() const;
  std::vector<std::string> problems() const;
  Program program() const { return Program(files_, scans_); }
  Words words() const { return words_for(scans_, files_); }
  const std::vector<CodeFile>& files() const { return files_; }
  // As if the prefilter had skipped it.
  void skip(std::string_view path) { files_[file(path)].account = nullptr; }
  void add_match(const Match& match) { matches_.push_back({"registry.toml", &match}); }
  void set_fields(std::map<std::string, std::set<std::string>> fields) {
    fields_ = std::move(fields);
  }

 private:
  // Once more with all the words, until there are no more of them.
  void read_all() {
    for (Words words, next = words_for(scans_, files_);; next = words_for(scans_, files_)) {
      if (next == words && !accounts_.empty()) return;
      words = next;
      accounts_.clear();
      for (std::size_t i = 0; i < files_.size(); ++i) {
        accounts_.push_back(scanner_of(files_[i].language).scan(texts_[i], words));
        files_[i].account = &accounts_.back();
      }
    }
  }

  std::vector<Scan> scans_;
  std::vector<std::string> texts_;
  std::vector<CodeFile> files_;
  std::deque<Account> accounts_;
  std::vector<WantedMatch> matches_;
  std::map<std::string, std::set<std::string>> fields_;
};

inline std::vector<std::string> Sources::symbols() const {
  std::vector<std::string> all;
  for (const Found& found : run().files)
    for (const FoundSymbol& each : found.symbols)
      for (const std::string& registry : each.registries) {
        const std::string oid =
            each.oid.empty() ? each.target.substr(each.target.rfind('.') + 1) : each.oid;
        std::string text = registry + '/' + oid + " = " + each.target;
        if (each.force) text += '!';
        if (!each.info.empty()) text += ' ' + to_text(each.info);
        all.push_back(std::move(text));
      }
  return all;
}

inline std::vector<std::string> Sources::seen() const {
  std::vector<std::string> all;
  const Resolved resolved = run();
  for (std::size_t i = 0; i < resolved.files.size(); ++i)
    for (const Seen& each : resolved.files[i].seen)
      all.push_back(files_[i].path + ':' + std::to_string(each.at.line) + ' ' + each.what);
  return all;
}

inline std::vector<std::string> Sources::problems() const {
  std::vector<std::string> all;
  const Resolved resolved = run();
  for (std::size_t i = 0; i < resolved.files.size(); ++i)
    for (const Diagnostic& each : resolved.files[i].diagnostics)
      all.push_back(files_[i].path + ':' + std::to_string(each.place.line) + ' ' + each.message);
  return all;
}

inline Scan scan_with(std::string_view preset) {
  Scan scan;
  scan.preset = preset;
  scan.idioms = idioms_of(*preset_named(preset));
  return scan;
}

using Lines = std::vector<std::string>;

}  // namespace reg
