# A small workspace with every kind of symbol; used by most cases.
cat > registry.toml <<'TOML'
[workspace]
name    = "kernels"
sources = ["kernels.reg.toml", "codecs.reg.json"]

[context]
sm = 70
TOML
cat > kernels.reg.toml <<'TOML'
[registries.Kernel]
doc    = "GEMM implementations"
fields = { device = "string", min_sm = "int", tags = "list" }
select = 'device == self.device'

[predicates]
gpu = 'device in ["cuda", "rocm"]'

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_cpu"
info     = { device = "cpu" }
doc      = "plain loops"

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_cublas"
info     = { device = "cuda", min_sm = 80, tags = ["fast", "big"] }
select   = 'gpu() & sm >= self.min_sm & yes(2)'
doc      = "cuBLAS"

[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_cutlass"
info     = { device = "cuda", min_sm = 70 }
select   = 'gpu() & sm >= self.min_sm'

[[symbols]]
registry = "Kernel"
oid      = "conv"
target   = "libconv.so:make_conv"
info     = { device = "cuda", min_sm = 75 }

[[symbols]]
registry = "Kernel"
oid      = "__probe"
target   = "libconv.so:probe"
info     = { device = "cpu" }
TOML
cat > codecs.reg.json <<'JSON'
{
"registries": {"Codec": {"doc": "image codecs", "fields": ["ext", "rank"]}},
"symbols": [
{"registry": "Codec", "oid": "image", "target": "codecs.png.Png", "info": {"ext": "png", "rank": 2}, "select": "ext == 'png'"},
{"registry": "Codec", "oid": "image", "target": "codecs.apng.Apng", "info": {"ext": "png", "rank": 10}, "select": "ext == 'png'"},
{"registry": "Codec", "oid": "image", "target": "codecs.jpeg.Jpeg", "info": {"ext": "jpg", "rank": 1.5}, "select": "ext == 'jpg' & quality.level > 3"},
{"registry": "Codec", "oid": "raw", "target": "codecs.raw.Raw", "doc": "always there"},
{"registry": "Codec", "oid": "gemm", "target": "codecs.odd.Gemm"}
]
}
JSON
reg auto-register --quiet
