# nothing to do is bad usage
reg
# a slip in a command's name: the nearest one
reg selct
reg frobnicate
# a slip in an option's name
reg list --filtr x
reg list --filter
reg list --limit many
reg list --limit -1
reg list --all=maybe
reg list --no-such-option=3
reg list one two
reg show
reg show /gemm
reg get Kernel/
reg cache vrfy
reg cache
reg -o xml list
reg -o jsno list
reg --color sometimes list
reg --workspace= list
reg --workspace
reg auto-register --jobs 0
reg auto-register --define gpu
# an option for every command stands before or after it, in any spelling; the last one counts
reg -o json selct
reg selct -ojson
reg --output=jsonl list --bogus
reg -o json list --bogus -o table
reg -qo json --bogus
# a control character in a name is not written raw
reg "$(printf 'se\033[31mlect')"
# the version
reg --version
reg list --version
