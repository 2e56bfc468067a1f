/// FFTW in single precision: plain functions, imported as they are.
///
/// `fftwf_complex` is a C array type, which Swift sees as a tuple of two floats.
#pragma once
#include <fftw3.h>
