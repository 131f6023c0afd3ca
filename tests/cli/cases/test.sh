sh "$CLI/setup/kernels.sh"
# nothing is expected yet: a pipeline notices
reg test
reg test -o json
mkdir checks
cat > checks/gemm.regtest.toml <<'TOML'
# What the pipeline relies on.
[[expect]]
registry = "Kernel"
oid      = "gemm"
ctx      = { device = "cuda", sm = 90 }
target   = "libgemm.so:make_cublas"

[[expect]]
registry   = "Kernel"
oid        = "gemm"
ctx.device = "tpu"
none       = true          # until there is one

[[expect]]
oid = "image"
tie = ["codecs.apng.Apng", "codecs.png.Png"]
doc = "both can"
[expect.ctx]
ext = "png"
TOML
reg test
reg test -v 2>/dev/null
reg test -q
reg test checks -o jsonl
reg test checks -o csv
# what fails is shown where the two differ
cat > checks/failing.regtest.toml <<'TOML'
[[expect]]
registry = "Kernel"
oid      = "gemm"
ctx      = { device = "cuda", sm = 90 }
target   = "libgemm.so:make_cutlass"

[[expect]]
registry = "Kernel"
oid      = "gemm"
ctx      = { device = "cuda" }      # sm is 70 in [context]
target   = "libgemm.so:make_cublas"
doc      = "big matrices <on small devices> & \u001b[31m"

[[expect]]
registry = "Kernel"
oid      = "gemm"
ctx      = { device = "cuda" }
none     = true

[[expect]]
registry = "Kernel"
oid      = "conv"
ctx      = { device = "tpu" }
target   = "libconv.so:make_con"

[[expect]]
oid    = "image"
ctx    = { ext = "png" }
target = "codecs.apng.Apng"
TOML
reg test checks/failing.regtest.toml
reg test checks/failing.regtest.toml -q
reg test checks/failing.regtest.toml -o json
reg test checks -o junit
reg test checks -o tsv --no-headers
# a tie that is won by registration order only
printf '[[expect]]\noid = "image"\nctx.ext = "png"\ntarget = "codecs.png.Png"\n' > order.toml
reg test order.toml
reg test order.toml -q
# names that are not there fail, also where none is expected
printf '[[expect]]\nregistry = "Kernel"\noid = "gem"\nnone = true\n[[expect]]\nregistry = "Kernell"\noid = "gemm"\nnone = true\n[[expect]]\noid = "nothing"\nnone = true\n' > names.toml
reg test names.toml
# what cannot be asked is no failure of the registry
printf '[[expect]]\noid = "gemm"\nnone = true\n' > registry_left_out.toml
reg test registry_left_out.toml
reg test registry_left_out.toml -o junit
# a slip in a fact's name
printf '[[expect]]\noid = "raw"\nctx.quality.levl = 3\ntarget = "codecs.raw.Raw"\n' > slip.toml
reg test slip.toml
# files that are wrong: nothing is asked
printf '[[expct]]\noid = "gemm"\n[[expect]]\noid = "gemm"\ntargt = "x"\n' > wrong.toml
reg test wrong.toml checks/gemm.regtest.toml
reg test wrong.toml -o json
reg test nothing.toml
# a file and a folder without any
touch empty.regtest.toml
reg test empty.regtest.toml
reg test
rm empty.regtest.toml checks/failing.regtest.toml
# in a manifest, and in registry.toml; auto-register checks their shape
printf '\n[[expect]]\noid = "conv"\nctx.device = "cuda"\ntarget = "libconv.so:make_conv"\n' >> kernels.reg.toml
cp .reg/registry_cache.json before
reg auto-register
cmp before .reg/registry_cache.json
printf '\n[[expect]]\noid = "raw"\ntarget = "codecs.raw.Raw"\n' >> registry.toml
reg auto-register -q
reg test -v 2>/dev/null
printf 'targets = "x"\n' >> kernels.reg.toml
reg auto-register --check
reg test
sed -i '$d' kernels.reg.toml
# a change of the sources, asked with --fresh
sed -i 's/yes(2)/yes(-1)/' kernels.reg.toml
reg test checks
reg test --fresh checks -q
# what is now is recorded in place
reg test --record checks
cat checks/gemm.regtest.toml
reg test checks
reg test --record checks
reg test --record names.toml
# a new expectation
reg test --record checks/new.regtest.toml --add Kernel/gemm --ctx device=cuda --ctx sm=80
reg test --record checks/new.regtest.toml --add Codec/image --ctx ext=png
reg test --record checks/new.regtest.toml --add Codec/image --ctx ext=gif -o json
cat checks/new.regtest.toml
reg test checks -v 2>/dev/null
reg test --record checks/new.regtest.toml --add Codec/image --ctx ext=png
reg test --record checks/new.regtest.toml --add Codec/imag
reg test --record checks/new.regtest.toml --add Kernel/gemm --ctx '~sm'
reg test --record checks/new.toml --add Kernel/gemm
reg test --record codecs.reg.json --add Kernel/gemm
# what plain `reg test` would not look at; a folder that is not there is made
reg test --record .hidden/deep/new.regtest.toml --add Kernel/conv --ctx device=cuda
reg test --record more/new.regtest.toml --add Kernel/conv --ctx device=cuda
reg test more -v 2>/dev/null
# of the host, what predicates read; nothing here
reg test --record more/host.regtest.toml --add Kernel/gemm --ctx @host --ctx device=cpu
cat more/host.regtest.toml
rm more/host.regtest.toml
# one name for what is a path, and the same question twice
printf '[[expect]]\noid = "image"\nctx = { ext = "jpg", "quality.level" = 9 }\ntarget = "codecs.jpeg.Jpeg"\n' > quoted.toml
reg test quoted.toml
reg select image --ctx '{"ext": "jpg", "quality.level": 9}' --or-none
printf '[[expect]]\noid = "raw"\ntarget = "codecs.raw.Raw"\n[[expect]]\nregistry = "Codec"\noid = "raw"\nnone = true\n' > twice.toml
reg test twice.toml
reg test --record twice.toml
# a pin that decides is named, and what it decides is not recorded
reg pin Codec/image codecs.apng.Apng --reason 'see #12'
printf '[[expect]]\noid = "image"\nctx.ext = "png"\ntarget = "codecs.png.Png"\n' > order.toml
reg test order.toml
reg test order.toml -o junit
reg test --record order.toml
reg test --record order.toml --add Codec/image --ctx ext=png --ctx other=1
cat order.toml
reg unpin Codec/image
reg test order.toml -q
# a file has one name, and what cannot be read is as wrong as the rest
ln -s new.regtest.toml more/same.regtest.toml
reg test more
ln -s gone more/broken.regtest.toml
reg test more
reg test more -o junit
rm more/broken.regtest.toml
mkfifo more/fifo.regtest.toml
reg test more
rm more/fifo.regtest.toml
reg test nothing.toml -o junit
# usage
reg test --add Kernel/gemm checks
reg test --record --add Kernel/gemm
reg test --ctx sm=90
reg test --record -o junit
reg test -o name
reg select gemm -o junit
reg -o junit list
reg test -o junitt
reg completion words -- test -o j
# TOML has no null
reg test --record checks/new.regtest.toml --add Kernel/gemm --ctx '{"device":"cpu","sm":null}'
