sh "$CLI/setup/kernels.sh"
reg status
reg status -o json
reg status -o jsonl
reg status -o name
reg status -o csv
# changed, new, gone, failed
echo '# a comment' >> kernels.reg.toml
mv codecs.reg.json other.reg.json
sed -i 's/codecs/other/' registry.toml
reg status -o tsv
echo '= 1' > kernels.reg.toml
reg auto-register --keep-going --quiet
reg status
