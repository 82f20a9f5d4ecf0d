/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz-targets.h"

/* The entry that libFuzzer looks for; FUZZ_TARGET is the one of fuzz-targets.h to run. */
int LLVMFuzzerTestOneInput (const guint8 *bytes, gsize length);

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  FUZZ_TARGET (bytes, length);

  return 0;
}
