sh "$CLI/setup/kernels.sh"
cat > more.reg.toml <<'END'
[registries.Shape]
[[symbols]]
registry = "Shape"
oid      = "area"
target   = "s.Any"
select   = "yes(2)"
[[symbols]]
registry = "Shape"
oid      = "area"
target   = "s.Round"
select   = 'shape == "round" & unit == "m" & ~exact'
[[symbols]]
registry = "Shape"
oid      = "area"
target   = "s.Square"
select   = 'shape == "square"'
[[symbols]]
registry = "Shape"
oid      = "area"
target   = "s.NoSm"
select   = '~has(sm) & yes(9)'
[[symbols]]
registry = "Shape"
oid      = "area"
target   = "s.Contradiction"
select   = 'shape == "round" & shape == "square"'
[[symbols]]
registry = "Shape"
oid      = "area"
target   = "s.Small"
select   = 'width < height & yes(3)'
[[symbols]]
registry = "Shape"
oid      = "hue"
target   = "s.Red"
select   = 'light'
[[symbols]]
registry = "Shape"
oid      = "hue"
target   = "s.Green"
select   = '~light'
[[symbols]]
registry = "Shape"
oid      = "hue"
target   = "s.Blue"
select   = 'has(light) & yes(-0.5)'
END
sed -i 's/"codecs.reg.json"/"codecs.reg.json", "more.reg.toml"/' registry.toml
reg auto-register --quiet
# it wins
reg why gemm --registry Kernel --target libgemm.so:make_cpu --ctx device=cpu
# one fact; several
reg why gemm --registry Kernel --target libgemm.so:make_cutlass --ctx device=cuda --ctx sm=80
reg why gemm --registry Kernel --target libgemm.so:make_cublas
reg why area --target s.Round
reg why area --target s.Square --ctx '{"shape": "round", "unit": {"a\u202eb": ["a long value, of which the beginning is shown", "and then some more, and then some more, and more"]}}'
# each of the ways in which one never wins
reg why area --target s.Contradiction
reg why area --target s.NoSm
reg why area --target s.Square
reg why hue --target s.Blue
reg why image --registry Codec --target codecs.apng.Apng --ctx ext=png
reg why area --target s.NoSm --ctx '~sm'
# a tie, and what compares two facts
reg why image --registry Codec --target codecs.png.Png --ctx ext=png
reg why area --target s.Small --ctx width=2 --ctx height=1
# pins
reg pin Kernel/gemm libgemm.so:make_cutlass --reason 'the other one is wrong' --quiet
reg why gemm --registry Kernel --target libgemm.so:make_cublas --ctx device=cuda --ctx sm=90
reg why gemm --registry Kernel --target libgemm.so:make_cutlass --ctx device=cuda --ctx sm=90
reg why gemm --registry Kernel --target libgemm.so:make_cutlass
reg why gemm --registry Kernel --target libgemm.so:make_cpu --ctx device=cuda
reg why gemm --registry Kernel --target libgemm.so:make_cublas --ctx device=cuda --ctx sm=90 -o json
reg unpin Kernel/gemm --quiet
# JSON
reg why gemm --registry Kernel --target libgemm.so:make_cutlass --ctx device=cuda --ctx sm=80 -o json
reg why area --target s.NoSm -o jsonl
reg why hue --target s.Blue -o json
# what cannot be asked
reg why gemm --registry Kernel --target libgemm.so:make_cutlas
reg why gemm --registry Kernel --target cutlass
reg why gem --target libgemm.so:make_cpu
reg why gemm --registry Kernal --target libgemm.so:make_cpu
reg register Shape s.Gemm --oid gemm --quiet
reg why gemm --target s.Gemm
reg why gemm --registry Shape --target s.Gemm
reg why gemm
reg why gemm extra --target s.Gemm
reg why gemm --registry Shape --target s.Gemm -o csv
reg why gemm --registry Kernel --target libgemm.so:make_cpu --ctx devise=cpu
reg help why
