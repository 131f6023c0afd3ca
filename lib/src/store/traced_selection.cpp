#include <reg/traced_selection.h>
#include <store/inside.h>

namespace reg {

class TracedSelection::State {
 public:
  State(std::shared_ptr<Surroundings> surroundings, Sink sink, std::vector<std::string> oids)
      : tracer(std::make_shared<Tracer>(std::move(oids), std::move(sink))),
        surroundings_(std::move(surroundings)) {
    surroundings_->tracers.push_back(tracer);
  }
  ~State() { std::erase(surroundings_->tracers, tracer); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const std::shared_ptr<Tracer> tracer;

 private:
  const std::shared_ptr<Surroundings> surroundings_;
};

TracedSelection::TracedSelection(RegistryStore& store, std::vector<std::string> oids)
    : TracedSelection(store, Sink(), std::move(oids)) {}

TracedSelection::TracedSelection(Registry& registry, std::vector<std::string> oids)
    : TracedSelection(registry, Sink(), std::move(oids)) {}

TracedSelection::TracedSelection(RegistryStore& store, Sink sink, std::vector<std::string> oids)
    : state_(std::make_unique<State>(Inside::of(store).surroundings, std::move(sink),
                                     std::move(oids))) {}

TracedSelection::TracedSelection(Registry& registry, Sink sink, std::vector<std::string> oids)
    : state_(std::make_unique<State>(Inside::of(registry).surroundings, std::move(sink),
                                     std::move(oids))) {}

TracedSelection::~TracedSelection() = default;

std::vector<std::string> TracedSelection::lines() const {
  std::lock_guard lock(state_->tracer->mutex);
  return state_->tracer->lines;
}

}  // namespace reg
