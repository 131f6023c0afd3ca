sh "$CLI/setup/kernels.sh"
mkdir plugins
sed -i 's/"codecs.reg.json"/"codecs.reg.json", "plugins"/' registry.toml
# settings count like sources
reg get Kernel/conv
reg get Kernel/conv --fresh
reg get Kernel/conv
# to touch or copy a source is no change, nor is a folder with other things in it
touch kernels.reg.toml plugins/notes.txt
reg get Kernel/conv
cp -r . ../copy
reg --workspace ../copy get Kernel/conv
# another content of the same size is one
sed -i 's/make_conv/mode_conv/' kernels.reg.toml
reg get Kernel/conv
reg get Kernel/conv -o json
reg get Kernel/conv --quiet
REG_REFRESH=off reg get Kernel/conv
# what it warns of comes with errors, too
reg get Kernel/new
reg get Kernel/conv --fresh
# a new source, a renamed folder, and one that is gone
echo '{"symbols": [{"registry": "Kernel", "oid": "new", "target": "libnew.so:make"}]}' > plugins/new.reg.json
reg get Kernel/new
REG_REFRESH=auto reg get Kernel/new
mkdir plugins/deep && mv plugins/new.reg.json plugins/deep
reg get Kernel/new
reg --fresh show Kernel/new --field source
rm -r plugins/deep codecs.reg.json
reg list
reg --fresh list
# so is what commands register by hand, if it comes by another way
echo '{"symbols": [{"registry": "Hand", "oid": "x", "target": "hand.X"}]}' > manual.reg.json
reg get Hand/x
reg get Hand/x --fresh
# an error in a source: --fresh fails, REG_REFRESH=auto answers from what there is
echo 'targt = 1' >> kernels.reg.toml
reg get Kernel/conv --fresh
REG_REFRESH=auto reg get Kernel/conv
REG_REFRESH=auto reg get Kernel/conv -o json
sed -i '$d' kernels.reg.toml
reg get Kernel/conv
# what was left out under --keep-going is an error to --fresh, and no change to others
echo '[[symbols]]' >> kernels.reg.toml
reg auto-register --keep-going
reg get Kernel/conv
REG_REFRESH=auto reg get Kernel/conv
reg get Kernel/conv --fresh
sed -i '$d' kernels.reg.toml
reg auto-register
# a frozen cache is not brought up to date
reg lock
sed -i 's/mode_conv/made_conv/' kernels.reg.toml
reg get Kernel/conv --fresh
REG_REFRESH=auto reg get Kernel/conv
reg unlock
# nor is one whose lock is not free
sed -i 's/^name.*/&\nlock_timeout = 0.1/' registry.toml
REG_REFRESH=auto flock .reg/registry_cache.json.lock reg get Kernel/conv 2>&1 | sed 's/process [0-9]*/process N/; s/pid [0-9]*/pid N/'
reg get Kernel/conv --fresh
# the facts that the cache was written with stay
reg auto-register --define build=debug
touch kernels.reg.toml && echo '# more' >> kernels.reg.toml
reg get Kernel/conv --fresh
reg status | head -1
# the workspace can say so: it counts once it was read
sed -i 's/^lock_timeout.*/refresh = "auto"/' registry.toml
reg get Kernel/conv
reg get Kernel/conv --fresh
sed -i 's/made_conv/make_conv/' kernels.reg.toml
reg get Kernel/conv
sed -i 's/made_conv/make_conv/; s/"auto"/"off"/' registry.toml
reg get Kernel/conv
sed -i 's/make_conv/some_conv/' kernels.reg.toml
reg get Kernel/conv
REG_REFRESH=warn reg get Kernel/conv
# without the table nothing is known, and nothing said; REG_REFRESH=auto finds out
rm .reg/registry_cache.json.stamps
REG_REFRESH=warn reg get Kernel/conv
REG_REFRESH=auto reg get Kernel/conv
# a damaged table is none
sed -i 's/"off"/"warn"/' registry.toml
reg auto-register --quiet
printf '\377' | dd of=.reg/registry_cache.json.stamps bs=1 seek=100 conv=notrunc status=none
sed -i 's/some_conv/same_conv/' kernels.reg.toml
reg get Kernel/conv
# --fresh makes a cache where there is none, or none that can be read
rm -r .reg
reg get Kernel/conv
reg get Kernel/conv --fresh
echo broken > .reg/registry_cache.json
REG_REFRESH=auto reg get Kernel/conv
# slips
REG_REFRESH=atuo reg get Kernel/conv
REG_REFRESH=sometimes reg get Kernel/conv -o json
reg auto-register --fresh
sed -i 's/"warn"/"wran"/' registry.toml
reg auto-register
# with more than 64 sources, a query looks at registry.toml and at those that it answers from
mkdir many && cd many && printf '[workspace]\nsources = ["."]\n' > registry.toml && for i in $(seq 70); do echo "{\"symbols\": [{\"registry\": \"R\", \"oid\": \"o$i\", \"target\": \"t$i\"}]}" > $i.reg.json; done
reg --workspace many auto-register
sed -i s/t7/u7/ many/7.reg.json
reg --workspace many get R/o8
reg --workspace many get R/o7
reg --workspace many list R --filter o7 -o json
reg --workspace many get R/o8 --fresh
reg --workspace many get R/o7
# and, whatever the answer is from, at sources that concern others: of predicates, of that registry, and those that act on it
sed -i s/u7/t7/ many/7.reg.json
cd many && printf '[registries.R]\nselect = "gpu()"\n' > kind.reg.toml && printf '[registries.Other]\n' > other.reg.toml && printf '[predicates]\ngpu = "x == 1"\n' > words.reg.toml && printf '[[unregister]]\nregistry = "R"\noid = "o9"\ntarget = "t9"\n' > out.reg.toml && reg auto-register
sed -i 's/x == 1/x == 2/' many/words.reg.toml
reg --workspace many get R/o8
sed -i 's/x == 2/x == 1/; s/gpu()/gpu()  /' many/words.reg.toml many/kind.reg.toml
reg --workspace many get R/o8
sed -i 's/gpu()  /gpu()/' many/kind.reg.toml
sed -i s/9/8/g many/out.reg.toml
reg --workspace many get R/o8
sed -i s/8/9/g many/out.reg.toml
echo '# no concern of R' >> many/other.reg.toml
reg --workspace many get R/o8
sed -i '$d' many/other.reg.toml
# where nothing is found, a new source may have it
echo '{"symbols": [{"registry": "R", "oid": "new", "target": "tnew"}, {"registry": "New", "oid": "x", "target": "x"}]}' > many/new.reg.json
reg --workspace many get R/new
reg --workspace many get R/o8
reg --workspace many list New
reg --workspace many find new
reg --workspace many list R --filter 'new*'
# a large source that was only touched is no change after a run that looked into it
cd many && reg auto-register -q && { cat 8.reg.json; head -c 2000000 /dev/zero | tr '\0' ' '; } > big && mv big 8.reg.json && reg auto-register && reg get R/o8
cd many && touch 8.reg.json && reg auto-register && reg get R/o8
cd many && touch 8.reg.json && REG_REFRESH=auto reg get R/o8
# the hint can be followed as it is: with the facts and the options, and in the order that works
cd many && sed -i s/t7/v7/ 7.reg.json && reg auto-register --define build=debug --define 'note=two words' && sed -i s/v7/w7/ 7.reg.json && reg get R/o7
reg --workspace many status | tail -1
reg --workspace many lock
reg --workspace many get R/o7
reg --workspace many status | tail -1
REG_REFRESH=auto reg --workspace many get R/o7
reg --workspace many unlock
reg --workspace many --cache other.json get R/o7
echo '{}' > n.json
REG_REFRESH=auto reg --workspace many --cache n.json get R/o7
reg --workspace many --cache n.json get R/o7 --fresh
