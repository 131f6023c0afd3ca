sh "$CLI/setup/odd.sh" && reg auto-register
reg lint
reg lint View
reg lint View Kernel -o jsonl
reg lint View -o json
reg lint -o csv
reg lint -o name
reg lint -o 'format={code} {path}:{line}\n' Kernel
reg lint -q View
# levels: from the command line, and in registry.toml
reg lint --deny near-facts --allow unused-fact Kernel View
reg lint --deny all --warn ungiven-field --allow unused-fact Kernel
printf '[lint]\ndeny  = ["near-facts"]\nallow = ["unread-context"]\n' >> registry.toml; reg auto-register
reg lint -q
reg lint --deny all --allow near-facts -q
reg lint --deny near-fact
reg lint --deny xyz
reg lint --deny near-facts --allow near-facts
reg lint Kernle
reg lint View --fresh
# SARIF, for this command alone; paths are told from the root of the repository
reg lint View -o sarif | python3 -c 'import json,sys; run = json.load(sys.stdin)["runs"][0]; print(json.dumps(run["results"], indent=1, sort_keys=True)); print(len(run["tool"]["driver"]["rules"]))'
mkdir -p .git repo; cp -r registry.toml kernels.reg.toml repo; reg --workspace repo auto-register -q; reg --workspace repo lint View -o sarif | grep -o '"uri":"[^"]*"'; rm -r repo
reg list -o sarif
reg -o sarif lint View | head -c 40
reg lint -o serif
reg lint -o target
# what a code means
reg lint --explain unused-fact
reg lint --explain shadowed
reg lint --explain shadwed
reg lint --explain all
reg lint --explain near-names -o json
reg lint --explain near-names Kernel
# what a symbol allows
printf '[[symbols]]\nregistry = "View"\ntarget = "v.Grid"\nselect = "grid"\nallow = ["shadwed"]\n' > more.reg.toml; sed -i 's/\["kernels.reg.toml"\]/["."]/' registry.toml; reg auto-register
sed -i 's/shadwed/unused-fact/' more.reg.toml; reg auto-register
sed -i 's/unused-fact/shadowed/' more.reg.toml; reg auto-register; grep -o '"allow":[^]]*]' .reg/registry_cache.json
printf '[lint]\ndeny = ["unused-fcat"]\n' >> kernels.reg.toml; reg auto-register
# a cache whose sidecar is gone
sh "$CLI/setup/odd.sh" && reg auto-register -q && rm .reg/registry_cache.json.state && reg lint
# no findings
printf '[registries.A]\n[[symbols]]\nregistry = "A"\ntarget = "a.A"\n' > kernels.reg.toml; printf '[workspace]\nname="w"\nsources=["kernels.reg.toml"]\n' > registry.toml; reg auto-register -q; reg lint
reg lint -o json
# nothing from sources is written raw
printf '[registries.A]\nfields = ["a\\u202eb"]\n[[symbols]]\nregistry = "A"\ntarget = "a.A"\n' > kernels.reg.toml; reg auto-register -q; reg lint
# levels are those that registry.toml has now; what is wrong there is an error
printf '[lint]\ndeny = ["unused-field"]\n' >> registry.toml; reg lint -q
sed -i 's/deny =/denyy =/' registry.toml; reg lint -q
sed -i 's/denyy = .*/deny = "all"/' registry.toml; reg lint -q
