extern "C" [[gnu::visibility("default")]] int gone();
int gone() { return 1; }
