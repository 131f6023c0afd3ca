"""What is wrong with a declaration is a compile error that says what, and where.

    errors.py INCLUDE_FOLDER PRINT_TABLE
"""

import re
import subprocess

from toolchain import COMPILERS, compile_command, main

HEAD = """#include <reg/plugin.hpp>
struct Codec {
  using reg_interface = reg::Interface<"Codec", 1, int>;
  virtual ~Codec() = default;
  virtual int level() const = 0;
};
struct Png : Codec {
  explicit Png(int) {}
  int level() const override { return 1; }
};
struct Loose { virtual int level() const = 0; };
struct LooseClass : Loose { int level() const override { return 1; } };
struct Weak { using reg_interface = reg::Interface<"Weak">; int x; };
struct WeakClass : Weak {};
struct Nameless { using reg_interface = reg::Interface<"">; virtual ~Nameless() = default; };
struct NamelessClass : Nameless {};
struct Abstract : Codec { explicit Abstract(int) {} };
struct Silent : Codec { int level() const override { return 1; } };
struct Stranger { explicit Stranger(int) {} };
"""

# What stands behind `REG_SYMBOL(Codec, Png`, and what the compiler must say. Words in {} are only
# in one piece in GCC's message; clang shows the values, one by one.
DECLARATIONS = [
    ('.select = "device == \'cuda\' & sm >= & a"', "select", 26, "expected an operand after "),
    ('.select = "a = b"', "select", 3, "unknown operator "),
    ('.select = "(a & b"', "select", 1, "unclosed "),
    ('.select = "a == \'x"', "select", 6, "unclosed string"),
    ('.select = "a and b"', "select", 3, "expected "),
    ('.select = "a < 1 < 2"', "select", 7, "a comparison has two operands"),
    ('.select = "a == 1e999"', "select", 6, "a number out of range"),
    ('.select = "a == \'\\\\q\'"', "select", 7, "unknown escape"),
    ('.select = "a == \'\\\\ud800\'"', "select", 7, "half of a surrogate pair"),
    ('.select = "v2.x"', "select", 1, "is a version, and begins no path"),
    ('.select = "v1.2.x"', "select", 5, "a version cannot go on like this"),
    ('.select = "`a"', "select", 1, "unclosed back-tick"),
    ('.select = "true.x"', "select", 1, "has a meaning of its own"),
    ('.select = "yes(1, 2)"', "select", 1, "yes() takes one number or one path"),
    ('.select = "has(1)"', "select", 1, "has() takes one path"),
    ('.select = "\\xFF"', "select", 1, "not valid UTF-8"),
    ('.select = " "', "select", 2, "a predicate cannot be empty"),
    ('.select = "' + "~" * 51 + 'a"', "select", 51, "nested deeper than 50 levels"),
    ('.select = "\u00e4"', "select", 1, "unexpected character "),
    ('.select = "a == \'\u00e4\' &"', "select", 11, "expected an operand after "),
    ('.when = "build == 1 & has(self.x)"', "when", 18, "there is no candidate yet"),
    ('.when = "a b"', "when", 3, "expected "),
    ('.registry = "a b"', "registry", None, "has only ASCII letters"),
    ('.registry = "__private"', "registry", None, "are private to a program"),
    ('.oid = "a b"', "oid", None, "it cannot have white space"),
    ('.oid = "\\xC3"', "oid", None, "it is not UTF-8"),
    ('.oid = "' + "x" * 1025 + '"', "oid", None, "longer than 1,024 bytes"),
    ('.replaces = "a b"', "replaces", None, "it cannot have white space"),
    ('.info = {{"self", 1}}', "info", None, "cannot be a field"),
    ('.info = {{"oid", 1}}', "info", None, "cannot be a field"),
    ('.info = {{"", 1}}', "info", None, "cannot be empty"),
    ('.info = {{"a", 1}, {"a", 2}}', "info", None, "stands there twice"),
    ('.info = {{"a", reg::Object{{"b", 1}, {"b", 2}}}}', "info", None, "stands there twice"),
    ('.info = {{"a", __builtin_nan("")}}', "info", None, "is no number of JSON"),
    ('.info = {{"b", -__builtin_inf()}}', "info", None, "is no number of JSON"),
    ('.info = {{"a", "\\xFF"}}', "info", None, "is not valid UTF-8"),
    ('.info = {{"a", {{"b", 1}, {"c", 2}}}}', "info", None, "may be an object or a list"),
    ('.doc = "\\xFF"', "doc", 1, "not valid UTF-8"),
    ('.oid = "a\\0b"', "oid", None, "a NUL ends the text "),
    ('.select = "a == 1\\0 & b"', "select", None, "a NUL ends the text "),
    ('.info = {{"a", "x\\0y"}}', "info", None, "has a NUL in it"),
    ('.oid = ""', "oid", None, "it cannot be empty"),
    ('.select = ""', "select", None, "a predicate cannot be empty"),
    ('.select = "' + "a" * 2049 + '"', "select", 2049, "longer than 2048 bytes, the most in a declaration"),
    ('.doc = "' + "a" * 4097 + '"', "doc", None, "longer than 4096 bytes, the most in a declaration"),
]

