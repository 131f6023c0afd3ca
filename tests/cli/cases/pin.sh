printf '[workspace]\nname = "m"\nsources = ["."]\n[registries.Kernel]\nfields = ["min_sm"]\n' > registry.toml
printf '[[symbols]]\nregistry = "Kernel"\noid = "gemm"\ntarget = "libgemm.so:make_naive"\n' > a.reg.toml
printf '[[symbols]]\nregistry = "Kernel"\noid = "gemm"\ntarget = "libgemm.so:make_cublas"\nselect = "sm >= 80"\n' > b.reg.toml
printf '[[symbols]]\nregistry = "Kernel"\noid = "gemm"\ntarget = "libgemm.so:make_wmma"\nselect = "sm >= 70"\n' > c.reg.toml
reg auto-register
reg select gemm --ctx sm=90
# it wins wherever it applies
reg pin Kernel/gemm libgemm.so:make_naive --reason 'cuBLAS 12.4 is wrong, see #12'
cp manual.reg.json pinned.json
reg unpin Kernel/gemm
mv pinned.json manual.reg.json
reg auto-register --check
reg auto-register --dry-run
reg auto-register -q
cat manual.reg.json
reg select gemm --ctx sm=90
reg select gemm --ctx sm=90 --strict --explain
reg select gemm --ctx sm=90 --explain -o json
reg select gemm --ctx sm=90 --all
reg select gemm --ctx sm=90 -o json
reg possible Kernel --ctx sm=90 --strict -o json
reg -v select gemm --ctx sm=90 2>&1 | grep pinned
# it is shown
reg status
reg status -o json | tail -3
reg show Kernel/gemm
reg show Kernel/gemm -o jsonl
reg show Kernel
reg show Kernel -o json
# and is what a full run makes of the sources
cp .reg/registry_cache.json spliced.json
reg auto-register --full
cmp spliced.json .reg/registry_cache.json
reg cache verify
# an oid has one pin
reg pin Kernel/gemm libgemm.so:make_naive --reason 'cuBLAS 12.4 is wrong, see #12'
reg pin Kernel/gemm libgemm.so:make_cublas --reason fast
reg select gemm --ctx sm=90 --explain
reg pin Kernel/gemm libgemm.so:make_cublas --reason slow
# where it does not apply, all is as without it
reg select gemm --ctx sm=75
reg select gemm --ctx sm=75 --explain
# what would make another one win, or the pinned one
reg why gemm --target libgemm.so:make_cublas --ctx sm=90
reg why gemm --target libgemm.so:make_naive --ctx sm=90
reg why gemm --target libgemm.so:make_naive --ctx sm=90 -o json
reg why gemm --target libgemm.so:make_cublas --ctx sm=75
# names that are not there
reg pin Kernal/gemm libgemm.so:make_naive --reason r
reg pin Kernel/gemn libgemm.so:make_naive --reason r
reg pin Kernel/gemm libgemm.so:make_naiv --reason r
reg pin Kernel libgemm.so:make_naive --reason r
reg pin Kernel gemm libgemm.so:make_naive --reason r
reg pin Kernel/gemm --reason r
reg unpin Kernel/gemn
reg unpin Kernel/gemn -o json
# a reason is one line, and must be given
reg pin Kernel/gemm libgemm.so:make_naive
reg pin Kernel/gemm libgemm.so:make_naive --reason ''
reg pin Kernel/gemm libgemm.so:make_naive --reason "$(printf 'a\nb')"
# a locked cache stays as it is
reg lock
reg pin Kernel/gemm libgemm.so:make_naive --reason r
reg unpin Kernel/gemm
reg unlock
# what never applies has no effect
printf '[[symbols]]\nregistry = "Kernel"\noid = "gemm"\ntarget = "libgemm.so:make_never"\nselect = "sm >= 80 & sm < 70"\n' > never.reg.toml
reg auto-register -q
reg pin Kernel/gemm libgemm.so:make_never --reason "$(printf 'a\342\200\256b')"
reg status | tail -2
reg status -o json | tail -3
reg pin Kernel/gemm libgemm.so:make_cublas --reason slow
rm never.reg.toml
reg auto-register -q
# a cache that is not there is an error for both
reg --cache other.json pin Kernel/gemm libgemm.so:make_cublas --reason slow
reg --cache other.json unpin Kernel/gemm
# what is pinned and not registered any more has no effect
rm b.reg.toml
reg auto-register
reg status | tail -2
reg select gemm --ctx sm=90
reg unpin Kernel/gemm
reg unpin Kernel/gemm
reg status
# the file may be written by hand; no other may have pins
printf '{"pins": [{"registry": "Kernel", "oid": "gemm", "target": "libgemm.so:make_naive", "reason": "by hand"}]}' > manual.reg.json
reg select gemm --ctx sm=90 --fresh -o json
printf '[[pins]]\nregistry = "Kernel"\noid = "gemm"\ntarget = "libgemm.so:make_naive"\nreason = "r"\n' > d.reg.toml
reg auto-register
rm d.reg.toml
printf '{"pins": [\n  {"registry": "Kernel", "oid": "gemm", "target": "t", "reason": "\\u001b[31m"},\n  {"registry": "Kernel", "oid": "gemm", "target": "t"}]}' > manual.reg.json
reg auto-register
reg pin Kernel/gemm libgemm.so:make_naive --reason r
# completion knows what can be pinned, and what is
printf '{"pins": [{"registry": "Kernel", "oid": "gemm", "target": "libgemm.so:make_naive", "reason": "by hand"}]}' > manual.reg.json
reg auto-register
reg completion words -- pin Kernel/
reg completion words -- pin Kernel/gemm libgemm.so:make_
reg completion words -- unpin ''
reg help pin | head -20
reg help unpin | head -12
