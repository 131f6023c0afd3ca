#include <reg/lint_rules.h>

namespace reg {
namespace {

constexpr LintRule rules[] = {
    {"never-applies", LintAbout::Symbol, "an implementation for which no context scores above 0",
     "No context that a caller may give makes its predicate score above 0, given the types of the "
     "registry's facts, the symbol's own fields, and [context]. Where the registry's `select` "
     "scores it for none of the symbols that it scores, that is said once, of the registry.",
     "It is never selected, and whoever added it believes that it is.",
     R"toml([registries.Kernel]
context = { sm = "int" }
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_fast"
select = "sm >= 90 & sm < 80"
)toml",
     R"toml(select = "sm >= 80 & sm < 90"
)toml"},
    {"shadowed", LintAbout::Symbol, "an implementation that applies, and never wins",
     "Wherever it applies, another implementation of the oid scores more, or as much and is "
     "registered before it; several others may do so together. They are named. It is not reported "
     "where never-applies or always-ties says the same.",
     "It is dead weight: nothing selects it unless another one is taken out.",
     R"toml([[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_any"
select = "sm >= 80"
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_hopper"
select = "sm >= 90"
)toml",
     R"toml(select = "sm >= 90 & yes(1)"   # scores more where both apply
)toml"},
    {"always-ties", LintAbout::Symbol,
     "implementations whose scores are the same for every context",
     "Some context makes them apply, one of them can win, and no context tells them apart. "
     "Implementations that read no fact are left out: what has nothing to select by cannot differ.",
     "The first in registration order always wins, by accident, and `--strict` fails.",
     R"toml([[symbols]]
registry = "Codec"
oid = "decode"
target = "png.Fast"
select = "ext == 'png'"
[[symbols]]
registry = "Codec"
oid = "decode"
target = "png.Safe"
select = "'png' == ext"
)toml",
     R"toml(select = "'png' == ext & safe"   # the one for who asks for safety
)toml"},
    {"always-holds", LintAbout::Symbol,
     "a predicate that reads facts, and applies for every context",
     "The predicate scores above 0 whatever the facts are, though it reads some. Where it is the "
     "registry's `select`, that is said once, of the registry, and only if it holds for every "
     "symbol that it scores. Predicates that read no fact, such as yes(), mean to hold.",
     "It looks like a condition, and is none: `~(a & b)` for `~a & ~b`, or `!=` that a missing "
     "fact "
     "meets, too.",
     R"toml([[symbols]]
registry = "Codec"
oid = "decode"
target = "raw.Reader"
select = "ext != 'png' | ext != 'jpeg'"
)toml",
     R"toml(select = "ext != 'png' & ext != 'jpeg'"
)toml"},
    {"unused-fact", LintAbout::Registry, "a declared fact that no predicate reads",
     "The registry's `context` declares it, and no predicate of the registry reads it, what lies "
     "in "
     "it, or what it lies in: neither its `select` nor one of its symbols, those that `when` "
     "leaves "
     "out included. Registries without symbols are passed over.",
     "Callers compute and give it for nothing, or a predicate that should read it does not.",
     R"toml([registries.Kernel]
context = { sm = "int", driver = "version" }
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make"
select = "sm >= 80"
)toml",
     R"toml(context = { sm = "int" }
)toml"},
    {"unused-predicate", LintAbout::Workspace, "a named predicate that nothing calls",
     "No symbol, `when` or registry's `select` calls it, and no other predicate that is used does; "
     "symbols that are left out count. It is about the whole workspace, so it is reported only "
     "where all registries are looked at.",
     "What nobody calls is not tested by anything, and reads as if it mattered.",
     R"toml([predicates]
hopper = "sm >= 90"
ampere = "sm >= 80"
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make"
select = "ampere()"
)toml",
     R"toml([predicates]
ampere = "sm >= 80"
)toml"},
    {"unused-field", LintAbout::Registry, "a declared field that no symbol gives",
     "No symbol of the registry has a value for it but null; symbols that are left out count. A "
     "field that some symbol gives and no predicate reads is fine: fields inform people, too. What "
     "a predicate reads is ungiven-field instead. Registries without symbols are passed over.",
     "It is a column that is empty in every list, often one that was renamed in the symbols only.",
     R"toml([registries.Codec]
fields = ["lossy", "mime"]
[[symbols]]
registry = "Codec"
oid = "png"
target = "codecs.Png"
info = { mime = "image/png" }
)toml",
     R"toml(fields = ["mime"]
)toml"},
    {"ungiven-field", LintAbout::Registry, "a field that predicates read, and no symbol gives",
     "A predicate in the registry reads `self.x`, itself or by way of named predicates, and no "
     "symbol "
     "of the registry has a value for x but null; symbols that are left out count.",
     "`self.x` is null for all of them, so that a comparison with it never holds.",
     R"toml([registries.Kernel]
fields = ["device", "min_sm"]
select = "device == self.device | sm >= self.min_sm"
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make"
info = { device = "cuda" }
)toml",
     R"toml(info = { device = "cuda", min_sm = 80 }
)toml"},
    {"unused-select", LintAbout::Registry, "a registry's `select` that scores no symbol",
     "All symbols of the registry bring a `select` of their own. Registries without symbols are "
     "passed over.",
     "A registry's `select` is not joined to those of its symbols: it is used by symbols that "
     "bring "
     "none. Who wrote it most likely expects that it holds for all.",
     R"toml([registries.Kernel]
select = "device == self.device"
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make"
select = "sm >= 80"
)toml",
     R"toml(select = "device == self.device & sm >= 80"   # of the symbol
)toml"},
    {"unread-context", LintAbout::Workspace, "a fact of [context] that no predicate reads",
     "registry.toml gives it to every selection, and no registry has a predicate that reads it, "
     "what "
     "lies in it, or what it lies in, nor declares such a fact. It is about the whole workspace, "
     "so it is reported only where "
     "all registries are looked at.",
     "It changes nothing; a name that is spelled otherwise than in the predicates is the usual "
     "cause.",
     R"toml([context]
divice = "cpu"
[registries.Kernel]
select = "device == self.device"
)toml",
     R"toml([context]
device = "cpu"
)toml"},
    {"near-facts", LintAbout::Registry, "an undeclared fact that is one letter from another",
     "The registry declares no context, and its predicates read two facts whose names differ by "
     "one "
     "letter, or by two that changed places; or one that is as near to a fact that [context] gives "
     "or "
     "another registry declares. Names below four letters, other digits, and another first letter "
     "of "
     "a word (has_cpu, has_gpu) are taken for other names. The one that fewer predicates read is "
     "reported.",
     "A fact that nobody gives is missing, so that a predicate quietly does not apply.",
     R"toml([[symbols]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make"
select = "devise == 'cuda'"
[[symbols]]
registry = "Kernel"
oid = "conv"
target = "libconv.so:make"
select = "device == 'cuda'"
)toml",
     R"toml(select = "device == 'cuda'"
)toml"},
    {"near-names", LintAbout::Registry,
     "a field or named predicate that is one letter from another",
     "Two fields of a registry, or two named predicates, have names that differ by one letter, or "
     "by "
     "two that changed places; what is taken for other names is as for near-facts. Of fields, the "
     "one "
     "that fewer symbols give is reported; of predicates, the one that fewer places call.",
     "Two names for one thing split what should be together.",
     R"toml([registries.Codec]
fields = ["extension", "extensions"]
)toml",
     R"toml([registries.Codec]
fields = ["extensions"]
)toml"},
};

}  // namespace

std::span<const LintRule> lint_rules() { return rules; }

}  // namespace reg
