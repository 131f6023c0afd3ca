sh "$CLI/setup/kernels.sh"
# colour goes to terminals only, and there only where it is wanted
reg list
reg list --color=always
python3 "$CLI/on_terminal.py" reg list
python3 "$CLI/on_terminal.py" reg list --color never
NO_COLOR=1 python3 "$CLI/on_terminal.py" reg list
NO_COLOR= python3 "$CLI/on_terminal.py" reg list Codek
TERM=dumb python3 "$CLI/on_terminal.py" reg list
NO_COLOR=1 reg list --color=always | head -n 1
reg get Kernel/gem --color=always
reg select gemm --registry Kernel --ctx device=cuda --explain --color=always
# data formats are never coloured
reg list -o csv --color=always
