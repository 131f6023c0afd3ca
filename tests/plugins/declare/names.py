"""Both compilers give a type the same name.

    names.py INCLUDE_FOLDER PRINT_TABLE
"""

from toolchain import COMPILERS, compile_command, main, run

SOURCE = """#include <reg/plugin/type_name.hpp>
#include <cstdio>
namespace demo {
struct Png {};
struct longest {};
struct int_like { struct unsigned_ {}; };
namespace { struct Hidden { struct Inner {}; }; }
namespace inner { namespace { namespace deep { struct Deepest {}; } } }
template <typename... Types> struct Of {};
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
"""


def types_have_one_name(include, _, folder):
    source = folder / "names.cpp"
    source.write_text(SOURCE, encoding="utf-8")
    for compiler in COMPILERS:
        run([*compile_command(compiler, include), source, "-o", folder / "names"])
        printed = run([folder / "names"])
        assert printed == NAMES, f"{compiler}:\n{printed}"


if __name__ == "__main__":
    main([types_have_one_name])
