sh "$CLI/setup/kernels.sh"
rm -r .reg
# elsewhere, with what belongs to it beside it
reg --cache build/kernels.json auto-register
ls -A build
ls -A .reg
reg --cache build/kernels.json list
reg list
reg --cache build/kernels.json cache path
reg --cache build/kernels.json -o json cache path
reg --cache build/kernels.json lock
ls build
reg --cache build/kernels.json auto-register
reg --cache build/kernels.json unlock
reg --cache build/kernels.json cache clear
ls -A build
# below REG_CACHE_DIR, in a folder that is called after the workspace's real path
mkdir caches
REG_CACHE_DIR=caches reg auto-register
ls caches | grep -cE '^[0-9a-f]{16}$'
ls -A caches/*
ln -s . same
REG_CACHE_DIR=caches reg --workspace same status -o name
REG_CACHE_DIR=caches reg --cache build/kernels.json list
REG_CACHE_DIR= reg list
# what is no cache is never replaced or removed
cp kernels.reg.toml before.txt && cp before.txt notes.txt
reg --cache notes.txt auto-register
reg --cache notes.txt cache clear
reg --cache notes.txt register Kernel a.b
cmp before.txt notes.txt && ls notes.*
reg --cache kernels.reg.toml auto-register
reg --cache registry.toml auto-register
reg --cache . auto-register
reg --cache '' auto-register
# nor is what stands where its lock or its state has to
echo '# mine' > Cargo.lock
reg --cache Cargo auto-register
cat Cargo.lock
echo mine > odd.state
reg --cache odd auto-register
cat odd.state
# also where there is a cache already
reg --cache taken auto-register
echo mine > taken.stamps
reg --cache taken auto-register --full
reg --cache taken cache clear
rm taken.stamps && echo mine > taken.state
reg --cache taken cache clear
cat taken.state
# an empty file has nothing to lose
: > empty
reg --cache empty auto-register
# the key that said this once
sed -i 's/^\[workspace\]/[workspace]\ncache = "x.json"/' registry.toml
reg auto-register
