// SPDX-License-Identifier: GPL-2.0-or-later
// Compares us with the real code of multipath-tools, sg3_utils and systemd, and reports in TAP.
// Arguments: 55-scsi-sg3_id.rules of sg3-utils 1.46, and a newer one if it is there.
#include "report.h"

int main(int argc, char** argv) {
    bool results[] = {
        rdm::compare_pages(),   rdm::compare_sg3(argc > 1 ? argv[1] : nullptr, argc > 2 ? argv[2] : nullptr),
        rdm::compare_scsi_id(), rdm::compare_bindings(),
        rdm::compare_wwids(),
        rdm::compare_tokens(),
    };
    for (bool good : results) {
        if (!good) return 1;
    }
    return 0;
}
