sh "$CLI/setup/kernels.sh"
reg show Kernel/gemm
reg show Codec/raw
reg show Kernel/conv -o json
reg show Kernel/gemm -o jsonl
reg show Kernel/gemm -o csv
reg show Kernel/gemm -o name
# one field's value alone
reg show Kernel/gemm --field device
reg show Kernel/gemm --field tags
reg show Kernel/gemm --field tags -o json
reg show Kernel/gemm --field min_sm -o jsonl
reg show Kernel/gemm --field target
reg show Kernel/gemm --field source
reg show Kernel/gemm --field devise
# what is not there
reg show Kernel/gem
reg show Kernell/gemm
reg show Kernell/gemm -o json
# the predicate that scores a symbol, also the registry's; paths into objects
reg show Kernel/gemm --field select
reg show Kernel/gemm --field select -o json
reg show Codec/gemm --field select
reg show Kernel/gemm --field info.min_sm
# a registry: what is declared of it, and what follows from its symbols
reg show Kernel
reg show Codec
reg show Kernel -o json
reg show Kernel -o jsonl | cut -c 1-60
reg show Kernel -o csv
reg show Kernel -o name
reg merge All Kernel
cat >>registry.toml <<'END'
[registries.Kernel]
context = { device = { type = "string", values = ["cpu", "cuda"], doc = "where it runs" }, sm = "int" }
[registries.Empty]
doc = "a registry with a doc that is too long for a line of a terminal, and nothing in it but that, so far"
END
reg auto-register
reg show Kernel
reg show All
reg show Empty
# a test of a fact is a named predicate, too
printf '\n[predicates]\nmember = { fact = true }\n' >>registry.toml
reg auto-register -q
reg register Other x.Y --select 'member("staff")'
reg show Other
# which source declares it is known as long as the cache has its sidecar
rm .reg/registry_cache.json.state
reg show Kernel | tail -n 1
# what is no registry
reg show gemm
reg show Kernl
reg show nowhere
reg show Kernel --field device
