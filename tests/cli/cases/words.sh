sh "$CLI/setup/kernels.sh"
# the version and the help, in every spelling
reg -V
reg list -V
reg --version list
reg help | head -n 1
reg help select | head -n 1
reg select --help | head -n 1
reg select -h gemm --bogus | head -n 1
reg -qh select | head -n 1
reg --bogus --help | head -n 1
reg help help | head -n 1
reg help selct
# what stands where a value belongs is never taken for an option: it is the value, or told
reg register Kernel libx.so:x --doc --version
reg register Kernel libx.so:x --doc -V
reg register Kernel libx.so:x --doc=--version
reg show Kernel/x --field doc
reg list --filter --help
reg list Codec --filter=--help
reg list Codec --filter -o json
reg list Codec --limit -1
reg list Kernel --sort -target --limit 1
reg list Codec --filter=
# options for every command stand before or after its name; the last one counts
reg -q list Codec --limit 1
reg list -q Codec --limit 1
reg list Codec --limit 1 -o json -otable
reg -o json list Codec --limit 1 --output=name
reg -vq list Codec --limit 1
reg --registry Kernel select gemm
reg --workspce . list
# what follows -- is no option
reg list -- Codec --limit
reg list -- --all
reg -- list --all
reg -- --help
reg find -- -q
reg find ++ --no-such
reg list --filter ++
# usage errors are shaped by -o, wherever it stands, and whatever else is wrong
reg --bogus list -o json
reg selct -o json
reg list --bogus -ojson
reg list --all=maybe -o json
reg list --limit many -o json
reg list --color sometimes -o jsonl
reg list -o yaml -o json
reg list -o yaml
reg list --workspace= -o json
reg list -o json one two
reg -o json
reg -o
