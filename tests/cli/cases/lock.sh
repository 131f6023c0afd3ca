sh "$CLI/setup/kernels.sh"
reg lock
reg lock
# queries work as before
reg get Kernel/conv
echo '# changed' >> kernels.reg.toml
reg auto-register
reg auto-register -o json
reg cache clear
reg unlock
reg unlock
reg auto-register
# another process holds the lock for too long
sed -i 's/^name.*/&\nlock_timeout = 0.1/' registry.toml
flock .reg/registry_cache.json.lock reg auto-register 2>&1 | sed 's/process [0-9]*/process N/; s/pid [0-9]*/pid N/'
reg auto-register
