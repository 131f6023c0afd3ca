sh "$CLI/setup/kernels.sh"
# nothing changed: no source is read
reg auto-register
reg auto-register --check
# one source changed: only that one is read
sed -i 's/plain loops/plainer loops/' kernels.reg.toml
reg auto-register --check
reg auto-register --dry-run
reg auto-register --dry-run -o json
reg show Kernel/gemm --field doc
reg auto-register
reg show Kernel/gemm --field doc
reg auto-register -o json
reg auto-register -q
# targets: just what came from there
printf '{"symbols":[{"registry":"Extra","target":"pkg.Thing"}]}' > codecs.reg.json
reg auto-register kernels.reg.toml
reg auto-register codecs.reg.json
reg auto-register nowhere.reg.json
# errors: all of them, with place, excerpt and hint; the cache stays
cp .reg/registry_cache.json before.json
cat > kernels.reg.toml <<'END'
[registries.Kernel]
fields = ["device"]

[[symbols]]
registry = "Kernel"
target   = "libgemm.so:make_cpu"
info     = { devise = "cpu" }

[[symbols]]
registry = "Kernel"
target   = "libgemm.so:other"
select   = 'device = "cpu"'
oidd     = "x"
END
reg auto-register
cmp before.json .reg/registry_cache.json && echo untouched
reg auto-register -o json
reg auto-register --keep-going
reg list
reg status
# facts for `when`
cat > kernels.reg.toml <<'END'
[[symbols]]
registry = "Kernel"
target   = "libgemm.so:tuned"
when     = 'build.mode == "release" & level >= 3'
END
reg auto-register
reg find tuned
reg auto-register --define build.mode=release --define level=3
reg find tuned
# jobs
reg auto-register --jobs 2
reg auto-register --jobs 100000
# a cache that cannot be written
rm -r .reg && touch .reg
reg auto-register
reg list
