#include <update/gather.h>
#include <update/gather_code.h>
#include <update/step_log.h>
#include <algorithm>
#include <map>
#include <set>

namespace reg {
namespace {

GatheredSource taken(ReadSource read, const PlannedSource& planned) {
  without_errors_of_origin(read, planned.file.path);
  return {planned.file.path,
          kind_of(planned),
          read.stamp,
          read.hash,
          std::make_shared<const Declarations>(std::move(read.declarations)),
          nullptr,
          0};
}

GatheredSource kept(const PlannedSource& planned) {
  const KnownSource& known = *planned.known;
  const FileStamp& stamp = planned.restamped ? planned.file.stamp : known.stamp;
  return {known.path, known.kind, stamp, known.hash, known.declarations, &known, known.declared};
}

class Gathering {
 public:
  Gathering(const Inputs& inputs, const Plan& plan, const Request& request)
      : inputs_(inputs), plan_(plan), request_(request) {
    gathered_.sources.resize(plan.sources.size());
  }

  Gathered run() {
    std::vector<std::size_t> to_read;
    for (std::size_t i = 0; i < gathered_.size(); ++i) {
      if (plan_.sources[i].read) {
        to_read.push_back(i);
      } else {
        gathered_.sources[i] = kept(plan_.sources[i]);
      }
    }
    read_all(to_read);
    read_all(with_lost_versions());
    gather_code(inputs_, plan_, request_, gathered_);
    return std::move(gathered_);
  }

 private:
  void read_all(const std::vector<std::size_t>& numbers) {
    const auto& progress = request_.options.observer.progress;
    for_each_number(
        numbers.size(), request_.options.jobs,
        [&](std::size_t i) { gathered_.sources[numbers[i]] = read(plan_.sources[numbers[i]]); },
        [&](std::size_t done) {
          if (progress) progress(Phase::Reading, done, numbers.size());
        });
  }

  // Those that were not read, and whose lines in the old cache may have texts that were written as
  // numbers, where versions are declared no more. Where they are declared by now, what is known of
  // a source has the texts (WrittenNumber).
  std::vector<std::size_t> with_lost_versions() const {
    std::vector<std::size_t> found;
    if (!inputs_.old) return found;
    const VersionFields before = versions_in(inputs_.old->head), now = versions_declared();
    for (std::size_t i = 0; i < gathered_.size() && before != now; ++i) {
      const KnownSource* known = gathered_[i].known;
      if (known == nullptr || !plan_.sources[i].is_there) continue;
      if (!origin_of_source(known->path).empty()) continue;
      const bool lost = std::any_of(
          known->registries.begin(), known->registries.end(), [&](const std::string& registry) {
            const auto old_fields = fields_of(before, registry), fields = fields_of(now, registry);
            const auto& written = known->declarations->written;
            return std::any_of(written.begin(), written.end(), [&](const WrittenNumber& number) {
              return old_fields.contains(number.path.front()) &&
                     !fields.contains(number.path.front());
            });
          });
      if (!lost) continue;
      StepLog(request_.options.observer).say([&] {
        return "to be read: " + gathered_[i].path + ": what it wrote as versions is none any more";
      });
      found.push_back(i);
    }
    return found;
  }

  using VersionFields = std::map<std::string, std::set<std::string>>;  // by registry

  static VersionFields versions_in(const CacheHead& head) {
    VersionFields fields;
    for (const RegistryInfo& info : head.registries) {
      for (const Field& field : info.fields) {
        if (field.type == FieldType::Version) fields[info.name].insert(field.name);
      }
    }
    return fields;
  }
  VersionFields versions_declared() const {
    VersionFields fields;
    std::set<std::pair<std::string, std::string>> typed;  // the first type counts
    for (const GatheredSource& source : gathered_) {
      if (!origin_of_source(source.path).empty()) continue;
      for (const RegistryDeclaration& declared : source.declarations->registries) {
        for (const DeclaredField& one : declared.fields) {
          const bool counts = one.field.type != FieldType::Any &&
                              typed.emplace(declared.name, one.field.name).second;
          if (counts && one.field.type == FieldType::Version)
            fields[declared.name].insert(one.field.name);
        }
      }
    }
    return fields;
  }
  static std::set<std::string> fields_of(const VersionFields& all, const std::string& registry) {
    auto found = all.find(registry);
    return found == all.end() ? std::set<std::string>() : found->second;
  }

  GatheredSource read(const PlannedSource& planned) const {
    const std::string& path = planned.file.path;
    if (request_.pending && path == request_.pending->path) {
      // The file will have other times, so that its hash tells that it is this.
      ReadSource read = read_source(planned.file, request_.pending->content);
      read.stamp = {request_.pending->content.size()};
      return taken(std::move(read), planned);
    }
    if (path == Workspace::config_name) {
      const auto& config = inputs_.config;
      return {path,
              kind_of(planned),
              config->stamp,
              config->hash,
              {config, &config->declarations},
              nullptr,
              0};
    }
    return taken(read_source(inputs_.workspace, planned.file), planned);
  }

  const Inputs& inputs_;
  const Plan& plan_;
  const Request& request_;
  Gathered gathered_;
};

}  // namespace

Gathered gather(const Inputs& inputs, const Plan& plan, const Request& request) {
  return Gathering(inputs, plan, request).run();
}

}  // namespace reg
