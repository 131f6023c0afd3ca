// The library's own source; nothing else may be in this file.
#include <boost/json/src.hpp>
