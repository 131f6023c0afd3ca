# With what is right, nothing is said.
sh "$CLI/setup/slips.sh"
reg auto-register
reg list Kernel --where 'min_sm >= 80'
reg select gemm --ctx device=cuda --ctx sm=90 --ctx version=12.10
# names that are nearly right
sh slip.sh 'self.min_sm' 'self.min_ms'
sh slip.sh 'device == "cuda" & sm' 'devise == "cuda" \& sm'
sh slip.sh '"cuda" & sm' 'cuda \& sm'
sh slip.sh 'gpu() & version' 'gpu \& version'
sh slip.sh 'gpu() & version' 'gup() \& version'
sh slip.sh 'at_least(12)' 'at_least()'
sh slip.sh 'min_sm = 80' 'min_ms = 80'
sh slip.sh '"Kernel"' '"Kernal"'
sh slip.sh 'registry = "Kernel"' 'registry = "kernel"'
sh slip.sh 'build ==' 'biuld =='
sh slip.sh 'build ==' 'self.min_sm == 1 \& build =='
# types that never fit
sh slip.sh 'sm >= self.min_sm' 'self.device >= 80'
sh slip.sh 'sm >= self.min_sm' 'sm >= "80"'
sh slip.sh 'device == "cuda" & sm' 'device == "cudo" \& sm'
sh slip.sh 'device == "cuda" & sm' 'device in ["rocm", "metal"] \& sm'
sh slip.sh 'min_sm = 80' 'min_sm = "80"'
sh slip.sh 'driver = 2.10' 'driver = "newest"'
sh slip.sh 'sm >= self.min_sm' 'sm.minor >= 3'
sh slip.sh 'sm >= self.min_sm' 'yes(self.device)'
sh slip.sh 'sm >= self.min_sm' 'fits()'
# all of it in one run, in its order
cat > kernels.reg.toml <<'TOML'
[registries.Kernel]
fields  = { device = "string", min_sm = "int" }
context = { device = "string", sm = "int" }
select  = 'devise == self.device'

[predicates]
a = 'b() & sm > 1'
b = 'a()'

[[symbols]]
registry = "Kernel"
target   = "k.A"
select   = 'a()'

[[symbols]]
registry = "Kernel"
target   = "k.B"

[[symbols]]
registry = "Kernel"
target   = "k.C"
info     = { min_ms = 80, device = 7 }
select   = 'sm >= self.min_ms & device == 7'
TOML
reg auto-register
reg auto-register --keep-going
reg status
reg list Kernel
reg auto-register --check
# a condition of a list is checked against the fields
cp good.toml kernels.reg.toml
reg auto-register
reg list Kernel --where 'min_sm >= "80"'
reg list Kernel --where 'device > 80'
reg list Kernel --where 'driver >= "2.9"'
reg list --all --where 'min_sm >= "80"'
reg list Kernel --where 'gup()'
reg list Kernel --where 'oid == 1'
# a number in a field without a type
cat > kernels.reg.toml <<'TOML'
[registries.Free]
fields = ["driver"]
[[symbols]]
registry = "Free"
target   = "f.A"
info     = { driver = 2.10 }
select   = 'self.driver >= v2.9'
TOML
reg auto-register
reg select A --registry Free
sed -i 's/2.10/"2.10"/' kernels.reg.toml
reg auto-register
reg select A --registry Free
# through a named predicate, too
cat > kernels.reg.toml <<'TOML'
[predicates]
since = { params = ["x"], expr = 'x >= v2.9' }
new   = { params = ["x"], expr = 'since(x)' }
[registries.Free]
fields = ["driver"]
[[symbols]]
registry = "Free"
target   = "f.A"
info     = { driver = 2.10 }
select   = 'new(self.driver)'
TOML
reg auto-register
# what a predicate is given is checked, whatever its parameters are called
cat > kernels.reg.toml <<'TOML'
[predicates]
wide = { params = ["unit"], expr = 'unit.lanes >= 8' }
[registries.Kernel]
context = { device = "string", cpu = "object", "gpu.lanes" = "int" }
[[symbols]]
registry = "Kernel"
target   = "k.A"
select   = 'wide(cpu) | wide(gpu)'
[[symbols]]
registry = "Kernel"
target   = "k.B"
select   = 'wide(device)'
[[symbols]]
registry = "Kernel"
target   = "k.C"
select   = 'device == "cpu" & self.rank >= 1'
TOML
reg auto-register
# a text without its quotes, in a `when`
cp good.toml kernels.reg.toml
sh slip.sh 'build == "release"' 'build == release'
# the facts that every selection starts with
cp good.toml kernels.reg.toml
printf '[context]\nsm = "80"\ndevice = "cudo"\nversoin = 12\nunrelated = 1\n' >> registry.toml
reg auto-register
reg auto-register
reg auto-register kernels.reg.toml
reg select gemm
reg select gemm --ctx sm=90
reg select gemm --ctx sm=90 --ctx device=cuda --ctx version=12.10
reg select gemm --ctx sm=ninety --ctx device=cuda
# the words of another language
reg select gemm --ctx sm=None --ctx device=cuda
reg auto-register --define debug=False --define 'arch=[sm90]'
# what was meant the other way round
reg register k.Other Kernel
