sh "$CLI/setup/kernels.sh"
reg possible Kernel --ctx device=cuda
reg possible Kernel --ctx device=cuda -o json
reg possible Kernel --ctx device=cuda -o csv
reg possible Kernel --ctx device=cuda -o name
reg possible Codec
reg possible Kernel --ctx device=tpu
reg possible Kernel --ctx device=tpu -o json
reg possible Kernell
reg possible