# Whole declarations, and what both compilers say.
OTHERS = [
    ('REG_SYMBOL(Codec, Png, .info = {{"a", \'x\'}});', r"Other.*=.*char|Value<char>"),
    ("int number; REG_SYMBOL(Codec, Png, .info = {{\"a\", &number}});", r"int ?\*"),
    ('REG_SYMBOL(Codec, Png, .info = {{"a", 1.0L}});', r"long double"),
    ('REG_SYMBOL(Codec, Png, .selekt = "a");', r"selekt"),
    ('REG_SYMBOL(Codec, Png, "image");', "MembersAreNamed"),
    ('REG_SYMBOL(Codec, Png, .info = {{"lossy"}});', r"deleted (function|constructor).*Member"),
    ('REG_SYMBOL(Codec, Png, .info = {{"a", static_cast<__int128>(1)}});', "__int128"),
    ("class Hidden : Png { public: using Png::Png; }; REG_SYMBOL(Codec, Hidden);",
     "the class must derive from the interface, publicly and once"),
    ("struct A : Png { using Png::Png; }; struct B : Png { using Png::Png; };\n"
     "struct Both : A, B { explicit Both(int i) : A(i), B(i) {} }; REG_SYMBOL(Codec, Both);",
     "the class must derive from the interface, publicly and once"),
    ("REG_SYMBOL(Codec, Stranger);", "the class must derive from the interface"),
    ("REG_SYMBOL(Codec, Abstract);", "the class is abstract"),
    ("REG_SYMBOL(Codec, Silent);", "the class needs a constructor that takes the arguments"),
    ("REG_SYMBOL(Loose, LooseClass);", "the interface needs `using reg_interface"),
    ("REG_SYMBOL(Weak, WeakClass);", "the interface needs a virtual destructor"),
    ("REG_SYMBOL(Nameless, NamelessClass);", "neither the declaration nor the interface names one"),
    ("REG_FACTORY(Codec, Png, a b);", "it cannot have white space"),
    ("REG_FACTORY(Codec, Stranger, make);", "the class must derive from the interface"),
    (f"namespace {'n' * 1030} {{ struct Long : Png {{ using Png::Png; }}; REG_SYMBOL(Codec, Long); }}",
     "longer than 1,024 bytes"),
]
# clang takes members in another order, with a warning: the JSON is the same.
ORDER = 'REG_SYMBOL(Codec, Png, .select = "a", .oid = "x");'
# What must pass, so that the above fails for what it says.
WELL = [
    "REG_SYMBOL(Codec, Png);",
    "REG_SYMBOL(Codec, Png,);",
    'REG_SYMBOL(Codec, Png, .oid = "a",);',
    'struct Base; struct Taker { using reg_interface = reg::Interface<"Taker", 1, const Base&>; virtual ~Taker() = default; };\n'
    "struct Took : Taker { explicit Took(const Base&) {} }; REG_SYMBOL(Taker, Took);",
    "REG_SYMBOL(Nameless, NamelessClass, .registry = \"Given\");",
    'REG_SYMBOL(Codec, Png, .select = "' + "~" * 50 + 'a");',
    'REG_SYMBOL(Codec, Png, .select = "' + " & ".join(f"fact_{i} == \'value {i}\'" for i in range(40)) + '");',
    'REG_SYMBOL(Codec, Png, .info = {{"least", 5e-324}, {"most", 1.7976931348623157e308}});',
    "template <> struct reg::interface_of<Loose> { using type = reg::Interface<\"Loose\">; };\n"
    "struct Tight : Loose { virtual ~Tight() = default; int level() const override { return 1; } };\n"
    "template <> struct reg::interface_of<Tight> { using type = reg::Interface<\"Tight\">; };\n"
    "REG_SYMBOL(Tight, Tight);",
]


NO_LIMIT = {"g++": [], "clang++": ["-ferror-limit=0"]}


