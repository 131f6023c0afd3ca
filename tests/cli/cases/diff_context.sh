# [context] against what a registry declares: what it refuses is no matter of any one oid
cat > k.reg.toml <<'TOML'
[registries.Kernel]
context = { sm = "int", device = { type = "string", values = ["cpu", "cuda"] }, "cpu.isa" = "list" }
[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "k.A"
select   = 'device == "cpu"'
[[symbols]]
registry = "Kernel"
oid      = "zip"
target   = "k.Z"
TOML
cat > becomes.sh <<'SH'
cp .reg/registry_cache.json before
printf '[workspace]\nname = "demo"\nsources = ["k.reg.toml"]\n[context]\n%b\n' "$1" > registry.toml
reg auto-register --quiet
SH
mkdir .reg && sh becomes.sh 'device = "cpu"' 2>/dev/null
# a fact that nobody reads, and a wrong one: every selection that does not give it is refused
sh becomes.sh 'device = "cpu"\nsm = "80"'
reg select zip
reg diff before
reg diff before -o json
# as wrong as it was
sh becomes.sh 'device = "cpu"\nsm = "90"'
reg diff before
# another one
sh becomes.sh 'device = "rocm"'
reg diff before
# no object
sh becomes.sh 'device = "cpu"\ncpu = 3'
reg diff before
# what is well again is not the same either
sh becomes.sh 'device = "cpu"'
reg diff before
reg diff before -o json | jq -c '.refused, .accepted'
# the declaration changes, not the context
sh becomes.sh 'device = "cpu"\nsm = 80'
reg diff before
sed -i 's/sm = "int"/sm = "bool"/' k.reg.toml
sh becomes.sh 'device = "cpu"\nsm = 80'
reg diff before
