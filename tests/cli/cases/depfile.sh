# What a build tool is told that a run looked at: files whether they declare anything or not, folders, and what is matched.
mkdir -p more/empty lib
printf '[workspace]\nname = "d"\nsources = ["more", "late.reg.toml"]\n\n[registries.K]\n\n[[scan]]\nregistry = "K"\nlanguage = "python"\nsources = ["*.py"]\ndecorator = "mark"\n\n[[match]]\nregistry = "K"\nfrom = "lib/libmissing.so"\n' > registry.toml
printf '[[symbols]]\nregistry = "K"\noid = "x"\ntarget = "a.A"\n' > 'more/a b$c#d:e.reg.toml'
echo '# nothing' > plain.py
reg auto-register --depfile 'out #1.d'
cat 'out #1.d'
# make understands it: nothing to do, until something changed, came or went
printf 'include out.d\nout: ; @echo made anew && touch out\n' > Makefile
rm 'out #1.d'; reg auto-register --depfile out.d; touch out
make -q out
sleep 0.02; touch plain.py && make -s out && make -q out
sleep 0.02; touch 'more/a b$c#d:e.reg.toml' && make -s out && make -q out
sleep 0.02; touch more/empty/new.reg.toml && make -s out && make -q out
sleep 0.02; touch lib/libmissing.so && make -s out && make -q out
# not where something is wrong
rm out.d; echo 'x = ' > more/bad.reg.toml
reg auto-register --depfile out.d
ls out.d
reg auto-register --keep-going --quiet --depfile out.d
ls out.d
reg auto-register --keep-going --quiet --depfile no/such/folder.d
