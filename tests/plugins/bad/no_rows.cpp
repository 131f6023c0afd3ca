// A library like any other.
extern "C" [[gnu::visibility("default")]] int no_rows();
int no_rows() { return 1; }
