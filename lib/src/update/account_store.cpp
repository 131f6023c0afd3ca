#include <reg/version.h>
#include <scan/account_bytes.h>
#include <scan/scanner.h>
#include <text/hash.h>
#include <update/account_store.h>
#include <workspace/atomic_file.h>
#include <map>

namespace reg {
namespace {

// To be raised whenever scanners give other accounts of the same files.
constexpr std::uint64_t accounts_version = 2;

// What was made by a program that reads other languages is no account to this one.
std::uint64_t format() {
  std::uint64_t format = accounts_version;
  for (const Language language :
       {Language::Python, Language::Cpp, Language::EntryPoints, Language::PluginXml})
    format = format * 2 + (scanner_of(language).is_built ? 1 : 0);
  return hash_of(reg::version(), format);
}

void put_stamp(ByteWriter& out, const FileStamp& stamp) {
  out.fixed(stamp.size);
  out.fixed(static_cast<std::uint64_t>(stamp.modified));
  out.fixed(static_cast<std::uint64_t>(stamp.changed));
  out.fixed(stamp.inode);
}

FileStamp take_stamp(ByteReader& in) {
  FileStamp stamp;
  stamp.size = in.fixed();
  stamp.modified = static_cast<std::int64_t>(in.fixed());
  stamp.changed = static_cast<std::int64_t>(in.fixed());
  stamp.inode = in.fixed();
  return stamp;
}

// Most files were looked at for the same words, which are kept once; number 0 is none.
class WordSets {
 public:
  std::uint64_t number_of(const std::shared_ptr<const Words>& words) {
    if (!words) return 0;
    const auto [entry, is_new] = numbers_.emplace(*words, sets_.size() + 1);
    if (is_new) sets_.push_back(words);
    return entry->second;
  }
  const std::vector<std::shared_ptr<const Words>>& sets() const { return sets_; }

 private:
  std::map<Words, std::uint64_t> numbers_;
  std::vector<std::shared_ptr<const Words>> sets_;
};

void put(ByteWriter& out, const KeptAccount& account, std::uint64_t words) {
  out.text(account.path);
  out.number(static_cast<std::uint64_t>(account.language));
  put_stamp(out, account.stamp);
  out.fixed(account.hash);
  out.text(account.filter.bits());
  out.number(words);
  out.text(account.bytes);
}

std::string text_of(std::span<const KeptAccount> accounts) {
  WordSets sets;
  for (const KeptAccount& each : accounts) sets.number_of(each.words);
  ByteWriter out;
  out.number(sets.sets().size());
  for (const auto& words : sets.sets()) {
    out.number(words->size());
    for (const std::string& word : *words) out.text(word);
  }
  out.number(accounts.size());
  for (const KeptAccount& each : accounts) put(out, each, sets.number_of(each.words));
  return out.take();
}

std::shared_ptr<const Words> take_words(ByteReader& in) {
  Words words;
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count && !in.failed(); ++i) words.emplace(in.text());
  return std::make_shared<const Words>(std::move(words));
}

KeptAccount take_account(ByteReader& in, std::span<const std::shared_ptr<const Words>> sets) {
  KeptAccount account;
  account.path = in.text();
  const std::uint64_t language = in.number();
  if (language > static_cast<std::uint64_t>(Language::PluginXml)) in.fail();
  account.language = static_cast<Language>(language);
  account.stamp = take_stamp(in);
  account.hash = in.fixed();
  account.filter = WordFilter::from_bits(std::string(in.text()));
  const std::uint64_t words = in.number();
  if (words > sets.size()) in.fail();
  if (words != 0 && !in.failed()) account.words = sets[words - 1];
  account.bytes = in.text();
  return account;
}

std::vector<KeptAccount> accounts_from(std::string_view text) {
  ByteReader in(text);
  std::vector<std::shared_ptr<const Words>> sets(in.count());
  for (auto& set : sets) set = take_words(in);
  std::vector<KeptAccount> accounts;
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count && !in.failed(); ++i)
    accounts.push_back(take_account(in, sets));
  if (in.failed() || !in.at_end()) accounts.clear();
  return accounts;
}

std::string head_of(std::string_view rest) {
  ByteWriter head;
  head.fixed(format());
  head.fixed(hash_of(rest));
  return std::string(accounts_format_start) + head.take();
}

}  // namespace

std::vector<KeptAccount> read_accounts(const std::filesystem::path& cache) {
  try {
    const std::string text = read_file(accounts_path(cache)).text;
    const std::size_t head = accounts_format_start.size() + 16;
    if (text.size() < head) return {};
    const std::string_view rest = std::string_view(text).substr(head);
    return text.starts_with(head_of(rest)) ? accounts_from(rest) : std::vector<KeptAccount>();
  } catch (const StorageError&) {
    return {};
  }
}

void write_accounts(const CacheLock& lock, std::span<const KeptAccount> accounts) {
  const std::string rest = text_of(accounts);
  AtomicFile file(accounts_path(lock.cache()));
  file.write(head_of(rest));
  file.write(rest);
  file.commit();
}

}  // namespace reg
