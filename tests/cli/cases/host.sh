sh "$CLI/setup/kernels.sh"
# what this machine is; without a workspace, too
reg facts --host -o name | grep -x 'arch\|os.name\|os.kernel\|cpu.usable'
cd / && reg facts --host | tr -s ' ' | sed -n '1p;/^os.name/p'
reg facts --host -o 'format={fact}={value}\n' | grep '^os.name'
reg facts --host -o json | jq -c '[.os.name, (.cpu.usable | type), (.arch | type)]'
test "$(reg facts --host -o json | jq -r .arch)" = "$(uname -m)"
# what is printed is what is used
reg facts --host -o json > host.json
reg facts --host -o jsonl | cmp - host.json
reg select image --ctx @host --ctx ext=png --explain -o json 2>/dev/null | jq -c .context > a.json
reg select image --ctx @host.json --ctx ext=png --explain -o json 2>/dev/null | jq -c .context > b.json
cmp a.json b.json && jq -c .os.name a.json
# later ones win, key by key; what is taken away is gone
reg select image --ctx @host --ctx ext=png --ctx os.name=mine --explain -o json 2>/dev/null | jq -c '[.context.os.name, .origins.os.name, .origins.arch]'
reg select image --ctx os.name=mine --ctx @host --ctx '~cpu' --ctx ext=png --explain -o json 2>/dev/null | jq -c '[.context.os.name, .context.cpu, .origins.os.name]'
reg select image --ctx @host --ctx ext=png --explain 2>/dev/null | grep '^  os.name' | tr -s ' '
reg possible Codec --ctx @host --ctx ext=jpg
# a file of that name
echo '{"ext": "png"}' > host
reg select image --ctx @./host -q
# where none applies, a host's many values are shown in part
reg select image --ctx @host --ctx ext=gif 2>&1 | wc -L | awk '{ print ($1 < 1500) }'
# a registry may declare something else under such a name
cat >codecs.reg.json <<'END'
{"registries": {"Codec": {"context": {"arch": "int", "os.name": "string", "memory": "list", "ext": "int"}}},
"symbols": [{"registry": "Codec", "oid": "image", "target": "a", "select": "os.name == 'linux'"}]}
END
reg auto-register -q
reg select image --ctx @host 2>&1 | sed "s/\"$(uname -m)\"/MACHINE/; s/{\"total.*}/MEMORY/"
reg possible Codec --ctx @host -o json 2>&1 | jq -r .error.kind
reg select image --ctx @host --ctx '~arch' --ctx '~memory'
reg select image --ctx @host --ctx arch=1 --ctx memory=[] -o name
reg select image --ctx '~arch' --ctx '~memory' --ctx @host -q 2>&1 | grep -c @host
# and only then is the host to blame
reg select image --ctx @host --ctx '~arch' --ctx '~memory' --ctx '{"ext": "png"}'
# completion
reg completion words -- select image --ctx @ho
reg completion words -- select image --ctx @./h
reg completion words -- select image --ctx @host --ctx '~os.n'
