sh "$CLI/setup/kernels.sh"
# what predicates depend on: named ones written out, of fields the values that candidates have
reg facts Kernel
reg facts Kernel/conv
reg facts Codec/image
# no predicate, no facts
reg facts Codec/raw
reg facts Codec/raw -o json
# every form
reg facts Kernel/conv -o json
reg facts Kernel -o jsonl | jq -c '[.fact, .context, .candidates, .through, [.compared[].value]]'
reg facts Kernel -o csv
reg facts Kernel -o tsv --no-headers
reg facts Kernel -o name
reg facts Kernel -o 'format={fact}: {compared} ({candidates})\n'
reg facts Kernel -o 'format={fakt}\n'
reg facts Kernel -o target
# what is not there
reg facts Kernl
reg facts Kernel/gem
reg facts gemm
reg facts Kernl -o json
reg facts Kernel/
reg facts Kernel gemm
reg facts
reg facts Kernel --host
reg facts --host --fresh
# declared facts: their types and what they may be; those that nobody reads are there, too
cat >kernels.reg.toml <<'END'
[registries.Kernel]
fields = { driver = "version", arch = "string", isa = "list" }
select = 'version >= self.driver & arch == self.arch'
[registries.Kernel.context]
device  = { type = "string", values = ["cpu", "cuda"], doc = "where it runs" }
arch    = "string"
sm      = "int"
debug   = { type = "bool", doc = "what\tis slow" }
version = "version"
cpu     = "object"
old     = "any"
user_group = "list"
[predicates]
at_least   = { params = ["v"], expr = 'version >= v' }
modern     = { params = ["d", "v"], expr = 'device == d & at_least(v)' }
user_group = { fact = true }
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "a"
info = { driver = "12.10", arch = "x86_64" }
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "b"
info = { driver = "2.9", arch = "aarch64", isa = ["sve"] }
select = 'modern("cuda", self.driver) & sm > 80 & user_group("staff", "beta") & cpu.isa in self.isa & device != "cpu"'
END
reg auto-register -q
reg facts Kernel
reg facts Kernel -o json | jq -c '.[] | [.fact, .type, .declared, .values, .doc, .candidates]'
reg facts Kernel -o json | jq -c '.[] | select(.fact == "version") | .compared, .through, .places'
# completion offers these facts and values
reg completion words -- possible Kernel --ctx ''
reg completion words -- select gemm --registry Kernel --ctx version=
reg completion words -- select gemm --registry Kernel --ctx arch=
reg completion words -- select gemm --registry Kernel --ctx user_group=
reg completion words -- facts K
reg completion words -- facts Kernel/
reg completion words -- facts --h
