# True, False and None are names of facts here.
mkdir demo && cd demo
printf '[workspace]\nname = "demo"\nsources = ["*.reg.toml"]\n' > registry.toml
cat > a.reg.toml <<'TOML'
[predicates]
plain = 'x == None'
[registries.K]
fields = { fast = "bool", family = "string" }
[registries.Declared]
context = { fast = "bool" }
[[symbols]]
registry = "K"
target   = "k.A"
info     = { fast = true, family = "vit" }
select   = 'fast == True & self.fast != False'
[[symbols]]
registry = "K"
target   = "k.B"
select   = 'plain() & True'
[[symbols]]
registry = "K"
target   = "k.C"
select   = 'fast == true'
when     = 'debug == False'
[[symbols]]
registry = "Declared"
target   = "d.A"
select   = 'fast == True'
TOML
reg auto-register
# where such a fact is there, nothing is said
cat > a.reg.toml <<'TOML'
[registries.K]
fields  = { fast = "bool", family = "string" }
context = { None = "int" }
[[symbols]]
registry = "K"
target   = "k.A"
info     = { fast = true, family = "vit" }
select   = 'None == 1'
[[symbols]]
registry = "L"
target   = "l.A"
select   = 'x == "True"'
TOML
reg auto-register
reg register L l.B --select 'x == None'
# the conditions of a list
reg list K --where 'fast == True'
reg list K --where 'family == vit'
reg list K --where 'family in [vit]'
reg list K --where 'familiy == "vit"'
reg list --all --where 'colour == "red"'
reg list --all --where 'family == "vit"' -o name
reg list K --where 'has(colour)' -o json
# what a named predicate reads there are fields as well
cat > a.reg.toml <<'TOML'
predicates = { at_least = { params = ["v"], expr = 'cuda >= v' } }
[registries.K]
fields  = ["family"]
context = { cuda = "version" }
[[symbols]]
registry = "K"
target   = "k.A"
select   = 'at_least(v11)'
TOML
reg auto-register
reg list K --where 'at_least(v12)'
# a predicate that was damaged in the cache
sed -i 's/at_least(v11)/at_least v11)/' .reg/registry_cache.json
reg show K
