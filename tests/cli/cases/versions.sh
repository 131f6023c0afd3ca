# Numbers in fields that are versions have the text that was written, whatever a run reads.
printf '[workspace]\nname = "v"\nsources = ["*.reg.toml"]\n[registries.R]\nfields = { v = "version" }\n' > registry.toml
printf '[[symbols]]\nregistry = "R"\ntarget = "lib.so:x"\noid = "x"\ninfo = { v = 12.10 }\nwhen = "build == %sdebug%s"\n' "'" "'" > a.reg.toml
reg auto-register
echo '# a comment' >> a.reg.toml
reg auto-register
reg auto-register --define build=debug
reg list R --fields v
reg auto-register --check --define build=debug
# what is left out by others keeps its line, too
printf '[[symbols]]\nregistry = "R"\ntarget = "lib.so:y"\noid = "x"\nselect = "yes(1)"\nreplaces = "lib.so:x"\n' > b.reg.toml
reg auto-register --define build=debug
echo '# another' >> a.reg.toml
reg auto-register --define build=debug
printf '[[unregister]]\nregistry = "R"\noid = "x"\ntarget = "lib.so:y"\n' > c.reg.toml
reg auto-register --define build=debug
reg list R --fields v
rm b.reg.toml c.reg.toml
# another type is another value, of what is not read again as well
sed -i 's/v = "version"/v = "any"/' registry.toml
reg auto-register --define build=debug
reg list R --fields v
cp .reg/registry_cache.json before.json
reg auto-register --full --define build=debug -q
cmp before.json .reg/registry_cache.json
sed -i 's/v = "any"/v = "version"/' registry.toml
printf '[[symbols]]\nregistry = "R"\ntarget = "lib.so:z"\n[[symbols]]\nregistry = "R"\ntarget = "lib.so:new"\n' > b.reg.toml
reg auto-register registry.toml --define build=debug
reg list R --fields v
# two types: the first one counts
printf '[registries.R]\nfields = { v = "string" }\n' > 0.reg.toml
reg auto-register --keep-going --define build=debug
cp .reg/registry_cache.json before.json
reg auto-register --keep-going --full --define build=debug -q 2>/dev/null
cmp before.json .reg/registry_cache.json
rm 0.reg.toml
# a warning lasts as long as it is true
printf '[workspace]\nname = "v"\nsources = ["*.reg.toml"]\n[registries.R]\nfields = ["v"]\n' > registry.toml
printf '[[symbols]]\nregistry = "R"\ntarget = "lib.so:z"\nselect = "self.v >= v2"\n' > b.reg.toml
reg auto-register --define build=debug
sed -i 's/self.v >= v2/version >= v3/' b.reg.toml
reg auto-register --define build=debug
# fields of type version are sorted as such
printf '[registries.S]\nfields = { v = "version" }\n' > a.reg.toml
for v in 2.9 2.10 12.4 2.10rc1; do printf '[[symbols]]\nregistry = "S"\ntarget = "lib.so:v%s"\noid = "o%s"\ninfo = { v = "%s" }\n' $v $v $v >> a.reg.toml; done
reg auto-register -q
reg list S --fields v --sort v
reg list S --fields v --sort=-v --limit 1
