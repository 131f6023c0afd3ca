# output is fit for the tools that read it
sh "$CLI/setup/kernels.sh"
reg list Kernel -o json | python3 -c 'import json, sys; print([s["info"] for s in json.load(sys.stdin)])'
reg list Kernel -o jsonl | python3 -c 'import json, sys; print([json.loads(l)["select"] for l in sys.stdin])'
reg list Kernel -o csv --fields tags,doc | python3 -c 'import csv, sys; print(list(csv.reader(sys.stdin)))'
reg select image --ctx ext=png --explain -o json -q | python3 -c 'import json, sys; d = json.load(sys.stdin); print(d["winner"], d["ambiguous"])'
# no line of a table ends with a blank
reg list Kernel --fields min_sm,tags,doc | grep -c ' $'
