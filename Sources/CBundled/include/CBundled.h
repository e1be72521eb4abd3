#pragma once

/// The demo: 40 runs of an example project (runs/) and its git history (project.bundle), as demo.tar.xz.
const unsigned char *assay_demo_archive(void);
/// Its size in bytes.
unsigned long assay_demo_archive_size(void);
