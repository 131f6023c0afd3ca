# without a workspace
reg list
reg --workspace nowhere list
REG_WORKSPACE=nowhere reg list
reg -o json list
# the nearest folder above
mkdir -p w/a/b
sh -c 'cd w && sh "$CLI/setup/kernels.sh"'
sh -c 'cd w/a/b && reg get Kernel/conv'
reg --workspace w get Kernel/conv
REG_WORKSPACE=w reg get Kernel/conv
reg get Kernel/conv --workspace=w
# --workspace means that folder, not one above it
reg --workspace w/a get Kernel/conv
# without a cache
rm -r w/.reg
reg --workspace w list
reg --workspace w select gemm
reg --workspace w status
reg --workspace w cache path
# -v says what is being done, on stderr
reg --workspace w auto-register --quiet
reg -v --workspace w get Kernel/conv 2>&1 | sed 's/[0-9.]* ms/N ms/'
# a query warns when registry.toml changed since the cache was written; the time alone is no change
touch -d '2001-01-01' w/.reg/registry_cache.json
reg --workspace w get Kernel/conv
echo '# more' >> w/registry.toml
reg --workspace w get Kernel/conv
reg --workspace w get Kernel/conv -q
# a registry.toml that cannot be read
printf '[workspace\n' > w/registry.toml
reg --workspace w auto-register
