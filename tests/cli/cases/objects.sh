# Shared objects as sources: of each, the section reg_manifest is read, and nothing of them is loaded.
printf '#!/bin/sh\nexec python3 "$CLI/../process/elf_writer.py" "$@"\n' > ../bin/elf; chmod +x ../bin/elf
cat > registry.toml <<END
[workspace]
name = "objects"
sources = ["build", "host"]
[registries.Codec]
fields = { rank = "int" }
context = { ext = "string" }
END
elf build/libpng.so '{"registry":"Codec","oid":"image","target":"demo::Png","info":{"rank":3},"select":"ext == '"'png'"'","doc":"PNG","declared":{"path":"png.cpp","line":3},"interface":{"type":"demo::Codec","version":1,"size":8,"abi":"x"}}' '{"registry":"Codec","target":"demo::Gif","select":"ext == '"'gif'"'","declared":{"path":"png.cpp","line":9}}'
# A linker script and an object without declarations declare nothing. A link is the file that it leads to.
echo 'INPUT(libpng.so)' > build/libscript.so
elf build/libplain.so.1.2
ln -s libpng.so build/libpng.so.1
# An executable is taken where `sources` names it.
elf host '{"registry":"Codec","target":"demo::Raw","declared":{"path":"host.cpp","line":1}}'
cp host build/tool
reg auto-register
reg status
reg show Codec/image
reg list Codec -o json
reg select image --ctx ext=png
reg cache verify
reg scan build/libpng.so
reg scan build -o name
reg auto-register build/libpng.so
# Built again with the same declarations: no change.
printf 'more code' >> build/libpng.so
reg auto-register --check
# What is wrong names the file, and the place in the C++ source.
elf build/libbad.so '{"registry":"Codec","oid":"image","target":"demo::Bad","info":{"rank":"high","colour":1},"select":"extt == 1","declared":{"path":"bad.cpp","line":7}}'
reg auto-register
elf build/libbad.so '{"registry":"Codec","oid":"gif","target":"demo::Bad","select":"ext = 1","declared":{"path":"bad.cpp","line":8}}' '{"registry":"Codec","target":"demo::New","priority":3,"declared":{"path":"bad.cpp","line":9}}' '{"registry":"Codec",' '{"target":"x"}'
reg auto-register
reg auto-register -o json
elf build/libbad.so '{"registry":"Codec","oid":"a","target":"demo::A","declared":{"path":"bad.cpp","line":2}}' '{"registry":"Codec","oid":"a","target":"demo::B","declared":{"path":"bad.cpp","line":4}}'
reg auto-register
elf build/libbad.so "@$(printf '\036REG2 {}')" '{"registry":"Codec","target":"demo::A"}'
reg auto-register
elf build/libbad.so @text
reg auto-register
elf --cut 70 build/libbad.so '{"registry":"Codec","target":"demo::A"}'
reg auto-register
elf --cut 10 build/libbad.so '{"registry":"Codec","target":"demo::A"}'
reg auto-register
: > build/libbad.so
reg auto-register
rm build/libbad.so
elf 'build/lib bad.so' '{"registry":"Codec","target":"demo::A"}'
elf build/lib:bad.so '{"registry":"Codec","target":"demo::A"}'
reg auto-register
rm build/lib*bad.so
# Other word sizes and byte orders are read as well.
elf --bits 32 --order big build/libbig.so '{"registry":"Codec","target":"demo::Big"}'
reg auto-register
reg get Codec/Big
# [[match]] takes a library's exported functions.
elf --functions _ZN4demo9make_fastEi,dgemm,sgemm,_helper build/libblas.so
cat > build/blas.reg.toml <<END
[[match]]
registry = "Kernel"
from = "libblas.so"
exclude = ["_*"]
[[match]]
registry = "Kernel"
from = "libgone.so"
END
reg auto-register
reg list Kernel -o target
reg show Kernel/dgemm
# What `sources` names and is no kind of source.
printf 'plain text' > host
reg auto-register
# What `reg scan` prints is a manifest that says the same.
elf build/libmore.so '{"registry":"Codec","oid":"more","target":"demo::More","when":"build == '"'release'"'","force":true,"clear":true,"replaces":"libpng.so:demo::Gif"}'
reg scan build/libmore.so
rm build/libmore.so host
# A number with a fraction is no version: its text is lost.
printf '[registries.Codec]\nfields = { since = "version" }\n' > build/since.reg.toml
elf build/libmore.so '{"registry":"Codec","oid":"more","target":"demo::More","info":{"since":2.1},"declared":{"path":"more.cpp","line":3}}'
reg auto-register build
elf build/libmore.so '{"registry":"Codec","oid":"more","target":"demo::More","info":{"since":2},"declared":{"path":"more.cpp","line":3}}'
reg auto-register build
reg show Codec/more
