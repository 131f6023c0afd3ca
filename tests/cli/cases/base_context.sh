# [context] of registry.toml is checked by name, at any depth.
mkdir demo && cd demo
cat > a.reg.toml <<'TOML'
[registries.Kernel]
context = { "cpu.isa" = "list", "cpu.cache.l2" = "int", device = "string", gpu = "object" }
[[symbols]]
registry = "Kernel"
target   = "k.A"
select   = '"avx" in cpu.isa'
[[symbols]]
registry = "Free"
target   = "f.A"
select   = 'net.speed > 1'
TOML
cat > try.sh <<'SH'
printf '[workspace]\nname = "demo"\nsources = ["*.reg.toml"]\n[context]\n%s\n' "$1" > registry.toml
reg auto-register
SH
# with what is right, or may be meant for others, nothing is said
sh try.sh 'cpu = { isa = ["avx"], cache = { l2 = 1 }, frequency = 3 }'
sh try.sh 'cpu = { cache = { l2 = 1, l3 = 1 } }'
sh try.sh 'cpu = {}'
sh try.sh 'gpu = { islands = 1 }'
sh try.sh 'net = { speed = 3, name = "eth0" }'
sh try.sh 'disk = { isa = 1, spede = 2 }'
sh try.sh 'net = 1'
# slips
sh try.sh 'cpu = { ias = ["avx"] }'
sh try.sh 'cpu = { cahce = { l2 = 1 } }'
sh try.sh 'net = { sped = 3 }'
sh try.sh 'devise = "cuda"'
sh try.sh 'cpu = 3'
sh try.sh 'cpu = { cache = "large" }'
sh try.sh 'cpu = { isa = "avx" }'
# an empty object, too, comes from somewhere; what is laid over it comes from elsewhere
sh try.sh 'cpu = {}'
reg select A --registry Kernel --explain
reg select A --registry Kernel --explain --ctx 'cpu.isa=["avx"]'
# a name in quotes that is spelled like a path
printf '[workspace]\nname = "q"\nsources = ["q.reg.toml"]\n[context]\n"cpu.isa" = ["avx2"]\n' > registry.toml
printf '[registries.Q]\ncontext = { "cpu.isa" = "list" }\n[[symbols]]\nregistry = "Q"\noid = "o"\ntarget = "q.T"\n' > q.reg.toml
reg auto-register --full
