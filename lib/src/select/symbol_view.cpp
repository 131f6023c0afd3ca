#include <cache/cache_file.h>
#include <reg/cache.h>

namespace reg {

std::string SymbolView::oid() const { return file_->plain(file_->key_of(line_).oid); }

SymbolKey SymbolView::key() const {
  const LineKey key = file_->key_of(line_);
  return {file_->plain(key.registry), file_->plain(key.oid), file_->plain(key.target)};
}

Symbol SymbolView::symbol() const { return file_->symbol_of(line_); }

}  // namespace reg
