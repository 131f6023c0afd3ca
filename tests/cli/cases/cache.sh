sh "$CLI/setup/kernels.sh"
reg cache path
reg cache verify
head -c 700 .reg/registry_cache.json > cut && cp cut .reg/registry_cache.json
reg cache verify
reg list
reg list -o json
reg auto-register --quiet
reg cache verify
# a byte changed somewhere: verify finds it
sed -i 's/make_cublas/make_kublas/; s/"oid":"raw"/"oid":"abc"/' .reg/registry_cache.json
reg cache verify
: > .reg/registry_cache.json
reg get Kernel/conv
rm .reg/registry_cache.json && mkdir .reg/registry_cache.json
reg get Kernel/conv
rmdir .reg/registry_cache.json
reg auto-register --quiet
# clear removes the cache, and no source
reg cache clear
ls -A .reg
ls
reg cache clear
reg list
reg cache path
reg auto-register
