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
# a tie: the first one, and a warning; under --strict an error
reg possible Codec --ctx ext=png
reg possible Codec --ctx ext=png -o json
reg possible Codec --ctx ext=png --strict
reg possible Codec --ctx ext=png --strict -o json
# many ties are few lines
for i in 1 2 3 4 5 6 7; do printf '[[symbols]]\nregistry="T"\noid="o%s"\ntarget="t.A"\nselect="yes()"\n[[symbols]]\nregistry="T"\noid="o%s"\ntarget="t.B"\nselect="yes()"\n' $i $i; done >> kernels.reg.toml; reg auto-register -q
reg possible T -o name
reg possible T --strict
