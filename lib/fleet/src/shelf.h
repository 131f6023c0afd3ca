#pragma once
// Where a follower keeps what it took of others: one text for each origin.

#include <reg/auto_register.h>
#include <reg/error.h>
#include <reg/remote.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fleet {

// What is staged is seen by nobody before it is applied, or is dropped.
class Shelf {
 public:
  Shelf() = default;
  virtual ~Shelf() = default;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;

  virtual std::vector<std::string> origins() const = 0;  // sorted
  // The same, with a mark for each text. What others change from then on is not overwritten.
  virtual std::map<std::string, FileMark> look() = 0;
  virtual std::optional<std::string> text_of(const std::string& origin) const = 0;
  // Why a text cannot be that origin's; empty: it can.
  virtual std::vector<Diagnostic> problems(std::string_view text,
                                           const std::string& origin) const = 0;
  virtual void stage(const std::string& origin, std::string_view text) = 0;
  virtual void stage_removal(const std::string& origin) = 0;
  virtual bool has_staged() const = 0;
  // Puts what is staged in place, and brings the cache up to date, even if nothing is staged.
  virtual AutoRegisterReport apply() = 0;
  // Whose texts the last `apply` left as others had made them since `look`.
  virtual const std::vector<std::string>& overtaken() const = 0;
  virtual void drop() = 0;
};

}  // namespace reg::fleet
