mkdir kernels data
printf '[workspace]\nsources = ["."]\nexclude = ["skipped.toml"]\n' >registry.toml
# a manifest under a name that is none is told
cat >kernels/gemm.toml <<'END'
[[symbols]]
registry = "Kernel"
target = "libgemm.so:make_gemm"
END
cp kernels/gemm.toml skipped.toml
printf '{"symbols": [{"registry": "Kernel", "target": "libconv.so:make_conv"}]}' >kernels/conv.json
reg auto-register
reg auto-register -o json
reg auto-register --check
# what is something else is not
printf '[project]\nname = "x"\n[registries.index]\nurl = "https://example.org"\n' >pyproject.toml
printf '{"name": "x", "symbols": ["a", "b"]}' >data/package.json
printf '[[symbols]]\n' >data/notes.txt
printf 'not json' >data/broken.json
mv kernels/gemm.toml kernels/gemm.reg.toml
reg auto-register
reg auto-register --check
reg auto-register kernels
mv kernels/conv.json kernels/conv.reg.json
reg auto-register
# a folder with very many files is not searched
mv kernels/gemm.reg.toml kernels/gemm.toml
for n in $(seq 100); do echo '{}' >data/$n.json; done
reg auto-register
