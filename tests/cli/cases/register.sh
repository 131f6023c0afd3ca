sh "$CLI/setup/kernels.sh"
# a symbol goes into manual.reg.json and into the cache
reg register Kernel libgemm.so:make_tuned --oid gemm --info device=cuda --info min_sm=90 --select 'device == self.device & sm >= self.min_sm & yes(9)' --doc 'tuned by hand'
cat manual.reg.json
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90
reg show Kernel/gemm --field doc
# a registry that is not declared is made
reg register Extra pkg.mod.Thing -o json
reg get Extra/Thing
# what the rules forbid leaves both as they were
cp manual.reg.json manual.before && cp .reg/registry_cache.json cache.before
reg register Extra pkg.mod.Thing
reg register Extra pkg.other.Thing
reg register Extra pkg.Other --info size=3
reg register Kernel libgemm.so:other --select 'device = "cpu"'
reg register Kernel libgemm.so:other --select 'nope()' -o json
reg register Kernel
cmp manual.before manual.reg.json && cmp cache.before .reg/registry_cache.json && echo untouched
# force, clear, replaces
reg register Extra pkg.other.Thing --force
reg list Extra
reg register Extra pkg.third.Thing --replaces pkg.other.Thing
reg list Extra
reg register Extra pkg.last.Thing --clear
reg list Extra
# what was registered here is unregistered here; what a source declares, by an entry
reg unregister Extra Thing pkg.last.Thing
reg unregister Kernel gemm libgemm.so:make_tuned
reg unregister Kernel gemm libgemm.so:make_tuned
reg unregister Kernel gemm libgemm.so:make_cpu
reg list Kernel -o name
cat manual.reg.json
# a merge copies
reg merge All Kernel
reg merge All Kernel
reg list All
reg merge All Nowhere
# a manual.reg.json that somebody broke is not overwritten
printf '{"symbols":' > manual.reg.json
reg register Extra pkg.New
cat manual.reg.json
