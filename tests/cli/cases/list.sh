sh "$CLI/setup/kernels.sh"
# without a registry: the registries
reg list
reg list --filter 'K*'
reg list --exclude '*' 
reg list --limit 1
reg list -o name
reg list -o json
reg list -o jsonl
reg list -o csv
reg list --fields ext
# the symbols of one
reg list Codec
reg list Codec --fields rank,ext
reg list Codec --fields rank --fields source
reg list Kernel --fields device,tags,doc,select
# filters are a union
reg list Codec --filter 'im*' --filter raw
reg list Codec --filter '*a*' --exclude 'raw'
reg list Codec --filter 'nothing*'
reg list Codec --filter 'nothing*' -o json
reg list Codec --filter 'nothing*' -q
# numbers before strings, null last, either way
reg list Codec --sort rank --fields rank
reg list Codec --sort=-rank --fields rank
reg list Codec --sort target
reg list Codec --sort=-rank --limit 2
reg list Codec --limit 1
reg list Codec --limit 0
# all registries, without names that begin with __
reg list --all
reg list __global -o name
reg list --all Codec
reg list --all --fields device,ext --filter 'gemm'
# a field that is not there
reg list Codec --fields rnak
reg list Codec --fields bogusfield
reg list Codec --sort rnak
reg list Codec --sort -rank
# a registry that is not there
reg list Codek
reg list Codek -o json
# several keys to sort by, digits as numbers
reg list Codec --sort ext,-rank --fields ext,rank
reg list Codec --sort ext --sort=-rank --fields ext,rank -o tsv
reg list Codec --sort ext,rnak
# what a limit cut off
reg list Codec --limit 2 --filter '*a*'
reg list Codec --limit 2 -o csv
reg list Codec --limit 2 --filter '*a*' -o csv
reg list --all --limit 1 -q
# what could have been meant
reg list Codec --filter mag
reg list Codec --filter IMAGE
reg list --all --filter gem -o json
reg list --filter kernel
# a shell completes the last column of several
reg completion words -- list Codec --sort ext,-r
reg completion words -- list Codec --sort=-ex
