sh "$CLI/setup/kernels.sh"
# a value is JSON if it parses as JSON, else a string; a.b=1 nests
reg select image --ctx 'ext="jpg"' --ctx quality.level=4
reg select image --ctx ext=jpg --ctx 'quality={"level":4}'
reg select image --ctx ext=jpg --ctx quality.level=low
# a file, standard input, an object
echo '{"ext": "jpg", "quality": {"level": 9}}' > context.json
reg select image --ctx @context.json
reg select image --ctx - < context.json
reg select image --ctx '{"ext": "jpg", "quality": {"level": 9}}'
reg select image --ctx '{}' --ctx=@context.json
# later ones win, key by key
reg select image --ctx @context.json --ctx quality.level=1
reg select image --ctx quality.level=1 --ctx @context.json
reg select image --ctx @context.json --ctx quality.best=true
# over what registry.toml says
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=80 -o jsonl
# what cannot be read
reg select image --ctx ext
reg select image --ctx =jpg
reg select image --ctx .a=1
reg select image --ctx a..b=1
reg select image --ctx ''
reg select image --ctx @nowhere.json
reg select image --ctx @.
reg select image --ctx '{"ext":'
echo '{"a": 1,\n "a": 2}' > twice.json
reg select image --ctx @twice.json
echo '[1]' > list.json
reg select image --ctx @list.json
reg select image --ctx @list.json -o json
reg select image --ctx - --ctx -
reg select image --ctx - < list.json
reg select image --ctx "$(printf 'ext=\377')"
reg select image --ctx "$(python3 -c 'print(".".join("a" * 200) + "=1")')"
reg select image --ctx @/dev/zero
