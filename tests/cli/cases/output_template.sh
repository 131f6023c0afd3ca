sh "$CLI/setup/kernels.sh"
# the target alone, of every symbol
reg list Kernel -o target
reg select gemm --registry Kernel --ctx device=cuda -o target
reg find gemm -o target
reg possible Kernel --ctx device=cuda -o target
# a text of one's own: strings as they are, nothing for null, all else as JSON
reg list Kernel -o 'format={oid}\t{info.device}\t{min_sm}\t{tags}\n'
reg list Kernel -o 'format={{{oid}}} \\{target}\n' --limit 1 -q
reg list Kernel --filter gemm -o 'format={registry}/{oid} {source.path}:{source.line} {select}\0' | tr '\0' '\n'
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 -o 'format={score} {target}\n'
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 --all -o 'format={score} {target}\n'
reg get Kernel/conv -o 'format={target} {info.device}\n'
reg show Kernel/conv -o 'format={oid}: {doc}\n'
reg possible Kernel --ctx device=cuda -o 'format={oid}={target}\n'
# nothing is added at the end
reg list Codec -o 'format={oid},'; echo
# registries and sources, by the names of their columns
reg list -o 'format={registry}: {symbols}\n'
reg show Kernel -o 'format={registry}: {fields}\n'
reg status -o 'format={state} {source}\n'
# what is wrong is told before anything is printed
reg list Kernel -o 'format={oid} {devise}\n'
reg list Kernel -o 'format={device.name}\n'
reg list Kernel -o 'format={source.lin}\n'
reg list Kernel -o 'format={score}\n'
reg list -o target
reg list -o 'format={symbol}\n'
reg list Kernel -o 'format={oid'
reg list Kernel -o 'format=oid}'
reg list Kernel -o 'format={}'
reg list Kernel -o 'format={oid}\r\n'
reg list Kernel -o 'format=\'
reg list Kernel -o format
reg list Kernel -o formt={oid}
reg select gemm --registry Kernel --explain -o target
reg show Kernel/conv --field device -o target
# what could act on a terminal stays as it is in a pipe
printf '[registries.Odd]\nfields = ["a b"]\n[[symbols]]\nregistry = "Odd"\ntarget = "x.y"\ninfo = { "a b" = "red\\u001b[31m" }\n' >> kernels.reg.toml
reg auto-register -q
reg list Odd -o 'format={`a b`}\n' | od -c
