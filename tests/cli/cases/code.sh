# the small project of the tour, in a folder of its own
cp -r "$DATA/speech" speech
reg init speech
cd speech && reg scan -o table
cd speech && reg scan speech/decoders/greedy.py
cd speech && reg auto-register -q ; reg --workspace . status
cd speech && reg list Decoder --fields beams
cd speech && reg auto-register
# a new registration in one file
cd speech && printf '\n\n@DECODERS.register("slow", beams=512)\nclass Slow:\n    pass\n' >> speech/decoders/greedy.py
cd speech && reg list Decoder --fields beams
cd speech && reg auto-register -q ; reg list Decoder --fields beams
# a registry that is renamed takes all that is registered in it along
cd speech && sed -i 's/"Decoder"/"Search"/' speech/registry.py && reg auto-register -q ; reg list
cd speech && reg find slow --fresh
# what is seen and not registrable
cd speech && reg status -v -o name
cd speech && reg auto-register --full -v -o json -q | tail -1 | grep -o '"seen":[0-9]*'
# presets are printed in the language of [[scan]]
reg scan --presets -o name
reg scan --presets | sed -n '/^# timm/,/^$/p'
# slips in a [[scan]]
mkdir slips && printf '[workspace]\nname = "s"\nsources = ["."]\n[[scan]]\npreset = "mmengin"\n' > slips/registry.toml && reg -q --workspace slips auto-register
printf '[workspace]\nname = "s"\nsources = ["."]\n[[scan]]\nlanguage = "python"\ndecorater = "a.b"\nregistry = "R"\n' > slips/registry.toml && reg -q --workspace slips auto-register
printf '[workspace]\nname = "s"\nsources = ["."]\n[[scan]]\npreset = "timm"\nguarded = "maybe"\n' > slips/registry.toml && reg -q --workspace slips auto-register
printf '[[scan]]\npreset = "timm"\n' > slips/m.reg.toml && printf '[workspace]\nname = "s"\nsources = ["."]\n' > slips/registry.toml && reg -q --workspace slips auto-register
# a file that is no text is a warning, and the rest is read
mkdir bad && printf '[workspace]\nname = "b"\nsources = ["."]\n[[scan]]\npreset = "timm"\n' > bad/registry.toml
printf 'from timm.models import register_model\n@register_model\ndef good(): pass\n' > bad/good.py && printf 'x = "caf\351"\nregister_model\n' > bad/latin.py
reg --workspace bad auto-register
# the module that a match names
printf '\n[[match]]\nregistry = "All"\nfrom = "good"\ninclude = ["g*"]\n' >> bad/registry.toml && reg -q --workspace bad auto-register ; reg --workspace bad list All -o json
