"""Documents as the text of manifests, an entry a line."""

import json


def written(path, document):
    return toml_text(document) if path.endswith(".toml") else json_text(document)


def json_text(document):
    lines = [f"{json.dumps(table)}: {json_table(content)}" for table, content in document.items()]
    return "{" + ",\n".join(lines) + "}\n"


def json_table(content):
    if isinstance(content, list):
        return "[\n " + ",\n ".join(map(json.dumps, content)) + "]" if content else "[]"
    return json.dumps(content)


def toml_text(document):
    loose = [f"{key} = {toml_value(value)}\n" for key, value in document.items() if not is_table(value)]
    return "".join(loose + [toml_table(key, value) for key, value in document.items() if is_table(value)])


def is_table(value):
    return isinstance(value, dict) or isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def toml_table(name, content):
    if isinstance(content, list):
        return "".join(f"[[{name}]]\n{toml_lines(entry)}" for entry in content)
    if content and all(isinstance(value, dict) for value in content.values()):
        return "".join(f"[{name}.{toml_key(key)}]\n{toml_lines(value)}" for key, value in content.items())
    return f"[{name}]\n{toml_lines(content)}"


def toml_lines(entry):
    return "".join(f"{toml_key(key)} = {toml_value(value)}\n" for key, value in entry.items())


def toml_key(key):
    return key if key.replace("_", "").replace("-", "").isalnum() else json.dumps(key)


def toml_value(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml_key(key)} = {toml_value(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return json.dumps(value)
