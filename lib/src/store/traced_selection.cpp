#include <reg/traced_selection.h>
#include <store/surroundings.h>

namespace reg {

TracedSelection::TracedSelection(std::shared_ptr<Surroundings> surroundings, Sink sink,
                                 std::vector<std::string> oids)
    : surroundings_(std::move(surroundings)),
      tracer_(std::make_shared<Tracer>(std::move(oids), std::move(sink))) {
  surroundings_->tracers.push_back(tracer_);
}

TracedSelection::TracedSelection(RegistryStore& store, std::vector<std::string> oids)
    : TracedSelection(store.surroundings_, {}, std::move(oids)) {}

TracedSelection::TracedSelection(Registry& registry, std::vector<std::string> oids)
    : TracedSelection(registry.surroundings_, {}, std::move(oids)) {}

TracedSelection::TracedSelection(RegistryStore& store, Sink sink, std::vector<std::string> oids)
    : TracedSelection(store.surroundings_, std::move(sink), std::move(oids)) {}

TracedSelection::TracedSelection(Registry& registry, Sink sink, std::vector<std::string> oids)
    : TracedSelection(registry.surroundings_, std::move(sink), std::move(oids)) {}

TracedSelection::~TracedSelection() { std::erase(surroundings_->tracers, tracer_); }

std::vector<std::string> TracedSelection::lines() const {
  std::lock_guard lock(tracer_->mutex);
  return tracer_->lines;
}

}  // namespace reg
