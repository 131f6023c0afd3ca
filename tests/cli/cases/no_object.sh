# something other than an object where a registry declares facts of an object
cat > registry.toml <<'TOML'
[workspace]
name = "demo"
sources = ["k.reg.toml"]
TOML
cat > k.reg.toml <<'TOML'
[registries.Kernel]
context = { "cpu.features.avx2" = "bool", "cpu.cores" = "int", "arch.bits" = "int", "os.name" = "any" }
[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "k.Slow"
[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "k.Fast"
select   = "yes(2) & cpu.features.avx2 & cpu.cores > 1"
TOML
reg auto-register
reg select gemm --ctx 'cpu.features=["avx2"]'
reg select gemm --ctx '{"cpu":{"features":["avx2"]}}'
reg select gemm --ctx '{"cpu":3,"arch":"q","os":"linux"}'
echo '{"cpu":{"features":"avx2"}}' > n.json
reg select gemm --ctx @n.json
reg why gemm --target k.Fast --ctx @n.json
# one more in it makes it an object again, and null is as good as nothing
reg select gemm --ctx @n.json --ctx '{"cpu":{"features":{"avx2":true},"cores":8}}'
reg select gemm --ctx @n.json --ctx '~cpu.features'
reg select gemm --ctx '{"cpu":null}'
reg select gemm --ctx '{"cpu":{"features":null,"cores":8},"arch":{}}'
# this machine has a list of features
reg select gemm --ctx @host 2>&1 | sed 's,but .* is,but … is,'
reg select gemm --ctx @host --ctx '~cpu.features' --ctx '~cpu.cores' --ctx '~arch'
# of an expectation
cat > k.regtest.toml <<'TOML'
[[expect]]
oid    = "gemm"
ctx    = { cpu = { features = ["avx2"] } }
target = "k.Slow"
[[expect]]
oid    = "gemm"
ctx.cpu = { features = {}, cores = 8 }
target = "k.Slow"
TOML
reg test
# of [context]
printf '[context]\ncpu = { features = [] }\n' >> registry.toml
reg auto-register
reg select gemm
