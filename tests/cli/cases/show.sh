sh "$CLI/setup/kernels.sh"
reg show Kernel/gemm
reg show Codec/raw
reg show Kernel/conv -o json
reg show Kernel/gemm -o jsonl
reg show Kernel/gemm -o csv
reg show Kernel/gemm -o name
# one field's value alone
reg show Kernel/gemm --field device
reg show Kernel/gemm --field tags
reg show Kernel/gemm --field tags -o json
reg show Kernel/gemm --field min_sm -o jsonl
reg show Kernel/gemm --field target
reg show Kernel/gemm --field source
reg show Kernel/gemm --field devise
# what is not there
reg show Kernel/gem
reg show Kernell/gemm
reg show Kernell/gemm -o json
# the predicate that scores a symbol, also the registry's; paths into objects
reg show Kernel/gemm --field select
reg show Kernel/gemm --field select -o json
reg show Codec/gemm --field select
reg show Kernel/gemm --field info.min_sm
