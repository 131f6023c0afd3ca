printf '[workspace]\nname = "k"\nsources = ["."]\n\n[registries.K]\nfields = { size = "int" }\n' > registry.toml
printf '[[symbols]]\nregistry = "K"\noid = "x"\ntarget = "good.A"\n\n[[symbols]]\nregistry = "K"\noid = "x"\ntarget = "bad.B"\nselect = "yes(2)"\ninfo = { size = "large" }\n' > a.reg.toml
echo '{"symbols": [{"registry": "K", "oid": "y", "target": "other.Y"}' > b.reg.json
reg auto-register --keep-going
reg list --all -o name
# what was left out stays out, whatever else is registered, and is not forgotten
reg register K by.Hand
reg list --all --fields size
reg status
printf '[[symbols]]\nregistry = "K"\noid = "z"\ntarget = "c.Z"\n' > c.reg.toml
reg auto-register c.reg.toml
reg auto-register --check
reg cache verify
# it is tried again by every run that concerns it
reg auto-register a.reg.toml
reg auto-register
reg list --all -o name
# and in as soon as it is right
sed -i 's/"large"/3/' a.reg.toml && printf '{}' > b.reg.json
reg auto-register
reg status
reg auto-register --check
# an error in registry.toml hides no other
printf '[[symbols]]\nregistry = "K"\n' >> registry.toml
echo '{' > b.reg.json
reg auto-register
# but where it does not tell what the sources are, nothing else can be said
sed -i 's/sources/source/' registry.toml
reg auto-register --keep-going
reg list --all -o name
