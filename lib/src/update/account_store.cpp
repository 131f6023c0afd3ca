#include <fcntl.h>
#include <reg/version.h>
#include <scan/account_bytes.h>
#include <scan/scanner.h>
#include <text/hash.h>
#include <unistd.h>
#include <update/account_store.h>
#include <workspace/atomic_file.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

// To be raised whenever scanners give other accounts of the same files, or resolving makes other
// declarations of the same accounts.
constexpr std::uint64_t accounts_version = 7;

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

void put_stamps(ByteWriter& out, std::span<const KeptAccount> accounts) {
  out.number(accounts.size());
  for (const KeptAccount& each : accounts) {
    out.text(each.path);
    out.number(static_cast<std::uint64_t>(each.language));
    put_stamp(out, each.stamp);
    out.fixed(each.hash);
  }
}

std::vector<KeptStamp> take_stamps(ByteReader& in) {
  std::vector<KeptStamp> stamps(in.count());
  for (KeptStamp& each : stamps) {
    each.path = in.text();
    const std::uint64_t language = in.number();
    if (language > static_cast<std::uint64_t>(Language::PluginXml)) in.fail();
    each.language = static_cast<Language>(language);
    each.stamp = take_stamp(in);
    each.hash = in.fixed();
  }
  return stamps;
}

// The rest of each account, in the order of the stamps.
std::string rest_of(std::span<const KeptAccount> accounts) {
  WordSets sets;
  for (const KeptAccount& each : accounts) sets.number_of(each.words);
  ByteWriter out;
  out.number(sets.sets().size());
  for (const auto& words : sets.sets()) {
    out.number(words->size());
    for (const std::string& word : *words) out.text(word);
  }
  for (const KeptAccount& each : accounts) {
    out.text(each.filter.bits());
    out.number(sets.number_of(each.words));
    out.text(each.bytes);
  }
  return out.take();
}

std::shared_ptr<const Words> take_words(ByteReader& in) {
  Words words;
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count && !in.failed(); ++i) words.emplace(in.text());
  return std::make_shared<const Words>(std::move(words));
}

std::vector<KeptAccount> accounts_from(const std::vector<KeptStamp>& stamps,
                                       std::string_view rest) {
  ByteReader in(rest);
  std::vector<std::shared_ptr<const Words>> sets(in.count());
  for (auto& set : sets) set = take_words(in);
  std::vector<KeptAccount> accounts;
  accounts.reserve(stamps.size());
  for (const KeptStamp& stamp : stamps) {
    KeptAccount& account = accounts.emplace_back(KeptAccount{stamp, {}, {}, {}});
    account.filter = WordFilter::from_bits(std::string(in.text()));
    const std::uint64_t words = in.number();
    if (words > sets.size()) in.fail();
    if (words != 0 && !in.failed()) account.words = sets[words - 1];
    account.bytes = in.text();
  }
  if (in.failed() || !in.at_end()) accounts.clear();
  return accounts;
}

// The file begins with this, then come the stamps, then the rest.
struct Head {
  std::uint64_t stamps_size = 0, stamps_hash = 0, rest_size = 0, rest_hash = 0;

  static constexpr std::size_t size = 5 * 8;
  std::string bytes() const {
    ByteWriter out;
    for (const std::uint64_t each :
         {accounts_format(), stamps_size, stamps_hash, rest_size, rest_hash})
      out.fixed(each);
    return out.take();
  }
  static std::optional<Head> from(std::string_view bytes) {
    ByteReader in(bytes);
    const bool is_ours = in.fixed() == accounts_format();
    Head head;
    for (auto part : {&Head::stamps_size, &Head::stamps_hash, &Head::rest_size, &Head::rest_hash})
      head.*part = in.fixed();
    return is_ours && !in.failed() ? std::optional(head) : std::nullopt;
  }
};

// Nothing, if there are not so many bytes.
std::optional<std::string> read_at(const Descriptor& file, std::uint64_t offset,
                                   std::uint64_t size) {
  if (size > max_file) return std::nullopt;
  std::string text(size, '\0');
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t got = ::pread(file.get(), text.data() + done, text.size() - done,
                                static_cast<off_t>(offset + done));
    if (got <= 0) return std::nullopt;
    done += static_cast<std::size_t>(got);
  }
  return text;
}

bool ends_at(const Descriptor& file, std::uint64_t offset) {
  char more = 0;
  return ::pread(file.get(), &more, 1, static_cast<off_t>(offset)) == 0;
}

}  // namespace

// What was made by a program that reads other languages is no account to this one.
std::uint64_t accounts_format() {
  std::uint64_t format = accounts_version;
  for (const Language language :
       {Language::Python, Language::Cpp, Language::EntryPoints, Language::PluginXml})
    format = format * 2 + (scanner_of(language).is_built ? 1 : 0);
  return hash_of(reg::version(), format);
}

KeptAccounts KeptAccounts::open(const std::filesystem::path& cache) {
  KeptAccounts kept;
  Descriptor file(
      ::open(accounts_path(cache).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) return kept;
  const auto start = read_at(file, 0, accounts_format_start.size() + Head::size);
  if (!start || !start->starts_with(accounts_format_start)) return kept;
  const auto head = Head::from(std::string_view(*start).substr(accounts_format_start.size()));
  if (!head) return kept;
  const auto stamps = read_at(file, start->size(), head->stamps_size);
  if (!stamps || hash_of(*stamps) != head->stamps_hash) return kept;
  ByteReader in(*stamps);
  std::vector<KeptStamp> all = take_stamps(in);
  const std::uint64_t begin = start->size() + head->stamps_size;
  if (in.failed() || !in.at_end() || !ends_at(file, begin + head->rest_size)) return kept;
  kept.stamps_ = std::move(all);
  kept.file_ = std::move(file);
  kept.begin_ = begin;
  kept.size_ = head->rest_size;
  kept.hash_ = head->rest_hash;
  return kept;
}

std::vector<KeptAccount> KeptAccounts::load() const {
  if (stamps_.empty()) return {};
  const auto rest = read_at(file_, begin_, size_);
  if (!rest || hash_of(*rest) != hash_) return {};
  return accounts_from(stamps_, *rest);
}

const KeptAccount* find_account(std::span<const KeptAccount> accounts, std::string_view path,
                                Language language) {
  const auto found = std::lower_bound(
      accounts.begin(), accounts.end(), path,
      [](const KeptAccount& each, std::string_view wanted) { return each.path < wanted; });
  const bool is_it = found != accounts.end() && found->path == path && found->language == language;
  return is_it ? &*found : nullptr;
}

void write_accounts(const CacheLock& lock, std::span<const KeptAccount> accounts) {
  ByteWriter out;
  put_stamps(out, accounts);
  const std::string stamps = out.take(), rest = rest_of(accounts);
  AtomicFile file(accounts_path(lock.cache()));
  file.write(accounts_format_start);
  file.write(Head{stamps.size(), hash_of(stamps), rest.size(), hash_of(rest)}.bytes());
  file.write(stamps);
  file.write(rest);
  file.commit();
}

}  // namespace reg
