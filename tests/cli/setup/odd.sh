# A workspace whose declarations are odd, in all ways that are seen without reasoning.
cat > registry.toml <<'TOML'
[workspace]
name    = "odd"
sources = ["kernels.reg.toml"]

[context]
divice = "cuda"
TOML
cat > kernels.reg.toml <<'TOML'
[registries.Kernel]
fields  = ["device", "min_sm", "driver"]
context = ["device", "sm", "memory"]
select  = 'device == self.device & sm >= self.min_sm'

[registries.View]
select = 'page'

[predicates]
gpu    = 'device == "cuda"'
hopper = 'sm >= 90'

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "k.Gemm"
info     = { device = "cuda" }

[[symbols]]
registry = "View"
target   = "v.List"
select   = 'layout == "list"'

[[symbols]]
registry = "View"
target   = "v.Table"
select   = 'user & layuot == "table"'
TOML
