# of an object of the host that the registry declares, too, an expectation has only what is read
printf '[workspace]\nname = "host"\nsources = ["h.reg.toml"]\n' > registry.toml
printf '[registries.H]\ncontext = { cpu = "object" }\n[[symbols]]\nregistry = "H"\noid = "o"\ntarget = "h.A"\nselect = "~(-1 in cpu.features)"\n' > h.reg.toml
reg auto-register -q
reg test --record h.regtest.toml --add H/o --ctx @host
sed 's/features = .*] /features = […] /' h.regtest.toml
reg test
