#include <update/gather.h>

namespace reg {
namespace {

GatheredSource taken(ReadSource read, const PlannedSource& planned) {
  return {planned.file.path,
          kind_of(planned),
          read.stamp,
          read.hash,
          std::make_shared<const Declarations>(std::move(read.declarations)),
          nullptr};
}

GatheredSource kept(const PlannedSource& planned) {
  const KnownSource& known = *planned.known;
  const FileStamp& stamp = planned.restamped ? planned.file.stamp : known.stamp;
  return {known.path, known.kind, stamp, known.hash, known.declarations, &known};
}

class Gathering {
 public:
  Gathering(const Inputs& inputs, const Plan& plan, const Request& request)
      : inputs_(inputs), plan_(plan), request_(request), gathered_(plan.sources.size()) {}

  Gathered run() {
    std::vector<std::size_t> to_read;
    for (std::size_t i = 0; i < gathered_.size(); ++i) {
      if (plan_.sources[i].read) {
        to_read.push_back(i);
      } else {
        gathered_[i] = kept(plan_.sources[i]);
      }
    }
    const auto& progress = request_.options.observer.progress;
    for_each_number(
        to_read.size(), request_.options.jobs,
        [&](std::size_t i) { gathered_[to_read[i]] = read(plan_.sources[to_read[i]]); },
        [&](std::size_t done) {
          if (progress) progress(Phase::Reading, done, to_read.size());
        });
    return std::move(gathered_);
  }

 private:
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
      return {path, kind_of(planned), config->stamp, config->hash, {config, &config->declarations}};
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
