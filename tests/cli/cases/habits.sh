sh "$CLI/setup/kernels.sh"
# what people type who know other programs
reg search conv
reg describe Kernel/conv
reg ls
reg update
reg version
reg list Kernel --json
reg list Kernel --jq .oid
reg list Kernel --sort-by oid
reg list Kernel -l device=cuda
reg list Kernel --columns oid
reg get pods -o wide
reg list 'conv*'
reg list Kernel 'conv*'
reg find 'conv*'
reg select gemm Kernel
reg show Kernel conv
reg list Kernel --limit 0
reg list Kernel --fields oid,device,device --filter conv
reg list Kernel --where 'device = "cuda"'
reg list Kernel --where 'min_sm > 70 and device == "cuda"'
reg list Kernel/conv
reg get Kernel
reg get conv
reg select Kernel
reg select "Kernel/it's"
reg list Kernel --sort ''
reg list Kernel --sort=-
reg list Kernel --fields min-sm
reg list Kernel --fields info
reg unregister Kernel nope libx.so:y
reg list Kernel --filter on --exclude 'c*'
reg list --all --filter prob
reg list -o format=
reg list -o target
