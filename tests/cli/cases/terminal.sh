cat >registry.toml <<'END'
[workspace]
sources = []
[registries.Codec]
fields = { name = "string", speed = "int" }
doc = "codecs of all kinds, for pictures, sounds and what else there may be in a file"
[[symbols]]
registry = "Codec"
oid = "image"
target = "codecs.images.with.a.long.name.of.its.own.PngCodec"
info = { name = "Portable Network Graphics, in the second edition", speed = 1234567 }
[[symbols]]
registry = "Codec"
oid = "sound"
target = "codecs.Flac"
info = { name = "音声可逆圧縮音声可逆圧縮", speed = 7 }
[[symbols]]
registry = "Codec"
oid = "text"
target = "codecs.Text"
info = { name = "e\u0301 is combined with its accent, e\u0301, e\u0301", speed = 8 }
END
reg auto-register
# whoever reads a pipe or a file gets all of it
reg list Codec --fields name,speed
COLUMNS=40 reg list Codec --fields name,speed
# on a terminal a table is as wide as that: the widest detail is shortened first, names and numbers last
python3 "$CLI/on_terminal.py" --columns 120 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 80 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 60 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 40 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 25 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 10 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 5 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 1 reg list Codec --fields name,speed --color never
python3 "$CLI/on_terminal.py" --columns 60 reg list --color never
# COLUMNS goes before what the terminal says, if it is a number; a terminal that says nothing has 80
COLUMNS=60 python3 "$CLI/on_terminal.py" --columns 100 reg list --color never
COLUMNS=wide python3 "$CLI/on_terminal.py" --columns 60 reg list --color never
python3 "$CLI/on_terminal.py" reg list --color never
# neither the locale nor a dumb terminal changes that
LC_ALL=C TERM=dumb python3 "$CLI/on_terminal.py" --columns 40 reg list Codec --fields name,speed
LC_ALL=C TERM=xterm-256color python3 "$CLI/on_terminal.py" --columns 40 reg list Codec --fields name
# other formats are never cut
python3 "$CLI/on_terminal.py" --columns 40 reg list Codec --fields name -o tsv
# without the names of the columns
reg list Codec --fields speed --no-headers
reg list Codec --fields speed --no-headers -o csv
reg list Codec --fields speed -o tsv --no-headers
reg --no-headers list
reg status --no-headers | tail -n +2
reg list Codec --no-headers -o name
# what was cut off is told below the table
python3 "$CLI/on_terminal.py" --columns 80 reg list Codec --limit 2 --color never
