sh "$CLI/setup/kernels.sh"
# -v tells what is looked at and done, and why; what depends on the clock is masked here
reg -v get Kernel/conv 2>&1 | sed 's/[0-9.]* ms/N ms/'
reg -v select gemm --registry Kernel --ctx device=cuda 2>&1 | sed 's/[0-9.]* ms/N ms/; s/[0-9,]* bytes/N bytes/; s/, verified//'
reg -v auto-register 2>&1 | sed 's/[0-9.]* ms/N ms/; s/, verified//'
# a change that is spliced in, and one for which everything is linked anew
sed -i 's/make_conv/mode_conv/' kernels.reg.toml
reg -v get Kernel/conv --fresh 2>&1 | sed 's/[0-9.]* ms/N ms/; s/[0-9,]* bytes/N bytes/; s/, verified//'
printf '[facts]\nbuild = "debug"\n' >> registry.toml
REG_REFRESH=auto reg -v get Kernel/conv 2>&1 | sed 's/[0-9.]* ms/N ms/; s/[0-9,]* bytes/N bytes/; s/, verified//'
# -vv tells of every source
rm codecs.reg.json && touch kernels.reg.toml
reg -vv auto-register 2>&1 | grep -v 'not read: registry.toml' | sed 's/[0-9.]* ms/N ms/; s/, verified//'
reg -vv get Kernel/conv 2>&1 | sed 's/[0-9.]* ms/N ms/; s/[0-9,]* bytes/N bytes/; s/, verified//'
# also where the answer is an error
reg -v get Kernel/none 2>&1 | sed 's/[0-9.]* ms/N ms/; s/[0-9,]* bytes/N bytes/; s/, verified//'
# under -o json it is JSON, too
reg -v get Kernel/conv -o json 2>&1 >/dev/null | sed 's/[0-9.]* ms/N ms/; s/[0-9,]* bytes/N bytes/; s/, verified//'
