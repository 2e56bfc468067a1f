/// libebur128, the reference implementation of EBU R128 loudness: plain functions, imported as they are.
#pragma once
#include <ebur128.h>
