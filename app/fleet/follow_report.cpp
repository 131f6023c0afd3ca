#include "follow_report.h"

#include "render/auto_register_report.h"
#include "render/text.h"

#include <algorithm>

namespace reg::app {

namespace {

// Of a round that took nothing.
std::string unchanged_text(const fleet::Synced& synced, bool failed) {
  if (failed || synced.left != 0 || synced.again || synced.lost || synced.not_applied)
    return "took nothing";
  const bool changed = synced.report && synced.report->changed;
  return changed ? "the fleet is as it was" : "nothing changed in the fleet";
}

}  // namespace

std::string round_text(const fleet::Synced& synced, bool failed) {
  std::string text;
  if (synced.taken != 0) {
    text = "took " + counted(synced.taken, "origin", "origins") + " (" +
           counted(synced.chunks, "chunk", "chunks") + ", " +
           counted(synced.bytes, "byte", "bytes") + ')';
  }
  if (synced.removed != 0)
    text +=
        (text.empty() ? "removed " : ", removed ") + counted(synced.removed, "origin", "origins");
  if (text.empty()) text = unchanged_text(synced, failed);
  if (!synced.report) return text;
  text += ": " + contents(*synced.report);
  return synced.report->difference ? text + ", " + difference_text(*synced.report) : text;
}

void RoundReports::tell_of(const AutoRegisterReport& report) {
  for (const Diagnostic& diagnostic : report.diagnostics) {
    if (std::find(told_.begin(), told_.end(), diagnostic) == told_.end())
      session_.messages().diagnostic(diagnostic);
  }
  const bool same = told_ == report.diagnostics;
  told_ = report.diagnostics;
  if (report.failed && !same)
    session_.messages().warning("the cache was left as it was",
                                "it is tried again: what this workspace declares itself is wrong");
}

void RoundReports::tell(const fleet::Synced& synced) {
  for (const std::string& warning : synced.warnings) session_.messages().warning(warning);
  if (synced.not_applied) {
    const std::string why = synced.not_applied->what();
    if (why != not_applied_)
      session_.messages().warning("what others publish could not be put in place: " + why,
                                  "it is tried again; " + synced.not_applied->hint());
    not_applied_ = why;
    return;
  }
  not_applied_.clear();
  if (!synced.report) return;
  tell_of(*synced.report);
  const bool changed = synced.taken != 0 || synced.removed != 0 || synced.report->changed;
  if (changed && !synced.report->failed) session_.messages().note(round_text(synced));
}

}  // namespace reg::app
