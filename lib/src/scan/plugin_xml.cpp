#include <expat.h>
#include <scan/languages.h>
#include <text/utf8.h>
#include <algorithm>
#include <memory>
#include <utility>

namespace reg {
namespace {

constexpr std::size_t deepest = 200;
constexpr std::size_t longest_doc = 1024;
constexpr std::string_view blanks = " \t\r\n\f\v";

// What XML_Parse is given at once: it counts in ints.
constexpr std::size_t chunk = std::size_t{1} << 20;

// Expat loads nothing from elsewhere unless asked to, and no entities are let in, of which a few
// lines could make gigabytes.
class PluginXmlReader {
 public:
  explicit PluginXmlReader(std::string_view content)
      : content_(content), parser_(XML_ParserCreate(nullptr), XML_ParserFree) {}

  Account read() {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), begin_element, end_element);
    XML_SetCharacterDataHandler(parser_.get(), take_text);
    XML_SetEntityDeclHandler(parser_.get(), refuse_entity);
    for (std::string_view rest = content_; !stopped_;) {
      const std::string_view part = rest.substr(0, chunk);
      rest.remove_prefix(part.size());
      const bool good = XML_Parse(parser_.get(), part.data(), static_cast<int>(part.size()),
                                  rest.empty() ? 1 : 0) == XML_STATUS_OK;
      if (!good && !stopped_) report_malformed();
      if (!good || rest.empty()) break;
    }
    return std::move(account_);
  }

 private:
  static PluginXmlReader& self(void* data) { return *static_cast<PluginXmlReader*>(data); }
  static void XMLCALL begin_element(void* data, const XML_Char* name, const XML_Char** attributes) {
    if (!self(data).stopped_) self(data).begin(name, attributes);
  }
  static void XMLCALL end_element(void* data, const XML_Char*) { self(data).end(); }
  static void XMLCALL take_text(void* data, const XML_Char* text, int length) {
    self(data).take({text, static_cast<std::size_t>(length)});
  }
  static void XMLCALL refuse_entity(void* data, const XML_Char*, int, const XML_Char*, int,
                                    const XML_Char*, const XML_Char*, const XML_Char*,
                                    const XML_Char*) {
    self(data).refuse();
  }

  Position here() const {
    return {static_cast<std::uint32_t>(XML_GetCurrentLineNumber(parser_.get())),
            static_cast<std::uint32_t>(XML_GetCurrentColumnNumber(parser_.get()) + 1)};
  }

  void stop() {
    stopped_ = true;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void warn(std::string message) {
    Diagnostic problem;
    problem.severity = Severity::Warning;
    problem.place.line = here().line;
    problem.place.column = here().column;
    problem.message = std::move(message);
    account_.problems.push_back(std::move(problem));
  }

  // Whose root has not been seen may be anything.
  void report_malformed() {
    if (depth_ == 0 && !is_ours_) return;
    warn(std::string("malformed XML: ") + XML_ErrorString(XML_GetErrorCode(parser_.get())) +
         "; the rest of the file is not read");
  }

  // An entity is declared before the root, so it is not known whose file this is.
  void refuse() {
    const bool may_be_ours = content_.find("<library") != std::string_view::npos ||
                             content_.find("<class_libraries") != std::string_view::npos;
    if (may_be_ours && !stopped_)
      warn("entities in plugin descriptions are not read, nor is this file");
    stop();
  }

  static std::string attribute(const XML_Char** attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (attributes[0] == name) return attributes[1];
    }
    return {};
  }

  void begin(std::string_view name, const XML_Char** attributes) {
    if (depth_ == 0) {
      is_ours_ = name == "library" || name == "class_libraries";
      if (!is_ours_) return stop();
      library_depth_ = name == "library" ? 0 : 1;
    }
    if (depth_ == deepest) {
      warn("nested too deep: the rest of the file is not read");
      return stop();
    }
    if (depth_ == library_depth_ && name == "library") begin_library(attributes);
    if (depth_ == library_depth_ + 1 && in_library_ && name == "class") begin_class(attributes);
    if (depth_ == library_depth_ + 2 && in_class_ && name == "description") in_description_ = true;
    ++depth_;
  }

  void begin_library(const XML_Char** attributes) {
    path_ = attribute(attributes, "path");
    in_library_ = !path_.empty();
    if (!in_library_) warn("this library has no path: its classes are not read");
  }

  void begin_class(const XML_Char** attributes) {
    Packaged plugin;
    plugin.group = attribute(attributes, "base_class_type");
    plugin.name = attribute(attributes, "name");
    plugin.target = attribute(attributes, "type");
    plugin.library = path_;
    plugin.at = here();
    if (plugin.target.empty()) return warn("this class has no type: it is not read");
    if (plugin.group.empty()) return warn("this class has no base_class_type: it is not read");
    account_.packaged.push_back(std::move(plugin));
    description_.clear();
    in_class_ = true;
  }

  void end() {
    if (stopped_) return;
    --depth_;
    if (depth_ == library_depth_) in_library_ = false;
    if (depth_ == library_depth_ + 1 && in_class_) end_class();
    if (depth_ == library_depth_ + 2) in_description_ = false;
  }

  // The first line with something in it.
  void end_class() {
    in_class_ = in_description_ = false;
    const std::size_t begin = description_.find_first_not_of(blanks);
    if (begin == std::string::npos) return;
    std::string line = description_.substr(begin, description_.find('\n', begin) - begin);
    line.erase(line.find_last_not_of(blanks) + 1);
    account_.packaged.back().doc = cut(line, longest_doc);
  }

  void take(std::string_view text) {
    if (!in_description_ || stopped_) return;
    if (description_.empty())
      text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    description_ +=
        text.substr(0, 2 * longest_doc - std::min(description_.size(), 2 * longest_doc));
  }

  std::string_view content_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  Account account_;
  bool stopped_ = false, is_ours_ = false;
  bool in_library_ = false, in_class_ = false, in_description_ = false;
  std::size_t depth_ = 0, library_depth_ = 0;
  std::string path_, description_;
};

}  // namespace

Account scan_plugin_xml(std::string_view content, const Words&) {
  return PluginXmlReader(content).read();
}

}  // namespace reg
