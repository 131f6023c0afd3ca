// What a parser alone needs to look at one field of every symbol: simdjson on demand, over JSON
// lines in memory. Prints how many symbols have a rank beyond 990.

#include <simdjson.h>
#include <cstdint>
#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  simdjson::padded_string text;
  if (simdjson::padded_string::load(argv[1]).get(text)) return 1;
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document_stream documents;
  if (parser.iterate_many(text, 1 << 20).get(documents)) return 1;
  std::uint64_t found = 0;
  for (auto document : documents) {
    std::int64_t rank = 0;
    if (!document["info"]["rank"].get(rank) && rank > 990) ++found;
  }
  std::printf("%llu\n", static_cast<unsigned long long>(found));
}
