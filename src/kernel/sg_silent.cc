// SPDX-License-Identifier: GPL-2.0-or-later
// The static program links with --wrap for these two: sg3_utils calls them for its messages only, which nobody sees
// here (verbosity 0), and they would bring 15 KiB of words with them. What we say of an answer is in scsi_text.cc.
extern "C" {
int __wrap_sg_get_sense_str(const char* lead, const unsigned char* sense, int sense_length, bool raw, int size,
                            char* text);
void __wrap_sg_get_command_str(const unsigned char* cdb, int cdb_length, bool name, int size, char* text);
}

int __wrap_sg_get_sense_str(const char* /*lead*/, const unsigned char* /*sense*/, int /*sense_length*/, bool /*raw*/,
                            int size, char* text) {
    if (size > 0) *text = '\0';
    return 0;
}

void __wrap_sg_get_command_str(const unsigned char* /*cdb*/, int /*cdb_length*/, bool /*name*/, int size, char* text) {
    if (size > 0) *text = '\0';
}
