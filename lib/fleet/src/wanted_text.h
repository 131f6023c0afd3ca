#pragma once
// An origin's text on its way here: what of it lies here already, what is to be fetched.

#include "etcd.h"
#include "generation.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg::fleet {

class WantedText {
 public:
  // `here`: the text that this origin has on this machine; empty: none.
  WantedText(std::string origin, KeyValue kv, Head head, std::string here);

  const std::string& origin() const { return origin_; }
  const KeyValue& head() const { return kv_; }
  // What is here is what the head lists.
  bool is_here() const { return missing_.empty() && same_order_; }
  const std::vector<std::string>& missing() const { return missing_; }  // ids, each once
  std::size_t bytes_here() const { return here_.size(); }
  // How long a missing chunk is, about.
  std::size_t expected_chunk_bytes() const;

  // A chunk as it was stored. What is not that chunk, or too much, makes the text `wrong`.
  void add(const std::string& id, std::string_view stored);
  void refuse(std::string why) { wrong_ = std::move(why); }
  // A chunk is not there any more.
  void lose(const std::string& id) { lost_ = id; }
  const std::string& lost() const { return lost_; }  // one of those; empty: none
  const std::string& wrong() const { return wrong_; }
  // All of it, once nothing is missing; nullopt: it is not what the head says (`wrong`).
  std::optional<std::string> whole();

 private:
  std::string origin_;
  KeyValue kv_;
  Head head_;
  std::string here_;
  std::map<std::string, std::pair<std::size_t, std::size_t>> parts_;  // of `here_`, by id
  std::map<std::string, std::string> fetched_;
  std::vector<std::string> missing_;
  std::size_t fetched_bytes_ = 0;
  bool same_order_ = false;
  std::string lost_, wrong_;
};

}  // namespace reg::fleet
