# A workspace in which everything is declared with its type, and all is right.
cat > registry.toml <<'TOML'
[workspace]
name    = "slips"
sources = ["kernels.reg.toml"]

[facts]
build = "release"
TOML
cat > good.toml <<'TOML'
[registries.Kernel]
fields  = { device = "string", min_sm = "int", driver = "version" }
context = { device = { type = "string", values = ["cpu", "cuda"] }, sm = "int", version = "version" }

[predicates]
gpu      = 'device == "cuda"'
at_least = { params = ["v"], expr = 'version >= v' }
fits     = 'sm >= self.min_ms'

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "k.Fast"
info     = { device = "cuda", min_sm = 80, driver = 2.10 }
select   = 'device == "cuda" & sm >= self.min_sm'

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "k.New"
select   = 'gpu() & version >= v12.9 & at_least(12)'
when     = 'build == "release"'
TOML
cp good.toml kernels.reg.toml
cat > slip.sh <<'SH'
# Writes the second text in place of the first.
sed "s|$1|$2|" good.toml > kernels.reg.toml
reg auto-register
SH
