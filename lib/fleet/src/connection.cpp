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
  return password;
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
  return options;
}

}  // namespace reg::fleet
