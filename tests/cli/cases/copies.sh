# Copies score where they are merged into as the originals do where they come from.
cat > registry.toml <<'TOML'
[workspace]
name    = "copies"
sources = ["*.reg.toml"]
TOML
cat > k.reg.toml <<'TOML'
[registries.From]
fields  = { driver = "version", arch = "string", h = "string" }
context = { version = "version", arch = "string", text = "string", cap = "version", sm = "int", group = "list" }
[registries.All]
[registries.Typed]
fields  = ["other"]
context = ["foo"]

[predicates]
cap   = { fact = true }
group = { fact = true }
newer = { params = ["a", "b"], expr = 'a >= b' }
fits  = 'sm >= 80 & arch == self.arch'

[[symbols]]
registry = "From"
oid      = "glob"
target   = "t.glob"
info     = { driver = 12.4 }
select   = 'self.driver glob "12.*"'
[[symbols]]
registry = "From"
oid      = "newer"
target   = "t.newer"
select   = 'newer(version, "2.10")'
[[symbols]]
registry = "From"
oid      = "cap"
target   = "t.cap"
select   = 'cap("2.1")'
[[symbols]]
registry = "From"
oid      = "arch"
target   = "t.arch"
info     = { arch = "90" }
select   = 'arch == self.arch & has(self.arch) & ~has(self.h)'
[[symbols]]
registry = "From"
oid      = "group"
target   = "t.group"
select   = 'group("a", self.h)'
[[symbols]]
registry = "From"
oid      = "fits"
target   = "t.fits"
info     = { arch = "90" }
select   = 'fits()'
[[symbols]]
registry = "From"
oid      = "plain"
target   = "t.plain"

[[merge]]
into = "All"
from = ["From"]
[[merge]]
into = "Typed"
from = ["From"]
TOML
reg auto-register
reg list All --fields select
for registry in From All Typed; do reg select glob --registry $registry; done
for registry in From All Typed; do reg select newer --registry $registry --ctx version=2.9 --or-none; done
for registry in From All Typed; do reg select newer --registry $registry --ctx version=2.10; done
for registry in From All Typed; do reg select cap --registry $registry --ctx cap=2.1.0; done
for registry in From All Typed; do reg select arch --registry $registry --ctx arch=90; done
for registry in From All Typed; do reg select group --registry $registry --ctx '{"group": ["a"]}'; done
for registry in From All Typed; do reg select fits --registry $registry --ctx arch=90 --ctx sm=90; done
for registry in From All Typed; do reg select plain --registry $registry; done
# a fact of another type cannot be given to both
printf '[registries.G]\ncontext = { sm = "string" }\n[[merge]]\ninto = "G"\nfrom = ["From"]\n' > g.reg.toml
reg auto-register
