#include <doctest/doctest.h>
#include <object/function_name.h>

using namespace reg;

TEST_CASE("a function's plain name has no parameters, result, qualifiers and tags") {
  CHECK(plain_function_name("gemm") == "gemm");
  CHECK(plain_function_name("_Z4gemmPFvivE") == "gemm");
  CHECK(plain_function_name("_ZN4demo9make_fastEi") == "demo::make_fast");
  CHECK(plain_function_name("_ZN4demo4makeB5cxx11Ev") == "demo::make");
  CHECK(plain_function_name("_ZNKR5image1S1cEv") == "image::S::c");
  CHECK(plain_function_name("_ZSt4hacki") == "std::hack");
  CHECK(plain_function_name("_ZN2ns3strENSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE") ==
        "ns::str");
}

TEST_CASE("what looks like an operator or a constructor and is none has its name") {
  CHECK(plain_function_name("_ZN2ns13make_operatorEv") == "ns::make_operator");
  CHECK(plain_function_name("_ZN2ns5takesENS_10operator_tE") == "ns::takes");
  CHECK(plain_function_name("_ZN5image5imageEv") == "image::image");
  CHECK(plain_function_name("_Zebra") == "_Zebra");
}

TEST_CASE("an instance of a template keeps its arguments, whatever it returns") {
  CHECK(plain_function_name("_Z4tmplIiET_S0_") == "tmpl<int>");
  CHECK(plain_function_name("_ZN2ns4makeINS_3PngEEEPT_v") == "ns::make<ns::Png>");
  CHECK(plain_function_name("_ZN2ns6make_tImEEPT_i") == "ns::make_t<unsigned_long>");
  CHECK(plain_function_name("_ZN2ns4rettIiEEPFvcET_") == "ns::rett<int>");
  CHECK(plain_function_name("_ZN2ns2dtIiEEDTplfp_Li1EET_") == "ns::dt<int>");
  CHECK(plain_function_name("_ZN2ns3numILin5EEEiv") == "ns::num<-5>");
  CHECK(plain_function_name("_ZN2ns2fpIXadL_ZNS_4afunEiEEEEiv") == "ns::fp<&ns::afun>");
  CHECK(plain_function_name("_ZN2ns3BoxIiE3getINS0_INS_3PngEEEEEiT_") ==
        "ns::Box<int>::get<ns::Box<ns::Png>>");
  CHECK(plain_function_name("_ZN2ns2vsINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEEEEiv") ==
        "ns::vs<std::basic_string<char,std::char_traits<char>,std::allocator<char>>>");
}

TEST_CASE("what nobody means by name has none") {
  for (const char* unmeant :
       {"_ZN4demo3PngC1Ev", "_ZN4demo3PngD0Ev", "_ZN2ns3BoxIiEC2Ev", "_ZThn8_N1B1fEv",
        "_ZGVZ1fvE1x", "_ZTW2tl", "_ZZ3lamvEN1L1mEv", "_ZN2nsltENS_3PngES0_", "_ZlsRSoN2ns3PngE",
        "_ZN2nsli3_kmEy", "_ZN2ns4ConvIiEcviEv", "_ZN2nslsIiEEbT_NS_3PngE", "_ZnwmPv",
        "reg_plugin_table_1"}) {
    CAPTURE(unmeant);
    CHECK(plain_function_name(unmeant).empty());
  }
}

TEST_CASE("a short name that would come to gigabytes costs nothing") {
  const std::string digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string type = "1AIiiE";
  for (const char digit : digits) {
    const std::string before = std::string("S") + digit + '_';
    type += "S_I" + before + before + 'E';
  }
  CHECK(plain_function_name("_Z1f" + type) == "f");  // what stands behind the name is not looked at
  CHECK(plain_function_name("_Z1fI" + type + "Evv").empty());
}
