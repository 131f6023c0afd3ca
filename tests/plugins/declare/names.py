"""Both compilers give a type the same name, and arguments the same kinds.

    names.py INCLUDE_FOLDER PRINT_TABLE
"""

from toolchain import COMPILERS, compile_command, main, run

SOURCE = """#include <reg/plugin/type_name.hpp>
#include <reg/plugin/arguments.hpp>
#include <cstdio>
#include <string>
#include <string_view>
namespace demo {
struct Png {};
struct longest {};
struct int_like { struct unsigned_ {}; };
namespace { struct Hidden { struct Inner {}; }; }
namespace inner { namespace { namespace deep { struct Deepest {}; } } }
template <typename... Types> struct Of {};
template <char> struct Char {};
template <int Number, bool Is> struct Numbered {};
template <template <typename> class> struct Outer {};
template <typename T> struct One { template <typename U> struct Two {}; };
}
struct Top {};
namespace { struct TopHidden {}; }
template <typename Type> void print() {
  std::printf("%s\\n", reg::plugin::type_name<Type>.data());
  static_assert(reg::plugin::type_name<Type>.view().size() > 0);
}
namespace longest_ns { struct long_thing {}; }
namespace unsigned_ { struct unsigned_thing {}; }
enum class Mode { Slow };
class Incomplete;
union Number { int i; float f; };
template <typename... Types> void print_kinds() {
  std::printf("kinds %llu\\n", static_cast<unsigned long long>(reg::plugin::argument_kinds<Types...>()));
}
int main() {
  print<demo::Png>();
  print<demo::longest>();
  print<demo::int_like::unsigned_>();
  print<demo::Hidden>();
  print<demo::Hidden::Inner>();
  print<demo::inner::deep::Deepest>();
  print<Top>();
  print<TopHidden>();
  print<demo::Of<>>();
  print<demo::Of<int, long, short, unsigned, unsigned long, unsigned short, long long>>();
  print<demo::Of<unsigned long long, char, signed char, unsigned char, bool, float, double>>();
  print<demo::Of<long double, demo::longest, demo::Of<demo::Hidden>>>();
  print<demo::Of<const int*, int&, const demo::Png&, int**>>();
  print<demo::Numbered<3, true>>();
  print<demo::Numbered<-3, false>>();
  print<demo::One<TopHidden>::Two<unsigned long>>();
  print<demo::Of<const unsigned long, volatile unsigned long*, const long, const unsigned short&>>();
  print<demo::Of<const longest_ns::long_thing, unsigned_::unsigned_thing>>();
  print<demo::Char<' '>>();
  print<demo::Char<'_'>>();
  print<demo::Char<'\\''>>();
  print<demo::Of<demo::Char<'<'>, const unsigned>>();
  print_kinds<>();
  print_kinds<int>();
  print_kinds<const int>();
  print_kinds<float>();
  print_kinds<unsigned>();
  print_kinds<Mode>();
  print_kinds<const int&>();
  print_kinds<int&>();
  print_kinds<int&&>();
  print_kinds<const long&>();
  print_kinds<int*>();
  print_kinds<const int*>();
  print_kinds<bool>();
  print_kinds<char>();
  print_kinds<std::string>();
  print_kinds<const std::string&>();
  print_kinds<std::string_view>();
  print_kinds<const Incomplete&>();
  print_kinds<Incomplete*>();
  print_kinds<void*>();
  print_kinds<Number>();
  print_kinds<const char*, long>();
  print_kinds<long, const char*>();
  print_kinds<void (*)(int), int>();
}
"""
NAMES = """demo::Png
demo::longest
demo::int_like::unsigned_
demo::Hidden
demo::Hidden::Inner
demo::inner::deep::Deepest
Top
TopHidden
demo::Of<>
demo::Of<int,long,short,unsigned_int,unsigned_long,unsigned_short,long_long>
demo::Of<unsigned_long_long,char,signed_char,unsigned_char,bool,float,double>
demo::Of<long_double,demo::longest,demo::Of<demo::Hidden>>
demo::Of<const_int*,int&,const_demo::Png&,int**>
demo::Numbered<3,true>
demo::Numbered<-3,false>
demo::One<TopHidden>::Two<unsigned_long>
demo::Of<const_unsigned_long,volatile_unsigned_long*,const_long,const_unsigned_short&>
demo::Of<const_longest_ns::long_thing,unsigned_::unsigned_thing>
demo::Char<'\\x20'>
demo::Char<'_'>
demo::Char<'\\''>
demo::Of<demo::Char<'<'>,const_unsigned_int>
"""


def types_have_one_name_and_arguments_one_kind(include, _, folder):
    source = folder / "names.cpp"
    source.write_text(SOURCE, encoding="utf-8")
    kinds = {}
    for compiler in COMPILERS:
        run([*compile_command(compiler, include), source, "-o", folder / "names"])
        printed = run([folder / "names"])
        names, kinds[compiler] = printed.split("kinds", 1)
        assert names == NAMES, f"{compiler}:\n{printed}"
    alike = list(kinds.values())
    assert all(text == alike[0] for text in alike), kinds
    numbers = alike[0].replace("kinds", "").split()
    # A const value is passed as another is, and references to two classes are alike.
    assert len(numbers) == 24 and len(set(numbers)) == 22, numbers
    assert numbers[1] == numbers[2] and numbers[15] == numbers[17], numbers


if __name__ == "__main__":
    main([types_have_one_name_and_arguments_one_kind])
