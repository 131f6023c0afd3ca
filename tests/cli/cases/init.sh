reg init
ls -A . .reg
# it never overwrites
reg init
reg init --force --name demo
grep -n '^name' registry.toml
# a new workspace works at once
reg auto-register
reg status
reg list
# a folder that is not there yet
reg init new/place --name "with \"quotes\""
grep -n '^name' new/place/registry.toml
reg --workspace new/place auto-register
# a folder that cannot be made
touch file
reg init file/place
reg init file
reg init --quiet other
# where there are manifests already, there is nothing to write first
mkdir full full/plugins
printf '[[symbols]]\nregistry = "Codec"\ntarget = "codecs.Png"\n' >full/plugins/png.reg.toml
reg init full
reg --workspace full auto-register
# where there is code that registers, registry.toml has what reads it
mkdir -p code/pkg
touch code/pkg/__init__.py
printf 'from mmengine.registry import Registry\n\nMODELS = Registry("model")\n' >code/a.py
printf 'import mmengine\n' >code/b.py
printf 'from fvcore.common.registry import Registry\n' >code/unused.py
printf 'class Registry:\n    def __init__(self, name):\n        pass\n\n    def register(self, name=None):\n        pass\n' >code/pkg/registry.py
reg init code
sed -n '/^# Registrations/,/^# Declarations/p' code/registry.toml
# a query before that says what to do
reg init empty -q
reg --workspace empty list
reg --workspace empty status
# the name of a folder may be no text
cd "$(mkdir -p "$(printf 'caf\351')" && printf 'caf\351')" && reg init -q && grep '^name' registry.toml && reg auto-register
