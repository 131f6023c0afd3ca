cat >registry.toml <<'END'
[workspace]
sources = []
[context]
device = "cpu"
version = 2.10
cpu = { isa = ["sse2"] }
[predicates]
at_least   = { params = ["v"], expr = 'version >= v' }
user_group = { fact = true }
[registries.Kernel]
doc = "kernels,\nby device"
fields = { device = "string", fast = "bool", "max-sm" = "int" }
select = 'device == self.device'
[registries.Kernel.context]
device  = { type = "string", values = ["cpu", "cuda"], doc = "where it runs" }
sm      = "int"
debug   = "bool"
version = "version"
"`bundle.name`" = "string"
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_cuda"
info = { device = "cuda", fast = true }
select = 'device == "cuda" & sm >= 80 & at_least(v12.0) & `bundle.name` == "a b"'
doc = "for cards"
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_cpu"
info = { device = "cpu" }
[[symbols]]
registry = "nav::Planner"
oid = "gemm"
target = "nav::Gemm"
select = 'user_group("staff") & level == "90" & level != 7 & at_least(v2.10)'
[[symbols]]
registry = "nav::Planner"
oid = "a=b:c"
target = "nav::Odd"
END
reg auto-register
# commands and options, with what they do; an option that is given is not offered again
reg completion words -- un
reg completion words -- select --or
reg completion words -- select -- | cut -f 1
reg completion words -- select --all --strict - | cut -f 1
reg completion words -- lock '' | cut -f 1
reg completion words -- cache ''
reg completion words -- -o ''
reg completion words -- list --output=js
reg completion words -- help comp
# registries and oids: only those that fit together
reg completion words -- list ''
reg completion words -- list n
reg completion words -- show K
reg completion words -- show Kernel/
reg completion words -- find ''
reg completion words -- select a=b:c --registry ''
reg completion words -- select gemm --registry=
reg completion words -- select --registry nav::Planner ''
reg completion words -- merge Kernel ''
reg completion words -- list Kernel --filter g
# facts: those of the registry that is asked, each once; then what they may be
reg completion words -- select gemm --registry Kernel --ctx ''
reg completion words -- select gemm --registry Kernel --ctx sm=80 --ctx device=cpu --ctx ''
reg completion words -- possible Kernel --ctx device=
reg completion words -- possible Kernel --ctx debug=
reg completion words -- possible Kernel --ctx sm=
reg completion words -- possible Kernel --ctx version=
reg completion words -- possible Kernel --ctx '`bundle.name`='
reg completion words -- select gemm --registry nav::Planner --ctx ''
reg completion words -- select gemm --registry nav::Planner --ctx level=
reg completion words -- select gemm --registry nav::Planner --ctx version=
reg completion words -- select gemm --registry nav::Planner --ctx user_group=
reg completion words -- select gemm --registry nav::Planner --ctx no_such=
# what is offered is read as it was meant
reg select gemm --registry nav::Planner --ctx 'level="90"' --ctx version=2.10 --ctx user_group=staff
reg completion words -- select gemm --ctx '~'
mkdir facts.d && touch facts.json
reg completion words -- select gemm --ctx @fa
# columns: those that are not there yet
reg completion words -- list Kernel --fields ''
reg completion words -- list Kernel --fields device,
reg completion words -- list Kernel --fields device --fields fast,
reg completion words -- list Kernel --sort=-f
reg completion words -- show Kernel/gemm --field ''
# predicates: the name that they end with
reg completion words -- list Kernel --where 'fast & dev'
reg completion words -- list Kernel --where 'fast & `m'
reg completion words -- list Kernel --where 'device == "d'
reg completion words -- list Kernel --where 'device == "it'"'"'s `" & d'
reg completion words -- register Kernel libx.so:x --select 'at_least(v1) & self.'
reg completion words -- register Kernel libx.so:x --select 'us'
# by hand: fields, and targets to take out
reg completion words -- register Kernel libx.so:x --info ''
reg completion words -- register Kernel libx.so:x --info fast=
reg completion words -- register Kernel libx.so:x --replaces ''
reg completion words -- register Kernel ''
reg completion words -- unregister Kernel gemm ''
# where the shell is to offer files or folders
reg completion words -- auto-register ''
reg completion words -- diff ''
reg completion words -- diff HEAD ''
reg completion words -- list --cache ''
reg completion words -- list --cache=
reg completion words -- --workspace ''
# behind -- there are no options
reg completion words -- list -- -
# another workspace, as the line says it; without one, or without a cache: what needs none
cd / && reg completion words -- --workspace "$OLDPWD" list n
cd / && REG_WORKSPACE="$OLDPWD" reg completion words -- list n
cd / && HOME="$OLDPWD/.." reg completion words -- --workspace='~/work' list n
cd / && reg completion words -- list n
reg completion words -- list --cache nowhere.json n
reg completion words -- list --cache nowhere.json --al
reg completion words -- no-such ''
# bash: its line is taken apart here; the answer is what belongs behind the last break, or in the open quote
BREAKS='"'"'"'@><=;|&(:' ; reg completion line -- 'reg select gemm --registry nav::P' "$BREAKS"
reg completion line -- 'reg select gemm --registry nav::P' ' '
reg completion line -- 'reg select gemm --registry nav\::P' ':'
reg completion line -- 'reg find a=' ' =:'
reg completion line -- 'reg select gemm --registry Kernel --ctx \`b' '='
reg completion line -- "reg select gemm --registry Kernel --ctx '\`b" '='
reg completion line -- 'reg select gemm --registry Kernel --ctx "\`b' '='
reg completion line -- "reg select gemm --registry Kernel --ctx '\`bundle.name\`'=" "='"
reg completion line -- 'reg list "Kernel" --where "fast & de' ' '
reg completion line -- reg =
reg completion line -- reg
reg completion words -- lint --deny un
reg completion words -- lint --explain=near
reg completion words -- lint -o s
reg completion words -- lint K
