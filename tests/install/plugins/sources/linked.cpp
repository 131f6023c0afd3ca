#include <codec.h>

REG_CODEC(Linked, "n == 'linked'");
