sh "$CLI/setup/kernels.sh"
reg find gemm
reg find gemm -o name
reg find gemm -o json
reg find gemm -o jsonl
reg find gemm -o csv
reg find gemm -o tsv
reg find nothing
reg find nothing -o json
reg find nothing -q
# what could have been meant
reg find GEMM
reg find gem
reg find emm
