# The three real registries in one workspace.
mkdir real
cp "$DATA"/real/*.reg.json real/
printf '[workspace]\nname = "real"\nsources = ["real"]\n' > registry.toml
reg auto-register --quiet
