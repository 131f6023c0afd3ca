sh "$CLI/setup/drivers.sh"
# a value is read as the type that is declared for the fact
reg select gemm --registry Kernel --ctx version=12.10
reg select gemm --registry Kernel --ctx version=2.10
reg select gemm --registry Kernel --ctx version=12.10rc1
reg select gemm --registry Kernel --ctx '{"version": 12.10}'
echo '{"version": 12.10}' > facts.json
reg select gemm --registry Kernel --ctx @facts.json
reg select gemm --registry Kernel --ctx - < facts.json
reg select gemm --registry Kernel --ctx version=12.10 --explain
reg select gemm --registry Kernel --ctx arch=90 --ctx version=12.10 --all
reg select gemm --registry Kernel --ctx device=cuda --ctx sm=90 --ctx 'isa=["avx2"]' --ctx cpu.cores=8 --ctx version=12
reg possible Kernel --ctx version=12.10
# where nothing is declared, a number keeps its text where it meets a version
reg select image --ctx version=2.10
reg select image --ctx '{"version": 2.10}'
reg select image --ctx version=2.1
# a declared fact of another type is an error, wherever it came from
reg select gemm --registry Kernel --ctx sm=ninety
reg select gemm --registry Kernel --ctx version=newest
reg select gemm --registry Kernel --ctx '{"sm": "90", "arch": 90}'
echo '{"sm": "90"}' > wrong.json
reg select gemm --registry Kernel --ctx @wrong.json
reg possible Kernel --ctx @wrong.json
reg select gemm --registry Kernel --ctx @wrong.json -o json
reg select gemm --registry Kernel --ctx device=cudo
# a fact that the registry does not declare
reg select gemm --registry Kernel --ctx devise=cuda
reg possible Kernel --ctx cpu2.cores=8
reg select gemm --registry Kernel --ctx sm.minor=1
# what is not given as key=value may be more than one registry needs
reg select gemm --registry Kernel --ctx '{"devise": "cuda", "version": "12.10"}'
# without a declared context, one that no predicate reads
reg select image --ctx versoin=2.10
reg select image --ctx versoin=2.10 --or-none -q
reg possible Codec --ctx version=2.10 --ctx ext=png
# slips
reg select gemm --registry Kernel --ctx device=cuda,sm=90
reg select image --ctx version=2.10 --ctx isa=[avx2]
reg select image --ctx version=2.10 --ctx isa={a:1}
reg select gemm --registry Kernel --ctx isa=[avx2]
# a name that is no identifier
reg select odd --ctx '`max-batch`=3' --ctx '`bundle.name`=x'
reg select odd --ctx max-batch=3 --ctx '{"bundle.name": "x"}'
reg select odd --ctx '`max-batch=3'
# lists are chosen by typed fields too, and by all that a symbol says
reg list Kernel --where "driver > '2.10'"
reg list Kernel --where 'driver in ["12.10.0"]'
reg list Kernel --where 'doc == "for new drivers" & select glob "*self.driver*"'
reg list --all --where 'source == "kernels.reg.toml" & select == null'
reg list Odd --where '`max-batch` == 3'
reg list Odd --where '`max-bach` == 3'
# info is read as the field's type
reg register Kernel libnew.so:make --oid new --info driver=13.10 --info arch=90
reg show Kernel/new --field driver
reg show Kernel/new --field arch
reg register Kernel libbad.so:make --oid new --info driver=newest
# --define keeps a number's text
reg auto-register --define version=2.10
reg list Kernel --where "oid == 'guarded'"
reg status
reg auto-register --define version=2.10
reg auto-register --define version=2.1
reg list Kernel --where "oid == 'guarded'"
reg cache verify
# a fact is taken away, also one of [context]
printf '[context]\ndevice = "cuda"\nversion = "12.10"\ncpu = { cores = 8, isa = ["avx2"] }\n' >> registry.toml
reg auto-register
reg select gemm --registry Kernel --explain -o json | jq -c '[.context, .winner]'
reg select gemm --registry Kernel --ctx '~version' --explain -o json | jq -c '[.context, .winner]'
reg select gemm --registry Kernel --ctx '~cpu.isa' --ctx '~device' --ctx device=cpu --explain -o json | jq -c .context
reg select gemm --registry Kernel --ctx device=cpu --ctx '~device' --explain -o json | jq -c .context
reg possible Kernel --ctx '~version'
reg select gemm --registry Kernel --ctx '~devise'
reg select image --ctx version=2.10 --ctx '~extt'
reg select gemm --registry Kernel --ctx '~'
reg select gemm --registry Kernel --ctx '~a..b'
reg select gemm --registry Kernel --ctx '~device=cuda'
reg select gemm --registry Kernel --ctx @
# slips that end up in a text
reg select gemm --registry Kernel --ctx 'device=cuda sm=90'
reg select gemm --registry Kernel --ctx 'arch=a;sm=90'
reg select gemm --registry Kernel --ctx 'arch=a word' --ctx version=12.10
reg select gemm --registry Kernel --ctx "arch='a'" --ctx version=12.10
reg select gemm --registry Kernel --ctx arch==a --ctx version=12.10
reg select gemm --registry Kernel --ctx 'arch= a' --ctx version=12.10
reg select gemm --registry Kernel --ctx "$(printf 'arch=a\r')" --ctx version=12.10
reg select image --ctx 'ext=png version=2.10'
reg select image --ctx ext=True
reg register Kernel libnew.so:other --oid other --info 'arch=90 driver=13.10'
reg register Kernel libnew.so:other --oid ''
