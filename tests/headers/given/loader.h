#pragma once

#include <reg/workspace.h>
#include <string>

#include "workspace_with_kernels.h"

namespace {

struct Codec {
  using reg_interface = reg::Interface<"Codec", 2>;
  virtual ~Codec() = default;
  [[nodiscard]] virtual std::string name() const = 0;
};

// Its library is the program that the example is in.
struct Given : WorkspaceWithKernels {
  Given() {
    reg_test::write_file(scratch / "codecs.reg.toml", R"(
[[symbols]]
registry = "Codec"
oid      = "image"
target   = "/proc/self/exe:png"
select   = "ext == 'png'"

[[symbols]]
registry = "Codec"
oid      = "sound"
target   = "libsound.so:Wav"
)");
    if (reg::auto_register(reg::Workspace::find()).failed) throw std::logic_error("wrong manifest");
  }
};

struct Png : Codec {
  [[nodiscard]] std::string name() const override { return "png"; }
};

}  // namespace

#include <reg/plugin.hpp>

REG_FACTORY(Codec, Png, png);
