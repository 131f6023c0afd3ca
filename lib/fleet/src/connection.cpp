#include "connection.h"

#include <sys/stat.h>
#include <workspace/files.h>

namespace reg::fleet {

namespace {

std::string absolute(const std::string& path, const Workspace& workspace) {
  return path.empty() ? path : (workspace.root() / path).string();
}

std::string password_in(const std::string& file, std::vector<std::string>& warnings) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0)
    warnings.push_back("everybody on this machine may read the password in " + file);
  std::string password;
  try {
    password = read_file(file).text;
  } catch (const StorageError& error) {
    throw InputError(std::string("the password cannot be had: ") + error.what(),
                     "`password_file` of [remote] names a file that has nothing but it");
  }
  if (password.ends_with('\n')) password.pop_back();
  if (password.ends_with('\r')) password.pop_back();
  const bool has_lines = password.find_first_of("\r\n") != std::string::npos;
  if (password.empty() || has_lines)
    throw InputError(
        "the password cannot be had: " + file + (has_lines ? " has several lines" : " is empty"),
        "`password_file` of [remote] names a file that has nothing but it, in one line");
  return password;
}

bool is_on_loopback(const std::string& url) {
  const std::size_t start = url.find("://") + 3;
  const std::string host = url.substr(start, url.find_first_of("/?#", start) - start);
  const bool is_address = host.find_first_not_of("0123456789.:") == std::string::npos;
  return (is_address && host.starts_with("127.")) || host.starts_with("[::1]") ||
         host == "localhost" || host.starts_with("localhost:");
}

void warn_of_plain(const RemoteSettings& remote, std::vector<std::string>& warnings) {
  for (const std::string& url : remote.etcd) {
    if (!url.starts_with("http://") || is_on_loopback(url)) continue;
    warnings.push_back("the password of remote.user goes to " + url +
                       " in the clear: https:// keeps it from who listens");
    return;
  }
}

}  // namespace

EtcdOptions etcd_options(const RemoteSettings& remote, const Workspace& workspace,
                         std::vector<std::string>& warnings) {
  EtcdOptions options;
  options.endpoints = remote.etcd;
  options.ca = absolute(remote.ca, workspace);
  options.cert = absolute(remote.cert, workspace);
  options.key = absolute(remote.key, workspace);
  options.user = remote.user;
  if (!remote.password_file.empty())
    options.password = password_in(absolute(remote.password_file, workspace), warnings);
  if (!remote.user.empty()) warn_of_plain(remote, warnings);
  return options;
}

}  // namespace reg::fleet
