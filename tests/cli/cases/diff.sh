sh "$CLI/setup/kernels.sh"
cp .reg/registry_cache.json before
# nothing differs, and nothing is printed
reg diff before
reg diff before .reg/registry_cache.json
reg diff before -o json
# documentation and places are no matter of selection
sed -i 's/plain loops/plain\\u001b loops/; 1i # a line' kernels.reg.toml
reg auto-register --quiet
reg diff before
reg diff before -v 2>/dev/null
# what is added and removed
cp .reg/registry_cache.json before
cat >more.reg.toml <<'END'
[registries.Planner]
doc = "planners"
[[symbols]]
registry = "Planner"
target = "plan.Smac"
END
sed -i '/"raw"/d' codecs.reg.json
sed -i 's/"codecs.reg.json"/"codecs.reg.json", "more.reg.toml"/' registry.toml
reg auto-register --quiet
reg diff before
reg diff ./before . -q
reg diff before -o json
reg diff before -o jsonl --quiet
# what is declared besides symbols
cp .reg/registry_cache.json before
sed -i 's/sm = 70/sm = 80/; s/name    = "kernels"/name = "kernels"/' registry.toml
sed -i 's/"rocm"]/"rocm", "sycl"]/; s/min_sm = "int"/min_sm = "number"/' kernels.reg.toml
sed -i 's/device == self.device/device == self.device | fallback/' kernels.reg.toml
reg auto-register --quiet
reg diff before 2>/dev/null | sed '/^selections/,$d'
# the order of implementations decides ties
cp .reg/registry_cache.json before
sed -i 's/codecs.png.Png/codecs.swap/; s/codecs.apng.Apng/codecs.png.Png/; s/codecs.swap/codecs.apng.Apng/' codecs.reg.json
reg auto-register --quiet
reg diff before -o json 2>/dev/null | jq -c '.selections[] | [.oid, .reordered]'
# other facts on the command line may leave out other symbols
cp .reg/registry_cache.json before
reg auto-register --quiet --define build=debug
reg diff before
# what is pinned wins wherever it applies
cp .reg/registry_cache.json before
reg pin Codec/image codecs.png.Png --reason 'colours are off, see #7' >/dev/null
reg diff before
reg diff before -o json 2>/dev/null | jq -c '.pins, .selections'
cp .reg/registry_cache.json before
reg pin Codec/image codecs.png.Png --reason 'colours are off, see #8' >/dev/null
reg diff before
reg unpin Codec/image >/dev/null
reg diff before
# git revisions
git init -q -b main . && git config user.name n && git config user.email e
printf '/before\n/bin\n' >.gitignore && git add -A && git commit -q -m first
reg diff HEAD
sed -i 's/plan.Smac/plan.Hybrid/' more.reg.toml
reg diff main
reg diff main --fresh
reg diff HEAD main
# what cannot be compared
reg diff
reg diff HEAD main before
reg diff nothing
reg diff nothing.json
reg diff main..HEAD
reg diff HEAD~1
reg diff registry.toml
reg diff HEAD -o csv
reg diff HEAD main --fresh
git branch before
reg diff before
reg diff -- --all
reg help diff
