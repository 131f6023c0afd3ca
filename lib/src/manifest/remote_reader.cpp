#include <unistd.h>

#include <manifest/remote_reader.h>
#include <manifest/settings_reader.h>
#include <manifest/table.h>
#include <algorithm>
#include <array>
#include <charconv>

namespace reg {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct RemoteSlots {
  const Node *etcd{}, *name{}, *origin{}, *publish{}, *facts{}, *lease{}, *poll{}, *load{}, *ca{},
      *cert{}, *key{}, *user{}, *password_file{};
};
constexpr KeyRule<RemoteSlots> remote_rules[] = {
    {"etcd", &RemoteSlots::etcd, Kinds::String | Kinds::Array, Presence::Required},
    {"name", &RemoteSlots::name, Kinds::String, Presence::Required},
    {"origin", &RemoteSlots::origin, Kinds::String},
    {"publish", &RemoteSlots::publish, Kinds::Array},
    {"facts", &RemoteSlots::facts, Kinds::Table},
    {"lease", &RemoteSlots::lease, Kinds::String},
    {"poll", &RemoteSlots::poll, Kinds::String},
    {"load", &RemoteSlots::load, Kinds::Bool},
    {"ca", &RemoteSlots::ca, Kinds::String},
    {"cert", &RemoteSlots::cert, Kinds::String},
    {"key", &RemoteSlots::key, Kinds::String},
    {"user", &RemoteSlots::user, Kinds::String},
    {"password_file", &RemoteSlots::password_file, Kinds::String},
};

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_name_character(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.' ||
         c == '-';
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && read == end && port >= 1 && port <= 65535;
}

// A name, an IPv4 address, or an IPv6 address in brackets, and maybe a port.
bool is_authority(std::string_view text) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || end < 3) return false;
    const std::string_view address = text.substr(1, end - 1);
    if (address.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
      return false;
    rest = text.substr(end + 1);
  } else {
    const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
    const auto length = static_cast<std::size_t>(end - text.begin());
    if (length == 0) return false;
    rest = text.substr(length);
  }
  return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

// The URL without its last slash; nothing, and a problem, if it is none of a member of etcd.
std::string read_url(Problems& problems, const Element& value) {
  const std::string_view text = *value.node.as<std::string_view>();
  std::string_view authority = text;
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  authority.remove_prefix(scheme);
  const bool has_slash = scheme != 0 && authority.ends_with('/');
  if (has_slash) authority.remove_suffix(1);
  if (scheme != 0 && is_authority(authority))
    return std::string(text.substr(0, text.size() - has_slash));
  if (authority.find('@') != std::string_view::npos) {
    problems.add(value, {"a URL here has no user and no password",
                         "give them by `user` and `password_file`"});
  } else {
    problems.add(value, {shown(text) + " is no URL of a member of etcd",
                         "such as \"https://host:2379\" or \"http://127.0.0.1:2379\""});
  }
  return {};
}

std::vector<std::string> read_urls(Problems& problems, const Element& value) {
  std::vector<std::string> urls;
  each_string(problems, value, [&](const Element& item) {
    std::string url = read_url(problems, item);
    if (std::find(urls.begin(), urls.end(), url) != urls.end())
      problems.add(item, {shown(url) + " is named twice"});
    if (!url.empty()) urls.push_back(std::move(url));
  });
  if (const auto* items = value.node.as<Run<Node>>(); items != nullptr && items->size() == 0)
    problems.add(value, {"name at least one member of etcd"});
  return urls;
}

// "60s", "500ms", "2m", "1h".
std::optional<milliseconds> duration_of(std::string_view text) {
  constexpr std::size_t most_digits = 6;
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto digits = static_cast<std::size_t>(end - text.begin());
  std::int64_t count = 0;
  if (digits == 0 || digits > most_digits) return std::nullopt;
  std::from_chars(text.data(), text.data() + digits, count);
  constexpr std::pair<std::string_view, std::int64_t> units[] = {
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}};
  for (const auto& [unit, length] : units) {
    if (text.substr(digits) == unit) return milliseconds(count * length);
  }
  return std::nullopt;
}

void read_lease(Problems& problems, const Element& value, RemoteSettings& out) {
  constexpr seconds least{5};
  const auto lease = duration_of(*value.node.as<std::string_view>());
  if (lease && *lease >= least && *lease % seconds(1) == milliseconds::zero()) {
    out.lease = std::chrono::duration_cast<seconds>(*lease);
  } else {
    problems.add(value,
                 {"expected a whole number of seconds, 5 at least", "such as \"60s\" or \"2m\""});
  }
}

void read_poll(Problems& problems, const Element& value, RemoteSettings& out) {
  constexpr milliseconds least{100};
  const auto poll = duration_of(*value.node.as<std::string_view>());
  if (poll && *poll >= least) {
    out.poll = *poll;
  } else {
    problems.add(value, {"expected a time, 100 ms at least", "such as \"2s\" or \"500ms\""});
  }
}

