# A small workspace whose registries declare versions, facts and named predicates of every kind.
cat > registry.toml <<'TOML'
[workspace]
name    = "drivers"
sources = ["kernels.reg.toml"]
TOML
cat > kernels.reg.toml <<'TOML'
[registries.Kernel]
fields  = { driver = "version", arch = "string" }
context = { device = { type = "string", values = ["cpu", "cuda"] }, arch = "string", sm = "int", isa = "list", cpu = "object", version = "version" }
select  = 'version >= self.driver'

[registries.Codec]

[registries.Odd]
fields = ["max-batch"]

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_old"
info     = { driver = "2.9" }

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_new"
info     = { driver = "12.10" }
select   = 'version >= self.driver & yes(1)'
doc      = "for new drivers"

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_arch"
select   = 'arch == "90" & yes(2)'

[[symbols]]
registry = "Kernel"
oid      = "guarded"
target   = "libgemm.so:make_guarded"
when     = 'version >= v2.9'

[[symbols]]
registry = "Codec"
oid      = "image"
target   = "codecs.New"
select   = 'version >= v2.9'

[[symbols]]
registry = "Codec"
oid      = "image"
target   = "codecs.Png"
select   = 'ext == "png"'

[[symbols]]
registry = "Odd"
oid      = "odd"
target   = "odd.One"
info     = { max-batch = 3 }
select   = '`max-batch` == self.`max-batch` & `bundle.name` == "x"'
TOML
reg auto-register --quiet
