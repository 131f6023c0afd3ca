printf '[workspace]\nname = "d"\nsources = ["."]\n\n[facts]\nbuild = "debug"\n' > registry.toml
printf '[[symbols]]\nregistry = "K"\noid = "x"\ntarget = "fast.X"\nwhen = "build == %srelease%s"\n\n[[symbols]]\nregistry = "K"\noid = "x"\ntarget = "slow.X"\nselect = "yes(0.1)"\n' "'" "'" > k.reg.toml
reg auto-register
reg auto-register -v --dry-run --define build=release 2>/dev/null
reg auto-register --define build=release
reg status
# registrations by hand keep them, and so does a check
reg register K by.Hand --oid y
reg unregister K y by.Hand
reg merge All K
reg list K
reg auto-register --check
reg auto-register --check --define build=debug
# a run takes what it is given: none is none
reg auto-register --dry-run
reg auto-register
reg status -v
reg auto-register -v -o csv 2>/dev/null
reg auto-register -v -o json 2>/dev/null
