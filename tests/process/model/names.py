"""What random documents are made of: small names and few of them, so that they meet; and what can be a name."""

import re

FIELDS = {"Alpha": {"rank": "int", "name": "string"}, "Beta": {"rank": "int", "tags": "list", "driver": "version"},
          "Gamma": {"name": "string", "opts": "any"}, "Delta": {}}
FACTS = {"a": "int", "b": "int", "c": "any", "device": "string", "group": "any", "driver": "version"}
CONTEXTS = [FACTS, FACTS, FACTS, list(FACTS), {"a": "int", "device": "string"}, ["a", "device", "group"],
            {**FACTS, "a": "string", "device": "any", "driver": "any"}]
DEFAULTS = {"Gamma": "device == self.name", "Delta": "yes(1)"}
REGISTRIES = [*FIELDS, "Loose", "Free.x"]
OIDS = ["o1", "o2", "o3", "o4"]
TARGETS = [*(f"p.t{number}" for number in range(1, 9)), "lib.so:ü"]
VALUES = {"int": [1, 2, 80], "string": ["cuda", "x y", "é"], "list": [[], [1, 2], ["x"]],
          "any": [None, 7, "cpu", True, [1], {"k": 1}], "version": ["12.4", "v1.2.0", 2.5, 12]}
NAMED = {"gpu": 'device in ["cuda", "rocm"]', "at_least": {"params": ["v"], "expr": "a >= v"}, "group": {"fact": True},
         "recent": 'driver >= "12.2"', "ranked": {"params": ["least"], "expr": "self.rank >= least"}, "driver": {"fact": True},
         "both": "gpu() & at_least(2)",
         "either": {"params": ["one", "other"], "expr": "one == other | one in other & yes(3)"}}
OTHERWISE = {"gpu": 'device == "cuda"', "at_least": {"params": ["w"], "expr": "w <= a"}, "both": "gpu() | at_least(3)"}
WRONG_DEFINITIONS = {"gpu": "both()", "at_least": "a ==", "both": "undefined()"}
SELECTS = ['a == 1', 'b > 2 | has(c)', 'gpu() & yes(2)', 'device glob "x*"', 'yes(3)', 'at_least(2)', 'group("x", "y")',
           'driver == "12.4"', 'driver in ["12.4", "v2.5"] & recent()', 'driver("12.4", "13")', '~has(a) & both()', "(a == 1 | b == 2) & device != 'cpu'"]
OWN_SELECTS = {  # and the fields that they read
    'a >= self.rank': ["rank"], 'has(self.rank) & yes(self.rank)': ["rank"], 'at_least(self.rank) | self.rank == 80': ["rank"],
    'self.name == device': ["name"], '~has(self.name) | device glob self.name': ["name"], 'a in self.tags & yes(2)': ["tags"],
    'self.opts != device': ["opts"], 'self.opts & self.name': ["opts", "name"], 'self.opts == device | yes(self.opts)': ["opts"],
    'ranked(2)': ["rank"], '~ranked(a) & driver == self.driver': ["rank", "driver"], 'at_least(self.rank) & recent()': ["rank"],
    'recent() | driver(self.driver)': ["driver"], '"12.4" <= driver & self.driver in ["12.4", "12"]': ["driver"],
    'self.driver >= v12.1': ["driver"], 'driver < self.driver & has(self.driver)': ["driver"], 'self.opts == null': ["opts"],
    'self.driver glob "12*" | yes(2)': ["driver"], 'self.driver in group | driver("13", self.driver)': ["driver"],
    'self.rank in c & self.driver in "12.4 and more"': ["rank", "driver"], 'either(self.name, device) | a in self.tags': ["name", "tags"],
    'either(self.driver, group)': ["driver"], 'either(self.opts, c) & yes(2)': ["opts"], 'either(c, self.tags)': ["tags"],
}
WHENS = ['build == "release"', '~(build == "debug")', 'has(fast)', 'level >= 2', 'fast & level > 1', 'gpu()']
WRONG = [{"target": 3}, {"tarrget": "p.x"}, {"info": {"colour": 1}}, {"info": {"rank": "high"}}, {"select": "undefined()"},
         {"select": "a =="}, {"registry": "__private"}, {"when": "undefined()"}, {"oid": ""}, {"force": "yes"},
         {"select": "a == self.colour"}, {"when": "self.rank == 1"}, {"select": 'self.rank == "high"'}, {"select": "sm == 1"}]
SOURCES = [["."], ["."], ["."], ["a", "b/**/*.reg.*", "*.reg.json"], ["b", "a"]]
EXCLUDED = ["deep", "a-b", "b/m.reg.toml", "n.*"]


def is_registry_name(name):
    return bool(re.fullmatch(r"[A-Za-z0-9_.:-]+", name)) and not name.startswith("__")


def is_symbol_name(text):
    return bool(text) and len(text.encode()) <= 1024 and not re.search(r"[\s\x00-\x1f\x7f]", text)
