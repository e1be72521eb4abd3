#include "CBundled.h"

// How the archive is made: CONTRIBUTING.md.
static const unsigned char archive[] = {
#embed "demo.tar.xz"
};

struct bundled_file bundled_demo(void) { return (struct bundled_file)BUNDLED("demo.tar.xz", archive); }
