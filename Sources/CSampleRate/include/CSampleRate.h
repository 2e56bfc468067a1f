/// libsamplerate: plain functions, imported as they are.
#pragma once
#include <samplerate.h>
