sh "$CLI/setup/kernels.sh"
reg get Kernel/conv
reg get Kernel/conv -o json
reg get Kernel/conv -o jsonl
reg get Kernel/conv -o csv
reg get Kernel/conv -o tsv
reg get Kernel/conv -o name
# several: ambiguous
reg get Kernel/gemm
reg get Kernel/gemm -o json
reg get Kernel/convv
reg get Nothing/conv
