# control characters and direction marks from sources never reach the terminal raw
cat > registry.toml <<'TOML'
[workspace]
sources = ["hostile.reg.json"]
TOML
cat > hostile.reg.json <<'JSON'
{
"registries": {"Evil": {"doc": "\u001b]0;title\u0007 \u202edoc\u2066", "fields": ["note"]}},
"symbols": [
{"registry": "Evil", "oid": "plain", "target": "a.b.c\u202e", "doc": "one\nt\u001b[31mwo\u009b\u007f\ttab \\ back", "info": {"note": "a,\"b\"\r\u001b[2J"}},
{"registry": "Evil", "oid": "\u6f22\u5b57", "target": "wide.x", "info": {"note": {"\u001b": 1}}},
{"registry": "Evil", "oid": "e\u0301t\u00e9", "target": "narrow.y"}
]
}
JSON
reg auto-register
reg list
reg list -o csv
reg list Evil --fields note,doc
reg list Evil --fields note,doc -o csv
reg list Evil --fields note,doc -o tsv
reg list Evil -o name
reg list Evil -o json
reg show Evil/plain
reg show Evil/plain --field doc
reg select plain
reg select plain --explain
reg select plain --ctx "$(printf 'k="\\u001b[31m"')" --explain
reg find "$(printf '\033[31m')"
# nor from what does not parse
printf '{"symbols":[{"registry":"Evil","oid":"a\\u001bb","target":"t","\\u001b[31mred":1}]}' > hostile.reg.json
reg auto-register
