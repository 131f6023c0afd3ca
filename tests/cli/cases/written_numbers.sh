# A number whose text is another version (2.10 is 2.1) in a field without a type: however it comes
# to be compared with a version, that is said.
mkdir demo && cd demo
cat > registry.toml <<'TOML'
[workspace]
name    = "demo"
sources = ["a.reg.toml"]
TOML
cat > try.sh <<'SH'
# try.sh FIELDS INFO SELECT [PREDICATE [CONTEXT]]
cat > a.reg.toml <<TOML
[predicates]
$4
[registries.R]
fields  = $1
$5
[[symbols]]
registry = "R"
target   = "a.B"
info     = $2
select   = '$3'
TOML
rm -rf .reg
reg auto-register
SH
# by an argument, of which only the other one is a version
sh try.sh '["drv"]' '{ drv = 2.10 }' 'at(self.drv, v2.9)' 'at = { params = ["x", "v"], expr = "x >= v" }'
# within a named predicate that takes none
sh try.sh '["drv"]' '{ drv = 2.10 }' 'new()' 'new = "self.drv >= v2.9"'
sh try.sh '["drv"]' '{ drv = 2.10 }' 'old(v2.9)' 'old = { params = ["f"], expr = "self.drv >= f" }'
# with a fact that is one
sh try.sh '["drv"]' '{ drv = 2.10 }' 'at(version, self.drv)' 'at = { params = ["x", "v"], expr = "x >= v" }' 'context = { version = "version" }'
sh try.sh '["drv"]' '{ drv = 2.10 }' 'version(self.drv)' 'version = { fact = true }' 'context = { version = "version" }'
# with a field that is one
sh try.sh '{ drv = "any", min = "version" }' '{ drv = 2.10, min = "2.9" }' 'self.drv >= self.min'
# in lists, and in objects
sh try.sh '{ ok = "list" }' '{ ok = [2.9, 2.10] }' 'version in self.ok' '' 'context = { version = "version" }'
sh try.sh '["v"]' '{ v = [2.10] }' 'v2.10 in self.v'
sh try.sh '["v"]' '{ v = { a = 2.10 } }' 'self.v.a >= v2.9'
sh try.sh '["v"]' '{ v = { a = 2.10 } }' 'at(self.v)' 'at = { params = ["x"], expr = "x.a >= v2.9" }'
# nothing is said of what is compared with no version, or keeps its text
sh try.sh '["drv"]' '{ drv = 2.10 }' 'at(self.drv, 2.9)' 'at = { params = ["x", "v"], expr = "x >= v" }'
sh try.sh '["drv", "size"]' '{ drv = "2.10", size = 2.10 }' 'new()' 'new = "self.drv >= v2.9 & self.size > 2"'
sh try.sh '{ drv = "version" }' '{ drv = 2.10 }' 'new()' 'new = "self.drv >= v2.9"'
sh try.sh '["v"]' '{ v = { a = "2.10", b = [2.10] } }' 'self.v.a >= v2.9'
# a version in a parameter that hides the fact of its name is none
sh try.sh '["drv"]' '{ drv = 2.10 }' 'at(3, self.drv)' 'at = { params = ["version", "v"], expr = "version >= v" }' 'context = { version = "version" }'
# an incremental run says the same, when the predicate is elsewhere
cat > registry.toml <<'TOML'
[workspace]
name    = "demo"
sources = ["a.reg.toml", "p.reg.toml"]
TOML
echo 'predicates = { new = "self.drv >= 2.9" }' > p.reg.toml
sh try.sh '["drv"]' '{ drv = 2.10 }' 'new()'
echo 'predicates = { new = "self.drv >= v2.9" }' > p.reg.toml
reg auto-register
