#include <update/detect_words.h>
#include <algorithm>
#include <cstddef>
#include <map>

namespace reg {
namespace {

bool is_word(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view content, std::string_view word) {
  for (std::size_t at = content.find(word); at != std::string_view::npos;
       at = content.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word(content[at - 1])) && (end == content.size() || !is_word(content[end])))
      return true;
  }
  return false;
}

// Whether a dotted name is another, or lies in it.
bool is_in(std::string_view module, std::string_view package) {
  return module.starts_with(package) &&
         (module.size() == package.size() || module[package.size()] == '.');
}

// Whether a module is one that a project on MMEngine keeps its registries in: mmdet.registry.
bool is_openmmlab_registry(std::string_view module) {
  const std::size_t dot = module.find('.');
  return module.starts_with("mm") && dot != std::string_view::npos &&
         is_in(module.substr(dot + 1), "registry");
}

class PythonSigns {
 public:
  PythonSigns(std::string_view path, std::string_view content) : path_(path), content_(content) {}

  std::vector<Sign> find() {
    for (std::size_t at = 0; at < content_.size();) {
      const std::size_t end = std::min(content_.find('\n', at), content_.size());
      line(content_.substr(at, end - at));
      at = end + 1;
    }
    return std::move(out_);
  }

 private:
  void line(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return;
    text.remove_prefix(begin);
    const bool is_import = text.starts_with("import ");
    if (!is_import && !text.starts_with("from ")) return;
    text.remove_prefix(is_import ? 7 : 5);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    const auto end =
        std::find_if(text.begin(), text.end(), [](char c) { return !is_word(c) && c != '.'; });
    imports(text.substr(0, static_cast<std::size_t>(end - text.begin())));
  }

  void imports(std::string_view module) {
    if (is_in(module, "excore")) add("excore", "import excore");
    if (is_in(module, "mmengine") || is_openmmlab_registry(module))
      add("mmengine", "import mmengine");
    if (is_in(module, "mmcv")) add("mmengine", "import mmcv");
    if (is_in(module, "fvcore") && mentions("Registry")) add("fvcore", "fvcore's Registry");
    if (is_in(module, "detectron2") && mentions("register")) add("fvcore", "import detectron2");
    const bool in_timm = module.starts_with('.') && is_below("timm/models/");
    if ((in_timm || is_in(module, "timm")) && mentions("register_model"))
      add("timm", "timm's register_model");
    if (is_in(module, "logilab.common.registry")) add("logilab", "import logilab.common.registry");
    if (is_in(module, "cubicweb")) add("logilab", "import cubicweb");
  }

  bool is_below(std::string_view folder) const {
    const std::size_t at = path_.find(folder);
    return at == 0 || (at != std::string_view::npos && path_[at - 1] == '/');
  }

  // Looked for once, however many imports ask.
  bool mentions(std::string_view text) {
    const auto known = mentioned_.find(text);
    if (known != mentioned_.end()) return known->second;
    return mentioned_[text] = content_.find(text) != std::string_view::npos;
  }

  void add(std::string_view preset, std::string_view reason) {
    const bool is_there = std::any_of(out_.begin(), out_.end(),
                                      [&](const Sign& sign) { return sign.reason == reason; });
    if (!is_there) out_.push_back({std::string(preset), std::string(reason)});
  }

  std::string_view path_, content_;
  std::map<std::string_view, bool> mentioned_;
  std::vector<Sign> out_;
};

std::vector<Sign> cpp_signs(std::string_view content) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"PLUGINLIB_EXPORT_CLASS", "pluginlib"},       {"PLUGINLIB_DECLARE_CLASS", "pluginlib"},
      {"PLUGINLIB_REGISTER_CLASS", "pluginlib"},     {"CLASS_LOADER_REGISTER_CLASS", "pluginlib"},
      {"RCLCPP_COMPONENTS_REGISTER_NODE", "rclcpp"}, {"registerNodeType", "behaviortree"},
      {"CreateRosNodePlugin", "behaviortree"},
  };
  std::vector<Sign> out;
  for (const auto& [word, preset] : known)
    if (has_word(content, word)) out.push_back({std::string(preset), std::string(word)});
  return out;
}

}  // namespace

std::vector<Sign> signs_in(Language language, std::string_view path, std::string_view content) {
  switch (language) {
    case Language::Python:
      return PythonSigns(path, content).find();
    case Language::Cpp:
      return cpp_signs(content);
    case Language::EntryPoints:
      return {{"entry-points", "entry_points.txt of a package"}};
    case Language::PluginXml:
      if (!has_word(content, "base_class_type") || !has_word(content, "library")) return {};
      return {{"pluginlib", "a description of plugins"}};
  }
  return {};
}

}  // namespace reg
