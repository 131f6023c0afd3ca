sh "$CLI/setup/kernels.sh"
# the winner's target, and nothing else
reg select gemm --registry Kernel --ctx device=cuda
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90
reg select gemm --registry Kernel --ctx device=cpu
reg select raw
# every format
reg select gemm --registry Kernel --ctx device=cuda -o json
reg select gemm --registry Kernel --ctx device=cuda -o jsonl
reg select gemm --registry Kernel --ctx device=cuda -o csv
reg select gemm --registry Kernel --ctx device=cuda -o tsv
reg select gemm --registry Kernel --ctx device=cuda -o name
# every one that applies, best first
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 --all
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 --all -o json
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 --all -o csv
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 --all -o name
# none applies
reg select gemm --registry Kernel --ctx device=tpu
reg select gemm --registry Kernel --ctx device=tpu -o json
reg select gemm --registry Kernel --ctx device=tpu --all
reg select gemm --registry Kernel --ctx device=tpu --or-none
reg select gemm --registry Kernel --ctx device=tpu --or-none --all -o json
# a tie: the first one, and a warning; under --strict an error
reg select image --ctx ext=png
reg select image --ctx ext=png -q
reg select image --ctx ext=png -o json
reg select image --ctx ext=png --strict
reg select image --ctx ext=png --strict -o json
reg select image --ctx ext=png --all
reg select image --ctx ext=jpg --ctx quality.level=4 --strict
# an explanation
reg select gemm --registry Kernel --ctx device=cuda --explain
reg select gemm --registry Kernel --ctx device=cuda --explain -o json
reg select gemm --registry Kernel --ctx device=tpu --explain
reg select gemm --registry Kernel --ctx device=tpu --explain --or-none
reg select image --ctx ext=png --explain
reg select image --ctx ext=png --explain --strict
reg select image --ctx ext=png --explain -o json
reg select image --ctx ext=png --explain -o csv
reg select image --explain --all
# which registry
reg select gemm
reg select nothing
reg select Kernel/gemm
reg select gemm --registry Kernell
reg select gemmm --registry Kernel
