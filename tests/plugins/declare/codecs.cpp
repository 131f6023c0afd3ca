// Declarations of all kinds, in one of several files of a library.

#include <reg/plugin.hpp>

#include "codec.h"

namespace demo {
namespace {

class Png : public Codec {
 public:
  explicit Png(int level) : level_(level) {}
  int level() const override { return level_; }

 private:
  int level_;
};

template <typename Number, int Add>
class Gemm : public Codec {
 public:
  explicit Gemm(int level) : level_(static_cast<Number>(level)) {}
  int level() const override { return static_cast<int>(level_) + Add; }

 private:
  Number level_;
};

// Names that the macro could have had, too.
struct Factory : Png {
  using Png::Png;
};
constexpr const char* row = "row";

}  // namespace

REG_SYMBOL(Codec, Png, .oid = "image", .info = {{"ext", "png"}, {"quality", 0.1}},
           .select = "ext == self.ext", .doc = "A \"codec\", \u00e4");
REG_SYMBOL(Codec, Png, .registry = "Other");
REG_SYMBOL(Codec, (Gemm<unsigned long, 3>), .info = {{"limits", reg::Object{{"width", 4096}}}});
REG_SYMBOL(Codec, Factory, .doc = row);

}  // namespace demo

REG_FACTORY(demo::Codec, demo::Png, make_png);
