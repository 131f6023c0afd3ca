mkdir -p ws/sub/build ws/deep/sub/build other && cd ws && printf '[workspace]\nname = "s"\nsources = [".", "../other", "%s/abs"]\nexclude = ["build", "/sub/skip.reg.json"]\n' "$PWD/.." > registry.toml
cd ws && for name in a sub/b sub/skip sub/build/c deep/sub/build/d deep/sub/skip ../other/o .hidden ; do printf '{"symbols":[{"registry":"K","target":"t.%s"}]}' "$(basename $name)" > $name.reg.json; done
cd ws && mkdir ../abs && printf '{"symbols":[{"registry":"K","target":"abs.A"}]}' > ../abs/x.reg.json
# an editor's lock is a hidden link to nothing
cd ws && ln -s nobody@nowhere:123 sub/.#b.reg.json
cd ws && reg auto-register
cd ws && reg status -o name
cd ws && reg list K
# a source outside can be a target, by any way to it
cd ws && printf '{"symbols":[{"registry":"K","target":"t.changed"}]}' > ../other/o.reg.json
cd ws && reg auto-register ../other
cd ws/sub && reg auto-register ../../other/o.reg.json
reg --workspace ws auto-register other
# a target that is mistyped is an error, also where another one is gone
cd ws && rm a.reg.json
cd ws && reg auto-register a.reg.json b.reg.json
cd ws && reg auto-register a.reg.json
# a folder that `sources` names itself is read
cd ws && sed -i 's/"\."/".", "sub\/build"/' registry.toml && reg auto-register && reg list K -o name
# a module that nothing can read yet
cd ws && printf '[[match]]\nregistry = "Optimizer"\nfrom = "torch.optim"\n' > m.reg.toml
cd ws && reg auto-register
cd ws && reg auto-register
# what is too large to be a source
cd ws && truncate -s 3G big.reg.json && reg auto-register
cd ws && rm big.reg.json && ln -s /nonexistent gone.reg.json && reg status
# a name that is no text cannot stand in the cache
cd ws && rm gone.reg.json && printf '{"symbols":[{"registry":"K","target":"t.cafe"}]}' > "$(printf 'caf\351.reg.json')" && reg auto-register
cd ws && reg auto-register -o json
cd ws && reg status | grep caf
cd ws && reg auto-register --keep-going
cd ws && reg list K && reg cache verify
cd ws && sed -i 's/^exclude = \[/&"caf*", /' registry.toml && reg auto-register
