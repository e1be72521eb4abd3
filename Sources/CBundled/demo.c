#include "CBundled.h"

// How the archive is made: CONTRIBUTING.md.
static const unsigned char archive[] = {
#embed "demo.tar.xz"
};

const unsigned char *assay_demo_archive(void) { return archive; }
unsigned long assay_demo_archive_size(void) { return sizeof archive; }
