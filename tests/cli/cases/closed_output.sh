sh "$CLI/setup/kernels.sh"
# a full disk
reg list > /dev/full
reg list -o json > /dev/full
reg --help > /dev/full
# standard output is closed: an error if there is something to say
reg list >&-
reg status -o json >&-
reg select gemm --registry Kernel --ctx device=tpu --or-none >&-
# standard error is closed, too; the exit code is left
reg get Kernel/gem >&- 2>&-
# and no message ends in a file that took its number
reg auto-register kernels.reg.toml >&- 2>&- <&-
reg cache verify
# nobody reads: quiet, as `cat` is
python3 "$CLI/broken_pipe.py" reg list
python3 "$CLI/broken_pipe.py" --ignore-sigpipe reg list
