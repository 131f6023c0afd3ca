# A fact for `when` that none reads, and is named almost as one that some do.
mkdir demo && cd demo
cat > registry.toml <<'TOML'
[workspace]
name    = "demo"
sources = ["*.reg.toml"]
[facts]
build = "release"
TOML
cat > a.reg.toml <<'TOML'
[predicates]
fast = 'target_cpu.level > 1'
[[symbols]]
registry = "K"
target   = "k.Debug"
when     = 'build == "debug"'
[[symbols]]
registry = "K"
target   = "k.Fast"
when     = 'fast() | target_cpu.level == 9'
TOML
echo '# nothing' > b.reg.toml
# what is read, or is near nothing, is passed
reg auto-register --define build=debug --define target_cpu.level=2 --define colour=red
# a slip is told by a full run, one that reads nothing, one that splices, and one that links anew
rm -rf .reg
reg auto-register --define biuld=debug
reg auto-register --define biuld=debug
printf '[[symbols]]\nregistry = "K"\ntarget = "k.B"\nselect = "x == 1"\n' > b.reg.toml
reg auto-register --define biuld=debug
printf '[[symbols]]\nregistry = "L"\nclear = true\ntarget = "l.C"\nselect = "x == 1"\n' > b.reg.toml
reg auto-register --define biuld=debug
reg auto-register --check
# what is read and not given is told by its `when`
reg auto-register --define target_cpu.levle=2
# an entry of [facts] is told by the `when` that it is missing for
sed -i 's/^build/biuld/' registry.toml
reg auto-register
reg auto-register
# one more fact, where the one that is read is there, is another
printf 'build = "release"\n' >> registry.toml
reg auto-register
