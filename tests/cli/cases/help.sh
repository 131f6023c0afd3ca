reg --help
reg -h | head -n 1
reg --help list
reg init --help
reg auto-register --help
reg status --help
reg find --help
reg show --help
reg get --help
reg select --help
reg possible --help
reg cache --help
reg lock --help
reg unlock --help
# help needs neither a workspace nor a correct command line
reg --workspace nowhere show --help --bogus | head -n 1
