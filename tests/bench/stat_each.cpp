// The least that finding out whether files changed can take: a stat of each.

#include <sys/stat.h>

int main(int count, char** files) {
  struct stat status {};
  int missing = 0;
  for (int i = 1; i < count; ++i) missing += ::stat(files[i], &status) != 0 ? 1 : 0;
  return missing == 0 ? 0 : 1;
}