void read_name(Problems& problems, const Element& value, std::string& out) {
  out = *value.node.as<std::string_view>();
  // Neither is a part of a key that people can take for one.
  const bool is_path = out == "." || out == "..";
  if (out.empty() || is_path || !std::all_of(out.begin(), out.end(), is_name_character))
    problems.add(value, {shown(out) + " cannot be the name of a shared registry",
                         "it has letters, digits, _, . and -, and is neither . nor .."});
}

std::string name_of_host() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

void read_origin(Problems& problems, const Element& table, const Node* slot, std::string& out) {
  if (slot != nullptr) {
    out = text_or_empty(slot);
    if (const std::string problem = origin_name_problem(out); !problem.empty())
      problems.add(table.member("origin", *slot),
                   {shown(out) + " cannot be an origin's name: " + problem});
    return;
  }
  const std::string host = name_of_host();
  out = origin_of_host(host);
  if (out.empty())
    problems.add(table, {"the host's name, " + shown(host) + ", cannot be an origin's",
                         "set `origin = \"…\"`"});
}

// A text that is not empty.
void read_text(Problems& problems, const Element& table, std::string_view key, const Node* slot,
               std::string& out) {
  if (slot == nullptr) return;
  out = text_or_empty(slot);
  if (const std::string problem = path_problem(out); !problem.empty())
    problems.add(table.member(key, *slot), {shown(out) + " cannot be used: " + problem});
}

// Two keys that mean nothing without each other.
void require_both(Problems& problems, const Element& table, std::string_view key, const Node* slot,
                  std::string_view other_key, const Node* other) {
  if ((slot == nullptr) == (other == nullptr)) return;
  const bool has_first = slot != nullptr;
  problems.add(table.member(has_first ? key : other_key, has_first ? *slot : *other),
               {"`" + std::string(has_first ? key : other_key) + "` needs `" +
                std::string(has_first ? other_key : key) + "` beside it"});
}

void read_access(Problems& problems, const Element& table, const RemoteSlots& slots,
                 RemoteSettings& out) {
  read_text(problems, table, "ca", slots.ca, out.ca);
  read_text(problems, table, "cert", slots.cert, out.cert);
  read_text(problems, table, "key", slots.key, out.key);
  read_text(problems, table, "user", slots.user, out.user);
  read_text(problems, table, "password_file", slots.password_file, out.password_file);
  require_both(problems, table, "cert", slots.cert, "key", slots.key);
  require_both(problems, table, "user", slots.user, "password_file", slots.password_file);
}

}  // namespace

std::string origin_of_host(std::string_view host_name) {
  const auto end = std::find_if_not(host_name.begin(), host_name.end(), is_name_character);
  std::string origin(host_name.begin(), end);
  return origin_name_problem(origin).empty() ? origin : std::string();
}

void check_origin_facts(Problems& problems, const Element& facts) {
  const auto is_wrong = [](char c) {
    return c == '.' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  };
  for (const Member& member : *facts.node.as<Run<Member>>()) {
    if (member.key.empty() || member.key.size() > 1024 ||
        std::any_of(member.key.begin(), member.key.end(), is_wrong))
      problems.add(facts, member.key_at,
                   {shown(member.key) + " cannot be a fact of an origin",
                    "its name has no dots and no control characters; a table in it is a path"});
  }
  std::string text;
  CanonicalWriter().append(text, facts.node);
  if (text.size() > RemoteSettings::most_facts)
    problems.add(facts, {"an origin has 4,096 bytes of facts at most, as JSON; these are " +
                         std::to_string(text.size())});
}

RemoteSettings read_remote(Problems& problems, const Element& table) {
  RemoteSettings out;
  const auto slots = read_table<RemoteSlots>(problems, table, remote_rules);
  if (table.node.as<Run<Member>>() == nullptr) return out;
  if (slots.etcd) out.etcd = read_urls(problems, table.member("etcd", *slots.etcd));
  if (slots.name) read_name(problems, table.member("name", *slots.name), out.name);
  read_origin(problems, table, slots.origin, out.origin);
  if (slots.publish) {
    for (SourceEntry& entry : read_paths(problems, table.member("publish", *slots.publish)))
      out.publish.push_back(std::move(entry.pattern));
  }
  if (slots.facts) {
    check_origin_facts(problems, table.member("facts", *slots.facts));
    out.facts = to_json(*slots.facts);
  }
  if (slots.lease) read_lease(problems, table.member("lease", *slots.lease), out);
  if (slots.poll) read_poll(problems, table.member("poll", *slots.poll), out);
  out.load = true_or_false(slots.load);
  read_access(problems, table, slots, out);
  return out;
}

}  // namespace reg