def compiled(compiler, include, source):
    """The status and what the compiler says."""
    command = compile_command(compiler, include, "-fsyntax-only", *NO_LIMIT[compiler], "-x", "c++", "-")
    done = subprocess.run(
        command, input=HEAD + source + "\n", capture_output=True, text=True, errors="replace", check=False
    )
    return done.returncode, done.stderr


def says(compiler, output, member, column, what):
    """Where it is said."""
    if compiler == "g++":
        place = member if column is None else f"{member}, column {column}"
        pattern = re.escape(f'Message{{"{place}: ') + ".*" + re.escape(gcc(what))
        return {match.start() for match in re.finditer(pattern, output)}
    place = "1" if column is None else str(column)
    call = re.escape(f"wrong_declaration({{{len(member)}, &\"{member}\"[0]}}, {place}, ")
    return {match.start() for match in re.finditer(call + ".*" + re.escape(what), output)}


def gcc(text):
    return text.replace("'", "\\'").replace('"', '\\"')


def wrong_declarations(include, _, __):
    source = "\n".join(f"REG_SYMBOL(Codec, Png, {given});" for given, *_ in DECLARATIONS)
    for compiler in COMPILERS:
        status, output = compiled(compiler, include, source)
        assert status != 0
        said = set()
        for given, member, column, what in DECLARATIONS:
            found = says(compiler, output, member, column, what)
            assert found, f"{compiler}: {given}\n{output}"
            assert not found <= said, f"{compiler}: said once, of several: {given}\n{output}"
            said |= {min(found - said)}
        assert len(re.findall("error:", output)) <= 2 * len(DECLARATIONS), f"{compiler}: {output}"


def wrong_classes_and_types(include, _, __):
    for compiler in COMPILERS:
        for source, what in OTHERS:
            status, output = compiled(compiler, include, source)
            assert status != 0 and re.search(what, output), f"{compiler}: {source}\n{output}"


def members_stand_in_their_order(include, _, __):
    for compiler in COMPILERS:
        status, output = compiled(compiler, include, ORDER)
        assert (status != 0) == (compiler == "g++"), f"{compiler}: {output}"
        assert re.search(r"declaration order|out of order|does not match declaration", output), output


def declaration(**members):
    return "REG_SYMBOL(Codec, Png, %s);" % ", ".join(f".{name} = {text}" for name, text in members.items())


# As much as a declaration may have, in texts of the kinds that take a compiler longest.
LARGEST = [
    declaration(
        oid=f'"{"a" * 1024}"',
        info=f'{{{{"a", "{"ä" * 4000}"}}}}',
        select=f'"{predicate}"',
        replaces=f'"{"ä" * 512}"',
        when=f'"{predicate}"',
        doc=f'"{doc}"',
    )
    for predicate, doc in [
        ("1<a|" * 511 + "1<a", "a" * 4096),
        ("a&" * 1023 + "a", "ä" * 2048),
        ("a in [" + "1," * 1020 + "1]", "\\n" * 4096),
        ("a=='" + "ä" * 1021 + "'", "😀" * 1024),
        ("a in [" + "1e308," * 340 + "1]", '\\"' * 4096),
        ("(" * 49 + "~a" + ")" * 49, "a"),
        ("a=='" + "\\\\n" * 1021 + "'", "€" * 1365),
    ]
] + ["REG_SYMBOL(Codec, Png, .info = {%s});" % ", ".join(f'{{"field{i}", {i}}}' for i in range(128))]


def as_much_as_may_be_compiles(include, _, __):
    for compiler in COMPILERS:
        for source in LARGEST:
            status, output = compiled(compiler, include, source)
            assert status == 0, f"{compiler}: {source}\n{output}"


def an_older_language_is_told_apart(include, _, __):
    for compiler in COMPILERS:
        command = [compiler, "-std=c++17", f"-I{include}", "-fsyntax-only", "-x", "c++", "-"]
        source = "#include <reg/plugin.hpp>\nstruct A {};\nREG_SYMBOL(A, A);\nREG_FACTORY(A, A, a);\n"
        done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
        assert done.returncode != 0 and "needs C++20" in done.stderr, done.stderr
        assert len(re.findall("error:", done.stderr)) == 1, done.stderr


def what_is_well_compiles(include, _, __):
    for compiler in COMPILERS:
        status, output = compiled(compiler, include, "\n".join(WELL))
        assert status == 0, f"{compiler}: {output}"


if __name__ == "__main__":
    main(
        [
            wrong_declarations,
            wrong_classes_and_types,
            members_stand_in_their_order,
            what_is_well_compiles,
            as_much_as_may_be_compiles,
            an_older_language_is_told_apart,
        ]
    )
