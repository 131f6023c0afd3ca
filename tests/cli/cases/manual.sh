printf '[workspace]\nname = "m"\nsources = ["."]\n\n[registries.K]\nfields = { device = "string" }\n' > registry.toml
printf '[[symbols]]\nregistry = "K"\noid = "x"\ntarget = "a.A"\n' > a.reg.toml
reg auto-register
# what was unregistered is not there afterwards, whichever sources declare it
reg register K a.A --oid x --force
reg unregister K x a.A
reg list K
cat manual.reg.json
# to register it again takes that back
reg register K a.A --oid x
cat manual.reg.json
reg list K
# a note that is not there any more displaces nothing
reg register K b.B --oid x --force
reg unregister K x b.B
reg list K
# what was registered is there afterwards, also after another one cleared it
reg register K c.C --oid y --select 'yes(1)'
reg register K d.D --oid y --select 'yes(2)' --clear
reg register K c.C --oid y --select 'yes(1)'
reg list K --where 'oid == "y"'
reg register K c.C --oid y --select 'yes(1)'
# and where that cannot be, it is said, and nothing is written
printf '[[symbols]]\nregistry = "K"\noid = "z"\ntarget = "r.R"\nreplaces = "e.E"\n' > r.reg.toml
reg auto-register
cp manual.reg.json before.json
reg register K e.E --oid w
cmp before.json manual.reg.json
# errors stand where they were made
reg register K f.F --select 'device == '
reg register K f.F --select 'device == "x" & gpu()'
reg register K 'f F'
reg register K f.F --oid 'o o'
reg register __K f.F
reg register K f.F -o json --replaces 'f F'
cmp before.json manual.reg.json
# of what comes from a hand that edited the file, it is said where it stands
printf '{\n"symbols": [\n  {"registry": "K", "target": 5}]\n}\n' > manual.reg.json
reg register K f.F
